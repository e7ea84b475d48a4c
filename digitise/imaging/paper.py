"""The sheet found on the ground it lay on: a dark table, or the white lid under yellowed paper.

The ground along the picture's edges tells itself from paper by its tone. Where the border of both
follows four straight sides, these are the sides of the sheet.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ..model import Gray, Point
from .grids import closed, opened, reduce_gray

SIDE = 700
"""Longest side of the reduced copy in which the sheet is looked for."""

INK = 0.012
"""Strokes narrower than this share of the longest side are print, not ground."""

APART = 10
"""Least difference of ground and paper in grey levels."""

LEAST = 0.25
"""A sheet fills at least this share of the picture."""

SEEN = 0.6
"""Share of a side along which ground must be seen beside the sheet."""

STRAIGHT = 0.004
"""How far the border may stray from a straight side, as a share of the longest side."""

STEEP = 25.0
"""Most degrees of a side against the picture's own."""

FIT = 0.03
"""The sheet and the four-cornered figure differ by at most this share of its area."""

Corners = tuple[Point, Point, Point, Point]
"""Of the sheet in the picture, clockwise from the top left, px."""


def find_paper(gray: Gray) -> Corners | None:
    """The corners of the sheet in a picture (height, width); None where it shows nothing but the
    sheet, or less than three of its sides with ground beside them."""
    height, width = gray.shape
    small = reduce_gray(gray, max(1.0, max(gray.shape) / SIDE))
    if min(small.shape) < 100:
        return None
    sheet = _sheet(small)
    if sheet is None:
        return None
    sides = [_side(np.rot90(sheet, turns)) for turns in range(4)]
    if sum(side is not None and side.seen for side in sides) < 3:
        return None
    # rot90 brings the right side up after the top, then the bottom and the left.
    top, right, bottom, left = (
        _in_picture(side, turns, sheet.shape) for turns, side in enumerate(sides)
    )
    if top is None or right is None or bottom is None or left is None:
        return None
    scale = np.array([width / small.shape[1], height / small.shape[0]])
    pairs = ((left, top), (top, right), (right, bottom), (bottom, left))
    crossings = [_crossing(a, b) for a, b in pairs]
    outline = np.array(crossings, np.float64)
    drawn = np.zeros_like(sheet)
    cv2.fillConvexPoly(drawn, np.round(outline).astype(np.int32), 255)
    area = float((drawn > 0).sum())
    off = float((drawn != sheet).sum())
    if area < LEAST * sheet.size or off > FIT * area:
        return None
    a, b, c, d = ((float(x), float(y)) for x, y in outline * scale)
    return a, b, c, d


def _sheet(small: Gray) -> Gray | None:
    """0/255: what is not ground, in the reduced copy; None without a ground that differs."""
    reach = round(INK * max(small.shape)) | 1
    plain = closed(small, reach, reach)
    height, width = plain.shape
    rim = np.concatenate([plain[0], plain[-1], plain[:, 0], plain[:, -1]])
    middle = plain[height // 4 : -(height // 4), width // 4 : -(width // 4)]
    ground, paper = float(np.median(rim)), float(np.median(middle))
    if abs(ground - paper) < APART:
        return None
    limit = (ground + paper) / 2
    is_ground = ((plain < limit) if ground < paper else (plain > limit)).astype(np.uint8)
    _, labels = cv2.connectedComponents(is_ground, connectivity=4)
    edge = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    outside = np.isin(labels, edge[edge > 0])
    sheet = opened(np.where(outside, 0, 255).astype(np.uint8), reach, reach)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(sheet, connectivity=4)
    if count < 2:
        return None
    largest = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    return np.where(labels == largest, 255, 0).astype(np.uint8)


@dataclass(frozen=True, slots=True)
class _Side:
    """A side that is on top: y = base + slope * x, and whether ground is seen above it."""

    slope: float
    base: float
    seen: bool


def _side(view: Gray) -> _Side | None:
    """The straight line that most of the sheet's upper border follows."""
    there = np.flatnonzero((view > 0).any(axis=0))
    if len(there) < 20:
        return None
    depth = np.argmax(view[:, there] > 0, axis=0).astype(np.float64)
    x = there + 0.5
    reach = max(1.5, STRAIGHT * max(view.shape))
    limit = math.tan(math.radians(STEEP))
    rng = np.random.default_rng(len(there))
    first = rng.integers(0, len(x), 400)
    second = (first + rng.integers(len(x) // 4, 3 * len(x) // 4, 400)) % len(x)
    slopes = (depth[second] - depth[first]) / (x[second] - x[first])
    bases = depth[first] - slopes * x[first]
    rest = np.abs(depth[None, :] - bases[:, None] - slopes[:, None] * x[None, :])
    votes = np.where(np.abs(slopes) <= limit, (rest <= reach).sum(axis=1), 0)
    best = int(np.argmax(votes))
    slope, base = float(slopes[best]), float(bases[best])
    near: NDArray[np.bool_] = rest[best] <= reach
    for _ in range(3):
        if near.sum() < 10:
            return None
        slope, base = (float(v) for v in np.polyfit(x[near], depth[near], 1))
        near = np.abs(depth - base - slope * x) <= reach
    if abs(slope) > limit:
        return None
    return _Side(slope, base, bool((near & (depth > 1)).sum() >= SEEN * len(x)))


def _in_picture(
    side: _Side | None, turns: int, shape: tuple[int, ...]
) -> tuple[float, float, float] | None:
    """(a, b, c) with a*x + b*y = c for a side seen on top after `turns` quarter turns."""
    if side is None:
        return None
    height, width = float(shape[0]), float(shape[1])
    m, k = side.slope, side.base
    # The view's (x, y) in the picture: (x, y), (width - y, x), (width - x, height - y), (y, height - x)
    return (
        (-m, 1.0, k),
        (-1.0, -m, k - width),
        (m, -1.0, k + m * width - height),
        (1.0, m, k + m * height),
    )[turns]


def _crossing(
    one: tuple[float, float, float], other: tuple[float, float, float]
) -> tuple[float, float]:
    x, y = np.linalg.solve(np.array([one[:2], other[:2]]), np.array([one[2], other[2]]))
    return float(x), float(y)
