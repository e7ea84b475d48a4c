"""Regions from elsewhere -> articles, where their source does not tell paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ...model import Article, ArticleKind, Issue, Line, Part, Region, RegionKind
from ...text.jumps import strip_jumps
from ...text.paragraphs import BodyLine, join
from ...text.spaces import tidy_headline, tidy_names
from .xmlwrite import owners

_BODY: frozenset[RegionKind] = frozenset(
    {"body", "subhead", "other", "notice", "advertisement", "index", "table", "masthead",
     "page-header", "column-label"}
)  # fmt: skip


def filled(article: Article, issue: Issue) -> Article:
    """The article with those of its texts that are empty read from its regions: headline,
    kicker, deck and byline from regions of that kind, paragraphs from the body's lines, jump
    markers left out."""
    regions = {(p.id, r.id): r for p in issue.pages for r in p.regions}
    own = [
        regions[part.page, region_id]
        for part in article.parts
        for region_id in part.regions
        if (part.page, region_id) in regions
    ]
    first = article.parts[0].page if article.parts else ""
    opening = [
        regions[part.page, region_id]
        for part in article.parts
        if part.page == first
        for region_id in part.regions
        if (part.page, region_id) in regions
    ]
    return replace(
        article,
        headline=article.headline or _title(opening, "headline"),
        kicker=article.kicker or _title(opening, "kicker"),
        subheadline=article.subheadline or _title(opening, "subheadline"),
        byline=article.byline or _names(own, "byline"),
        paragraphs=article.paragraphs or _paragraphs(own, article.kind),
        captions=article.captions or _captions(own),
    )


def furniture(issue: Issue) -> Issue:
    """Every region that no article has becomes an entry of its own kind, so that each region
    belongs to exactly one entry."""
    taken = owners(issue)
    extra: list[Article] = []
    count = len(issue.articles)
    used = {article.id for article in issue.articles}
    for page in issue.pages:
        for region in page.regions:
            if (page.id, region.id) in taken:
                continue
            count += 1
            while f"a{count:03d}" in used:
                count += 1
            kind = _KIND_ALONE.get(region.kind, "furniture")
            part = (Part(page.id, (region.id,)),)
            extra.append(filled(Article(f"a{count:03d}", kind, parts=part), issue))
    return replace(issue, articles=(*issue.articles, *extra))


_KIND_ALONE: dict[RegionKind, ArticleKind] = {
    "advertisement": "advertisement",
    "notice": "notice",
    "index": "index",
    "table": "table",
    "picture": "picture",
    "masthead": "masthead",
}


def _title(regions: Iterable[Region], kind: RegionKind) -> str:
    lines = [line.text for region in regions if region.kind == kind for line in region.lines]
    return " ".join(filter(None, (tidy_headline(text) for text in lines)))


def _names(regions: Iterable[Region], kind: RegionKind) -> str:
    lines = [line.text for region in regions if region.kind == kind for line in region.lines]
    return " ".join(filter(None, (tidy_names(text) for text in lines)))


def _captions(regions: Iterable[Region]) -> tuple[str, ...]:
    found = [
        "".join(tidy_names(line.text) for line in region.lines)
        for region in regions
        if region.kind == "caption"
    ]
    return tuple(filter(None, found))


def _paragraphs(regions: Sequence[Region], kind: ArticleKind) -> tuple[str, ...]:
    lines: list[BodyLine] = []
    for region in regions:
        if region.kind not in _BODY:
            continue
        each = region.kind != "body" and kind != "article"
        for line in region.lines:
            text = strip_jumps(line.text)
            if region.kind == "subhead":
                lines.append(BodyLine(text, 0.0, 0.0, kind="subhead"))
            else:
                lines.append(BodyLine(text, *_measured(region, line), keep=each))
    return join(lines)


def _measured(region: Region, line: Line) -> tuple[float, float]:
    """Indent and slack in ems, along the line's direction."""
    if not region.polygon or not line.polygon:
        return 0.0, 0.0
    outer, box = region.box, line.box
    if region.writing_mode == "vertical-rl":
        em = max(1.0, box.width)
        return (box.y0 - outer.y0) / em, (outer.y1 - box.y1) / em
    em = max(1.0, box.height)
    before, after = (box.x0 - outer.x0) / em, (outer.x1 - box.x1) / em
    return (after, before) if region.writing_mode == "horizontal-rtl" else (before, after)
