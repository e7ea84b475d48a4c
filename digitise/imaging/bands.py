"""Columns that run over two bands of a page set downwards, taken apart where the bands meet.

The white between two bands may be no wider than that under a full stop; what tells is that the columns
beside it end above it and begin below.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from ..model import Gray, Rect
from .grids import window
from .inkwork import filled, runs
from .pieces import Piece

WHITE = 0.5
"""Ems of white between two bands at least."""

FAINT = 0.15
"""Ems a stretch of ink in that white is high at most that is what is left of a rule between the two."""

NEAR = 6.0
"""Columns so many ems to either side are asked."""

LEVEL = 0.4
"""They end no more ems over where this column would, and begin no more under it, …"""

SHORT = 0.75
"""… and so many ems on the other side of it: in its cell 一, 、 or a bracket may stand high or low."""

ASKED = 2
"""So many must end there, and so many begin, and more than run across."""


def parted(lines: Sequence[Piece], ink: Gray, em: float) -> list[Piece]:
    """Vertical lines in page coordinates, cut between bands. `ink`: the page's 0/255 mask; `em`: of
    the body, px."""
    out: list[Piece] = []
    for line in lines:
        out += _cut(line, lines, ink, em)
    return out


def _cut(line: Piece, lines: Sequence[Piece], ink: Gray, em: float) -> list[Piece]:
    box = line.box
    if box.height < 6 * em or box.width > 2 * em:
        return [line]
    inked = [r for r in runs(filled(window(ink, box), 1)) if r[1] - r[0] > FAINT * em]
    near = [
        p.box for p in lines
        if p is not line and abs(p.box.cx - box.cx) <= NEAR * em
        and 0.6 * box.width <= p.box.width <= 1.6 * box.width
    ]  # fmt: skip
    cuts = [
        (box.y0 + a[1], box.y0 + b[0])
        for a, b in itertools.pairwise(inked)
        if b[0] - a[1] >= WHITE * em and _bands_meet(box.y0 + a[1], box.y0 + b[0], near, em)
    ]
    edges = [box.y0, *itertools.chain.from_iterable(cuts), box.y1]
    return [
        replace(line, box=Rect(box.x0, top, box.x1, bottom))
        for top, bottom in zip(edges[::2], edges[1::2], strict=True)
    ]


def _bands_meet(end: float, start: float, near: Sequence[Rect], em: float) -> bool:
    ending = sum(end - LEVEL * em <= b.y1 <= min(start, end + SHORT * em) for b in near)
    beginning = sum(max(end, start - SHORT * em) <= b.y0 <= start + LEVEL * em for b in near)
    across = sum(b.y0 < end - em and b.y1 > start + em for b in near)
    return min(ending, beginning) >= max(ASKED, across + 1)
