"""Blocks of small type in one box: several columns, or rows, that a detector took for one line.

Advertisements set a few short columns side by side with no more white between them than between
their characters, and a detector sees one thick line. The white lanes that run through the whole
box either way show what there is; which way it reads is not told from them.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import numpy as np
from numpy.typing import NDArray

from ..model import Gray, Rect
from .grids import window
from .inkwork import inked_box, runs

LANE = 0.015
"""Share of a lane's length that has ink at most: a speck, the end of a stroke."""

RULE = (0.2, 0.7)
"""Ems a rule between columns is thick at most, and the share of its length that has ink at least."""

ACROSS = 0.45
"""Share of a box's width that a rule over or under its columns has ink at least."""

EDGE = 0.4
"""What is cut off by the edge of a box and so many ems high at most is a part of what lies outside."""

THIN = 0.62
"""A column is at most so much of a box as wide that holds more than one."""

LONG = 4.0
"""In stretches so many times as long as wide a lane does not run through the characters."""

PARTS = 1.15
"""Parts of a character, put together, are so many times as wide as one at most."""

TALL = 3.0
"""A box so many times as high as wide holds columns, if anything."""

SLIGHT = 0.3
"""What is so thin, against a character, is a rule or the edge of something."""

LEAST = 0.45
"""Ems the type of a block measures at least, and …"""

SHARE = (0.1, 0.8)
"""… between what shares of its columns is ink."""


def cuts_of(box: Rect, ink: Gray, em: float) -> tuple[tuple[Rect, ...], tuple[Rect, ...]]:
    """(the columns from the right, the rows from the top) that a box may hold, each on its ink, in
    page coordinates; none where it does not part so. `ink`: the page's 0/255 mask; `em`: of the
    body, px."""
    part = window(ink, box) > 0
    if min(part.shape) < 2 * LEAST * em:
        return (), ()
    part = _without_rules(part, em)
    across, down = _stretches(part.T, em), _stretches(part, em)
    height, width = part.shape
    if height > TALL * width:
        down = down[:1]  # one under another lie the characters of a column
    if max(len(across), len(down)) < 2:
        return (), ()
    wide, high = (_size(found) for found in (across, down))
    columns = _lines(across, wide if height >= LONG * wide else max(wide, _known(high, down)))
    rows = _lines(down, high if width >= LONG * high else max(high, _known(wide, across)))
    x0, y0 = float(max(0, int(box.x0))), float(max(0, int(box.y0)))
    upright = [inked_box(part, a, 0, b, height) for a, b in reversed(columns)]
    level = [inked_box(part, 0, a, width, b) for a, b in rows]
    cut_up, cut_down = ([box for box in held if box is not None] for held in (upright, level))
    return (
        tuple(r.shift(x0, y0) for r in cut_up) if _are_lines(cut_up, part, em, True) else (),
        tuple(r.shift(x0, y0) for r in cut_down) if _are_lines(cut_down, part, em, False) else (),
    )


def _without_rules(part: NDArray[np.bool_], em: float) -> NDArray[np.bool_]:
    """The mask without thin strokes that lie across most of the columns, at one height, and without
    what reaches into it from over or under the block."""
    out = part.copy()
    share = part.mean(axis=1)
    found = runs(share > LANE)
    for a, b in found:
        rule = b - a <= RULE[0] * em and float(share[a:b].max()) > ACROSS
        at_edge = len(found) > 1 and b - a <= EDGE * em and (a == 0 or b == len(share))
        if rule or at_edge:
            out[a:b] = False
    return out


def _stretches(part: NDArray[np.bool_], em: float) -> list[tuple[int, int]]:
    """Where, along the second axis of a transposed or upright mask, lines may lie between lanes;
    rules and specks left out."""
    share = part.mean(axis=1)
    found = []
    for a, b in runs(share > max(LANE, 1.5 / part.shape[1])):
        rule = b - a <= RULE[0] * em and float(share[a:b].max()) > RULE[1]
        if not rule and b - a >= max(2, round(0.08 * em)):
            found.append((a, b))
    return found


def _size(found: Sequence[tuple[int, int]]) -> float:
    """How thick lines are that lie apart: of those thicker than half the thickest."""
    if not found:
        return 0.0
    most = max(b - a for a, b in found)
    return float(median(b - a for a, b in found if 2 * (b - a) > most))


def _known(size: float, found: Sequence[tuple[int, int]]) -> float:
    """The size of the characters as the other direction shows it, where it does."""
    return size if len(found) > 1 else 0.0


def _lines(found: Sequence[tuple[int, int]], size: float) -> list[tuple[int, int]]:
    """Stretches with those put together that are parts of one character of this size, without what
    is too thin for one."""
    out: list[tuple[int, int]] = []
    for a, b in found:
        if out and b - out[-1][0] <= PARTS * size:
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
    return [(a, b) for a, b in out if b - a >= SLIGHT * size]


def _are_lines(found: Sequence[Rect], part: NDArray[np.bool_], em: float, upright: bool) -> bool:
    """Whether what lies between the lanes are lines of type, of about one size."""
    if len(found) < 2:
        return False
    thick = [r.width if upright else r.height for r in found]
    long = [r.height if upright else r.width for r in found]
    whole = part.shape[1] if upright else part.shape[0]
    size = median(thick)
    if not LEAST * em <= size <= THIN * whole or max(thick) > 1.6 * size:
        return False
    if median(long) < 1.5 * size:
        return False
    shares = [
        float(part[int(r.y0) : int(r.y1), int(r.x0) : int(r.x1)].mean()) for r in found
    ]  # fmt: skip
    return SHARE[0] <= median(shares) <= SHARE[1]
