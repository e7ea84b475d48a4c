"""The queue, worst first, in the catalogue: kept up to date, looked through."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, or_, select, update

from .. import tables as catalogue_tables
from ..library import Archive
from . import lessons, tables
from .journal import Journal
from .standing import STRAY, disagreeing, items_of


def outdated(archive: Archive, limit: int, quiet: float = 0.0) -> tuple[str, ...]:
    """Issues whose rows in the queue are not up to date; `quiet`: only those at which nobody has
    worked for so many seconds."""
    issues, heads = catalogue_tables.issues, tables.heads
    query = (
        select(issues.c.id)
        .select_from(issues.outerjoin(heads, heads.c.issue_id == issues.c.id))
        .where(
            issues.c.current_version > 0,
            or_(heads.c.changed_at.is_(None), heads.c.changed_at <= time.time() - quiet),
            or_(
                heads.c.queued_seq.is_(None),
                heads.c.queued_seq != heads.c.seq,
                heads.c.queued_version != issues.c.current_version,
            ),
        )
        .order_by(issues.c.id)
        .limit(limit)
    )
    return archive.catalogue.query(lambda c: tuple(str(r[0]) for r in c.execute(query)))


def refresh(journal: Journal, issue_id: str, risk: Mapping[int, float] | None = None) -> None:
    """Works out an issue's rows in the queue anew."""
    archive = journal.archive
    held = journal.held(issue_id)
    stray = stray_ink(archive, issue_id, held.version)
    rows = items_of(held.document, stray, risk)
    open_questions = _open_disagreements(archive, issue_id)
    if open_questions:
        rows.append(disagreeing(held.document, open_questions))
    taught = lessons.of(held.document)
    issues = catalogue_tables.issues

    def work(connection: Connection) -> None:
        found = connection.execute(
            select(issues.c.title_id, issues.c.date).where(issues.c.id == issue_id)
        ).first()
        if found is None:
            return
        named = {"issue_id": issue_id, "title_id": str(found[0]), "date": str(found[1])}
        connection.execute(delete(tables.queue).where(tables.queue.c.issue_id == issue_id))
        connection.execute(insert(tables.queue), [{**row, **named} for row in rows])
        lessons.keep(connection, issue_id, taught)
        state = {"queued_seq": held.document.seq, "queued_version": held.version}
        done = connection.execute(
            update(tables.heads).where(tables.heads.c.issue_id == issue_id).values(**state)
        )
        if not done.rowcount:
            head = {"issue_id": issue_id, "seq": 0, "version": held.version, "changed_at": 0.0,
                    "indexed_seq": 0}  # fmt: skip
            connection.execute(insert(tables.heads).values(**head, **state))

    archive.catalogue.transact(work)


def _open_disagreements(archive: Archive, issue_id: str) -> int:
    table = tables.disagreements
    query = select(func.count()).where(table.c.issue_id == issue_id, table.c.resolved.is_(False))
    return archive.catalogue.query(lambda c: int(c.execute(query).scalar_one()))


def stray_ink(archive: Archive, issue_id: str, version: int) -> dict[str, float]:
    table = tables.images
    query = select(table.c.page, table.c.stray).where(
        table.c.issue_id == issue_id, table.c.version == version
    )
    return archive.catalogue.query(lambda c: {str(r[0]): float(r[1]) for r in c.execute(query)})


def unmeasured(archive: Archive, quiet: float) -> tuple[str, int, str] | None:
    """A page whose ink was not looked at yet: (issue, version, page). None when there is none, or
    when somebody worked in the last `quiet` seconds."""
    issues, pages, heads = catalogue_tables.issues, catalogue_tables.pages, tables.heads
    table = tables.images
    known = and_(
        table.c.issue_id == issues.c.id,
        table.c.version == issues.c.current_version,
        table.c.page == pages.c.page_id,
    )
    query = (
        select(issues.c.id, issues.c.current_version, pages.c.page_id)
        .select_from(pages.join(issues, issues.c.id == pages.c.issue_id).outerjoin(table, known))
        .where(issues.c.current_version > 0, pages.c.error == "", table.c.page.is_(None))
        .order_by(issues.c.id, pages.c.number)
        .limit(1)
    )
    latest = select(func.max(heads.c.changed_at))

    def work(connection: Connection) -> tuple[str, int, str] | None:
        if float(connection.execute(latest).scalar() or 0.0) > time.time() - quiet:
            return None
        row = connection.execute(query).first()
        return (str(row[0]), int(row[1]), str(row[2])) if row else None

    return archive.catalogue.query(work)


def keep_stray_ink(archive: Archive, issue_id: str, version: int, page: str, share: float) -> None:
    """Notes what was measured on a page's picture; the issue's queue is worked out anew when it
    is more than is usual."""
    table = tables.images
    mine = (table.c.issue_id == issue_id) & (table.c.version == version) & (table.c.page == page)

    def work(connection: Connection) -> None:
        connection.execute(delete(table).where(mine))
        row = {"issue_id": issue_id, "version": version, "page": page, "stray": share}
        connection.execute(insert(table).values(**row))
        if share > STRAY:
            heads = tables.heads
            connection.execute(
                update(heads).where(heads.c.issue_id == issue_id).values(queued_seq=-1)
            )

    archive.catalogue.transact(work)


def forget_stray_ink(archive: Archive, issue_id: str, version: int, pages: Iterable[str]) -> None:
    """Has these pages measured anew, where there was more ink left over than is usual."""
    table = tables.images
    theirs = (
        table.c.issue_id == issue_id,
        table.c.version == version,
        table.c.page.in_(list(pages)),
        table.c.stray > STRAY,
    )
    archive.catalogue.transact(lambda c: c.execute(delete(table).where(*theirs)) and None)


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the queue is wanted. `claimed`: "", me, others, nobody, as `by` sees it."""

    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    title: str = ""
    since: str = ""
    until: str = ""
    claimed: str = ""
    by: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    total: int
    items: tuple[Mapping[str, Any], ...]
    kinds: Mapping[str, int]
    statuses: Mapping[str, int]


def look(archive: Archive, wanted: Filter, now: float, limit: int, offset: int) -> Found:
    """A piece of the queue, worst first, each row with its claim and its title's name."""
    q, claims = tables.queue, tables.claims
    titles = catalogue_tables.titles
    joined = q.outerjoin(
        claims,
        and_(claims.c.issue_id == q.c.issue_id, claims.c.target == q.c.target,
             claims.c.until > now),
    ).join(titles, titles.c.id == q.c.title_id)  # fmt: skip
    conditions: list[ColumnElement[bool]] = []
    if wanted.title:
        conditions.append(or_(titles.c.id == wanted.title, titles.c.name == wanted.title))
    if wanted.since:
        conditions.append(q.c.date >= wanted.since)
    if wanted.until:
        conditions.append(q.c.date <= wanted.until)
    if wanted.words:
        conditions.append(
            or_(q.c.label.contains(wanted.words, autoescape=True),
                q.c.issue_id.contains(wanted.words, autoescape=True))
        )  # fmt: skip
    if wanted.claimed == "me":
        conditions.append(claims.c.by == wanted.by)
    elif wanted.claimed == "others":
        conditions.append(and_(claims.c.by.is_not(None), claims.c.by != wanted.by))
    elif wanted.claimed == "nobody":
        conditions.append(claims.c.by.is_(None))
    kind = [q.c.kind.in_(wanted.kinds)] if wanted.kinds else []
    status = [q.c.status.in_(wanted.statuses)] if wanted.statuses else []

    def counted(connection: Connection, column: Any, *more: Any) -> dict[str, int]:
        query = select(column, func.count()).select_from(joined).where(*conditions, *more)
        return {str(r[0]): int(r[1]) for r in connection.execute(query.group_by(column))}

    def work(connection: Connection) -> Found:
        kinds = counted(connection, q.c.kind, *status)
        statuses = counted(connection, q.c.status, *kind)
        everything = [*conditions, *kind, *status]
        total = connection.execute(
            select(func.count()).select_from(joined).where(*everything)
        ).scalar_one()
        rows = connection.execute(
            select(q, titles.c.name.label("title"), claims.c.by, claims.c.until)
            .select_from(joined)
            .where(*everything)
            .order_by(q.c.score.desc(), q.c.issue_id, q.c.kind, q.c.target)
            .limit(limit)
            .offset(offset)
        ).mappings()
        return Found(int(total), tuple(dict(r) for r in rows), kinds, statuses)

    return archive.catalogue.query(work)
