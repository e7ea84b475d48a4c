"""Titles of papers that knew no display type: a few characters of the body's own, set in from the top
of a column that is theirs alone, between columns of running text."""

from __future__ import annotations

from ..model import Rect
from .scene import Scene

LONG = 20.0
"""Ems that the columns are long at least: in short bands the end of a paragraph looks the same."""

CHARS = (2, 12)
"""Characters of such a title."""

INDENT = (2.5, 10.0)
"""Ems it is set in: paragraphs are by two at most, signatures stand at the foot."""

ALONE = 0.5
"""Share of its column that it fills at most, its indent counted."""

SIZE = (0.85, 1.2)
"""Times the body's size."""

STOPS = frozenset("、，。；：")


def set_in_titles(scene: Scene) -> list[int]:
    """Blocks of a page set downwards, here turned so that its columns run across, that are such
    titles."""
    if not scene.downward:
        return []
    return [i for i in scene.free() if _is_title(scene, i)]


def _is_title(scene: Scene, i: int) -> bool:
    b = scene.blocks[i]
    if b.vertical or len(b.rows) != 1 or not CHARS[0] <= b.chars <= CHARS[1]:
        return False
    if not SIZE[0] < scene.ratio(i) < SIZE[1] or set(b.text) & STOPS:
        return False
    column = _column_under(scene, i)
    if column is None or column.width < LONG * scene.em:
        return False
    indent = (b.box.x0 - column.x0) / scene.em
    end = b.box.x1 - column.x0
    return INDENT[0] <= indent <= INDENT[1] and end <= ALONE * column.width


def _column_under(scene: Scene, i: int) -> Rect | None:
    """The running text that begins right under a block, no rule between; None where none does."""
    b = scene.blocks[i].box
    under = [
        o.box
        for j, o in enumerate(scene.blocks)
        if j != i
        and scene.is_running(j)
        and -0.5 * scene.em < o.box.y0 - b.y1 < 1.5 * scene.em
        and o.box.overlap_x(b) > 0.9 * b.width
        and not scene.barriers.between(b, o.box)
    ]
    return min(under, key=lambda box: box.y0, default=None)
