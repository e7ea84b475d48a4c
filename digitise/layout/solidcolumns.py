"""Columns of a page set downwards as they stand among their neighbours: their size, and small
heads that were read in one line with the text under them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ..model import Char, Rect, TextLine, bounding
from ..text.marks import is_han
from .downcolumns import LARGE

ALIKE = 1.08
"""Times the body's size up to which a line is surely of it."""

LARGEST = 1.65
"""Times the body's size up to which a measured size may be wrong."""

TOUCH = 0.45
"""Ems of white between columns set solid at most."""

LEVEL = 0.85
"""Share of the height of two columns together that both stand at where they are equally long."""

CLEAR = 0.75
"""Confidence from which a mark or a letter that stands alone is one."""

DOT = 0.3
"""Ems that a mark which stands alone is long or wide at least."""

SHORT = 4.5
"""Ems that the text under a small head is high at most."""

BARE = 0.5
"""Ems of white at either side of a small head at least."""


def without_specks(lines: Sequence[TextLine], em: float) -> list[TextLine]:
    """`lines` of a scan without marks and letters that stand alone and are tiny or were read with
    little confidence: dirt and scratches."""
    return [x for x in lines if x.font or len(x.chars) > 1 or not _speck(x, em)]


def _speck(line: TextLine, em: float) -> bool:
    small = max(line.box.width, line.box.height) <= DOT * em
    return not is_han(line.text) and (small or line.confidence < CLEAR)


def with_even_columns(lines: Sequence[TextLine], em: float) -> list[TextLine]:
    """`lines` of a scan with the body's size given to columns that seem a little larger but stand
    close between columns of it, one of them as long, or have the body's pitch: some characters of
    such a line were not read, or its box took in ink beside it."""
    body = [x for x in lines if _down(x) and x.size <= ALIKE * em and len(x.chars) >= 4]
    return [
        replace(x, size=em) if _in_question(x, em) and (_solid(x, em) or _among(x, body, em)) else x
        for x in lines
    ]


def _in_question(line: TextLine, em: float) -> bool:
    larger = ALIKE * em < line.size <= LARGEST * em
    return _down(line) and not line.font and larger and line.box.width <= 1.6 * em


def _solid(line: TextLine, em: float) -> bool:
    """Whether a line is set as narrow as the body: type is no larger than its pitch."""
    middles = [c.box.cy for c in line.chars if is_han(c.text)]
    steps = sorted(b - a for a, b in pairwise(middles))
    # Of a longer line the lower third: where a character is left out a step is too long.
    at = (len(steps) - 1) // (3 if len(steps) > 3 else 2)
    return len(steps) >= 2 and steps[at] <= ALIKE * em


def _down(line: TextLine) -> bool:
    return line.mode == "vertical-rl"


def _among(line: TextLine, body: Sequence[TextLine], em: float) -> bool:
    box = line.box
    if len(line.chars) < 4 or line.size > LARGE * em:
        return False
    beside = [
        x.box
        for x in body
        if max(box.x0 - x.box.x1, x.box.x0 - box.x1) <= TOUCH * em
        and box.overlap_y(x.box) >= LEVEL * min(box.height, x.box.height)
    ]
    level = any(box.overlap_y(b) >= LEVEL * max(box.height, b.height) for b in beside)
    return level and any(b.cx < box.cx for b in beside) and any(b.cx > box.cx for b in beside)


def with_heads_parted(lines: Sequence[TextLine], em: float) -> list[TextLine]:
    """`lines` with those cut in which a small head and the column under it were read as one: the
    head stands bare, and at its foot short columns begin to the left and right."""
    out: list[TextLine] = []
    for line in lines:
        at = _foot_of_head(line, lines, em)
        if at is None:
            out.append(line)
        else:
            head, text = line.chars[:at], line.chars[at:]
            out += [_part(line, head), replace(_part(line, text), size=em)]
    return out


def _part(line: TextLine, chars: tuple[Char, ...]) -> TextLine:
    box = bounding(c.box for c in chars)
    confidence = sum(c.confidence for c in chars) / len(chars)
    x0, x1 = line.box.x0, line.box.x1
    return replace(line, chars=chars, box=Rect(x0, box.y0, x1, box.y1), confidence=confidence)


def _foot_of_head(line: TextLine, lines: Sequence[TextLine], em: float) -> int | None:
    """The place of the first character under the head; None where there is no head in a line."""
    if not _down(line) or line.size > LARGE * em or len(line.chars) < 3:
        return None
    shorter = [
        x
        for x in lines
        if x is not line
        and _down(x)
        and x.size <= LARGE * em
        and max(line.box.x0 - x.box.x1, x.box.x0 - line.box.x1) < 0.8 * em
        and x.box.y0 > line.box.y0 + 1.6 * em
        and x.box.height <= SHORT * em
        and abs(x.box.y1 - line.box.y1) < em
    ]
    if not shorter:
        return None
    top = min(x.box.y0 for x in shorter)
    at = min(range(len(line.chars)), key=lambda i: abs(line.chars[i].box.y0 - top))
    head = line.chars[:at]
    if len(head) < 2 or not all(is_han(c.text) for c in head):
        return None
    if abs(line.chars[at].box.y0 - top) > 0.4 * em:
        return None
    bare = Rect(line.box.x0, head[0].box.y0, line.box.x1, head[-1].box.y1).grow(
        BARE * em, -0.3 * em
    )
    if any(x is not line and x.box.overlap(bare) > 0 for x in lines):
        return None
    sides = {x.box.cx < line.box.cx for x in shorter if abs(x.box.y0 - top) < 0.5 * em}
    white = line.chars[at].box.y0 - line.chars[at - 1].box.y1
    return at if len(sides) == 2 or white > 0.12 * em else None
