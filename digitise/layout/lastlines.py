"""The short last line of a paragraph, whose size its ink tells badly on a picture: 一 and 一刀切 are
lower than their type, and marks beside them leave no pitch to go by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..model import TextLine
from ..text.marks import is_han

FEW, MANY = 5, 9
"""Hanzi of a line whose size is uncertain, at most, and of the line over it that tells it, at least."""

SMALLER = (0.7, 0.94)
"""Its size as found, against that of the line over it."""

FLUSH = 0.8
"""Ems by which its edge may be off that of the line over it: a quotation mark is set in half of one."""

LEADING = 1.8
"""The most from line to line, in ems of the line over it."""

STOPS = tuple("。！？…；”』」")
"""How a paragraph ends."""


def with_last_lines(lines: Sequence[TextLine]) -> list[TextLine]:
    """`lines`, those in the size of the full line right over them that end its paragraph in a few
    characters. Only lines off a picture, for a text layer knows the size of its type."""
    full = [x for x in lines if _across(x) and _hanzi(x) >= MANY]
    return [_sized(x, full) for x in lines]


def _across(line: TextLine) -> bool:
    return line.mode == "horizontal-tb" and not line.font


def _hanzi(line: TextLine) -> int:
    return sum(is_han(c.text) for c in line.chars)


def _sized(line: TextLine, full: Sequence[TextLine]) -> TextLine:
    if not _across(line) or not 1 <= _hanzi(line) <= FEW or not line.text.rstrip().endswith(STOPS):
        return line
    box = line.box
    for over in full:
        size = over.size
        if (
            SMALLER[0] <= line.size / size <= SMALLER[1]
            and abs(box.x0 - over.box.x0) <= FLUSH * size
            and box.x1 < over.box.x1 - size
            and 0.8 * size <= box.cy - over.box.cy <= LEADING * size
            and _fits(line, size)
        ):
            return replace(line, size=size)
    return line


def _fits(line: TextLine, size: float) -> bool:
    """Whether the characters stand as far apart as type of that size does."""
    cells = [c.box.cx for c in line.chars if is_han(c.text)]
    if len(cells) < 2:
        return True
    return 0.85 <= (cells[-1] - cells[0]) / (len(cells) - 1) / size <= 1.15
