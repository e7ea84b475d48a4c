"""The order in which the articles of a page are read."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ..model import Rect, bounding
from .barriers import Barriers


def reading_order(
    boxes: Sequence[Rect], cells: Sequence[int], em: float, barriers: Barriers
) -> list[int]:
    """Indices of `boxes` in reading order: a recursive X-Y cut (Nagy and Seth 1984), horizontal
    before vertical unless only the vertical cut is drawn as a rule; where articles interlock,
    what stands over or left of another comes before it.

    `cells[i]` is the frame box i stands in (-1: none): what stands in one frame is read together.
    `em` in pixels is the overlap that is forgiven at a cut.
    """
    groups: dict[int, list[int]] = {}
    for i, cell in enumerate(cells):
        groups.setdefault(cell if cell >= 0 else -1 - i, []).append(i)
    units = list(groups.values())
    hulls = [bounding(boxes[i] for i in unit) for unit in units]
    out: list[int] = []
    for u in _cut(list(range(len(units))), hulls, em, barriers):
        unit = units[u]
        inner = [boxes[i] for i in unit]
        out.extend(unit[k] for k in _cut(list(range(len(unit))), inner, em, barriers))
    return out


def _cut(items: list[int], boxes: Sequence[Rect], em: float, barriers: Barriers) -> list[int]:
    if len(items) <= 1:
        return items
    rows = _bands(items, boxes, em, vertical=False)
    columns = _bands(items, boxes, em, vertical=True)
    if len(rows) > 1 and len(columns) > 1:
        drawn = _drawn(columns, boxes, barriers, vertical=True)
        if drawn > 0.5 and drawn > _drawn(rows, boxes, barriers, vertical=False) + 0.25:
            rows = []
    for bands in (rows, columns):
        if len(bands) > 1:
            return [k for band in bands for k in _cut(band, boxes, em, barriers)]
    return _interlocked(items, boxes, em)


def _drawn(
    bands: Sequence[Sequence[int]], boxes: Sequence[Rect], barriers: Barriers, *, vertical: bool
) -> float:
    """The greatest share of its length that any of the cuts between `bands` has as a rule."""
    hulls = [bounding(boxes[k] for k in band) for band in bands]
    whole = bounding(hulls)
    best = 0.0
    for a, b in itertools.pairwise(hulls):
        if vertical:
            length = sum(
                r.overlap_y(whole) for r in barriers.vertical if a.x1 - 20 < r.cx < b.x0 + 20
            )
            best = max(best, length / max(1.0, whole.height))
        else:
            length = sum(
                r.overlap_x(whole) for r in barriers.horizontal if a.y1 - 20 < r.cy < b.y0 + 20
            )
            best = max(best, length / max(1.0, whole.width))
    return min(1.0, best)


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
