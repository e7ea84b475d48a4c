"""How a PDF is gone through: bookmarks for pages and articles, threads along articles, labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf

from ...model import Affine, Article, Issue, Rect
from ..json_layout import clean
from ..plain import one_line, page_title
from .passages import article_regions, region_index
from .pdfbeads import page_beads
from .plaintext import article_title

Placed = Mapping[str, tuple[int, Affine]]
"""By page id: the page's place in the PDF from 0, and the map of its pixels to PDF units."""


def add_outline(pdf: Pdf, issue: Issue, placed: Placed) -> None:
    """A bookmark a page, and below it the articles that begin there."""
    regions = region_index(issue)
    starts: dict[str, list[tuple[Article, Rect | None]]] = {}
    for article in issue.articles:
        if article.kind == "furniture" or not article.parts:
            continue
        first = article.parts[0].page
        boxes = [
            r.box for page, r in article_regions(article, regions) if page == first and r.polygon
        ]
        starts.setdefault(first, []).append((article, boxes[0] if boxes else None))
    with pdf.open_outline() as outline:
        for page in issue.pages:
            if page.id not in placed:
                continue
            index, matrix = placed[page.id]
            item = OutlineItem(_shown(page_title(page)), index, "Fit")
            for article, box in starts.get(page.id, ()):
                title = _shown(article_title(article) or article.id)
                if box is None:
                    item.children.append(OutlineItem(title, index, "Fit"))
                else:
                    x, y = matrix(box.x0, box.y0)
                    item.children.append(
                        OutlineItem(title, index, "XYZ", left=round(x, 2), top=round(y, 2), zoom=0)
                    )
            item.is_closed = len(issue.pages) > 8
            outline.root.append(item)


def thread_title(article: Article) -> str:
    """What the thread of an article is called."""
    return _shown(article_title(article) or article.id)


def add_threads(pdf: Pdf, issue: Issue, placed: Placed) -> None:
    """An article thread (ISO 32000-1, 12.4.3) an article; its beads hold its text and no other."""
    regions = region_index(issue)
    places = {page.id: page_beads(page) for page in issue.pages if page.id in placed}
    on_page: dict[int, list[pikepdf.Object]] = {}
    threads = []
    for article in issue.articles:
        if article.kind == "furniture":
            continue
        beads: list[pikepdf.Object] = []
        thread = pdf.make_indirect(Dictionary(Type=Name.Thread))
        thread.I = Dictionary(Title=pikepdf.String(thread_title(article)))
        if article.byline:
            thread.I.Author = pikepdf.String(_shown(article.byline))
        for page_id, region in article_regions(article, regions):
            for box in places[page_id][region.id] if page_id in placed else ():
                index, matrix = placed[page_id]
                bead = pdf.make_indirect(
                    Dictionary(Type=Name.Bead, P=pdf.pages[index].obj, R=_rectangle(box, matrix))
                )
                on_page.setdefault(index, []).append(bead)
                beads.append(bead)
        if not beads:
            continue
        for before, after in zip([beads[-1], *beads], beads, strict=False):
            before.N, after.V = after, before
        beads[0].T = thread
        thread.F = beads[0]
        threads.append(thread)
    for index, beads in on_page.items():
        pdf.pages[index].obj.B = Array(beads)
    if threads:
        pdf.Root.Threads = pdf.make_indirect(Array(threads))


def add_labels(pdf: Pdf, issue: Issue, placed: Placed) -> None:
    """The printed labels ("A1") as the names of pages."""
    numbers: list[pikepdf.Object | int] = []
    for page in issue.pages:
        if page.id in placed:
            label = _shown(page.label or str(page.number))
            numbers += [placed[page.id][0], Dictionary(P=pikepdf.String(label))]
    if numbers:
        pdf.Root.PageLabels = Dictionary(Nums=Array(numbers))


def _rectangle(box: Rect, matrix: Affine) -> Array:
    corners: Sequence[tuple[float, float]] = matrix.polygon(box.polygon)
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Array([round(v, 2) for v in (min(xs), min(ys), max(xs), max(ys))])


def _shown(text: str) -> str:
    return clean(one_line(text).strip().replace("\0", "\ufffd"))
