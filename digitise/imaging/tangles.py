"""Large type whose boxes a detector has run together: cut apart anew along the white."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..model import Gray, Rect
from .grids import fill
from .inkwork import Inks, filled, runs
from .pieces import Piece

BIG = 1.7
"""Boxes at least so many body ems thick take part."""

BESIDE = 0.4
"""The least share of a box's height that small type beside it takes up."""

COLUMN = 4
"""Least lines of a column of text beside large type."""

GAP = 0.12
"""The least white that parts two blocks, in body ems."""


def untangled(pieces: Sequence[Piece], inks: Inks, em: float) -> list[Piece]:
    """The pieces, with every group of large overlapping boxes replaced by the lines that the
    white between the characters shows (recursive X-Y cut, widest white first: Nagy & Seth
    1984). Boxes of body type pass through."""
    pieces = [_freed(p, pieces, em) for p in pieces]
    pieces = [row for p in pieces for row in _rows(p, pieces, inks, em)]
    big = [i for i, p in enumerate(pieces) if min(p.box.width, p.box.height) >= BIG * em]
    groups = [g for g in _groups([pieces[i].box for i in big]) if _tangled(g, pieces, big, inks)]
    out = [p for i, p in enumerate(pieces) if not any(i == big[k] for g in groups for k in g)]
    for group in groups:
        boxes = [pieces[big[k]].box for k in group]
        cuts = _cut(_ink_of(boxes, inks), em, inks.factor)
        if any(_swallows(cut, boxes) for cut in cuts):
            out += _without_wholes([pieces[big[k]] for k in group], em)
            continue
        for box in cuts:
            taken = [p.box.overlap(box) for p in out]
            # Of a row of small type that the large type's box reached into only the tops are cut out.
            thin = min(box.width, box.height) < em
            if (sum(taken) if thin else max(taken, default=0.0)) <= 0.5 * box.area:
                out.append(Piece(box, min(pieces[big[k]].score for k in group)))
    return sorted(out, key=lambda p: (p.box.y0, p.box.x0))


def _swallows(cut: Rect, boxes: Sequence[Rect]) -> bool:
    """Whether a cut found no white, as inside a frame that the boxes took in with their type:
    its box is that of three or more of them together."""
    held = [b for b in boxes if b.overlap(cut) > 0.8 * b.area]
    sides = sorted(min(b.width, b.height) for b in held)
    return len(held) >= 3 and min(cut.width, cut.height) > 1.8 * sides[len(sides) // 2]


def _without_wholes(group: Sequence[Piece], em: float) -> list[Piece]:
    """Members of a group; of one that holds two others, the frame with all in it taken for a
    line, only the side that the others leave free."""
    out = []
    for piece in group:
        box = piece.box
        held = [p.box for p in group if p is not piece and p.box.overlap(box) > 0.7 * p.box.area]
        if len(held) < 2:
            out.append(piece)
            continue
        left, right = min(b.x0 for b in held), max(b.x1 for b in held)
        x0, x1 = max((box.x0, left), (right, box.x1), key=lambda side: side[1] - side[0])
        if x1 - x0 >= BIG * em:
            out.append(Piece(Rect(x0, box.y0, x1, box.y1), piece.score))
    return out


def _freed(piece: Piece, pieces: Sequence[Piece], em: float) -> Piece:
    """A box of large type less the small type at its ends, which has boxes of its own: at those
    of a wide one, and of a tall one that took in a column beside lines set downwards."""
    box = piece.box
    tall = box.width < 1.3 * box.height
    if min(box.height, 2.0 * box.width if tall else np.inf) < 2 * BIG * em:
        return piece
    # The other boxes of a headline set downwards, across two of its lines, are as high as it is wide.
    most = min(0.45 * box.height, 0.6 * box.width) if tall else 0.45 * box.height
    small = [p.box for p in pieces if p.box.height < most and p.box.overlap(box) > 0]
    x0, x1 = box.x0, box.x1
    right = [b for b in small if b.cx > box.x0 + 0.6 * box.width and b.x0 > box.cx]
    left = [b for b in small if b.cx < box.x0 + 0.4 * box.width and b.x1 < box.cx]
    if tall:  # what begins or ends beyond its sides
        right = [b for b in right if b.x1 > box.x1]
        left = [b for b in left if b.x0 < box.x0]
    # One small box is a stroke of the large type; a stack of them at one edge is a column.
    if _stacked(right, box) and _flush([b.x0 for b in right], em, tall):
        x1 = min(b.x0 for b in right) - 0.1 * em
    if _stacked(left, box) and _flush([-b.x1 for b in left], em, tall):
        x0 = max(b.x1 for b in left) + 0.1 * em
    return (
        piece if (x0, x1) == (box.x0, box.x1) else Piece(Rect(x0, box.y0, x1, box.y1), piece.score)
    )


def _stacked(small: Sequence[Rect], box: Rect) -> bool:
    """Whether small boxes stand beside the large type all along: not the last lines of the text
    over it and the first of that under it, into which its box reaches."""
    return len(small) >= 2 and sum(b.overlap_y(box) for b in small) > BESIDE * box.height


def _flush(edges: list[float], em: float, column: bool) -> bool:
    """Whether all lines begin at one edge, or most of those of a `column`, whose paragraphs are set
    in and end before it does; of a column there are four at least."""
    if not column:
        return max(edges) - min(edges) < 0.8 * em
    outer = sum(edge - min(edges) < 0.8 * em for edge in edges)
    return len(edges) >= COLUMN and outer > 0.6 * len(edges)


def _rows(piece: Piece, pieces: Sequence[Piece], inks: Inks, em: float) -> list[Piece]:
    """The lines of large type of a wide box that took in several, one under another. What
    lies in smaller boxes is left to them."""
    box = piece.box
    if box.height < 2 * BIG * em or box.width < 1.3 * box.height:
        return [piece]
    part = inks.part(box)
    if len(_large_rows(part, em)) < 2:
        return [piece]
    part = part.copy()
    left, top = max(0, int(box.x0)), max(0, int(box.y0))
    for other in pieces:
        if other is not piece and other.box.area < 0.7 * box.area:
            inner = other.box.clip(box)
            part[
                int(inner.y0) - top : int(np.ceil(inner.y1)) - top,
                int(inner.x0) - left : int(np.ceil(inner.x1)) - left,
            ] = 0
    out = []
    for a, b in _large_rows(part, em):
        columns = runs(filled(part[a:b], 0))
        low = [c for c in columns if c[0] > 0 and c[1] < part.shape[1]] or columns
        x0, x1 = float(left + low[0][0]), float(left + low[-1][1])
        out.append(Piece(Rect(x0, float(top + a), x1, float(top + b)), piece.score))
    return out


def _large_rows(part: Gray, em: float) -> list[tuple[int, int]]:
    least = max(BIG * em, 0.15 * part.shape[0])
    return [r for r in runs(filled(part, 1)) if r[1] - r[0] >= least]


def _groups(boxes: Sequence[Rect]) -> list[list[int]]:
    """Indices of boxes that overlap, directly or through others."""
    rest = list(range(len(boxes)))
    out = []
    while rest:
        group, queue = [], [rest.pop(0)]
        while queue:
            i = queue.pop()
            group.append(i)
            meeting = [
                j for j in rest
                if boxes[i].overlap(boxes[j]) > 0.12 * min(boxes[i].area, boxes[j].area)
            ]  # fmt: skip
            rest = [j for j in rest if j not in meeting]
            queue += meeting
        out.append(sorted(group))
    return out


def _tangled(group: list[int], pieces: Sequence[Piece], big: list[int], inks: Inks) -> bool:
    """Several boxes set off both ways, or one with white both along and across it."""
    boxes = [pieces[big[k]].box for k in group]
    levels = max(b.y0 for b in boxes) - min(b.y0 for b in boxes)
    sides = max(b.x0 for b in boxes) - min(b.x0 for b in boxes)
    if min(levels, sides) > 0.2 * min(b.height for b in boxes):
        return True
    return any(_two_ways(box, pieces, inks) for box in boxes)


def _two_ways(box: Rect, pieces: Sequence[Piece], inks: Inks) -> bool:
    part = inks.part(box).copy()
    left, top = max(0, int(box.x0)), max(0, int(box.y0))
    for other in pieces:
        # A line of its own, as a deck set down beside its headline, says nothing about the rest.
        if other.box.area < 0.7 * box.area and other.box.overlap(box) > 0.9 * other.box.area:
            fill(part, other.box.shift(-left, -top), 0)
    rows = [r for r in runs(filled(part, 1)) if r[1] - r[0] > 0.12 * box.height]
    columns = [c for c in runs(filled(part, 0)) if c[1] - c[0] > 0.12 * box.width]
    return len(rows) >= 2 and len(columns) >= 2 and 0.4 < box.width / box.height < 2.5


_Cloud = tuple[NDArray[np.bool_], int, int]


def _ink_of(boxes: Sequence[Rect], inks: Inks) -> _Cloud:
    """The reduced ink under the boxes, with the corner it starts from (reduced px)."""
    f = inks.factor
    x0 = max(0, int(min(b.x0 for b in boxes) / f))
    y0 = max(0, int(min(b.y0 for b in boxes) / f))
    x1 = min(inks.small.shape[1], int(max(b.x1 for b in boxes) / f) + 1)
    y1 = min(inks.small.shape[0], int(max(b.y1 for b in boxes) / f) + 1)
    cloud = np.zeros((y1 - y0, x1 - x0), np.bool_)
    for b in boxes:
        ya, yb = max(0, int(b.y0 / f) - y0), int(b.y1 / f) + 1 - y0
        xa, xb = max(0, int(b.x0 / f) - x0), int(b.x1 / f) + 1 - x0
        part = inks.small[y0:y1, x0:x1] > 0
        cloud[ya:yb, xa:xb] = part[ya:yb, xa:xb]
    return cloud, x0, y0


def _cut(cloud: _Cloud, em: float, factor: int) -> list[Rect]:
    """Boxes of the lines in a cloud of ink, in full pixels."""
    ink, left, top = cloud
    rows, columns = _profile(ink, 1), _profile(ink, 0)
    if not rows or not columns:
        return []
    ya, yb, xa, xb = rows[0][0], rows[-1][1], columns[0][0], columns[-1][1]
    if min(yb - ya, xb - xa) * factor < 0.6 * em and max(yb - ya, xb - xa) * factor < 1.2 * em:
        return []
    across = _widest(rows)
    along = _widest(columns)
    least = GAP * em / factor
    if across[0] >= least and along[0] >= least:
        if along[0] >= across[0] and not _letter_spaced(ink, across[1], along[0]):
            at = along[1]
            halves = ((ink[:, :at], left, top), (ink[:, at:], left + at, top))
        else:
            at = across[1]
            halves = ((ink[:at], left, top), (ink[at:], left, top + at))
        return [box for half in halves for box in _cut(half, em, factor)]
    bands = [(ya, yb, a, b) for a, b in _merged(columns, least)]
    if len(bands) < 2:
        bands = [(a, b, xa, xb) for a, b in _merged(rows, least)]
    lines = [b for b in bands if _line_like(b, sideways=bands[0][2:] != bands[-1][2:])]
    if len(bands) < 2 or 2 * len(lines) <= len(bands):
        bands = [(ya, yb, xa, xb)]
    return [
        Rect(
            float((left + x0) * factor), float((top + y0) * factor),
            float((left + x1) * factor), float((top + y1) * factor),
        )
        for y0, y1, x0, x1 in bands
    ]  # fmt: skip


def _letter_spaced(ink: NDArray[np.bool_], at: int, white: int) -> bool:
    """Whether white of that width is no more than what stands between the characters of the
    lines above or below row `at`."""
    for half in (ink[:at], ink[at:]):
        gaps = sorted(b[0] - a[1] for a, b in pairwise(_profile(half, 0)))
        if len(gaps) < 3:
            continue
        usual = gaps[len(gaps) // 2]
        if usual >= 0.7 * white and usual >= 2 and max(gaps) <= 1.5 * usual:
            return True
    return False


def _line_like(band: tuple[int, int, int, int], sideways: bool) -> bool:
    """Whether a band is itself a line along the cut: wide under a cut across, tall beside one
    along."""
    y0, y1, x0, x1 = band
    if sideways:
        return y1 - y0 >= 1.6 * (x1 - x0)
    return x1 - x0 >= 1.6 * (y1 - y0)


def _profile(ink: NDArray[np.bool_], axis: int) -> list[tuple[int, int]]:
    return runs(np.asarray(ink.max(axis=axis, initial=False), np.bool_))


def _merged(stretches: list[tuple[int, int]], least: float) -> list[tuple[int, int]]:
    """Stretches of ink, those less than `least` apart put together."""
    out = [stretches[0]]
    for a, b in stretches[1:]:
        if a - out[-1][1] < least:
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
    return out


def _widest(stretches: list[tuple[int, int]]) -> tuple[int, int]:
    """(width, middle) of the widest white between stretches of ink."""
    gaps = [(b[0] - a[1], (a[1] + b[0]) // 2) for a, b in pairwise(stretches)]
    return max(gaps, default=(0, 0), key=lambda g: (g[0], -g[1]))
