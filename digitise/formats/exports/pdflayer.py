"""The invisible text of a page: each character where it is printed, in reading order.

The operators are those of ISO 32000-1, 9.4. A line is set along its own axis, so that on a skewed
scan the text lies on the print; the cell of a character reaches to the next one where no space
stands between, so that readers see no space in spaced-out type.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...model import Line, Page, Point, Rect, Region, WritingMode
from ..plain import ordered_regions
from .pdffont import ASCENT, EM, Codes
from .words import matched_chars, share

# Above this the outline of a line says nothing of its slope.
_STEEPEST = math.radians(10)
# A gap wider than this many ems is a gap.
_SPACED = 4.0
# A line down that leans by no more of its thickness from end to end is set upright.
_LEANING = 0.35
# Cells whose lengths differ by no more share one scale: their marked boxes are that much off, their
# places are not. Readers take a turned line in two scales for two lines.
_ALIKE, _ALIKE_DOWN = 1.25, 2.5
# Pixels: less is not worth an operator.
_NEAR = 0.75


@dataclass(frozen=True, slots=True)
class _Axis:
    """The middle line of a printed line, in pixels: where it begins, its slope in radians, and how
    thick the line is."""

    x: float
    y: float
    slope: float
    thickness: float
    mode: WritingMode

    @property
    def forward(self) -> Point:
        """The way the text runs, a unit vector."""
        cos, sin = math.cos(self.slope), math.sin(self.slope)
        if self.mode == "vertical-rl":
            return -sin, cos
        return (-cos, -sin) if self.mode == "horizontal-rtl" else (cos, sin)

    @property
    def upward(self) -> Point:
        """Where the head of the glyphs points. Lines down are set as lines across turned by a
        quarter: readers place and join those, while few do so with the writing mode of a font.
        Lines from right to left are set upside down, which nobody sees."""
        cos, sin = math.cos(self.slope), math.sin(self.slope)
        if self.mode == "vertical-rl":
            return cos, sin
        return (-sin, cos) if self.mode == "horizontal-rtl" else (sin, -cos)

    def along(self, box: Rect) -> tuple[float, float]:
        """Where a box begins and ends along the axis, from its beginning."""
        cos = math.cos(self.slope)
        if self.mode == "vertical-rl":
            return (box.y0 - self.y) / cos, (box.y1 - self.y) / cos
        if self.mode == "horizontal-rtl":
            return (self.x - box.x1) / cos, (self.x - box.x0) / cos
        return (box.x0 - self.x) / cos, (box.x1 - self.x) / cos


@dataclass(frozen=True, slots=True)
class _Cell:
    """A character and its stretch of the axis, in pixels."""

    text: str
    start: float
    end: float


def page_layer(page: Page, codes: Codes, font: str) -> bytes:
    """The content stream, in pixels of the page: the caller sets the matrix before it. `font`
    is the name of the blank font among the page's resources."""
    out: list[str] = ["3 Tr"]
    for region in ordered_regions(page):
        for line in region.lines:
            out += _line(line, region, codes, font)
    return ("BT\n" + "\n".join(out) + "\nET\n").encode("ascii")


def _line(line: Line, region: Region, codes: Codes, font: str) -> Iterator[str]:
    if not line.polygon or not line.text.strip():
        return
    axis = line_axis(line, region.writing_mode)
    if axis.thickness > 0 and (cells := _cells(line, region.writing_mode, axis)):
        yield from _set(cells, axis, codes, font)


def line_axis(line: Line, mode: WritingMode) -> _Axis:
    """The axis of a line, from its outline if that is a slanted four-sided one, else its box."""
    box = line.box
    down = mode == "vertical-rl"
    if len(line.polygon) == 4:
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = line.polygon
        if down:
            top, bottom = ((ax + bx) / 2, (ay + by) / 2), ((cx + dx) / 2, (cy + dy) / 2)
            length = bottom[1] - top[1]
            slope = math.atan2(top[0] - bottom[0], length) if length > 0 else 9.0
            thick = ((bx - ax) + (cx - dx)) / 2 * math.cos(slope)
            start = top
        else:
            left, right = ((ax + dx) / 2, (ay + dy) / 2), ((bx + cx) / 2, (by + cy) / 2)
            length = right[0] - left[0]
            slope = math.atan2(right[1] - left[1], length) if length > 0 else 9.0
            thick = ((dy - ay) + (cy - by)) / 2 * math.cos(slope)
            start = right if mode == "horizontal-rtl" else left
        if down and abs(length * math.tan(slope)) <= _LEANING * thick:
            # Some readers take a turned line that leans for many; so little need not be shown.
            start, slope = ((top[0] + bottom[0]) / 2, top[1]), 0.0
        if abs(slope) <= _STEEPEST and thick > 0:
            return _Axis(*start, slope, thick, mode)
    if down:
        return _Axis(box.cx, box.y0, 0.0, box.width, mode)
    return _Axis(box.x1 if mode == "horizontal-rtl" else box.x0, box.cy, 0.0, box.height, mode)


def _cells(line: Line, mode: WritingMode, axis: _Axis) -> list[_Cell]:
    chars = matched_chars(line)
    if chars:
        boxes = [(c.text, c.box) for c in chars]
    else:
        boxes = [(c, share(line, mode, i, i + 1)) for i, c in enumerate(line.text)]
    spans = [(text, *axis.along(box)) for text, box in boxes]
    cells = []
    for i, (text, start, end) in enumerate(spans):
        reach = end
        if i + 1 < len(spans) and not text.isspace():
            following, after = spans[i + 1][:2]
            gap = after - end
            if 0 < gap <= _SPACED * axis.thickness and not following.isspace():
                reach = after
        cells.append(_Cell(text, start, max(reach, start + 0.1)))
    return cells


def _set(cells: Sequence[_Cell], axis: _Axis, codes: Codes, font: str) -> Iterator[str]:
    """One line: the glyphs' em stands across the axis, their width is scaled to the cells."""
    size = axis.thickness
    (ux, uy), (vx, vy) = axis.forward, axis.upward
    below = (ASCENT / EM - 0.5) * size
    x = axis.x + cells[0].start * ux - below * vx
    y = axis.y + cells[0].start * uy - below * vy
    yield f"{font} {_n(size)} Tf"
    yield f"{_m(ux)} {_m(uy)} {_m(vx)} {_m(vy)} {_n(x)} {_n(y)} Tm"
    cursor = cells[0].start
    for run in _objects(cells, axis.mode):
        width = sum(c.end - c.start for c in run) / len(run)
        scale = round(100 * width / size, 2) or 0.01
        em = size * scale / 100
        parts: list[str] = []
        for cell in run:
            off = cell.start - cursor
            if abs(off) > _NEAR:
                adjust = -round(off / em * 1000)
                parts.append(str(adjust))
                cursor -= adjust * em / 1000
            parts.append(f"<{codes.code(cell.text):04X}>")
            cursor += em
        yield f"{_n(scale)} Tz [{_joined(parts)}] TJ"


def _objects(cells: Sequence[_Cell], mode: WritingMode) -> Iterator[list[_Cell]]:
    """What is shown by one operator.

    A line down is shown by two, of which the second has two characters or more: Chromium sorts
    pieces of text that follow each other and begin at one height from left to right, which for
    columns of vertical lines is the wrong way round.
    """
    if mode != "vertical-rl":
        yield from _runs(cells, _ALIKE)
        return
    for run in _runs(cells, _ALIKE_DOWN):
        half = len(run) // 2
        if len(run) >= 3:
            yield run[:half]
        yield run[half:] if len(run) >= 3 else run


def _runs(cells: Sequence[_Cell], alike: float) -> Iterator[list[_Cell]]:
    """Neighbours of about one length: Chinese characters, then digits, then Chinese again."""
    run: list[_Cell] = []
    least = most = 0.0
    for cell in cells:
        length = cell.end - cell.start
        if run and max(most, length) <= alike * min(least, length):
            run.append(cell)
            least, most = min(least, length), max(most, length)
        else:
            if run:
                yield run
            run, least, most = [cell], length, length
    if run:
        yield run


def _joined(parts: Sequence[str]) -> str:
    return "".join(parts).replace("><", "")


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _m(value: float) -> str:
    return f"{value:.5f}".rstrip("0").rstrip(".") or "0"
