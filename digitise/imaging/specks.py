"""Grain and dust in an ink mask: spots smaller than any stroke or stop."""

from __future__ import annotations

import cv2
import numpy as np

from ..model import Gray

SPECK = 0.08
"""Square root of the area, in ems, below which a spot is none of the type: a full stop, a dot over
a letter and the point of a broken stroke have more."""

FALLBACK_EM = 38.0
"""Body em in px where none could be measured."""

_BAND = 1024


def without_specks(ink: Gray, em: float | None) -> Gray:
    """The 0/255 mask, (height, width), with its specks taken out, in place. `em`: body em in px.

    A single dark pixel in the margin would else be the end of a line of large type, which looks
    some ems to both sides for ink that belongs to it.
    """
    least = (SPECK * (em or FALLBACK_EM)) ** 2
    lap = int(least) + 2  # no speck is longer: each lies whole in one of two bands
    height = ink.shape[0]
    for top in range(0, height, _BAND):
        band = ink[max(0, top - lap) : top + _BAND]
        _, labels, stats, _ = cv2.connectedComponentsWithStats(band, connectivity=8)
        speck = stats[:, cv2.CC_STAT_AREA] < least
        first = stats[:, cv2.CC_STAT_TOP]
        last = first + stats[:, cv2.CC_STAT_HEIGHT]
        speck &= ((first > 0) | (top <= lap)) & ((last < len(band)) | (top + _BAND >= height))
        speck[0] = False
        band[speck[np.asarray(labels)]] = 0
    return ink
