"""Putting a version of an issue in its place, so that it is there whole or not at all.

1. `reserve`: one transaction decides which issue and version it is to be. Asked again for the
   same unit, it gives the same answer.
2. `put_in_place`: the files go to their place one by one, version.json last. Doing it again
   does no harm.
3. `settle`: one transaction makes it the current version.

A process may be killed between any two steps; the next one goes on from what the catalogue says.
Readers only see versions that are settled.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from . import places, tables
from .indexing import Rows, enter_version
from .library import Archive
from .records import PageSource, VersionRecord, dump_manifest, dump_record, sha256
from .sketch import likeness
from .store import sha256_of

ALIKE = 0.3
"""Likeness of texts from which a delivery of another name counts as the same issue again. Two
readings of one scan, with one character in ten misread, still have about 0.55; two issues of one
paper have less than 0.1."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is known of a version before it has its place. `digest`: of the content delivered;
    `name`: what the delivery was called; `sketch`: of its text; `unit`: the ledger's."""

    slug: str
    title: str
    date: str
    name: str
    digest: str
    sketch: tuple[int, ...] = ()
    edition: str = ""
    unit: str = ""
    cn: str = ""
    issn: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a version goes. `same_day`: the issue it shares its title and date with, though it
    is another one; empty when there is none. `standing`: slug, name of the title and date of an
    issue that was delivered before, whatever is read now; empty for another."""

    issue: str
    folder: str
    edition: str
    number: int
    delivery: int
    new_delivery: bool
    same_day: str = ""
    standing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """Files ready to be put in place: `originals` and `made` map names to files of this machine
    that may be moved away. `made` holds "issue.json" and "derived/...". `checksums` are those of
    the originals."""

    originals: Mapping[str, Path]
    checksums: Mapping[str, str]
    made: Mapping[str, Path]
    pages: tuple[PageSource, ...]
    complete: bool
    software: str
    options: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def reserve(archive: Archive, parcel: Parcel) -> Place:
    """The place of a version; the same one each time for the same unit."""
    on_disk = _Disk(archive)
    for _ in range(20):
        # Another that reserved a place in the same issue just now was quicker.
        with contextlib.suppress(IntegrityError):
            return archive.catalogue.transact(lambda c: _reserve(c, parcel, on_disk))
    return archive.catalogue.transact(lambda c: _reserve(c, parcel, on_disk))


class _Disk:
    """Versions that lie in the folder though the catalogue does not know them are not written
    over."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def highest(self, folder: str, what: str) -> int:
        names = self._archive.store.names(f"{folder}/{what}")
        return max((int(name) for name in names if name.isdecimal()), default=0)


def _reserve(connection: Connection, parcel: Parcel, disk: _Disk) -> Place:
    v, i = tables.versions.c, tables.issues.c
    if parcel.unit:
        query = (
            select(tables.versions, i.folder, i.edition)
            .join(tables.issues, i.id == v.issue_id)
            .where(v.unit == parcel.unit)
        )
        if (row := connection.execute(query).first()) is not None:
            again = select(v.number).where(
                v.issue_id == row.issue_id, v.delivery == row.delivery, v.number < row.number
            )
            new = connection.execute(again).first() is None
            ours = row.issue_id, row.folder, row.edition, row.number, row.delivery
            return Place(*ours, new)
    same_day, standing = "", list[str]()
    before = _delivered_before(connection, parcel)
    if before is not None:
        issue, folder, wanted, *standing = before
        known = _versions(connection, issue)
    else:
        _ensure_title(connection, parcel)
        wanted = parcel.edition
        count = 1
        while True:
            issue = places.issue_id(parcel.slug, parcel.date, wanted, parcel.name)
            folder = places.issue_folder(parcel.slug, parcel.date, wanted, parcel.name)
            known = _versions(connection, issue)
            if not known or _same_issue(parcel, known):
                break
            same_day = same_day or issue
            count += 1
            wanted = f"{parcel.edition}-{count}" if parcel.edition else str(count)
    if connection.execute(select(i.id).where(i.id == issue)).first() is None:
        now = time.time()
        connection.execute(
            insert(tables.issues).values(
                id=issue, title_id=parcel.slug, date=parcel.date, edition=wanted, folder=folder,
                added_at=now, changed_at=now,
            )
        )  # fmt: skip
    alike = next((row for row in known if row.digest == parcel.digest), None)
    number = 1 + max([row.number for row in known] + [disk.highest(folder, "versions")])
    delivery = (
        alike.delivery
        if alike
        else 1 + max([row.delivery for row in known] + [disk.highest(folder, "originals")])
    )
    connection.execute(
        insert(tables.versions).values(
            issue_id=issue, number=number, state="placing", digest=parcel.digest,
            delivery=delivery, unit=parcel.unit or None, name=parcel.name,
            sketch=list(parcel.sketch), added_at=time.time(),
        )
    )  # fmt: skip
    new = alike is None
    return Place(issue, folder, wanted, number, delivery, new, same_day, tuple(standing))


def _delivered_before(connection: Connection, parcel: Parcel) -> tuple[str, ...] | None:
    """The issue that the same scans of the same name are, whatever title and date an engine now
    reads on them: id, folder, edition, slug, name of the title, date."""
    v, i, t = tables.versions.c, tables.issues.c, tables.titles.c
    query = (
        select(i.id, i.folder, i.edition, i.title_id, t.name, i.date)
        .join(tables.versions, v.issue_id == i.id)
        .join(tables.titles, t.id == i.title_id)
        .where(v.digest == parcel.digest, v.name == parcel.name, v.state == "whole")
        .order_by(v.added_at.desc(), v.number.desc())
    )
    if parcel.edition:
        query = query.where(i.edition == parcel.edition)
    row = connection.execute(query).first()
    return tuple(str(value) for value in row) if row else None


def _versions(connection: Connection, issue: str) -> Sequence[Any]:
    v = tables.versions.c
    query = select(tables.versions).where(v.issue_id == issue).order_by(v.number)
    return connection.execute(query).all()


def _same_issue(parcel: Parcel, known: object) -> bool:
    """Whether a delivery of the same title and date is that issue again: by its content, its
    name, or its text."""
    rows = list(known)  # type: ignore[call-overload]
    return any(
        row.digest == parcel.digest
        or row.name == parcel.name
        or likeness(row.sketch, parcel.sketch) >= ALIKE
        for row in rows
    )


def _ensure_title(connection: Connection, parcel: Parcel) -> None:
    there = select(tables.titles.c.id).where(tables.titles.c.id == parcel.slug)
    if connection.execute(there).first() is None:
        connection.execute(
            insert(tables.titles).values(
                id=parcel.slug, name=parcel.title or parcel.slug, cn=parcel.cn, issn=parcel.issn
            )
        )


def put_in_place(archive: Archive, parcel: Parcel, place: Place, contents: Contents) -> None:
    """Moves the files to where they belong. Raises OutputUnwritable; to be called again then."""
    store = archive.store
    for part in ("originals", f"versions/{place.number}", f"derived/{place.number}"):
        store.sweep(f"{place.folder}/{part}")
    record_key = places.version_key(place.folder, place.number, places.VERSION)
    if store.exists(record_key):
        return
    placed: list[str] = []
    if place.new_delivery:
        for name, path in sorted(contents.originals.items()):
            key = places.original_key(place.folder, place.delivery, name)
            store.place(path, key)
            placed.append(key)
        manifest = dump_manifest(contents.checksums, place.delivery)
        store.put(places.manifest_key(place.folder, place.delivery), manifest)
    files: dict[str, str] = {}
    for name, path in sorted(contents.made.items()):
        inside = name.removeprefix("derived/")
        key = (
            places.derived_key(place.folder, place.number, inside)
            if inside != name
            else places.version_key(place.folder, place.number, name)
        )
        # What was moved before the process was killed is measured where it now is.
        files[name] = sha256_of(path) if path.exists() else store.sha256(key)
        store.place(path, key)
        placed.append(key)
    store.flush(placed)
    slug, title, date = place.standing or (parcel.slug, parcel.title, parcel.date)
    record = VersionRecord(
        issue=place.issue,
        slug=slug,
        title=title,
        date=date,
        edition=place.edition,
        number=place.number,
        delivery=place.delivery,
        name=parcel.name,
        digest=parcel.digest,
        complete=contents.complete,
        software=contents.software,
        options=contents.options,
        pages=contents.pages,
        files=files,
    )
    store.put(record_key, dump_record(record))


def settle(
    archive: Archive,
    place: Place,
    rows: Rows,
    issue_sha256: str,
    software: str,
    also: Callable[[Connection], None] = lambda _connection: None,
) -> None:
    """Makes the version the issue's current one, in one transaction with whatever `also` does.

    `rows` are of what readers and searches are to find, if nobody corrected an earlier version:
    else what people did is carried over, and all of it is seen at once.
    """

    def work(connection: Connection) -> None:
        from .corrections.searchable import carry, hold

        hold(connection, place.issue)
        v, i = tables.versions.c, tables.issues.c
        connection.execute(
            update(tables.versions)
            .where(v.issue_id == place.issue, v.number == place.number)
            .values(state="whole", issue_sha256=issue_sha256, software=software)
        )
        current = connection.execute(
            select(i.current_version).where(i.id == place.issue)
        ).scalar_one()
        if place.number >= current:
            connection.execute(
                update(tables.issues)
                .where(i.id == place.issue)
                .values(current_version=place.number)
            )
            if not carry(connection, archive, place.issue):
                enter_version(connection, place.issue, rows)
        also(connection)

    archive.catalogue.transact(work)


__all__ = ["ALIKE", "Contents", "Parcel", "Place", "put_in_place", "reserve", "settle", "sha256"]
