"""Run-in titles: 简讯 whose first words are set in bold, with the text going on behind them.

A printed line has one type, that of most of its characters. Where the bold words fill a line it
looks like a title over the text; but the text goes on flush under it, as under any line of a
paragraph, and a title is followed by a new paragraph.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from ..model import TextLine
from .gutters import HANGING

INDENT = (1.2, 3.6)
FLUSH = 0.6
FULL = 0.9
"""Ems that a line may begin behind, or end before, the edge of its column and still be flush or
full."""
OTHER_SIZE = 0.16
"""How far the type of an article may be off the page's usual size."""
LONGEST = 4
"""Lines of a run-in title, at most."""
LEAD_MARKS = tuple("▲■●◆★□○△◇▶►")
"""Marks before a run-in title."""


def with_lead_ins(lines: Sequence[TextLine], em: float) -> list[TextLine]:
    """`lines` with the bold ones that begin a paragraph in the type of what follows them, so that
    they stay one block with it. `em`: the body's em in pixels."""
    page = _Page(lines, em)
    made: dict[int, TextLine] = {}
    for line in page.lines:
        if line.bold is True and page.begins(line):
            led, rest = page.led_by(line)
            if rest is not None and rest.bold is False:
                made.update({id(x): replace(x, font=rest.font, bold=False) for x in led})
    return [made.get(id(x), x) for x in lines]


class _Page:
    """Lines of body size from top to bottom, asked for what stands near one of them."""

    def __init__(self, lines: Sequence[TextLine], em: float) -> None:
        self.lines = sorted(
            (
                x
                for x in lines
                if x.mode == "horizontal-tb" and x.font and abs(x.size / em - 1) < OTHER_SIZE
            ),
            key=lambda x: x.box.cy,
        )
        self._levels = [x.box.cy for x in self.lines]

    def near(self, line: TextLine, reach: float) -> list[TextLine]:
        """Lines of the same column no more than `reach` ems over or under one."""
        cy, far = line.box.cy, reach * line.size
        found = self.lines[
            bisect_left(self._levels, cy - far) : bisect_right(self._levels, cy + far)
        ]
        return [
            x
            for x in found
            if x is not line
            and abs(x.size / line.size - 1) < 0.06
            and x.box.overlap_x(line.box) > 0.5 * min(x.box.width, line.box.width)
            and x.box.x0 > line.box.x0 - (INDENT[1] + 0.4) * line.size
        ]

    def edges(self, line: TextLine) -> tuple[float, float]:
        """Left and right edge of the column a line stands in, by the lines right over and under
        it at one leading."""
        column = [line]
        near = self.near(line, 8)
        for side in (near[::-1], near):
            here = line
            up = side is not near
            for x in side:
                apart = here.box.cy - x.box.cy if up else x.box.cy - here.box.cy
                if apart <= 0.3 * line.size:
                    continue
                if apart > 2.0 * line.size:
                    break
                column.append(x)
                here = x
        # a stop may hang out behind the measure
        full = [x for x in column if x.text.rstrip()[-1:] not in HANGING] or column
        return min(x.box.x0 for x in column), max(x.box.x1 for x in full)

    def begins(self, line: TextLine) -> bool:
        """Whether a line is set in as the first of a paragraph, or opens with a mark."""
        indent = (line.box.x0 - self.edges(line)[0]) / line.size
        marked = indent < FLUSH and line.text.lstrip().startswith(LEAD_MARKS)
        return INDENT[0] <= indent <= INDENT[1] or marked

    def led_by(self, line: TextLine) -> tuple[list[TextLine], TextLine | None]:
        """(the lines in this one's type from it on, the line in other type that takes the
        sentence up), the second None where none does."""
        led = [line]
        while len(led) <= LONGEST:
            here = led[-1]
            left, right = self.edges(here)
            below = min(
                (x for x in self.near(here, 2.2) if x.box.cy > here.box.cy + 0.6 * here.size),
                key=lambda x: x.box.cy,
                default=None,
            )
            if below is None or here.box.x1 < right - FULL * here.size:
                return led, None
            if below.box.x0 > left + FLUSH * here.size:
                return led, None
            if below.font != line.font:
                return led, below
            led.append(below)
        return led, None
