"""Issue -> rows of the catalogue: pages, articles, the issue's own figures, the search index."""

from __future__ import annotations

import json
import time
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from ..model import Article, Issue, Page
from . import tables
from .library import Archive


@dataclass(frozen=True, slots=True)
class Rows:
    """What the catalogue holds of an issue, ready to be written."""

    issue: Mapping[str, Any]
    pages: tuple[Mapping[str, Any], ...]
    articles: tuple[Mapping[str, Any], ...]
    lines: tuple[bytes, ...] = ()


def reindex(archive: Archive, issue_id: str) -> None:
    """Brings the catalogue and the search index to the issue's current text, with all that people
    corrected in it; to be called when there is a new version."""
    from .corrections.journal import Journal
    from .corrections.searchable import bring_up

    bring_up(Journal(archive), issue_id, always=True)


def enter_version(connection: Connection, issue_id: str, rows: Rows) -> None:
    """`rows` of a new version as the machine made it. Of an issue that people have corrected, what
    is found of it now stays until reindex() has carried their work over: it is to follow, and
    whoever searches or corrects next makes up for one that did not come to it."""
    from .corrections.tables import heads

    corrected = heads.c.issue_id == issue_id, heads.c.seq > 0
    marked = connection.execute(update(heads).where(*corrected).values(indexed_seq=-1))
    if not marked.rowcount:
        write_rows(connection, issue_id, rows)


def rows_of(issue_id: str, issue: Issue) -> Rows:
    labels = {page.id: page.label or str(page.number) for page in issue.pages}
    return Rows(
        figures(issue),
        tuple(_page(issue_id, page) for page in issue.pages),
        tuple(_article(issue_id, n, a, labels) for n, a in enumerate(issue.articles, 1)),
        tuple(_lines(article, issue) for article in issue.articles),
    )


def _lines(article: Article, issue: Issue) -> bytes:
    """The article's printed lines, as the table article_lines has them."""
    pages = {page.id: {region.id: region for region in page.regions} for page in issue.pages}
    out: list[list[Any]] = []
    for part in article.parts:
        for name in part.regions:
            region = pages.get(part.page, {}).get(name)
            for line in region.lines if region else ():
                corners = [round(value) for point in line.polygon for value in point]
                out.append([part.page, _clean(line.text), *corners])
    return zlib.compress(json.dumps(out, ensure_ascii=False, separators=(",", ":")).encode())


def write_rows(connection: Connection, issue_id: str, rows: Rows) -> None:
    """Brings what the catalogue holds of an issue's pages and articles to `rows`. The row in
    `issues` must be there. What has not changed is not touched: most of an issue, when somebody
    corrects it."""
    connection.execute(delete(tables.pages).where(tables.pages.c.issue_id == issue_id))
    if rows.pages:
        connection.execute(insert(tables.pages), list(rows.pages))
    _write_articles(connection, issue_id, rows)
    connection.execute(
        update(tables.issues)
        .where(tables.issues.c.id == issue_id)
        .values(**rows.issue, changed_at=time.time())
    )


def _write_articles(connection: Connection, issue_id: str, rows: Rows) -> None:
    from .searching import forget, index_articles

    a, held = tables.articles.c, tables.article_lines.c
    query = (
        select(tables.articles, held.lines)
        .outerjoin(tables.article_lines, held.key == a.key)
        .where(a.issue_id == issue_id)
    )
    there = {str(row["article_id"]): row for row in connection.execute(query).mappings()}
    lines = dict(zip((r["article_id"] for r in rows.articles), rows.lines, strict=False))
    wanted = {str(row["article_id"]): row for row in rows.articles}
    changed = [
        name for name, row in wanted.items()
        if name in there
        and (
            any(there[name][column] != value for column, value in row.items())
            or there[name]["lines"] != lines.get(name)
        )
    ]  # fmt: skip
    gone = [there[name]["key"] for name in there if name not in wanted]
    forget(connection, [*gone, *(there[name]["key"] for name in changed)])
    if gone:
        connection.execute(delete(tables.articles).where(a.key.in_(gone)))
    for name in changed:
        connection.execute(
            update(tables.articles).where(a.key == there[name]["key"]).values(**wanted[name])
        )
    fresh = [row for name, row in wanted.items() if name not in there]
    if fresh:
        connection.execute(insert(tables.articles), fresh)
    anew = {*changed, *(str(row["article_id"]) for row in fresh)}
    if not anew:
        return
    placed = connection.execute(select(a.key, a.article_id).where(a.issue_id == issue_id))
    keys = {str(row.article_id): int(row.key) for row in placed if row.article_id in anew}
    held_lines = [{"key": keys[name], "lines": lines[name]} for name in keys if name in lines]
    if held_lines:
        connection.execute(insert(tables.article_lines), held_lines)
    index_articles(connection, tuple(keys.values()))


def figures(issue: Issue) -> dict[str, Any]:
    """What a row of `issues` tells of the text."""
    pages = [p for p in issue.pages if not p.error]
    counted = [measure(page) for page in pages]
    characters = sum(count for count, _ in counted)
    weight = sum(count * confidence for count, confidence in counted)
    return {
        "issue_number": issue.masthead.issue_number,
        "weekday": issue.masthead.weekday,
        "lunar_date": issue.masthead.lunar_date,
        "pages": len(pages),
        "articles": sum(article.kind == "article" for article in issue.articles),
        "characters": characters,
        "confidence": round(weight / characters, 4) if characters else 0.0,
        "complete": issue.complete,
        "unresolved": sum(_unresolved(article) for article in issue.articles),
    }


def measure(page: Page) -> tuple[int, float]:
    """Characters of a page, and their mean confidence (0 where there are none)."""
    lines = [(len(x.text), x.confidence) for r in page.regions for x in r.lines]
    characters = sum(count for count, _ in lines)
    weight = sum(count * confidence for count, confidence in lines)
    return characters, weight / characters if characters else 0.0


def _page(issue_id: str, page: Page) -> dict[str, Any]:
    characters, confidence = measure(page)
    return {
        "issue_id": issue_id,
        "page_id": page.id,
        "number": page.number,
        "label": page.label,
        "name": page.name,
        "width": page.width,
        "height": page.height,
        "dpi": page.dpi,
        "characters": characters,
        "confidence": round(confidence, 4),
        "error": page.error,
    }


def _article(
    issue_id: str, position: int, article: Article, labels: Mapping[str, str]
) -> dict[str, Any]:
    pages: Sequence[str] = list(dict.fromkeys(part.page for part in article.parts))
    return {
        "issue_id": issue_id,
        "article_id": article.id,
        "position": position,
        "kind": article.kind,
        "kicker": _clean(article.kicker),
        "headline": _clean(article.headline),
        "subheadline": _clean(article.subheadline),
        "byline": _clean(article.byline),
        "text": _clean("\n".join(article.paragraphs)),
        "captions": _clean("\n".join(article.captions)),
        "pages": list(pages),
        "labels": _clean(" " + " ".join(labels.get(page, page) for page in pages) + " "),
        "confidence": article.confidence,
        "unresolved": _unresolved(article),
    }


def _unresolved(article: Article) -> int:
    return sum(jump.status == "unresolved" for jump in article.continuations)


def _clean(text: str) -> str:
    """PostgreSQL takes no NUL, and neither database takes half a character."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
