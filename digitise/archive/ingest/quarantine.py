"""What cannot be taken in is put aside, with the reason in writing."""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import Connection

from .. import places
from ..store import remove_tree, sha256_of
from . import ledger, states
from .context import Context
from .ledger import Unit
from .steps import kept_name


def quarantine(run: Context, unit: Unit, code: str, reason: tuple[str, str]) -> Unit:
    """Moves what was fetched of a unit to quarantine/<unit>/ and writes why. Files that could
    not be fetched stay where they are and are only named."""
    store, folder = run.archive.store, run.folder(unit)
    reason = tuple(text.replace(f"{folder}/originals/", "") for text in reason)  # type: ignore[assignment]
    base = f"{places.QUARANTINE}/{unit.id}"
    store.sweep(base)
    kept: list[str] = []
    checksums: dict[str, str] = {}
    for path in sorted((folder / "originals").rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            name = path.relative_to(folder / "originals").as_posix()
            checksums[name] = sha256_of(path)
            store.place(path, f"{base}/files/{name}")
            kept.append(name)
    store.flush(f"{base}/files/{name}" for name in kept)
    store.put(f"{base}/reason.txt", _text(unit, reason, kept).encode("utf-8", "replace"))
    facts = {
        "unit": unit.id, "name": unit.name, "code": code, "reason": list(reason),
        "inbox": unit.inbox, "sources": [s.name for s in unit.sources], "kept": kept,
    }  # fmt: skip
    data = json.dumps(facts, ensure_ascii=False, indent=1) + "\n"
    store.put(f"{base}/reason.json", data.encode("utf-8", "replace"))
    now = run.archive.catalogue.now()

    def work(connection: Connection) -> None:
        # So that the same bad file, touched or copied there once more, is no new fault.
        known = {s: checksums.get(kept_name(unit, s), "") for s in unit.sources}
        ledger.note_contents(connection, unit, {s: digest for s, digest in known.items() if digest})
        ledger.moved(
            connection, unit, states.QUARANTINED, now, reason,
            resume=states.RECEIVED, reason_code=code, reason_en=reason[0], reason_zh=reason[1],
        )  # fmt: skip

    run.archive.catalogue.transact(work)
    remove_tree(folder)
    return ledger.find(run.archive.catalogue, unit.id)


def _text(unit: Unit, reason: tuple[str, str], kept: list[str]) -> str:
    names = "".join(f"  {source.name}\n" for source in unit.sources)
    return (
        f"{reason[0]}\n{reason[1]}\n\n"
        f"Unit 单元: {unit.id}\nName 名称: {unit.name}\nInbox 收件处: {unit.inbox}\n"
        f"Files 文件:\n{names}"
        + ("" if kept else "The files could not be copied. 未能复制文件。\n")
        + "\nTo try again 重试:  digitise ingest release " + unit.id + "\n"
    )  # fmt: skip


def release(run: Context, unit: Unit) -> Unit:
    """Brings a unit back to be tried anew, with the files that were kept."""
    store, folder = run.archive.store, run.folder(unit)
    base = f"{places.QUARANTINE}/{unit.id}"
    checksums: dict[str, str] = {}
    for key in list(store.keys(f"{base}/files")):
        name = key.removeprefix(f"{base}/files/")
        checksums[name] = _copy(store.local(key), folder / "originals" / name)
    facts = dict(unit.facts) | {"checksums": checksums}
    now = run.archive.catalogue.now()

    def work(connection: Connection) -> None:
        ledger.drop_content(connection, unit.id)
        ledger.change(
            connection, unit, now, state=states.RECEIVED, resume="", attempts=0, claims=0,
            next_at=0.0, reason_code="", reason_en="", reason_zh="", facts=facts,
        )  # fmt: skip
        ledger.note(connection, now, unit.id, "released")

    run.archive.catalogue.transact(work)
    for key in list(store.keys(base)):
        store.remove(key)
    if store.root is not None:
        remove_tree(store.root / base)
    return ledger.find(run.archive.catalogue, unit.id)


def _copy(source: Path, target: Path) -> str:
    from ...formats.write import unwritable
    from ..store import copy_whole

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        return copy_whole(source, target)
    except OSError as error:
        raise unwritable(target, error) from error
