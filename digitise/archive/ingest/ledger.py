"""The ledger: which units there are, how far each is, who works on it.

Every change is one transaction that only happens while the unit is still ours, so that a process
that was held up too long cannot undo what another has done since.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, or_, select, update

from ...errors import DigitiseError
from .. import tables
from ..catalogue import Catalogue
from . import states
from .owner import is_dead

LEASE = 120.0
"""Seconds after which a unit whose process gives no sign of life may be taken by another."""
MAX_CLAIMS = 25
"""A unit that was taken up so often without going on kills those who take it up."""
LONGEST_WAIT = 6 * 3600.0


@dataclass(frozen=True, slots=True)
class Source:
    """A file of a delivery: its name below the inbox, and what tells that it has not changed."""

    name: str
    size: int
    changed_ns: int


@dataclass(frozen=True, slots=True)
class Unit:
    id: str
    name: str
    state: str
    inbox: str = ""
    sources: tuple[Source, ...] = ()
    digest: str = ""
    resume: str = ""
    attempts: int = 0
    claims: int = 0
    next_at: float = 0.0
    owner: str = ""
    pages: int = 0
    issue_id: str = ""
    version: int = 0
    reason_code: str = ""
    reason: tuple[str, str] = ("", "")
    facts: Mapping[str, Any] = field(default_factory=dict)
    seconds: float = 0.0
    added_at: float = 0.0
    changed_at: float = 0.0


class LeaseLost(Exception):
    """The unit is another's now; what was done for it does no harm, and no more is to be done."""


def note_contents(connection: Connection, unit: Unit, digests: Mapping[Source, str]) -> None:
    """Enters the sha256 of a unit's files, where these are still what was seen in the inbox."""
    s = tables.seen.c
    for source, digest in digests.items():
        connection.execute(
            update(tables.seen)
            .where(
                s.address == f"{unit.inbox}/{source.name}",
                s.size == source.size,
                s.changed_ns == source.changed_ns,
            )
            .values(sha256=digest)
        )


def kept_units(catalogue: Catalogue, unit_ids: Collection[str]) -> frozenset[str]:
    """Those of the units whose content the archive has, or is about to have, or has put aside for
    a reason that lies in the content itself."""
    u = tables.units.c
    good = u.state.in_((*states.WORKING, states.DONE, states.DUPLICATE))
    bad = (u.state == states.QUARANTINED) & u.reason_code.in_(states.BAD_CONTENT)

    def work(connection: Connection) -> frozenset[str]:
        found: set[str] = set()
        wanted = sorted(unit_ids)
        for start in range(0, len(wanted), 500):
            some = u.id.in_(wanted[start : start + 500]), good | bad
            found |= {row.id for row in connection.execute(select(u.id).where(*some))}
        return frozenset(unit for unit in found if not _is_void(connection, unit))

    return catalogue.query(work)


def note(
    connection: Connection, at: float, unit: str, kind: str, text: tuple[str, str] = ("", "")
) -> None:
    """Enters an event."""
    connection.execute(
        insert(tables.events).values(
            at=at, unit_id=unit, kind=kind, text_en=text[0], text_zh=text[1]
        )
    )


def last_event(catalogue: Catalogue) -> int:
    """The number of the last event there is: what comes later has a higher one, whatever the
    clock does."""
    query = select(func.max(tables.events.c.key))
    return int(catalogue.query(lambda c: c.execute(query).scalar()) or 0)


def at_rest_since(event: int) -> Select[tuple[str]]:
    """A query for the units that have ended, or been put off, since an event."""
    e = tables.events.c
    return select(e.unit_id).where(e.key > event, e.kind.in_((*states.ENDED, states.FAILED)))


def claim(catalogue: Catalogue, owner: str, held: Collection[str] = ()) -> Unit | None:
    """Takes up the oldest unit that waits for somebody; None when there is none now.

    `held`: units this process is at work on. One that is ours without being among them was
    claimed when the database went away before it could say so.
    """
    now = catalogue.now()
    u = tables.units.c
    waiting = or_(
        u.state.in_(states.WORKING),
        (u.state == states.FAILED)
        # A clock that was put back must not make anybody wait for years.
        & ((u.next_at <= now) | (u.next_at > now + 2 * LONGEST_WAIT)),
    )
    # Looked at first without the lock that writing takes: mostly there is nothing to do.
    others = or_(u.owner != owner, u.id.not_in(sorted(held)))
    some = select(u.id).where(waiting, others).limit(1)
    if catalogue.query(lambda c: c.execute(some).first()) is None:
        return None

    def work(connection: Connection) -> str:
        query = (
            select(u.id, u.state, u.resume, u.owner, u.lease_until, u.claims)
            .where(waiting, others)
            .order_by(u.added_at, u.id)
        )
        for row in connection.execute(query.limit(1000)):
            if row.owner not in ("", owner) and not _free(row.owner, row.lease_until, now):
                continue
            state = row.resume if row.state == states.FAILED and row.resume else row.state
            taken = connection.execute(
                update(tables.units)
                .where(u.id == row.id, u.owner == row.owner, u.state == row.state)
                .values(
                    owner=owner, lease_until=now + LEASE, claims=row.claims + 1,
                    state=states.RECEIVED if state == states.FAILED else state, changed_at=now,
                )
            )  # fmt: skip
            if not taken.rowcount:
                continue  # another was quicker
            return str(row.id)
        return ""

    found = catalogue.transact(work)
    return find(catalogue, found) if found else None


def _free(owner: str, lease_until: float, now: float) -> bool:
    # A lease that runs for longer than any is given was taken under another clock.
    return lease_until < now or lease_until > now + 2 * LEASE or is_dead(owner)


def anything_left(catalogue: Catalogue, owner: str, soon: float) -> bool:
    """Whether a unit waits that is nobody's or ours, and is due before `soon`."""
    u = tables.units.c
    query = (
        select(u.id)
        .where(
            u.owner.in_(("", owner)),
            u.state.in_(states.WORKING) | ((u.state == states.FAILED) & (u.next_at <= soon)),
        )
        .limit(1)
    )
    return catalogue.query(lambda c: c.execute(query).first() is not None)


def renew(catalogue: Catalogue, owner: str) -> None:
    """Says that this process lives."""
    until = catalogue.now() + LEASE
    catalogue.transact(
        lambda c: c.execute(
            update(tables.units).where(tables.units.c.owner == owner).values(lease_until=until)
        )
    )


def release_all(catalogue: Catalogue, owner: str) -> None:
    """Gives up everything this process holds, as it is."""
    catalogue.transact(
        lambda c: c.execute(
            update(tables.units)
            .where(tables.units.c.owner == owner)
            .values(owner="", lease_until=0.0, claims=0)
        )
    )


def change(connection: Connection, unit: Unit, now: float, **values: Any) -> None:
    """Changes a unit within a transaction. Raises LeaseLost when it is not ours any more."""
    u = tables.units.c
    done = connection.execute(
        update(tables.units)
        .where(u.id == unit.id, u.owner == unit.owner)
        .values(**values, changed_at=now)
    )
    if done.rowcount != 1:
        raise LeaseLost(unit.id)


def advance(
    catalogue: Catalogue,
    unit: Unit,
    state: str,
    text: tuple[str, str] = ("", ""),
    **values: Any,
) -> Unit:
    """The unit in its next state. Ended states let go of it."""
    now = catalogue.now()

    def work(connection: Connection) -> None:
        moved(connection, unit, state, now, text, **values)

    catalogue.transact(work)
    return find(catalogue, unit.id)


def moved(
    connection: Connection,
    unit: Unit,
    state: str,
    now: float,
    text: tuple[str, str] = ("", ""),
    **values: Any,
) -> None:
    """The same within a transaction of others. Asked twice (the database went away after it had
    agreed), it does it once."""
    u = tables.units.c
    ended = state in states.ENDED or state == states.FAILED
    if ended:
        values |= {"owner": "", "lease_until": 0.0}
        row = connection.execute(select(u.state, u.owner).where(u.id == unit.id)).first()
        if row is not None and row.state == state and row.owner == "":
            return
    if state in states.WORKING:
        values = {"attempts": 0} | values
    change(connection, unit, now, state=state, claims=0, **values)
    note(connection, now, unit.id, state, text)


def put_off(catalogue: Catalogue, unit: Unit, error: DigitiseError, back_off: float) -> Unit:
    """Has a unit wait after a fault that may pass: `back_off` seconds the first time, then twice
    as long each time."""
    tries = unit.attempts + 1
    wait = min(LONGEST_WAIT, back_off * 2 ** (tries - 1))
    return advance(
        catalogue,
        unit,
        states.FAILED,
        (error.text("en"), error.text("zh")),
        resume=unit.state,
        attempts=tries,
        next_at=catalogue.now() + wait,
        reason_code=type(error).__name__,
        reason_en=error.text("en"),
        reason_zh=error.text("zh"),
    )


def find(catalogue: Catalogue, unit_id: str) -> Unit:
    """KeyError when there is no such unit."""
    query = select(tables.units).where(tables.units.c.id == unit_id)
    row = catalogue.query(lambda c: c.execute(query).first())
    if row is None:
        raise KeyError(unit_id)
    return _unit(row)


def list_units(catalogue: Catalogue, wanted: Sequence[str] = ()) -> tuple[Unit, ...]:
    """Units in the order they came; `wanted`: only of these states."""
    query = select(tables.units).order_by(tables.units.c.added_at, tables.units.c.id)
    if wanted:
        query = query.where(tables.units.c.state.in_(wanted))
    return catalogue.query(lambda c: tuple(_unit(row) for row in c.execute(query)))


def _unit(row: Row[Any]) -> Unit:
    inbox, *sources = row.sources
    return Unit(
        id=row.id,
        name=row.name,
        state=row.state,
        inbox=inbox,
        sources=tuple(Source(*s) for s in sources),
        digest=row.digest or "",
        resume=row.resume,
        attempts=row.attempts,
        claims=row.claims,
        next_at=row.next_at,
        owner=row.owner,
        pages=row.pages,
        issue_id=row.issue_id,
        version=row.version,
        reason_code=row.reason_code,
        reason=(row.reason_en, row.reason_zh),
        facts=row.facts,
        seconds=row.seconds,
        added_at=row.added_at,
        changed_at=row.changed_at,
    )


def take_content(connection: Connection, digest: str, unit_id: str) -> str:
    """The unit that has this content: `unit_id` itself when nobody had it before."""
    c = tables.contents.c
    row = connection.execute(select(c.unit_id).where(c.digest == digest)).first()
    if row is not None and row.unit_id != unit_id and _is_void(connection, row.unit_id):
        connection.execute(
            update(tables.contents).where(c.digest == digest).values(unit_id=unit_id)
        )
        return unit_id
    if row is None:
        connection.execute(insert(tables.contents).values(digest=digest, unit_id=unit_id))
        return unit_id
    return str(row.unit_id)


def _is_void(connection: Connection, unit_id: str) -> bool:
    """Whether nothing is left of what a unit brought: its issue was taken out of the archive."""
    u, v = tables.units.c, tables.versions.c
    state = connection.execute(select(u.state).where(u.id == unit_id)).scalar()
    there = connection.execute(select(v.number).where(v.unit == unit_id)).first()
    return state is None or (state == states.DONE and there is None)


def drop_content(connection: Connection, unit_id: str) -> None:
    connection.execute(delete(tables.contents).where(tables.contents.c.unit_id == unit_id))
