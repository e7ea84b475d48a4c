"""From a detector's boxes to whole printed lines, by looking at the ink.

Everything here works on horizontal rows. Vertical lines go through the same code on the
transposed mask: x and y change places on the way in and on the way out.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ..model import Gray, Rect
from .grids import fill
from .gutters import by_quotation_mark, holds_gutter, is_gutter
from .inkwork import Inks, filled, runs
from .linejoin import columns_meet, join, set_otherwise
from .pieces import Piece, between, measured, meeting, row_of, table_of, tightened

EXTEND = 1.3
"""Ink no line has claimed this close to a line's end belongs to it, in ems: closing quotation
marks after a full stop, a bullet before a name."""

RIM = 0.06
"""Ink that reaches no further into a row than so many ems is another row's."""

TRIM = 0.5
"""Least length of an end without ink of its own, in line heights."""

ROW = 0.15
"""Share of its columns in which a line of type has ink, at least."""


def rows_to_lines(
    pieces: Sequence[Piece],
    inks: Inks,
    em: float,
    stops: Sequence[Rect],
    others: Sequence[Rect] = (),
    pictures: Sequence[Rect] = (),
) -> list[Piece]:
    """Whole horizontal lines from detected pieces.

    `stops` are boxes no line may reach into (vertical rules), `others` the boxes of lines that
    run the other way, whose ink is spoken for, as is that of `pictures`. `em` is the body em. The
    pieces are tightened to the ink, split at rules and gutters, stretched to the ink
    that belongs to them, and fragments of one line are joined. Sorted from the top left.
    """
    # Of a dark picture the mask may hold the rim only; it is a column's neighbour all the same.
    inks = inks.with_solid(pictures)
    bands = [b for p in pieces for b in _bands(p, inks, em)]
    tight = [t for p in bands if (t := tightened(p, inks)) is not None]
    tight = _unique(_without_bridges(tight, inks, em))
    split = [q for p in tight for q in _split(p, inks, em, stops, tight)]
    split = _unique(split)
    grown = _extend(split, inks, stops, [*others, *pictures])
    joined = join([measured(p, inks) for p in grown], inks, em, [*stops, *others])
    return sorted(_apart(_own_ink(joined, inks)), key=lambda p: (p.box.y0, p.box.x0))


def _own_ink(lines: Sequence[Piece], inks: Inks) -> list[Piece]:
    """Lines less the ends in which there is no ink but that of others: two headlines side by
    side, set half a line off, run on into each other's white otherwise, and a headline into the
    column beside it."""
    table = table_of(lines)
    out = []
    for i, line in enumerate(lines):
        box = line.box
        others = [
            o for j in meeting(table, box, 0.0)
            if j != i and 0 < (o := lines[j].box).overlap(box) < 0.65 * o.area
        ]  # fmt: skip
        part = inks.part(box)
        if others and part.size:
            x0, y0 = max(0, int(box.x0)), max(0, int(box.y0))
            part = part.copy()
            for other in others:
                fill(part, other.grow(1.0).shift(-x0, -y0), 0)
            columns = np.flatnonzero(filled(part, 0))
            if len(columns):
                least = TRIM * box.height
                left, right = x0 + float(columns[0]), x0 + float(columns[-1] + 1)
                left = left if left - box.x0 > least else box.x0
                right = right if box.x1 - right > least else box.x1
                if (left, right) != (box.x0, box.x1):
                    own = tightened(replace(line, box=Rect(left, box.y0, right, box.y1)), inks)
                    line = line if own is None else measured(own, inks)
        out.append(line)
    return out


def _apart(lines: Sequence[Piece]) -> list[Piece]:
    """Lines less those that lie inside another: parts of its characters found on their own."""
    table = table_of(lines)
    return [
        line
        for i, line in enumerate(lines)
        if not any(
            j != i
            and (lines[j].box.area, -j) > (line.box.area, -i)
            and lines[j].box.overlap(line.box) >= 0.75 * line.box.area
            for j in meeting(table, line.box, 0.0)
        )
    ]


def _bands(piece: Piece, inks: Inks, em: float) -> list[Piece]:
    """The rows of a box that took in two lines of different size, one under the other. The dots of a
    colon, and strokes at the end of the character before it, are none."""
    box = piece.box
    if box.width < 2.5 * box.height:
        return [piece]
    part = inks.part(box)
    rows = [r for r in runs(filled(part, 1)) if r[1] - r[0] >= 0.5 * em]
    if len(rows) < 2 or any(float(filled(part[a:b], 0).mean()) < ROW for a, b in rows):
        return [piece]
    top = max(0, int(box.y0))
    return [replace(piece, box=Rect(box.x0, top + a, box.x1, top + b)) for a, b in rows]


def _without_bridges(pieces: Sequence[Piece], inks: Inks, em: float) -> list[Piece]:
    """Pieces of large type less those that have no ink but that of the end of one piece and of the
    beginning of the next, over wide white: whether those two are one line is asked later."""
    table = table_of(pieces)
    out = []
    for i, piece in enumerate(pieces):
        box = piece.box
        if box.height < 1.45 * em:
            out.append(piece)
            continue
        level = [
            o for j in meeting(table, box, 0.0)
            if j != i and (o := pieces[j].box).overlap_y(box) > 0.7 * max(o.height, box.height)
        ]  # fmt: skip
        left = max((o.x1 for o in level if o.x0 < box.x0), default=box.x0)
        right = min((o.x0 for o in level if o.x1 > box.x1), default=box.x1)
        white = Rect(left, box.y0, right, box.y1)
        bridge = box.x0 < left and right < box.x1 and right - left > 0.45 * box.height
        if not bridge or filled(inks.part(white.grow(-1.0)), 0).any():
            out.append(piece)
    return out


def _unique(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces less those that lie on another one; halves that overlap become one."""
    order = sorted(pieces, key=lambda p: (-p.box.area, p.box.y0, p.box.x0))
    table = table_of(order)
    out: dict[int, Piece] = {}
    for i, piece in enumerate(order):
        for j in meeting(table, piece.box, 0.0):
            if j >= i or j not in out:
                continue
            other = out[j]
            if piece.box.overlap(other.box) >= 0.6 * piece.box.area:
                small = piece.box.height < 0.4 * other.box.height
                if small and piece.box.width > 3 * piece.box.height:
                    continue  # a line of small type set close under a large one
                break
            level = piece.box.overlap_y(other.box) >= 0.7 * max(piece.box.height, other.box.height)
            if level and piece.box.overlap_x(other.box) > 0.1 * piece.box.height:
                out[j] = replace(other, box=other.box.union(piece.box))
                table[j] = row_of(out[j].box)
                break
        else:
            out[i] = piece
    return sorted(out.values(), key=lambda p: (p.box.y0, p.box.x0))


def _split(
    piece: Piece, inks: Inks, em: float, stops: Sequence[Rect], pieces: Sequence[Piece]
) -> list[Piece]:
    box = piece.box
    if piece.whole:
        return [piece]
    part = inks.part(box)
    columns = runs(filled(part, 0))
    size = box.height
    gaps = [(a[1], b[0]) for a, b in itertools.pairwise(columns)]
    wide = [g for g in gaps if g[1] - g[0] >= 0.45 * size]
    usual = float(np.median([b - a for a, b in gaps])) if gaps else 0.0
    cuts = []
    for left, right in wide:
        x0, x1 = box.x0 + left, box.x0 + right
        if 0.45 * size <= usual and right - left <= 1.3 * usual and size >= 1.45 * em:
            if between(stops, x0, x1, box.y0, box.y1):
                cuts.append((left, right))
            continue  # the white of a letter-spaced headline
        far = right - left >= 2.6 * size and usual < 0.5 * size and size < 1.5 * em
        if (
            far
            or between(stops, x0, x1, box.y0, box.y1)
            or (
                _two_heads(box, x0, x1, pieces, em)
                and not by_quotation_mark(inks, x0, x1, box.y0, box.y1)
            )
            or (size >= 1.45 * em and _two_settings(piece, x0, x1, inks))
            or (
                (min(left, box.width - right) > 2.2 * size or right - left > 1.3 * size)
                and holds_gutter(inks, x0, x1, box.y0, box.y1)
            )
        ):
            cuts.append((left, right))
    if not cuts:
        return [piece]
    edges = [0] + [c for cut in cuts for c in cut] + [int(box.width)]
    out = []
    for a, b in zip(edges[::2], edges[1::2], strict=True):
        part_box = Rect(box.x0 + a, box.y0, box.x0 + b, box.y1)
        tight = tightened(replace(piece, box=part_box), inks)
        if tight is not None:
            out.append(tight)
    return out


def _two_heads(box: Rect, x0: float, x1: float, pieces: Sequence[Piece], em: float) -> bool:
    """Whether the white from x0 to x1 parts the rows of two headlines of several rows that stand
    side by side: another of their rows ends and begins there."""
    size = box.height
    sides = Rect(box.x0, box.y0, x0, box.y1), Rect(x1, box.y0, box.x1, box.y1)
    if size < 1.45 * em or min(side.width for side in sides) < 1.5 * size:
        return False
    rows = [p for p in pieces if p.box.overlap_y(box) < 0.5 * min(size, p.box.height)]
    return columns_meet(*sides, rows)


def _two_settings(piece: Piece, x0: float, x1: float, inks: Inks) -> bool:
    """Whether what stands before the white from x0 to x1 is set otherwise than what follows."""
    box = piece.box
    sides = Rect(box.x0, box.y0, x0, box.y1), Rect(x1, box.y0, box.x1, box.y1)
    parts = [tightened(replace(piece, box=side), inks) for side in sides]
    left, right = (measured(p, inks) if p is not None else piece for p in parts)
    return set_otherwise(left, right)


def _extend(
    pieces: Sequence[Piece], inks: Inks, stops: Sequence[Rect], others: Sequence[Rect]
) -> list[Piece]:
    claimed = [p.box for p in pieces] + list(others)
    table = np.array([row_of(b) for b in claimed], np.float64).reshape(-1, 4)
    out = []
    for i, piece in enumerate(pieces):
        box = piece.box
        size = box.height
        level = [
            b for j in meeting(table, box, 4.0 * size)
            if j != i
            and (b := claimed[j]).overlap_y(box)
            > (0.3 * min(b.height, size) if j < len(pieces) else 0.0)
        ]  # fmt: skip
        right = min([b.x0 for b in level if b.cx > box.cx] + [box.x1 + 4.0 * size])
        left = max([b.x1 for b in level if b.cx < box.cx] + [box.x0 - 4.0 * size])
        x1 = _reach(inks, box, right, 1, stops)
        x0 = _reach(inks, box, left, -1, stops)
        out.append(replace(piece, box=Rect(x0, box.y0, x1, box.y1)))
    return out


def _reach(inks: Inks, box: Rect, limit: float, way: int, stops: Sequence[Rect]) -> float:
    """How far the row's ink goes on beyond one end of `box`, not past `limit`."""
    end = box.x1 if way > 0 else box.x0
    near, far = (end, limit) if way > 0 else (limit, end)
    if far - near < 1:
        return end
    size = box.height
    # Rows a little inside the line, so that a neighbouring row's feet are not ink of this one.
    part = inks.part(Rect(near, box.y0 + 0.06 * size, far, box.y1 - 0.02 * size))
    columns = runs(filled(part, 0))
    base = max(0, int(near))
    # Nor, beside a headline, what only just reaches into it: the tops of small type.
    rim = round(RIM * size)
    spans = [(base + a, base + b) for a, b in columns if part[rim : -rim or None, a:b].any()]
    if way < 0:
        spans = [(-b, -a) for a, b in reversed(spans)]
        end = -end
    for i, (a, b) in enumerate(spans):
        gap = a - end
        if gap > EXTEND * size or b - a > 1.2 * size:
            break
        beyond = spans[i + 1][0] if i + 1 < len(spans) else way * limit + 2 * size
        x0, x1 = sorted((way * end, way * a))
        lone = way < 0 and beyond - b > 0.8 * size  # a bullet; the end of a line has company
        if gap > 0.5 * size and (
            way * limit - b < gap or (not lone and is_gutter(inks, x0, x1, box.y0, box.y1))
        ):
            break
        if between(stops, x0, x1, box.y0, box.y1):
            break
        end = float(max(end, b))
    return way * end


def turned(box: Rect) -> Rect:
    """The box with x and y changed over."""
    return Rect(box.y0, box.x0, box.y1, box.x1)


def transposed(mask: Gray) -> Gray:
    return np.ascontiguousarray(mask.T)
