"""Two headlines side by side over two columns, in one type and of as many lines, told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ..model import Rect, TextLine, bounding
from .blocks import Block, Row, make_block

APART = 0.3
"""Ems of white, at least, between two headlines."""


def part_twins(blocks: Sequence[Block], em: float) -> list[Block]:
    """`blocks` with each of large type cut in two whose lines, two or more, all have a gap in one
    place over a gutter between two columns: 一名之变  茶山问路 / 院里院外  守岛十年."""
    out: list[Block] = []
    for block in blocks:
        x = _gap(block, blocks, em)
        if x is None:
            out.append(block)
        else:
            halves = [_part(block, 0.0, x), _part(block, x, float("inf"))]
            out += [h for h in halves if h is not None]
    return out


def _gap(block: Block, blocks: Sequence[Block], em: float) -> float | None:
    """The x in pixels where a block is to be cut; None where it is one."""
    if block.vertical or block.size < 1.4 * em or len(block.rows) < 2:
        return None
    white: tuple[float, float] | None = None
    for row in block.rows:
        gaps = _gaps(row)
        if white is None:
            fits = gaps[:1] if len(gaps) == 1 else []
        else:
            fits = [(a, b) for a, b in gaps if min(b, white[1]) - max(a, white[0]) > APART * em]
        if len(fits) != 1:
            return None
        a, b = fits[0]
        white = (a, b) if white is None else (max(a, white[0]), min(b, white[1]))
    assert white is not None
    return (white[0] + white[1]) / 2 if _over_gutter(block, white, blocks, em) else None


def _gaps(row: Row) -> list[tuple[float, float]]:
    """The gaps of a line, in pixels, that are wider than those between its characters."""
    solid = sorted(
        (c.box for line in row.lines for c in line.chars if c.text.strip()), key=lambda b: b.x0
    )
    whites = [(a.x1, b.x0) for a, b in pairwise(solid)]
    usual = sorted(b - a for a, b in whites)[len(whites) // 2] if whites else 0.0
    size = max(line.size for line in row.lines)
    return [(a, b) for a, b in whites if b - a > usual + APART * size]


def _over_gutter(
    block: Block, white: tuple[float, float], blocks: Sequence[Block], em: float
) -> bool:
    """Whether two columns stand under a block, level with each other, and their gutter is under
    `white`."""
    under = [
        o.box
        for o in blocks
        if len(o.rows) >= 3
        and o.size < 1.3 * em
        and not o.vertical
        and -0.5 * em < o.box.y0 - block.box.y1 < 5 * em
    ]
    middle = (white[0] + white[1]) / 2
    return any(
        a.x1 < middle + em and b.x0 > middle - em and a.x1 < b.x0 < a.x1 + 3.5 * em
        for a in under
        for b in under
        if abs(a.y0 - b.y0) < 4 * em
        and abs(a.cx - (block.box.x0 + white[0]) / 2) < 0.3 * a.width
        and abs(b.cx - (white[1] + block.box.x1) / 2) < 0.3 * b.width
    )


def _part(block: Block, x0: float, x1: float) -> Block | None:
    """The part of a block between two x."""
    rows: list[Row] = []
    for row in block.rows:
        lines: list[TextLine] = []
        for line in row.lines:
            chars = tuple(c for c in line.chars if x0 <= c.box.cx < x1)
            while chars and not chars[0].text.strip():
                chars = chars[1:]
            while chars and not chars[-1].text.strip():
                chars = chars[:-1]
            if chars:
                box: Rect = bounding(c.box for c in chars)
                lines.append(
                    replace(line, chars=chars, box=replace(box, y0=line.box.y0, y1=line.box.y1))
                )
        if lines:
            rows.append(Row(tuple(lines)))
    return make_block(rows, block.cell) if rows else None
