"""Dark strips one line high with light type that touches their edges, as over page headers.

Such type cuts the strip open, so that it has no outline to be known by; but the strip runs on
plain beyond its type.
"""

from __future__ import annotations

import numpy as np

from ..model import Gray, Rect
from .grids import components, opened, threshold_mask

THICK = (0.8, 1.8)
"""Thickness of a strip, in ems."""

PLAIN = 2.5
"""Least length of its part without type, in ems."""

LONG = 12.0
"""Least length of a strip, in its thicknesses. White lies along both its sides."""

REACH = 1.3
"""Ems within which a gap between characters comes, dark over the whole strip."""

LIGHT = (0.06, 0.65)
"""Share of the part with type that is light."""

WHITE = 0.08
"""Most of its columns that may be all light: those of upright strokes, not gaps between type."""


def slim_bars(gray: Gray, paper: int, em: float) -> tuple[Rect, ...]:
    """Boxes of level strips in the pixels of `gray`, paper at `paper`, from the top."""
    dark = threshold_mask(255 - gray, 255 - round(0.72 * paper))
    plain = opened(dark, round(PLAIN * em), round(THICK[0] * em))
    bars = []
    for box, area, _ in components(plain):
        if not THICK[0] * em <= box.height <= THICK[1] * em or area < 0.75 * box.area:
            continue
        top, bottom = int(box.y0), int(box.y1)
        share = dark[top:bottom].mean(axis=0) / 255
        left = int(box.x0) - _run(share[: int(box.x0)][::-1], em)
        right = int(box.x1) + _run(share[int(box.x1) :], em)
        if right - left < LONG * box.height or (left == int(box.x0) and right == int(box.x1)):
            continue
        off = max(1, round(0.15 * em))
        over = dark[max(0, top - 2 * off) : max(0, top - off), left:right]
        under = dark[bottom + off : bottom + 2 * off, left:right]
        if all(side.size == 0 or float(side.mean()) < 0.06 * 255 for side in (over, under)):
            bars.append(Rect(float(left), box.y0, float(right), box.y1))
    return tuple(sorted(bars, key=lambda b: (b.y0, b.x0)))


def _run(share: np.ndarray, em: float) -> int:
    """How far a strip goes on with type in it: `share` tells how much of each of its columns is
    dark, going away from its plain part. Black type on white has gaps of white instead."""
    end = 0
    for at, value in enumerate(share.tolist()):
        if value >= 0.85:
            end = at + 1
        elif at - end > REACH * em:
            break
    part = share[:end]
    if end < 2 * em or not LIGHT[0] <= 1 - float(part.mean()) <= LIGHT[1]:
        return 0
    return end if float((part < 0.1).mean()) <= WHITE else 0
