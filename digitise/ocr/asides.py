"""The stops of vertical lines, which recognisers pass over, told from their ink.

Set vertically, 、，。 stand at the upper right of a cell that is empty but for them, or beside the
characters where they take no cell at all.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from ..model import Char, Gray, Rect, TextLine
from .sizing import is_hanzi

SMALLEST, LARGEST = 0.12, 0.5
"""How many ems the longer side of a stop measures."""

ASIDE = 0.1
"""Its middle lies at least so many ems to the right of the middle of the characters, …"""

CENTRED = 0.15
"""… or, in a cell that is surely free, less than so many ems to the left of it."""

FREE = (0.5, 1.25, 0.55, 1.55)
"""Such a cell: between how many ems the character before stands over the stop, how many at least
the next one under it, and how far the two are apart at least."""

SQUEEZED = (0.66, 1.3)
"""Of a cell less high than a character's, in rows where nothing else stands: how many ems the next
character's middle stands under the stop's at least, and under that of the one before."""

BESIDE = 0.4
"""One whose left edge lies so many ems to the right stands beside a character, in no cell."""

UNDER = (0.52, 1.12)
"""Between how many ems its middle stands under that of the character before it."""

OVER = 0.95
"""The next character's middle stands at least so many ems under that of the stop."""

LONG = 1.4
"""A stop so many times longer than wide is a comma, a rounder one a full stop."""

TILT = 18.0
"""、 leans so many degrees to the right of upright at least; ， hangs down or leans to the left."""

FARTHEST = 1.0
"""The middle of one lies at most so many ems to the right: beyond is the next column."""

SLIVER = 0.12
"""Less than so many ems wide, at the window's edge, is what it cuts off of the next column."""

OFTEN = 0.25
"""More of a line's characters than this, and more than one, have no stop that runs into them."""

RARELY = 0.33
"""More of them than this, and more than four, have none beside them, where a list of words of two
characters has: that is the edge of the next column, or 圈點."""

DOTS = (0.22, 0.6)
"""Between how many ems the dots of a colon stand under each other, …"""

DOT = 0.07
"""So many ems a dot of a colon measures at least: two under each other are no specks."""

ROW = 0.8
"""Three and more dots, each so many ems under the one before at most, are a row of dots, no colons."""

ALIKE = 0.12
"""… and how many ems they are out of line, or unlike in size, at most."""

OF_BODY = (0.85, 1.45)
"""Between how many times the body's em a line of the body seems to be large that has a mark."""

_STOPS = "、，。：；！？:;!?"
_JUNK = "1lI!|.,'`’‘·・．\"”“>)]}ヽ丶゛ー-_~"
"""What recognisers take a stop for; it gives way to the stop its ink shows."""


@dataclass(frozen=True, slots=True)
class _Blot:
    """A connected piece of ink, in pixels of the line's window."""

    box: Rect
    text: str


def with_stops(line: TextLine, ink: Gray, body: float | None = None) -> TextLine:
    """The line with 、, ， or 。 where a small piece of ink stands at the right of a cell without a
    character. `ink`: the 0/255 mask under the line's box; `body`: the em of the page's body, px,
    where it is known, which tells the size of a line of few characters. Vertical lines only."""
    line = _with_colons(line, ink)
    every = [c for c in line.chars if c.text.strip()]
    solid = [c for c in every if c.text not in _JUNK]
    if line.mode != "vertical-rl" or not any(is_hanzi(c.text) for c in solid) or ink.size == 0:
        return line
    em = pitch_of_hanzi(solid) or _of_few(solid, line, body)
    if em is None:
        return line
    middle = column_middle(solid, ink, line.box, em)
    centres = [c.box.cy - line.box.y0 for c in solid]
    stops = [c.box.cy - line.box.y0 for c in solid if c.text in _STOPS]
    found: list[Char] = []
    cut_off = _cut_off(ink, middle, em)
    if len(cut_off) > max(1.0, OFTEN * len(solid)):
        cut_off = []  # the right ends of type that is set or printed unevenly
    blots = [
        b
        for b in _blots(ink, em)
        if b.box.cx - middle <= FARTHEST * em
        and not (b.box.x1 >= ink.shape[1] and b.box.width < SLIVER * em)
    ]
    edged = [b for b in blots if b.box.x0 > middle + BESIDE * em]
    if len(edged) > max(4.0, RARELY * len(solid)):
        blots = [b for b in blots if b not in edged]
    for blot in sorted([*blots, *cut_off], key=lambda b: b.box.cy):
        off = (blot.box.cx - middle) / em
        beside = blot.box.x0 > middle + BESIDE * em
        aside = off >= ASIDE and (beside or _in_free_cell(blot.box.cy, centres, em))
        if not aside and off >= ASIDE and _alone(blot.box, ink, middle, em):
            aside = _in_free_cell(blot.box.cy, centres, em, squeezed=True)
        if not aside and not (off >= -CENTRED and _surely_free(blot.box.cy, centres, em)):
            continue
        if any(abs(y - blot.box.cy) < 0.8 * em for y in stops):
            continue
        if found and blot.box.cy + line.box.y0 - found[-1].box.cy < 0.6 * em:
            continue
        box = blot.box.shift(line.box.x0, line.box.y0)
        found.append(Char(blot.text, box))
    if not found:
        return line
    kept = [
        c
        for c in line.chars
        if (c.text.strip() and c.text not in _JUNK) or not _replaced(c, found, em)
    ]
    return replace(line, chars=tuple(sorted((*kept, *found), key=lambda c: c.box.cy)))


def _with_colons(line: TextLine, ink: Gray) -> TextLine:
    """The line with ： where two dots stand under each other, which read as 。, … or nothing."""
    if line.mode != "vertical-rl" or ink.size == 0:
        return line
    em = pitch_of_hanzi([c for c in line.chars if c.text.strip()]) or line.size
    dots = [
        b.box for b in _blots(ink, em, DOT)
        if b.text == "。" and max(b.box.width, b.box.height) < 0.3 * em
    ]  # fmt: skip
    rows = dots_in_rows(dots, em)
    out = list(line.chars)
    for (a, of_row), (b, _) in itertools.pairwise(zip(dots, rows, strict=True)):
        if of_row:
            continue
        level = abs(a.cx - b.cx) < ALIKE * em and abs(a.height - b.height) < ALIKE * em
        if not level or not DOTS[0] * em <= b.cy - a.cy <= DOTS[1] * em:
            continue
        both = a.union(b).shift(line.box.x0, line.box.y0)
        near = [c for c in out if abs(c.box.cy - both.cy) < 0.55 * em]
        if any(is_hanzi(c.text) for c in near):
            continue
        out = [c for c in out if not any(c is n for n in near)]
        out.append(Char("：", both))
    if len(out) == len(line.chars) and all(a is b for a, b in zip(out, line.chars, strict=True)):
        return line
    return replace(line, chars=tuple(sorted(out, key=lambda c: c.box.cy)))


def dots_in_rows(pieces: Sequence[Rect], em: float) -> list[bool]:
    """Whether each piece of ink, from above, is as small as a dot and one of three at least in a row."""
    out = [False] * len(pieces)
    for i in range(len(pieces) - 2):
        three = pieces[i : i + 3]
        small = all(max(p.width, p.height) <= 0.3 * em for p in three)
        if small and all(b.cy - a.cy <= ROW * em for a, b in itertools.pairwise(three)):
            out[i : i + 3] = [True] * 3
    return out


def pitch_of_hanzi(chars: Sequence[Char]) -> float | None:
    """The usual step from hanzi to hanzi, px; None when there are too few to tell."""
    steps = [
        b.box.cy - a.box.cy
        for a, b in itertools.pairwise(chars)
        if is_hanzi(a.text) and is_hanzi(b.text)
    ]
    return float(np.median(steps)) if len(steps) >= 3 else None


def _of_few(chars: Sequence[Char], line: TextLine, body: float | None) -> float | None:
    """The em of a line of few characters, px: the body's where it may be, for a mark beside them
    makes the line seem wider than its type. None where one character alone has to tell."""
    if body is not None and OF_BODY[0] <= line.size / body <= OF_BODY[1]:
        return body
    return line.size if sum(is_hanzi(c.text) for c in chars) > 1 else None


def column_middle(chars: Sequence[Char], ink: Gray, box: Rect, em: float) -> float:
    """Where the middle of the characters lies across the line, px from its left edge."""
    found = []
    for char in chars:
        if not is_hanzi(char.text):
            continue
        y = char.box.cy - box.y0
        part = ink[max(0, round(y - 0.3 * em)) : max(1, round(y + 0.3 * em))]
        columns = np.flatnonzero(part.max(axis=0, initial=0))
        if len(columns):
            # Not farther than a character reaches: a stop may stand beside this one.
            found.append((columns[0] + min(columns[-1] + 1, columns[0] + em)) / 2)
    return float(np.median(found)) if found else box.width / 2


def _in_free_cell(y: float, centres: Sequence[float], em: float, *, squeezed: bool = False) -> bool:
    """Whether a stop at `y` has the character before it right above and the next one a cell
    farther down, or less where the cell is `squeezed`."""
    above = [c for c in centres if c <= y]
    below = [c for c in centres if c > y]
    if above and not UNDER[0] * em <= y - above[-1] <= UNDER[1] * em:
        return False
    if not squeezed:
        return not below or below[0] - y >= OVER * em
    return (
        bool(above and below)
        and below[0] - y >= SQUEEZED[0] * em
        and below[0] - above[-1] >= SQUEEZED[1] * em
    )


def _alone(blot: Rect, ink: Gray, middle: float, em: float) -> bool:
    """Whether nothing but a blot stands in its rows across the column."""
    rows = ink[int(blot.y0) : int(blot.y1)] > 0
    left, right = max(0, int(middle - 0.5 * em)), max(0, int(middle + 0.5 * em))
    outside = (rows[:, left : int(blot.x0)], rows[:, int(blot.x1) : max(right, int(blot.x1))])
    return not any(part.any() for part in outside)


def _surely_free(y: float, centres: Sequence[float], em: float) -> bool:
    """Whether a stop at `y` stands in a cell of its own between two characters or at the end."""
    above = [c for c in centres if c <= y]
    below = [c for c in centres if c > y]
    if not above or not FREE[0] * em <= y - above[-1] <= FREE[1] * em:
        return False
    if not below:
        return y - above[-1] >= 0.7 * em
    return below[0] - y >= FREE[2] * em and below[0] - above[-1] >= FREE[3] * em


def _blots(ink: Gray, em: float, smallest: float = SMALLEST) -> list[_Blot]:
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    out = []
    for k in range(1, count):
        x, y, width, height, area = (int(v) for v in stats[k])
        if not smallest * em <= max(width, height) <= LARGEST * em:
            continue
        if area < 0.4 * smallest * smallest * em * em:
            continue
        part = (labels[y : y + height, x : x + width] == k).astype(np.uint8)
        out.append(_Blot(Rect(x, y, x + width, y + height), stop_of(part)))
    return sorted(out, key=lambda b: b.box.cy)


def _cut_off(ink: Gray, middle: float, em: float) -> list[_Blot]:
    """Pieces of ink beyond the right edge of the characters, some of which run into these."""
    edge = round(middle + 0.5 * em)
    beyond = ink[:, edge:]
    if beyond.shape[1] < SMALLEST * em:
        return []
    found = [b for b in _blots(beyond, em) if b.box.width >= SMALLEST * em]
    return [replace(b, box=b.box.shift(edge, 0)) for b in found]


def stop_of(part: Gray) -> str:
    """Which stop a 0/1 mask shows: a ring or a dot is 。, a stroke that falls to the right 、, one
    that hangs down or falls to the left ，."""
    outline = part.copy()
    contours, _ = cv2.findContours(part, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    cv2.drawContours(outline, contours, -1, 1, cv2.FILLED)
    if outline.sum() >= 1.2 * part.sum():
        return "。"
    m = cv2.moments(outline, binaryImage=True)
    a, b, c = m["mu20"], m["mu11"], m["mu02"]
    root = math.sqrt((a - c) ** 2 + 4 * b * b)
    least = a + c - root
    long = math.sqrt((a + c + root) / least) if least > 1e-6 else 9.0
    if long < LONG:
        return "。"
    lean = 90.0 - math.degrees(0.5 * math.atan2(2 * b, a - c))  # of the longer axis, 0 to 180
    return "、" if TILT <= lean <= 90.0 else "，"


def _replaced(space: Char, found: Sequence[Char], em: float) -> bool:
    return any(abs(space.box.cy - c.box.cy) < 0.9 * em for c in found)
