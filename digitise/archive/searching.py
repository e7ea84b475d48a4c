"""The search index of articles: FTS5 in SQLite, tsvector in PostgreSQL, with our own tokens."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select, text

from . import tables
from .folding import tokens

_POSITIONS = 16_383
"""A tsvector knows no places beyond."""


def index_articles(connection: Connection, keys: Sequence[int]) -> None:
    """Enters articles in the index, which must not have them yet."""
    a = tables.articles.c
    columns = a.key, a.kicker, a.headline, a.subheadline, a.byline, a.text, a.captions
    rows = connection.execute(select(*columns).where(a.key.in_(keys)).order_by(a.key)).all()
    entries = [
        (
            row.key,
            tokens("\n".join((row.kicker, row.headline, row.subheadline))),
            tokens("\n".join((row.byline, row.text, row.captions))),
        )
        for row in rows
    ]
    insert_entries(connection, entries)


def insert_entries(
    connection: Connection, entries: Sequence[tuple[int, list[str], list[str]]]
) -> None:
    """(key of the article, tokens of its headlines, tokens of the rest)."""
    if not entries:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(
            text("INSERT INTO article_search (key, words) VALUES (:key, CAST(:words AS tsvector))"),
            [{"key": key, "words": tsvector(head, body)} for key, head, body in entries],
        )
        return
    connection.execute(
        text("INSERT INTO article_search (rowid, head, body) VALUES (:key, :head, :body)"),
        [
            {"key": key, "head": " ".join(head), "body": " ".join(body)}
            for key, head, body in entries
        ],
    )


def tsvector(head: Sequence[str], body: Sequence[str]) -> str:
    """A tsvector in its input form: headlines weigh A. A gap keeps phrases from running over."""
    places: dict[str, list[str]] = {}
    for number, token in enumerate(head, 1):
        if number < _POSITIONS:
            places.setdefault(token, []).append(f"{number}A")
    for number, token in enumerate(body, len(head) + 2):
        if number < _POSITIONS:
            places.setdefault(token, []).append(str(number))
    return " ".join(f"'{token}':{','.join(found[:255])}" for token, found in places.items())


def forget(connection: Connection, keys: Sequence[int]) -> None:
    """Takes articles out of the index."""
    name = "key" if connection.dialect.name == "postgresql" else "rowid"
    if keys:
        connection.execute(
            text(f"DELETE FROM article_search WHERE {name} = :key"),  # noqa: S608 - our own names
            [{"key": key} for key in keys],
        )
        lines = tables.article_lines
        connection.execute(lines.delete().where(lines.c.key.in_(keys)))
