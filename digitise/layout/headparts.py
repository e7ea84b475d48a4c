"""Parts of a headline that were taken for headlines of their own: they have no text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..model import bounding
from ..text.clues import is_column_label
from .flow import Chain
from .heads import Head, head_box, over_picture
from .sametype import same_height
from .scene import Scene

APART = 1.3
"""Heights of its type that two phrases of one headline stand apart in a row at most."""

PHRASED = 1.6
"""The same for two phrases of a kicker, in its own type."""

LARGER = 1.2
"""So many times larger is a headline than its kicker or deck, at least."""

OVER = 1.0
"""Sizes of the larger that one stands over the other, at most."""

BELOW = 0.9
"""The same for two rows."""


def with_head_parts(scene: Scene, chains: Sequence[Chain]) -> list[Chain]:
    """`chains` in which a headline of one row without any text has gone to one with a text that lies
    under both, with no rule between: as a phrase or a row of it, if it is set in the same type, and
    as its kicker, or with it for a deck, if it stands right over it."""
    if scene.sheet.origin != "ocr" or scene.downward:
        return list(chains)
    out = list(chains)
    for part in chains:
        if part.blocks or part.head is None or len(part.head.members) != 1 or part.head.vertical:
            continue
        if over_picture(scene, head_box(scene, part.head)):
            continue
        hosts = [
            (c, whole)
            for c in out
            if c is not part and (whole := _whole(scene, part.head, c)) is not None
        ]
        if len(hosts) == 1:
            host, whole = hosts[0]
            out[out.index(host)] = replace(host, head=whole)
            out.remove(part)
    return out


def _whole(scene: Scene, part: Head, chain: Chain) -> Head | None:
    """The head of a chain with the part that belongs to it; None where none does."""
    head = chain.head
    if head is None or head.vertical or not chain.blocks:
        return None
    (i,) = part.headline
    a = scene.blocks[i].box
    text = bounding(scene.blocks[k].box for k in chain.blocks)
    if text.overlap_x(a) < 0.5 * a.width or text.y1 < a.y1:
        return None
    if any(_goes_with(scene, i, k) for k in head.headline):
        return _joined(scene, head, part)
    if any(_next_phrase(scene, i, k) for k in head.kicker):
        phrases = sorted((*head.kicker, i), key=lambda k: scene.blocks[k].box.x0)
        return replace(head, kicker=tuple(phrases))
    if not _right_over(scene, i, head):
        return None
    size = scene.blocks[i].size / scene.blocks[head.headline[0]].size
    if size > LARGER and not head.kicker:
        return replace(head, headline=(i,), deck=(*head.headline, *head.deck))
    if size < 1 / LARGER and not head.kicker:
        return replace(head, kicker=(i,))
    return None


def _right_over(scene: Scene, i: int, head: Head) -> bool:
    """Whether a line stands right over a head, in the middle of it or flush with it."""
    a, b = scene.blocks[i], bounding(scene.blocks[k].box for k in head.headline)
    if is_column_label(a.text) > 0.6 or a.cell != scene.blocks[head.headline[0]].cell:
        return False
    size_under = scene.blocks[head.headline[0]].size
    size = max(a.size, size_under)
    flush = min(abs(a.box.cx - b.cx), abs(a.box.x0 - b.x0)) < 0.6 * size
    flush = flush or (a.size > LARGER * size_under and a.box.x0 < b.x0 and b.x1 < a.box.x1)
    near = -0.2 * size < b.y0 - a.box.y1 < OVER * size
    return flush and near and not scene.barriers.between(a.box, b)


def _goes_with(scene: Scene, i: int, j: int) -> bool:
    """Whether two blocks are phrases of one row or rows of one headline."""
    a, b = scene.blocks[i], scene.blocks[j]
    size = b.size
    if a.cell != b.cell or not same_height(a, b) or abs(a.size / size - 1) > 0.15:
        return False
    if abs(a.box.cy - b.box.cy) < 0.12 * size:
        left, right = sorted((a.box, b.box), key=lambda box: box.x0)
        gap = right.x0 - left.x1
        first = a if a.box.x0 < b.box.x0 else b
        apart = APART + (first.text.count("“") > first.text.count("”"))  # ” was not read
        return 0 < gap < apart * size and scene.barriers.share_beside(left, right) < 0.4
    upper, lower = sorted((a.box, b.box), key=lambda box: box.y0)
    gap = lower.y0 - upper.y1
    near = -0.1 * size < gap < BELOW * size and not scene.barriers.between(upper, lower)
    flush = min(abs(a.box.cx - b.box.cx), abs(a.box.x0 - b.box.x0)) < 0.6 * size
    return near and flush


def _next_phrase(scene: Scene, i: int, j: int) -> bool:
    """Whether two blocks are phrases of one row of small type: 破难题 强链条 破难题."""
    a, b = scene.blocks[i], scene.blocks[j]
    left, right = sorted((a.box, b.box), key=lambda box: box.x0)
    return (
        a.cell == b.cell
        and len(a.rows) == len(b.rows) == 1
        and same_height(a, b)
        and abs(a.box.cy - b.box.cy) < 0.12 * b.size
        and 0 < right.x0 - left.x1 < PHRASED * b.size
        and scene.barriers.share_beside(left, right) < 0.4
    )


def _joined(scene: Scene, head: Head, part: Head) -> Head:
    def place(i: int) -> tuple[int, float]:
        b = scene.blocks[i]
        return round(b.box.cy / b.size), b.box.x0

    return replace(head, headline=tuple(sorted((*head.headline, *part.headline), key=place)))
