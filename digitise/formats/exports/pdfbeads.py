"""Where the beads of an article thread lie: rectangles that hold one article's text alone.

A region is no rectangle: columns step round pictures, headlines reach into their neighbours. So a
bead is a run of a region's lines whose rectangle holds no character of any other line of the page;
where a line itself leans over its neighbours, a run of its characters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ...model import Page, Rect, Region, WritingMode
from .pdflayer import line_cells

Boxes = NDArray[np.float64]
"""n x 4: x0, y0, x1, y1 in pixels of the page."""

# How much of a cell may lie outside its bead: of its thickness at the head and at the foot, where
# the baseline is, by which some readers tell what lies in an area; of its length at either end.
# Lines that are set close, or found a little too large, do not meet in that way.
_HEAD, _FOOT, _END = 0.28, 0.04, 0.2
_WHOLE = 0.05


class _Cells:
    """The places of all characters of the text layer of one page."""

    def __init__(self, page: Page) -> None:
        self._ranges: dict[tuple[str, int], tuple[int, int]] = {}
        inner: list[Rect] = []
        for region in page.regions:
            for number, line in enumerate(region.lines):
                mode = region.writing_mode
                cells = [_inner(box, mode) for box in line_cells(line, mode)]
                self._ranges[region.id, number] = len(inner), len(inner) + len(cells)
                inner += cells
        rows = [(b.x0, b.y0, b.x1, b.y1) for b in inner]
        self._boxes: Boxes = np.array(rows, dtype=np.float64).reshape(len(rows), 4)

    def beads(self, region: Region) -> Iterator[Rect]:
        """The rectangles of a region, in the order of its lines."""
        spans = [self._ranges[region.id, i] for i in range(len(region.lines))]
        spans = [span for span in spans if span[0] < span[1]]
        at = 0
        while at < len(spans):
            count = self._longest(spans[at:])
            if count:
                yield self._around(spans[at][0], spans[at + count - 1][1])
            else:
                yield from self._parted(*spans[at])
            at += max(1, count)

    def is_crowded(self, region: Region) -> bool:
        """Whether the place of one of its characters is another line's as well."""
        for number in range(len(region.lines)):
            start, end = self._ranges[region.id, number]
            if len(self._strangers(start, end)) and any(
                len(strangers) and ((strangers < start) | (strangers >= end)).any()
                for strangers in (self._strangers(at, at + 1) for at in range(start, end))
            ):
                return True
        return False

    def _longest(self, spans: Sequence[tuple[int, int]]) -> int:
        """How many of these lines, from the first, stand in a rectangle of their own."""
        found = 0
        last = spans[-1][1]
        for count, (_, end) in enumerate(spans, 1):
            strangers = self._strangers(spans[0][0], end)
            if not len(strangers):
                found = count
            elif ((strangers < spans[0][0]) | (strangers >= last)).any():
                break  # what is no later line of this region stays in the way
        return found

    def _parted(self, start: int, end: int) -> Iterator[Rect]:
        """A line that has others in its rectangle, in as few pieces as may be."""
        at = start
        while at < end:
            upto = end
            while upto > at + 1 and len(self._strangers(at, upto)):
                upto -= 1
            yield self._around(at, upto)
            at = upto

    def _strangers(self, start: int, end: int) -> NDArray[np.intp]:
        """Cells that are not among those from `start` to `end` but meet their rectangle."""
        box, cells = self._around(start, end), self._boxes
        meets = (cells[:, 0] < box.x1) & (cells[:, 2] > box.x0)
        meets &= (cells[:, 1] < box.y1) & (cells[:, 3] > box.y0)
        meets[start:end] = False
        return np.nonzero(meets)[0]

    def _around(self, start: int, end: int) -> Rect:
        own = self._boxes[start:end]
        low, high = own.min(axis=0), own.max(axis=0)
        return Rect(float(low[0]), float(low[1]), float(high[2]), float(high[3]))


def _inner(box: Rect, mode: WritingMode) -> Rect:
    """The middle of a cell, which a bead holds whole."""
    if mode == "vertical-rl":  # set as a line across turned by a quarter: its head is at the right
        end = _END * box.height
        return Rect(
            box.x0 + _FOOT * box.width, box.y0 + end, box.x1 - _HEAD * box.width, box.y1 - end
        )
    if mode == "horizontal-rtl":  # upside down; Poppler wants such characters whole
        end, above, below = -_WHOLE * box.width, _FOOT, _HEAD
    else:
        end, above, below = _END * box.width, _HEAD, _FOOT
    return Rect(
        box.x0 + end, box.y0 + above * box.height, box.x1 - end, box.y1 - below * box.height
    )


def crowded(page: Page) -> frozenset[str]:
    """Ids of the regions that no beads part from others, since their lines lie upon one another."""
    cells = _Cells(page)
    return frozenset(r.id for r in page.regions if r.lines and cells.is_crowded(r))


def page_beads(page: Page) -> Mapping[str, tuple[Rect, ...]]:
    """By region id the beads of a page's regions, in pixels of the page."""
    cells = _Cells(page)
    return {region.id: tuple(cells.beads(region)) for region in page.regions}
