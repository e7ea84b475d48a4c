"""Trying again: what failed, what was quarantined, pages of finished issues."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection, select, update

from ...jobs import Outcome
from .. import places, tables
from ..library import Archive, find_issue, version_record
from ..settings import load_settings
from . import ledger, states
from .context import Context
from .crew import Task
from .entering import enter
from .inbox import open_inbox
from .owner import this_process
from .quarantine import release as release_one
from .run import work_folder


def retry(archive: Archive, names: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """Has failed units tried at once, and finished issues of which a page failed read anew; gives
    how many, and which names mean nothing. Without names: all that failed."""
    units = [
        unit for unit in ledger.list_units(archive.catalogue)
        if not names or unit.id in names or unit.name in names or unit.issue_id in names
    ]  # fmt: skip
    known = {word for unit in units for word in (unit.id, unit.name, unit.issue_id)}
    count = 0
    for unit in units:
        if unit.state == states.FAILED:
            count += _now(archive, unit)
        elif names and unit.state == states.DONE and _incomplete(archive, unit):
            count += read_again(archive, unit.issue_id) is not None
    return count, tuple(name for name in names if name not in known)


def _now(archive: Archive, unit: ledger.Unit) -> bool:
    u = tables.units.c

    def work(connection: Connection) -> bool:
        done = connection.execute(
            update(tables.units)
            .where(u.id == unit.id, u.state == states.FAILED, u.owner == "")
            .values(next_at=0.0)
        )
        return bool(done.rowcount)

    return archive.catalogue.transact(work)


def _incomplete(archive: Archive, unit: ledger.Unit) -> bool:
    i = tables.issues.c
    query = select(i.complete).where(i.id == unit.issue_id, i.current_version == unit.version)
    complete = archive.catalogue.query(lambda c: c.execute(query).scalar())
    return complete is False


def read_again(archive: Archive, issue_id: str) -> ledger.Unit | None:
    """Enters an issue of the archive to be read anew from its originals, as a new version; None
    when that is entered already. Raises InputMissing."""
    entry = find_issue(archive, issue_id)
    record = version_record(archive, issue_id)
    base = places.original_key(entry.folder, record.delivery)
    box = open_inbox(f"{archive.store.address}/{base}")
    files = dict.fromkeys(page.file for page in record.pages)
    sources = [source for name in files if (source := box.look(name)) is not None]
    facts = {"again": issue_id, "whole": True}
    salt = f"again {entry.version}"
    return enter(archive.catalogue, record.name, box.address, sources, facts, salt)


def release(
    archive: Archive, names: Sequence[str], work: Path | None = None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Takes units out of quarantine, to be tried anew; gives those released, and the names that
    mean none."""
    run = Context(
        archive, load_settings(archive.store), (), _Nobody(), work_folder(archive, work),
        this_process(), stop=threading.Event(),
    )  # fmt: skip
    found = [
        unit for unit in ledger.list_units(archive.catalogue, (states.QUARANTINED,))
        if unit.id in names or unit.name in names
    ]  # fmt: skip
    done: list[str] = []
    for unit in found:
        mine = archive.catalogue.transact(lambda c, u=unit: _take(c, u.id, run.owner))  # type: ignore[misc]
        if mine:
            release_one(run, replace(unit, owner=run.owner))
            done.append(unit.id)
    ledger.release_all(archive.catalogue, run.owner)
    known = {word for unit in found for word in (unit.id, unit.name)}
    return tuple(done), tuple(name for name in names if name not in known)


def _take(connection: Connection, unit_id: str, owner: str) -> bool:
    u = tables.units.c
    taken = connection.execute(
        update(tables.units)
        .where(u.id == unit_id, u.state == states.QUARANTINED, u.owner == "")
        .values(owner=owner)
    )
    return bool(taken.rowcount)


class _Nobody:
    """No work is done here."""

    size = 1

    def submit(self, task: Task) -> Future[Outcome]:
        raise NotImplementedError(task.name)

    def close(self) -> None:
        return
