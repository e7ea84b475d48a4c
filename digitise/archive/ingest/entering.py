"""Deliveries entered in the ledger: each becomes a unit, once."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from .. import tables
from ..catalogue import Catalogue
from . import states
from .ledger import Source, Unit, find, note

_AT_ONCE = 100


def source_key(inbox: str, sources: Sequence[Source], salt: str = "") -> str:
    """What tells a delivery from all others before it is opened."""
    facts = [inbox, salt, *sorted([s.name, s.size, s.changed_ns] for s in sources)]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Entry:
    """A delivery to be entered: what it is called, its files, and what is known of it."""

    name: str
    sources: tuple[Source, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)


def enter(
    catalogue: Catalogue,
    name: str,
    inbox: str,
    sources: Sequence[Source],
    facts: Mapping[str, Any] | None = None,
    salt: str = "",
) -> Unit | None:
    """Enters a delivery; None when it is entered already. Earlier deliveries of any of the same
    files that have not got anywhere yet are superseded."""
    entered = enter_all(catalogue, inbox, [Entry(name, tuple(sources), facts or {})], salt)
    return find(catalogue, entered[0]) if entered else None


def enter_all(
    catalogue: Catalogue, inbox: str, entries: Sequence[Entry], salt: str = ""
) -> tuple[str, ...]:
    """`enter` for many; gives the ids of the units that are new. As many as fit are entered at
    once: the disk is waited for each time."""
    entered: list[str] = []
    enter_some = partial(_enter, inbox=inbox, salt=salt, now=catalogue.now())
    for start in range(0, len(entries), _AT_ONCE):
        some = entries[start : start + _AT_ONCE]
        try:
            entered += catalogue.transact(partial(enter_some, entries=some))
        except IntegrityError:
            # Another process was quicker with one of them.
            for entry in some:
                with contextlib.suppress(IntegrityError):
                    entered += catalogue.transact(partial(enter_some, entries=[entry]))
    return tuple(entered)


def _enter(
    connection: Connection, inbox: str, entries: Sequence[Entry], salt: str, now: float
) -> list[str]:
    entered: list[str] = []
    for entry in entries:
        key = source_key(inbox, entry.sources, salt)
        unit = f"u{key[:12]}"
        if _enter_one(connection, inbox, entry, unit, key, now):
            entered.append(unit)
    return entered


def _enter_one(
    connection: Connection, inbox: str, entry: Entry, unit: str, key: str, now: float
) -> bool:
    u = tables.units.c
    name, sources = entry.name, entry.sources
    there = connection.execute(select(u.id, u.state).where(u.source_key == key)).first()
    if there is not None:
        _note_seen(connection, inbox, sources, unit)
        if there.state not in (states.VANISHED, states.SUPERSEDED):
            return False
        # It is back as it was.
        connection.execute(
            update(tables.units)
            .where(u.id == unit, u.owner == "")
            .values(state=states.RECEIVED, changed_at=now, reason_code="", attempts=0)
        )
        note(connection, now, unit, states.RECEIVED, (name, name))
        return True
    _supersede(connection, inbox, sources, unit, now)
    connection.execute(
        insert(tables.units).values(
            id=unit, name=name, sources=[inbox, *([s.name, s.size, s.changed_ns] for s in sources)],
            source_key=key, state=states.RECEIVED, facts=dict(entry.facts),
            added_at=now, changed_at=now,
        )
    )  # fmt: skip
    _note_seen(connection, inbox, sources, unit)
    note(connection, now, unit, states.RECEIVED, (name, name))
    return True


def _note_seen(connection: Connection, inbox: str, sources: Sequence[Source], unit: str) -> None:
    for source in sources:
        connection.execute(
            update(tables.seen)
            .where(tables.seen.c.address == f"{inbox}/{source.name}")
            .values(unit_id=unit)
        )


def _supersede(
    connection: Connection, inbox: str, sources: Sequence[Source], unit: str, now: float
) -> None:
    """A unit still waiting to be prepared whose files are part of the new one is not needed."""
    u = tables.units.c
    addresses = [f"{inbox}/{source.name}" for source in sources]
    rows = connection.execute(
        select(u.id, u.name)
        .join(tables.seen, tables.seen.c.unit_id == u.id)
        .where(tables.seen.c.address.in_(addresses), u.state == states.RECEIVED, u.owner == "")
        .distinct()
    ).all()
    for row in rows:
        connection.execute(
            update(tables.units).where(u.id == row.id, u.owner == "").values(
                state=states.SUPERSEDED, changed_at=now,
                reason_en=f"It was delivered anew as {unit}.",
                reason_zh=f"已重新送达，见 {unit}。",
            )
        )  # fmt: skip
        note(connection, now, row.id, states.SUPERSEDED, (unit, unit))
