"""What a report tells, gathered once for both languages and all forms."""

from __future__ import annotations

import base64
import contextlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, func, select

from ...errors import DigitiseError
from .. import tables
from ..gaps import Gap, archive_gaps
from ..ingest import states
from ..library import Archive, page_picture

WORST = 8
THUMB = 360
"""Pixels of a thumbnail's longer side."""
LOW = 0.9
"""Mean confidence below which a page is worth a look."""
_MOST = 200


@dataclass(frozen=True, slots=True)
class IssueLine:
    """`pages`: read; `failed`: pages that could not be; `thumbnails` of none."""

    id: str
    title: str
    date: str
    version: int
    pages: int
    failed: int
    articles: int
    characters: int
    confidence: float
    unresolved: int
    seconds: float
    complete: bool


@dataclass(frozen=True, slots=True)
class UnitLine:
    id: str
    name: str
    state: str
    code: str
    reason: tuple[str, str]
    files: int
    new: bool
    next_at: float = 0.0
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class PageLine:
    """`thumbnail`: a JPEG in base64, or empty."""

    issue: str
    page: str
    label: str
    confidence: float
    characters: int
    error: str
    reason: tuple[str, str]
    thumbnail: str


@dataclass(frozen=True, slots=True)
class ArticleLine:
    issue: str
    article: str
    headline: str
    labels: str
    confidence: float
    characters: int


@dataclass(frozen=True, slots=True)
class Facts:
    """`since`, `until`: seconds since 1970. `look`: whether somebody must look, and why."""

    archive: str
    since: float
    until: float
    issues: tuple[IssueLine, ...]
    more_issues: int
    quarantined: tuple[UnitLine, ...]
    failed: tuple[UnitLine, ...]
    others: tuple[UnitLine, ...]
    worst_pages: tuple[PageLine, ...]
    worst_articles: tuple[ArticleLine, ...]
    jumps: tuple[ArticleLine, ...]
    gaps: tuple[Gap, ...]
    more_gaps: int
    waiting: tuple[str, ...]
    pages: int
    failed_pages: int
    characters: int
    seconds: float
    confidence: float
    total_issues: int
    total_pages: int
    bytes_added: int
    disk_free: int
    disk_total: int
    fault: tuple[str, str] = ("", "")

    @property
    def look(self) -> bool:
        return bool(
            self.fault[0]
            or any(unit.new for unit in self.quarantined)
            or self.failed
            or self.failed_pages
            or any(unit.state == states.VANISHED for unit in self.others)
        )


def gather(
    archive: Archive,
    since: float,
    until: float,
    *,
    waiting: Sequence[str] = (),
    fault: tuple[str, str] = ("", ""),
) -> Facts:
    """The facts of what ended between two moments, and of what still waits for somebody."""
    catalogue = archive.catalogue
    ended = catalogue.query(lambda c: _units(c, since))
    done = [line for line, _ in ended if line.state == states.DONE]
    issues, more, sums = catalogue.query(lambda c: _issues(c, since))
    open_units = catalogue.query(lambda c: _open(c, since))
    pages = catalogue.query(lambda c: _worst_pages(c, since))
    found = archive_gaps(archive)
    disk = shutil.disk_usage(archive.store.root) if archive.store.root else None
    totals = catalogue.query(_totals)
    return Facts(
        archive=archive.store.address,
        since=since,
        until=until,
        issues=issues,
        more_issues=more,
        quarantined=tuple(u for u in open_units if u.state == states.QUARANTINED),
        failed=tuple(u for u in open_units if u.state != states.QUARANTINED),
        others=tuple(
            line for line, _ in ended
            if line.state in (states.DUPLICATE, states.VANISHED, states.SPLIT)
        )[:_MOST],
        worst_pages=tuple(_with_thumbnail(archive, page) for page in pages),
        worst_articles=catalogue.query(lambda c: _articles(c, since, jumps=False)),
        jumps=catalogue.query(lambda c: _articles(c, since, jumps=True)),
        gaps=found[:_MOST],
        more_gaps=max(0, len(found) - _MOST),
        waiting=tuple(waiting),
        pages=sums[0],
        failed_pages=sums[3],
        characters=sums[1],
        confidence=sums[2],
        seconds=sum(seconds for _, seconds in ended),
        total_issues=totals[0],
        total_pages=totals[1],
        bytes_added=catalogue.query(lambda c: _bytes(c, since)) if done else 0,
        disk_free=disk.free if disk else 0,
        disk_total=disk.total if disk else 0,
        fault=fault,
    )  # fmt: skip


def _units(connection: Connection, since: float) -> list[tuple[UnitLine, float]]:
    u = tables.units
    rows = connection.execute(
        select(u)
        .where(u.c.changed_at >= since, u.c.state.in_(states.ENDED))
        .order_by(u.c.changed_at, u.c.id)
    )
    return [(_unit(row, since), row.seconds) for row in rows]


def _open(connection: Connection, since: float) -> tuple[UnitLine, ...]:
    u = tables.units
    rows = connection.execute(
        select(u)
        .where(u.c.state.in_((states.QUARANTINED, states.FAILED)))
        .order_by(u.c.changed_at.desc(), u.c.id)
    )
    return tuple(_unit(row, since) for row in rows)


def _unit(row: Any, since: float) -> UnitLine:
    r = row
    return UnitLine(
        id=r.id, name=r.name, state=r.state, code=r.reason_code,
        reason=(r.reason_en, r.reason_zh), files=len(r.sources) - 1,
        new=r.changed_at >= since, next_at=r.next_at, attempts=r.attempts,
    )  # fmt: skip


def _issues(
    connection: Connection, since: float
) -> tuple[tuple[IssueLine, ...], int, tuple[int, int, float, int]]:
    """Issues with a version of this night, the worst first; the sums over all of them: pages,
    characters, mean confidence, failed pages."""
    i, v, t, u, p = (
        tables.issues.c, tables.versions.c, tables.titles.c, tables.units.c, tables.pages.c,
    )  # fmt: skip
    failed = (
        select(p.issue_id, func.count().label("failed"))
        .where(p.error != "")
        .group_by(p.issue_id)
        .subquery()
    )
    rows = connection.execute(
        select(
            tables.issues, t.name.label("title"), func.coalesce(u.seconds, 0.0).label("seconds"),
            func.coalesce(failed.c.failed, 0).label("failed"),
        )
        .join(tables.titles, t.id == i.title_id)
        .join(tables.versions, (v.issue_id == i.id) & (v.number == i.current_version))
        .outerjoin(tables.units, u.id == v.unit)
        .outerjoin(failed, failed.c.issue_id == i.id)
        .where(v.state == "whole", func.coalesce(u.changed_at, v.added_at) >= since)
        .order_by(i.complete, i.confidence, i.id)
    ).all()  # fmt: skip
    lines = tuple(
        IssueLine(
            r.id, r.title, r.date, r.current_version, r.pages, r.failed, r.articles, r.characters,
            r.confidence, r.unresolved, r.seconds, r.complete,
        )
        for r in rows
    )  # fmt: skip
    characters = sum(line.characters for line in lines)
    weight = sum(line.characters * line.confidence for line in lines)
    sums = (
        sum(line.pages for line in lines),
        characters,
        weight / characters if characters else 0.0,
        sum(line.failed for line in lines),
    )
    return lines[:_MOST], max(0, len(lines) - _MOST), sums


def _of_tonight(since: float) -> Any:
    """A query for the ids of the issues with a version of this night."""
    i, v, u = tables.issues.c, tables.versions.c, tables.units.c
    return (
        select(i.id)
        .join(tables.versions, (v.issue_id == i.id) & (v.number == i.current_version))
        .outerjoin(tables.units, u.id == v.unit)
        .where(v.state == "whole", func.coalesce(u.changed_at, v.added_at) >= since)
    )


def _worst_pages(connection: Connection, since: float) -> tuple[PageLine, ...]:
    p, v, up = tables.pages.c, tables.versions.c, tables.unit_pages.c
    rows = connection.execute(
        select(tables.pages, up.reason_en, up.reason_zh)
        .join(tables.issues, tables.issues.c.id == p.issue_id)
        .join(
            tables.versions,
            (v.issue_id == p.issue_id) & (v.number == tables.issues.c.current_version),
        )
        .outerjoin(tables.unit_pages, (up.unit_id == v.unit) & (up.page_id == p.page_id))
        .where(
            p.issue_id.in_(_of_tonight(since)),
            (p.error != "") | (p.confidence < LOW),
        )
        .order_by((p.error == ""), p.confidence, p.issue_id, p.number)
        .limit(WORST)
    )
    return tuple(
        PageLine(
            r.issue_id, r.page_id, r.label or str(r.number), r.confidence, r.characters, r.error,
            (r.reason_en or r.error, r.reason_zh or r.error), "",
        )
        for r in rows
    )  # fmt: skip


def _with_thumbnail(archive: Archive, page: PageLine) -> PageLine:
    """Only pages that were read are drawn: what broke a worker must not break the report."""
    if page.error:
        return page
    with contextlib.suppress(DigitiseError, OSError, ValueError, MemoryError):
        data = page_picture(archive, page.issue, page.page, max_side=THUMB)
        return replace(page, thumbnail=base64.b64encode(data).decode("ascii"))
    return page


def _articles(connection: Connection, since: float, jumps: bool) -> tuple[ArticleLine, ...]:
    a = tables.articles.c
    query = select(tables.articles).where(a.issue_id.in_(_of_tonight(since)))
    if jumps:
        query = query.where(a.unresolved > 0).order_by(a.issue_id, a.position).limit(50)
    else:
        query = (
            query.where(a.kind == "article", func.length(a.text) >= 40, a.confidence < LOW)
            .order_by(a.confidence, a.issue_id, a.position)
            .limit(WORST)
        )
    return tuple(
        ArticleLine(
            r.issue_id, r.article_id, r.headline or r.text[:24], r.labels.strip(), r.confidence,
            len(r.text),
        )
        for r in connection.execute(query)
    )  # fmt: skip


def _totals(connection: Connection) -> tuple[int, int]:
    i = tables.issues.c
    row = connection.execute(
        select(func.count(), func.coalesce(func.sum(i.pages), 0)).where(i.current_version > 0)
    ).one()
    return int(row[0]), int(row[1])


def _bytes(connection: Connection, since: float) -> int:
    """Of the originals that came this night."""
    u = tables.units.c
    rows = connection.execute(select(u.facts).where(u.changed_at >= since, u.state == states.DONE))
    return sum(int(row.facts.get("bytes", 0)) for row in rows)


def last_report(archive: Archive) -> float:
    """When the last report was written; when there was none, when all began."""
    e = tables.events.c
    query = select(func.max(e.at)).where(e.kind == "report")
    first = select(func.min(e.at))

    def work(connection: Connection) -> float:
        last = connection.execute(query).scalar()
        return float(last or connection.execute(first).scalar() or 0.0)

    return archive.catalogue.query(work)
