"""What is printed on the back and shines through, taken out of the picture that lines are looked for
in: where no ink of this side is near, paper is paper. A detector joins columns by the huge pale
letters behind them."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from ..model import Gray, Rect
from .grids import fill

REACH = 0.12
"""Within so many ems of ink the picture stays: edges of strokes are grey."""

CLEAR = 0.4
"""Paper is looked at so many ems and more away from ink."""

WIDE = 1.0
"""Strokes of the back up to twice so many ems wide are taken out; what is wider is a tint to us."""

FACTOR = 4
"""So much smaller the picture is in which the paper's tone is found."""

PALE = 0.5
"""What is darker than so much of the palest characters' depth may be print."""

EVEN = 0.865
"""So dark, against the usual ones, the palest characters of a well inked page are. Where print
itself is pale in places, what is pale is print as likely as not."""

LEAST, NOISE = 8.0, 4.0
"""Darker than the paper round it by so many grey levels, and by so many times the noise of paper:
something is there."""

SHARE = 0.01
"""Of clear paper so much must be darker for a back to shine through."""


def without_show_through(page: Gray, ink: Gray, em: float, pictures: Sequence[Rect]) -> Gray | None:
    """`page`, (height, width), 255 is white, with paper where the back shines through, or None
    where none does or print is too uneven to tell. `ink`: the page's 0/255 mask; `em` and
    `pictures`, which are left alone, in its pixels."""
    height, width = page.shape
    size = max(1, width // FACTOR), max(1, height // FACTOR)
    small = np.asarray(
        cv2.resize(cv2.blur(page, (5, 5)), size, interpolation=cv2.INTER_AREA), np.uint8
    )
    paper = _paper(small, em / FACTOR)
    if _share(small, paper, ink, em, pictures) < SHARE:
        return None
    wide = _enlarged(paper, width, height)
    depths = _depths(cv2.subtract(wide, page), ink, em)
    if not len(depths) or np.percentile(depths, 10) < EVEN * np.median(depths):
        return None
    near = np.asarray(cv2.dilate(ink, _disc(max(2, round(REACH * em)))), np.uint8)
    for box in pictures:
        fill(near, box, 255)
    shade = cv2.subtract(wide, _enlarged(small, width, height))
    kept = (near > 0) | (shade > PALE * np.percentile(depths, 5))
    return np.asarray(np.where(kept, page, np.maximum(page, wide)), np.uint8)


def _enlarged(small: Gray, width: int, height: int) -> Gray:
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def _depths(shade: cv2.typing.MatLike, ink: Gray, em: float) -> NDArray[np.float64]:
    """How much darker than paper, by `shade`, each piece of ink of the body's size is."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    wide, high = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    areas = stats[:, cv2.CC_STAT_AREA].astype(np.float64)
    typed = (high > 0.3 * em) & (high < 1.6 * em) & (wide < 1.6 * em) & (areas > 0.05 * em * em)
    typed[0] = False
    inked = labels > 0
    sums = np.bincount(labels[inked], weights=np.asarray(shade)[inked], minlength=count)
    return np.asarray(sums[typed] / areas[typed], np.float64)


def _paper(small: Gray, em: float) -> Gray:
    """The tone of the ground at each point of a picture, tints as they are."""
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, _disc(max(2, round(WIDE * em))))
    return np.asarray(cv2.blur(closed, (9, 9)), np.uint8)


def _share(small: Gray, paper: Gray, ink: Gray, em: float, pictures: Sequence[Rect]) -> float:
    """How much of the clear paper is darker than paper is."""
    size = small.shape[1], small.shape[0]
    inked = cv2.threshold(cv2.resize(ink, size, interpolation=cv2.INTER_AREA), 16, 255, 0)[1]
    taken = np.asarray(cv2.dilate(inked, _disc(max(1, round(CLEAR * em / FACTOR)))), np.uint8)
    for box in pictures:
        fill(taken, box.grow(em).scale(1 / FACTOR), 255)
    clear = taken == 0
    if not clear.any():
        return 0.0
    darker: NDArray[np.int16] = paper[clear].astype(np.int16) - small[clear]
    usual = float(np.median(darker))
    noise = 1.48 * float(np.median(np.abs(darker - usual)))
    return float(np.mean(darker - usual > max(LEAST, NOISE * noise)))


def _disc(radius: int) -> NDArray[np.uint8]:
    side = 2 * radius + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)), np.uint8)
