"""Photographs that came out black and white: masses of plain ink with a ragged outline, and the
specks strewn about them.

What was scanned or filmed in two tones keeps of a photograph only what is dark in it. It has no tones
to be told by as other photographs are (`pictures.py`), and its straight lower edge looks like a rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from ..model import Gray, Rect, joined
from .areas import overlapping
from .grids import closed, components, opened, threshold_mask, window

DARK = 0.5
"""Ink is no lighter than this share of the paper."""

SOLID, STROKE, WIDEST = 1.6, 0.28, 4.0
"""Side of the square of plain ink that a mass holds at least: in ems, as a share of the shorter side
of its box, and the most that is asked of a large one, in ems. A heavy character's strokes are a sixth
of its size thick."""

PLAIN = 0.4
"""Share of its ink that is in places so thick, at least: a blot has the type it fell on about it."""

LEAST = 2.5
"""Shorter side of the least that is left of a picture, in ems: its sky may be gone."""

RAGGED = 0.92
"""A mass that fills more of its box is a bar, or a block of ink."""

SPECKS = 0.35
"""Ems within which specks belong to a mass. Type stands further off."""

APART = 1.2
"""Masses no further apart, in ems, are of one picture."""

LEVEL, STRAIGHT = 0.5, 0.5
"""What a bright shape parted stands on one level, within so many ems, and has no straight side there,
of which so great a share is ink."""

TYPE, FEW = (0.4, 1.3), 4
"""Longer side of a piece of ink that may be of a character, in ems; so many of them are type."""


def black_pictures(gray: Gray, paper: int, em: float, others: Sequence[Rect]) -> tuple[Rect, ...]:
    """Boxes of masses of ink in the pixels of `gray`, paper at `paper`, from the top left. `others`
    are known already (bars, tints, pictures) and are taken out first."""
    dark = threshold_mask(255 - gray, 255 - round(DARK * paper))
    for box in others:
        window(dark, box.grow(0.3 * em))[...] = 0
    core = opened(dark, round(SOLID * em), round(SOLID * em))
    if not core.any():
        return ()
    strewn = closed(dark, round(SPECKS * em), round(SPECKS * em))
    _, labels = cv2.connectedComponents(strewn, connectivity=8)
    kept = np.unique(labels[core > 0])
    strewn[~np.isin(labels, kept[kept > 0])] = 0
    height, width = gray.shape
    page = Rect(0.0, 0.0, float(width), float(height)).grow(-0.5 * em)
    found = []
    for box, _, _ in components(closed(strewn, round(APART * em), round(APART * em))):
        if min(box.width, box.height) < LEAST * em or not page.contains(box):
            continue
        ink, solid = window(dark, box), window(core, box)
        plain = float(solid.sum()) >= PLAIN * float(ink.sum())
        if plain and float(solid.mean()) <= RAGGED * 255 and _thick(solid, em):
            found.append(box)
    whole = joined(found, lambda a, b: overlapping(a, b) or _parted(a, b, dark, em))
    return tuple(sorted(whole, key=lambda r: (r.y0, r.x0)))


def _parted(a: Rect, b: Rect, dark: Gray, em: float) -> bool:
    """Whether two masses side by side are of one photograph, with a bright shape between them;
    those of two photographs have straight sides there."""
    left, right = sorted((a, b), key=lambda r: r.x0)
    gap = right.x0 - left.x1
    level = min(abs(a.y0 - b.y0), abs(a.y1 - b.y1)) <= LEVEL * em
    if not level or gap > a.width + b.width or a.overlap_y(b) < 0.5 * min(a.height, b.height):
        return False
    deep = 0.25 * em
    facing = (replace(left, x0=left.x1 - deep), replace(right, x1=right.x0 + deep))
    if any(float(window(dark, side).mean()) >= STRAIGHT * 255 for side in facing):
        return False
    between = Rect(left.x1, min(a.y0, b.y0), right.x0, max(a.y1, b.y1))
    sizes = [max(box.width, box.height) / em for box, _, _ in components(window(dark, between))]
    return sum(TYPE[0] <= size <= TYPE[1] for size in sizes) < FEW


def _thick(solid: Gray, em: float) -> bool:
    """Whether plain ink is so thick somewhere as no stroke of a character of that size is."""
    bordered = cv2.copyMakeBorder(solid, 1, 1, 1, 1, cv2.BORDER_CONSTANT)
    widest = 2 * float(cv2.distanceTransform(bordered, cv2.DIST_C, 3).max())
    return bool(widest >= min(STROKE * min(solid.shape), WIDEST * em))
