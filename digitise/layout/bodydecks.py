"""Decks in the type of the body and no bolder, as a picture of a page shows them: told from what
stands under them."""

from __future__ import annotations

from ..model import Rect
from ..text.marks import is_han
from .scene import Scene


def short_of_band(scene: Scene, i: int) -> bool:
    """Whether a line by itself, in the type of the body, ends well before the columns right under
    it do, and not with a sentence, or lies over two of them: the first line of a paragraph would
    be full and in one."""
    d = scene.blocks[i]
    if len(d.rows) > 1 or not is_han(d.text[-1:]) or not 3 <= d.chars <= 20:
        return False
    under = [
        o
        for k, o in enumerate(scene.blocks)
        if k != i
        and not o.vertical
        and o.cell == d.cell
        and len(o.rows) >= 3
        and abs(o.size / scene.em - 1) < 0.12
        and 0 < o.rows[0].box.cy - d.box.cy < 4 * scene.em
        and o.box.overlap_x(d.box) > 0.2 * d.box.width
    ]
    return bool(under) and all(
        d.box.x1 < o.box.x1 - 1.5 * scene.em
        or d.box.x0 < o.box.x0 - scene.em
        or d.box.x1 > o.box.x1 + scene.em
        for o in under
    )


def over_columns(scene: Scene, i: int, head: Rect) -> bool:
    """Whether rows of about the body's size, none of which ends a sentence, are centred under a
    headline, each by itself, over the white between two columns of the body."""
    d = scene.blocks[i]
    em = scene.em
    centred = all(
        abs(row.box.cx - head.cx) < 0.7 * em and is_han(row.text[-1:]) and 4 <= len(row.text) <= 24
        for row in d.rows
    )
    if d.font or not centred or len(d.rows) > 2 or scene.ratio(i) < 0.9:
        return False
    columns = [
        o.box
        for k, o in enumerate(scene.blocks)
        if k != i
        and not o.vertical
        and o.cell == d.cell
        and len(o.rows) >= 3
        and abs(o.size / em - 1) < 0.2  # set loosely, type is measured larger
        and 0 < o.box.y0 - d.box.y1 < 6 * em
    ]
    return any(
        a.x1 < b.x0 < a.x1 + 3.2 * em
        and abs(a.y0 - b.y0) < 0.9 * scene.lead
        and d.box.x0 < a.x1 - 1.5 * em
        and d.box.x1 > b.x0 + 1.5 * em
        for a in columns
        for b in columns
    )
