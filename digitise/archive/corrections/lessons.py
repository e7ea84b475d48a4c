"""What corrections teach: which characters are taken for which, and how often a character read
with some confidence is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein
from sqlalchemy import Connection, delete, func, insert, select

from ...model import Line
from .. import tables as catalogue_tables
from ..library import Archive
from . import tables
from .document import Document, LineEntry

_PRIOR = 20.0
"""A class of confidence counts as if so many characters of it had been seen to err at the rate the
confidence itself claims: few observations change little."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """`confusions`: {(read, right): times}; `seen`: {percent: (characters, wrong)}."""

    confusions: Mapping[tuple[str, str], int]
    seen: Mapping[int, tuple[int, int]]


def of(document: Document) -> Lessons:
    """From all lines whose text a person typed or confirmed and the machine had read."""
    confusions: Counter[tuple[str, str]] = Counter()
    characters: Counter[int] = Counter()
    wrong: Counter[int] = Counter()
    machine = _machine_lines(document)
    for key in document.versions:
        entry = document.entities.get(key)
        if not isinstance(entry, LineEntry) or not entry.human or not entry.machine:
            continue
        pairs, bad = compared(entry.machine, entry.line.text)
        confusions.update(pairs)
        line = machine.get(key)
        if line is None or line.text != entry.machine or len(line.chars) != len(line.text):
            continue
        for i, char in enumerate(line.chars):
            percent = int(char.confidence * 100)
            characters[percent] += 1
            wrong[percent] += i in bad
    seen = {p: (n, wrong[p]) for p, n in sorted(characters.items())}
    return Lessons(dict(sorted(confusions.items())), seen)


def compared(read: str, right: str) -> tuple[list[tuple[str, str]], set[int]]:
    """(pairs of characters taken for each other, places in `read` that were wrong)."""
    pairs: list[tuple[str, str]] = []
    bad: set[int] = set()
    for op in Levenshtein.opcodes(read, right):
        if op.tag == "equal":
            continue
        bad.update(range(op.src_start, op.src_end))
        if op.tag == "replace":
            a, b = read[op.src_start : op.src_end], right[op.dest_start : op.dest_end]
            pairs += [(x, y) for x, y in zip(a, b, strict=True) if x.strip() and y.strip()]
    return pairs, bad


def _machine_lines(document: Document) -> dict[str, Line]:
    return {
        line.id: line
        for page in document.machine.pages
        for region in page.regions
        for line in region.lines
    }


def keep(connection: Connection, issue_id: str, lessons: Lessons) -> None:
    """Replaces what is known from one issue."""
    for table in (tables.confusions, tables.risks):
        connection.execute(delete(table).where(table.c.issue_id == issue_id))
    if lessons.confusions:
        rows = [
            {"issue_id": issue_id, "read": a, "right": b, "count": n}
            for (a, b), n in lessons.confusions.items()
        ]
        connection.execute(insert(tables.confusions), rows)
    if lessons.seen:
        rows = [
            {"issue_id": issue_id, "percent": p, "characters": n, "wrong": w}
            for p, (n, w) in lessons.seen.items()
        ]
        connection.execute(insert(tables.risks), rows)


def confusions(
    archive: Archive, title: str = "", least: int = 1
) -> tuple[tuple[str, str, int], ...]:
    """(read, right, times), the commonest first; of one title (its id or name) or of all."""
    table = tables.confusions
    times = func.sum(table.c.count).label("times")
    query = select(table.c.read, table.c.right, times).group_by(table.c.read, table.c.right)
    if title:
        issues, titles = catalogue_tables.issues, catalogue_tables.titles
        query = (
            query.join(issues, issues.c.id == table.c.issue_id)
            .join(titles, titles.c.id == issues.c.title_id)
            .where((titles.c.id == title) | (titles.c.name == title))
        )
    query = query.having(times >= least).order_by(times.desc(), table.c.read, table.c.right)
    return archive.catalogue.query(
        lambda c: tuple((str(r[0]), str(r[1]), int(r[2])) for r in c.execute(query))
    )


def risk_of(archive: Archive) -> dict[int, float]:
    """{percent: share of characters read with that confidence that are wrong}, what people found
    weighed against what the confidence claims."""
    table = tables.risks
    query = select(table.c.percent, func.sum(table.c.characters), func.sum(table.c.wrong)).group_by(
        table.c.percent
    )
    rows = archive.catalogue.query(lambda c: [tuple(r) for r in c.execute(query)])
    found = {int(p): (int(n), int(w)) for p, n, w in rows}
    out = {}
    for percent in range(101):
        claimed = 1.0 - min(1.0, (percent + 0.5) / 100)
        n, w = found.get(percent, (0, 0))
        out[percent] = (w + _PRIOR * claimed) / (n + _PRIOR) if n else claimed
    out[100] = out[100] if found.get(100) else 0.0
    return out
