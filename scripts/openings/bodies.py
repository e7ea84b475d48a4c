"""Columns of one article with the small heads between them: one polygon in the truth."""

from __future__ import annotations

from collections.abc import Sequence

from digitise.model import Rect, Region, bounding

LEVEL = 0.7
"""Share of the height of two regions together that both of them stand at."""

GAP = 1.5
"""Thicknesses of a small head's column that are white between it and the next at most."""


def joined(regions: Sequence[Region]) -> list[list[Region]]:
    """`regions`, bodies and small heads of one article on one page, in groups: a small head and
    the columns beside it on both sides or one, where all are equally high."""
    groups = [[region] for region in regions]
    while True:
        pair = next(
            (
                (a, b)
                for i, a in enumerate(groups)
                for b in groups[i + 1 :]
                if _one(a, b)
            ),
            None,
        )  # fmt: skip
        if pair is None:
            return groups
        a, b = pair
        groups = [a + b if group is a else group for group in groups if group is not b]


def _one(a: Sequence[Region], b: Sequence[Region]) -> bool:
    """Whether two groups stand beside each other and a small head meets the other there."""
    left, right = _box(a), _box(b)
    if left.cx > right.cx:
        left, right, a, b = right, left, b, a
    edges = (max(a, key=lambda r: r.box.x1), min(b, key=lambda r: r.box.x0))
    if not any(r.kind == "subhead" for r in edges):
        return False
    thick = min(r.box.width for r in edges if r.kind == "subhead")
    height = max(left.y1, right.y1) - min(left.y0, right.y0)
    return left.overlap_y(right) >= LEVEL * height and right.x0 - left.x1 <= GAP * thick


def _box(group: Sequence[Region]) -> Rect:
    return bounding(region.box for region in group)
