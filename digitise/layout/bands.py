"""White that runs across columns: where a story is taken up under one column of another, the columns
beside it that begin level with it, under white as wide, go on below no more than that one does."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..model import Rect
from .links import Links

ACROSS = 4.0
"""Cost, in nats, of going on over such white."""

LEVEL = 0.5
"""Ems by which tops, and bottoms, may differ that are level."""

WHITE = 0.9
"""Ems of white, at least, between what ends and what begins: more than stands between lines."""

BESIDE = 4.0
"""Ems between neighbouring columns, at most."""


def over_white(links: Links, keys: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
    """(links,): what each link between bodies costs for leading down over such white."""
    em = links.em
    boxes = {k: links.nodes[k].box for k in links.bodies}
    breaks = [
        (boxes[u], boxes[r])
        for r in links.bodies
        if links.ends[r].jump_in
        for u in links.bodies
        if _under(boxes[u], boxes[r], em) and not links.ends[u].jump_out
    ]

    def cost(p: int, q: int) -> float:
        if p not in boxes or q not in boxes or not _under(boxes[p], boxes[q], em):
            return 0.0
        level = any(
            abs(over.y1 - boxes[p].y1) < LEVEL * em
            and abs(under.y0 - boxes[q].y0) < LEVEL * em
            and 0 < max(under.x0 - boxes[q].x1, boxes[q].x0 - under.x1) < BESIDE * em
            for over, under in breaks
        )
        return ACROSS * level

    return np.array([cost(p, q) for p, q in keys], dtype=np.float64)


def _under(over: Rect, under: Rect, em: float) -> bool:
    """Whether the second of two boxes stands in the column of the first, under white."""
    return WHITE * em < under.y0 - over.y1 < 3 * WHITE * em and over.overlap_x(under) > 0.7 * min(
        over.width, under.width
    )
