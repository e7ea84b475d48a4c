"""Print on a drawn page that its text layer does not account for: text set as pictures or as
outlines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np

from ..model import Gray, Rect, joined
from .areas import in_rows, overlapping
from .grids import closed, components, dilate, fill, opened
from .ground import ink_mask
from .size import body_em

LEAST_EMS = (1.2, 0.7)
"""Longer and shorter side of the smallest area worth a look, in body ems."""

MOST = 300
"""Areas looked at on one page, the largest; more are the strokes of a drawing."""

REACH = 1.6
"""Print nearer than so many ems is of one area."""

BORDER_EMS = (8.0, 0.65)
"""Length and thickness, in body ems, of what is the border of a box, a plain one or one of dots: its
box would hold a whole article that the text layer has."""


def stray_areas(
    look: Gray, em: float, known: Sequence[Rect], pictures: Sequence[Rect]
) -> tuple[Rect, ...]:
    """Boxes of print that none of the `known` boxes hold, on a drawn page (height, width), in its
    pixels, from the top left; `em`: that of its body. What stands in one of the `pictures` is
    that whole picture. Boxes do not overlap."""
    ink = ink_mask(look, max(em, 6.0))
    for box in known:
        fill(ink, box, 0)
    reach = max(3, round(REACH * em))
    near = _without_borders(closed(ink, reach, reach), em)
    pieces = [box for box, _, _ in components(near)]
    pieces = sorted(pieces, key=lambda b: -b.area)[:MOST]
    whole = [p for p in pictures if any(p.overlap(b) > 0.6 * b.area for b in pieces)]
    loose = [b for b in pieces if not any(p.overlap(b) > 0.6 * b.area for p in whole)]
    boxes = [
        box
        for box in (*whole, *in_rows(loose, em))
        if max(box.width, box.height) >= LEAST_EMS[0] * em
        and min(box.width, box.height) >= LEAST_EMS[1] * em
    ]
    return tuple(sorted(joined(boxes, overlapping), key=lambda b: (b.y0, b.x0)))


def _without_borders(near: Gray, em: float) -> Gray:
    """The mask without its long thin bars, level or upright."""
    length, thickness = (round(ems * em) for ems in BORDER_EMS)
    thick = dilate(opened(near, thickness, thickness), thickness | 1, thickness | 1)
    bars = opened(near, length, 1) | opened(near, 1, length)
    return cast(Gray, near & ~(bars & ~thick))


def may_be_type(gray: Gray) -> bool:
    """Whether an area, (height, width) at 300 dpi, could hold type: ink in pieces of one size on
    an even ground. Photographs have neither; it is asked before a recogniser is."""
    if min(gray.shape) < 20:
        return False
    ink = ink_mask(gray)
    em = body_em(ink)
    if em is None or em > 1.5 * min(gray.shape):
        return False
    share = float(ink.mean()) / 255
    if not 0.005 < share < 0.6:
        return False
    ground = gray[ink == 0]
    spread = float(np.subtract(*np.percentile(ground, (85, 25))))
    whole = sum(
        area for box, area, _ in components(ink) if box.height < 2.2 * em and box.width < 4.4 * em
    )
    return bool(spread < 60 and whole > 0.35 * np.count_nonzero(ink))
