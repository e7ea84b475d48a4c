"""Stretches of a vertical line that are set in two columns of half its width: what a shop is and deals
in, over or amid its name (眼科專家 over 秦錫祺醫師), the kind of a serial over its title."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..model import Gray, Rect
from .grids import window
from .inkwork import inked_box, runs

TALL = 2.5
"""A line with such a stretch is so many times as high as wide at least."""

WIDE = 1.6
"""… and so many ems of the body wide: half the size of the body nobody sets."""

MIDDLE = (0.36, 0.64)
"""Between what shares of its width the white between the two columns lies."""

LENGTH = 0.8
"""How many times its width the stretch is long at least: two characters of half the size."""

LANE = 0.03
"""Share of the width the white between them measures at least."""

BOTH = (0.14, 0.75)
"""Share of either column that has ink at least, and of its length that its ink spans."""

LEAST = 0.3
"""How many times the width what is left over or under the stretch is long, to be a line."""


def doubled(box: Rect, ink: Gray, em: float) -> tuple[Rect, ...]:
    """The vertical lines such a box holds, from the top, of two columns the right one first, in page
    coordinates; none where it has no such stretch. `ink`: the page's 0/255 mask; `em`: of the body,
    px."""
    part = window(ink, box) > 0
    height, width = part.shape
    if height < TALL * width or width < WIDE * em:
        return ()
    found = _stretch(part)
    if found is None:
        return ()
    top, bottom, lane = found
    cuts = [(0, 0, width, top), (lane, top, width, bottom), (0, top, lane, bottom)]
    cuts.append((0, bottom, width, height))
    x, y = float(max(0, int(box.x0))), float(max(0, int(box.y0)))
    lines = [inked_box(part, *cut) for cut in cuts]
    return tuple(
        line.shift(x, y) for line in lines if line is not None and line.height >= LEAST * width
    )


def _stretch(part: NDArray[np.bool_]) -> tuple[int, int, int] | None:
    """(top, bottom, x of the lane) of the longest stretch in two columns."""
    width = part.shape[1]
    half = max(1, round(LANE * width / 2))
    best: tuple[int, int, int] | None = None
    for x in range(round(MIDDLE[0] * width), round(MIDDLE[1] * width)):
        white = part[:, x - half : x + half + 1].max(axis=1, initial=False) == 0
        for a, b in runs(np.asarray(white, np.bool_)):
            rows = np.flatnonzero(part[a:b].any(axis=1))
            if b - a < LENGTH * width or not len(rows):
                continue
            a, b = a + int(rows[0]), a + int(rows[-1]) + 1
            if best is not None and b - a <= best[1] - best[0]:
                continue
            sides = (part[a:b, :x], part[a:b, x + 1 :])
            if b - a >= LENGTH * width and all(_is_column(side) for side in sides):
                best = (a, b, x)
    return best


def _is_column(side: NDArray[np.bool_]) -> bool:
    rows = np.flatnonzero(side.any(axis=1))
    spans = len(rows) > 0 and rows[-1] - rows[0] + 1 >= BOTH[1] * len(side)
    return bool(spans and side.mean() >= BOTH[0] and len(rows) >= 0.6 * len(side))
