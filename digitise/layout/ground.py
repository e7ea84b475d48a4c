"""The frames and grounds a page is cut into; which of them holds what."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ..model import Frame, Rect, Sheet, TextLine


class Ground:
    """Frames that hold articles (`cells`) and bars that only carry a label (`bars`)."""

    def __init__(self, cells: Sequence[Frame], bars: Sequence[Frame]) -> None:
        self.cells = tuple(cells)
        self.bars = tuple(bars)

    def cell_of(self, box: Rect) -> int:
        """Index of the innermost cell that holds `box`; -1 for the open page."""
        best, area = -1, float("inf")
        for i, frame in enumerate(self.cells):
            if frame.box.area < area and frame.box.overlap(box) > 0.75 * max(1.0, box.area):
                best, area = i, frame.box.area
        return best

    def parent(self, cell: int) -> int:
        """The cell round a cell, -1 for the page."""
        if cell < 0:
            return -1
        own = self.cells[cell].box
        best, area = -1, float("inf")
        for i, frame in enumerate(self.cells):
            if i != cell and own.area < frame.box.area < area and frame.box.contains(own, 4):
                best, area = i, frame.box.area
        return best

    def on_bar(self, box: Rect) -> Frame | None:
        for bar in self.bars:
            shared = bar.box.overlap(box)
            if shared > 0.6 * max(1.0, box.area):
                return bar
            # half of a label on the bar, half beside it
            if shared > 0.6 * bar.box.area and shared > 0.25 * box.area:
                return bar
        return None


def read_ground(sheet: Sheet, em: float) -> Ground:
    """Sorts the frames of a sheet.

    A frame round most of the page is its border and says nothing. One that holds at most two
    lines in a strip is a label's bar. Doubled frames (a rule and its twin, a frame with a tint)
    count once.
    """
    page = float(sheet.width * sheet.height)
    chars = sum(len(line.chars) for line in sheet.lines) or 1
    cells: list[Frame] = []
    bars: list[Frame] = []
    for frame in sorted(sheet.frames, key=lambda f: -f.box.area):
        inside = [x for x in sheet.lines if _inside(frame.box, x)]
        if not inside:
            continue
        if frame.kind == "tint" and _cuts(frame.box, sheet.lines):
            continue  # the ground of something on the back of the sheet, shining through
        held = sum(len(x.chars) for x in inside)
        if frame.box.area > 0.7 * page or held > 0.8 * chars:
            continue
        if any(_same(frame.box, other.box, em) for other in (*cells, *bars)):
            continue
        rows = _rows(inside)
        low = frame.box.height < 2.2 * max(x.size for x in inside)
        small = held <= 16 and frame.box.area < 0.02 * page
        slim = frame.box.width < 2.2 * max(x.size for x in inside) and held <= 16
        display = (
            held <= 70
            and all(x.size > 1.12 * em or len(x.chars) <= 12 for x in inside)
            and max(x.size for x in inside) > 1.6 * em
            and frame.kind != "frame"
            and (rows <= 4 or (rows <= 6 and _over_text(frame.box, sheet, em)))
        )
        if (
            (rows <= 2 and small and (low or slim))
            or display
            or (frame.kind == "reversed" and held <= 24)
        ):
            bars.append(frame)
        else:
            cells.append(frame)
    return Ground(cells, bars)


def _over_text(box: Rect, sheet: Sheet, em: float) -> bool:
    """Whether text of body size begins right under a box, or under the signature that stands
    there, within its width, and fills, with pictures level with it, most of that: then the box is
    the ground of that text's headline."""

    def under(other: Rect) -> bool:
        within = other.x0 > box.x0 - em and other.x1 < box.x1 + em
        return within and 0 <= other.y0 - box.y1 < 4.4 * em

    text = [
        x.box
        for x in sheet.lines
        if abs(x.size / em - 1) < 0.12 and len(x.chars) >= 5 and under(x.box)
    ]
    filled, reach = 0.0, box.x0
    for x in sorted([*text, *(p.box for p in sheet.pictures if under(p.box))], key=lambda r: r.x0):
        filled += max(0.0, x.x1 - max(reach, x.x0))
        reach = max(reach, x.x1)
    return bool(text) and filled > 0.6 * box.width


def _inside(box: Rect, line: TextLine) -> bool:
    return box.overlap(line.box) > 0.75 * max(1.0, line.box.area)


def _cuts(box: Rect, lines: Sequence[TextLine]) -> bool:
    """Whether a side of a box runs down through several lines set across, two ems from their ends
    at least; those of what is printed on a ground end on it."""
    through = [
        x
        for x in lines
        if x.mode == "horizontal-tb"
        and box.y0 < x.box.cy < box.y1
        and any(x.box.x0 + 2 * x.size < side < x.box.x1 - 2 * x.size for side in (box.x0, box.x1))
    ]
    held = sum(_inside(box, x) for x in lines)
    return len(through) >= 2 and len(through) > held


def _same(a: Rect, b: Rect, em: float) -> bool:
    slack = 1.2 * em
    return (
        abs(a.x0 - b.x0) < slack
        and abs(a.x1 - b.x1) < slack
        and abs(a.y0 - b.y0) < slack
        and abs(a.y1 - b.y1) < slack
    )


def _rows(lines: Sequence[TextLine]) -> int:
    ys = sorted(line.box.cy for line in lines)
    step = min(line.size for line in lines) * 0.6
    return 1 + sum(1 for a, b in itertools.pairwise(ys) if b - a > step)
