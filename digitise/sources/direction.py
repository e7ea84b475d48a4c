"""Which characters are written downwards, where the font does not say so.

A page made by a program that places each character by itself holds vertical headlines and
columns as upright glyphs stacked on one another: a unit whose nearest equal neighbour is above
or below rather than beside it is part of a vertical line.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from ..model import Rect
from .units import Unit, gap, rows, unit

_WIDEST = 1.3  # em: a word set across a vertical line (12月) is no wider than this
_FARTHEST = 3.2  # em: pitch of the most widely spaced headline less the character itself
_DRAWN_NEXT = 0.2  # em: how much nearer the character counts that was drawn next


def split_vertical(units: Sequence[Unit], walls: Sequence[Rect]) -> tuple[list[Unit], list[Unit]]:
    """Horizontal units, and vertical ones measured along y."""
    beside = _nearest(rows(units), walls, False)
    narrow = [u for u in units if u.box.width <= _WIDEST * u.size]
    # An index by the word's first glyph: orders are unique on a page.
    turned = [unit(u.glyphs, True) for u in narrow]
    columns = rows(turned)
    stacked = _nearest(columns, walls, True)
    votes = {
        u.first_order
        for u in turned
        if stacked[u.first_order] <= _FARTHEST
        and stacked[u.first_order] < beside[u.first_order] - 0.12
    }
    votes |= {u.first_order for column in columns for u in _between_votes(column, votes)}
    vertical: dict[int, Unit] = {}
    for column in columns:
        run: list[Unit] = []
        for item in [*column, None]:
            if (
                item is not None
                and item.first_order in votes
                and (not run or _linked(run[-1], item, walls))
            ):
                run.append(item)
                continue
            if _is_line(run):
                vertical.update((u.first_order, u) for u in run)
            run = [item] if item is not None and item.first_order in votes else []
    horizontal = [u for u in units if u.first_order not in vertical]
    return horizontal, list(vertical.values())


def _between_votes(column: Sequence[Unit], votes: set[int]) -> list[Unit]:
    """Units of a column in an even row with one over and one under them that stand in a
    vertical line: a mark of the line beside made them look like part of a horizontal one."""
    return [
        item
        for upper, item, lower in zip(column, column[1:], column[2:], strict=False)
        if item.first_order not in votes
        and not item.latin
        and upper.first_order in votes
        and lower.first_order in votes
        and max(gap(upper, item), gap(item, lower)) <= _FARTHEST
        and abs(gap(upper, item) - gap(item, lower)) < 0.1
        and abs(upper.size - item.size) < 0.05 * item.size
        and abs(lower.size - item.size) < 0.05 * item.size
    ]


def _is_line(run: Sequence[Unit]) -> bool:
    if len(run) < 2:
        return False
    # Lone numerals above one another are a list or a table, not a vertical line.
    return any(not u.latin for u in run)


def _linked(upper: Unit, lower: Unit, walls: Sequence[Rect]) -> bool:
    return gap(upper, lower) <= _FARTHEST and not _walled(upper, lower, walls, True)


def _nearest(
    lines: Sequence[Sequence[Unit]], walls: Sequence[Rect], vertical: bool
) -> dict[int, float]:
    """Distance in em from each unit to the nearer of its two neighbours in its row; one that
    was drawn just before or after counts as a little nearer."""
    near: dict[int, float] = {}
    for line in lines:
        for item in line:
            near.setdefault(item.first_order, math.inf)
        for left, right in itertools.pairwise(line):
            distance = gap(left, right)
            if distance > _FARTHEST or _walled(left, right, walls, vertical):
                continue
            if right.first_order - left.last_order == 1:
                distance -= _DRAWN_NEXT
            for item in (left, right):
                near[item.first_order] = min(near[item.first_order], distance)
    return near


def _walled(left: Unit, right: Unit, walls: Sequence[Rect], vertical: bool) -> bool:
    """Whether a ruling line stands between two neighbours."""
    if gap(left, right) < 0.2:
        return False
    low, high = left.end - 0.1 * left.size, right.start + 0.1 * right.size
    for wall in walls:
        if vertical:
            across = wall.x0 <= left.box.cx <= wall.x1
            middle = wall.cy
        else:
            across = wall.y0 <= left.box.cy <= wall.y1
            middle = wall.cx
        if across and low <= middle <= high:
            return True
    return False


walled = _walled
