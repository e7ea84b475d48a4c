"""What the search knows of an issue that people work on, kept at what they last made of it."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from ..indexing import rows_of, write_rows
from ..library import Archive
from . import tables
from .compose import issue_of
from .journal import Journal, head_of, lock_head
from .rebasing import move


def bring_up(journal: Journal, issue_id: str, *, always: bool = False) -> None:
    """Enters the issue as it stands now, unless the search knows it so already; `always`: even
    then. What is older is never entered over what is newer, whoever else does the same meanwhile.
    Raises InputMissing for an issue that is not in the archive."""
    held = journal.held(issue_id)
    seq = held.document.seq
    rows = rows_of(issue_id, issue_of(held.document))

    def work(connection: Connection) -> None:
        lock_head(connection, issue_id)
        head = head_of(connection, issue_id)
        # Whoever adds a version enters it; this one is then of the past.
        if head.current == held.version and (
            head.indexed < seq or (always and head.indexed == seq)
        ):
            write_rows(connection, issue_id, rows)
            heads = tables.heads
            mark = update(heads).where(heads.c.issue_id == issue_id).values(indexed_seq=seq)
            connection.execute(mark)

    journal.archive.catalogue.transact(work)


def hold(connection: Connection, issue_id: str) -> None:
    """Keeps the issue's corrections as they are to the end of the transaction, if there are any:
    first of all, as everybody does who writes there."""
    heads = tables.heads
    query = select(heads.c.seq).where(heads.c.issue_id == issue_id)
    connection.execute(query.with_for_update()).first()


def carry(connection: Connection, archive: Archive, issue_id: str) -> bool:
    """Carries the corrections of an issue over to its current version and enters what comes of
    it, within the caller's transaction; False when nobody corrected it."""
    if not head_of(connection, issue_id).seq:
        return False
    held = move(connection, archive, issue_id)
    write_rows(connection, issue_id, rows_of(issue_id, issue_of(held.document)))
    heads = tables.heads
    mark = update(heads).where(heads.c.issue_id == issue_id)
    connection.execute(mark.values(indexed_seq=held.document.seq))
    return True


def behind(journal: Journal, after: float = 0.0, limit: int = 20) -> tuple[str, ...]:
    """Issues whose corrections the search does not know, `after` seconds since the last one by
    the clock that all processes share, with 0 whatever it says; those last worked on first."""
    heads = tables.heads
    query = (
        select(heads.c.issue_id)
        .where(heads.c.seq != heads.c.indexed_seq)
        .order_by(heads.c.changed_at.desc(), heads.c.issue_id)
        .limit(limit)
    )
    if after > 0:
        query = query.where(heads.c.changed_at <= journal.archive.catalogue.now() - after)
    return journal.archive.catalogue.query(lambda c: tuple(str(r[0]) for r in c.execute(query)))
