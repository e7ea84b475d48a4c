"""Page skew from the rows, columns and rules of the print (Postl's criterion)."""

from __future__ import annotations

import math
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from ..model import IDENTITY, Affine, Gray
from .grids import reduce_mask

LIMIT = 5.0
"""Greatest skew looked for, degrees."""

LEAST = 0.08
"""Skew below which the page is left alone, degrees: 7 px over a 5,000 px page."""

_POINTS = 240_000


def skew_angle(ink: Gray) -> float:
    """Degrees by which the rows of print fall to the right (clockwise is positive).

    `ink` is a 0/255 mask. Edges of the ink are projected along trial directions, for rows and
    for columns, each within vertical (horizontal) halves of the page so that columns set
    to different grids do not blur each other; the sharpest profile wins. Reduced copies
    carry the search: 0.25 degree steps at about 700 px, then 0.02 degree steps at about
    2,000 px. Good to 0.05 degrees on a page with type; 0.0 where there is no ink.
    """
    side = max(ink.shape)
    coarse = reduce_mask(ink, max(1, side // 700), 0.4)
    angle = _search(coarse, 0.0, LIMIT, 0.25)
    fine = reduce_mask(ink, max(1, side // 2000), 0.4)
    angle = _search(fine, angle, 0.4, 0.05)
    return _search(fine, angle, 0.06, 0.01, parabola=True)


def _edges(ink: Gray, axis: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(along, across) coordinates of the lower (right) edges of ink, about the centre."""
    if axis == 0:
        edge = (ink[:-1] > 0) & (ink[1:] == 0)
        across, along = np.nonzero(edge)
    else:
        edge = (ink[:, :-1] > 0) & (ink[:, 1:] == 0)
        along, across = np.nonzero(edge)
    stride = max(1, len(along) // _POINTS)
    return along[::stride].astype(np.float32), across[::stride].astype(np.float32)


def _search(ink: Gray, centre: float, reach: float, step: float, parabola: bool = False) -> float:
    rows, columns = _edges(ink, 0), _edges(ink, 1)
    if min(len(rows[0]), len(columns[0])) < 50:
        return centre
    count = round(reach / step)
    angles = [a for i in range(-count, count + 1) if abs(a := centre + i * step) <= LIMIT + 0.5]
    height, width = ink.shape
    by_rows = np.array([_sharpness(rows, math.radians(a), width) for a in angles])
    by_columns = np.array([_sharpness(columns, -math.radians(a), height) for a in angles])
    score = by_rows / max(1e-9, np.median(by_rows)) + by_columns / max(1e-9, np.median(by_columns))
    best = int(np.argmax(score))
    if parabola and 0 < best < len(angles) - 1:
        a, b, c = score[best - 1 : best + 2]
        if a - 2 * b + c < 0:
            return float(angles[best] + step * 0.5 * (a - c) / (a - 2 * b + c))
    return float(angles[best])


def _sharpness(
    points: tuple[NDArray[np.float32], NDArray[np.float32]], radians: float, length: int
) -> float:
    along, across = points
    turned = across - along * np.float32(math.tan(radians))
    rows = (turned - turned.min()).astype(np.int32)
    half = np.minimum(1, (along * (2 / max(1, length))).astype(np.int32))
    depth = int(rows.max()) + 1
    profile = np.bincount(rows + half * depth, minlength=2 * depth).astype(np.float64)
    return float(np.square(profile).sum())


def rotate(gray: Gray, degrees: float) -> tuple[Gray, Affine]:
    """The page turned by `degrees` anticlockwise, on a canvas that holds all of it, white
    where there was no page; and the map from the old pixels to the new."""
    height, width = gray.shape
    radians = math.radians(degrees)
    cos, sin = math.cos(radians), math.sin(radians)
    new_width = math.ceil(width * abs(cos) + height * abs(sin))
    new_height = math.ceil(width * abs(sin) + height * abs(cos))
    move = Affine(
        cos, sin, new_width / 2 - cos * width / 2 - sin * height / 2,
        -sin, cos, new_height / 2 + sin * width / 2 - cos * height / 2,
    )  # fmt: skip
    # Pixel i covers [i, i+1): OpenCV places samples at integers, the model at pixel corners.
    a, b, c, d, e, f = move.a, move.b, move.c, move.d, move.e, move.f
    matrix = np.array(
        [[a, b, c + 0.5 * (a + b) - 0.5], [d, e, f + 0.5 * (d + e) - 0.5]], np.float64
    )
    turned = cv2.warpAffine(
        gray, matrix, (new_width, new_height),
        flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=255,
    )  # fmt: skip
    return cast(Gray, turned), move


def straighten(gray: Gray, ink: Gray) -> tuple[Gray, Affine, float]:
    """The upright page, the map from `gray`'s pixels to it, and the skew that was found."""
    angle = skew_angle(ink)
    if abs(angle) <= LEAST or abs(angle) > LIMIT + 0.2:
        return gray, IDENTITY, angle
    turned, move = rotate(gray, angle)
    return turned, move, angle
