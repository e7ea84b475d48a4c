"""The journal in the catalogue's database: adding to it, and the documents that come of it.

An operation is acknowledged when its row is on the disk. What is kept in memory is only ever what
the rows say, so that several servers, or a server killed at any moment, agree.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Connection, insert, select, update

from ...errors import DigitiseError
from ...model import Issue
from .. import tables as catalogue_tables
from ..library import Archive, find_issue, load_version
from . import tables
from .apply import Conflict, added, conflicts, replayed
from .document import ArticleEntry, Document, LineEntry, Logged, PageEntry, RegionEntry
from .draft import Refused
from .operations import Operation
from .wire import dump_operation, parse_operation

KEPT = 24
"""Issues kept in memory."""

Outcome = Literal["applied", "duplicate", "conflict", "refused"]


@dataclass(frozen=True, slots=True)
class Submission:
    """One operation as it was sent: the sender's id for it and the versions he saw."""

    id: str
    operation: Operation
    bases: Mapping[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a submission. `seq` of one that is in the journal; `keys` that were in the
    way of one that is not; `error` of one that makes no sense."""

    id: str
    status: Outcome
    seq: int = 0
    keys: tuple[str, ...] = ()
    error: DigitiseError | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """An issue in memory: `version` of the machine's result, the document over it."""

    version: int
    document: Document


class Journal:
    """The documents of an archive, each as its journal has it. Safe to use from many threads."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._held: OrderedDict[str, Held] = OrderedDict()
        self._lock = threading.Lock()
        self._writing: dict[str, threading.Lock] = {}

    def held(self, issue_id: str) -> Held:
        """The issue as it stands now. Raises InputMissing for one that is not in the archive."""
        with self._lock:
            known = self._held.get(issue_id)
        head = self.archive.catalogue.query(lambda c: head_of(c, issue_id))
        if known and (known.version, known.document.seq, head.current) == (
            head.version,
            head.seq,
            head.version,
        ):
            return known
        if head.current == 0:
            find_issue(self.archive, issue_id)  # says that there is none
        if head.seq and head.version != head.current:
            return self._rebased(issue_id)
        held = self.archive.catalogue.query(lambda c: self._caught_up(c, issue_id, known))
        self._keep(issue_id, held)
        return held

    def stay(self) -> Callable[[], None]:
        """Keeps SQLite's write-ahead log open until what is returned is called: when the last
        connection goes, all of the log is written back, which would triple the cost of a save."""
        if self.archive.catalogue.postgres:
            return lambda: None
        connection = self.archive.catalogue.engine.raw_connection()
        return connection.close

    def kept(self, issue_id: str) -> Held | None:
        """What is in memory of an issue: what was so a moment ago, without asking."""
        with self._lock:
            return self._held.get(issue_id)

    def document(self, issue_id: str) -> Document:
        return self.held(issue_id).document

    def earlier(self, issue_id: str, version: int) -> tuple[int, ...]:
        """Versions of the machine's result before this one that were worked on, newest first."""
        table = tables.journal
        query = (
            select(table.c.version)
            .where(table.c.issue_id == issue_id, table.c.version < version)
            .distinct()
            .order_by(table.c.version.desc())
        )
        return self.archive.catalogue.query(
            lambda c: tuple(int(row[0]) for row in c.execute(query))
        )

    def over(self, issue_id: str, version: int) -> Document:
        """The document as it was left over an earlier version."""
        return self.archive.catalogue.query(lambda c: loaded(c, self.archive, issue_id, version))

    def submit(
        self,
        issue_id: str,
        by: str,
        submissions: Sequence[Submission],
        images: Mapping[str, str] | None = None,
    ) -> tuple[Held, tuple[Result, ...]]:
        """Adds operations one after the other; each is taken or not by itself. They are on the
        disk when this returns. `images`: digests of the pages' pictures.

        An operation whose id is in the journal is not applied again. Raises InputMissing and
        CatalogueUnavailable.
        """
        with self._lock:
            turn = self._writing.setdefault(issue_id, threading.Lock())
        while True:
            with turn:
                done = self.archive.catalogue.transact(
                    lambda c: self._submit(c, issue_id, by, submissions, images or {})
                )
                if done is not None:
                    self._keep(issue_id, done[0])
                    return done
            self.held(issue_id)  # read anew meanwhile, or not there at all

    def _submit(
        self,
        connection: Connection,
        issue_id: str,
        by: str,
        submissions: Sequence[Submission],
        images: Mapping[str, str],
    ) -> tuple[Held, tuple[Result, ...]] | None:
        """None when there is a newer machine result, to which the journal has to be carried."""
        lock_head(connection, issue_id)
        head = head_of(connection, issue_id)
        if head.current == 0 or (head.seq and head.version != head.current):
            return None
        with self._lock:
            known = self._held.get(issue_id)
        held = self._caught_up(connection, issue_id, known)
        document = held.document
        now = time.time()
        results, rows = [], []
        for submission in submissions:
            entry = Logged(document.seq + 1, submission.id, submission.operation, by, stamp(now))
            document, result = _taken(document, entry, submission)
            results.append(result)
            if result.status == "applied":
                page = page_touched(document, document.log[entry.seq])
                rows.append(
                    {
                        "issue_id": issue_id,
                        "seq": entry.seq,
                        "id": entry.id,
                        "version": held.version,
                        "origin": 0,
                        "page": page,
                        "image": images.get(page, ""),
                        "operation": dump_operation(entry.operation),
                        "by": by,
                        "at": now,
                    }
                )
        if rows:
            connection.execute(insert(tables.journal), rows)
            connection.execute(
                update(tables.heads)
                .where(tables.heads.c.issue_id == issue_id)
                .values(seq=document.seq, version=held.version, changed_at=now)
            )
        return Held(held.version, document), tuple(results)

    def _caught_up(self, connection: Connection, issue_id: str, known: Held | None) -> Held:
        """The document with all rows of the journal, from `known` where that still serves."""
        head = head_of(connection, issue_id)
        version = head.current if not head.seq else head.version
        if known is None or known.version != version or known.document.seq > head.seq:
            return self._loaded(connection, issue_id, version)
        if known.document.seq == head.seq:
            return known
        document = known.document
        for entry in entries_of(connection, issue_id, version, document.seq):
            document = added(document, entry)
        return Held(version, document)

    def _loaded(self, connection: Connection, issue_id: str, version: int) -> Held:
        return Held(version, loaded(connection, self.archive, issue_id, version))

    def _rebased(self, issue_id: str) -> Held:
        from .rebasing import move_to_current

        held = move_to_current(self.archive, issue_id)
        self._keep(issue_id, held)
        return held

    def _keep(self, issue_id: str, held: Held) -> None:
        with self._lock:
            there = self._held.get(issue_id)
            if there and there.version == held.version and there.document.seq > held.document.seq:
                return
            self._held[issue_id] = held
            self._held.move_to_end(issue_id)
            while len(self._held) > KEPT:
                self._held.popitem(last=False)


def _taken(document: Document, entry: Logged, sent: Submission) -> tuple[Document, Result]:
    before = document.by_id.get(sent.id)
    if before is not None:
        return document, Result(sent.id, "duplicate", before)
    try:
        keys = conflicts(document, sent.operation, sent.bases)
        if keys:
            return document, Result(sent.id, "conflict", keys=keys)
        return added(document, entry), Result(sent.id, "applied", entry.seq)
    except Conflict as conflict:
        return document, Result(sent.id, "conflict", keys=conflict.keys)
    except Refused as error:
        return document, Result(sent.id, "refused", error=error)


@dataclass(frozen=True, slots=True)
class Head:
    """`current`: the archive's newest version; `version`, `seq`: what the journal is over and how
    long it is; `indexed`: how much of it the search knows."""

    current: int
    version: int
    seq: int
    indexed: int = 0


def head_of(connection: Connection, issue_id: str) -> Head:
    issues, heads = catalogue_tables.issues, tables.heads
    row = connection.execute(
        select(issues.c.current_version, heads.c.version, heads.c.seq, heads.c.indexed_seq)
        .select_from(issues.outerjoin(heads, heads.c.issue_id == issues.c.id))
        .where(issues.c.id == issue_id)
    ).first()
    if row is None:
        return Head(0, 0, 0)
    current = int(row[0])
    return Head(current, int(row[1] or current), int(row[2] or 0), int(row[3] or 0))


def loaded(connection: Connection, archive: Archive, issue_id: str, version: int) -> Document:
    """The document over a version of the machine's result, from the journal's rows. Operations
    made over other versions count as known, so that none is ever applied a second time."""
    document = replayed(
        load_version(archive, issue_id, version), entries_of(connection, issue_id, version, 0)
    )
    table = tables.journal
    known = connection.execute(select(table.c.id, table.c.seq).where(table.c.issue_id == issue_id))
    by_id = {str(row[0]): int(row[1]) for row in known}
    return replace(document, by_id=by_id, seq=max(by_id.values(), default=0))


def lock_head(connection: Connection, issue_id: str) -> None:
    """Makes the issue's head row and holds it to the end of the transaction."""
    there = connection.execute(
        select(tables.heads.c.seq).where(tables.heads.c.issue_id == issue_id).with_for_update()
    ).first()
    if there is None:
        head = head_of(connection, issue_id)
        row = {
            "issue_id": issue_id,
            "seq": 0,
            "version": head.current,
            "changed_at": 0.0,
            "indexed_seq": 0,
            "queued_seq": -1,
            "queued_version": 0,
        }
        if connection.dialect.name == "postgresql":
            from sqlalchemy.dialects.postgresql import insert as upsert

            connection.execute(upsert(tables.heads).values(**row).on_conflict_do_nothing())
            connection.execute(
                select(tables.heads.c.seq)
                .where(tables.heads.c.issue_id == issue_id)
                .with_for_update()
            )
        else:
            connection.execute(insert(tables.heads).values(**row))


def entries_of(
    connection: Connection, issue_id: str, version: int, after: int
) -> tuple[Logged, ...]:
    table = tables.journal
    rows = connection.execute(
        select(table)
        .where(table.c.issue_id == issue_id, table.c.version == version, table.c.seq > after)
        .order_by(table.c.seq)
    ).mappings()
    return tuple(logged(row) for row in rows)


def logged(row: Mapping[Any, Any]) -> Logged:
    """The entry of a row. Raises DataInvalid when the row was tampered with."""
    return Logged(
        int(row["seq"]),
        str(row["id"]),
        parse_operation(row["operation"], f"corrections[{row['seq']}]", own=True),
        str(row["by"]),
        stamp(float(row["at"])),
        int(row["origin"]),
    )


def stamp(seconds: float) -> str:
    """UTC in ISO 8601, to the second."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def page_touched(document: Document, entry: Logged) -> str:
    """The page an operation was about; empty when it was about no one page."""
    for key, (before, after) in entry.delta.items():
        entity = after if after is not None else before
        if isinstance(entity, PageEntry):
            return entity.id
        if isinstance(entity, RegionEntry):
            return entity.page
        if isinstance(entity, LineEntry):
            region = document.region(entity.region)
            if region is not None:
                return region.page
        if isinstance(entity, ArticleEntry) and len(entity.article.parts) == 1:
            return entity.article.parts[0].page
        if key.startswith("note:") and key[5:] in document.entities:
            noted = document.entities[key[5:]]
            if isinstance(noted, PageEntry):
                return noted.id
    return ""


def corrected(archive: Archive, issue_id: str, version: int, issue: Issue) -> Issue:
    """The issue with all corrections. `issue` is what the machine read in `version`; corrections
    made over an earlier one are carried over first."""
    from .compose import issue_of

    head = archive.catalogue.query(lambda c: head_of(c, issue_id))
    if not head.seq:
        return issue
    if head.version != version:
        return issue_of(Journal(archive).document(issue_id))
    entries = archive.catalogue.query(lambda c: entries_of(c, issue_id, version, 0))
    return issue_of(replayed(issue, entries))
