"""Regions against polygons: precision, recall and F1 at an intersection over union of a half."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from digitise.model import Polygon, Rect, polygon_bounds

LEAST = 0.5
STEP = 4.0
"""Areas are counted in squares of so many pixels a side."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled outline: 0/1 `mask` with its upper left corner at (x, y), in squares of STEP."""

    x: int
    y: int
    mask: NDArray[np.uint8]


def shape(polygons: Sequence[Polygon], hull: bool = False) -> Shape:
    """What `polygons` cover together; with `hull` the upright box round them."""
    boxes = [polygon_bounds(polygon) for polygon in polygons]
    x0, y0 = min(b.x0 for b in boxes) // STEP, min(b.y0 for b in boxes) // STEP
    width = int(max(b.x1 for b in boxes) // STEP - x0) + 1
    height = int(max(b.y1 for b in boxes) // STEP - y0) + 1
    mask = np.full((height, width), int(hull), np.uint8)
    if not hull:
        for polygon in polygons:
            corners = np.array([(px / STEP - x0, py / STEP - y0) for px, py in polygon])
            cv2.fillPoly(mask, [np.rint(corners).astype(np.int32)], 1)
    return Shape(int(x0), int(y0), mask)


def likeness(a: Shape, b: Shape) -> float:
    """Intersection over union."""
    first, second = _box(a), _box(b)
    shared = first.clip(second)
    if shared.area <= 0 or first.overlap(second) <= 0:
        return 0.0
    both = int((_part(a, shared) & _part(b, shared)).sum())
    return both / max(1, int(a.mask.sum()) + int(b.mask.sum()) - both)


def _box(s: Shape) -> Rect:
    height, width = s.mask.shape
    return Rect(s.x, s.y, s.x + width, s.y + height)


def _part(s: Shape, box: Rect) -> NDArray[np.uint8]:
    return s.mask[int(box.y0) - s.y : int(box.y1) - s.y, int(box.x0) - s.x : int(box.x1) - s.x]


def region_f1(ours: Sequence[Shape], true: Sequence[Shape]) -> tuple[float, float, float]:
    """(precision, recall, F1); pairs are one to one and such that they are alike most in all."""
    if not ours or not true:
        return 0.0, 0.0, 0.0
    table = np.array([[likeness(a, b) for b in true] for a in ours])
    table[table < LEAST] = 0.0
    rows, columns = linear_sum_assignment(-table)
    hit = int((table[rows, columns] >= LEAST).sum())
    precision, recall = hit / len(ours), hit / len(true)
    return precision, recall, 2 * precision * recall / (precision + recall) if hit else 0.0
