"""Characters so large that a detector took the upper and the lower half of each for a line of its own:
those of a masthead, many times the size of the body."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..model import Rect
from .inkwork import Inks
from .pieces import Piece, meeting, table_of, tightened

HUGE = 4.0
"""Body ems a character is high at least to be found in halves."""

WHOLE = (0.6, 1.35)
"""Times as wide as high that the two halves together are: one character."""

HALF = 0.3
"""Share of the character's height that each half has at least."""

WHITE = 0.06
"""The most white between the halves, in heights of the character; rows stand further apart."""

EDGE = 0.12
"""Upper and lower edges that agree within such a share of the height are those of one row."""

FAR = 2.0
"""So many heights off at most stands the next character of the row."""


def with_whole_characters(pieces: Sequence[Piece], inks: Inks, em: float) -> list[Piece]:
    """`pieces` with the halves of huge characters put together. `em`: of the body, px.

    Two boxes one over the other are halves where hardly any white lies between them, where they make
    the square of one character together without a line of its own in it, and where in their row
    another box is as high as both."""
    large = [p for p in pieces if p.box.height >= HALF * HUGE * em]
    if len(large) < 3:
        return list(pieces)
    tight = [tightened(p, inks) or p for p in large]
    table = table_of(large)
    merged: dict[int, Piece] = {}
    gone: set[int] = set()
    for i, upper in enumerate(large):
        for j in meeting(table, upper.box.grow(WHITE * upper.box.height), 0.0):
            if i == j or {i, j} & gone or not _one_character(tight[i].box, tight[j].box, em):
                continue
            whole = tight[i].box.union(tight[j].box)
            if any(  # lines of their own in it: a block of small type
                p is not upper and p is not large[j] and p.box.overlap(whole) > 0.5 * p.box.area
                for p in pieces
            ):
                continue
            if any(_beside(whole, p.box) for k, p in enumerate(tight) if k not in (i, j)):
                score = min(upper.score, large[j].score)
                merged[i] = replace(upper, box=upper.box.union(large[j].box), score=score)
                gone |= {i, j}
    out = [p for p in pieces if not any(p is large[k] for k in gone)] + list(merged.values())
    return sorted(out, key=lambda p: (p.box.y0, p.box.x0))


def _one_character(upper: Rect, lower: Rect, em: float) -> bool:
    whole = upper.union(lower)
    return (
        whole.height >= HUGE * em
        and upper.cy < lower.cy
        and WHOLE[0] <= whole.width / whole.height <= WHOLE[1]
        and min(upper.height, lower.height) >= HALF * whole.height
        and upper.overlap_x(lower) >= 0.7 * min(upper.width, lower.width)
        and lower.y0 - upper.y1 <= WHITE * whole.height
    )


def _beside(whole: Rect, other: Rect) -> bool:
    """Whether a box of a character or more stands in the row of a character, and is as high; a line
    set downwards beside two rows is narrower."""
    slack = EDGE * whole.height
    off = max(whole.x0 - other.x1, other.x0 - whole.x1)
    return (
        other.width >= WHOLE[0] * whole.height
        and abs(other.y0 - whole.y0) <= slack
        and abs(other.y1 - whole.y1) <= slack
        and -slack <= off <= FAR * whole.height
    )
