"""Columns of a page set close, whose boxes took in slivers of the columns beside them.

A detector's box is about 1.7 times as thick as its type. Where columns stand a quarter of an em apart, it
reaches into the next one on both sides, and holds two columns where their cores ran together. The
column itself ends at the white beside it, which runs all along: looked for from the middle outwards, in
one stretch of the column after the other, since a column may lean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..model import Gray, Rect
from .grids import window
from .pieces import Piece, meeting, table_of

TALL = 3.0
"""Times as high as wide: what is less is no column to speak of."""

THICK = 3.4
"""Body ems a box is wide at most: that of two columns."""

STRETCH = 8.0
"""Body ems of a column that are looked at together: enough for glyphs to fill its width."""

HALF = (0.4, 1.0)
"""Between so many ems from the middle of a column the white beside it is looked for."""

INNER = 0.22
"""Share of a box's width, instead of the first, for larger type."""

WHITE = 0.15
"""Share of the ink inside a column that the white beside it has at most: stops stand in it."""

TWO = 1.9
"""Body ems that a box of two columns is wide at least."""

BETWEEN = 0.2
"""Ems about the middle of such a box in which the white between the two lies."""

SHARED = 0.5
"""Share of its height that the box beside a column must stand level with it."""


def without_slivers(pieces: Sequence[Piece], ink: Gray, em: float) -> list[Piece]:
    """`pieces`, in page coordinates, with those of columns that lie over the box of the next one
    cut down to the column itself, or to the two columns that they hold. `ink`: the page's 0/255
    mask; `em`: of the body, px."""
    table = table_of(pieces)
    out: list[Piece] = []
    for i, piece in enumerate(pieces):
        box = piece.box
        crowded = box.height >= TALL * box.width and box.width <= THICK * em and any(
            j != i and _beside(box, pieces[j].box) for j in meeting(table, box, 0.0)
        )  # fmt: skip
        out += [replace(piece, box=b) for b in _columns(box, ink, em)] if crowded else [piece]
    return out


def _beside(box: Rect, other: Rect) -> bool:
    level = box.overlap_y(other) > SHARED * min(box.height, other.height)
    return level and other.height > other.width


def _columns(box: Rect, ink: Gray, em: float) -> list[Rect]:
    part = window(ink, box) > 0
    count = max(1, round(part.shape[0] / (STRETCH * em)))
    shares = [rows.mean(axis=0) for rows in np.array_split(part, count)]
    middle = part.shape[1] / 2
    x0 = float(max(0, int(box.x0)))
    if box.width >= TWO * em and box.height >= TALL * TWO * em:
        at = [_least(s, middle - BETWEEN * em, middle + BETWEEN * em) for s in shares]
        cuts = [cut for cut, s in zip(at, shares, strict=True) if _is_white(s, cut)]
        if 2 * len(cuts) > len(shares):
            cut = float(np.median(cuts))
            halves = ((0.0, cut), (cut, float(part.shape[1])))
            return [Rect(x0 + a, box.y0, x0 + b, box.y1) for a, b in halves if b - a >= 0.7 * em]
    near = max(HALF[0] * em, INNER * box.width)
    left = [_edge(s, middle - near, middle - HALF[1] * em) for s in shares]
    right = [_edge(s, middle + near, middle + HALF[1] * em) for s in shares]
    a = float(np.median(left))
    b = float(np.median(right))
    return [Rect(x0 + a, box.y0, x0 + b, box.y1)]


def _edge(share: NDArray[np.float64], start: float, end: float) -> float:
    """Where the white beside a column lies from `start` to `end`, px from the left; the side of
    the box where there is none."""
    cut = _least(share, min(start, end), max(start, end))
    side = 0.0 if end < start else float(len(share))
    return cut if _is_white(share, cut) else side


def _least(share: NDArray[np.float64], low: float, high: float) -> float:
    """The middle of the longest stretch between `low` and `high` that has least ink."""
    a, b = max(0, int(low)), min(len(share), int(high) + 1)
    if b <= a:
        return max(0.0, min(low, float(len(share))))
    part = share[a:b]
    flat = np.flatnonzero(part <= part.min() + 0.01)
    runs = np.split(flat, np.flatnonzero(np.diff(flat) > 1) + 1)
    longest = max(runs, key=len)
    return float(a + (longest[0] + longest[-1] + 1) / 2)


def _is_white(share: NDArray[np.float64], at: float) -> bool:
    usual = float(np.percentile(share, 75))
    return usual > 0 and float(share[min(len(share) - 1, int(at))]) <= WHITE * usual
