"""A detected line or part of one, and questions asked of many of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..model import Rect
from .inkwork import Inks, filled, runs


@dataclass(frozen=True, slots=True)
class Piece:
    """A line or part of one. `box` is in the frame of the mask it was found on; `cells` is
    the number of character cells, `pitch` their median distance (0 with fewer than two).
    `whole`: known to be a line, not to be split."""

    box: Rect
    score: float = 1.0
    cells: int = 0
    pitch: float = 0.0
    whole: bool = False


def tightened(piece: Piece, inks: Inks) -> Piece | None:
    """The piece on its own ink; None without any. Slivers of the rows above and below,
    cut off from the rest by white, are left out."""
    part = inks.part(piece.box)
    if part.size == 0:
        return None
    rows = runs(filled(part, 1))
    height = part.shape[0]
    if not rows:
        return None
    if len(rows) > 1 and rows[0][0] == 0 and rows[0][1] < 0.16 * height:
        rows = rows[1:]
    if len(rows) > 1 and rows[-1][1] == height and rows[-1][1] - rows[-1][0] < 0.16 * height:
        rows = rows[:-1]
    top, bottom = rows[0][0], rows[-1][1]
    columns = runs(filled(part[top:bottom], 0))
    if not columns:
        return None
    x0, y0 = max(0, int(piece.box.x0)), max(0, int(piece.box.y0))
    box = Rect(
        float(x0 + columns[0][0]), float(y0 + top),
        float(x0 + columns[-1][1]), float(y0 + bottom),
    )  # fmt: skip
    return replace(piece, box=box)


def measured(piece: Piece, inks: Inks) -> Piece:
    """Character cells: what wide white parts in letter-spaced type, else runs of ink gathered up
    to one line height each."""
    box = piece.box
    inked = runs(filled(inks.part(box), 0))
    cells = _letters(inked, box.height)
    for a, b in inked if not cells else ():
        if cells and b - cells[-1][0] <= 1.08 * box.height:
            cells[-1] = (cells[-1][0], b)
        else:
            cells.append((a, b))
    centres = [(a + b) / 2 for a, b in cells]
    steps = np.diff(centres)
    return replace(piece, cells=len(cells), pitch=float(np.median(steps)) if len(steps) else 0.0)


def _letters(inked: Sequence[tuple[int, int]], size: float) -> list[tuple[int, int]]:
    """The characters of a letter-spaced line, each less than 1.3 `size` wide; none where the line
    is not spaced."""
    out: list[tuple[int, int]] = []
    for a, b in inked:
        if out and a - out[-1][1] < 0.35 * size:
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
    spaced = len(out) >= 2 and all(b - a <= 1.3 * size for a, b in out)
    return out if spaced else []


def row_of(box: Rect) -> tuple[float, float, float, float]:
    """A box as a row of such a table."""
    return (box.x0, box.y0, box.x1, box.y1)


def table_of(pieces: Sequence[Piece]) -> NDArray[np.float64]:
    """The boxes of pieces, (n, 4): x0, y0, x1, y1."""
    return np.array([row_of(p.box) for p in pieces], np.float64).reshape(-1, 4)


def meeting(table: NDArray[np.float64], box: Rect, reach: float) -> list[int]:
    """Rows of `table` whose box meets `box`, widened by `reach` to left and right."""
    hit = (table[:, 0] < box.x1 + reach) & (table[:, 2] > box.x0 - reach)
    hit &= (table[:, 1] < box.y1) & (table[:, 3] > box.y0)
    return [int(i) for i in np.flatnonzero(hit)]


def between(stops: Sequence[Rect], x0: float, x1: float, y0: float, y1: float) -> bool:
    """Whether a stop stands between x0 and x1 along most of y0..y1."""
    return any(
        x0 - 1 <= s.cx <= x1 + 1 and min(s.y1, y1) - max(s.y0, y0) > 0.6 * (y1 - y0) for s in stops
    )


def made_of_ends(box: Rect, lines: Sequence[Rect]) -> bool:
    """Whether a supposed vertical line is made of the ends of horizontal ones, three at least, or
    fewer that are much longer and hold nearly all of it."""
    across = [
        x for x in lines
        if x.width > 2.5 * box.width and x.overlap_x(box) > 0.7 * box.width
        and x.overlap_y(box) > 0.7 * x.height
    ]  # fmt: skip
    covered = sum(x.overlap(box) for x in across)
    if len(across) < 3:
        return covered > 0.7 * box.area and all(x.width > 3 * box.height for x in across)
    return covered > 0.4 * box.area
