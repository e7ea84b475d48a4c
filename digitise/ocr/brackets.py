"""The corner brackets of vertical lines, which recognisers pass over, told from their ink.

Set vertically, 「 is a corner at its upper right and 」 one at its lower left; 『 and 』 are the
same in outline.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from ..model import Char, Gray, Rect, TextLine

SIZES = (0.2, 1.05)
"""Between how many ems a bracket is wide and high."""

NEAR = 0.55
"""Ink whose middle is nearer, in ems, to that of a character is a part of it."""


def with_brackets(line: TextLine, ink: Gray) -> TextLine:
    """The line with 「」『』 where ink between two of its characters, that no character accounts
    for, has their form. `ink`: the 0/255 mask under the line's box. Vertical lines only."""
    if line.mode != "vertical-rl" or not line.chars:
        return line
    middles = [char.box.cy - line.box.y0 for char in line.chars]
    found: list[Char] = []
    for top, bottom in _stretches(ink):
        if any(abs(0.5 * (top + bottom) - y) < NEAR * line.size for y in middles):
            continue
        text = corner(ink[top:bottom], line.size)
        if text:
            y = line.box.y0
            found.append(Char(text, Rect(line.box.x0, y + top, line.box.x1, y + bottom)))
    if not found:
        return line
    return replace(line, chars=tuple(sorted((*line.chars, *found), key=lambda c: c.box.cy)))


def corner(ink: Gray, em: float) -> str:
    """「, 」, 『 or 』 when that is what a 0/255 mask shows, else ""."""
    columns = np.flatnonzero(ink.max(axis=0, initial=0))
    if not len(columns):
        return ""
    ink = ink[:, columns[0] : columns[-1] + 1]
    height, width = ink.shape
    low, high = (share * em for share in SIZES)
    if not (low <= width <= high and low <= height <= high):
        return ""
    outline = ink.copy()
    contours, _ = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    cv2.drawContours(outline, contours, -1, 255, cv2.FILLED)
    hollow = float(ink.mean()) < 0.8 * float(outline.mean())
    rows = outline.max(axis=1) > 0
    solid = outline > 0
    band_r, band_c = max(1, height // 5), max(1, width // 5)
    across = solid.mean(axis=1)
    down = solid.mean(axis=0)
    if not rows.all() or float(solid.mean()) > 0.75:
        return ""
    upper_right = across[:band_r].max() > 0.8 and down[-band_c:].max() > 0.8
    lower_left = across[-band_r:].max() > 0.8 and down[:band_c].max() > 0.8
    free = solid[height // 2 :, : width // 2].mean() < 0.3
    free_other = solid[: height - height // 2, width - width // 2 :].mean() < 0.3
    if upper_right and free and not lower_left:
        return "『" if hollow else "「"
    if lower_left and free_other and not upper_right:
        return "』" if hollow else "」"
    return ""


def _stretches(ink: Gray) -> list[tuple[int, int]]:
    flags = np.concatenate(([False], ink.max(axis=1, initial=0) > 0, [False]))
    edges = np.flatnonzero(flags[1:] != flags[:-1])
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]
