"""Ink that no line, rule or picture accounts for: type that was missed, and drawings without a
ground of their own."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Gray, Rect, joined
from .areas import in_rows, overlapping
from .grids import closed, components, fill, reduce_mask, window

LEAST = 3.5
"""Shorter side of the smallest drawing, in ems."""

SHARE = 0.05
"""Share of its box that the ink of a drawing takes at least."""

MOST_PIECES = 400
"""Pieces of ink put together to areas, the largest; a page with more is strewn with dirt."""

MISSED_INK = (0.08, 0.75)
"""Share of its box that the ink of type takes."""

MISSED = (1.5, 0.5)
"""Longer and shorter side of the smallest area that may be missed type, in ems."""


def missed(ink: Gray, em: float, known: Sequence[Rect]) -> tuple[Rect, ...]:
    """Boxes of ink in a 0/255 mask, in its pixels, from the top left, in which type may stand
    that was not found. `known` are the boxes of everything else that is printed."""
    small, factor = _unknown(ink, em, known)
    reach = round(1.2 * em / factor)
    long, short = (side * em / factor for side in MISSED)
    pieces = [
        box
        for box, _, _ in components(closed(small, reach, reach))
        if max(box.width, box.height) >= 0.6 * em / factor
    ]
    pieces = sorted(pieces, key=lambda b: -b.area)[:MOST_PIECES]
    found = []
    for box in joined(in_rows(pieces, em / factor), overlapping):
        part = window(small, box)
        share = float(part.mean()) / 255
        if max(box.width, box.height) < long or min(box.width, box.height) < short:
            continue
        # Less is dirt, more is a block of ink; a single stroke is neither.
        if MISSED_INK[0] < share < MISSED_INK[1] and len(components(part)) > 1:
            found.append(box.scale(factor))
    return tuple(sorted(found, key=lambda r: (r.y0, r.x0)))


def drawings(ink: Gray, em: float, known: Sequence[Rect]) -> tuple[Rect, ...]:
    """Boxes of line drawings in a 0/255 mask, in its pixels, from the top left.

    `known` are the boxes of everything else that is printed. A drawing is a cluster of ink in
    none of them, `LEAST` ems high and wide, with a stroke in it as long as its shorter side.
    """
    small, factor = _unknown(ink, em, known)
    least = LEAST * em / factor
    reach = round(1.5 * em / factor)
    found = []
    for box, _, _ in components(closed(small, reach, reach)):
        if min(box.width, box.height) < least:
            continue
        part = window(small, box)
        if float(part.mean()) < SHARE * 255:
            continue
        longest = max(
            (max(piece.width, piece.height) for piece, _, _ in components(part)), default=0.0
        )
        if longest >= 0.6 * min(box.width, box.height):
            found.append(box.scale(factor))
    return tuple(sorted(found, key=lambda r: (r.y0, r.x0)))


def _unknown(ink: Gray, em: float, known: Sequence[Rect]) -> tuple[Gray, int]:
    """(the mask without the `known` boxes, how many times smaller it is made)."""
    factor = max(1, round(em / 12))
    small = reduce_mask(ink, factor, 0.2)
    if small is ink:
        small = ink.copy()
    for box in known:
        fill(small, box.grow(0.2 * em).scale(1 / factor), 0)
    return small, factor
