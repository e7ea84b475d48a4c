"""The white between columns, told from the white inside a line."""

from __future__ import annotations

import numpy as np

from ..model import Rect
from .inkwork import Inks, filled, runs

QUOTED = 0.8
"""The most white beside a quotation mark, in heights of its row."""

NARROWEST, FAR = 0.7, 4.6
"""A gutter is so wide at least, and free of ink so far up and down if it is no wider than about an em,
in heights of its row."""


def white_run(inks: Inks, x0: float, x1: float, y0: float, y1: float) -> tuple[float, float]:
    """(top, bottom) of the white between x0 and x1 that runs on above and below a row."""
    reach = 7 * (y1 - y0)
    # Figures and marks leave white in their own cells, so rows do not end in one place.
    inner = (0.2 if x1 - x0 <= 2 * (y1 - y0) else 0.12) * (x1 - x0)
    above = inks.free(x0 + inner, x1 - inner, y0, max(0.0, y0 - reach))
    below = inks.free(x0 + inner, x1 - inner, y1, y1 + reach)
    return above, below


def is_gutter(inks: Inks, x0: float, x1: float, y0: float, y1: float) -> bool:
    """Whether the white from x0 to x1 beside a row y0..y1 runs on through its neighbours.

    A gutter is at least 0.7 em wide and free of ink for at least four line heights, with two
    lines of type on both sides of it. Narrow ones must run further: under a comma there may
    well stand another.
    """
    size = y1 - y0
    above, below = white_run(inks, x0, x1, y0, y1)
    far = 3.0 if x1 - x0 > 1.3 * size else FAR
    if x1 - x0 < NARROWEST * size or (y0 - above) + (below - y1) < far * size:
        return False
    # Type right at the white is not enough: a single character behind a comma is no column.
    near, side = 1.2 * size, 3.6 * size
    left = inks.rows_with_ink(Rect(x0 - side, above, x0 - near, below))
    right = inks.rows_with_ink(Rect(x1 + near, above, x1 + side, below))
    # Only the rows that follow each other count, not a headline further off.
    f = inks.factor
    here = int((y0 + y1) / 2 / f) - int(above / f)
    blocks = runs(left | right)
    first = last = next((i for i, (a, b) in enumerate(blocks) if a <= here < b), None)
    if first is None or last is None:
        return False
    while first > 0 and blocks[first][0] - blocks[first - 1][1] <= size / f:
        first -= 1
    while last + 1 < len(blocks) and blocks[last + 1][0] - blocks[last][1] <= size / f:
        last += 1
    both = (left & right)[blocks[first][0] : blocks[last][1]]
    if float(both.sum()) * f < (1.7 if x1 - x0 > 1.3 * size else 2.6) * size:
        return False
    return x1 - x0 > 1.3 * size or _ends_whole(inks, Rect(x0 - 0.35 * size, above, x0, below), size)


def holds_gutter(inks: Inks, x0: float, x1: float, y0: float, y1: float) -> bool:
    """Whether the white from x0 to x1 in a row y0..y1 is a gutter or holds one. Where the row ends
    with a thin character (一), or the next begins with a bracket, it has more white than the rows
    over and under it, whose type stands in the ends of that white."""
    if is_gutter(inks, x0, x1, y0, y1):
        return True
    size = y1 - y0
    reach = FAR * size
    runs_on = ((y0 - reach, y1), (y0, y1 + reach), (y0 - reach / 2, y1 + reach / 2))
    for top, bottom in runs_on:
        white = runs(~filled(inks.part(Rect(x0, max(0.0, top), x1, bottom)), 0))
        a, b = max(white, key=lambda r: r[1] - r[0], default=(0, 0))
        if NARROWEST * size <= b - a < x1 - x0 - 1:
            start = float(max(0, int(x0)) + a)
            if is_gutter(inks, start, start + b - a, y0, y1):
                return True
    return False


def _ends_whole(inks: Inks, end: Rect, size: float) -> bool:
    """Whether a row that ends before a narrow white ends with a whole character there. Stops
    and commas that happen to stand one under another leave a white that is no gutter."""
    return any(b - a >= 0.5 * size for a, b in runs(filled(inks.part(end), 1)))


def by_quotation_mark(inks: Inks, x0: float, x1: float, y0: float, y1: float) -> bool:
    """Whether the white from x0 to x1 in a row y0..y1 is the empty half of a quotation mark's own
    cell: the ink at one of its ends is small and stands in the upper half of the row."""
    size = y1 - y0
    if x1 - x0 > QUOTED * size:
        return False
    for at, way in ((x0, -1), (x1, 1)):
        far = at + 0.6 * way * size
        part = inks.part(Rect(min(at, far), y0, max(at, far), y1))
        inked = runs(filled(part, 0))[::way]
        if not inked:
            continue
        mark = inked[0]
        for other in inked[1:]:  # the second comma of a double mark
            if max(other[0], mark[0]) - min(other[1], mark[1]) > 0.08 * size:
                break
            mark = (min(mark[0], other[0]), max(mark[1], other[1]))
        rows = np.flatnonzero(filled(part[:, mark[0] : mark[1]], 1))
        if mark[1] - mark[0] < 0.5 * size and rows[-1] < 0.5 * size:
            return True
    return False
