"""How sharply the tone of a box begins: print has edges, what shows through from the back has none."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..model import Gray, Rect
from .grids import closed, window

WINDOW = 0.1
"""Where an edge is printed, nearly the whole step lies within so many ems; paper spreads what
shines through it over three times as much."""

SHARP = 0.75
"""Share of the step that lies within the window at a printed edge."""

WHOLE = 1.03
"""The same where the fall is that of the whole step: a steeper one is the edge of a stroke."""

STEP = 5.0
"""Least step, in grey levels, that is measured at all."""

FAINT = 0.6
"""What shines through the paper leaves it at least this share of its lightness."""

LARGE_TYPE = 2.4
"""Strokes of so many ems are still type that lies over a ghost."""


def is_ghost(gray: Gray, box: Rect, paper: int, em: float) -> bool:
    """Whether a supposed picture, in pixels of the full page, is what is printed on the back, or
    large type over that: with the type taken away it is nowhere darker than paper lets through,
    and has no two sides with the edge of print. `paper`: the paper's grey level."""
    around = box.grow(1.5 * em)
    x0, y0 = max(0, int(around.x0)), max(0, int(around.y0))
    inner = box.shift(-x0, -y0)
    reach = round(LARGE_TYPE * em)
    ground = closed(np.ascontiguousarray(window(gray, around)), reach, reach)
    if float(np.percentile(window(ground, inner), 5)) < FAINT * paper:
        return False
    return sum(SHARP <= share <= WHOLE for share in _shares(ground, inner, em)) < 2


def shines_through(gray: Gray, box: Rect, em: float) -> bool:
    """Whether a box of grey ground, in pixels of the full page, is the ghost of what is printed on
    the back: two of its sides at least are blurred, or show no edge but that of type near by."""
    return sum(not SHARP <= share <= WHOLE for share in _shares(gray, box, em)) >= 2


def _shares(gray: Gray, box: Rect, em: float) -> list[float]:
    """`_share` of each side of a box at which there is a step."""
    sides = (
        (gray, box.y0, box.x0, box.x1, False),
        (gray, box.y1, box.x0, box.x1, True),
        (gray.T, box.x0, box.y0, box.y1, False),
        (gray.T, box.x1, box.y0, box.y1, True),
    )
    return [s for side in sides if (s := _share(*side, em)) is not None]


def _share(gray: Gray, at: float, start: float, end: float, far: bool, em: float) -> float | None:
    """The median, over stretches of the side at row `at` from column `start` to `end`, of the
    share of the step that lies within the window; None when hardly any stretch shows a step.
    `far`: the inside of the box lies above, not below."""
    reach, stretch = max(4, round(0.7 * em)), max(8, round(1.5 * em))
    row = round(at)
    if row < reach or row + reach > gray.shape[0]:
        return None
    shares = []
    for x in range(round(start) + stretch // 2, round(end) - stretch, stretch):
        part = gray[row - reach : row + reach, x : x + stretch]
        if part.shape[1] < stretch:
            break
        profile = np.median(part.astype(np.float64), axis=1)
        share = _steepest(profile[::-1] if far else profile, em)
        if share is not None:
            shares.append(share)
    return float(np.median(shares)) if len(shares) >= 2 else None


def _steepest(profile: NDArray[np.float64], em: float) -> float | None:
    """The share of the steepest fall of a profile in the whole fall there."""
    smooth = np.convolve(profile, np.ones(3) / 3, "valid")
    wide, around = max(3, round(WINDOW * em)), max(4, round(0.25 * em))
    best, at = 0.0, -1
    for k in range(around, len(smooth) - around - wide):
        fall = float(smooth[k - wide // 2] - smooth[k - wide // 2 + wide])
        if fall > best:
            best, at = fall, k
    if at < 0:
        return None
    half = around // 2
    before = float(np.median(smooth[at - around : at - around + half + 1]))
    behind = float(np.median(smooth[at + around - half : at + around + 1]))
    return best / (before - behind) if before - behind >= STEP else None
