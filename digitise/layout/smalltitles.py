"""Titles hardly larger than the text under them, on pictures of pages, where no fount tells them."""

from __future__ import annotations

from ..text.clues import dateline, opens_dialogue
from ..text.marks import FULL_STOPS, MID_STOPS
from .scene import Scene

RATIO = 1.15
"""Times the body's size, at least."""

SHORT, LONG = 4, 16
"""Characters of such a title."""

NEAR, FAR = 0.3, 2.0
"""White between it and the text it stands over, in ems."""

FREE = 2.5
"""So many ems over it no running text ends: there it would be a subhead of that."""


def is_small_title(scene: Scene, i: int) -> bool:
    """Whether a block of one row stands over the opening of a report or an interview, with none that
    goes before."""
    b = scene.blocks[i]
    em = scene.em
    if b.font or b.vertical or len(b.rows) != 1 or not SHORT <= b.chars <= LONG:
        return False
    if scene.ratio(i) < RATIO or b.text.rstrip()[-1:] in FULL_STOPS + MID_STOPS:
        return False
    opening = False
    for k, other in enumerate(scene.blocks):
        if k == i or other.vertical or other.box.overlap_x(b.box) < 0.6 * b.box.width:
            continue
        if scene.is_running(k) and -0.3 * em < b.box.y0 - other.box.y1 < FREE * em:
            return False
        first = other.rows[0].text
        if NEAR * em <= other.box.y0 - b.box.y1 <= FAR * em and len(other.rows) > 1:
            opening |= bool(dateline(first)) or opens_dialogue(first)
    return opening
