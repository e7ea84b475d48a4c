"""Markers of jumps on lines of their own, counted to the column they stand over or under.

Set in a face of its own, （上接第一版） is no line of the text under it, but it is where that column
begins: the next column is level with it.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Rect
from ..text.jumps import find_jumps, is_marker
from .blocks import Block, make_block

FAR = 1.0
"""Leadings of white, at most, between a marker and its column."""

ASIDE = 4.0
"""Ems that a marker may be set in."""


def with_own_markers(blocks: Sequence[Block], em: float, lead: float) -> list[Block]:
    """`blocks` with each of one line that is nothing but a marker put to the column it opens or
    ends. `lead`: the usual leading, in pixels."""
    out = list(blocks)
    for block in blocks:
        direction = _direction(block)
        near = [o for o in out if o is not block and _of_column(o, block, em)]
        if direction == "from":
            under = [
                o
                for o in near
                if _gap(block.box, o.box, em) < FAR * lead
                and o.box.x0 - em < block.box.x0 < o.box.x0 + ASIDE * em
                and block.box.x1 < o.box.x1 + em
            ]
            own = min(under, key=lambda o: o.box.y0, default=None)
        elif direction == "to":
            over = [
                o
                for o in near
                if _gap(o.box, block.box, em) < FAR * lead
                and block.box.x0 > o.box.x0 - em
                and block.box.x1 < o.box.x1 + em
            ]
            own = max(over, key=lambda o: o.box.y1, default=None)
        else:
            continue
        if own is None:
            continue
        rows = (*block.rows, *own.rows) if direction == "from" else (*own.rows, *block.rows)
        out[out.index(own)] = make_block(rows, own.cell, own.box.union(block.box))
        out.remove(block)
    return out


def _direction(block: Block) -> str:
    if block.vertical or len(block.rows) != 1 or not is_marker(block.text):
        return ""
    found = {jump.direction for jump in find_jumps(block.text)}
    return found.pop() if len(found) == 1 else ""


def _of_column(column: Block, marker: Block, em: float) -> bool:
    return (
        not column.vertical
        and column.cell == marker.cell
        and 0.85 < column.size / em < 1.2
        and column.box.width > 1.2 * marker.box.width
        and not is_marker(column.text)
    )


def _gap(over: Rect, under: Rect, em: float) -> float:
    """White between two boxes, the second under the first; endless where it is not."""
    gap = under.y0 - over.y1
    return gap if gap > -0.5 * em else float("inf")
