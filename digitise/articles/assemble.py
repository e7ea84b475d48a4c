"""Pages -> issue: masthead and page names read, jumps resolved, articles stitched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..layout import PageLayout
from ..model import Article, Issue, Masthead, Page, Part
from ..text.masthead import HeaderLine, PageHeader, read_masthead, read_page_header
from ..text.paragraphs import join
from .confidence import confidence_of
from .continuation import Link, PageName, resolve
from .evidence import Parts
from .labels import with_neighbours


def assemble(issue_id: str, pages: Sequence[PageLayout], failed: Sequence[Page] = ()) -> Issue:
    """The issue made of `pages`, with the pages that `failed` entered as they are."""
    return assembled(issue_id, pages, failed)[0]


def assembled(
    issue_id: str, pages: Sequence[PageLayout], failed: Sequence[Page] = ()
) -> tuple[Issue, tuple[Parts, ...]]:
    """The same, and what each of its entries was made of."""
    layouts, headers = named(pages, failed)
    masthead, warnings = _masthead(layouts, headers)
    links = links_of(layouts)
    parts = _parts(layouts, links)
    articles = [_article(f"a{n:03d}", one) for n, one in enumerate(parts, 1)]
    everything = tuple(sorted([*(x.page for x in layouts), *failed], key=lambda p: p.number))
    issue = Issue(
        id=issue_id,
        title=masthead.title,
        masthead=masthead,
        pages=everything,
        articles=tuple(articles),
        complete=not failed,
        warnings=warnings,
    )
    return issue, tuple(parts)


def named(
    pages: Sequence[PageLayout], failed: Sequence[Page] = ()
) -> tuple[list[PageLayout], list[PageHeader]]:
    """The pages in order, with what they are called, and their headers."""
    layouts = sorted(pages, key=lambda x: x.page.number)
    headers = [read_page_header(x.header or x.masthead, x.page.number) for x in layouts]
    labels = _labels(layouts, headers, failed)
    return [_named(x, h, t) for x, h, t in zip(layouts, headers, labels, strict=True)], headers


def links_of(layouts: Sequence[PageLayout]) -> list[Link]:
    """The jumps of the pages of an issue, which know what they are called."""
    names = [PageName(x.page.id, x.page.number, x.page.label, x.page.name) for x in layouts]
    return resolve(layouts, names)


def _masthead(
    layouts: Sequence[PageLayout], headers: Sequence[PageHeader]
) -> tuple[Masthead, tuple[str, ...]]:
    running = tuple(h.title for h in headers if h.title)
    lines = next((x.masthead for x in layouts if x.masthead), ())
    if not lines:
        first = layouts[0].header if layouts else ()
        reading = read_masthead(first, running)
        title = reading.masthead.title if running else ""
        return replace(reading.masthead, title=title), tuple(reading.warnings)
    reading = read_masthead(lines, running)
    over = next((x.header for x in layouts if x.masthead), ())
    return _with_day(reading.masthead, over), tuple(reading.warnings)


def _with_day(masthead: Masthead, over: Sequence[HeaderLine]) -> Masthead:
    """The day and the day of the week taken from the header over a 報頭 that has them not."""
    if not over or (masthead.date and masthead.weekday):
        return masthead
    other = read_masthead(over).masthead
    if masthead.date and other.date and masthead.date != other.date:
        return masthead
    return replace(
        masthead,
        date=masthead.date or other.date,
        weekday=masthead.weekday or other.weekday,
    )


def _labels(
    layouts: Sequence[PageLayout], headers: Sequence[PageHeader], failed: Sequence[Page]
) -> list[str]:
    """The labels of `layouts`, those not printed told from the pages beside them. A page that
    failed keeps its place among them, so that none is taken for its neighbour."""
    read = {x.page.number: h.label for x, h in zip(layouts, headers, strict=True)}
    gaps = {p.number: "" for p in failed}
    numbers = sorted(gaps | read)
    told = with_neighbours([(gaps | read)[n] for n in numbers])
    known = dict(zip(numbers, told, strict=True))
    return [known[x.page.number] for x in layouts]


def _named(layout: PageLayout, header: PageHeader, label: str) -> PageLayout:
    page = replace(layout.page, label=label, name=header.name)
    return replace(layout, page=page)


def _parts(layouts: Sequence[PageLayout], links: Sequence[Link]) -> list[Parts]:
    """What each entry is made of, in the order of their first pieces."""
    follows = {link.start: link.end for link in links if link.start and link.end}
    led = set(follows.values())
    by_start: dict[tuple[int, int], list[Link]] = {}
    for link in links:
        place = link.start if link.start is not None else link.end
        assert place is not None
        by_start.setdefault(place, []).append(link)
    out: list[Parts] = []
    for p, layout in enumerate(layouts):
        for k, _ in enumerate(layout.pieces):
            if (p, k) in led:
                continue
            at: tuple[int, int] | None = (p, k)
            chain: list[tuple[int, int]] = []
            while at is not None and at not in chain:
                chain.append(at)
                at = follows.get(at)
            jumps = tuple(link for x in chain for link in by_start.get(x, []))
            pieces = tuple((layouts[x[0]].page, layouts[x[0]].pieces[x[1]]) for x in chain)
            out.append(Parts(pieces, jumps))
    return out


def _article(article_id: str, parts: Parts) -> Article:
    """One article of its pieces: the first one's head, all pieces' text joined as one."""
    pieces = [piece for _, piece in parts.pieces]
    first = pieces[0]
    lines = [line for piece in pieces for line in piece.lines]
    bylines = [piece.byline for piece in pieces if piece.byline]
    jumps = tuple(link.continuation for link in parts.links)
    return Article(
        id=article_id,
        kind=first.kind,
        kicker=first.kicker,
        headline=first.headline,
        subheadline=first.subheadline,
        byline=" ".join(dict.fromkeys(bylines)),
        paragraphs=join(lines),
        captions=tuple(c for piece in pieces for c in piece.captions),
        parts=tuple(Part(page.id, piece.regions) for page, piece in parts.pieces),
        continuations=jumps,
        confidence=confidence_of(parts),
    )
