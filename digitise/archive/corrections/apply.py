"""The issue as it stands: the machine's result and the operations, one after the other.

Pure: no clock, no database. `apply` is the whole of it; `change` tells what one operation would do,
`added` makes the next document of it, `conflicts` who was in the way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from ...model import Issue
from . import articlework, linework, regionwork
from . import operations as ops
from .adopting import adopted
from .compose import issue_of
from .document import (
    Delta,
    Document,
    Logged,
    MastheadEntry,
    Note,
    Remark,
    document_of,
    knows,
    note_key,
)
from .draft import Draft, Refused, unknown
from .operations import MASTHEAD


class Conflict(Exception):
    """Entities an operation is about that have changed since its sender saw them."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        super().__init__(", ".join(keys))
        self.keys = keys


def apply(issue: Issue, operations: Iterable[ops.Operation]) -> Issue:
    """The issue after these operations, which were all meant for what the one before left.

    Raises Refused for one that makes no sense, Conflict for a revert of what was changed since.
    """
    document = document_of(issue)
    for seq, operation in enumerate(operations, 1):
        document = added(document, Logged(seq, f"op-{seq}", operation))
    return issue_of(document)


def replayed(issue: Issue, entries: Iterable[Logged]) -> Document:
    """The document after the entries of a journal. Raises Refused or Conflict only when the
    journal does not belong to this issue."""
    document = document_of(issue)
    state = Folding(document)
    for entry in entries:
        state.add(entry)
    return state.document()


def added(document: Document, entry: Logged) -> Document:
    """The document with one operation more; `entry.delta` is worked out here."""
    state = Folding(document)
    state.add(entry)
    return state.document()


class Folding:
    """Adds operation after operation to copies made once: the document it gives is the same one
    all the time and changes with each."""

    def __init__(self, start: Document) -> None:
        self._entities = dict(start.entities)
        self._versions = dict(start.versions)
        self._log = dict(start.log)
        self._by_id = dict(start.by_id)
        self._reverted = dict(start.reverted)
        self._view = replace(
            start, entities=self._entities, versions=self._versions, log=self._log,
            by_id=self._by_id, reverted=self._reverted,
        )  # fmt: skip

    def add(self, entry: Logged) -> None:
        delta = change(self._view, entry)
        for key, (_, after) in delta.items():
            if after is None:
                self._entities.pop(key, None)
            else:
                self._entities[key] = after
            self._versions[key] = entry.seq
        self._log[entry.seq] = replace(entry, delta=delta)
        self._by_id[entry.id] = entry.seq
        if isinstance(entry.operation, ops.Revert):
            self._reverted[entry.operation.seq] = entry.seq
        self._view = replace(self._view, seq=entry.seq)

    def document(self) -> Document:
        return self._view


def change(document: Document, entry: Logged) -> Delta:
    """What the operation changes. Raises Refused or, for a revert, Conflict."""
    operation = entry.operation
    if isinstance(operation, ops.Revert):
        return _reverting(document, operation.seq)
    draft = Draft(document)
    if isinstance(operation, ops.Comment | ops.Flag | ops.SetStatus):
        _annotate(draft, entry, operation)
    else:
        _WORK[type(operation)](draft, operation)
    return draft.delta()


def _reverting(document: Document, seq: int) -> Delta:
    entry = document.log.get(seq)
    if entry is None:
        raise unknown(f"#{seq}")
    if seq in document.reverted and document.reverted[seq] not in document.reverted:
        raise Refused("seq", "This change was taken back before.", "这项修改此前已撤销。")
    blocked = tuple(
        key for key, (_, after) in entry.delta.items() if document.entities.get(key) != after
    )
    if blocked:
        raise Conflict(blocked)
    return {key: (after, before) for key, (before, after) in entry.delta.items()}


def conflicts(
    document: Document, operation: ops.Operation, bases: Mapping[str, int | str]
) -> tuple[str, ...]:
    """The ids the operation is about that its sender has not seen as they are now.

    `bases`: for each of them the version he saw, or the id of an earlier operation that left it so.
    Raises Refused when a base is missing.
    """
    out = []
    for key in ops.locked(operation):
        if key not in bases:
            raise Refused(
                f"bases.{key}", f"The version of {key} is missing.", f"缺少 {key} 的版本号。"
            )
        if not _seen(document, key, bases[key]):
            out.append(key)
    if out and isinstance(operation, ops.SetText):
        line = document.line(operation.line)
        if line is not None and line.human and line.line.text == operation.text:
            return ()  # somebody has typed the same
    return tuple(out)


def _seen(document: Document, key: str, base: int | str) -> bool:
    if isinstance(base, int):
        return document.version(key) == base
    seq = document.by_id.get(base)
    if seq is None:
        return False
    earlier = document.log.get(seq)
    if earlier is None:
        return False
    about = key in earlier.delta or key in ops.locked(earlier.operation)
    return about and document.version(key) <= seq


def _annotate(draft: Draft, entry: Logged, op: ops.Comment | ops.Flag | ops.SetStatus) -> None:
    if not knows(draft.document, op.target):
        raise unknown(op.target)
    note = draft.document.note(op.target)
    if isinstance(op, ops.Comment):
        remark = Remark(entry.seq, entry.by, entry.at, op.text)
        note = replace(note, remarks=(*note.remarks, remark))
    elif isinstance(op, ops.Flag):
        note = replace(note, flag=op.flag)
    else:
        note = replace(note, status=op.status)
    key = note_key(op.target)
    if note == Note() and key not in draft.document.entities:
        return
    draft.put(key, note)


def _set_masthead(draft: Draft, op: ops.MastheadSet) -> None:
    values: dict[str, Any] = {op.field: op.value}
    draft.put(MASTHEAD, MastheadEntry(replace(_masthead(draft), **values)))


def _masthead(draft: Draft) -> Any:
    entity = draft.get(MASTHEAD)
    assert isinstance(entity, MastheadEntry)
    return entity.masthead


def _adopt(draft: Draft, op: ops.Adopt) -> None:
    fresh = adopted(op.content)
    for key in draft.document.entities:
        if not key.startswith("note:") and key != MASTHEAD:
            draft.drop(key)
    for key, entity in fresh.items():
        draft.put(key, entity)


_WORK: Mapping[type[ops.Operation], Callable[[Draft, Any], None]] = {
    ops.SetText: linework.set_text,
    ops.AddLine: linework.add_line,
    ops.MoveLine: linework.move_line,
    ops.SplitLine: linework.split_line,
    ops.MergeLines: linework.merge_lines,
    ops.DeleteLine: linework.delete_line,
    ops.OrderLines: linework.order_lines,
    ops.AddRegion: regionwork.add_region,
    ops.MoveRegion: regionwork.move_region,
    ops.SplitRegion: regionwork.split_region,
    ops.MergeRegions: regionwork.merge_regions,
    ops.DeleteRegion: regionwork.delete_region,
    ops.SetKind: regionwork.set_kind,
    ops.SetDirection: regionwork.set_direction,
    ops.SetOrder: regionwork.set_order,
    ops.ArticleAssemble: articlework.assemble,
    ops.ArticleRegions: articlework.set_regions,
    ops.ArticleSplit: articlework.split,
    ops.ArticleMerge: articlework.merge,
    ops.ArticleSet: articlework.set_field,
    ops.ContinuationMake: articlework.make_continuation,
    ops.ContinuationAccept: articlework.accept_continuation,
    ops.ContinuationBreak: articlework.break_continuation,
    ops.MastheadSet: _set_masthead,
    ops.Adopt: _adopt,
    ops.RestoreLine: linework.restore_line,
    ops.RestoreJumps: articlework.restore_jumps,
}
