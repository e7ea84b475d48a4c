"""The invisible text of a page: each character where it is printed, in reading order.

The operators are those of ISO 32000-1, 9.4. A line is set along its own axis, so that on a skewed
scan the text lies on the print; the cell of a character reaches to the next one where no space
stands between, so that readers see no space in spaced-out type.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from ...model import Char, Line, Page, Point, Rect, WritingMode, bounding
from ..plain import ordered_regions
from .pdffont import ASCENT, EM, Codes
from .words import matched_chars, share

# Above this the outline of a line says nothing of its slope.
_STEEPEST = math.radians(10)
# A gap wider than this many ems is a gap.
_SPACED = 3.0
# A line down that leans by no more of its thickness from end to end is set upright.
_LEANING = 0.35
# Ems: a place off by less is not worth a number; a cell is no shorter.
_NEAR, _LEAST = 0.03, 0.05
# Ems: two equal characters that begin no further apart are one in bold type to readers.
_BOLD = 0.15
# A line thicker than its characters by more than this holds its words at several heights.
_THIN = 0.5
# A word with the space behind it.
_WORD = re.compile(r"\s*\S+\s*")
# Of the longest character: what begins nearer together is taken to begin at one height.
_CLEAR = 0.75


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
    lines = [
        made
        for region in ordered_regions(page)
        for line in region.lines
        for strand in _strands(line, region.writing_mode)
        if (made := _typeset(strand, region.writing_mode)) is not None
    ]
    out: list[str] = ["3 Tr"]
    for i, line in enumerate(lines):
        following = lines[i + 1] if i + 1 < len(lines) else None
        turns = i > 0 and lines[i - 1].axis.mode != line.axis.mode
        out += _set(line, _pieces(line, following, turns), codes, font)
    return ("BT\n" + "\n".join(out) + "\nET\n").encode("ascii")


@dataclass(frozen=True, slots=True)
class _Typeset:
    axis: _Axis
    cells: Sequence[_Cell]

    @property
    def size(self) -> float:
        """The em of the glyphs, which stands across the axis."""
        return round(self.axis.thickness, 2)

    @property
    def origin(self) -> Point:
        """Where the first glyph's baseline begins."""
        (ux, uy), (vx, vy) = self.axis.forward, self.axis.upward
        below = (ASCENT / EM - 0.5) * self.size
        start = self.cells[0].start
        return (
            self.axis.x + start * ux - below * vx,
            self.axis.y + start * uy - below * vy,
        )


def line_cells(line: Line, mode: WritingMode) -> tuple[Rect, ...]:
    """Where readers find the characters of a line, in pixels of the page: the boxes round the
    cells of its text, none for a line without text or place."""
    out = []
    for strand in _strands(line, mode):
        typeset = _typeset(strand, mode)
        if typeset is None:
            continue
        axis = typeset.axis
        (ux, uy), (vx, vy), half = axis.forward, axis.upward, axis.thickness / 2
        for cell in typeset.cells:
            ends = [(at, side * half) for at in (cell.start, cell.end) for side in (-1, 1)]
            xs = [axis.x + at * ux + off * vx for at, off in ends]
            ys = [axis.y + at * uy + off * vy for at, off in ends]
            out.append(Rect(min(xs), min(ys), max(xs), max(ys)))
    return tuple(out)


def _strands(line: Line, mode: WritingMode) -> tuple[Line, ...]:
    """The line, or its words as lines of their own where its outline is far thicker than they
    are: a plain box around a skewed line, or specks at several heights that an engine took for a
    line. Set as thick as that, no character would stand where it is printed."""
    chars = matched_chars(line)
    if not line.polygon or not line.text.strip() or not chars:
        return (line,)
    words = [chars[m.start() : m.end()] for m in _WORD.finditer(line.text)]
    limit = _THIN * line_axis(line, mode).thickness
    sizes = [_thickness(word, mode) for word in words]
    letters = [s for word, s in zip(words, sizes, strict=True) if _has_letters(word)]
    if min(letters, default=limit) >= limit and median(sizes) >= limit:
        return (line,)
    return tuple(
        replace(
            line,
            polygon=bounding(c.box for c in word if not c.text.isspace()).polygon,
            text="".join(c.text for c in word),
            chars=word,
        )
        for word in words
    )


def _has_letters(word: Sequence[Char]) -> bool:
    """Marks alone are small wherever they stand."""
    return any(c.text.isalnum() for c in word)


def _thickness(word: Sequence[Char], mode: WritingMode) -> float:
    """The largest extent of its characters across the line."""
    down = mode == "vertical-rl"
    return max(c.box.width if down else c.box.height for c in word)


def _typeset(line: Line, mode: WritingMode) -> _Typeset | None:
    if not line.polygon or not line.text.strip():
        return None
    axis = line_axis(line, mode)
    cells = _cells(line, mode, axis) if axis.thickness > 0.005 else []
    return _Typeset(axis, cells) if cells else None


def line_axis(line: Line, mode: WritingMode) -> _Axis:
    """The axis of a line, from its outline if that is a slanted four-sided one, else its box."""
    box = line.box
    down = mode == "vertical-rl"
    if len(line.polygon) == 4:
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = _corners(line.polygon)
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


def _corners(outline: Sequence[Point]) -> tuple[Point, Point, Point, Point]:
    """Top left, top right, bottom right, bottom left, wherever the outline begins."""
    by_sum = sorted(outline, key=lambda p: p[0] + p[1])
    by_difference = sorted(outline, key=lambda p: p[0] - p[1])
    return by_sum[0], by_difference[-1], by_sum[-1], by_difference[0]


def _cells(line: Line, mode: WritingMode, axis: _Axis) -> list[_Cell]:
    """The characters, each reaching to the next one but over a gap too wide to be spacing."""
    chars = matched_chars(line)
    if chars:
        boxes = [(c.text, c.box) for c in chars]
    else:
        boxes = [(c, share(line, mode, i, i + 1)) for i, c in enumerate(line.text)]
    spans = _apart([(text, *axis.along(box)) for text, box in boxes], axis.thickness)
    cells = []
    for i, (text, start, end) in enumerate(spans):
        reach = end
        if i + 1 < len(spans):
            following = spans[i + 1][1]
            if start < following <= end + _SPACED * axis.thickness:
                reach = following
        cells.append(_Cell(text, start, max(reach, start + _LEAST * axis.thickness)))
    return cells


def _apart(
    spans: Sequence[tuple[str, float, float]], thickness: float
) -> Sequence[tuple[str, float, float]]:
    """Characters that are said to begin at one place share it: readers take two equal ones, one
    upon the other, for a bold one."""
    out = list(spans)

    def together(first: int, second: int) -> bool:
        limit = _BOLD if out[first][0] == out[second][0] else _LEAST
        return abs(out[second][1] - out[first][1]) < limit * thickness

    at = 0
    while at < len(out):
        upto = at + 1
        while upto < len(out) and together(at, upto):
            upto += 1
        if upto > at + 1:
            start = out[at][1]
            end = max(end for _, _, end in out[at:upto])
            if upto < len(out) and out[upto][1] > start:
                end = min(end, out[upto][1])
            equal = out[at][0] == out[at + 1][0]
            room = _BOLD * (upto - at) if equal else _LEAST
            step = max(end - start, room * thickness) / (upto - at)
            for k in range(at, upto):
                place = start + (k - at) * step
                out[k] = out[k][0], place, place + step
        at = upto
    return out


def _set(
    line: _Typeset, pieces: Sequence[Sequence[_Cell]], codes: Codes, font: str
) -> Iterator[str]:
    """One line, each piece shown by one operator."""
    size = line.size
    (ux, uy), (vx, vy), (x, y) = line.axis.forward, line.axis.upward, line.origin
    yield f"{font} {_n(size)} Tf"
    yield f"{_m(ux)} {_m(uy)} {_m(vx)} {_m(vy)} {_n(x)} {_n(y)} Tm"
    cursor = line.cells[0].start
    for piece in pieces:
        parts: list[str] = []
        for cell in piece:
            off = cell.start - cursor
            if abs(off) > _NEAR * size:
                adjust = -round(off / size * 1000)
                parts.append(str(adjust))
                cursor -= adjust * size / 1000
            # The width is counted from where the glyph is, so that nothing adds up.
            code, width = codes.code(cell.text, (cell.end - cursor) / size * 1000)
            parts.append(f"<{code:04X}>")
            cursor += width * size / 1000
        yield f"[{_joined(parts)}] TJ"


def _pieces(line: _Typeset, following: _Typeset | None, turns: bool) -> Sequence[Sequence[_Cell]]:
    """The pieces of a line, after how Chromium puts pieces of text together.

    Those that come one after the other and begin at one height it sorts from left to right, which
    for columns of vertical lines is the wrong way round. So a line down is shown in two pieces,
    of which the second begins neither where the first does nor where the `following` line
    does; it has two characters or more, by which the way it runs is known. Where `turns`,
    the line before was one across: then the first has one character only, of which it can be
    told that it stands below that line, so that a new line begins.
    """
    cells = line.cells
    if line.axis.mode != "vertical-rl" or len(cells) < 3:
        return [cells]
    top, half = line.axis.y, 1 if turns else len(cells) // 2
    height = following.origin[1] if following is not None else math.inf
    beside = cells if following is None else [*cells, following.cells[0]]
    clear = _CLEAR * max(cell.end - cell.start for cell in beside)
    places = sorted(range(1, len(cells) - 1), key=lambda k: (abs(k - half), k))
    cut = next((k for k in places if abs(top + cells[k].start - height) > clear), None)
    if cut is None and abs(top - height) > clear:
        return [cells]
    if cut is None:
        cut = max(places, key=lambda k: abs(top + cells[k].start - height))
    return [cells[:cut], cells[cut:]]


def _joined(parts: Sequence[str]) -> str:
    return "".join(parts).replace("><", "")


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _m(value: float) -> str:
    return f"{value:.5f}".rstrip("0").rstrip(".") or "0"
