"""Vertical lines given back the characters a detector put into a neighbour's box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from ..model import Rect
from .inkwork import Inks, filled, runs
from .pieces import Piece

FAR = 1.0
"""The next character of a line starts at most so many widths of the line away."""

TALL = 1.4
"""A line so many times longer than wide has a course."""

COVER = 0.75
"""A horizontal piece is taken apart when so much of its ink goes into vertical lines."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A character that could stand at one end of vertical line `line`."""

    line: int
    box: Rect
    thick: float


def completed(
    flat: Sequence[Piece], tall: Sequence[Piece], inks: Inks, em: float, shelves: Sequence[Rect]
) -> tuple[list[Piece], list[Piece]]:
    """(flat, tall) with characters at either end of the vertical lines put into them.

    A character belongs to a line when it lies in the line's course at the line's pitch, with
    white to both sides of it. One that is in a horizontal piece is only taken when nearly all
    that piece's ink goes into vertical lines: two lines' first characters, side by side, are
    often found as a line of their own. A horizontal rule ends a line.
    """
    rest = list(flat)
    lines = [_tight(p, inks) for p in tall]
    for _ in range(6):
        cells = [
            cell for i, line in enumerate(lines)
            for cell in (_next(i, line.box, inks, True), _next(i, line.box, inks, False))
            if cell is not None and not _behind_rule(cell, lines[i].box, shelves)
        ]  # fmt: skip
        cells = [c for c in cells if not _taken(c, lines)]
        gone, kept = _settled(cells, rest, lines, inks, em)
        if not kept:
            break
        rest = [p for i, p in enumerate(rest) if i not in gone]
        for cell in kept:
            line = lines[cell.line]
            lines[cell.line] = replace(line, box=line.box.union(cell.box), whole=True)
    return rest, lines


def _tight(piece: Piece, inks: Inks) -> Piece:
    """A vertical piece on its own ink, less slivers of what stands to its left and right."""
    part = inks.part(piece.box)
    columns = runs(filled(part, 0))
    width, height = part.shape[1], part.shape[0]
    if len(columns) > 1 and columns[0][0] == 0 and columns[0][1] < 0.16 * width:
        columns = columns[1:]
    if len(columns) > 1 and columns[-1][1] == width and width - columns[-1][0] < 0.16 * width:
        columns = columns[:-1]
    if not columns:
        return piece
    rows = runs(filled(part[:, columns[0][0] : columns[-1][1]], 1))
    if len(rows) > 1 and rows[0][0] == 0 and rows[0][1] < 0.1 * width:
        rows = rows[1:]
    if len(rows) > 1 and rows[-1][1] == height and height - rows[-1][0] < 0.1 * width:
        rows = rows[:-1]
    x0, y0 = max(0, int(piece.box.x0)), max(0, int(piece.box.y0))
    box = Rect(
        float(x0 + columns[0][0]), float(y0 + rows[0][0]),
        float(x0 + columns[-1][1]), float(y0 + rows[-1][1]),
    )  # fmt: skip
    return replace(piece, box=box)


def _settled(
    cells: list[_Cell], rest: list[Piece], lines: list[Piece], inks: Inks, em: float
) -> tuple[set[int], list[_Cell]]:
    """(indices of the flat pieces that are used up, the cells that may be taken)."""
    gone: set[int] = set()
    barred: set[int] = set()
    free = set(range(len(cells)))
    for i, piece in enumerate(rest):
        near = [k for k, c in enumerate(cells) if c.box.overlap(piece.box) > 0.3 * c.box.area]
        if not near:
            continue
        free -= set(near)
        boxes = [cells[k].box for k in near] + [
            line.box for line in lines if line.box.overlap(piece.box) > 0
        ]
        if _covered(piece.box, boxes, inks) >= COVER:
            gone.add(i)
        else:
            barred |= set(near)
    # Ink that no box claims is taken for a character in large type only.
    free = {k for k in free if cells[k].thick < 1.2 * em}
    return gone, [c for k, c in enumerate(cells) if k not in barred and k not in free]


def _covered(box: Rect, by: Sequence[Rect], inks: Inks) -> float:
    """Share of the ink in a box that lies in others, slivers at its edge left out."""
    part = inks.part(box.grow(-0.06 * min(box.width, box.height)))
    total = float(np.count_nonzero(part))
    if not total:
        return 0.0
    inner = part.copy()
    left = max(0, int(box.x0 + 0.06 * min(box.width, box.height)))
    top = max(0, int(box.y0 + 0.06 * min(box.width, box.height)))
    for other in by:
        a, b = max(0, int(other.x0) - left - 2), max(0, int(other.x1) - left + 3)
        c, d = max(0, int(other.y0) - top - 2), max(0, int(other.y1) - top + 3)
        inner[c:d, a:b] = 0
    return 1.0 - float(np.count_nonzero(inner)) / total


def _taken(cell: _Cell, lines: Sequence[Piece]) -> bool:
    return any(
        i != cell.line and line.box.overlap(cell.box) > 0.3 * cell.box.area
        for i, line in enumerate(lines)
    )


def _behind_rule(cell: _Cell, line: Rect, shelves: Sequence[Rect]) -> bool:
    low, high = sorted((cell.box.cy, line.cy))
    return any(
        low < s.cy < high and s.x0 <= line.cx <= s.x1 and s.width > 1.5 * cell.thick
        for s in shelves
    )


def _next(index: int, line: Rect, inks: Inks, up: bool) -> _Cell | None:
    """The character before (`up`) or after a tight vertical line, None without one."""
    thick = line.width
    if line.height < TALL * thick:
        return None
    pitch = _pitch(line, inks)
    reach = pitch + thick * 0.7
    strip = (
        Rect(line.x0 - 0.12 * thick, line.y0 - reach, line.x1 + 0.12 * thick, line.y0)
        if up
        else Rect(line.x0 - 0.12 * thick, line.y1, line.x1 + 0.12 * thick, line.y1 + reach)
    )
    part = inks.part(strip)
    if part.shape[0] < 0.5 * thick:
        return None
    if up:
        part = part[::-1]
    found = runs(filled(part, 1))
    if not found or found[0][0] > FAR * max(thick, pitch - thick):
        return None
    start, end = found[0]
    for a, b in found[1:]:
        if b - start > 1.15 * thick:
            break
        end = max(end, b) if a - end < 0.5 * thick else end
    if not 0.3 * thick <= end - start <= 1.3 * thick or end >= part.shape[0]:
        return None
    glyph = part[start:end]
    columns = np.flatnonzero(filled(glyph, 0))
    width = columns[-1] - columns[0] + 1
    # White must run along both sides: the strip is wider than the line, so a neighbour's
    # strokes would touch its edges.
    if columns[0] == 0 or columns[-1] == glyph.shape[1] - 1 or width < 0.4 * thick:
        return None
    left = max(0.0, strip.x0)
    x0, x1 = int(left) + int(columns[0]), int(left) + int(columns[-1]) + 1
    if abs((x0 + x1) / 2 - line.cx) > 0.22 * thick:
        return None
    base = strip.y1 if up else max(0.0, strip.y0)
    y0, y1 = (base - end, base - start) if up else (int(base) + start, int(base) + end)
    step = (line.y0 + thick / 2 - (y0 + y1) / 2) if up else ((y0 + y1) / 2 - line.y1 + thick / 2)
    if step > 1.35 * pitch or step < 0.6 * pitch:
        return None
    return _Cell(index, Rect(float(x0), float(y0), float(x1), float(y1)), thick)


def _pitch(line: Rect, inks: Inks) -> float:
    """Distance of the characters of a tight vertical line, its width where there is but one."""
    thick = line.width
    cells: list[tuple[int, int]] = []
    for a, b in runs(filled(inks.part(line), 1)):
        if cells and b - cells[-1][0] <= 1.08 * thick:
            cells[-1] = (cells[-1][0], b)
        else:
            cells.append((a, b))
    steps = [(b[0] + b[1] - a[0] - a[1]) / 2 for a, b in pairwise(cells)]
    return max(thick, float(np.median(steps))) if steps else 1.05 * thick
