"""The catalogue made anew from the folder."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, delete, insert, select, text, update

from ..formats.issue_json import load_issue
from . import places, tables
from .checking import issue_folders
from .indexing import enter_version, reindex, rows_of
from .library import Archive
from .records import VersionRecord, load_record, sha256
from .sketch import sketch, text_of


def rebuild(
    archive: Archive, progress: Callable[[str], None] = lambda _key: None
) -> tuple[int, int]:
    """Enters every whole version of the folder in the catalogue and drops what is not there;
    gives the numbers of issues and versions. The ledger and all corrections stay as they are.

    Each issue is one transaction: a rebuild that is interrupted is simply begun again. Raises
    DataInvalid when a version's files cannot be understood.
    """
    found: set[str] = set()
    versions = 0
    for folder, keys in issue_folders(archive):
        names = [k for k in keys if k.endswith(f"/{places.VERSION}") and "/versions/" in k]
        records = sorted(
            (load_record(archive.store.read(key), key) for key in names), key=lambda r: r.number
        )
        if not records:
            continue
        progress(folder)
        _enter(archive, folder, records)
        found.add(records[0].issue)
        versions += len(records)
    _drop_others(archive, found)
    return len(found), versions


def _enter(archive: Archive, folder: str, records: list[VersionRecord]) -> None:
    last = records[-1]
    loaded = []
    for record in records:
        key = places.version_key(folder, record.number, places.ISSUE)
        data = archive.store.read(key)
        loaded.append((record, sha256(data), load_issue(data, key)))
    issue = loaded[-1][2]
    added = [
        archive.store.changed_at(places.version_key(folder, r.number, places.VERSION))
        for r in records
    ]
    rows = rows_of(last.issue, issue)

    def work(connection: Connection) -> None:
        t, i, v = tables.titles.c, tables.issues.c, tables.versions.c
        if connection.execute(select(t.id).where(t.id == last.slug)).first() is None:
            connection.execute(
                insert(tables.titles).values(
                    id=last.slug, name=last.title or last.slug, cn=issue.masthead.cn,
                    issn=issue.masthead.issn,
                )
            )  # fmt: skip
        facts = {
            "title_id": last.slug, "date": last.date, "edition": last.edition, "folder": folder,
            "current_version": last.number,
        }  # fmt: skip
        there = connection.execute(update(tables.issues).where(i.id == last.issue).values(**facts))
        if not there.rowcount:
            connection.execute(
                insert(tables.issues).values(
                    id=last.issue, added_at=added[0], changed_at=added[-1], **facts
                )
            )
        units = {
            row.number: row.unit
            for row in connection.execute(
                select(v.number, v.unit).where(v.issue_id == last.issue, v.state == "whole")
            )
        }
        connection.execute(
            delete(tables.versions).where(v.issue_id == last.issue, v.state == "whole")
        )
        for (record, digest, read), at in zip(loaded, added, strict=True):
            busy = v.issue_id == record.issue, v.number == record.number
            connection.execute(delete(tables.versions).where(*busy))
            connection.execute(
                insert(tables.versions).values(
                    issue_id=record.issue, number=record.number, state="whole",
                    digest=record.digest, delivery=record.delivery, name=record.name,
                    unit=units.get(record.number), sketch=sketch(text_of(read)),
                    issue_sha256=digest, software=record.software, added_at=at,
                )
            )  # fmt: skip
        enter_version(connection, last.issue, rows)

    archive.catalogue.transact(work)
    reindex(archive, last.issue)  # corrections stay on top


def _drop_others(archive: Archive, found: set[str]) -> None:
    """Issues the folder does not have; those being taken in just now are left."""

    def work(connection: Connection) -> None:
        i, v = tables.issues.c, tables.versions.c
        there = {row.id for row in connection.execute(select(i.id))}
        busy = {
            r.issue_id for r in connection.execute(select(v.issue_id).where(v.state != "whole"))
        }
        for issue in sorted(there - found - busy):
            _drop(connection, issue)

    archive.catalogue.transact(work)


def _drop(connection: Connection, issue: str) -> None:
    from .searching import forget

    a = tables.articles.c
    keys = [row.key for row in connection.execute(select(a.key).where(a.issue_id == issue))]
    forget(connection, keys)
    for table in (tables.articles, tables.pages, tables.versions):
        connection.execute(delete(table).where(table.c.issue_id == issue))
    connection.execute(delete(tables.issues).where(tables.issues.c.id == issue))


def vacuum(archive: Archive) -> None:
    """Has the database tidy itself after much was rewritten."""
    if not archive.catalogue.postgres:
        archive.catalogue.transact(
            lambda c: c.execute(
                text("INSERT INTO article_search (article_search) VALUES ('optimize')")
            )
        )
