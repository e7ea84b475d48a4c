"""Whether two lines of display type are of one size, where sizes are measured from a picture."""

from __future__ import annotations

import itertools

from ..model import TextLine
from ..text.marks import is_han
from .blocks import Block


def same_height(a: Block, b: Block) -> bool:
    """Whether two blocks are of one size of type; where sizes are measured from a picture, the
    height of the ink decides."""
    if 0.87 < a.size / b.size < 1.15:
        return True
    if a.font or b.font or not 0.72 < a.size / b.size < 1.4:
        return False
    if same_pitch(a, b):
        return True
    return 0.91 < a.rows[0].box.height / b.rows[0].box.height < 1.1


def same_pitch(a: Block, b: Block) -> bool:
    """Whether two lines of as many characters are equally long, or those of two horizontal ones
    stand equally far apart: brush type and letter-spaced type differ in the height of their ink
    from line to line."""
    if len(a.rows) > 1 or len(b.rows) > 1 or min(a.chars, b.chars) < 3:
        return False
    if a.chars == b.chars:
        along = (a.box.height, b.box.height) if a.vertical else (a.box.width, b.box.width)
        return a.vertical == b.vertical and 0.94 < along[0] / along[1] < 1.06
    steps = [_step(x.lines[0]) for x in (a, b) if not x.vertical and len(x.lines) == 1]
    return len(steps) == 2 and min(steps) > 0 and 0.95 < steps[0] / steps[1] < 1.055


def _step(line: TextLine) -> float:
    """From the middle of one hanzi to that of the next, in pixels, as most are; 0 where less than
    three steps show it."""
    steps = sorted(
        b.box.cx - a.box.cx
        for a, b in itertools.pairwise(line.chars)
        if is_han(a.text) and is_han(b.text)
    )
    return steps[len(steps) // 2] if len(steps) >= 3 else 0.0
