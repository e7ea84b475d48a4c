"""Marks of vertical lines, at whose characters a detector's box ends: 、，。 set beside them in the
white to the right of a line, which take no room among them, or in a cell of their own at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2

from ..model import Gray, Rect
from .grids import window
from .pieces import Piece, meeting, table_of

REACH = 0.5
"""Marks lie within so many ems to the right of the characters."""

INSIDE = 0.35
"""… and so many within a box that was drawn too narrow or too wide."""

SMALLEST, LARGEST = 0.12, 0.5
"""How many ems the longer side of a mark measures."""

AT_FOOT = (0.2, 0.6)
"""The same of marks in cells of their own under the last character, brackets among them, …"""

CELLS = 2
"""… of which there are so many at most: 。」"""

OFTEN = 0.4
"""Marks beside more than this share of the characters stress them and are no stops."""


def with_marks(lines: Sequence[Piece], ink: Gray, em: float) -> list[Piece]:
    """Vertical lines, in page coordinates, widened to the marks at their right and lengthened to
    those at their end. `ink`: the page's 0/255 mask; `em`: of the body, px."""
    return _lengthened(_widened(lines, ink, em), ink, em)


def _lengthened(lines: Sequence[Piece], ink: Gray, em: float) -> list[Piece]:
    """Lines that reach to the marks in the cells under their last character."""
    table = table_of(lines)
    out = []
    for i, line in enumerate(lines):
        box = line.box
        for _ in range(CELLS if box.width <= 2 * em else 0):
            cell = Rect(
                int(box.x0 - 0.1 * em), int(box.y1), int(max(box.x1, box.x0 + 1.1 * em)),
                int(box.y1 + em),
            )  # fmt: skip
            if any(j != i and lines[j].box.overlap(cell) > 0 for j in meeting(table, cell, 0.0)):
                break
            mark = _at_foot(window(ink, cell), em)
            if mark is None:
                break
            box = replace(box, x1=max(box.x1, cell.x0 + mark.x1), y1=cell.y0 + mark.y1)
        out.append(replace(line, box=box))
    return out


def _at_foot(ink: Gray, em: float) -> Rect | None:
    """The one piece of ink of a cell when it is a mark, wholly in the cell."""
    if ink.size == 0:
        return None  # the line ends where the page does
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    if count != 2:
        return None
    x, y, width, height, area = (int(v) for v in stats[1])
    box = Rect(x, y, x + width, y + height)
    cut_off = x == 0 or y == 0 or box.x1 >= ink.shape[1] or box.y1 >= ink.shape[0]
    fits = AT_FOOT[0] * em <= max(width, height) <= AT_FOOT[1] * em
    return box if fits and not cut_off and area >= 0.006 * em * em else None


def _widened(lines: Sequence[Piece], ink: Gray, em: float) -> list[Piece]:
    table = table_of(lines)
    out = []
    for i, line in enumerate(lines):
        box = line.box
        x1 = box.x1 + REACH * em
        for j in meeting(table, box, REACH * em):
            if j != i and lines[j].box.cx > box.cx:
                x1 = min(x1, lines[j].box.x0)
        # The box may end in the middle of marks, and that of the last character hang below it.
        inside = int(box.x1 - INSIDE * em)
        strip = Rect(inside, int(box.y0), int(x1), int(box.y1 + 0.2 * em))
        if box.width > 2 * em or x1 - int(box.x1) < 1:
            out.append(line)
            continue
        marks = [m for m in _marks(window(ink, strip), em) if strip.x0 + m.x1 > box.x1]
        if not marks or len(marks) > OFTEN * box.height / em + 1:
            out.append(line)
            continue
        right = strip.x0 + max(m.x1 for m in marks)
        foot = max(box.y1, strip.y0 + max(m.y1 for m in marks))
        out.append(replace(line, box=Rect(box.x0, box.y0, max(box.x1, right), foot)))
    return out


def _marks(ink: Gray, em: float) -> list[Rect]:
    """Small pieces of ink that lie within a strip, or reach into it from the line at its left."""
    if ink.size == 0:
        return []
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    found = []
    for k in range(1, count):
        x, y, width, height, area = (int(v) for v in stats[k])
        cut_off = x + width >= ink.shape[1] or y + height >= ink.shape[0]
        fits = SMALLEST * em <= max(width, height) <= LARGEST * em
        if fits and not cut_off and area >= 0.006 * em * em:
            found.append(Rect(x, y, x + width, y + height))
    return found
