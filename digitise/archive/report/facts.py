"""What a report tells, gathered once for both languages and all forms."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, func, select

from ...errors import DigitiseError
from .. import places, tables
from ..gaps import Gap, archive_gaps
from ..ingest import states
from ..ingest.ledger import at_rest_since
from ..library import Archive, page_picture

WORST = 8
THUMB = 360
"""Pixels of a thumbnail's longer side."""
LOW = 0.9
"""Mean confidence below which a page is worth a look."""
UNSURE = 0.9
"""Articles are worth one that are less likely to be right."""
_MOST = 200
NIGHTS = 7
"""So many reports before this one are compared with."""


@dataclass(frozen=True, slots=True)
class Last:
    """The report before this one: when it was written, and its place among the events. What has
    come since is told by the place: a clock that was wrong for a while must not hide anything."""

    at: float = 0.0
    event: int = 0


@dataclass(frozen=True, slots=True)
class IssueLine:
    """`pages`: read; `failed`: pages that could not be; `folder`: its key in the archive."""

    id: str
    folder: str
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
    """`key` of its text in the archive; `thumbnail`: a JPEG in base64, or empty."""

    issue: str
    key: str
    page: str
    label: str
    confidence: float
    characters: int
    error: str
    reason: tuple[str, str]
    thumbnail: str


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """`key` of its text in the archive."""

    issue: str
    key: str
    article: str
    headline: str
    labels: str
    confidence: float
    characters: int


@dataclass(frozen=True, slots=True)
class NightLine:
    """What an earlier report told."""

    until: float
    issues: int
    pages: int
    failed_pages: int
    quarantined: int
    characters: int
    confidence: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Facts:
    """`since`, `until`: seconds since 1970. `quarantined`: those of earlier nights too, the new
    ones first, `more_...`: so many are left out. `broken`: pages that could not be read.
    `again`: files that were put into the inbox once more as they were. `bytes_added`: of the
    originals and of what was made of them."""

    archive: str
    since: float
    until: float
    issues: tuple[IssueLine, ...]
    more_issues: int
    quarantined: tuple[UnitLine, ...]
    new_quarantined: int
    old_quarantined: int
    failed: tuple[UnitLine, ...]
    others: tuple[UnitLine, ...]
    more_others: int
    again: tuple[str, ...]
    vanished: int
    broken: tuple[PageLine, ...]
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
    nights: tuple[NightLine, ...] = ()
    fault: tuple[str, str] = ("", "")

    @property
    def look(self) -> bool:
        """Whether somebody must look."""
        return bool(
            self.fault[0]
            or self.new_quarantined
            or self.failed
            or self.failed_pages
            or self.vanished
            or self.disk_low
        )

    @property
    def disk_low(self) -> bool:
        """Whether three more nights like this one, or a hundredth of the disk, would not fit."""
        return bool(self.disk_total) and (
            self.disk_free < max(3 * self.bytes_added, self.disk_total // 100)
        )


def gather(
    archive: Archive,
    last: Last,
    until: float,
    *,
    waiting: Sequence[str] = (),
    fault: tuple[str, str] = ("", ""),
) -> Facts:
    """The facts of what has ended since the last report, and of what still waits for somebody."""
    catalogue = archive.catalogue
    ended = catalogue.query(lambda c: _units(c, last))
    issues, sums = catalogue.query(lambda c: _issues(c, last))
    open_units = catalogue.query(lambda c: _open(c, last))
    kept_out = [u for u in open_units if u.state == states.QUARANTINED]
    kept_out.sort(key=lambda unit: not unit.new)
    others = [
        line for line, _ in ended
        if line.state in (states.DUPLICATE, states.VANISHED, states.SPLIT)
    ]  # fmt: skip
    others.sort(key=lambda line: line.state != states.VANISHED)
    found = archive_gaps(archive)
    disk = shutil.disk_usage(archive.store.root) if archive.store.root else None
    totals = catalogue.query(_totals)
    return Facts(
        archive=archive.store.address,
        since=min(last.at, until),
        until=until,
        issues=issues[:_MOST],
        more_issues=max(0, len(issues) - _MOST),
        quarantined=tuple(kept_out[:_MOST]),
        new_quarantined=sum(unit.new for unit in kept_out),
        old_quarantined=sum(not unit.new for unit in kept_out),
        failed=tuple(u for u in open_units if u.state != states.QUARANTINED),
        others=tuple(others[:_MOST]),
        more_others=max(0, len(others) - _MOST),
        again=catalogue.query(lambda c: _again(c, last)),
        vanished=sum(line.state == states.VANISHED for line in others),
        broken=catalogue.query(lambda c: _pages(c, last, broken=True)),
        worst_pages=tuple(
            _with_thumbnail(archive, page)
            for page in catalogue.query(lambda c: _pages(c, last, broken=False))
        ),
        worst_articles=catalogue.query(lambda c: _articles(c, last, jumps=False)),
        jumps=catalogue.query(lambda c: _articles(c, last, jumps=True)),
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
        bytes_added=catalogue.query(lambda c: _bytes(c, last)) + _made(archive, issues),
        disk_free=disk.free if disk else 0,
        disk_total=disk.total if disk else 0,
        nights=_nights(archive),
        fault=fault,
    )  # fmt: skip


def _units(connection: Connection, last: Last) -> list[tuple[UnitLine, float]]:
    u = tables.units
    rows = connection.execute(
        select(u)
        .where(u.c.id.in_(at_rest_since(last.event)), u.c.state.in_(states.ENDED))
        .order_by(u.c.changed_at, u.c.id)
    )
    return [(_unit(row, new=True), row.seconds) for row in rows]


def _open(connection: Connection, last: Last) -> tuple[UnitLine, ...]:
    u = tables.units
    rows = connection.execute(
        select(u, u.c.id.in_(at_rest_since(last.event)).label("fresh"))
        .where(u.c.state.in_((states.QUARANTINED, states.FAILED)))
        .order_by(u.c.changed_at.desc(), u.c.id)
    )
    return tuple(_unit(row, new=bool(row.fresh)) for row in rows)


def _unit(row: Any, new: bool) -> UnitLine:
    r = row
    return UnitLine(
        id=r.id, name=r.name, state=r.state, code=r.reason_code,
        reason=(r.reason_en, r.reason_zh), files=len(r.sources) - 1,
        new=new, next_at=r.next_at, attempts=r.attempts,
    )  # fmt: skip


def _again(connection: Connection, last: Last) -> tuple[str, ...]:
    e = tables.events.c
    query = select(e.text_en).where(e.kind == "again", e.key > last.event).order_by(e.key)
    return tuple(row.text_en for row in connection.execute(query.limit(_MOST)))


def _issues(
    connection: Connection, last: Last
) -> tuple[tuple[IssueLine, ...], tuple[int, int, float, int]]:
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
        .where(v.state == "whole", _tonight(last))
        .order_by(i.complete, i.confidence, i.id)
    ).all()  # fmt: skip
    lines = tuple(
        IssueLine(
            r.id, r.folder, r.title, r.date, r.current_version, r.pages, r.failed, r.articles,
            r.characters, r.confidence, r.unresolved, r.seconds, r.complete,
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
    return lines, sums


def _tonight(last: Last) -> Any:
    """Of a version, with the unit it came from where there is one: whether it is of this night."""
    u, v = tables.units.c, tables.versions.c
    return u.id.in_(at_rest_since(last.event)) | (u.id.is_(None) & (v.added_at >= last.at))


def _of_tonight(last: Last) -> Any:
    """A query for the ids of the issues with a version of this night."""
    i, v, u = tables.issues.c, tables.versions.c, tables.units.c
    return (
        select(i.id)
        .join(tables.versions, (v.issue_id == i.id) & (v.number == i.current_version))
        .outerjoin(tables.units, u.id == v.unit)
        .where(v.state == "whole", _tonight(last))
    )


def _pages(connection: Connection, last: Last, broken: bool) -> tuple[PageLine, ...]:
    """Pages of this night that could not be read, or those that were read worst."""
    i, p, v, up = tables.issues.c, tables.pages.c, tables.versions.c, tables.unit_pages.c
    wanted = p.error != "" if broken else (p.error == "") & (p.confidence < LOW)
    order = (p.issue_id, p.number) if broken else (p.confidence, p.issue_id, p.number)
    rows = connection.execute(
        select(
            tables.pages, up.reason_en, up.reason_zh, i.folder,
            i.current_version.label("version"),
        )
        .join(tables.issues, i.id == p.issue_id)
        .join(tables.versions, (v.issue_id == p.issue_id) & (v.number == i.current_version))
        .outerjoin(tables.unit_pages, (up.unit_id == v.unit) & (up.page_id == p.page_id))
        .where(p.issue_id.in_(_of_tonight(last)), wanted)
        .order_by(*order)
        .limit(_MOST if broken else WORST)
    )  # fmt: skip
    return tuple(
        PageLine(
            r.issue_id, places.derived_key(r.folder, r.version, f"pages/{r.page_id}.txt"),
            r.page_id, r.label or str(r.number), r.confidence, r.characters, r.error,
            (r.reason_en or r.error, r.reason_zh or r.error), "",
        )
        for r in rows
    )  # fmt: skip


def _with_thumbnail(archive: Archive, page: PageLine) -> PageLine:
    """Only pages that were read are drawn: what broke a worker must not break the report."""
    with contextlib.suppress(DigitiseError, OSError, ValueError, MemoryError):
        data = page_picture(archive, page.issue, page.page, max_side=THUMB)
        return replace(page, thumbnail=base64.b64encode(data).decode("ascii"))
    return page


def _articles(connection: Connection, last: Last, jumps: bool) -> tuple[ArticleLine, ...]:
    a, i = tables.articles.c, tables.issues.c
    query = (
        select(tables.articles, i.folder, i.current_version.label("version"))
        .join(tables.issues, i.id == a.issue_id)
        .where(a.issue_id.in_(_of_tonight(last)))
    )
    if jumps:
        query = query.where(a.unresolved > 0).order_by(a.issue_id, a.position).limit(50)
    else:
        query = (
            query.where(a.kind == "article", a.text != "", a.confidence < UNSURE)
            .order_by(a.confidence, a.issue_id, a.position)
            .limit(WORST)
        )
    return tuple(
        ArticleLine(
            r.issue_id, places.derived_key(r.folder, r.version, _article_file(r.article_id)),
            r.article_id, " ".join((r.headline or r.text[:24]).split()), r.labels.strip(),
            r.confidence, len(r.text),
        )
        for r in connection.execute(query)
    )  # fmt: skip


def _article_file(article: str) -> str:
    """As formats.write names it; the whole issue's text where its ids are of another kind."""
    number = article.removeprefix("a")
    return f"articles/{number}.md" if number.isdecimal() and len(number) >= 3 else "issue.txt"


def _totals(connection: Connection) -> tuple[int, int]:
    i = tables.issues.c
    row = connection.execute(
        select(func.count(), func.coalesce(func.sum(i.pages), 0)).where(i.current_version > 0)
    ).one()
    return int(row[0]), int(row[1])


def _bytes(connection: Connection, last: Last) -> int:
    """Of the originals that came this night."""
    u = tables.units.c
    done = u.id.in_(at_rest_since(last.event)), u.state == states.DONE
    rows = connection.execute(select(u.facts).where(*done))
    return sum(int(row.facts.get("bytes", 0)) for row in rows)


def _made(archive: Archive, issues: Sequence[IssueLine]) -> int:
    """Bytes of what was made of this night's issues, where that lies on this machine."""
    root = archive.store.root
    total = 0
    for line in issues if root is not None else ():
        for part in ("versions", "derived"):
            for folder, _, names in os.walk(f"{root}/{line.folder}/{part}/{line.version}"):
                for name in names:
                    with contextlib.suppress(OSError):
                        total += os.stat(f"{folder}/{name}").st_size  # noqa: PTH116 - many files
    return total


def _nights(archive: Archive) -> tuple[NightLine, ...]:
    """What the last reports told, the latest first; one that cannot be understood is passed
    over."""
    folders = [name for name in archive.store.names(places.REPORTS) if name[:1].isdecimal()]
    found: list[NightLine] = []
    for name in sorted(folders, reverse=True)[:NIGHTS]:
        with contextlib.suppress(DigitiseError, ValueError, KeyError, TypeError):
            told = json.loads(archive.store.read(f"{places.REPORTS}/{name}/report.json"))
            found.append(
                NightLine(
                    float(told["until"]), len(told["issues"]) + int(told["more_issues"]),
                    int(told["pages"]), int(told["failed_pages"]),
                    int(told["new_quarantined"]), int(told["characters"]),
                    float(told["confidence"]), float(told["seconds"]),
                )
            )  # fmt: skip
    return tuple(found)


def last_report(archive: Archive) -> Last:
    """The last report that was written; when there was none, the moment all began."""
    e = tables.events.c
    query = select(e.key, e.at).where(e.kind == "report").order_by(e.key.desc()).limit(1)
    first = select(func.min(e.at))

    def work(connection: Connection) -> Last:
        row = connection.execute(query).first()
        if row is not None:
            return Last(float(row.at), int(row.key))
        return Last(float(connection.execute(first).scalar() or 0.0))

    return archive.catalogue.query(work)
