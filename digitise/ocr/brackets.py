"""The brackets of vertical lines, which recognisers pass over, told from their ink.

Set vertically, 「 is a corner at its upper right and 」 one at its lower left; 『 and 』 are the
same in outline; round ones lie over and under what they enclose, as bows.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from ..model import Char, Gray, Rect, TextLine

SIZES = (0.2, 1.05)
"""Between how many ems a bracket is wide and high."""

BOW = ((0.45, 1.05), (0.1, 0.42))
"""Between how many ems a round bracket is wide, and high."""

BENT = 0.4
"""Its middle stands by so much of its height over, or under, both of its ends at least."""

NEAR = 0.55
"""Ink whose middle is nearer, in ems, to that of a character is a part of it."""


def with_brackets(line: TextLine, ink: Gray) -> TextLine:
    """The line with 「」『』（） where ink between two of its characters, that no character accounts
    for, has their form. `ink`: the 0/255 mask under the line's box. Vertical lines only."""
    if line.mode != "vertical-rl" or not line.chars:
        return line
    middles = [char.box.cy - line.box.y0 for char in line.chars if char.text.strip()]
    found: list[Char] = []
    for top, bottom in stretches(ink):
        if any(abs(0.5 * (top + bottom) - y) < NEAR * line.size for y in middles):
            continue
        text = corner(ink[top:bottom], line.size) or bow(ink[top:bottom], line.size)
        if text:
            y = line.box.y0
            found.append(Char(text, Rect(line.box.x0, y + top, line.box.x1, y + bottom)))
    if not found:
        return line
    kept = [
        c for c in line.chars
        if c.text.strip() or not any(f.box.overlap_y(c.box) > 0 for f in found)
    ]  # fmt: skip
    return replace(line, chars=tuple(sorted((*kept, *found), key=lambda c: c.box.cy)))


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


def bow(ink: Gray, em: float) -> str:
    """（ or ） when a 0/255 mask shows one lying over, or under, a column, else ""."""
    columns = np.flatnonzero(ink.max(axis=0, initial=0))
    if not len(columns) or len(columns) < columns[-1] - columns[0] + 1:
        return ""
    ink = ink[:, columns[0] : columns[-1] + 1]
    height, width = ink.shape
    (narrow, wide), (low, high) = BOW
    if not (narrow * em <= width <= wide * em and low * em <= height <= high * em):
        return ""
    upper = np.argmax(ink > 0, axis=0)
    lower = height - 1 - np.argmax(ink[::-1] > 0, axis=0)
    if float((lower - upper + 1).max()) > 0.8 * height:
        return ""  # no bow: somewhere it is as thick as it is high
    middles = (upper + lower) / 2
    end = max(1, width // 8)
    left, right = float(middles[:end].mean()), float(middles[-end:].mean())
    centre = float(middles[(width - end) // 2 : (width + end) // 2 + 1].mean())
    if min(left, right) - centre > BENT * height:
        return "（"
    if centre - max(left, right) > BENT * height:
        return "）"
    return ""


def stretches(ink: Gray) -> list[tuple[int, int]]:
    """The rows of a mask that hold ink, from top to bottom, as half-open (start, end)."""
    flags = np.concatenate(([False], ink.max(axis=1, initial=0) > 0, [False]))
    edges = np.flatnonzero(flags[1:] != flags[:-1])
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]
