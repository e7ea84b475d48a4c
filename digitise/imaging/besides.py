"""Marks set beside the characters of vertical lines, which take no room among them: 、，。 in the
white to the right of a line, where a detector's box ends at the characters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2

from ..model import Gray, Rect
from .grids import window
from .pieces import Piece, meeting, table_of

REACH = 0.5
"""Marks lie within so many ems to the right of the characters."""

SMALLEST, LARGEST = 0.12, 0.5
"""How many ems the longer side of a mark measures."""

OFTEN = 0.4
"""Marks beside more than this share of the characters stress them and are no stops."""


def with_marks(lines: Sequence[Piece], ink: Gray, em: float) -> list[Piece]:
    """Vertical lines, in page coordinates, widened to the marks at their right. `ink`: the page's
    0/255 mask; `em`: of the body, px."""
    table = table_of(lines)
    out = []
    for i, line in enumerate(lines):
        box = line.box
        x1 = box.x1 + REACH * em
        for j in meeting(table, box, REACH * em):
            if j != i and lines[j].box.cx > box.cx:
                x1 = min(x1, lines[j].box.x0)
        # The mark of the last character may hang a little below it.
        strip = Rect(int(box.x1), int(box.y0), int(x1), int(box.y1 + 0.2 * em))
        if box.width > 2 * em or strip.width < SMALLEST * em:
            out.append(line)
            continue
        marks = _marks(window(ink, strip), em)
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
