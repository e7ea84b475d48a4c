"""Is everything in the archive as it should be: the folder in itself, and against the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, select

from ..errors import DigitiseError
from . import places, tables
from .library import Archive
from .records import VersionRecord, load_manifest, load_record

Kind = Literal["missing", "changed", "extra", "unfinished", "damaged", "catalogue"]


@dataclass(frozen=True, slots=True)
class Fault:
    """`key`: the file or folder; `text` in English and Chinese."""

    kind: Kind
    key: str
    text: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    files: int
    faults: tuple[Fault, ...]


_TEXTS: Mapping[Kind, tuple[str, str]] = {
    "missing": ("{key} is missing", "缺少 {key}"),
    "changed": ("{key} is not what it was", "{key} 内容已被改动"),
    "extra": ("{key} belongs to nothing", "{key} 不属于任何记录"),
    "unfinished": (
        "{key} is a version that was never finished",
        "{key} 是未完成的版本",
    ),
    "damaged": ("{key} cannot be understood", "{key} 已损坏，无法读取"),
    "catalogue": ("{key} differs between folder and catalogue", "{key} 在文件夹与目录库中不一致"),
}


def fault(kind: Kind, key: str) -> Fault:
    english, chinese = _TEXTS[kind]
    return Fault(kind, key, (english.format(key=key), chinese.format(key=key)))


def check(
    archive: Archive, *, contents: bool = True, progress: Callable[[str], None] = lambda _k: None
) -> Verdict:
    """Checks every issue's files against their checksums and records, and these against the
    catalogue. `contents` False looks at names alone. Changes nothing."""
    faults: list[Fault] = []
    files = 0
    records: dict[tuple[str, int], VersionRecord] = {}
    placing = archive.catalogue.query(_placing)
    for folder, keys in issue_folders(archive):
        progress(folder)
        files += len(keys)
        found, more = _folder(archive, folder, keys, contents, placing)
        faults += more
        for record in found:
            records[record.issue, record.number] = record
    faults += archive.catalogue.query(lambda c: _against(c, records))
    return Verdict(files, tuple(sorted(faults, key=lambda f: (f.key, f.kind))))


def issue_folders(archive: Archive) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each issue's folder with the keys of all its files; files outside any issue come under the
    folder of their title."""
    for title in archive.store.names():
        if not places.is_title(title) or title in (places.MARK, places.CATALOGUE):
            continue
        if title.startswith(f"{places.CATALOGUE}-"):
            continue
        folder = ""
        keys: list[str] = []
        for key in archive.store.keys(title):
            parts = key.split("/")
            inside = next((n for n, p in enumerate(parts) if p in _PARTS and n >= 2), 0)
            here = "/".join(parts[:inside]) if inside else title
            if here != folder and keys:
                yield folder, tuple(keys)
                keys = []
            folder = here
            keys.append(key)
        if keys:
            yield folder, tuple(keys)


_PARTS = ("originals", "versions", "derived")


def _folder(
    archive: Archive,
    folder: str,
    keys: tuple[str, ...],
    contents: bool,
    placing: frozenset[str],
) -> tuple[list[VersionRecord], list[Fault]]:
    left = set(keys)
    faults: list[Fault] = []
    records: list[VersionRecord] = []
    manifests: set[int] = set()
    numbers = {k.split("/")[-2] for k in keys if k.startswith(f"{folder}/versions/")}
    for number in sorted(int(n) for n in numbers if n.isdecimal()):
        key = places.version_key(folder, number, places.VERSION)
        if key not in left:
            if places.version_key(folder, number) not in placing:
                faults.append(fault("unfinished", places.version_key(folder, number)))
            for other in keys:
                if other.startswith((places.version_key(folder, number, "") + "/",
                                     places.derived_key(folder, number) + "/")):  # fmt: skip
                    left.discard(other)
            continue
        left.discard(key)
        try:
            record = load_record(archive.store.read(key), key)
        except DigitiseError:
            faults.append(fault("damaged", key))
            continue
        records.append(record)
        manifests.add(record.delivery)
        for name, digest in record.files.items():
            inside = name.removeprefix("derived/")
            place = (
                places.derived_key(folder, number, inside)
                if inside != name
                else places.version_key(folder, number, name)
            )
            faults += _one(archive, place, digest, left, contents)
    for delivery in sorted(manifests):
        key = places.manifest_key(folder, delivery)
        if key not in left:
            faults.append(fault("missing", key))
            continue
        left.discard(key)
        for name, digest in load_manifest(archive.store.read(key)).items():
            faults += _one(archive, f"{folder}/originals/{name}", digest, left, contents)
    busy = any(key.startswith(f"{folder}/") for key in placing)
    faults += [fault("extra", key) for key in sorted(left) if not busy]
    return records, faults


def _one(
    archive: Archive, key: str, digest: str, left: set[str], contents: bool
) -> Iterator[Fault]:
    if key not in left:
        yield fault("missing", key)
        return
    left.discard(key)
    try:
        if contents and archive.store.sha256(key) != digest:
            yield fault("changed", key)
    except (DigitiseError, OSError):
        yield fault("damaged", key)


def _placing(connection: Connection) -> frozenset[str]:
    """Folders of versions that are being put in their place just now."""
    v, i = tables.versions.c, tables.issues.c
    rows = connection.execute(
        select(i.folder, v.number).where(v.issue_id == i.id, v.state != "whole")
    )
    return frozenset(places.version_key(row.folder, row.number) for row in rows)


def _against(
    connection: Connection, records: Mapping[tuple[str, int], VersionRecord]
) -> Iterator[Fault]:
    v, i = tables.versions.c, tables.issues.c
    rows = connection.execute(
        select(v.issue_id, v.number, v.digest, i.current_version)
        .join(tables.issues, i.id == v.issue_id)
        .where(v.state == "whole")
    ).all()
    known = {(row.issue_id, row.number): row for row in rows}
    out = [
        fault("catalogue", f"{issue}/{number}")
        for issue, number in sorted(records.keys() ^ known.keys())
    ]
    out += [
        fault("catalogue", f"{issue}/{number}")
        for (issue, number), row in sorted(known.items())
        if (issue, number) in records and records[issue, number].digest != row.digest
    ]
    highest: dict[str, int] = {}
    for issue, number in records:
        highest[issue] = max(number, highest.get(issue, 0))
    out += [
        fault("catalogue", row.issue_id)
        for row in rows
        if row.number == highest.get(row.issue_id) and row.current_version != row.number
    ]
    return iter(out)
