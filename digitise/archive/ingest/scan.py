"""One look at the inbox: new deliveries are entered in the ledger."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from ...errors import DigitiseError
from ...jobs import Outcome
from .. import tables
from ..catalogue import Catalogue
from ..store import remove_tree
from ..titles import date_in
from . import inbox as boxes
from . import ledger
from .crew import Crew, Task
from .entering import Entry, enter_all
from .grouping import Delivery, deliveries, issue_part
from .inbox import Inbox, LocalInbox
from .ledger import Source

# Companions of pages that are none themselves. They are named in the report and left alone.
_COMPANIONS = frozenset(
    {"txt", "md5", "sha1", "sha256", "xml", "json", "csv", "tsv", "log", "ini", "html", "htm"}
    | {"md", "db", "doc", "docx", "xls", "xlsx", "toml", "yaml", "yml", "lnk", "url"}
)


@dataclass(frozen=True, slots=True)
class Look:
    """What a look brought: ids of the new deliveries, names of files still being written, of
    files that are no pages, of files put there once more with the content they had; `files`: how
    many there are in all."""

    entered: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    companions: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    files: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """`settle`: seconds a file must not have changed for; `seconds` and `memory` to look into
    one."""

    settle: float = 10.0
    seconds: float = 600.0
    memory: int = 0


def look(catalogue: Catalogue, inbox: Inbox, crew: Crew, limits: Limits, work: Path) -> Look:
    """Enters what is new and whole. `work`: a folder for files that have to be fetched first.

    A file is whole when it has not changed for a while and nobody has it open for writing. A
    delivery whose files have all been entered before is left alone; one of which any is new is
    entered anew, with all its files. A file whose time alone is new is not new.
    """
    files = list(inbox.files())
    known = _known(catalogue, inbox)
    _forget_gone(catalogue, inbox, known, files)
    pages: dict[str, int] = {}
    fresh: list[Source] = []
    companions: list[str] = []
    for file in files:
        before = known.get(f"{inbox.address}/{file.name}")
        if before is not None and before[:2] == (file.size, file.changed_ns):
            pages[file.name] = before.pages
        elif _is_companion(file.name):
            companions.append(file.name)
        else:
            fresh.append(file)
    waited_for = unsettled(inbox, fresh, limits.settle)
    again = _again(catalogue, inbox, [f for f in fresh if f.name not in waited_for], known)
    pages |= {file.name: known[f"{inbox.address}/{file.name}"].pages for file in again}
    fresh = [file for file in fresh if file not in again]
    counted = _count(inbox, [f for f in fresh if f.name not in waited_for], crew, limits, work)
    pages |= counted
    _remember(catalogue, inbox, [f for f in fresh if f.name in counted], counted)
    whole = [file for file in files if file.name in pages]
    entries: list[Entry] = []
    waiting = set(waited_for)
    units = {file.name: known.get(f"{inbox.address}/{file.name}", _NEVER).unit for file in files}
    for delivery in _apart(deliveries(whole, pages), units, frozenset(counted)):
        addresses = [f"{inbox.address}/{file.name}" for file in delivery.files]
        old = all(known.get(a, _NEVER).unit for a in addresses)
        if old and not any(file.name in counted for file in delivery.files):
            continue
        if _others_coming(delivery.files, waited_for):
            waiting |= {file.name for file in delivery.files}
            continue
        facts = {"loose": True} if delivery.loose else {}
        entries.append(Entry(delivery.name, tuple(delivery.files), facts))
    return Look(
        enter_all(catalogue, inbox.address, entries), tuple(sorted(waiting)), tuple(companions),
        tuple(file.name for file in again), len(files),
    )  # fmt: skip


class _Seen(NamedTuple):
    size: int = 0
    changed_ns: int = 0
    pages: int = 0
    unit: str = ""
    sha256: str = ""


_NEVER = _Seen()


def _again(
    catalogue: Catalogue, inbox: Inbox, fresh: Sequence[Source], known: Mapping[str, _Seen]
) -> list[Source]:
    """Files that were written once more, or only touched, and hold what the archive has of them
    already; entered as seen at their new time, and noted."""
    asked = {
        file: before for file in fresh
        if (before := known.get(f"{inbox.address}/{file.name}", _NEVER)).sha256
        and before.size == file.size
    }  # fmt: skip
    if not asked:
        return []
    units = ledger.kept_units(catalogue, {before.unit for before in asked.values()})
    found = [
        file for file, before in asked.items()
        if before.unit in units and inbox.sha256(file) == before.sha256
    ]  # fmt: skip
    now = catalogue.now()

    def work(connection: Connection) -> None:
        for file in found:
            connection.execute(
                update(tables.seen)
                .where(tables.seen.c.address == f"{inbox.address}/{file.name}")
                .values(changed_ns=file.changed_ns)
            )
            ledger.note(connection, now, asked[file].unit, "again", (file.name, file.name))

    if found:
        catalogue.transact(work)
    return found


def _apart(
    found: Sequence[Delivery], units: dict[str, str], fresh: frozenset[str]
) -> Iterator[Delivery]:
    """Where only the likeness of names, without a date, holds files together, new ones are not
    put with those that came before: mastheads have parted these already."""
    for delivery in found:
        if len(delivery.files) < 2 or date_in(delivery.name):
            yield delivery
            continue
        new = {f.name for f in delivery.files if f.name in fresh or not units[f.name]}
        touched = {units[name] for name in new} - {""}
        files = tuple(f for f in delivery.files if f.name in new or units[f.name] in touched)
        if len(files) == 1:
            yield Delivery(PurePosixPath(files[0].name).stem, files)
        elif files:
            yield replace(delivery, files=files)


def _is_companion(name: str) -> bool:
    return PurePosixPath(name).suffix.lower().lstrip(".") in _COMPANIONS


def _others_coming(files: Sequence[Source], waited_for: frozenset[str]) -> bool:
    """Whether a file that may belong to them is still written: one in their folder, or in the
    inbox itself one of the same name but for the page."""
    ours = {_neighbourhood(file.name) for file in files}
    return any(_neighbourhood(name) in ours for name in waited_for)


def _neighbourhood(name: str) -> str:
    pure = PurePosixPath(name)
    folder = str(pure.parent)
    return f"./{issue_part(pure.stem) or pure.stem}" if folder == "." else folder


def unsettled(inbox: Inbox, files: Sequence[Source], settle: float) -> frozenset[str]:
    """The names of those of `files`, as they were listed, that may not be whole: changed less than
    `settle` seconds ago, open for writing, or other than they were listed."""
    if not files:
        return frozenset()
    now = time.time_ns()
    # A time in the future says nothing; such a file is watched for a moment instead.
    young = {f.name for f in files if 0 <= now - f.changed_ns < settle * 1e9}
    future = [f for f in files if f.changed_ns > now]
    if future:
        time.sleep(min(settle, 2.0))
        young |= {f.name for f in future if inbox.look(f.name) != f}
    open_ones = inbox.written() & {f.name for f in files}
    if isinstance(inbox, LocalInbox):
        # One that was closed since the files were listed is as it was listed no longer.
        young |= {f.name for f in files if f.name not in open_ones and inbox.look(f.name) != f}
    return frozenset(young) | open_ones


def _count(
    inbox: Inbox, files: Sequence[Source], crew: Crew, limits: Limits, work: Path
) -> dict[str, int]:
    """How many pages each file has; files that went away meanwhile are left out."""
    found: dict[str, int] = {}
    asked: list[tuple[str, Future[Outcome]]] = []
    # Others may look at the same time.
    fetched = work / "count" / uuid.uuid4().hex
    for file in files:
        try:
            kind = boxes.kind(inbox.head(file.name), file.name)
        except DigitiseError:
            if inbox.look(file.name) is not None:
                found[file.name] = 0  # to be complained of when it is fetched
            continue
        if kind == "zip":
            found[file.name] = -1
        elif kind == "" or not file.size:
            found[file.name] = 0
        else:
            path = getattr(inbox, "path", None)
            target = path(file.name) if path else fetched / str(len(asked)) / _last(file.name)
            if path is None:
                try:
                    inbox.fetch(file, target)
                except DigitiseError:
                    continue
            task = Task("count", target, limits.seconds, limits.memory)
            asked.append((file.name, crew.submit(task)))
    for name, future in asked:
        outcome = future.result()
        found[name] = int(outcome.value) if outcome.error is None else 0
    remove_tree(fetched)
    return found


def _last(name: str) -> str:
    return PurePosixPath(name).name


def _known(catalogue: Catalogue, inbox: Inbox) -> dict[str, _Seen]:
    t = tables.seen.c
    query = select(tables.seen).where(t.address.startswith(f"{inbox.address}/", autoescape=True))

    def work(connection: Connection) -> dict[str, _Seen]:
        rows = connection.execute(query)
        return {r.address: _Seen(r.size, r.changed_ns, r.pages, r.unit_id, r.sha256) for r in rows}

    return catalogue.query(work)


def _remember(
    catalogue: Catalogue, inbox: Inbox, files: Sequence[Source], pages: dict[str, int]
) -> None:
    if not files:
        return

    def work(connection: Connection) -> None:
        for file in files:
            address = f"{inbox.address}/{file.name}"
            values = {"size": file.size, "changed_ns": file.changed_ns, "pages": pages[file.name]}
            there = connection.execute(
                update(tables.seen)
                .where(tables.seen.c.address == address)
                .values(**values, unit_id="", sha256="")
            )
            if not there.rowcount:
                connection.execute(insert(tables.seen).values(address=address, **values))

    catalogue.transact(work)


def _forget_gone(
    catalogue: Catalogue,
    inbox: Inbox,
    known: Mapping[str, _Seen],
    files: Sequence[Source],
) -> None:
    there = {f"{inbox.address}/{file.name}" for file in files}
    gone = [address for address in known if address not in there]
    if gone:
        catalogue.transact(
            lambda c: c.execute(
                delete(tables.seen).where(tables.seen.c.address == bindparam("gone")),
                [{"gone": address} for address in gone],
            )
        )
