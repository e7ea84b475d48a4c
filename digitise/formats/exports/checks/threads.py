"""The article threads of a searchable PDF: what stands in their beads is the article's text."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Name, Pdf

from ....model import Issue
from ..passages import article_regions, region_index
from ..pdfbeads import crowded
from ..pdfoutline import thread_title
from .findings import Finding, found
from .sameness import bare, compare

Placed = Sequence[tuple[str, float, float]]
"""Each character of a page with its middle, in PDF units, in the order of the content."""


@dataclass(frozen=True, slots=True)
class _Thread:
    title: str
    beads: tuple[tuple[int, tuple[float, float, float, float]], ...]
    whole: bool


def check_threads(
    data: bytes, pages: Sequence[Placed], issue: Issue, file: str
) -> Iterator[Finding]:
    """`data`: the PDF; `pages`: its characters. An article whose lines lie upon others' is not
    compared: no rectangle parts them."""
    threads = _threads(data)
    regions = region_index(issue)
    over = {(page.id, region) for page in issue.pages for region in crowded(page)}
    for article in issue.articles:
        places = [
            (page, region)
            for page, region in article_regions(article, regions)
            if any(line.polygon and line.text.strip() for line in region.lines)
        ]
        if article.kind == "furniture" or not places:
            continue
        title = thread_title(article)
        thread = next((t for t in threads if t.title == title), None)
        if thread is None:
            yield found(
                "thread", file, article.id, f"no thread of the article “{title}”",
                f"没有文章 “{title}” 的线索",
            )  # fmt: skip
            continue
        threads.remove(thread)
        if not thread.whole:
            yield found(
                "thread", file, article.id, f"the thread “{title}” is broken",
                f"文章线索 “{title}” 已断",
            )  # fmt: skip
        if any((page, region.id) in over for page, region in places):
            continue
        text = "".join(_within(pages, *bead) for bead in thread.beads)
        wanted = "".join(line.text for _, region in places for line in region.lines)
        yield from compare(bare(text), bare(wanted), file, article)
    for thread in threads:
        yield found(
            "thread", file, "", f"the thread “{thread.title}” is of no article",
            f"线索 “{thread.title}” 不属于任何文章",
        )  # fmt: skip


def _within(pages: Sequence[Placed], page: int, box: tuple[float, float, float, float]) -> str:
    if not 0 <= page < len(pages):
        return ""
    x0, y0, x1, y1 = box
    return "".join(c for c, x, y in pages[page] if x0 <= x <= x1 and y0 <= y <= y1)


def _threads(data: bytes) -> list[_Thread]:
    """In the order of the file. A bead that leads nowhere ends its thread."""
    out: list[_Thread] = []
    try:
        with Pdf.open(io.BytesIO(data)) as pdf:
            places = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
            for thread in pdf.Root.get(Name.Threads, Array()):
                beads = []
                seen: set[tuple[int, int]] = set()
                first = bead = thread.get(Name.F)
                while bead is not None and bead.objgen not in seen:
                    seen.add(bead.objgen)
                    x0, y0, x1, y1 = (float(v) for v in bead.R)
                    beads.append((places.get(bead.P.objgen, -1), (x0, y0, x1, y1)))
                    bead = bead.get(Name.N)
                whole = first is not None and bead is not None and bead.objgen == first.objgen
                out.append(_Thread(str(thread.I.Title), tuple(beads), whole))
    except (pikepdf.PdfError, AttributeError, KeyError, TypeError, ValueError):
        return out  # what was read so far; the rest is told as missing
    return out
