"""Boxes of neighbouring pieces put together."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Rect, joined

LARGEST = 8.0
"""Largest type that is put together in rows, in body ems."""


def in_rows(boxes: Sequence[Rect], em: float) -> list[Rect]:
    """Pieces of one row or column of large type put together, as far apart as its size allows."""
    large = [b for b in boxes if min(b.width, b.height) < LARGEST * em]
    rest = [b for b in boxes if min(b.width, b.height) >= LARGEST * em]
    return [*joined(large, _in_row), *rest]


def _in_row(a: Rect, b: Rect) -> bool:
    level = a.overlap_y(b) > 0.7 * min(a.height, b.height)
    plumb = a.overlap_x(b) > 0.7 * min(a.width, b.width)
    across = max(a.x0, b.x0) - min(a.x1, b.x1)
    down = max(a.y0, b.y0) - min(a.y1, b.y1)
    tall, wide = max(a.height, b.height), max(a.width, b.width)
    return (level and across < 0.9 * tall < 0.9 * 3 * min(a.height, b.height, wide)) or (
        plumb and down < 0.9 * wide and wide < 1.3 * min(a.width, b.width)
    )


def overlapping(a: Rect, b: Rect) -> bool:
    return a.overlap(b) > 0
