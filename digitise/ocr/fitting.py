"""Whether what was read of a line fits its ink: characters without ink, ink without characters.

Neither changes the text. The characters concerned are made doubtful, so that whoever looks at
doubtful characters looks there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ..model import Char, TextLine

DOUBTFUL = 0.5
"""Confidence that a character keeps at most where line and ink do not fit."""

HOLE = 1.2
"""Ems of ink in a row without a character that are one left out; a stroke more is none."""

NEAR = 0.5
"""How far off its cell a character's ink may be, in ems: places are the recogniser's guess."""

Stretch = tuple[float, float]


def fitted(line: TextLine, ink: Sequence[Stretch]) -> TextLine:
    """The line with the characters made doubtful that have no ink, or beside which there is ink
    for one that was not read. `ink`: its stretches along the line, on the page."""
    if not ink or not line.chars:
        return line
    down = line.mode == "vertical-rl"
    places = [(c.box.y0, c.box.y1) if down else (c.box.x0, c.box.x1) for c in line.chars]
    near = NEAR * line.size
    doubtful: set[int] = set()
    for k, (char, (start, end)) in enumerate(zip(line.chars, places, strict=True)):
        if char.text.strip() and not any(a < end + near and b > start - near for a, b in ink):
            doubtful.add(k)
    solid = [k for k, c in enumerate(line.chars) if c.text.strip()]
    for start, end in _holes(ink, [places[k] for k in solid], line.size):
        middle = (start + end) / 2
        by_place = sorted(solid, key=lambda k: abs(sum(places[k]) / 2 - middle))
        doubtful.update(by_place[:2])
    if not doubtful:
        return line
    chars = tuple(
        replace(c, confidence=min(c.confidence, DOUBTFUL)) if k in doubtful else c
        for k, c in enumerate(line.chars)
    )
    return replace(line, chars=chars, confidence=_mean(chars))


def _holes(ink: Sequence[Stretch], places: Sequence[Stretch], size: float) -> list[Stretch]:
    """Stretches between, before and behind characters that hold the ink of another one."""
    places = sorted(places)
    first, last = ink[0][0], ink[-1][1]
    ends = [first, *(end for _, end in places)]
    starts = [*(start for start, _ in places), last]
    holes = []
    for a, b in zip(ends, starts, strict=True):
        if b - a < HOLE * size:
            continue
        inked = sum(max(0.0, min(b, y) - max(a, x)) for x, y in ink)
        if inked > 0.5 * size:
            holes.append((a, b))
    return holes


def _mean(chars: Sequence[Char]) -> float:
    solid = [c.confidence for c in chars if c.text.strip()]
    return round(float(np.mean(solid)), 4) if solid else 0.0
