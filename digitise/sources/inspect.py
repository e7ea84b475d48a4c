# mypy: disable-error-code="no-untyped-call"
"""What is in the files, page by page, without reading them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pymupdf

from ..errors import DigitiseError
from ..options import Options
from .glyphs import base_font, is_bold_name, read_spans
from .images import load_image
from .inputs import Kind, PageRef, expand
from .pdf import native_dpi, opened_page, placed_images, raster_share
from .plausible import common_share, is_broken

_MM_PER_POINT = 25.4 / 72.0


@dataclass(frozen=True, slots=True)
class FontFacts:
    """A font of a page's text layer. `broken_share`: private or missing code points;
    `common_share`: everyday ones among its hanzi."""

    name: str
    characters: int
    bold: bool
    broken_share: float
    common_share: float


@dataclass(frozen=True, slots=True)
class PageFacts:
    """`width`, `height` in millimetres; `pixels` of an image file, (0, 0) for PDF; `dpi` of an
    image file or of the scan that makes up a PDF page, 0 where there is none; `rotation` in
    degrees clockwise; `hidden_share` of the text is invisible; `image_share` of the page's
    area is covered by `images`. `error`: (English, Chinese) where the page cannot be read."""

    id: str
    number: int
    label: str
    kind: Kind
    width: float = 0.0
    height: float = 0.0
    pixels: tuple[int, int] = (0, 0)
    dpi: int = 0
    dpi_reason: str = ""
    rotation: int = 0
    characters: int = 0
    hidden_share: float = 0.0
    fonts: tuple[FontFacts, ...] = ()
    images: int = 0
    image_share: float = 0.0
    error: tuple[str, str] = ("", "")


def inspect(paths: Sequence[Path], options: Options) -> tuple[PageFacts, ...]:
    """Facts of every page of one issue; pages that cannot be read carry their error.

    Raises what expand raises when nothing can be read at all.
    """
    return tuple(page_facts(ref, options) for ref in expand(paths, options))


def page_facts(ref: PageRef, options: Options) -> PageFacts:
    """The facts of one page; an unreadable one carries its error instead."""
    try:
        if ref.kind == "image":
            return _image_facts(ref, options)
        with opened_page(ref) as page:
            return _pdf_facts(ref, page)
    except DigitiseError as error:
        return PageFacts(ref.id, ref.number, ref.source, ref.kind, error=error.message)


def _image_facts(ref: PageRef, options: Options) -> PageFacts:
    scan = load_image(ref, options)
    height, width = scan.pixels.shape
    reasons = [s.detail for s in scan.steps if s.name == "resolution"]
    return PageFacts(
        ref.id,
        ref.number,
        ref.source,
        "image",
        width / scan.dpi * 25.4,
        height / scan.dpi * 25.4,
        (width, height),
        scan.dpi,
        "; ".join(reasons),
    )


def _pdf_facts(ref: PageRef, page: pymupdf.Page) -> PageFacts:
    texts: dict[str, list[str]] = {}
    flags: dict[str, int] = {}
    hidden: Counter[bool] = Counter()
    for span in read_spans(page):
        name = base_font(str(span["font"]))
        chars = [chr(c[0]) for c in span["chars"] if c[0] > 32 and not 0xD800 <= c[0] < 0xE000]
        texts.setdefault(name, []).extend(chars)
        flags[name] = flags.get(name, 0) | int(span["flags"])
        hidden[span["type"] == 3 or span["opacity"] < 0.02] += len(chars)
    fonts = tuple(
        FontFacts(
            name,
            len(chars),
            is_bold_name(name, flags[name]),
            sum(map(is_broken, chars)) / len(chars),
            common_share(chars),
        )
        for name, chars in sorted(texts.items())
        if chars
    )
    images = placed_images(page)
    total = sum(hidden.values())
    dpi = native_dpi(page)
    return PageFacts(
        ref.id,
        ref.number,
        ref.source,
        "pdf",
        page.rect.width * _MM_PER_POINT,
        page.rect.height * _MM_PER_POINT,
        dpi=dpi,
        dpi_reason="the page's own scan" if dpi else "",
        rotation=int(page.rotation),
        characters=total,
        hidden_share=hidden[True] / total if total else 0.0,
        fonts=fonts,
        images=len(images),
        image_share=raster_share(page, images),
    )
