"""First characters of lines set downwards, given back to their lines: a detector takes the heads of
neighbouring columns, side by side as they are, for a row, and parts a column at a mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..model import Rect
from .inkwork import Inks, inked_box
from .pieces import Piece

TALL, LONG = 1.7, 4.0
"""A column is so many times as high as it is wide, and so many ems high at least."""

NARROW, WIDE = 0.5, 2.0
"""So many ems wide is the box of a column with its marks, at least and at most."""

PITCH = 2.8
"""Neighbouring columns are at most so many ems from middle to middle."""

BEGINS = 1.2
"""A column goes on so many ems under the box of its head at most, one of the columns at least."""

APART = 2.6
"""White of so many ems inside a column is that of a mark and of a bracket."""

COURSE = 0.35
"""The middle of a column's part lies so many ems beside that of the column at most."""

LEVEL = 0.6
"""Columns begin at one height, but for so many ems."""

HEADS = 6.0
"""What is taken for the heads of columns is so many ems high at most."""

ONE = 1.35
"""A character with the mark beside it is at most so many ems wide."""

LARGE = 1.45
"""A headline set downwards is so many ems of the body wide, at least."""

TOUCHES = 0.15
"""A mark's box ends at most so many widths short of the lines before and after it."""

CROSSED = 0.2
"""So much of its ems may a stroke reach into the next column's course."""


def with_heads(pieces: Sequence[Piece], inks: Inks, em: float) -> list[Piece]:
    """`pieces`, in page coordinates, with every box over the heads of several columns dealt out to
    the columns, and with the parts of a column that its neighbours run past put together."""
    columns = [p for p in pieces if _is_column(p.box, em)]
    rest = [p for p in pieces if not any(p is c for c in columns)]
    if len(columns) < 2:
        return list(pieces)
    out: list[Piece] = []
    for piece in rest:
        lanes = _lanes(piece.box, columns, inks, em)
        if not lanes:
            out.append(piece)
            continue
        for lane in lanes:
            at = _course_of(lane, columns, em)
            if at is None:
                out.append(Piece(lane, piece.score))
            else:
                columns[at] = replace(columns[at], box=columns[at].box.union(lane))
    kept = []
    for piece in out:
        at = _continued(piece.box, columns, em)
        if at is None:
            kept.append(piece)
        else:
            columns[at] = replace(columns[at], box=columns[at].box.union(piece.box))
    return sorted(kept + columns, key=lambda p: (p.box.y0, p.box.x0))


def is_set_down(pieces: Sequence[Piece], em: float) -> bool:
    """Whether most lines of a page are columns: there bands lie under each other, and the head of a
    column is not told from the foot of the one over it so."""
    return 2 * sum(_is_column(p.box, em) for p in pieces) > len(pieces)


def with_colons(pieces: Sequence[Piece], inks: Inks, em: float) -> list[Piece]:
    """`pieces` with the two parts of a vertical headline put together that a box over the mark between
    them, a colon, reaches into: 毕蓉：豁然开朗."""
    tall = [p for p in pieces if p.box.height >= TALL * p.box.width >= TALL * LARGE * em]
    out = list(pieces)
    for mark in pieces:
        box = mark.box
        level = [p.box for p in tall if p is not mark and _in_course(p.box, box)]
        above = max((b for b in level if b.y0 < box.y0), key=lambda b: b.y1, default=None)
        below = min((b for b in level if b.y1 > box.y1), key=lambda b: b.y0, default=None)
        if above is None or below is None or not 0 < below.y0 - above.y1 < box.height:
            continue
        if max(box.y0 - above.y1, below.y0 - box.y1) > TOUCHES * box.width:
            continue
        white = Rect(box.x0, above.y1, box.x1, below.y0).grow(-1.0)
        if not 0.75 <= above.width / below.width <= 1.33 or not inks.part(white).any():
            continue
        parts = [p for p in out if p is mark or p.box in (above, below)]
        score = min(p.score for p in parts)
        out = [p for p in out if not any(p is q for q in parts)]
        out.append(Piece(above.union(box).union(below), score, whole=True))
        break
    return out if len(out) == len(pieces) else with_colons(out, inks, em)


def _in_course(line: Rect, mark: Rect) -> bool:
    """Whether a mark's box is about as wide as a vertical line, and in its course."""
    return (
        0.6 <= mark.width / line.width <= 1.4
        and abs(line.cx - mark.cx) <= 0.2 * line.width
        and mark.height <= 1.6 * mark.width
    )


def _is_column(box: Rect, em: float) -> bool:
    long = box.height >= max(LONG * em, TALL * box.width)
    return long and NARROW * em <= box.width <= WIDE * em


def _lanes(box: Rect, columns: Sequence[Piece], inks: Inks, em: float) -> list[Rect]:
    """The ink in a box over the heads of columns, column by column; nothing where it is a row of its
    own, whose characters keep no columns."""
    if box.width < 1.5 * em or box.height > HEADS * em:
        return []
    under = [
        c.box for c in columns
        if box.x0 < c.box.cx < box.x1
        and box.y0 - LEVEL * em < c.box.y0 <= box.y1 + APART * em
        and c.box.y1 >= box.y1 + 2 * em
    ]  # fmt: skip
    beside = [
        c.box for c in columns
        if -PITCH * em <= c.box.cx - box.x1 <= PITCH * em or -PITCH * em <= box.x0 - c.box.cx <= PITCH * em
    ]  # fmt: skip
    level = [b for b in beside if abs(b.y0 - box.y0) <= LEVEL * em and b.y1 >= box.y1 + 2 * em]
    if not any(b.y0 <= box.y1 + BEGINS * em for b in under) or len(under) + len(level) < 2:
        return []
    pitch = _pitch([b.cx for b in (*under, *level)], em)
    if pitch is None:
        return []
    part = inks.part(box) > 0
    x0, y0 = max(0, int(box.x0)), max(0, int(box.y0))
    # The middle of a column's box lies right of its characters' by half of a mark at most.
    middle = under[0].cx - x0
    first = middle - pitch / 2 - np.ceil((middle - pitch / 2) / pitch) * pitch
    edges = np.arange(first, part.shape[1] + pitch, pitch)
    lanes = []
    for a, b in pairwise(edges):
        left, right = max(0, round(float(a))), min(part.shape[1], round(float(b)))
        if right - left < 1:
            continue
        inked = inked_box(part, left, 0, right, part.shape[0])
        if inked is not None and inked.width > CROSSED * em:
            lanes.append(inked.shift(x0, y0))
    if any(lane.width > ONE * em for lane in lanes):
        return []
    inside = [e for e in edges if CROSSED * em < e < part.shape[1] - CROSSED * em]
    if len(lanes) < 2 or any(_is_crossed(part, float(e), em) for e in inside):
        return []
    return lanes


def _is_crossed(part: NDArray[np.bool_], at: float, em: float) -> bool:
    """Whether there is no white lane at or near the edge between two columns."""
    reach = max(1, round(CROSSED * em))
    return bool(part[:, max(0, round(at) - reach) : round(at) + reach + 1].any(axis=0).all())


def _pitch(middles: Sequence[float], em: float) -> float | None:
    """The distance from one column to the next, None where no two are neighbours."""
    ordered = sorted(middles)
    steps = [b - a for a, b in pairwise(ordered)]
    steps = [s for s in steps if em <= s <= PITCH * em]
    return min(steps) if steps else None


def _course_of(lane: Rect, columns: Sequence[Piece], em: float) -> int | None:
    """The column that a head belongs to."""
    near = [
        i for i, c in enumerate(columns)
        if abs(c.box.cx - lane.cx) <= 2 * COURSE * em
        and -lane.height <= c.box.y0 - lane.y1 <= APART * em
    ]  # fmt: skip
    return min(near, key=lambda i: abs(columns[i].box.y0 - lane.y1), default=None)


def _continued(box: Rect, columns: Sequence[Piece], em: float) -> int | None:
    """The column that a short piece over it, or under it, is a part of: a neighbour runs past the
    white between the two, and none is parted there."""
    if box.width > WIDE * em or box.height >= LONG * em or box.height < NARROW * em:
        return None
    for i, column in enumerate(columns):
        own = column.box
        if abs(own.cx - box.cx) > COURSE * em:
            continue
        low, high = min(own.y1, box.y1), max(own.y0, box.y0)
        if high - low > APART * em:
            continue
        beside = [
            c.box for j, c in enumerate(columns)
            if j != i and em <= abs(c.box.cx - own.cx) <= PITCH * em
        ]  # fmt: skip
        past = [b for b in beside if b.y0 <= min(own.y0, box.y0) + LEVEL * em and b.y1 > high + em]
        past += [b for b in beside if b.y1 >= max(own.y1, box.y1) - LEVEL * em and b.y0 < low - em]
        parted = [
            b for b in beside if abs(b.y0 - high) <= LEVEL * em or abs(b.y1 - low) <= LEVEL * em
        ]
        if past and (not parted or high - low <= LEVEL * em):
            return i
    return None
