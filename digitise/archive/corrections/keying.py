"""Double keying: two people type the same lines without seeing what stands there or each other."""

from __future__ import annotations

import random
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import Levenshtein
from sqlalchemy import Connection, delete, insert, select

from ..library import Archive
from . import tables
from .acceptance import drawn
from .document import Document


@dataclass(frozen=True, slots=True)
class Task:
    key: str
    issue: str
    by: str
    at: float
    keyers: tuple[str, ...]
    lines: tuple[str, ...]


def set_task(
    archive: Archive, issue: str, by: str, keyers: Sequence[str], lines: Sequence[str]
) -> Task:
    task = Task(uuid.uuid4().hex[:16], issue, by, time.time(), tuple(keyers), tuple(lines))
    row = {
        "key": task.key, "issue_id": issue, "by": by, "at": task.at, "keyers": list(keyers),
        "lines": list(lines),
    }  # fmt: skip
    archive.catalogue.transact(lambda c: c.execute(insert(tables.keying).values(**row)) and None)
    return task


def some_lines(document: Document, count: int, seed: int) -> tuple[str, ...]:
    """`count` lines at random, in the order of the pages; the same seed gives the same."""
    lines = [line.line for line in drawn(document, 2**60, 0)]
    chosen = set(random.Random(seed).sample(lines, min(count, len(lines))))
    return tuple(line for line in lines if line in chosen)


def list_tasks(archive: Archive) -> tuple[tuple[Task, dict[str, int]], ...]:
    """Each task with how many lines each has typed, newest first."""

    def work(connection: Connection) -> tuple[tuple[Task, dict[str, int]], ...]:
        done: dict[str, dict[str, int]] = {}
        for row in connection.execute(select(tables.keyed.c.key, tables.keyed.c.by)):
            counts = done.setdefault(str(row[0]), {})
            counts[str(row[1])] = counts.get(str(row[1]), 0) + 1
        rows = connection.execute(select(tables.keying).order_by(tables.keying.c.at.desc()))
        return tuple(
            (_task(row), {name: done.get(str(row["key"]), {}).get(name, 0)
                          for name in row["keyers"]})
            for row in rows.mappings()
        )  # fmt: skip

    return archive.catalogue.query(work)


def find_task(archive: Archive, key: str) -> Task | None:
    query = select(tables.keying).where(tables.keying.c.key == key)
    row = archive.catalogue.query(lambda c: c.execute(query).mappings().first())
    return None if row is None else _task(row)


def _task(row: Mapping[Any, Any]) -> Task:
    return Task(
        str(row["key"]), str(row["issue_id"]), str(row["by"]), float(row["at"]),
        tuple(row["keyers"]), tuple(row["lines"]),
    )  # fmt: skip


def typed(archive: Archive, key: str) -> dict[str, dict[str, str]]:
    """{line: {name: text}}."""
    query = select(tables.keyed).where(tables.keyed.c.key == key)
    out: dict[str, dict[str, str]] = {}
    for row in archive.catalogue.query(lambda c: list(c.execute(query).mappings())):
        out.setdefault(str(row["line"]), {})[str(row["by"])] = str(row["text"])
    return out


def keep_typed(archive: Archive, key: str, line: str, by: str, text: str) -> None:
    table = tables.keyed

    def work(connection: Connection) -> None:
        mine = (table.c.key == key) & (table.c.line == line) & (table.c.by == by)
        connection.execute(delete(table).where(mine))
        row = {"key": key, "line": line, "by": by, "text": text, "at": time.time()}
        connection.execute(insert(table).values(**row))

    archive.catalogue.transact(work)


def pieces(a: str, b: str) -> list[tuple[str, str]]:
    """Two texts aligned: pairs of pieces, equal or not, that make up the one and the other."""
    out = []
    for op in Levenshtein.opcodes(a, b):
        out.append((a[op.src_start : op.src_end], b[op.dest_start : op.dest_end]))
    return out
