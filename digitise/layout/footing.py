"""What a column stands on: a title right under it, under which another article goes on down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model import Rect

if TYPE_CHECKING:
    from .surroundings import Surroundings

REACH = 2.6
"""Ems of white between a text and the title under it, at most."""


def footing(s: Surroundings) -> dict[int, int]:
    """For each body that has one, the title right under it in its own column (node -> node): as
    wide as the column at most, with no rule between that goes on past the column. Where a text
    goes on in the next column, it does so from the foot of its own, and seldom from over another's
    title."""
    found: dict[int, int] = {}
    for k in s.bodies:
        a = s.measure[k]
        best = REACH * s.em
        for h, node in enumerate(s.nodes):
            b = node.box
            if node.head is None or node.head.vertical or s.cell[h] != s.cell[k]:
                continue
            gap = b.y0 - s.nodes[k].box.y1
            if not -0.5 * s.em < gap < best or b.x0 < a.x0 - 2 * s.em or b.x1 > a.x1 + 2 * s.em:
                continue
            if s.below.get(k) is not None or _parted(s, a, b):
                continue
            best, found[k] = gap, h
    return found


def _parted(s: Surroundings, upper: Rect, lower: Rect) -> bool:
    return any(
        upper.cy < rule.cy < lower.cy
        and rule.overlap_x(upper) > 0.5 * upper.width
        and rule.width > upper.width + 4 * s.em
        for rule in s.scene.barriers.horizontal
    )
