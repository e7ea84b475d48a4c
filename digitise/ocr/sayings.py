"""曰 before what is said, in vertical lines, told from 目 and 日 by the room its ink takes.

曰 is as wide as it is high or wider, 日 and 目 are higher. Recognisers, for whom 曰 is rare, take it for one
of those; what is behind it, ： or 「, tells that it may be 曰.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..model import Char, Gray, TextLine

WIDE = 0.92
"""曰 is so many times as wide as high at least, …"""

HIGH = 0.45, 0.88
"""… and between so many ems high."""

SURELY = 0.995
"""日 or 目 that is read with such confidence stands."""

_LIKE = "目日白回口臼囗田"
_BEFORE = "：:「『﹁﹃"
_BETWEEN = "：:。、，.…・·；;"
"""What ： is read as, where 「 stands behind it."""


def with_sayings(line: TextLine, ink: Gray) -> TextLine:
    """The line with 曰 for 目 or 日 where their ink is as wide as high and ： or 「 stands behind. `ink`:
    the 0/255 mask under the line's box. Vertical lines only."""
    if line.mode != "vertical-rl" or ink.size == 0:
        return line
    solid = [i for i, c in enumerate(line.chars) if c.text.strip()]
    out = list(line.chars)
    for n, i in enumerate(solid):
        char = out[i]
        behind = "".join(out[k].text for k in solid[n + 1 : n + 3])
        if char.text not in _LIKE or char.confidence >= SURELY or not _speech(behind):
            continue
        if _low(char, ink, line):
            out[i] = replace(char, text="曰")
    return replace(line, chars=tuple(out))


def _speech(behind: str) -> bool:
    """Whether what is said begins with the two characters `behind`."""
    if behind[:1] and behind[0] in _BEFORE:
        return True
    return len(behind) == 2 and behind[0] in _BETWEEN and behind[1] in "「『"


def _low(char: Char, ink: Gray, line: TextLine) -> bool:
    rows = ink.max(axis=1, initial=0) > 0
    at = int(char.box.cy - line.box.y0)
    if not 0 <= at < len(rows) or not rows[at]:
        return False
    top = bottom = at
    while top > 0 and rows[top - 1]:
        top -= 1
    while bottom + 1 < len(rows) and rows[bottom + 1]:
        bottom += 1
    height = bottom + 1 - top
    columns = np.flatnonzero(ink[top : bottom + 1].max(axis=0))
    wide = int(columns[-1]) + 1 - int(columns[0])
    low, high = (share * line.size for share in HIGH)
    return low <= height <= high and wide >= WIDE * height
