"""Text lines on a page of any size, from a network that marks the cores of lines.

The network is a differentiable-binarisation detector (Liao et al., AAAI 2020): it gives each
pixel the probability of lying in the shrunk core of a text line. A page is marked tile by
tile, the marks are joined into one map of the whole page, and lines are taken from that map,
so that no line is cut by the border of a tile.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from ..model import Gray, Polygon, Rect
from .engine import Detection
from .session import Session

TILE = 1280
OVERLAP = 128
STRIDE = 32
CORE = 0.3  # a pixel belongs to a core from this probability on
SCORE = 0.5  # a core is a line from this mean probability on
UNCLIP = 1.6  # how far a core is grown back: area / perimeter times this
SMALLEST = 3.0  # pixels of the map


def cuts(length: int, tile: int = TILE, overlap: int = OVERLAP) -> tuple[tuple[int, int], ...]:
    """Overlapping (start, end) pieces of 0..length, equally long, at most `tile` each."""
    if length <= tile:
        return ((0, length),)
    count = math.ceil((length - overlap) / (tile - overlap))
    size = min(length, _stride((length + (count - 1) * overlap) / count))
    starts = [round(i * (length - size) / (count - 1)) for i in range(count)]
    return tuple((start, start + size) for start in starts)


def probability(
    session: Session, gray: Gray, tile: int = TILE, overlap: int = OVERLAP
) -> NDArray[np.uint8]:
    """(height, width) uint8 in; the probability of a line's core, 0..255, of the same shape.

    Where tiles overlap each pixel is taken from the tile whose border is farther away.
    """
    height, width = gray.shape
    out = np.zeros((height, width), np.uint8)
    rows, columns = cuts(height, tile, overlap), cuts(width, tile, overlap)
    for r, (top, bottom) in enumerate(rows):
        keep_top = top if r == 0 else (rows[r - 1][1] + top) // 2
        keep_bottom = bottom if r == len(rows) - 1 else (bottom + rows[r + 1][0]) // 2
        for c, (left, right) in enumerate(columns):
            keep_left = left if c == 0 else (columns[c - 1][1] + left) // 2
            keep_right = right if c == len(columns) - 1 else (right + columns[c + 1][0]) // 2
            marks = _tile(session, gray[top:bottom, left:right])
            out[keep_top:keep_bottom, keep_left:keep_right] = marks[
                keep_top - top : keep_bottom - top, keep_left - left : keep_right - left
            ]
    return out


def lines(marks: NDArray[np.uint8], scale: float) -> tuple[Detection, ...]:
    """The lines in a map from `probability`, in pixels of the page: map = page * `scale`.

    In order of their tops, then their left ends.
    """
    height, width = marks.shape
    mask = cv2.dilate((marks > CORE * 255).astype(np.uint8), np.ones((2, 2), np.uint8))
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    page = Rect(0.0, 0.0, width / scale, height / scale)
    found: list[Detection] = []
    for outline in outlines:
        contour = np.asarray(outline, np.int32)
        (cx, cy), (across, along), angle = cv2.minAreaRect(contour)
        if min(across, along) < SMALLEST:
            continue
        score = _score(marks, contour)
        if score < SCORE:
            continue
        spread = across * along * UNCLIP / (2 * (across + along))
        size = (across + 2 * spread, along + 2 * spread)
        found.append(Detection(_corners((cx, cy), size, angle, contour, scale, page), score))
    return tuple(sorted(found, key=lambda d: (d.polygon[0][1], d.polygon[0][0])))


def _tile(session: Session, gray: Gray) -> NDArray[np.uint8]:
    height, width = gray.shape
    padded = cv2.copyMakeBorder(
        gray, 0, _stride(height) - height, 0, _stride(width) - width, cv2.BORDER_REPLICATE
    )
    plane = padded.astype(np.float32) * np.float32(2 / 255) - np.float32(1)
    batch = np.broadcast_to(plane, (1, 3, *plane.shape))
    marks = session(np.ascontiguousarray(batch))[0, 0, :height, :width]
    return (marks * 255).astype(np.uint8)


def _stride(length: float) -> int:
    return max(STRIDE, math.ceil(length / STRIDE) * STRIDE)


def _score(marks: NDArray[np.uint8], contour: NDArray[np.int32]) -> float:
    x, y, width, height = cv2.boundingRect(contour)
    inside = np.zeros((height, width), np.uint8)
    cv2.drawContours(inside, [contour], -1, 1, cv2.FILLED, offset=(-x, -y))
    return float(cv2.mean(marks[y : y + height, x : x + width], inside)[0]) / 255


def _corners(
    centre: tuple[float, float],
    size: tuple[float, float],
    angle: float,
    contour: NDArray[np.int32],
    scale: float,
    page: Rect,
) -> Polygon:
    """Corners clockwise from the top left. Short pieces have no slope worth keeping."""
    long, short = max(size), min(size)
    tilt = (angle + 45) % 90 - 45
    if long < 2.5 * short or abs(tilt) < 0.2 or abs(tilt) > 15:
        x, y, width, height = cv2.boundingRect(contour)
        spread = (width * height * UNCLIP) / (2 * (width + height))
        points = Rect(x - spread, y - spread, x + width + spread, y + height + spread).polygon
    else:
        box = np.asarray(cv2.boxPoints((centre, size, angle)), np.float32)
        points = tuple((float(px), float(py)) for px, py in _clockwise(box))
    return tuple(
        (min(max(px / scale, 0.0), page.x1), min(max(py / scale, 0.0), page.y1))
        for px, py in points
    )


def _clockwise(box: NDArray[np.float32]) -> NDArray[np.float32]:
    left, right = np.split(box[np.argsort(box[:, 0], kind="stable")], 2)
    left = left[np.argsort(left[:, 1], kind="stable")]
    right = right[np.argsort(right[:, 1], kind="stable")]
    return np.array([left[0], right[0], right[1], left[1]], np.float32)
