"""Where paragraphs begin in text that was set downwards, one character under the other on a grid.

Old papers set their paragraphs in by two ems, by one or not at all, and some have one mark for
everything, 、: what a line's beginning and its end say depends on how the page was set.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..text.marks import NO_LINE_START, OPENERS, ends_sentence, first_unit
from ..text.paragraphs import BodyLine
from .blocks import Block

_MARKED = re.compile(r"[、。，！？：；…」』﹂﹄）︶]\s*$")

FEW = 0.03
"""Share of its lines that stand set in by chance, on a page that has no indents."""

FULL = 2.2
"""Ems left over that no line inside a paragraph has, whatever may not begin the next."""


def usual_indent(blocks: Sequence[Block], em: float) -> int | None:
    """By how many ems a page sets its paragraphs in, 0, 1 or 2; None where too little text
    shows it. `blocks`: those of the turned page, `em` its body size in pixels."""
    counts = [0, 0, 0]
    for block in blocks:
        if len(block.rows) < 4 or not 0.85 < block.size / em < 1.18:
            continue
        left = flush_edge(block)
        for row in block.rows:
            steps = steps_in((row.box.x0 - left) / block.size, row.text)
            if steps is not None:
                counts[steps] += 1
    total = sum(counts)
    if total < 12:
        return None
    if max(counts[1:]) <= max(1, FEW * total):
        return 0
    return 1 if counts[1] >= counts[2] else 2


def flush_edge(block: Block) -> float:
    """Where the lines of a block begin that are not set in, in pixels: the least at which a
    quarter of them does. One that begins with a mark, at the side of its cell, may stick out."""
    starts = sorted(row.box.x0 for row in block.rows)
    for start in starts:
        near = [x for x in starts if 0 <= x - start < 0.15 * block.size]
        if 4 * len(near) >= len(starts):
            return near[len(near) // 2]
    return starts[0]


def steps_in(indent: float, text: str) -> int | None:
    """Cells of the grid left empty; an opening bracket fills but the end of its own."""
    if text.lstrip()[:1] in tuple(OPENERS):
        indent -= 0.6 if indent % 1.0 > 0.35 else 0.0
    near = round(indent)
    return near if 0 <= near <= 2 and abs(indent - near) < 0.3 else None


def opened(lines: Sequence[BodyLine], usual: int | None) -> list[BodyLine]:
    """`lines` with those told that open a paragraph on a page set in by `usual` ems."""
    if usual is None:
        return list(lines)
    out = list(lines)
    pointed = any("。" in line.text for line in lines)
    loose = usual == 0 and any(_loose(line) for line in lines)
    for k in range(1, len(out)):
        before, line = out[k - 1], out[k]
        if line.kind != "body" or before.kind != "body" or line.keep:
            continue
        if _loose(line):
            continue
        marked = _MARKED.search(before.text) is not None
        stopped = ends_sentence(before.text) if pointed else marked
        if usual and steps_in(line.indent, line.text) == usual:
            opens = marked or before.slack >= 0.6
        elif stopped:
            unit = first_unit(line.text)
            opens = before.slack >= (unit + 0.4 if usual else 0.9 if loose else unit - 0.1)
        else:
            opens = usual == 0 and before.slack >= FULL
        if opens:
            out[k] = replace(line, opens=True)
    return out


def _loose(line: BodyLine) -> bool:
    """Whether a line begins with a mark that another would not begin with: what is left empty at
    the end of a line is not left for the next one's sake."""
    return line.kind == "body" and line.text.lstrip()[:1] in tuple(NO_LINE_START)
