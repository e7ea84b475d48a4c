"""Marks of vertical lines set solid, where each has a whole cell of its own, told from their ink.

A mark leaves most of its cell white. Recognisers pass such cells over, or take 「 for 一 and ？ for ！.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from ..model import Char, Gray, Rect, TextLine
from .asides import column_middle, dots_in_rows, pitch_of_hanzi, stop_of
from .brackets import corner, stretches
from .sizing import is_hanzi

SPECK = 0.09
"""What measures less than so many ems both ways is no part of a mark."""

CELL = 0.62
"""From the ink over a mark to the ink under it there are so many ems at least, …"""

HIGH = 1.02
"""… and it is so many ems high at most, …"""

PAIR = 0.85
"""… one of two dots so many."""

STOP = 0.55
"""So many ems a stop measures at most, …"""

DOT = 0.3
"""… and a dot of ： or ；, or under ？."""

QUERY = 0.62, 1.02
"""Between how many ems ？ is high, …"""

HOOK = 0.32, 0.58
"""… and its hook wide; …"""

STEM = 0.62
"""… what is under that is so much of its width at most."""

PARTS = 0.45
"""The parts of one mark are so many ems of white apart at most."""

LEVEL = 0.17
"""Their middles are so many ems out of line at most."""

BAR = (0.45, 1.0), (0.08, 0.5)
"""Between how many ems a bracket is wide, and high."""

BENT = 0.1
"""The lower part of one lies at least so many ems to the right of the upper: the stroke of 「 is bent down
at its right end, that of 」 up at its left. That of 一 ends in a serif over its right end."""

STRETCHED = 0.48
"""Its longest row is inked over so many ems at least."""

HUNG = 0.42
"""The longest row of 「 is in so much of its height from above, that of 」 lower."""

SURELY = 0.95
"""一 or a mark of two parts that is read with such confidence stands."""

AT = 0.45
"""A character read within so many ems of a mark's middle was read from its ink, …"""

CLEAR = 0.62
"""… and where one is put in none stands within so many."""

_OTHERS = "、，。．.,：:；;？?！!…‥·・•'’`‘\\“”-—ー_丨|lI1~｜丶ヽ゛"
"""What recognisers take a mark for that is itself no hanzi."""

_TWOFOLD = "！？!?：；:;"
"""Those of them that are made of two parts, of which worn type loses one but adds none."""

_FLAT = "一乛フ¬⌐ㄱ丁レ乚∟ㄴ"
"""What they take a bracket for."""


@dataclass(frozen=True, slots=True)
class _Mark:
    text: str
    box: Rect


def with_own_marks(line: TextLine, ink: Gray) -> TextLine:
    """The line with the marks that its ink shows in cells of their own, in the place of what was read
    there or put in. `ink`: the 0/255 mask under the line's box. Vertical lines only."""
    chars = [c for c in line.chars if c.text.strip()]
    pitch = pitch_of_hanzi(chars)
    if line.mode != "vertical-rl" or ink.size == 0 or pitch is None:
        return line
    middle = column_middle(chars, ink, line.box, pitch)
    out = list(line.chars)
    for mark in _marks(ink, middle, pitch):
        box = mark.box.shift(line.box.x0, line.box.y0)
        out = _set(out, Char(mark.text, box), pitch)
    if len(out) == len(line.chars) and all(a is b for a, b in zip(out, line.chars, strict=True)):
        return line
    return replace(line, chars=tuple(sorted(out, key=lambda c: c.box.cy)))


def _set(chars: list[Char], mark: Char, em: float) -> list[Char]:
    """`chars` with the mark, unless what was read there speaks against it."""
    off = [abs(c.box.cy - mark.box.cy) / em for c in chars]
    here = [c for c, d in zip(chars, off, strict=True) if d < AT and c.text.strip()]
    if not here:
        if any(d < CLEAR and is_hanzi(c.text) for c, d in zip(chars, off, strict=True)):
            return chars
    elif not all(_gives_way(c, mark.text) for c in here):
        return chars
    if len(here) == 1 and here[0].text == mark.text:
        return chars
    left = [
        c for c, d in zip(chars, off, strict=True)
        if d >= CLEAR or (c.text.strip() and c.text not in _OTHERS and c not in here)
    ]  # fmt: skip
    return [*left, mark]


def _gives_way(char: Char, mark: str) -> bool:
    if char.text == mark:
        return True
    if char.text in _OTHERS:
        return char.text not in _TWOFOLD or char.confidence < SURELY
    return mark in "「」『』" and char.text in _FLAT and char.confidence < SURELY


def _marks(ink: Gray, middle: float, em: float) -> list[_Mark]:
    """The marks in cells of their own, from above, in pixels of the line's window."""
    left, right = max(0, round(middle - 0.52 * em)), round(middle + 0.52 * em)
    part = _without_specks(ink[:, left:right], SPECK * em)
    inked = stretches(part)
    dotted = dots_in_rows([_box(part, a, b) for a, b in inked], em)
    found: list[_Mark] = []
    taken = 0
    for i in range(len(inked)):
        for count in (2, 1):
            group = inked[i : i + count]
            if len(group) < count or i < taken or any(dotted[i : i + count]):
                continue
            top, bottom = group[0][0], group[-1][1]
            over = inked[i - 1][1] if i else -em
            under = inked[i + count][0] if i + count < len(inked) else len(ink) + em
            if bottom - top > HIGH * em or under - over < CELL * em:
                continue
            if any(b[0] - a[1] > PARTS * em for a, b in pairwise(group)):
                continue
            if min(top - over, under - bottom) < 0.04 * em:
                continue
            text = mark_of(part[top:bottom], em)
            if not text and count == 2 and _box(part, top, bottom).width <= HOOK[1] * em:
                taken = i + count  # no stop with a dot of its own under it, as ！ has one
                break
            if text:
                found.append(_Mark(text, _box(part, top, bottom).shift(left, 0)))
                taken = i + count
                break
    return found


def _box(part: Gray, top: int, bottom: int) -> Rect:
    columns = np.flatnonzero(part[top:bottom].max(axis=0))
    return Rect(int(columns[0]), top, int(columns[-1]) + 1, bottom)


def mark_of(part: Gray, em: float) -> str:
    """The mark a 0/255 mask of a cell shows, "" where that is none or not clear."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    boxes = [
        (k, Rect(x, y, x + w, y + h))
        for k in range(1, count)
        for x, y, w, h, _ in (stats[k].tolist(),)
    ]
    boxes.sort(key=lambda one: one[1].cy)
    if text := "？" if is_query(part, em) else bent(part, em):
        return text
    masks = [
        np.asarray(labels[int(b.y0) : int(b.y1), int(b.x0) : int(b.x1)] == k, np.uint8)
        for k, b in boxes
    ]
    shapes = [b for _, b in boxes]
    if len(shapes) == 1:
        return _single(masks[0], shapes[0], em)
    if len(shapes) == 2 and abs(shapes[0].cx - shapes[1].cx) <= LEVEL * em:
        return _pair(shapes, em)
    return ""


def bent(part: Gray, em: float) -> str:
    """「 or 」 where a 0/255 mask shows one printed so flat or so worn that it looks like 一, else ""."""
    rows, columns = np.flatnonzero(part.max(axis=1)), np.flatnonzero(part.max(axis=0))
    if not len(rows):
        return ""
    shape: NDArray[np.bool_] = part[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] > 0
    (narrow, wide), (low, high) = BAR
    height, width = shape.shape
    if not (narrow * em <= width <= wide * em and low * em <= height <= high * em):
        return ""
    if shape.any(axis=1).mean() < 1.0:
        return ""  # two strokes
    some = max(1, round(0.4 * height))
    if _cx(shape[-some:]) - _cx(shape[:some]) < BENT * em:
        return ""
    longest = int(shape.sum(axis=1).argmax())
    if shape[longest].sum() < STRETCHED * em:
        return ""  # a slanting stroke
    return "「" if longest < HUNG * height else "」"


def _cx(part: NDArray[np.bool_]) -> float:
    return float(np.nonzero(part)[1].mean())


def _single(mask: Gray, box: Rect, em: float) -> str:
    bracket = corner(mask * 255, em)
    if bracket:
        return bracket
    if max(box.width, box.height) > STOP * em or max(box.width, box.height) < 0.16 * em:
        return ""
    if box.width > 1.4 * box.height:
        return ""
    return stop_of(mask)


def _pair(shapes: Sequence[Rect], em: float) -> str:
    """： or ；: a dot under a dot, or a comma."""
    upper, lower = shapes
    if lower.width > DOT * em or lower.y0 < upper.y1:
        return ""
    if max(upper.width, upper.height) > DOT * em or lower.y1 - upper.y0 > PAIR * em:
        return ""
    if max(lower.width, lower.height) <= DOT * em and abs(lower.height - upper.height) <= 0.1 * em:
        return "："
    tall = max(1.3 * upper.height, 1.2 * lower.width)
    if tall <= lower.height <= 0.45 * em:
        return "；"
    return ""


def is_query(part: Gray, em: float) -> bool:
    """Whether a 0/255 mask shows ？, whose hook is much wider than its stem and the dot under it; ！ is
    hardly wider above."""
    across = [int(np.ptp(xs)) + 1 if len(xs := np.flatnonzero(row)) else 0 for row in part]
    height = len(across)
    if not QUERY[0] * em <= height <= QUERY[1] * em:
        return False
    hook, stem = max(across[: height // 2]), max(across[height - height // 2 :])
    columns = np.flatnonzero(part.max(axis=0))
    narrow = np.ptp(columns) + 1 <= HOOK[1] * em
    return bool(narrow and hook >= HOOK[0] * em and stem <= STEM * hook)


def _without_specks(part: Gray, least: float) -> Gray:
    """The mask without what is smaller than `least` px both ways, and slivers at its sides, which are
    the ends of the columns beside."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    keep = np.zeros(count, np.uint8)
    for k in range(1, count):
        x, _, w, h, _ = (int(v) for v in stats[k])
        sliver = (x == 0 or x + w >= part.shape[1]) and w < 1.5 * least
        keep[k] = 255 if max(w, h) >= least and not sliver else 0
    return np.asarray(keep[labels], np.uint8)
