"""All that an export may draw on: the issue, its page images, and where they came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from ...model import Issue, Page

# Pictures for a screen: long side in pixels, JPEG quality. Enough to read body type when zoomed
# in, small enough to send by mail.
SCREEN = 2400, 55
METS_PROFILES = ("digitise", "ndnp", "enmap")
MetsProfile = Literal["digitise", "ndnp", "enmap"]


@dataclass(frozen=True, slots=True)
class PageImage:
    """The picture of one page, a file on the disk whose pixels are those of the page's frame:
    `width` x `height` pixels at `dpi`, the page upright.

    `name` is its place in an export ("images/p0001.jpg"); `size` in bytes; `sha256` in
    hexadecimal. `rendered` tells a picture made here (of a PDF page, or of a file whose own
    pixels lie otherwise) from an original file taken as it is. `screen` is the same page as a
    JPEG of `SCREEN` size and quality, where one was made along with it.
    """

    page: str
    path: Path
    name: str
    mime: str
    width: int
    height: int
    dpi: int
    size: int
    sha256: str
    rendered: bool = False
    screen: Path | None = None

    def read(self) -> bytes:
        """The file's bytes. OSError when it has gone."""
        return self.path.read_bytes()


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that pages were read from, as it was given. `member` is the name it had inside a
    ZIP, or empty (`path` is then where it was unpacked); `pages` are (page id, place in the file counted from 0)."""

    path: Path
    name: str
    member: str
    mime: str
    size: int
    sha256: str
    pages: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """A file that another format of the same export has written, for METS to list: `form` is
    that format, `name` the file's place, `size` in bytes, `sha256` in hexadecimal."""

    form: str
    name: str
    mime: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be chosen of an export. `glyphs`: ALTO and PAGE hold each character's box.
    `alto`: the version METS refers to. `tiles`: IIIF with an image service of its own.
    `base_url`: where the files will be served, for formats of absolute addresses.
    `bagged`: the formats that go into a BagIt package; `images`: whether page images are
    copied into packages that refer to them."""

    glyphs: bool = False
    alto: Literal["4.4", "4.2", "3.1"] = "4.4"
    profile: MetsProfile = "digitise"
    tiles: bool = False
    base_url: str = ""
    bagged: tuple[str, ...] = ()
    images: bool = True


@dataclass(frozen=True, slots=True)
class Bundle:
    """One issue and what belongs to it.

    `images` are by page id; a page may have none. `corrected`: the text was corrected by
    people. `date` is when it was processed, ISO 8601 in UTC ("2026-03-13T00:00:00Z"), or empty:
    it only comes from SOURCE_DATE_EPOCH, so that the same input gives the same bytes.
    `written`: by format, the files of it that this export has already written below `folder`.
    `beside`: the PDFs among them.
    """

    issue: Issue
    images: Mapping[str, PageImage] = field(default_factory=lambda: MappingProxyType({}))
    sources: tuple[SourceFile, ...] = ()
    corrected: bool = False
    software: str = "digitise"
    version: str = ""
    date: str = ""
    settings: Settings = field(default_factory=Settings)
    written: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    folder: Path = Path()
    beside: tuple[Beside, ...] = ()

    def image(self, page: Page) -> PageImage | None:
        return self.images.get(page.id)

    def source(self, page: Page) -> tuple[SourceFile, int] | None:
        """The file the page was read from, and the page's place in it counted from 0."""
        for source in self.sources:
            for page_id, index in source.pages:
                if page_id == page.id:
                    return source, index
        return None

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages that were read, in order."""
        return tuple(page for page in self.issue.pages if not page.error)
