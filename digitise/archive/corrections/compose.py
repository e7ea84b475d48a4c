"""The document as an issue again: regions on pages, articles with whole paragraphs.

An article whose lines are as the machine read them keeps the machine's text. Where only characters
of lines were changed, those changes are carried over into its paragraphs. Where lines or regions
were added, removed or moved, the text is put together anew from the lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from rapidfuzz.distance import Levenshtein

from ...formats.exports.passages import Passage, passages
from ...model import Article, Issue, Line, Masthead, Page, Rect, Region
from ...text.jumps import strip_jumps
from ...text.paragraphs import BodyLine, join
from ...text.spaces import close_gaps, tidy_headline, tidy_names
from .document import ArticleEntry, Document, LineEntry, PageEntry, RegionEntry, whole_order
from .outlines import round_lines

_FIELDS = ("kicker", "headline", "subheadline", "byline")


def issue_of(document: Document) -> Issue:
    """The whole issue as it stands."""
    return replace(
        document.machine,
        title=document.masthead.title or document.machine.title,
        masthead=_dated(document.masthead),
        pages=tuple(page_of(document, page.id) for page in document.machine.pages),
        articles=tuple(article_of(document, key) for key in document.article_ids),
    )


_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})?")


def _dated(masthead: Masthead) -> Masthead:
    """Without a date that has not the form of one, as it stands while it is typed: the journal
    keeps it, the checks tell of it, and an issue could not be read back with it."""
    return masthead if _DATE.fullmatch(masthead.date) else replace(masthead, date="")


def page_of(document: Document, page_id: str) -> Page:
    """One page with its regions and lines. KeyError for an unknown one."""
    page = _machine_pages(document.machine)[page_id]
    entry = document.entities[page_id]
    assert isinstance(entry, PageEntry)
    if page_id not in document.versions:
        order = page.reading_order
    else:
        # Regions the machine left out of the order (it has none of those now) stay out.
        listed = set(page.reading_order)
        left_out = {r for r in whole_order(page) if r not in listed}
        order = tuple(r for r in entry.order if r not in left_out)
    regions = tuple(region_of(document, key) for key in entry.regions)
    return replace(page, regions=regions, reading_order=order)


def region_of(document: Document, key: str) -> Region:
    """One region with its lines; where people changed it or a line of it, with an outline that
    holds them all. KeyError for an unknown one."""
    entry = document.entities[key]
    assert isinstance(entry, RegionEntry)
    region = replace(entry.region, lines=tuple(_line(document, line) for line in entry.lines))
    if any(name in document.versions for name in (key, *entry.lines)):
        return round_lines(region)
    return region


def _line(document: Document, key: str) -> Line:
    entry = document.entities[key]
    assert isinstance(entry, LineEntry)
    return entry.line


def article_of(document: Document, key: str) -> Article:
    """One article, its texts worked out. KeyError for an unknown one."""
    entry = document.entities[key]
    assert isinstance(entry, ArticleEntry)
    machine = _machine_articles(document.machine).get(key)
    if machine is None or not _same_shape(document, entry, machine):
        text = _anew(document, entry)
    else:
        changed = _changed_lines(document, machine)
        carried = _carried(document.machine, machine, changed) if changed else machine
        text = carried or _anew(document, entry)
    own = {name: getattr(entry.article, name) for name in _FIELDS if name in entry.own}
    texts: dict[str, Any] = {
        name: getattr(text, name) for name in (*_FIELDS, "paragraphs", "captions")
    }
    return replace(entry.article, **(texts | own))


@lru_cache(maxsize=64)
def _articles_of(issue: _Same) -> Mapping[str, Article]:
    return {article.id: article for article in issue.it.articles}


@lru_cache(maxsize=64)
def _pages_of(issue: _Same) -> Mapping[str, Page]:
    return {page.id: page for page in issue.it.pages}


class _Same:
    """An issue as a key: two are the same when they are one object, which is quick to tell."""

    __slots__ = ("it",)

    def __init__(self, it: Issue) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.it is self.it


def _machine_articles(issue: Issue) -> Mapping[str, Article]:
    return _articles_of(_Same(issue))


def _machine_pages(issue: Issue) -> Mapping[str, Page]:
    return _pages_of(_Same(issue))


def _same_shape(document: Document, entry: ArticleEntry, machine: Article) -> bool:
    """Whether the article is made of the same lines in the same regions of the same kinds."""
    if entry.article.parts != machine.parts:
        return False
    for region in _machine_regions(document.machine, machine):
        if region.id not in document.versions:
            continue
        now = document.region(region.id)
        if (
            now is None
            or now.lines != tuple(line.id for line in region.lines)
            or now.region.kind != region.kind
        ):
            return False
    return True


def _machine_regions(issue: Issue, article: Article) -> Iterator[Region]:
    pages = _machine_pages(issue)
    for part in article.parts:
        wanted = set(part.regions)
        for region in pages[part.page].regions:
            if region.id in wanted:
                yield region


def _changed_lines(document: Document, machine: Article) -> dict[str, tuple[str, str]]:
    """{line: (machine's text, text now)} of lines that read otherwise now."""
    out = {}
    for region in _machine_regions(document.machine, machine):
        for line in region.lines:
            if line.id in document.versions:
                now = _line(document, line.id).text
                if now != line.text:
                    out[line.id] = (line.text, now)
    return out


@lru_cache(maxsize=2048)
def _passages(issue: _Same, article_id: str) -> tuple[Passage, ...]:
    article = _machine_articles(issue.it)[article_id]
    regions = {
        (part.page, r.id): r
        for part in article.parts
        for r in _machine_pages(issue.it)[part.page].regions
        if r.id in part.regions
    }
    return passages(article, regions)


def _carried(
    issue: Issue, machine: Article, changed: Mapping[str, tuple[str, str]]
) -> Article | None:
    """The machine's article with the changes of its lines made in its texts; None when a changed
    line is not in them at all though it holds more than a jump marker."""
    found = _passages(_Same(issue), machine.id)
    pieces: dict[str, list[tuple[int, int]]] = {}
    for i, passage in enumerate(found):
        for k, piece in enumerate(passage.pieces):
            if piece.line:
                pieces.setdefault(piece.line, []).append((i, k))
    texts = {
        (i, k): p.text for i, passage in enumerate(found) for k, p in enumerate(passage.pieces)
    }
    for line, (old, new) in changed.items():
        places = pieces.get(line, [])
        if not places:
            if strip_jumps(old).strip():
                return None
            continue
        shares = _shared_out(old, new, [texts[place] for place in places])
        if shares is None:
            return None
        texts.update(zip(places, shares, strict=True))
    fields: dict[str, list[str]] = {}
    for i, passage in enumerate(found):
        text = "".join(texts[i, k] for k, p in enumerate(passage.pieces) if not p.extra)
        role = {"subhead": "paragraphs", "paragraph": "paragraphs", "caption": "captions"}.get(
            passage.role, passage.role
        )
        if text.strip() or role == "captions":
            fields.setdefault(role, []).append(text.strip())
    heads: dict[str, Any] = {name: " ".join(fields.get(name, ())) for name in _FIELDS}
    return replace(
        machine,
        **heads,
        paragraphs=tuple(fields.get("paragraphs", ())),
        captions=tuple(fields.get("captions", ())),
    )


def _shared_out(old: str, new: str, pieces: list[str]) -> list[str] | None:
    """A line's new text cut into the pieces its old one was in, white space as in the pieces.
    None when the pieces do not make up the line."""
    bare = "".join("".join(p.split()) for p in pieces)
    if bare != "".join(old.split()):
        return None
    owner = [i for i, piece in enumerate(pieces) for c in piece if not c.isspace()]
    if not owner:
        return None
    fresh = [k for k, c in enumerate(new) if not c.isspace()]
    share: list[list[int]] = [[] for _ in pieces]
    for op in Levenshtein.opcodes(bare, "".join(new[k] for k in fresh)):
        for step, j in enumerate(range(op.dest_start, op.dest_end)):
            if op.tag == "insert":
                at = owner[max(0, op.src_start - 1)]
            else:
                at = owner[op.src_start + step]
            share[at].append(fresh[j])
    out = []
    for piece, places in zip(pieces, share, strict=True):
        inside = new[places[0] : places[-1] + 1] if places else ""
        if any(c.isspace() for c in inside) and not any(c.isspace() for c in piece.strip()):
            inside = close_gaps(inside)
        start = piece[: len(piece) - len(piece.lstrip())]
        end = piece[len(piece.rstrip()) :]
        out.append(start + inside + end if inside else "")
    return out


_HEADS = {"kicker": "kicker", "headline": "headline", "subheadline": "subheadline"}


# Kinds whose lines are not one running text.
_LISTS = frozenset({"masthead", "page-header", "advertisement", "index", "table", "column-label"})


def _anew(document: Document, entry: ArticleEntry) -> Article:
    """The article's texts put together from its regions."""
    heads: dict[str, list[str]] = {name: [] for name in _FIELDS}
    body: list[BodyLine] = []
    captions: list[str] = []
    first_page = entry.article.parts[0].page if entry.article.parts else ""
    for part in entry.article.parts:
        for key in part.regions:
            region = region_of(document, key)
            kind, lines = region.kind, [line for line in region.lines if line.text.strip()]
            if kind in _HEADS:
                # The head given again on a page jumped to is no part of the text.
                if part.page == first_page or not heads[_HEADS[kind]]:
                    heads[_HEADS[kind]] += [tidy_headline(line.text.strip()) for line in lines]
            elif kind == "byline":
                heads["byline"] += [tidy_names(line.text.strip()) for line in lines]
            elif kind == "caption":
                text = join(_body_lines(region, lines))
                captions += text
            elif kind == "subhead":
                body += [
                    BodyLine(line.text, 0.0, 0.0, opens=i == 0, kind="subhead")
                    for i, line in enumerate(lines)
                ]
            elif kind in _LISTS:
                body += [BodyLine(line.text, 0.0, 0.0, keep=True) for line in lines]
            elif kind not in ("picture", "rule"):
                body += _body_lines(region, lines)
    return Article(
        entry.article.id,
        kicker=" ".join(heads["kicker"]),
        headline=" ".join(heads["headline"]),
        subheadline=" ".join(heads["subheadline"]),
        byline=" ".join(dict.fromkeys(heads["byline"])),
        paragraphs=tuple(p for p in join(body) if p.strip()),
        captions=tuple(captions),
    )


def _body_lines(region: Region, lines: list[Line]) -> list[BodyLine]:
    """The lines with the room in front of and behind them, in ems of their own type, and without
    jump markers. The region's lines are taken for as long as the longest of them."""
    if not lines:
        return []
    down = region.writing_mode == "vertical-rl"
    backwards = region.writing_mode == "horizontal-rtl"
    spans = [_span(line.box, down, backwards) for line in lines]
    start, end = min(s[0] for s in spans), max(s[1] for s in spans)
    out = []
    for line, (a, b) in zip(lines, spans, strict=True):
        box = line.box
        em = max(1.0, min(box.width if down else box.height, _pitch(line, down)))
        text = strip_jumps(line.text)
        if text.strip():
            out.append(BodyLine(text, (a - start) / em, (end - b) / em))
    return out


def _span(box: Rect, down: bool, backwards: bool) -> tuple[float, float]:
    if down:
        return box.y0, box.y1
    return (-box.x1, -box.x0) if backwards else (box.x0, box.x1)


def _pitch(line: Line, down: bool) -> float:
    """The em as the line's length and text show it: wide characters count one, others half."""
    length = line.box.height if down else line.box.width
    units = sum(1.0 if ord(c) > 0x2000 else 0.5 for c in line.text)
    return length / units if units else length
