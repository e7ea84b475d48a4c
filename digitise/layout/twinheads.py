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
    """`blocks` with each of large type cut up whose lines, two or more, all have gaps in the same
    places over gutters between columns: 一名之变  茶山问路 / 院里院外  守岛十年. A line may end
    before such a place, or begin after it."""
    out: list[Block] = []
    for block in blocks:
        cuts = _cuts(block, blocks, em)
        for x0, x1 in pairwise([0.0, *cuts, float("inf")]):
            piece = _part(block, x0, x1) if cuts else block
            if piece is not None:
                out.append(piece)
    return out


def _cuts(block: Block, blocks: Sequence[Block], em: float) -> list[float]:
    """The x in pixels, from left to right, where a block is to be cut."""
    if block.vertical or block.size < 1.4 * em or len(block.rows) < 2:
        return []
    gaps = [_gaps(row) for row in block.rows]
    whites: list[tuple[float, float]] = []
    for white in max(gaps, key=len):
        held: tuple[float, float] | None = white
        for row, own in zip(block.rows, gaps, strict=True):
            held = _shared(row, own, held, em) if held else None
        if held:
            whites.append(held)
    if not whites or any(len(own) > len(whites) for own in gaps):
        return []
    edges = [block.box.x0, *(x for white in whites for x in white), block.box.x1]
    for k, white in enumerate(whites):
        left, right = (edges[2 * k], white[0]), (white[1], edges[2 * k + 3])
        if not _over_gutter(block, left, right, blocks, em):
            return []
    return [(a + b) / 2 for a, b in whites]


def _shared(
    row: Row, gaps: list[tuple[float, float]], white: tuple[float, float], em: float
) -> tuple[float, float] | None:
    """What of `white` is white in a line too; None where its characters stand there."""
    a, b = white
    for x0, x1 in (*gaps, (float("-inf"), row.box.x0), (row.box.x1, float("inf"))):
        if min(b, x1) - max(a, x0) > APART * em:
            return max(a, x0), min(b, x1)
    return None


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
    block: Block,
    left: tuple[float, float],
    right: tuple[float, float],
    blocks: Sequence[Block],
    em: float,
) -> bool:
    """Whether two columns stand under a block, level with each other, their gutter under the
    white between its parts from x to x, `left` and `right`, and each in the middle of its part."""
    under = [
        o.box
        for o in blocks
        if len(o.rows) >= 3
        and o.size < 1.3 * em
        and not o.vertical
        and -0.5 * em < o.box.y0 - block.box.y1 < 8 * em
    ]
    middle = (left[1] + right[0]) / 2
    return any(
        a.x1 < middle + em and b.x0 > middle - em and a.x1 < b.x0 < a.x1 + 3.5 * em
        for a in under
        for b in under
        if abs(a.y0 - b.y0) < 6 * em
        and abs(a.cx - sum(left) / 2) < 0.3 * a.width
        and abs(b.cx - sum(right) / 2) < 0.3 * b.width
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
