"""Regions against polygons: precision, recall and F1 at an intersection over union of a half."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment
from shapely.geometry import Polygon as Shape
from shapely.geometry.base import BaseGeometry

LEAST = 0.5


def shape(points: Sequence[tuple[float, float]]) -> BaseGeometry:
    outline = Shape(points)
    return outline if outline.is_valid else outline.buffer(0)


def region_f1(
    ours: Sequence[BaseGeometry], true: Sequence[BaseGeometry]
) -> tuple[float, float, float, list[int]]:
    """(precision, recall, F1, true regions without a partner); pairs are one to one and such
    that their overlap is greatest in all."""
    if not ours or not true:
        return 0.0, 0.0, 0.0, list(range(len(true)))
    table = np.zeros((len(ours), len(true)))
    for i, a in enumerate(ours):
        for j, b in enumerate(true):
            if a.intersects(b):
                table[i, j] = a.intersection(b).area / a.union(b).area
    table[table < LEAST] = 0.0
    rows, columns = linear_sum_assignment(-table)
    hit = [int(j) for i, j in zip(rows, columns, strict=True) if table[i, j] >= LEAST]
    precision, recall = len(hit) / len(ours), len(hit) / len(true)
    f1 = 2 * precision * recall / (precision + recall) if hit else 0.0
    return precision, recall, f1, [j for j in range(len(true)) if j not in hit]
