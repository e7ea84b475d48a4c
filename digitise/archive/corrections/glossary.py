"""Names and terms of a title, and where a text nearly has one."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select

from ...errors import DataInvalid
from ..library import Archive
from . import tables

KINDS = ("person", "place", "organisation", "other")
MOST_TERMS = 20_000


@dataclass(frozen=True, slots=True)
class Term:
    """`title`: the id of the title it belongs to; empty for all."""

    key: int
    title: str
    term: str
    kind: str
    note: str
    by: str
    at: float


def list_terms(archive: Archive, title: str = "") -> tuple[Term, ...]:
    """The terms of a title and those of all; without `title`, every one."""
    table = tables.glossary
    query = select(table).order_by(table.c.term, table.c.key).limit(MOST_TERMS)
    if title:
        query = query.where(or_(table.c.title == title, table.c.title == ""))
    return archive.catalogue.query(
        lambda c: tuple(_term(row) for row in c.execute(query).mappings())
    )


def _term(row: Mapping[Any, Any]) -> Term:
    return Term(
        int(row["key"]), str(row["title"]), str(row["term"]), str(row["kind"]), str(row["note"]),
        str(row["by"]), float(row["at"]),
    )  # fmt: skip


def add_term(archive: Archive, title: str, term: str, kind: str, note: str, by: str) -> Term:
    """Raises DataInvalid when it is there."""
    table = tables.glossary
    row = {"title": title, "term": term, "kind": kind, "note": note, "by": by, "at": time.time()}

    def work(connection: Connection) -> Term | None:
        same = (table.c.title == title) & (table.c.term == term)
        if connection.execute(select(table.c.key).where(same)).first() is not None:
            return None
        connection.execute(insert(table).values(**row))
        return _term(connection.execute(select(table).where(same)).mappings().one())

    made = archive.catalogue.transact(work)
    if made is None:
        raise DataInvalid((f"term: {term} is there already.", f"term：已有“{term}”。"))
    return made


def remove_term(archive: Archive, key: int) -> None:
    query = delete(tables.glossary).where(tables.glossary.c.key == key)
    archive.catalogue.transact(lambda c: c.execute(query) and None)


def near_misses(text: str, terms: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """(start, end, term) where `text` has all characters of a term but one. Terms of three
    characters and more; in code points."""
    for term in terms:
        n = len(term)
        if n < 3 or n > len(text) or term in text:
            continue
        for start in range(len(text) - n + 1):
            wrong = 0
            for a, b in zip(text[start : start + n], term, strict=True):
                wrong += a != b
                if wrong > 1:
                    break
            if wrong == 1:
                yield start, start + n, term
