"""Searchable PDF: the page as it looks, under it the text where it is printed, in reading order.

`pdf` keeps a PDF source's own pages untouched and draws image files as they are; `pdfa` makes a
PDF/A-2u (ISO 19005-2) of the page pictures. A text layer the source page already has is kept but
marked as standing for nothing (`ActualText` of no characters, ISO 32000-1, 14.9.4), so that every
word is found once.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import ExitStack

import pikepdf
from pikepdf import Dictionary, Name, Pdf

from ...model import Affine, Issue, Page
from ..json_layout import clean
from .bundle import Bundle, SourceFile
from .language import issue_language
from .pdfcolour import output_intent
from .pdffont import Codes
from .pdffont import embed as embed_font
from .pdfimage import embed as embed_image
from .pdflayer import page_layer
from .pdfoutline import add_labels, add_outline, add_threads

_FONT = "/DgtsBlank"
_POINTS = 72.0
# Acrobat opens no larger pages (ISO 32000-1, annex C).
_LARGEST = 14_400.0


def export(bundle: Bundle) -> Iterator[tuple[str, bytes]]:
    """issue.pdf"""
    yield "issue.pdf", searchable_pdf(bundle)


def export_archival(bundle: Bundle) -> Iterator[tuple[str, bytes]]:
    """issue-a.pdf"""
    yield "issue-a.pdf", searchable_pdf(bundle, archival=True)


def searchable_pdf(bundle: Bundle, *, archival: bool = False) -> bytes:
    """The whole issue; `archival`: as PDF/A-2u. A page without a picture is white."""
    issue = bundle.issue
    codes = Codes()
    placed: dict[str, tuple[int, Affine]] = {}
    with ExitStack() as stack:
        pdf = stack.enter_context(Pdf.new())
        opened: dict[str, Pdf | None] = {}
        drawn: dict[str, pikepdf.Object] = {}
        for page in issue.pages:
            matrix = None
            found = None if archival else bundle.source(page)
            if found is not None and found[0].mime == "application/pdf":
                matrix = _take_page(pdf, page, found, opened, stack)
            if matrix is None:
                matrix = _draw_page(pdf, page, bundle, archival, drawn)
            if matrix is None:
                continue
            placed[page.id] = len(pdf.pages) - 1, matrix
        layers = {
            page.id: page_layer(page, codes, _FONT) for page in issue.pages if page.id in placed
        }
        space, _ = codes.code(" ", 500) if codes.given else (0, 0)
        font = embed_font(pdf, codes) if codes.given else None
        for page_id, layer in layers.items():
            index, matrix = placed[page_id]
            if font is not None:
                _add_layer(pdf.pages[index], layer, matrix, font, space)
        add_outline(pdf, issue, placed)
        add_threads(pdf, issue, placed)
        add_labels(pdf, issue, placed)
        _describe(pdf, bundle, archival)
        out = io.BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            min_version="1.7",
            compress_streams=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        return out.getvalue()


def _take_page(
    pdf: Pdf,
    page: Page,
    found: tuple[SourceFile, int],
    opened: dict[str, Pdf | None],
    stack: ExitStack,
) -> Affine | None:
    """Adds the source's own page; None where it cannot be had."""
    source, index = found
    key = str(source.path)
    if key not in opened:
        try:
            opened[key] = stack.enter_context(Pdf.open(source.path))
        except (pikepdf.PdfError, OSError, RuntimeError):
            opened[key] = None
    document = opened[key]
    if document is None or index >= len(document.pages) or not (page.width and page.height):
        return None
    pdf.pages.append(document.pages[index])
    shown = pdf.pages[-1]
    if Name.B in shown.obj:
        del shown.obj.B  # beads of threads that stay behind
    return _matrix(shown, page)


def _matrix(shown: pikepdf.Page, page: Page) -> Affine | None:
    """Pixels of the page as read (crop box, turned as /Rotate says) to the page's own units."""
    x0, y0, x1, y1 = (float(v) for v in shown.cropbox)
    a0, b0, a1, b1 = (float(v) for v in shown.mediabox)
    x0, x1 = sorted((max(min(x0, x1), min(a0, a1)), min(max(x0, x1), max(a0, a1))))
    y0, y1 = sorted((max(min(y0, y1), min(b0, b1)), min(max(y0, y1), max(b0, b1))))
    if x1 <= x0 or y1 <= y0:
        return None
    turn = int(shown.obj.get(Name.Rotate, 0)) % 360
    across, down = (x1 - x0, y1 - y0) if turn in (0, 180) else (y1 - y0, x1 - x0)
    sx, sy = across / page.width, down / page.height
    if turn == 90:
        return Affine(0, sy, x0, sx, 0, y0)
    if turn == 180:
        return Affine(-sx, 0, x1, 0, sy, y0)
    if turn == 270:
        return Affine(0, -sy, x1, -sx, 0, y1)
    return Affine(sx, 0, x0, 0, -sy, y1)


def _draw_page(
    pdf: Pdf, page: Page, bundle: Bundle, archival: bool, drawn: dict[str, pikepdf.Object]
) -> Affine | None:
    """Adds a page of the size of the picture, with the picture on it if there is one. `drawn`
    has the pictures by digest: the two pages of an opening share theirs."""
    if not (page.width > 0 and page.height > 0):
        return None
    dpi = page.dpi if page.dpi > 0 else 300
    scale = min(_POINTS / dpi, _LARGEST / max(page.width, page.height))
    width, height = page.width * scale, page.height * scale
    # PDF allows no page under 3 units a side; a strip of a page keeps its scale on a wider one.
    pdf.add_blank_page(page_size=(max(3.0, round(width, 3)), max(3.0, round(height, 3))))
    shown = pdf.pages[-1]
    shown.obj.Resources = Dictionary()
    picture = bundle.image(page)
    if picture is not None:
        image = drawn.get(picture.sha256)
        try:
            image = image or embed_image(pdf, picture, archival=archival)
        except (OSError, ValueError, SyntaxError):
            image = None
        if image is not None:
            drawn[picture.sha256] = image
            shown.obj.Resources.XObject = Dictionary(Im0=image)
            content = f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Im0 Do Q\n".encode("ascii")
            shown.obj.Contents = pdf.make_stream(content)
    return Affine(scale, 0, 0, 0, -scale, height)


def _add_layer(
    shown: pikepdf.Page,
    layer: bytes,
    matrix: Affine,
    font: pikepdf.Object,
    space: int,
) -> None:
    """Puts the text before the page's own content: readers that look for the text at a point
    take the first."""
    resources = shown.resources
    if Name.Font not in resources:
        resources.Font = Dictionary()
    resources.Font[_FONT] = font
    m = matrix
    numbers = " ".join(f"{v:.6f}" for v in (m.a, m.d, m.b, m.e, m.c, m.f))
    before = f"q {numbers} cm\n".encode("ascii") + layer + b"Q\n"
    if _has_text(shown):
        # Chromium reads the first text of what stands for nothing all the same: it gets a space.
        first = f"q BT 3 Tr {_FONT} 1 Tf <{space:04X}> Tj ET Q\n".encode("ascii")
        opening = b"/Span <</ActualText ()>> BDC\n"
        shown.contents_add(before + opening + first, prepend=True)
        shown.contents_add(b"\nEMC\n", prepend=False)
    else:
        shown.contents_add(before, prepend=True)


def _has_text(shown: pikepdf.Page) -> bool:
    """Whether the page may draw text of its own: it has fonts, or forms that may have."""
    resources = shown.resources
    own = set(resources.get(Name.Font, Dictionary()).keys()) - {_FONT}
    objects = resources.get(Name.XObject, Dictionary())
    return bool(own) or any(item.get(Name.Subtype) == Name.Form for _, item in objects.items())


def _describe(pdf: Pdf, bundle: Bundle, archival: bool) -> None:
    """Metadata, language, how to show it; for an archive what makes it a PDF/A."""
    issue = bundle.issue
    head = issue.masthead
    root = pdf.Root
    root.Lang = pikepdf.String(issue_language(issue) or "zh")
    root.PageMode = Name.UseOutlines
    # No Direction R2L for old newspapers: Chromium takes it for a text of Arabic or Hebrew.
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.MarkInfo = Dictionary(Marked=False)
    title = _xmp(" ".join(filter(None, (head.title or issue.title or issue.id, head.date))))
    producer = f"{bundle.software} {bundle.version}".strip()
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=True) as meta:
        meta["dc:title"] = title
        meta["dc:language"] = {issue_language(issue) or "zh"}
        meta["dc:identifier"] = _xmp(issue.id)
        if head.publisher:
            meta["dc:publisher"] = {_xmp(head.publisher)}
        if head.date:
            meta["dc:date"] = [head.date]
        meta["pdf:Producer"] = producer
        if bundle.date:
            meta["xmp:CreateDate"] = bundle.date
            meta["xmp:ModifyDate"] = bundle.date
        if archival:
            meta["pdfaid:part"] = "2"
            meta["pdfaid:conformance"] = "U"
    if archival:
        root.OutputIntents = output_intent(pdf)


def reads_leftwards(issue: Issue) -> bool:
    """Whether the newspaper is bound on the right: most of its body is in vertical lines."""
    lengths = {"vertical-rl": 0, "other": 0}
    for page in issue.pages:
        for region in page.regions:
            if region.kind == "body":
                key = "vertical-rl" if region.writing_mode == "vertical-rl" else "other"
                lengths[key] += sum(len(line.text) for line in region.lines)
    return lengths["vertical-rl"] > lengths["other"]


def _xmp(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in clean(text))
