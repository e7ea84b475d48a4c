"""Fragments of one printed line put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..model import Rect
from .gutters import by_quotation_mark, is_gutter
from .inkwork import Inks
from .pieces import Piece, between, measured, meeting, row_of, table_of

JOIN = 1.15
"""Pieces of one row this close are one line, in ems, unless columns meet between them."""

BRIDGE = 2.0
"""Where the rows above or below run across the gap, pieces of any distance are one line; up to
this one, in ems, whatever their size."""

OTHER_SET = 1.2
"""Headlines whose characters stand so many times as far from each other are set apart."""

LEVEL, OFF_LEVEL = 0.15, 0.25
"""Share of its height by which a stretch of a headline of several rows may lie higher or lower than
what follows in its row; beyond, so much white parts two headlines side by side, in ems."""

SPACED = 1.4
"""White of so many times that between the letters of a spaced headline parts nothing."""

REACH = 24.0
"""How far off the rest of a line is looked for, in line heights."""


def join(pieces: Sequence[Piece], inks: Inks, em: float, stops: Sequence[Rect]) -> list[Piece]:
    """Fragments of one row put together, each with its right neighbours in turn."""
    rest = sorted(pieces, key=lambda p: (p.box.x0, p.box.y0))
    table = table_of(rest)
    out = []
    for i, piece in enumerate(rest):
        if np.isnan(table[i, 0]):
            continue
        while (j := _right_neighbour(i, piece, rest, table)) is not None:
            if not _one_line(piece, rest[j], rest, inks, em, stops):
                break
            whole = replace(
                piece, box=piece.box.union(rest[j].box), score=min(piece.score, rest[j].score)
            )
            piece = measured(whole, inks)
            table[j] = np.nan
            table[i] = row_of(piece.box)
        out.append(piece)
    return out


def _right_neighbour(
    i: int, piece: Piece, pieces: Sequence[Piece], table: NDArray[np.float64]
) -> int | None:
    box = piece.box
    near = [
        j for j in meeting(table, box, REACH * box.height)
        if j != i
        and (other := pieces[j].box).cx > box.cx
        and other.overlap_y(box) >= 0.5 * min(box.height, other.height)
    ]  # fmt: skip
    return min(near, key=lambda j: (pieces[j].box.x0, j), default=None)


def _one_line(
    a: Piece, b: Piece, pieces: Sequence[Piece], inks: Inks, em: float, stops: Sequence[Rect]
) -> bool:
    size = max(a.box.height, b.box.height)
    small = min(a.box.height, b.box.height)
    gap = b.box.x0 - a.box.x1
    pitch_between = gap + (min(a.box.width, size) + min(b.box.width, size)) / 2
    if gap < -size:
        return False
    heading = size >= 1.45 * em
    flat = small < 0.6 * size
    if flat:
        # 一, a dash or a comma beside its neighbour: only when it is hardly wider than one.
        thin = a if a.box.height < b.box.height else b
        share = 0.6 if thin.box.width <= 0.6 * size else 0.9  # a quotation mark stands high
        within = thin.box.overlap_y(b.box if thin is a else a.box) >= share * thin.box.height
        if not within or thin.box.width > 1.3 * size or thin.cells > 2:
            return False
    elif abs(a.box.cy - b.box.cy) > 0.22 * size:
        return False
    elif small < (0.6 if heading and gap <= 0.2 * size else 0.72) * size:
        return False  # figures are lower than the hanzi behind them
    if between(stops, a.box.x1, b.box.x0, a.box.y0, a.box.y1):
        return False
    if gap > 3.2 * size or (heading and gap > 0.35 * size and set_otherwise(a, b)):
        return False
    # Rows of headlines of different size side by side do not lie level.
    off = abs(a.box.cy - b.box.cy) > LEVEL * size and min(a.cells, b.cells) >= 3
    stands_off = gap > (OFF_LEVEL if off else 0.5) * size
    if heading and stands_off and any(_stacked(p, pieces) for p in (a, b)):
        return False
    pitches = [p.pitch for p in (a, b) if p.cells >= 2 and p.pitch > 1.25 * size]
    alike = len(pitches) == 2 and max(pitches) <= 1.25 * min(pitches)
    alike &= small >= 0.7 * size and abs(a.box.cy - b.box.cy) <= 0.1 * size
    if heading and alike and gap <= SPACED * (min(pitches) - 0.9 * size):
        return True  # no more than stands between its letters, and half the cell of a colon
    if gap > BRIDGE * size and not flat and not heading and _crossed(a.box, b.box, pieces):
        # The author's name, or a jump, at the far end of a paragraph's last line.
        return not _begins(b.box, pieces)
    top, bottom = min(a.box.y0, b.box.y0), max(a.box.y1, b.box.y1)
    wide = min(a.box.width, b.box.width) > 2.2 * size or gap > 1.3 * size
    if gap > 0.3 * size and wide and is_gutter(inks, a.box.x1, b.box.x0, top, bottom):
        return False
    if gap <= JOIN * size and (
        gap <= 0.5 * size
        or (flat and _ends(b, pieces, size))
        or (heading and by_quotation_mark(inks, a.box.x1, b.box.x0, top, bottom))
        or not columns_meet(a.box, b.box, pieces)
    ):
        return True
    if gap <= BRIDGE * size and _crossed(a.box, b.box, pieces):
        return True
    if pitches and all(abs(pitch_between - p) <= 0.18 * p for p in pitches):
        return True
    if heading and alike and gap <= min(pitches) - 0.15 * size:
        return True  # letter-spaced, with a comma or a quotation mark at the break
    if a.cells == 1 and b.cells == 1:
        return _chain(a, b, pieces, size) or (heading and gap <= 2.2 * size)
    apart = [p for p in pieces if p.box.overlap_y(a.box) < 0.5 * a.box.height]
    if gap > 0.5 * size and not pitches and columns_meet(a.box, b.box, apart):
        return False  # two headlines of several lines, one beside the other
    return heading and gap <= 1.1 * size


def _stacked(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """Whether the row right over or under a stretch of a headline begins and ends with it: two rows
    of one headline, with another's beside them, which may be larger."""
    box = piece.box
    size = box.height
    return piece.cells >= 3 and any(
        abs(p.box.x0 - box.x0) <= 0.4 * size
        and abs(p.box.x1 - box.x1) <= 0.4 * size
        and 0.75 * size <= p.box.height <= 1.33 * size
        and 0 <= max(p.box.y0 - box.y1, box.y0 - p.box.y1) <= 0.9 * size
        for p in pieces
    )


def _ends(mark: Piece, pieces: Sequence[Piece], size: float) -> bool:
    """Whether a mark has nothing behind it: the quotation mark at the end of a paragraph, which
    stands off from the full stop; no column begins with one alone."""
    box = mark.box
    return box.width <= 0.6 * size and not any(
        0 <= p.box.x0 - box.x1 <= size and p.box.overlap_y(box) > 0.5 * box.height
        for p in pieces
        if p is not mark
    )


def set_otherwise(a: Piece, b: Piece) -> bool:
    """Whether two stretches of several characters are of different size or spacing: headlines of
    two articles side by side. Where characters stand closer than they are high, their left and
    right halves were counted."""
    if min(a.cells, b.cells) < 4 or any(p.pitch < p.box.height for p in (a, b)):
        return False
    return max(a.pitch, b.pitch) > OTHER_SET * min(a.pitch, b.pitch)


def _crossed(a: Rect, b: Rect, pieces: Sequence[Piece]) -> bool:
    """Whether the next row above or below, of the same size, runs across the gap between
    `a` and `b`."""
    size = max(a.height, b.height)
    for other in pieces:
        box = other.box
        if not 0.75 * size <= box.height <= 1.33 * size:
            continue
        over = min(abs(a.y0 - box.y1), abs(box.y0 - a.y1)) <= 1.1 * size
        if over and box.x0 < a.x1 - 0.5 * size and box.x1 > b.x0 + 0.5 * size:
            return True
    return False


def _begins(box: Rect, pieces: Sequence[Piece]) -> bool:
    """Whether a row nearby begins where `box` does: it is the first of a column, no tail."""
    size = box.height
    return any(
        p.box is not box
        and abs(p.box.x0 - box.x0) <= 2.2 * size
        and p.box.width > 3 * size
        and 0.2 * size < abs(p.box.cy - box.cy) <= 3 * size
        and 0.75 * size <= p.box.height <= 1.33 * size
        for p in pieces
    )


def columns_meet(a: Rect, b: Rect, pieces: Sequence[Piece]) -> bool:
    """Whether rows nearby end where `a` ends and begin where `b` begins: two columns too short
    to show a gutter."""
    size = max(a.height, b.height)
    near = [
        p.box for p in pieces
        if min(abs(a.y0 - p.box.y1), abs(p.box.y0 - a.y1)) <= 2.5 * size
        and 0.75 * size <= p.box.height <= 1.33 * size
    ]  # fmt: skip
    ends = any(abs(box.x1 - a.x1) <= 0.4 * size for box in near)
    return ends and any(abs(box.x0 - b.x0) <= 0.4 * size for box in near)


def _chain(a: Piece, b: Piece, pieces: Sequence[Piece], size: float) -> bool:
    """Whether a third single character stands at the same distance before or after."""
    step = b.box.cx - a.box.cx
    for other in pieces:
        if other is a or other is b or other.cells != 1:
            continue
        if abs(other.box.cy - a.box.cy) > 0.25 * size or other.box.height < 0.6 * size:
            continue
        if min(abs(a.box.cx - step - other.box.cx), abs(b.box.cx + step - other.box.cx)) < (
            0.15 * step
        ):
            return True
    return False
