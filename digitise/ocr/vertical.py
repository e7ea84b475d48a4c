"""A vertical line set anew as a horizontal one, character by character.

A strip turned by a quarter shows the recogniser characters lying on their sides. Cut into
its cells and set side by side it is an ordinary line.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ..model import Gray

EM = 24  # working size of one em when looking for the cells


@dataclass(frozen=True, slots=True)
class Cells:
    """`pixels`: the horizontal line. Cell i covers columns starts[i]..ends[i] of it and rows
    tops[i]..bottoms[i] of the vertical line."""

    pixels: Gray
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    tops: tuple[int, ...]
    bottoms: tuple[int, ...]

    def row(self, column: float) -> float:
        """The row of the vertical line that stands at a column of the horizontal one."""
        if not self.starts:
            return 0.0
        i = int(np.searchsorted(self.ends, column, side="left"))
        i = min(i, len(self.starts) - 1)
        share = (column - self.starts[i]) / max(1, self.ends[i] - self.starts[i])
        return self.tops[i] + min(max(share, 0.0), 1.0) * (self.bottoms[i] - self.tops[i])


def cut(gray: Gray) -> tuple[tuple[int, int], ...]:
    """Rows (top, bottom) of the characters of a vertical line, downwards; dark on light."""
    height = gray.shape[0]
    ink = _ink(gray)
    columns = np.flatnonzero(ink.mean(axis=0) > 0.01)
    if columns.size == 0:
        return ()
    across = int(columns[-1] - columns[0] + 1)
    em = max(4.0, across * 1.06)  # a full-width glyph fills all but a sliver of its em
    scale = EM / em
    rows = max(1, round(height * scale))
    profile = cv2.resize(
        ink[:, columns[0] : columns[-1] + 1].mean(axis=1, dtype=np.float32).reshape(-1, 1),
        (1, rows),
        interpolation=cv2.INTER_AREA,
    ).ravel()
    best = min((_cells(profile, pitch) for pitch in range(EM - 3, EM + 5)), key=lambda r: r[0])
    return tuple(
        (max(0, round(a / scale)), min(height, round(b / scale)))
        for a, b in best[1]
        if round(b / scale) > round(a / scale)
    )


def lay_down(gray: Gray) -> Cells:
    """A vertical line as a horizontal line; of no width when there is nothing printed."""
    pieces = cut(gray)
    width = gray.shape[1]
    if not pieces:
        return Cells(np.full((max(1, width), 0), 255, np.uint8), (), (), (), ())
    paper = int(np.percentile(gray, 90))
    tall = max(width, max(b - a for a, b in pieces))
    out = np.full((tall, width * len(pieces)), paper, np.uint8)
    starts, ends = [], []
    for i, (top, bottom) in enumerate(pieces):
        y = (tall - (bottom - top)) // 2
        out[y : y + bottom - top, i * width : (i + 1) * width] = gray[top:bottom]
        starts.append(i * width)
        ends.append((i + 1) * width)
    return Cells(
        out, tuple(starts), tuple(ends), tuple(a for a, _ in pieces), tuple(b for _, b in pieces)
    )


def _ink(gray: Gray) -> NDArray[np.float32]:
    low, high = (float(v) for v in np.percentile(gray, (2, 95)))
    if high - low < 24:
        return np.zeros(gray.shape, np.float32)
    depth = (high - gray.astype(np.float32)) / (high - low)
    return np.asarray(np.clip(depth - 0.25, 0, 1) / 0.75, np.float32)


def _cells(profile: NDArray[np.float32], pitch: int) -> tuple[float, tuple[tuple[int, int], ...]]:
    """The cheapest way to cut the rows into cells about `pitch` high: cutting through ink and
    uneven cells cost, rows without ink cost nothing. Least cost by dynamic programming."""
    count = len(profile)
    blank = profile < 0.01
    through = np.append(profile, 0.0)  # ink on either side of a cut
    through[1:] = np.minimum(through[1:], profile)
    through[0] = 0.0
    cost = np.full(count + 1, np.inf)
    cost[0] = 0.0
    back = np.zeros(count + 1, np.int64)
    cell = np.zeros(count + 1, bool)
    sizes = range(max(3, round(pitch * 0.7)), round(pitch * 1.3) + 1)
    for end in range(1, count + 1):
        if blank[end - 1]:
            cost[end], back[end], cell[end] = cost[end - 1], end - 1, False
        for size in sizes:
            start = end - size
            if start < 0:
                if end == count or -start < pitch // 2:
                    start = 0
                else:
                    continue
            price = cost[start] + 4.0 * ((size - pitch) / pitch) ** 2 + 6.0 * through[end] + 0.05
            if price < cost[end]:
                cost[end], back[end], cell[end] = price, start, True
    pieces: list[tuple[int, int]] = []
    end = count
    while end > 0:
        start = int(back[end])
        if cell[end] and profile[start:end].max(initial=0.0) > 0.02:
            pieces.append((start, end))
        end = start
    return float(cost[count]) / max(1, len(pieces)), tuple(reversed(pieces))
