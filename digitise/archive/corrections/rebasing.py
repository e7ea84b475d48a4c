"""When an issue has been read anew: its journal goes on over the new result, and where machine and
people now disagree is kept for them to look at."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from ...errors import DigitiseError
from ...sources import digest
from ..library import Archive, load_version, page_ref
from . import tables
from .apply import Folding
from .carrying import Carried, carried_over
from .document import Document, Logged, document_of
from .journal import Held, head_of, loaded, lock_head, page_touched
from .wire import dump_operation


def move_to_current(archive: Archive, issue_id: str) -> Held:
    """Carries the corrections of an issue over to its current version; does nothing when that is
    done. Raises InputMissing, DataInvalid."""
    return archive.catalogue.transact(lambda c: move(c, archive, issue_id))


def move(connection: Connection, archive: Archive, issue_id: str) -> Held:
    """The same within a transaction."""
    lock_head(connection, issue_id)
    head = head_of(connection, issue_id)
    if head.version == head.current:
        return Held(head.current, loaded(connection, archive, issue_id, head.current))
    old = loaded(connection, archive, issue_id, head.version)
    issue = load_version(archive, issue_id, head.current)
    pairs = _pairs(archive, issue_id, old, head.version, head.current)
    work = carried_over(old, issue, pairs)
    images = {page: _picture(archive, issue_id, page, head.current) for page in pairs}
    by = _authors(connection, issue_id)
    folding = Folding(document_of(issue))
    rows = []
    for n, (origin, operation) in enumerate(work.operations, 1):
        seq = head.seq + n
        name, at = by.get(origin, ("", 0.0))
        entry = Logged(seq, f"carried-{head.current}-{n}", operation, name, origin=origin)
        folding.add(entry)
        document = folding.document()
        page = page_touched(document, document.log[seq])
        rows.append(
            {
                "issue_id": issue_id, "seq": seq, "id": entry.id, "version": head.current,
                "origin": origin, "page": page, "image": images.get(page, ""),
                "operation": dump_operation(operation), "by": name, "at": at,
            }
        )  # fmt: skip
    if rows:
        connection.execute(insert(tables.journal), rows)
    connection.execute(
        update(tables.heads)
        .where(tables.heads.c.issue_id == issue_id)
        .values(version=head.current, seq=head.seq + len(rows))
    )
    _keep(connection, issue_id, head.current, work)
    return Held(head.current, loaded(connection, archive, issue_id, head.current))


def _pairs(
    archive: Archive, issue_id: str, old: Document, before: int, after: int
) -> dict[str, str]:
    """{page of the new version: page of the old one} that show the same picture."""
    theirs: dict[str, str] = {}
    for page in old.machine.pages:
        theirs.setdefault(_picture(archive, issue_id, page.id, before) or page.id, page.id)
    out: dict[str, str] = {}
    for page in load_version(archive, issue_id, after).pages:
        was = theirs.get(_picture(archive, issue_id, page.id, after) or page.id)
        if was is not None and was not in out.values() and not page.error:
            out[page.id] = was
    return out


def _picture(archive: Archive, issue_id: str, page: str, version: int) -> str:
    try:
        return digest(page_ref(archive, issue_id, page, version))
    except DigitiseError:
        return ""


def _authors(connection: Connection, issue_id: str) -> dict[int, tuple[str, float]]:
    table = tables.journal
    rows = connection.execute(
        select(table.c.seq, table.c.by, table.c.at).where(table.c.issue_id == issue_id)
    )
    return {int(r[0]): (str(r[1]), float(r[2])) for r in rows}


def _keep(connection: Connection, issue_id: str, version: int, work: Carried) -> None:
    table = tables.disagreements
    connection.execute(delete(table).where(table.c.issue_id == issue_id))
    if work.disagreements:
        rows = [
            {
                "issue_id": issue_id, "version": version, "line": d.line, "page": d.page,
                "kind": d.kind, "machine_old": d.machine_old, "machine_new": d.machine_new,
                "human": d.human, "resolved": False,
            }
            for d in work.disagreements
        ]  # fmt: skip
        connection.execute(insert(table), rows)


def list_disagreements(archive: Archive, issue_id: str) -> list[dict[str, Any]]:
    """As JSON values, those to be looked at first."""
    table = tables.disagreements
    query = (
        select(table)
        .where(table.c.issue_id == issue_id)
        .order_by(table.c.resolved, table.c.page, table.c.key)
    )
    names = ("line", "page", "kind", "machine_old", "machine_new", "human", "resolved")

    def work(connection: Connection) -> list[dict[str, Any]]:
        return [
            {"id": row["key"], **{name: row[name] for name in names}}
            for row in connection.execute(query).mappings()
        ]

    return archive.catalogue.query(work)


def count_disagreements(archive: Archive, issue_id: str) -> int:
    table = tables.disagreements
    query = select(func.count()).where(table.c.issue_id == issue_id, table.c.resolved.is_(False))
    return archive.catalogue.query(lambda c: int(c.execute(query).scalar_one()))


def resolve_disagreement(archive: Archive, issue_id: str, key: int) -> None:
    table, heads = tables.disagreements, tables.heads

    def work(connection: Connection) -> None:
        mine = (table.c.issue_id == issue_id) & (table.c.key == key)
        connection.execute(update(table).where(mine).values(resolved=True))
        # The queue tells how many are left.
        connection.execute(update(heads).where(heads.c.issue_id == issue_id).values(queued_seq=-1))

    archive.catalogue.transact(work)
