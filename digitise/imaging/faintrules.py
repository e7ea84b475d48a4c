"""Rules that grow faint towards an end, where all that is left of them is a row of thin pieces.

What goes on from a rule that is beyond doubt is believed on less evidence than a rule by itself
(hysteresis, as Canny, 1986, does for edges).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..model import Gray, Rect, bounding
from .grids import window

THIN = 0.2
"""Ems a piece is high at most, …"""

FLAT = 1.4
"""… and so many times as long at least."""

LONG = (0.25, 2.2)
"""Ems a piece is long at least, less is a speck, and at most: more is a rule by itself, and rules that end
beside each other in two columns are two."""

GAP = 1.5
"""Ems of white between two pieces at most."""

LEVEL = 0.2
"""Ems a piece lies higher or lower than the one before it at most."""

LEAST = 2.2
"""Ems that pieces go on for at least, one or two are an 一 or a dash beside a rule, …"""

NEXT = 0.8
"""… unless they lead to within so many ems of another rule at their height."""

INKED = 0.4
"""Share of that which is ink at least."""

WHITE = 0.25
"""Ems over and under a piece, …"""

CLEAR = 0.2
"""… of which such a share is ink at most: strokes of type have others beside them."""


def prolonged(boxes: Sequence[Rect], pieces: NDArray[np.int32], ink: Gray, em: float) -> list[Rect]:
    """Horizontal rules with the faint pieces that go on from their ends.

    `pieces`: connected pieces of `ink`, a 0/255 mask of body em `em` px, as (n, 5): left, top,
    width, height, area, px.
    """
    fit = (pieces[:, 3] <= max(2.0, THIN * em)) & (pieces[:, 2] >= FLAT * pieces[:, 3])
    fit &= (pieces[:, 2] >= LONG[0] * em) & (pieces[:, 2] <= LONG[1] * em)
    faint = [
        box
        for x, y, w, h in pieces[fit][:, :4].tolist()
        if _clear(ink, box := Rect(float(x), float(y), float(x + w), float(y + h)), em)
    ]

    faint.sort(key=lambda box: box.x0)
    mirrored = [_mirrored(box) for box in sorted(faint, key=lambda box: -box.x1)]
    out = []
    for rule in boxes:
        others = [box for box in boxes if box is not rule]
        level = _level(rule, ink, em, rule.x1)
        right = _gone_on(rule.x1, level, faint, others, em)
        level = _level(rule, ink, em, rule.x0)
        left = _gone_on(-rule.x0, level, mirrored, [_mirrored(b) for b in others], em)
        out.append(bounding([rule, *right, *map(_mirrored, left)]))
    return out


def _clear(ink: Gray, box: Rect, em: float) -> bool:
    """Whether there is white over a piece and under it."""
    reach = max(2, round(WHITE * em))
    x0, x1, y0, y1 = int(box.x0), int(box.x1), int(box.y0), int(box.y1)
    sides = (ink[max(0, y0 - reach) : y0, x0:x1], ink[y1 : y1 + reach, x0:x1])
    return all(side.size == 0 or float(side.mean()) / 255 <= CLEAR for side in sides)


def _level(rule: Rect, ink: Gray, em: float, end: float) -> float:
    """At what height the ink of a rule, which may slope, lies at one `end` of it."""
    near = Rect(end - em, rule.y0, end + em, rule.y1).clip(rule)
    rows = np.flatnonzero(window(ink, near).any(axis=1))
    return rule.y0 + float(rows.mean()) + 0.5 if len(rows) else rule.cy


def _gone_on(
    start: float, level: float, faint: Sequence[Rect], rules: Sequence[Rect], em: float
) -> list[Rect]:
    """The pieces of `faint`, sorted from the left, that go on to the right from a rule's end at (start,
    level); none unless they go on for long enough, or to another of the `rules`."""
    chain: list[Rect] = []
    end = start
    for box in faint:
        if box.x0 < end - 1 or abs(box.cy - level) > max(1.5, LEVEL * em):
            continue
        if box.x0 - end > GAP * em:
            break
        chain.append(box)
        end, level = box.x1, box.cy
    inked = sum(box.width for box in chain)
    leads = any(
        -1 <= box.x0 - end <= NEXT * em and box.y0 - LEVEL * em <= level <= box.y1 + LEVEL * em
        for box in rules
    )
    if chain and leads:
        return chain
    return chain if end - start >= LEAST * em and inked >= INKED * (end - start) else []


def _mirrored(box: Rect) -> Rect:
    return Rect(-box.x1, box.y0, -box.x0, box.y1)
