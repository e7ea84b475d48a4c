# ruff: noqa: S608 - values are bound; only our own names are put into the text
"""Full text over the articles of an archive: ranked, filtered, with the place of each hit."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select, text

from . import tables
from .folding import fold
from .library import Archive
from .querying import Term, fts5, parse, tsquery

_ROUND = 36
"""Characters of a snippet on each side of its first hit."""
_COUNTED = 1000
"""Hits are counted up to here."""
_RANKED = 5000
_RANKED_POSTGRES = _COUNTED + 1
"""So many are ranked, those entered last: of a word that stands in every other article, nobody
reads more, and weighing all of them would take long. PostgreSQL unpacks all an article's words to
weigh it: no more there than are counted."""


@dataclass(frozen=True, slots=True)
class Query:
    """`text` as parse() takes it; dates YYYY-MM-DD; `title` a name or slug; `page` a printed
    label; `kind` as in Article; `confidence` the least that is wanted."""

    text: str
    since: str = ""
    until: str = ""
    title: str = ""
    page: str = ""
    kind: str = ""
    confidence: float = 0.0
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A printed line with a hit in it: page id and polygon in pixels of the page image."""

    page: str
    polygon: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """`marks`: (start, end) of what was looked for, in `snippet`. `score`: higher is better,
    only to be compared within one search."""

    issue: str
    article: str
    title: str
    date: str
    kind: str
    headline: str
    labels: tuple[str, ...]
    confidence: float
    snippet: str
    marks: tuple[tuple[int, int], ...]
    places: tuple[Place, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Results:
    """`count`: how many there are, at most 1000; `more`: there are more than that."""

    count: int
    more: bool
    hits: tuple[Hit, ...]


def search(archive: Archive, query: Query) -> Results:
    """What the archive has on it, the best first. Raises UsageError for an empty query."""
    terms = parse(query.text)
    return archive.catalogue.query(lambda c: _search(c, query, terms))


def results_json(results: Results) -> str:
    """The same for programs."""
    return json.dumps(asdict(results), ensure_ascii=False, indent=1)


def _search(connection: Connection, query: Query, terms: Sequence[Term]) -> Results:
    postgres = connection.dialect.name == "postgresql"
    given: dict[str, Any] = {
        "words": tsquery(terms) if postgres else fts5(terms),
        "limit": query.limit, "offset": query.offset, "counted": _COUNTED + 1,
        "ranked": _RANKED_POSTGRES if postgres else _RANKED,
    }  # fmt: skip
    conditions = _conditions(query, given)
    if postgres:
        source = "article_search s, CAST(:words AS tsquery) q"
        matches, key = "s.words @@ q", "s.key"
        score = "ts_rank_cd('{0.1, 0.2, 0.4, 1.0}', s.words, q, 1)"
    else:
        source, matches, key = "article_search s", "article_search MATCH :words", "s.rowid"
        score = "-bm25(article_search, 8.0, 1.0)"
    joined = "JOIN articles a ON a.key = {key} JOIN issues i ON i.id = a.issue_id"
    inside = f"FROM {source} WHERE {matches}"
    if conditions:
        inside = (
            f"FROM {source} {joined.format(key=key)} WHERE {matches} AND {' AND '.join(conditions)}"
        )
        if postgres:
            inside = (
                f"FROM CAST(:words AS tsquery) q JOIN article_search s ON {matches} "
                f"{joined.format(key=key)} WHERE {' AND '.join(conditions)}"
            )
    weighed = f"SELECT {key} AS key, {score} AS score {inside} ORDER BY {key} DESC LIMIT :ranked"
    if postgres:
        # Chosen first and weighed then: it would weigh all there are before it leaves any out.
        # "+ 0": it would go through the articles backwards and look into each of them.
        weighed = (
            f"WITH chosen AS MATERIALIZED "
            f"(SELECT s.key AS key {inside} ORDER BY s.key + 0 DESC LIMIT :ranked) "
            f"SELECT s.key AS key, {score} AS score FROM chosen "
            f"JOIN article_search s ON s.key = chosen.key, CAST(:words AS tsquery) q"
        )
    # One pass over the index tells how many there are as well: it is what takes the time.
    best = connection.execute(
        text(
            f"SELECT key, score, count(*) OVER () AS ranked FROM ({weighed}) x "
            f"ORDER BY score DESC, key LIMIT :limit OFFSET :offset"
        ),
        given,
    ).all()
    if best or not query.offset:
        count = best[0].ranked if best else 0
    else:
        count = connection.execute(
            text(f"SELECT count(*) FROM (SELECT 1 {inside} LIMIT :counted) x"), given
        ).scalar_one()
    scores = {row.key: float(row.score) for row in best}
    rows = _rows(connection, list(scores))
    hits = tuple(_hit(rows[key], terms, scores[key]) for key in scores if key in rows)
    return Results(min(count, _COUNTED), count > _COUNTED, hits)


def _conditions(query: Query, given: dict[str, Any]) -> list[str]:
    out: list[str] = []
    if query.since:
        out.append("i.date >= :since")
        given["since"] = query.since
    if query.until:
        out.append("i.date <= :until")
        given["until"] = query.until
    if query.title:
        out.append("i.title_id IN (SELECT id FROM titles WHERE id = :title OR name = :title)")
        given["title"] = query.title
    if query.page:
        out.append("a.labels LIKE :page")
        given["page"] = f"% {query.page} %"
    if query.kind:
        out.append("a.kind = :kind")
        given["kind"] = query.kind
    if query.confidence:
        out.append("a.confidence >= :confidence")
        given["confidence"] = query.confidence
    return out


def _rows(connection: Connection, keys: Sequence[int]) -> dict[int, Any]:
    a, i, t, n = tables.articles, tables.issues.c, tables.titles.c, tables.article_lines.c
    query = (
        select(a, i.date, t.name.label("title"), n.lines)
        .join(tables.issues, i.id == a.c.issue_id)
        .join(tables.titles, t.id == i.title_id)
        .outerjoin(tables.article_lines, n.key == a.c.key)
        .where(a.c.key.in_(bindparam("keys", expanding=True)))
    )
    return {row.key: row for row in connection.execute(query, {"keys": list(keys)})}


def _hit(row: Any, terms: Sequence[Term], score: float) -> Hit:
    wanted = [term.text for term in terms if not term.excluded]
    snippet, marks = _snippet(row, wanted)
    lines = json.loads(zlib.decompress(row.lines)) if row.lines else []
    return Hit(
        issue=row.issue_id, article=row.article_id, title=row.title, date=row.date, kind=row.kind,
        headline=row.headline, labels=tuple(row.labels.split()), confidence=row.confidence,
        snippet=snippet, marks=marks, places=_places(lines, wanted), score=round(score, 6),
    )  # fmt: skip


def _snippet(row: Any, wanted: Sequence[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The first place in the text, else in the headlines, where most of the words stand."""
    fields = (row.text, row.headline, row.kicker, row.subheadline, row.captions, row.byline)
    best = max(fields, key=lambda field: sum(_find(fold(field), word) >= 0 for word in wanted))
    folded = fold(best)
    places = [place for word in wanted if (place := _find(folded, word)) >= 0]
    middle = min(places, default=0)
    start, end = max(0, middle - _ROUND), min(len(best), middle + 2 * _ROUND)
    piece = best[start:end].replace("\n", " ")
    shown = fold(piece)
    marks = sorted({mark for word in wanted for mark in _all(shown, word)})
    before, after = "…" if start else "", "…" if end < len(best) else ""
    moved = tuple((a + len(before), b + len(before)) for a, b in marks)
    return before + piece + after, moved


def _find(folded: str, word: str) -> int:
    found = _all(folded, word)
    return found[0][0] if found else -1


def _all(folded: str, word: str) -> list[tuple[int, int]]:
    """Where a word stands; white space and line ends within it do not count."""
    solid = [n for n, character in enumerate(folded) if not character.isspace()]
    joined = "".join(folded[n] for n in solid)
    out: list[tuple[int, int]] = []
    place = joined.find(word)
    while word and place >= 0:
        out.append((solid[place], solid[place + len(word) - 1] + 1))
        place = joined.find(word, place + len(word))
    return out


def _places(lines: Sequence[Any], wanted: Sequence[str]) -> tuple[Place, ...]:
    """The printed lines that the first hit of each word stands on: more than one where it runs
    over the end of a line. `lines`: [page, text, x, y, x, y, ...]."""
    joined: list[str] = []
    owner: list[int] = []
    for number, line in enumerate(lines):
        solid = "".join(fold(line[1]).split())
        joined.append(solid)
        owner += [number] * len(solid)
    whole = "".join(joined)
    found: dict[int, None] = {}
    for word in wanted:
        place = whole.find(word)
        if word and place >= 0:
            for number in owner[place : place + len(word)]:
                found.setdefault(number)
    return tuple(
        Place(lines[n][0], tuple(zip(lines[n][2::2], lines[n][3::2], strict=True))) for n in found
    )
