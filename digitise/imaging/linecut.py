"""From a detector's boxes to whole printed lines, by looking at the ink.

Everything here works on horizontal rows. Vertical lines go through the same code on the
transposed mask: x and y change places on the way in and on the way out.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..model import Gray, Rect
from .inkwork import Inks, filled, runs

EXTEND = 1.3
"""Ink no line has claimed this close to a line's end belongs to it, in ems: closing quotation
marks after a full stop, a bullet before a name."""

JOIN = 1.15
"""Pieces of one row this close are one line, in ems, unless columns meet between them."""

BRIDGE = 2.0
"""The same where the rows above or below run across the gap."""

REACH = 24.0
"""How far off the rest of a line is looked for, in line heights."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A line or part of one. `box` is in the frame of the mask it was found on; `cells` is
    the number of character cells, `pitch` their median distance (0 with fewer than two).
    `whole`: known to be a line, not to be split."""

    box: Rect
    score: float = 1.0
    cells: int = 0
    pitch: float = 0.0
    whole: bool = False


def rows_to_lines(
    pieces: Sequence[Piece],
    inks: Inks,
    em: float,
    stops: Sequence[Rect],
    others: Sequence[Rect] = (),
) -> list[Piece]:
    """Whole horizontal lines from detected pieces.

    `stops` are boxes no line may reach into (vertical rules), `others` the boxes of lines that
    run the other way, whose ink is spoken for. `em` is the body em. The
    pieces are tightened to the ink, split at rules and gutters, stretched to the ink
    that belongs to them, and fragments of one line are joined. Sorted from the top left.
    """
    bands = [b for p in pieces for b in _bands(p, inks, em)]
    tight = [t for p in bands if (t := tightened(p, inks)) is not None]
    tight = _unique(tight)
    split = [q for p in tight for q in _split(p, inks, em, stops)]
    split = _unique(split)
    grown = _extend(split, inks, stops, others)
    measured = [_measure(p, inks) for p in grown]
    joined = _join(measured, inks, em, [*stops, *others])
    return sorted(_apart(joined), key=lambda p: (p.box.y0, p.box.x0))


def _apart(lines: Sequence[Piece]) -> list[Piece]:
    """Lines less those that lie inside another: parts of its characters found on their own."""
    table = _table(lines)
    return [
        line
        for i, line in enumerate(lines)
        if not any(
            j != i
            and lines[j].box.area > line.box.area
            and lines[j].box.overlap(line.box) >= 0.75 * line.box.area
            for j in _meeting(table, line.box, 0.0)
        )
    ]


def _bands(piece: Piece, inks: Inks, em: float) -> list[Piece]:
    """The rows of a box that took in two lines of different size, one under the other."""
    box = piece.box
    if box.width < 2.5 * box.height:
        return [piece]
    rows = [r for r in runs(filled(inks.part(box), 1)) if r[1] - r[0] >= 0.5 * em]
    if len(rows) < 2:
        return [piece]
    top = max(0, int(box.y0))
    return [replace(piece, box=Rect(box.x0, top + a, box.x1, top + b)) for a, b in rows]


def tightened(piece: Piece, inks: Inks) -> Piece | None:
    """The piece on its own ink; None without any. Slivers of the rows above and below,
    cut off from the rest by white, are left out."""
    part = inks.part(piece.box)
    if part.size == 0:
        return None
    rows = runs(filled(part, 1))
    height = part.shape[0]
    if not rows:
        return None
    if len(rows) > 1 and rows[0][0] == 0 and rows[0][1] < 0.16 * height:
        rows = rows[1:]
    if len(rows) > 1 and rows[-1][1] == height and rows[-1][1] - rows[-1][0] < 0.16 * height:
        rows = rows[:-1]
    top, bottom = rows[0][0], rows[-1][1]
    columns = runs(filled(part[top:bottom], 0))
    if not columns:
        return None
    x0, y0 = max(0, int(piece.box.x0)), max(0, int(piece.box.y0))
    box = Rect(
        float(x0 + columns[0][0]), float(y0 + top),
        float(x0 + columns[-1][1]), float(y0 + bottom),
    )  # fmt: skip
    return replace(piece, box=box)


def _unique(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces less those that lie on another one; halves that overlap become one."""
    order = sorted(pieces, key=lambda p: (-p.box.area, p.box.y0, p.box.x0))
    table = _table(order)
    out: dict[int, Piece] = {}
    for i, piece in enumerate(order):
        for j in _meeting(table, piece.box, 0.0):
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
                table[j] = _row(out[j].box)
                break
        else:
            out[i] = piece
    return sorted(out.values(), key=lambda p: (p.box.y0, p.box.x0))


def _row(box: Rect) -> tuple[float, float, float, float]:
    return (box.x0, box.y0, box.x1, box.y1)


def _table(pieces: Sequence[Piece]) -> NDArray[np.float64]:
    return np.array([_row(p.box) for p in pieces], np.float64).reshape(-1, 4)


def _meeting(table: NDArray[np.float64], box: Rect, reach: float) -> list[int]:
    """Rows of `table` whose box meets `box`, widened by `reach` to left and right."""
    hit = (table[:, 0] < box.x1 + reach) & (table[:, 2] > box.x0 - reach)
    hit &= (table[:, 1] < box.y1) & (table[:, 3] > box.y0)
    return [int(i) for i in np.flatnonzero(hit)]


def _between(stops: Sequence[Rect], x0: float, x1: float, y0: float, y1: float) -> bool:
    """Whether a stop stands between x0 and x1 along most of y0..y1."""
    return any(
        x0 - 1 <= s.cx <= x1 + 1 and min(s.y1, y1) - max(s.y0, y0) > 0.6 * (y1 - y0) for s in stops
    )


def _split(piece: Piece, inks: Inks, em: float, stops: Sequence[Rect]) -> list[Piece]:
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
        far = right - left >= 2.6 * size and usual < 0.5 * size and size < 1.5 * em
        if (
            far
            or _between(stops, x0, x1, box.y0, box.y1)
            or (
                (min(left, box.width - right) > 2.2 * size or right - left > 1.3 * size)
                and is_gutter(inks, x0, x1, box.y0, box.y1)
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


def white_run(inks: Inks, x0: float, x1: float, y0: float, y1: float) -> tuple[float, float]:
    """(top, bottom) of the white between x0 and x1 that runs on above and below a row."""
    reach = 7 * (y1 - y0)
    inner = 0.12 * (x1 - x0)
    above = inks.free(x0 + inner, x1 - inner, y0, max(0.0, y0 - reach))
    below = inks.free(x0 + inner, x1 - inner, y1, y1 + reach)
    return above, below


def is_gutter(inks: Inks, x0: float, x1: float, y0: float, y1: float) -> bool:
    """Whether the white from x0 to x1 beside a row y0..y1 runs on through its neighbours.

    A gutter is at least 0.7 em wide and free of ink for at least four line heights, with two
    lines of type on both sides of it. Narrow ones must run further: under a comma there may
    well stand another.
    """
    size = y1 - y0
    above, below = white_run(inks, x0, x1, y0, y1)
    far = 3.0 if x1 - x0 > 1.3 * size else 4.6
    if x1 - x0 < 0.7 * size or (y0 - above) + (below - y1) < far * size:
        return False
    # Type right at the white is not enough: a single character behind a comma is no column.
    near, side = 1.2 * size, 3.6 * size
    left = inks.rows_with_ink(Rect(x0 - side, above, x0 - near, below))
    right = inks.rows_with_ink(Rect(x1 + near, above, x1 + side, below))
    # Only the rows that follow each other count, not a headline further off.
    f = inks.factor
    here = int((y0 + y1) / 2 / f) - int(above / f)
    blocks = runs(left | right)
    first = last = next((i for i, (a, b) in enumerate(blocks) if a <= here < b), None)
    if first is None or last is None:
        return False
    while first > 0 and blocks[first][0] - blocks[first - 1][1] <= size / f:
        first -= 1
    while last + 1 < len(blocks) and blocks[last + 1][0] - blocks[last][1] <= size / f:
        last += 1
    both = (left & right)[blocks[first][0] : blocks[last][1]]
    if float(both.sum()) * f < (1.7 if x1 - x0 > 1.3 * size else 2.6) * size:
        return False
    return x1 - x0 > 1.3 * size or _ends_whole(inks, Rect(x0 - 0.35 * size, above, x0, below), size)


def _ends_whole(inks: Inks, end: Rect, size: float) -> bool:
    """Whether a row that ends before a narrow white ends with a whole character there. Stops
    and commas that happen to stand one under another leave a white that is no gutter."""
    return any(b - a >= 0.5 * size for a, b in runs(filled(inks.part(end), 1)))


def _extend(
    pieces: Sequence[Piece], inks: Inks, stops: Sequence[Rect], others: Sequence[Rect]
) -> list[Piece]:
    claimed = [p.box for p in pieces] + list(others)
    table = np.array([_row(b) for b in claimed], np.float64).reshape(-1, 4)
    out = []
    for i, piece in enumerate(pieces):
        box = piece.box
        size = box.height
        level = [
            b for j in _meeting(table, box, 4.0 * size)
            if j != i and (b := claimed[j]).overlap_y(box) > 0.3 * min(b.height, size)
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
    spans = [(base + a, base + b) for a, b in columns]
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
        if _between(stops, x0, x1, box.y0, box.y1):
            break
        end = float(max(end, b))
    return way * end


def _measure(piece: Piece, inks: Inks) -> Piece:
    """Character cells: runs of ink gathered up to one line height each."""
    box = piece.box
    cells: list[tuple[int, int]] = []
    for a, b in runs(filled(inks.part(box), 0)):
        if cells and b - cells[-1][0] <= 1.08 * box.height:
            cells[-1] = (cells[-1][0], b)
        else:
            cells.append((a, b))
    centres = [(a + b) / 2 for a, b in cells]
    steps = np.diff(centres)
    return replace(piece, cells=len(cells), pitch=float(np.median(steps)) if len(steps) else 0.0)


def _join(pieces: Sequence[Piece], inks: Inks, em: float, stops: Sequence[Rect]) -> list[Piece]:
    """Fragments of one row put together, each with its right neighbours in turn."""
    rest = sorted(pieces, key=lambda p: (p.box.x0, p.box.y0))
    table = _table(rest)
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
            piece = _measure(whole, inks)
            table[j] = np.nan
            table[i] = _row(piece.box)
        out.append(piece)
    return out


def _right_neighbour(
    i: int, piece: Piece, pieces: Sequence[Piece], table: NDArray[np.float64]
) -> int | None:
    box = piece.box
    near = [
        j for j in _meeting(table, box, REACH * box.height)
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
    if _between(stops, a.box.x1, b.box.x0, a.box.y0, a.box.y1):
        return False
    if gap > 3.2 * size:
        # The author's name, or a jump, at the far end of a paragraph's last line.
        return not flat and not heading and _crossed(a.box, b.box, pieces)
    top, bottom = min(a.box.y0, b.box.y0), max(a.box.y1, b.box.y1)
    wide = min(a.box.width, b.box.width) > 2.2 * size or gap > 1.3 * size
    if gap > 0.3 * size and wide and is_gutter(inks, a.box.x1, b.box.x0, top, bottom):
        return False
    if gap <= JOIN * size and (gap <= 0.5 * size or not _columns_meet(a.box, b.box, pieces)):
        return True
    if gap <= BRIDGE * size and _crossed(a.box, b.box, pieces):
        return True
    pitches = [p.pitch for p in (a, b) if p.cells >= 2 and p.pitch > 1.25 * size]
    if pitches and all(abs(pitch_between - p) <= 0.18 * p for p in pitches):
        return True
    alike = len(pitches) == 2 and max(pitches) <= 1.25 * min(pitches)
    if heading and alike and gap <= min(pitches) - 0.15 * size:
        return True  # letter-spaced, with a comma or a quotation mark at the break
    if a.cells == 1 and b.cells == 1:
        return _chain(a, b, pieces, size) or (heading and gap <= 2.2 * size)
    return heading and gap <= 1.1 * size


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


def _columns_meet(a: Rect, b: Rect, pieces: Sequence[Piece]) -> bool:
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


def turned(box: Rect) -> Rect:
    """The box with x and y changed over."""
    return Rect(box.y0, box.x0, box.y1, box.x1)


def transposed(mask: Gray) -> Gray:
    return np.ascontiguousarray(mask.T)
