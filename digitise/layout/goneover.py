"""The end of a paragraph that is but marks or one character, over into a column of its own: 」。

What old papers set down the page may begin a column with a mark. Alone there, it gives a recogniser
no measure: it is read as a line across, or as one of type twice as large; so is a single character
with the marks beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..model import Rect, TextLine
from ..text.marks import is_han

MARKS = 3
"""No more marks end a paragraph."""

NEXT = (1.15, 2.2)
"""Ems from the middle of one column to that of the next."""


def with_gone_over(lines: Sequence[TextLine], em: float) -> list[TextLine]:
    """`lines` with pieces that are but marks or one character made columns of the body beside which they begin
    level, at its size. `em`: the body size in pixels."""
    columns = [
        x
        for x in lines
        if x.mode == "vertical-rl" and len(x.chars) > MARKS and 0.8 * em < x.size < 1.2 * em
    ]
    return [_column(x, columns, em) or x for x in lines]


def _column(line: TextLine, columns: Sequence[TextLine], em: float) -> TextLine | None:
    text, box = line.text.replace(" ", ""), line.box
    if len(text) == 1 and is_han(text):
        fits = 0.8 * em < box.height < 1.6 * em and text != "一"
    elif len(text) == 1:
        fits = line.mode == "vertical-rl"  # else it stands beside some column, or under it
    else:
        fits = 1 < len(text) <= MARKS and all(not is_han(c) or c == "一" for c in text)
        fits = fits and box.width < box.height < 3.2 * em
    if not fits or box.width > 1.35 * em:
        return None
    if any(c.box.overlap_x(box) > 0.5 * box.width and _near(c.box, box, em) for c in columns):
        return None
    before = [
        c
        for c in columns
        if NEXT[0] * em < c.box.cx - box.cx < NEXT[1] * em and abs(c.box.y0 - box.y0) < 0.6 * em
    ]
    if not before:
        return None
    beside = min(before, key=lambda c: c.box.cx - box.cx)
    chars = line.chars
    if line.mode != "vertical-rl":
        step = box.height / len(chars)
        chars = tuple(
            replace(c, box=Rect(box.x0, box.y0 + k * step, box.x1, box.y0 + (k + 1) * step))
            for k, c in enumerate(chars)
        )
    return replace(
        line,
        mode="vertical-rl",
        size=beside.size,
        chars=chars,
        box=replace(box, y0=min(box.y0, beside.box.y0)),
    )


def _near(column: Rect, box: Rect, em: float) -> bool:
    return max(column.y0 - box.y1, box.y0 - column.y1) < em
