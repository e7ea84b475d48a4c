"""The order in which the articles of a page are read."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Rect


def reading_order(boxes: Sequence[Rect], em: float) -> list[int]:
    """Indices of `boxes` in reading order: a recursive X-Y cut (Nagy and Seth 1984) that takes
    the widest clear cut first, horizontal before vertical, and falls back on the upper left
    corner where articles interlock.

    `em` in pixels is the overlap that is forgiven at a cut.
    """
    return _cut(list(range(len(boxes))), boxes, em)


def _cut(items: list[int], boxes: Sequence[Rect], em: float) -> list[int]:
    if len(items) <= 1:
        return items
    rows = _bands(items, boxes, em, vertical=False)
    if len(rows) > 1:
        return [k for band in rows for k in _cut(band, boxes, em)]
    columns = _bands(items, boxes, em, vertical=True)
    if len(columns) > 1:
        return [k for band in columns for k in _cut(band, boxes, em)]
    return _interlocked(items, boxes, em)


def _bands(
    items: list[int], boxes: Sequence[Rect], em: float, *, vertical: bool
) -> list[list[int]]:
    """Groups parted by a clear line; forgiving overlaps of up to one em."""

    def low(k: int) -> float:
        return boxes[k].x0 if vertical else boxes[k].y0

    def high(k: int) -> float:
        return boxes[k].x1 if vertical else boxes[k].y1

    order = sorted(items, key=lambda k: (low(k), high(k)))
    bands: list[list[int]] = []
    reach = float("-inf")
    for k in order:
        if bands and low(k) < reach - em:
            bands[-1].append(k)
        else:
            bands.append([k])
        reach = max(reach, high(k))
    return bands


def _interlocked(items: list[int], boxes: Sequence[Rect], em: float) -> list[int]:
    """No clear cut: an article comes after those wholly over or wholly left of it."""
    rest = sorted(items, key=lambda k: (boxes[k].y0 + 0.35 * boxes[k].x0, boxes[k].x0))
    out: list[int] = []
    while rest:
        for k in rest:
            if not any(_before(boxes[j], boxes[k], em) for j in rest if j != k):
                break
        else:
            k = rest[0]
        out.append(k)
        rest.remove(k)
    return out


def _before(a: Rect, b: Rect, em: float) -> bool:
    """Whether `a` must be read before `b`."""
    if a.overlap_x(b) > em and a.y0 < b.y0 - em and a.cy < b.cy:
        return True
    return a.overlap_y(b) > em and a.x1 <= b.x0 + em
