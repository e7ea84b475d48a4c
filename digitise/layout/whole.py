"""Pieces of a body that stand right under each other become one region again."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Rect, RegionKind
from .blocks import make_block
from .scene import Scene

Member = tuple[int | None, RegionKind, Rect]


def whole_bands(scene: Scene, members: Sequence[Member]) -> list[Member]:
    """`members` of an article of a page set downwards, each stretch of its body that stands in one
    band made one. There a block ends where a line falls short or a mark was missed, and the next
    begins in the next line; to the eye it is one."""
    if not scene.downward:
        return list(members)
    out: list[Member] = []
    for member in members:
        last = out[-1] if out else None
        if (
            last is None
            or last[1] != "body"
            or member[1] != "body"
            or not _goes_on(scene, last, member)
        ):
            out.append(member)
            continue
        assert last[0] is not None and member[0] is not None
        a, b = scene.blocks[last[0]], scene.blocks[member[0]]
        joined = make_block((*a.rows, *b.rows), a.cell)
        scene.blocks.append(joined)
        out[-1] = (len(scene.blocks) - 1, "body", joined.box)
    return out


def _goes_on(scene: Scene, a: Member, b: Member) -> bool:
    """Whether piece `b` begins in the line after piece `a`, in the turned frame."""
    if a[0] is None or b[0] is None:
        return False
    first, second = scene.blocks[a[0]], scene.blocks[b[0]]
    up, low = first.box, second.box
    if first.vertical or second.vertical or first.cell != second.cell:
        return False
    if not 0.8 < first.size / second.size < 1.25:
        return False
    gap = low.y0 - up.y1
    if not -1.5 * scene.em < gap < 1.3 * scene.lead or low.cy < up.cy:
        return False
    shared = up.overlap_x(low)
    return shared > 0.6 * min(up.width, low.width) and abs(up.x0 - low.x0) < 3.2 * scene.em
