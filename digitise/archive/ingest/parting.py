"""Pages that were put together by a name that says nothing, parted by their mastheads.

"scan0001.jpg" to "scan0040.jpg" may be one issue or ten. Each page with a masthead of another
date begins an issue.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from sqlalchemy import Connection, insert, select, update

from ... import cache
from ...formats.write import unwritable
from ...sources import PageRef
from .. import tables
from ..delivery import joint
from ..records import PageSource
from ..store import remove_tree
from ..titles import date_in
from . import ledger, pagebook, states, steps
from .context import Context
from .crew import Task
from .entering import source_key
from .ledger import Source, Unit
from .work import Head, Reading


def may_part(unit: Unit) -> bool:
    """Whether only the look of its name put a unit together."""
    return len(unit.sources) > 1 and not date_in(unit.name) and not unit.facts.get("whole")


def part(run: Context, unit: Unit) -> Unit | None:
    """Parts a unit whose pages are all read into units of their own; None when it is one issue."""
    refs, options = steps.refs_of(run, unit), steps.options_of(run, unit)
    keeps = {
        ref.id: cache.entry(run.folder(unit), ref.id, digest, options)
        for ref, digest in zip(refs, unit.facts["digests"], strict=True)
    }
    asked = [
        (ref, run.crew.submit(Task(
            "head", Reading(ref, options, keeps[ref.id]), run.settings.page_seconds,
            run.settings.page_memory,
        )))
        for ref in refs if keeps[ref.id].is_file()
    ]  # fmt: skip
    heads: dict[str, Head] = {}
    for ref, future in asked:
        outcome = steps.result_of(run, future)
        # A page whose layout breaks has no head; assembling finds out what is the matter.
        if outcome.error is None:
            heads[ref.id] = outcome.value
    groups = partition([heads.get(ref.id, Head()) for ref in refs])
    parts = [[refs[n] for n in group] for group in groups]
    if len(parts) < 2 or _share_files(parts):
        return None
    return _enter_parts(run, unit, parts, keeps)


def partition(heads: Sequence[Head]) -> list[list[int]]:
    """Places of the pages of each issue, in order."""
    groups: list[list[int]] = []
    current = Head()
    for place, head in enumerate(heads):
        if not groups or (head.date and current.date and head.date != current.date):
            groups.append([])
            current = head
        elif head.date and not current.date:
            current = head
        groups[-1].append(place)
    return groups


def _share_files(parts: Sequence[Sequence[PageRef]]) -> bool:
    """Whether a file would have to be in two of them."""
    sets = [{ref.path for ref in part} for part in parts]
    return sum(map(len, sets)) > len(set().union(*sets))


def _enter_parts(
    run: Context, unit: Unit, parts: list[list[PageRef]], keeps: dict[str, Path]
) -> Unit:
    folder = run.folder(unit) / "originals"
    by_file = {steps.kept_name(unit, source): source for source in unit.sources}
    options = steps.options_of(run, unit)
    book = pagebook.load_book(run.archive.catalogue, unit.id)
    digests = dict(zip((p["id"] for p in unit.facts["pages"]), unit.facts["digests"], strict=True))
    entered: list[Unit] = []
    for refs in parts:
        names = list(dict.fromkeys(ref.path.relative_to(folder).as_posix() for ref in refs))
        sources = tuple(by_file[name] for name in names)
        child = _child(unit, sources, refs, folder, [digests[ref.id] for ref in refs])
        target = run.folder(child)
        for name in names:
            _link(folder / name, target / "originals" / name)
        for ref, page in zip(refs, child.facts["pages"], strict=True):
            sheet = cache.load(keeps[ref.id])
            if sheet is not None:
                number = int(page["id"][1:])
                keep = cache.entry(target, page["id"], digests[ref.id], options)
                cache.store(keep, replace(sheet, page_id=page["id"], number=number))
        entered.append(child)
    now = run.archive.catalogue.now()

    def work(connection: Connection) -> None:
        there = tables.units.c
        for child, refs in zip(entered, parts, strict=True):
            known = select(there.id).where(there.id == child.id)
            if connection.execute(known).first() is not None:
                continue
            twin = ledger.take_content(connection, child.digest, child.id)
            duplicate = twin != child.id
            state = states.DUPLICATE if duplicate else states.PREPARED
            connection.execute(
                insert(tables.units).values(
                    id=child.id, name=child.name, source_key=_key(child), digest=child.digest,
                    sources=[child.inbox, *([s.name, s.size, s.changed_ns] for s in child.sources)],
                    state=state,
                    reason_code="Duplicate" if duplicate else "",
                    reason_en=f"The same content was delivered before as {twin}." if duplicate else "",
                    reason_zh=f"相同内容此前已送达，见 {twin}。" if duplicate else "",
                    facts=child.facts, pages=len(refs), added_at=now, changed_at=now,
                )
            )  # fmt: skip
            pagebook.open_book(connection, child.id, [p["id"] for p in child.facts["pages"]])
            for ref, page in zip(refs, child.facts["pages"], strict=True):
                entry = book[ref.id]
                pagebook.copy_page(connection, child.id, page["id"], entry)
            for source in child.sources:
                connection.execute(
                    update(tables.seen)
                    .where(tables.seen.c.address == f"{child.inbox}/{source.name}")
                    .values(unit_id=child.id)
                )
            ledger.note(connection, now, child.id, state, (unit.id, unit.id))
        text = f"{len(entered)} issues", f"{len(entered)} 期"
        ledger.moved(connection, unit, states.SPLIT, now, text)

    run.archive.catalogue.transact(work)
    for child in entered:
        if ledger.find(run.archive.catalogue, child.id).state == states.DUPLICATE:
            remove_tree(run.folder(child))
    remove_tree(run.folder(unit))
    return ledger.find(run.archive.catalogue, unit.id)


def _child(
    unit: Unit, sources: Sequence[Source], refs: Sequence[PageRef], folder: Path, digests: list[str]
) -> Unit:
    pages = [
        PageSource(
            f"p{n:04d}", ref.path.relative_to(folder).as_posix(), ref.kind, ref.index, ref.member
        )
        for n, ref in enumerate(refs, 1)
    ]
    files = list(dict.fromkeys(page.file for page in pages))
    key = source_key(unit.inbox, sources)
    facts = {
        "whole": True,
        "checksums": {name: unit.facts["checksums"][name] for name in files},
        "pages": [asdict(page) for page in pages],
        "digests": digests,
        "bytes": sum(source.size for source in sources),
    }
    name = Path(files[0]).with_suffix("").as_posix()
    return replace(
        unit, id=f"u{key[:12]}", name=name, sources=tuple(sources), digest=joint(digests),
        facts=facts,
    )  # fmt: skip


def _key(child: Unit) -> str:
    return source_key(child.inbox, child.sources)


def _link(source: Path, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        try:
            os.link(source, target)
        except OSError:
            shutil.copyfile(source, target)
    except OSError as error:
        raise unwritable(target, error) from error
