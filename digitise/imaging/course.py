"""The course of a rule that leans: where it runs inside the upright box round it.

Beside a rule that leans by half an em from one end to the other stands type inside its box.
"""

from __future__ import annotations

import numpy as np

from ..model import Gray, Rect
from .grids import window

THIN = 0.3
"""Ems of thickness up to which a rule's box is the rule."""

STRETCH = 4.0
"""Ems of a rule that are looked at together."""

FULL = 0.3
"""Share of a stretch that is ink where the rule runs."""


def course_of(box: Rect, ink: Gray, em: float) -> list[Rect]:
    """Boxes, end to end, that hold a rule and what is within its strands, px. `box`: round the whole
    rule; `ink`: the page's 0/255 mask; `em`: of the body, px."""
    flat = box.width >= box.height
    length, thick = (box.width, box.height) if flat else (box.height, box.width)
    count = int(length // (STRETCH * em))
    if thick <= THIN * em or count < 2:
        return [box]
    start = box.x0 if flat else box.y0
    edges = np.linspace(start, start + length, count + 1)
    out = []
    for a, b in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        part = Rect(a, box.y0, b, box.y1) if flat else Rect(box.x0, a, box.x1, b)
        held = window(ink, part) > 0
        inked = np.flatnonzero(held.mean(axis=1 if flat else 0) >= FULL)
        if len(inked):
            low = float(int(box.y0 if flat else box.x0))
            low, high = low + float(inked[0]), low + float(inked[-1]) + 1
            part = Rect(a, low, b, high) if flat else Rect(low, a, high, b)
        out.append(part)
    return out
