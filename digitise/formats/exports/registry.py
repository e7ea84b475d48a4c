"""The formats there are, by name. A format's module is only loaded when it is asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from types import MappingProxyType

from .bundle import Beside, Bundle, Settings
from .extra import export_extra

Export = Callable[[Bundle], Iterator[tuple[str, bytes]]]
"""Relative path with slashes and content of each file, a page at a time: a file that was
yielded need not be kept. The same bundle gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Format:
    """`home` is "module:function" in this package, the function an `Export`. `images`: the
    format needs the page images (else they are not looked for); `copies`: only to copy them, so
    that it can do without; `screens`: it shows them small. `summary` in English and Chinese."""

    name: str
    home: str
    summary: tuple[str, str]
    images: bool = False
    copies: bool = False
    screens: bool = False

    @property
    def export(self) -> Export:
        """The function. Raises EngineMissing where a package it needs is not installed."""
        module, _, function = self.home.partition(":")
        with export_extra():
            export: Export = getattr(import_module(f".{module}", __package__), function)
        return export


_ALL: tuple[Format, ...] = (
    # Text with its place on the page.
    Format("alto", "alto:export", ("ALTO 4.4, one file a page", "ALTO 4.4，每版一个文件")),
    Format("alto-4.2", "alto:export_4_2", ("ALTO 4.2", "ALTO 4.2")),
    Format(
        "page",
        "pagexml:export",
        ("PAGE 2019-07-15, one file a page", "PAGE 2019-07-15，每版一个文件"),
    ),
    Format("alto-3.1", "alto:export_3_1", ("ALTO 3.1", "ALTO 3.1")),
    Format("tei", "tei:export", ("TEI P5, one document", "TEI P5，全期一个文件")),
    Format("hocr", "hocr:export", ("hOCR 1.2, one document", "hOCR 1.2，全期一个文件")),
    # Whole issues.
    Format(
        "mets",
        "mets:export",
        ("METS 1.12 with MODS, PREMIS, MIX, images and ALTO", "METS 1.12，含图像和 ALTO"),
        images=True,
        copies=True,
    ),
    # To read, to search, to count.
    Format("text", "plaintext:export_lines", ("Plain text, printed lines", "纯文本，按原版行排")),
    Format(
        "paragraphs",
        "plaintext:export_paragraphs",
        ("Plain text, an article a file, whole paragraphs", "纯文本，每篇一个文件，段落连排"),
    ),
    Format(
        "markdown",
        "plaintext:export_markdown",
        ("Markdown, an article a file", "Markdown，每篇一个文件"),
    ),
    Format("csv", "tables:export_csv", ("Index of articles as CSV", "文章索引（CSV）")),
    Format("jsonl", "tables:export_jsonl", ("Articles as JSON Lines", "文章（JSON Lines）")),
    Format(
        "html",
        "html:export",
        ("Reading edition, one file with the pages inside", "网页阅读版，版面图像内嵌，单个文件"),
        images=True,
        screens=True,
    ),
    Format(
        "pdf",
        "pdf:export",
        ("Searchable PDF with bookmarks and article threads", "可检索 PDF，带书签和文章线索"),
        images=True,
    ),
    Format(
        "pdfa",
        "pdf:export_archival",
        ("The same as PDF/A-2u, of the page images", "同上，PDF/A-2u，用版面图像"),
        images=True,
    ),
    Format(
        "iiif",
        "iiif:export",
        (
            "IIIF Presentation 3, with --tiles an image service",
            "IIIF Presentation 3，可加 --tiles 图像服务",
        ),
        images=True,
        screens=True,
    ),
    Format(
        "bagit",
        "bag:export",
        (
            "BagIt package with checksums, of the formats of --bag",
            "BagIt 包，含校验值，内容由 --bag 指定",
        ),
        images=True,
    ),
)

FORMATS: Mapping[str, Format] = MappingProxyType({f.name: f for f in _ALL})


# The formats that METS lists beside its own files.
PDFS = frozenset({"pdf", "pdfa"})

# What a BagIt package holds if nothing is said.
_WHOLE = ("mets", "page", "hocr", "tei", "html", "pdfa", "text", "paragraphs", "csv", "jsonl")

# What else people call them.
ALIASES: Mapping[str, str] = MappingProxyType(
    {"txt": "text", "txt-flow": "paragraphs", "md": "markdown", "alto-4.4": "alto", "bag": "bagit"}
)


def needs_images(names: Sequence[str], copied: bool = True) -> bool:
    """Whether any of these formats needs the page images; `copied` False: those that only copy
    them go without. KeyError for an unknown name."""
    wanted = [FORMATS[name] for name in names]
    return any(form.images and (copied or not form.copies) for form in wanted)


def bagged(settings: Settings) -> tuple[str, ...]:
    """The formats in a BagIt package."""
    wanted = settings.bagged or _WHOLE
    return tuple(name for name in wanted if name in FORMATS and name != "bagit")


def needs_screens(names: Sequence[str]) -> bool:
    """Whether any of these formats shows pages small. KeyError for an unknown name."""
    return any(FORMATS[name].screens for name in names)


def in_order(names: Sequence[str]) -> list[str]:
    """The formats as they are to be made: METS lists the PDFs, a bag holds everything."""
    return sorted(names, key=lambda name: (name == "bagit", name not in PDFS))


def produce(bundle: Bundle, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The files of several formats, one after the other; a file that two of them write (ALTO
    beside METS) comes once. Of a format that stands in `bundle.written` the files are read.
    KeyError for an unknown name, OSError when a written file has gone."""
    seen: set[str] = set()
    for name in in_order(names):
        if (there := bundle.written.get(name)) is not None:
            files = _read(bundle, there)
        else:
            files = FORMATS[name].export(bundle)
        for path, data in files:
            if path not in seen:
                seen.add(path)
                yield path, data
                if name in PDFS:
                    bundle = replace(bundle, beside=(*bundle.beside, beside(name, path, data)))


def beside(form: str, path: str, data: bytes) -> Beside:
    """What METS says of a PDF."""
    digest = hashlib.sha256(data).hexdigest()
    return Beside(form, path, "application/pdf", len(data), digest)


def _read(bundle: Bundle, paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        yield path, (bundle.folder / path).read_bytes()
