"""Find over the lines of an article, an issue, a title: where, not yet replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, or_, select

from ...text.jumps import strip_jumps
from .. import tables as catalogue_tables
from ..library import Archive
from . import tables
from .document import Document, LineEntry
from .journal import Journal

_OFTEN_CUT = "（）()-‐\u00ad"
"""Characters that a line has and its paragraph may not: brackets of jumps, hyphens at line ends."""


@dataclass(frozen=True, slots=True)
class Hit:
    """`start`, `end` in code points of the line's `text`."""

    issue: str
    page: str
    region: str
    article: str
    line: str
    start: int
    end: int
    text: str
    version: int
    writing_mode: str


@dataclass(frozen=True, slots=True)
class Sought:
    """`variants`: simplified and traditional forms count as the same."""

    words: str
    ignore_case: bool = False
    variants: bool = False

    def folded(self, text: str) -> str:
        """The text as it is compared, character for character as long as it was."""
        out = _same_length(text, text.lower()) if self.ignore_case else text
        return _same_length(out, _simplified(out)) if self.variants else out


def _same_length(text: str, other: str) -> str:
    if len(text) == len(other):
        return other
    return "".join(o if len(o) == 1 else c for c in text for o in (_simplified(c).lower(),))


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


@lru_cache(maxsize=4096)
def _simplified(text: str) -> str:
    return str(_converter().convert(text))


def find_in(document: Document, issue: str, sought: Sought, article: str = "") -> Iterator[Hit]:
    """Hits in reading order, none overlapping; in one article only when `article` is its id."""
    words = sought.folded(sought.words)
    if not words:
        return
    homes = document.article_of()
    for page in document.machine.pages:
        entry = document.page(page.id)
        for region_id in entry.order if entry else ():
            region = document.region(region_id)
            if region is None or (article and homes.get(region_id) != article):
                continue
            for line_id in region.lines:
                line = document.entities.get(line_id)
                if not isinstance(line, LineEntry):
                    continue
                text = line.line.text
                where = sought.folded(text)
                at = where.find(words)
                while at >= 0:
                    end = at + len(words)
                    yield Hit(
                        issue, page.id, region_id, homes.get(region_id, ""), line_id, at, end,
                        text, document.version(line_id), region.region.writing_mode,
                    )  # fmt: skip
                    at = where.find(words, end)


def find_in_title(
    journal: Journal, title: str, sought: Sought, late: Callable[[], bool] = lambda: False
) -> Iterator[Hit]:
    """Hits over all issues of a title (its id or name), by date, until `late` says so."""
    for issue in _issues(journal.archive, title, sought):
        if late():
            return
        yield from find_in(journal.document(issue), issue, sought)


def _issues(archive: Archive, title: str, sought: Sought) -> tuple[str, ...]:
    """The issues that may have it. Where the words are looked for as they are, the catalogue
    leaves out most: what stands on a line stands in the text of some article, except for white
    space and the marks of jumps."""
    issues, titles, heads = catalogue_tables.issues, catalogue_tables.titles, tables.heads
    may = []
    plain = not (sought.ignore_case or sought.variants) and bool(strip_jumps(sought.words))
    if plain and not any(c.isspace() or c in _OFTEN_CUT for c in sought.words):
        articles = catalogue_tables.articles
        columns = (articles.c.text, articles.c.headline, articles.c.kicker,
                   articles.c.subheadline, articles.c.byline, articles.c.captions)  # fmt: skip
        has = or_(*(column.contains(sought.words, autoescape=True) for column in columns))
        there = select(articles.c.key).where(articles.c.issue_id == issues.c.id, has).exists()
        may.append(or_(there, heads.c.seq != heads.c.indexed_seq))
    query = (
        select(issues.c.id)
        .select_from(
            issues.join(titles, titles.c.id == issues.c.title_id).outerjoin(
                heads, heads.c.issue_id == issues.c.id
            )
        )
        .where(
            issues.c.current_version > 0, or_(titles.c.id == title, titles.c.name == title), *may
        )
        .order_by(issues.c.date, issues.c.id)
    )

    def work(connection: Connection) -> tuple[str, ...]:
        return tuple(str(r[0]) for r in connection.execute(query))

    return archive.catalogue.query(work)
