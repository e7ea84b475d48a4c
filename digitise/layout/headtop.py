"""A title inside a body that stands at the head of one of its columns, right under the headline."""

from __future__ import annotations

from .scene import Scene

LEVEL, NEXT = 0.5, 3.2
"""Ems by which the first lines of columns that begin together differ at most, and their gutter."""


def heads_one_of_several(scene: Scene, i: int) -> bool:
    """Whether a line stands at the head of a column as the first line of the text beside does at
    the head of its own, no rule between: a deck stands over all the columns of its report."""
    d, em = scene.blocks[i], scene.em
    return any(
        k != i
        and not o.vertical
        and o.cell == d.cell
        and len(o.rows) >= 3
        and abs(o.size / em - 1) < 0.2
        and abs(o.rows[0].box.cy - d.box.cy) < LEVEL * em
        and max(o.box.x0 - d.box.x1, d.box.x0 - o.box.x1) < NEXT * em + _short_of(scene, i, k)
        and scene.barriers.share_beside(*sorted((d.box, o.box), key=lambda b: b.x0)) < 0.5
        for k, o in enumerate(scene.blocks)
    )


def _short_of(scene: Scene, i: int, k: int) -> float:
    """By how much a line falls short of the column under it on the side of block `k`, pixels."""
    d, o = scene.blocks[i].box, scene.blocks[k].box
    under = scene.column_round(i)
    if under is None or under.box.y0 < d.y1 - scene.em:
        return 0.0
    return max(0.0, d.x0 - under.box.x0 if o.x1 < d.cx else under.box.x1 - d.x1)
