"""What is in an archive: its issues, their current text, the pictures of their pages."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from PIL import Image
from sqlalchemy import ColumnElement, Connection, and_, func, select

from ..errors import DigitiseError, InputMissing, PageUnknown
from ..formats.issue_json import load_issue
from ..model import Gray, Issue
from ..options import Options
from ..sources import PageRef, load_scan
from . import places, tables
from .catalogue import Catalogue, open_catalogue, sqlite_url
from .records import PageSource, VersionRecord, load_record
from .store import Store, open_store


@dataclass(frozen=True, slots=True)
class Archive:
    store: Store
    catalogue: Catalogue


@dataclass(frozen=True, slots=True)
class IssueEntry:
    """An issue as the catalogue has it. `version` is the current one."""

    id: str
    title_id: str
    title: str
    date: str
    edition: str
    folder: str
    version: int
    issue_number: str
    weekday: str
    lunar_date: str
    pages: int
    articles: int
    characters: int
    confidence: float
    complete: bool
    unresolved: int
    added_at: float
    changed_at: float


def open_archive(
    address: str | Path, catalogue: str = "", *, create: bool = False, patience: float = 300.0
) -> Archive:
    """The archive at a folder or fsspec address, with its catalogue: the SQLAlchemy URL given,
    else the one archive.toml names, else SQLite beside the files.

    `create` makes what is not there. Raises InputMissing when there is no archive, UsageError
    for addresses not understood, CatalogueUnavailable, OutputUnwritable.
    """
    from .settings import EMPTY, catalogue_url

    store = open_store(address)
    if not store.exists(places.MARK):
        if not create:
            raise no_archive(store.address)
        store.put(places.MARK, EMPTY)
    url = catalogue or catalogue_url(store)
    if not url and store.root is not None:
        url = sqlite_url(store.root / places.CATALOGUE)
    if not url:
        from ..errors import UsageError

        raise UsageError(
            (
                f"The archive {store.address} is not a folder of this machine: its catalogue "
                "has to be named.",
                f"档案库 {store.address} 不在本机文件夹中，须指明目录库。",
            ),
            ("Add --catalogue postgresql://...", "请加 --catalogue postgresql://…"),
        )
    return Archive(store, open_catalogue(url, patience=patience))


def no_archive(address: str) -> InputMissing:
    return InputMissing(
        (f"There is no archive at {address}.", f"{address} 处没有档案库。"),
        (
            "Make one: digitise archive init FOLDER, or ingest into it.",
            "请先建立：digitise archive init 文件夹，或直接收入。",
        ),
    )


def list_issues(
    archive: Archive,
    *,
    title: str = "",
    since: str = "",
    until: str = "",
    limit: int = 0,
    offset: int = 0,
) -> tuple[IssueEntry, ...]:
    """Issues with a whole version, by title, date and edition. `since`, `until`: YYYY-MM-DD,
    both included; `limit` 0 is no limit."""

    def work(connection: Connection) -> tuple[IssueEntry, ...]:
        conditions: list[ColumnElement[bool]] = [tables.issues.c.current_version > 0]
        if title:
            conditions.append((tables.titles.c.id == title) | (tables.titles.c.name == title))
        if since:
            conditions.append(tables.issues.c.date >= since)
        if until:
            conditions.append(tables.issues.c.date <= until)
        order = tables.issues.c.title_id, tables.issues.c.date, tables.issues.c.id
        query = _entries().where(and_(*conditions)).order_by(*order)
        query = query.limit(limit).offset(offset) if limit else query
        return tuple(_entry(row) for row in connection.execute(query).mappings())

    return archive.catalogue.query(work)


def count_issues(archive: Archive) -> int:
    there = select(func.count()).where(tables.issues.c.current_version > 0)
    return archive.catalogue.query(lambda c: int(c.execute(there).scalar_one()))


def find_issue(archive: Archive, issue_id: str) -> IssueEntry:
    """Raises InputMissing when the archive has no such issue."""
    query = _entries().where(tables.issues.c.id == issue_id, tables.issues.c.current_version > 0)
    row = archive.catalogue.query(lambda c: c.execute(query).mappings().first())
    if row is None:
        raise InputMissing(
            (f"The archive has no issue {issue_id}.", f"档案库中没有 {issue_id} 这一期。"),
            ("List them: digitise archive list.", "可用 digitise archive list 列出各期。"),
        )
    return _entry(row)


def _entries() -> Any:
    issues, titles = tables.issues, tables.titles
    return select(issues, titles.c.name.label("title")).join(
        titles, titles.c.id == issues.c.title_id
    )


def _entry(row: Mapping[Any, Any]) -> IssueEntry:
    same = (
        "id", "title_id", "title", "date", "edition", "folder", "issue_number", "weekday",
        "lunar_date", "pages", "articles", "characters", "confidence", "complete", "unresolved",
        "added_at", "changed_at",
    )  # fmt: skip
    return IssueEntry(**{n: row[n] for n in same}, version=row["current_version"])


def load_version(archive: Archive, issue_id: str, version: int = 0) -> Issue:
    """An issue as the machine read it; `version` 0 is the current one. Raises InputMissing,
    DataInvalid."""
    entry = find_issue(archive, issue_id)
    key = places.version_key(entry.folder, version or entry.version, places.ISSUE)
    return load_issue(archive.store.read(key), key)


def current_issue(archive: Archive, issue_id: str) -> Issue:
    """The issue as it stands today: the current version with all corrections made to it.

    Corrections are not this module's: where `digitise.archive.corrections` has a function
    `corrected(archive, issue_id, version, issue) -> Issue`, it is asked.
    """
    entry = find_issue(archive, issue_id)
    issue = load_version(archive, issue_id, entry.version)
    try:
        corrections = import_module(f"{__package__}.corrections")
    except ModuleNotFoundError:
        return issue
    apply = getattr(corrections, "corrected", None)
    if apply is None:
        return issue
    result: Issue = apply(archive, issue_id, entry.version, issue)
    return result


def version_record(archive: Archive, issue_id: str, version: int = 0) -> VersionRecord:
    """What a version was made from. Raises InputMissing, DataInvalid."""
    entry = find_issue(archive, issue_id)
    key = places.version_key(entry.folder, version or entry.version, places.VERSION)
    return load_record(archive.store.read(key), key)


def page_ref(archive: Archive, issue_id: str, page_id: str, version: int = 0) -> PageRef:
    """The page in its original file, for everything `sources` can do with one.

    Raises InputMissing, PageUnknown.
    """
    entry = find_issue(archive, issue_id)
    record = version_record(archive, issue_id, version or entry.version)
    page = record.page(page_id)
    if page is None:
        known = ", ".join(p.id for p in record.pages)
        raise PageUnknown(
            (f"{issue_id} has no page {page_id}.", f"{issue_id} 没有 {page_id} 页。"),
            (f"It has: {known}.", f"现有：{known}。"),
        )
    key = places.original_key(entry.folder, record.delivery, page.file)
    return ref_of(page, record.pages, archive.store.local(key))


def ref_of(page: PageSource, pages: Sequence[PageSource], path: Path) -> PageRef:
    number = next(n for n, other in enumerate(pages, 1) if other.id == page.id)
    several = sum((p.file, p.member) == (page.file, page.member) for p in pages) > 1
    shown = f"{path}/{page.member}" if page.member else str(path)
    label = f"{shown}#{page.index + 1}" if several else shown
    return PageRef(page.id, number, path, page.kind, page.index, page.member, label)


def page_pixels(archive: Archive, issue_id: str, page_id: str, version: int = 0) -> Gray:
    """The page's picture in the pixels of its frame: those that polygons refer to.

    (height, width) uint8. Raises what load_scan raises, and PageUnknown.
    """
    ref = page_ref(archive, issue_id, page_id, version)
    options = version_record(archive, issue_id, version).options
    given = Options(
        dpi=int(options.get("dpi", "0") or 0),
        max_pixels=int(options.get("max_pixels", "0") or Options().max_pixels),
    )
    return load_scan(ref, given).pixels


def page_picture(
    archive: Archive, issue_id: str, page_id: str, *, version: int = 0, max_side: int = 0
) -> bytes:
    """The same as JPEG bytes, scaled down so that its longer side has `max_side` pixels; 0 keeps
    the size."""
    return jpeg(page_pixels(archive, issue_id, page_id, version), max_side)


def jpeg(pixels: Gray, max_side: int = 0, quality: int = 85) -> bytes:
    """Grey pixels (height, width) as JPEG."""
    image = Image.fromarray(pixels)
    if max_side and max(image.size) > max_side:
        scale = max_side / max(image.size)
        size = [max(1, round(side * scale)) for side in image.size]
        image = image.resize((size[0], size[1]), Image.Resampling.LANCZOS, reducing_gap=3.0)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


__all__ = [
    "Archive", "DigitiseError", "IssueEntry", "count_issues", "current_issue", "find_issue",
    "jpeg", "list_issues", "load_version", "no_archive", "open_archive", "page_picture",
    "page_pixels", "page_ref", "ref_of", "version_record",
]  # fmt: skip
