"""Strokes of large characters that were found and read as small type of their own."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import TextLine
from .sizing import is_hanzi

LARGE = 1.45
"""Ems of the body from which type is large."""

TIMES = 2.0
"""So many times the size of a stroke is the type it belongs to, at least."""

MOST = 3
"""So many characters are read out of strokes at most."""

INSIDE = 0.8
"""Share of such a line that stands in the line of large type."""

LIKE_STROKES = frozenset("一二丨丶丿八十工口")


def without_strokes_read(lines: Sequence[TextLine], em: float) -> tuple[TextLine, ...]:
    """`lines` without letters, figures and simple characters that stand inside lines of large
    type: nothing is printed there but that. `em`: the body's, px."""
    large = [x for x in lines if x.size >= LARGE * em]
    return tuple(x for x in lines if not (_simple(x) and any(_part_of(x, o) for o in large)))


def _simple(line: TextLine) -> bool:
    text = line.text.replace(" ", "")
    return len(text) <= MOST and all(not is_hanzi(c) or c in LIKE_STROKES for c in text)


def _part_of(line: TextLine, large: TextLine) -> bool:
    return (
        large is not line
        and large.size >= TIMES * line.size
        and large.box.overlap(line.box) >= INSIDE * line.box.area
    )
