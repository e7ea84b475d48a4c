"""Ink that no line, rule or picture accounts for: drawings without a ground of their own."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Gray, Rect
from .grids import closed, components, fill, reduce_mask, window

LEAST = 3.5
"""Shorter side of the smallest drawing, in ems."""

SHARE = 0.05
"""Share of its box that the ink of a drawing takes at least."""


def drawings(ink: Gray, em: float, known: Sequence[Rect]) -> tuple[Rect, ...]:
    """Boxes of line drawings in a 0/255 mask, in its pixels, from the top left.

    `known` are the boxes of everything else that is printed. A drawing is a cluster of ink in
    none of them, `LEAST` ems high and wide, with a stroke in it as long as its shorter side.
    """
    factor = max(1, round(em / 12))
    small = reduce_mask(ink, factor, 0.2)
    if small is ink:
        small = ink.copy()
    for box in known:
        fill(small, box.grow(0.2 * em).scale(1 / factor), 0)
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
