"""Plain text as printed: one printed line a line, in reading order.

A blank line stands between regions (kicker, headline, deck, byline, each piece of the body,
caption, ...) and between paragraphs. Where a paragraph begins is taken from the articles, whose
paragraphs are whole, and not from the look of a line: a line that begins with a hanging
quotation mark begins no paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..model import Article, Issue, Line, Page, Region
from .json_layout import clean

_BODY = frozenset({"body", "notice", "advertisement", "table", "index", "other"})
# A line shorter than this may stand at the beginning of a paragraph by chance: then the line
# before it must also be the end of the paragraph before.
_SURE = 6


def ordered_regions(page: Page) -> tuple[Region, ...]:
    """The regions in reading order; those the order leaves out follow in their own order."""
    by_id = {region.id: region for region in page.regions}
    listed = dict.fromkeys(i for i in page.reading_order if i in by_id)
    return tuple([by_id[i] for i in listed] + [r for r in page.regions if r.id not in listed])


def page_text(page: Page, articles: Sequence[Article] = ()) -> str:
    """The text of one page, ending with a line feed; empty when nothing was read.

    `articles` tell where paragraphs begin; without them only regions are set apart.
    """
    owners = {
        region_id: article
        for article in articles
        for part in article.parts
        if part.page == page.id
        for region_id in part.regions
    }
    blocks = [block for region in ordered_regions(page) for block in _blocks(region, owners)]
    return clean("\n\n".join(blocks) + "\n") if blocks else ""


def issue_text(issue: Issue) -> str:
    """All pages one after the other, each under a line with its label and name."""
    parts = []
    for page in issue.pages:
        text = page_text(page, issue.articles)
        if page.error:
            text = f"[{one_line(page.error)}]\n" + text
        parts.append(clean(f"===== {page_title(page)} =====\n") + ("\n" + text if text else ""))
    return "\n".join(parts)


def page_title(page: Page) -> str:
    """Label and name as printed; the page's number where it has no label."""
    return one_line(" ".join(filter(None, (page.label or str(page.number), page.name))))


def one_line(text: str) -> str:
    """`text` with line breaks turned into spaces, so that a printed line stays one line."""
    return " ".join(text.splitlines())


def _blocks(region: Region, owners: Mapping[str, Article]) -> Iterator[str]:
    article = owners.get(region.id)
    lines = [line for line in region.lines if line.text.strip()]
    starts: set[int] = set()
    if article is not None and region.kind in _BODY:
        starts = _paragraph_starts(lines, article.paragraphs)
    block: list[str] = []
    for i, line in enumerate(lines):
        if block and i in starts:
            yield "\n".join(block)
            block = []
        block.append(one_line(line.text))
    if block:
        yield "\n".join(block)


def _paragraph_starts(lines: Sequence[Line], paragraphs: Sequence[str]) -> set[int]:
    """Indexes of the lines that begin a paragraph. White space does not count."""
    bare = [_bare(p) for p in paragraphs]
    starts = set()
    following = 0
    for i, line in enumerate(lines):
        text = _bare(line.text)
        for k in range(following, len(bare)):
            if not bare[k] or not (bare[k].startswith(text) or text.startswith(bare[k])):
                continue
            sure = min(len(text), len(bare[k])) >= _SURE or (
                i > 0 and k > 0 and bare[k - 1].endswith(_bare(lines[i - 1].text))
            )
            if sure:
                starts.add(i)
                following = k + 1
                break
    return starts


def _bare(text: str) -> str:
    return "".join(text.split())
