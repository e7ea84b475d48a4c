"""A unit's way from one state to the next. Each step may be done again after a kill."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import CancelledError, Future
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from ... import __version__, cache
from ...errors import DigitiseError, EngineFailed, InputMissing
from ...formats.issue_json import load_issue
from ...formats.write import flush
from ...jobs import Outcome
from ...options import Options
from ...sources import PageRef
from .. import tables
from ..adding import made_with, pages_read
from ..filing import Contents, Parcel, Place, put_in_place, reserve, settle
from ..library import ref_of
from ..records import PageSource
from ..store import remove_tree, sha256_of
from ..titles import Profile
from . import ledger, pagebook, parting, states
from .context import Context, Interrupted
from .crew import Task
from .ledger import Unit
from .work import Exported, Exporting, Made, Making, Reading, Survey, load_exported


def prepare(run: Context, unit: Unit) -> Unit:
    """received -> prepared: the files are copied, their checksums taken, their pages counted; a
    content that is there already makes it a duplicate."""
    folder = run.folder(unit) / "originals"
    checksums = _fetch(run, unit, folder)
    paths = tuple(folder / name for name in sorted(checksums))
    survey: Survey = ask(run, "survey", (folder, paths), run.settings.issue_seconds)
    pages = [page.id for page in survey.pages]
    facts = dict(unit.facts) | {
        "checksums": checksums,
        "pages": [asdict(page) for page in survey.pages],
        "digests": list(survey.digests),
        "bytes": sum(path.stat().st_size for path in paths),
    }
    twin = _twin(run, unit, survey.digest)
    if twin:
        remove_tree(run.folder(unit))
    now = run.archive.catalogue.now()

    def work(connection: Connection) -> None:
        ledger.note_contents(
            connection, unit, {s: checksums.get(kept_name(unit, s), "") for s in unit.sources}
        )
        if twin:
            ledger.moved(
                connection, unit, states.DUPLICATE, now,
                (f"the same as {twin}", f"与 {twin} 内容相同"),
                digest=survey.digest, reason_code="Duplicate",
                reason_en=f"The same content was delivered before as {twin}.",
                reason_zh=f"相同内容此前已送达，见 {twin}。",
            )  # fmt: skip
            return
        pagebook.open_book(connection, unit.id, pages)
        ledger.moved(
            connection, unit, states.PREPARED, now,
            digest=survey.digest, facts=facts, pages=len(pages),
        )  # fmt: skip

    run.archive.catalogue.transact(work)
    return ledger.find(run.archive.catalogue, unit.id)


def _fetch(run: Context, unit: Unit, folder: Path) -> dict[str, str]:
    """Copies a unit's files to its own folder; sha256 by name. A file that changed meanwhile is
    not what was entered: the next look at the inbox enters it anew."""
    kept = _kept_originals(run, unit, folder)
    if kept is not None:
        return kept
    box = run.inbox(unit)
    found: dict[str, str] = {}
    for source in unit.sources:
        if run.stop.is_set():
            raise Interrupted
        name = kept_name(unit, source)
        target = folder / name
        if box.look(source.name) is None:
            raise _gone(source.name)
        found[name] = box.fetch(source, target)
        if box.look(source.name) not in (source, None):
            raise InputChanged(source.name)
    return found


def kept_name(unit: Unit, source: ledger.Source) -> str:
    """What a file of a delivery is called in the archive."""
    if source.name.startswith("%bytes/"):
        return "file"
    return source.name.removeprefix(_common([s.name for s in unit.sources]))


class InputChanged(Exception):
    """A file was written to while it was copied."""


def _kept_originals(run: Context, unit: Unit, folder: Path) -> dict[str, str] | None:
    """What was fetched before, when all of it is there: from an earlier try, or out of
    quarantine."""
    checksums: Mapping[str, str] = unit.facts.get("checksums", {})
    if not checksums:
        return None
    for name, digest in checksums.items():
        path = folder / name
        if not path.is_file() or sha256_of(path) != digest:
            return None
    del run
    return dict(checksums)


def _common(names: list[str]) -> str:
    """The folders all the names share, with the slash at the end."""
    parts = [name.split("/")[:-1] for name in names]
    shared: list[str] = []
    for level in zip(*parts, strict=False):
        if len(set(level)) > 1:
            break
        shared.append(level[0])
    return "".join(f"{part}/" for part in shared)


def _gone(name: str) -> InputMissing:
    return InputMissing(
        (f"{name} has gone from the inbox.", f"{name} 已从收件文件夹中消失。"),
        ("Deliver it again if it is needed.", "如有需要请重新送达。"),
    )


def _twin(run: Context, unit: Unit, digest: str) -> str:
    """What to call the unit or issue that had this content before; empty when it is new."""
    if unit.facts.get("again"):
        return ""  # an old issue that is to be read anew

    def work(connection: Connection) -> str:
        first = ledger.take_content(connection, digest, unit.id)
        if first != unit.id:
            u = tables.units.c
            name = connection.execute(select(u.name).where(u.id == first)).scalar()
            return f"{name} ({first})"
        v = tables.versions.c
        query = select(v.issue_id).where(v.digest == digest, v.unit.is_distinct_from(unit.id))
        row = connection.execute(query).first()
        return str(row.issue_id) if row else ""

    try:
        return run.archive.catalogue.transact(work)
    except IntegrityError:
        return run.archive.catalogue.transact(work)  # another was quicker: now it shows


def recognise(run: Context, unit: Unit) -> Unit:
    """prepared -> recognised: every page is read, or has failed for good.

    Raises the error of a page that may still succeed, when all others are done.
    """
    refs, options = refs_of(run, unit), options_of(run, unit)
    book = pagebook.load_book(run.archive.catalogue, unit.id)
    again: DigitiseError | None = None
    started: list[tuple[PageRef, Path, Future[Outcome]]] = []
    seconds = 0.0
    for ref, digest in zip(refs, unit.facts["digests"], strict=True):
        entry = book[ref.id]
        keep = _sheet(run, unit, ref, digest, options)
        if entry.state == pagebook.FAILED:
            continue
        if cache.load(keep) is not None:
            if entry.state != pagebook.READ:
                pagebook.enter_page(run.archive.catalogue, unit.id, ref.id, 0.0, None, True)
            run.tell("page", {"unit": unit.id, "page": ref.id, "kept": True, "seconds": 0.0})
            continue
        task = Task(
            "read", Reading(ref, options, keep), run.settings.page_seconds, run.settings.page_memory
        )
        started.append((ref, keep, run.crew.submit(task)))
    for ref, keep, future in started:
        outcome = result_of(run, future)
        error = outcome.error
        taken = float(outcome.value) if error is None else outcome.seconds
        fault = states.fault_of(error) if error is not None else "input"
        if error is not None and fault == "place":
            raise error
        if error is None:
            flush([keep])
            cache.prune(keep)
        tries = book[ref.id].attempts + 1
        final = fault == "input" or tries >= run.settings.attempts
        plain = _plain(error, ref) if error else None
        pagebook.enter_page(run.archive.catalogue, unit.id, ref.id, taken, plain, final)
        seconds += taken
        run.tell(
            "page",
            {"unit": unit.id, "name": unit.name, "page": ref.id, "seconds": round(taken, 3),
             "error": plain, "final": final},
        )  # fmt: skip
        if plain is not None and not final:
            again = plain
    if again is not None:
        raise again
    book = pagebook.load_book(run.archive.catalogue, unit.id)
    reasons = [e for e in book.values() if e.state == pagebook.FAILED]
    if reasons and len(reasons) == len(book):
        raise AllPagesFailed(reasons[0])
    total = unit.seconds + seconds
    return ledger.advance(run.archive.catalogue, unit, states.RECOGNISED, seconds=total)


class AllPagesFailed(Exception):
    """No page of a unit could be read; `entry` is the first."""

    def __init__(self, entry: pagebook.PageEntry) -> None:
        super().__init__(entry.reason[0])
        self.entry = entry


def assemble(run: Context, unit: Unit) -> Unit:
    """recognised -> assembled: the issue is put together and its place reserved."""
    catalogue = run.archive.catalogue
    if parting.may_part(unit) and (parted := parting.part(run, unit)) is not None:
        return parted
    refs, options = refs_of(run, unit), options_of(run, unit)
    making = _making(run, unit, refs, options)
    try:
        made: Made = ask(run, "make", making, run.settings.issue_seconds)
    except EngineFailed as error:
        # Some page's layout crashed, hung or took all memory: find it, and leave it out.
        if not _lost_sheets(making) and _single_out(run, unit, refs, options, making):
            making = _making(run, unit, refs, options)
            made = ask(run, "make", making, run.settings.issue_seconds)
        else:
            raise _sheets_gone(error) if _lost_sheets(making) else error from error
    flush([making.target])
    for page, reason in made.failures:
        pagebook.enter_page(catalogue, unit.id, page, 0.0, EngineFailed(reason), True)
    parcel = Parcel(
        slug=made.slug,
        title=made.title,
        date=made.masthead.date,
        name=unit.name,
        digest=unit.digest,
        sketch=made.sketch,
        unit=unit.id,
        cn=made.masthead.cn,
        issn=made.masthead.issn,
    )
    place = reserve(run.archive, parcel)
    facts = dict(unit.facts) | {
        "parcel": asdict(replace(parcel, sketch=())),
        "place": asdict(place),
        "complete": made.complete,
    }
    return ledger.advance(
        catalogue, unit, states.ASSEMBLED, facts=facts, issue_id=place.issue, version=place.number
    )


def _making(run: Context, unit: Unit, refs: tuple[PageRef, ...], options: Options) -> Making:
    book = pagebook.load_book(run.archive.catalogue, unit.id)
    failed = {
        page: EngineFailed(entry.reason) for page, entry in book.items()
        if entry.state == pagebook.FAILED
    }  # fmt: skip
    sheets = tuple(
        (ref.id, _sheet(run, unit, ref, digest, options))
        for ref, digest in zip(refs, unit.facts["digests"], strict=True)
    )
    return Making(
        unit.name, refs, sheets, tuple(failed.items()), options, run.profiles,
        run.folder(unit) / "issue.raw.json",
    )  # fmt: skip


def _lost_sheets(making: Making) -> bool:
    failed = {page for page, _ in making.failed}
    return any(page not in failed and not path.is_file() for page, path in making.sheets)


def _sheets_gone(error: DigitiseError) -> WorkLost:
    del error
    return WorkLost()


class WorkLost(Exception):
    """Files of work under way are not there (another machine, a cleared folder): begin again."""


def _single_out(
    run: Context, unit: Unit, refs: tuple[PageRef, ...], options: Options, making: Making
) -> bool:
    """Tries the layout of each page by itself and enters those that break as failed."""
    failed = {page for page, _ in making.failed}
    sheets = dict(making.sheets)
    found = False
    for ref in refs:
        if ref.id in failed:
            continue
        given = Reading(ref, options, sheets[ref.id])
        try:
            ask(run, "lay_out", given, run.settings.page_seconds)
        except EngineFailed as error:
            plain = _plain(error, ref)
            pagebook.enter_page(run.archive.catalogue, unit.id, ref.id, 0.0, plain, True)
            found = True
    return found


def export(run: Context, unit: Unit) -> Unit:
    """assembled -> exported: every file of the version is made."""
    raw = run.folder(unit) / "issue.raw.json"
    if not raw.is_file():
        raise WorkLost
    given = Exporting(
        raw, unit.issue_id, run.folder(unit) / "made", run.settings.formats,
        refs_of(run, unit), options_of(run, unit),
    )  # fmt: skip
    ask(run, "export", given, run.settings.issue_seconds)
    flush(path for path in given.folder.rglob("*") if path.is_file())
    return ledger.advance(run.archive.catalogue, unit, states.EXPORTED)


def finish(run: Context, unit: Unit) -> Unit:
    """exported -> done: the files go to their place, the version into the catalogue."""
    folder = run.folder(unit)
    exported = load_exported(folder / "made")
    if exported is None:
        raise WorkLost
    parcel, place = Parcel(**unit.facts["parcel"]), Place(**unit.facts["place"])
    originals = {name: folder / "originals" / name for name in unit.facts["checksums"]}
    software = f"digitise {__version__}"
    contents = Contents(
        originals=originals,
        checksums=unit.facts["checksums"],
        made=dict(exported.files),
        pages=_pages_read(unit, exported),
        complete=unit.facts["complete"],
        software=software,
        options=made_with(options_of(run, unit)),
    )
    put_in_place(run.archive, parcel, place, contents)
    now = run.archive.catalogue.now()
    note = (place.same_day and f"another issue of the day of {place.same_day}") or ""

    def also(connection: Connection) -> None:
        ledger.moved(connection, unit, states.DONE, now, (note, note), reason_code="",
                     reason_en="", reason_zh="")  # fmt: skip

    settle(run.archive, place, exported.rows, exported.issue_sha256, software, also)
    remove_tree(folder)
    return ledger.find(run.archive.catalogue, unit.id)


def _pages_read(unit: Unit, exported: Exported) -> tuple[PageSource, ...]:
    """Where each page of the issue is in the originals."""
    sources = tuple(PageSource(**page) for page in unit.facts["pages"])
    if {str(row["page_id"]) for row in exported.rows.pages} <= {page.id for page in sources}:
        return sources
    path = dict(exported.files)["issue.json"]
    return pages_read(load_issue(path.read_bytes(), str(path)), sources)


def refs_of(run: Context, unit: Unit) -> tuple[PageRef, ...]:
    """The unit's pages in its own copies of the files."""
    pages = tuple(PageSource(**page) for page in unit.facts["pages"])
    folder = run.folder(unit) / "originals"
    return tuple(ref_of(page, pages, folder / page.file) for page in pages)


def options_of(run: Context, unit: Unit) -> Options:
    """The archive's, with those of the title that the delivery's name tells of."""
    options = run.settings.options
    profile = _named(run.profiles, unit.name)
    if profile is not None and profile.options:
        known = {
            k: v for k, v in profile.options.items() if k in ("engine", "lang", "text_layer", "dpi")
        }
        options = replace(options, **known)
    return replace(options, threads=options.threads or max(1, _cores() // run.crew.size))


def _named(profiles: tuple[Profile, ...], name: str) -> Profile | None:
    """The profile whose slug or name the delivery's name begins with or has as a folder."""
    parts = name.replace("\\", "/").split("/")
    for profile in profiles:
        for word in (profile.slug, profile.name, *profile.names):
            if any(part.startswith(word) for part in parts):
                return profile
    return None


def _cores() -> int:
    import os

    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _sheet(run: Context, unit: Unit, ref: PageRef, digest: str, options: Options) -> Path:
    return cache.entry(run.folder(unit), ref.id, digest, options)


def ask(run: Context, name: str, given: object, seconds: float) -> Any:
    """One task's answer; its error is raised. Raises Interrupted when the run is ending."""
    outcome = result_of(run, run.crew.submit(Task(name, given, seconds, run.settings.page_memory)))
    if outcome.error is not None:
        raise outcome.error
    return outcome.value


def result_of(run: Context, future: Future[Outcome]) -> Outcome:
    """A task's outcome. Raises Interrupted when the run is ending."""
    try:
        outcome = future.result()
    except CancelledError as error:
        raise Interrupted from error
    if run.stop.is_set() and outcome.error is not None:
        # Workers were ended with the run: what they say of a page means nothing.
        raise Interrupted
    return outcome


def _plain(error: DigitiseError, ref: PageRef) -> DigitiseError:
    """An error without the folders of our own that nobody knows."""
    pairs = [
        (a.replace(ref.label, ref.source), b.replace(ref.label, ref.source))
        for a, b in (error.message, error.remedy)
    ]
    return type(error)(*pairs)
