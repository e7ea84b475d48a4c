"""A photographed sheet seen straight from above.

The corners of the paper give the projective map. Paper is not always cut true: the sheet is taken as
a rectangle only where the rows and columns of its print are no less straight then (Postl's
criterion) than on the sheet as it lies.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ..model import Affine, Gray, Projective
from .grids import reduce_gray
from .ground import ink_mask, paper_level
from .paper import Corners

LEANT = 0.6
"""Degrees by which a corner of the sheet is off a right angle below which a picture was taken from
straight above: 50 px over a page of 5,000."""

WASTE = 0.05
"""Share of the picture beside the sheet from which on it is cut off."""

FINE = 1400
"""Longest side of the reduced copy in which the print is weighed."""

POINTS = 30_000
"""Edges of print that are weighed in each direction."""

TURNED, ASKEW = 8.0, 0.6
"""Degrees by which print may be turned in the picture, and against the sides of its sheet."""

EDGE = 0.002
"""What is made white along the sheet's sides, of its longer one: their curl and shadow."""

_Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TakenOut:
    """The sheet alone; `back` maps its pixels to the picture's. `slanted`: the picture had been
    taken from an angle."""

    gray: Gray
    back: Affine | Projective
    slanted: bool


def taken_out(gray: Gray, corners: Corners) -> TakenOut | None:
    """The sheet with these corners: rectified where the picture was taken from an angle, else cut
    out; None where there is next to nothing to cut off."""
    if _leaning(corners) > LEANT and _straighter(gray, corners):
        return _rectified(gray, corners)
    area = float(cv2.contourArea(np.array(corners, np.float32)))
    return _cropped(gray, corners) if area < (1 - WASTE) * gray.size else None


def _leaning(corners: Corners) -> float:
    """Degrees by which a corner is off a right angle, where it is most."""
    c = np.array(corners)
    way = np.degrees(np.arctan2(*(np.roll(c, -1, axis=0) - c).T[::-1]))
    return float(np.abs((np.diff(np.append(way, way[0])) % 360) - 90).max())


def _straighter(gray: Gray, corners: Corners) -> bool:
    """Whether the print is as straight at least on the rectified sheet as on it as it lies."""
    factor = max(1.0, max(gray.shape) / FINE)
    small = reduce_gray(gray, factor)
    scale = np.array([small.shape[1] / gray.shape[1], small.shape[0] / gray.shape[0]])
    sheet = np.array(corners) * scale
    inside = np.zeros_like(small)
    cv2.fillConvexPoly(inside, np.round(sheet).astype(np.int32), 255)
    margin = round(3 * EDGE * FINE) | 1
    inside = np.asarray(cv2.erode(inside, np.ones((margin, margin), np.uint8)), np.uint8)
    ink = (ink_mask(small) > 0) & (inside > 0)
    rows = _thinned(ink[:-1] & ~ink[1:], inside[1:])
    columns = _thinned(ink[:, :-1] & ~ink[:, 1:], inside[:, 1:])
    if min(len(rows), len(columns)) < 200:
        return False
    width, height = _extent(sheet)
    to_sheet = np.asarray(
        cv2.getPerspectiveTransform(sheet.astype(np.float32), _rectangle(width, height)), np.float64
    )
    gain = 0.0
    for points, swap in ((rows, False), (columns, True)):
        flat = _mapped(to_sheet, points)
        if swap:
            points, flat = points[:, ::-1], flat[:, ::-1]
        gain += _straightness(flat, ASKEW) / max(1e-9, _straightness(points, TURNED))
    return gain >= 2.0


def _thinned(edge: NDArray[np.bool_], inside: Gray) -> _Points:
    """(x, y) of the edges of ink inside the sheet, about `POINTS` of them."""
    y, x = np.nonzero(edge & (inside > 0))
    stride = max(1, len(x) // POINTS)
    return np.stack([x[::stride], y[::stride]], axis=1).astype(np.float64)


def _straightness(points: _Points, reach: float) -> float:
    """How sharply the rows of `points` pile up in each half of the sheet, turned by up to `reach`
    degrees, over what points without rows would give; 0 for those."""
    x0, x1 = float(points[:, 0].min()), float(points[:, 0].max())
    u = points[:, 0] - (x0 + x1) / 2
    half = (u > 0).astype(np.int64)
    best, middle, centre = 0.0, 0.0, 0.0
    for wide, step in ((reach, 0.1), (0.08, 0.02)):
        count = round(wide / step)
        for angle in [centre + step * i for i in range(-count, count + 1)]:
            y = points[:, 1] + u * math.tan(math.radians(angle))
            bins = (y - y.min()).astype(np.int64)
            depth = int(bins.max()) + 1
            profile = np.bincount(bins + half * depth, minlength=2 * depth).astype(np.float64)
            even = float(np.square(len(bins)) / (2 * depth))
            sharp = float(np.square(profile).sum()) / even - 1
            if sharp > best:
                best, middle = sharp, angle
        centre = middle
    return best


def _extent(corners: NDArray[np.float64]) -> tuple[float, float]:
    """Width and height of the sheet: of opposite sides the longer one, so that nothing shrinks."""
    a, b, c, d = corners
    sides = [float(np.hypot(*(p - q))) for p, q in ((a, b), (c, d), (b, c), (d, a))]
    return max(sides[:2]), max(sides[2:])


def _rectangle(width: float, height: float) -> NDArray[np.float32]:
    return np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)


def _mapped(matrix: NDArray[np.float64], points: _Points) -> _Points:
    return np.asarray(cv2.perspectiveTransform(points[None], matrix)[0], np.float64)


def _rectified(gray: Gray, corners: Corners) -> TakenOut:
    target = np.array(corners, np.float32)
    width, height = (math.ceil(side) for side in _extent(target.astype(np.float64)))
    h = cv2.getPerspectiveTransform(_rectangle(width, height), target)
    # Pixel i covers [i, i+1): OpenCV places samples at integers, the model at pixel corners.
    half = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1.0]])
    level = paper_level(gray)
    flat = cv2.warpPerspective(
        gray, np.linalg.inv(half) @ h @ half, (width, height),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderValue=level,
    )  # fmt: skip
    out = np.asarray(flat, np.uint8)
    _whiten_round(out, _rectangle(width, height).astype(np.float64), level)
    return TakenOut(out, Projective(*(float(v) for v in (h / h[2, 2]).ravel()[:8])), True)


def _cropped(gray: Gray, corners: Corners) -> TakenOut:
    xs, ys = [p[0] for p in corners], [p[1] for p in corners]
    x0, y0 = max(0, math.floor(min(xs))), max(0, math.floor(min(ys)))
    x1, y1 = min(gray.shape[1], math.ceil(max(xs))), min(gray.shape[0], math.ceil(max(ys)))
    out = gray[y0:y1, x0:x1].copy()
    _whiten_round(out, np.array(corners) - (x0, y0), paper_level(out))
    return TakenOut(out, Affine(1.0, 0.0, float(x0), 0.0, 1.0, float(y0)), False)


def _whiten_round(gray: Gray, corners: _Points, level: int) -> None:
    """What lies beside the sheet, and a little of its border, made as light as paper."""
    edge = 2 * round(EDGE * max(gray.shape)) + 1
    beside = np.full_like(gray, 255)
    cv2.fillConvexPoly(beside, np.round(corners).astype(np.int32), 0)
    cv2.polylines(beside, [np.round(corners).astype(np.int32)], True, 255, edge)
    gray[beside > 0] = level
