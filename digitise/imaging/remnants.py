"""Pictures of which a part came out as white as the paper, given back the measure of their column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..model import Gray, Picture, Rect, TextLine
from .grids import window

NEAR = 8.0
"""Lines of the column stand within so many ems over or under the picture."""

FLUSH, END = 0.6, 1.0
"""Ems by which the edges of a picture and of the lines may differ, and full lines may end apart."""

SHORT = 1.0
"""Least of the measure, in ems, that a picture lacks."""

WIDER = 2.0
"""So many times wider a picture becomes, at most."""

LEFT = 0.002
"""Least share of ink in what is missing: specks that are left of the picture."""


def filled_out(
    pictures: Sequence[Picture], texts: Sequence[TextLine], ink: Gray, em: float
) -> list[Picture]:
    """`pictures`, each that stands at one edge of a column widened to the other, where nothing but
    specks stands beside it. `ink`: the page's 0/255 mask; `em`: of the body, px."""
    lines = [t.box for t in texts if t.mode == "horizontal-tb" and t.confidence >= 0.6]
    out = []
    for picture in pictures:
        box = picture.box
        others = [p.box for p in pictures if p is not picture]
        for missing in _missing(box, lines, em):
            free = all(o.overlap(missing) < 0.1 * missing.area for o in others) and not any(
                line.overlap(missing) > 0 for line in lines
            )
            if free and float(window(ink, missing).mean()) >= LEFT * 255:
                box = box.union(missing)
                break
        out.append(replace(picture, box=box))
    return out


def _missing(box: Rect, lines: Sequence[Rect], em: float) -> list[Rect]:
    """What a picture lacks of the measure of its column, on its right or on its left."""
    near = [b for b in lines if max(b.y0 - box.y1, box.y0 - b.y1) <= NEAR * em]
    near = [b for b in near if b.overlap_y(box) <= 0]
    out = []
    right = [b.x1 for b in near if abs(b.x0 - box.x0) <= FLUSH * em]
    if (end := _edge(right, em)) is not None:
        out.append(Rect(box.x1, box.y0, end, box.y1))
    left = [-b.x0 for b in near if abs(b.x1 - box.x1) <= FLUSH * em]
    if (end := _edge(left, em)) is not None:
        out.append(Rect(-end, box.y0, box.x0, box.y1))
    return [m for m in out if SHORT * em <= m.width <= (WIDER - 1) * box.width]


def _edge(ends: Sequence[float], em: float) -> float | None:
    """Where full lines of a column end, two of them at least."""
    last = max(ends, default=0.0)
    full = [end for end in ends if last - end <= END * em]
    return last if len(full) >= 2 else None
