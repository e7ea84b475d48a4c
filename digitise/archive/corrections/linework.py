"""Operations on lines."""

from __future__ import annotations

from dataclasses import replace

from ...model import Line, WritingMode
from . import glyphs
from . import operations as ops
from .document import LineEntry
from .draft import Draft, Refused, inserted, unknown, without


def set_text(draft: Draft, op: ops.SetText) -> None:
    entry = draft.line(op.line)
    line = glyphs.retyped(entry.line, op.text, mode_of(draft, entry))
    draft.put(op.line, replace(entry, line=line, human=True))


def add_line(draft: Draft, op: ops.AddLine) -> None:
    region = draft.region(op.region)
    line = Line(draft.free(op.new_id), op.polygon, op.text)
    draft.put(op.new_id, LineEntry(op.region, line, "", human=True))
    draft.set_lines(op.region, inserted(region.lines, op.new_id, op.before))


def restore_line(draft: Draft, op: ops.RestoreLine) -> None:
    region = draft.region(op.region)
    line = Line(draft.free(op.new_id), op.polygon, op.text, confidence=op.confidence)
    draft.put(op.new_id, LineEntry(op.region, line, op.read, op.human))
    draft.set_lines(op.region, inserted(region.lines, op.new_id, op.before))


def move_line(draft: Draft, op: ops.MoveLine) -> None:
    entry = draft.line(op.line)
    if op.polygon is not None:
        entry = replace(entry, line=glyphs.reshaped(entry.line, op.polygon))
    target = op.region or entry.region
    if op.region is not None or op.before is not None:
        home = draft.region(target)
        if draft.region(entry.region).page != home.page:
            raise Refused(target, "A line stays on its page.", "行不能移到其他版面。")
        if op.before == op.line:
            raise Refused(op.line, "A line cannot stand before itself.", "行不能排在自身之前。")
        draft.set_lines(entry.region, without(draft.region(entry.region).lines, op.line))
        lines = without(draft.region(target).lines, op.line)
        draft.set_lines(target, inserted(lines, op.line, op.before))
    draft.put(op.line, replace(entry, region=target))


def split_line(draft: Draft, op: ops.SplitLine) -> None:
    entry = draft.line(op.line)
    if not 0 <= op.at <= len(entry.line.text):
        raise Refused("at", "The line is shorter than that.", "该位置超出行长。")
    head, tail = glyphs.cut(entry.line, op.at, draft.free(op.new_id), mode_of(draft, entry))
    draft.put(op.line, replace(entry, line=head))
    draft.put(op.new_id, LineEntry(entry.region, tail, entry.machine[op.at :], entry.human))
    lines = draft.region(entry.region).lines
    at = lines.index(op.line)
    draft.set_lines(entry.region, (*lines[: at + 1], op.new_id, *lines[at + 1 :]))


def merge_lines(draft: Draft, op: ops.MergeLines) -> None:
    entries = [draft.line(key) for key in op.lines]
    regions = {entry.region for entry in entries}
    if len(regions) > 1:
        raise Refused("lines", "Lines of one region are merged.", "只能合并同一区域内的行。")
    region = regions.pop()
    merged = replace(
        entries[0],
        line=glyphs.joined([entry.line for entry in entries]),
        machine="".join(entry.machine for entry in entries),
        human=any(entry.human for entry in entries),
    )
    draft.put(op.lines[0], merged)
    for key in op.lines[1:]:
        draft.drop(key)
    draft.set_lines(region, without(draft.region(region).lines, *op.lines[1:]))


def delete_line(draft: Draft, op: ops.DeleteLine) -> None:
    entry = draft.line(op.line)
    draft.set_lines(entry.region, without(draft.region(entry.region).lines, op.line))
    draft.drop(op.line)


def order_lines(draft: Draft, op: ops.OrderLines) -> None:
    region = draft.region(op.region)
    if set(op.lines) != set(region.lines) or len(op.lines) != len(region.lines):
        raise Refused(
            "lines",
            "All lines of the region are wanted, each once.",
            "须列出该区域的全部行，每行一次。",
        )
    draft.set_lines(op.region, op.lines)


def mode_of(draft: Draft, entry: LineEntry) -> WritingMode:
    """The writing direction of the region a line stands in."""
    try:
        return draft.region(entry.region).region.writing_mode
    except Refused as error:
        raise unknown(entry.region) from error
