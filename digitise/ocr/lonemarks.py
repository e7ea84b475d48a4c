"""The last column of a paragraph set downwards when it is nothing but marks, 。」 or 、, which
detectors pass over, told from its ink."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import cv2
import numpy as np

from ..model import Char, Gray, Rect, TextLine, bounding
from .asides import stop_of
from .brackets import corner
from .sizing import is_hanzi

STEP = (1.15, 1.9)
"""Ems from column to column."""

LEAST = 4
"""Hanzi of the column before, at least."""

DEPTH = 2.4
"""Ems from the head of the column within which the marks end, with as much white under them."""

SIZES = (0.2, 1.0)
"""Ems the longer side of a mark measures."""


def with_lone_marks(lines: Sequence[TextLine], ink: Gray, em: float) -> tuple[TextLine, ...]:
    """`lines` and, in the free columns among those set downwards, the marks that stand there alone
    at the head. `ink`: the page's 0/255 mask; `em`: the body's, px."""
    columns = [
        x for x in lines
        if x.mode == "vertical-rl" and 0.75 * em < x.size < 1.3 * em
        and sum(is_hanzi(c.text) for c in x.chars) >= LEAST
    ]  # fmt: skip
    found = []
    for line in columns:
        step = _step(line, columns, em)
        if step is None:
            continue
        box = line.box
        cell = Rect(
            int(box.x0 - step - 0.15 * em), int(box.y0 - 0.15 * em),
            int(box.x0 - step + 1.25 * em), int(box.y0 + 2 * DEPTH * em),
        )  # fmt: skip
        if cell.x0 < 0 or cell.y0 < 0 or any(x.box.overlap(cell) > 0 for x in lines):
            continue
        chars = _marks(ink[int(cell.y0) : int(cell.y1), int(cell.x0) : int(cell.x1)], em)
        if chars:
            placed = tuple(Char(t, b.shift(cell.x0, cell.y0)) for t, b in chars)
            found.append(TextLine(bounding(c.box for c in placed), placed, line.size, line.mode))
    return tuple(sorted((*lines, *found), key=lambda x: (x.box.y0, x.box.x0, x.mode)))


def _step(line: TextLine, columns: Sequence[TextLine], em: float) -> float | None:
    """Pixels from a column to the next, as the nearest ones at its right are apart; None where the
    one at its left, two steps off, does not leave room for one between."""
    near = [
        x.box.x0 - line.box.x0 for x in columns
        if x is not line and x.box.overlap_y(line.box) > 0.5 * min(x.box.height, line.box.height)
    ]  # fmt: skip
    right = min((d for d in near if d > 0.5 * em), default=0.0)
    left = min((-d for d in near if d < -0.5 * em), default=0.0)
    if not STEP[0] * em <= right <= STEP[1] * em or not 1.8 * right <= left <= 2.2 * right:
        return None
    return right


def _marks(ink: Gray, em: float) -> list[tuple[str, Rect]]:
    """The marks of a cell, from the top, (mark, box in its pixels); none where there is anything
    else in it."""
    if ink.size == 0:
        return []
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    out: list[tuple[str, Rect]] = []
    for k in range(1, count):
        x, y, width, height, area = (int(v) for v in stats[k])
        if max(width, height) < 0.1 * em:
            continue  # a speck
        cut_off = x == 0 or y == 0 or x + width >= ink.shape[1]
        fits = SIZES[0] * em <= max(width, height) <= SIZES[1] * em
        if cut_off or not fits or y + height > DEPTH * em or area < 0.01 * em * em:
            return []
        part = (labels[y : y + height, x : x + width] == k).astype(np.uint8)
        mark = corner(part * 255, em)
        if not mark and max(width, height) > 0.5 * em:
            return []
        out.append((mark or stop_of(part), Rect(x, y, x + width, y + height)))
    out.sort(key=lambda one: one[1].cy)
    apart = all(b.cy - a.cy > 0.35 * em for (_, a), (_, b) in itertools.pairwise(out))
    opens = any(mark in "「『" for mark, _ in out)
    return out if len(out) <= 2 and apart and not opens else []
