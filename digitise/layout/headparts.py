"""Parts of a headline that were taken for headlines of their own: they have no text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..model import bounding
from .flow import Chain
from .heads import Head, head_box, over_picture
from .sametype import same_height
from .scene import Scene

APART = 1.3
"""Heights of its type that two phrases of one headline stand apart in a row at most."""

BELOW = 0.9
"""The same for two rows."""


def with_head_parts(scene: Scene, chains: Sequence[Chain]) -> list[Chain]:
    """`chains` in which a headline of one row without any text has gone to the one beside, under or
    over it: set in the same type, no rule between, and with that one's text under both."""
    if scene.sheet.origin != "ocr" or scene.downward:
        return list(chains)
    out = list(chains)
    for part in chains:
        if part.blocks or part.head is None or len(part.head.members) != 1 or part.head.vertical:
            continue
        if over_picture(scene, head_box(scene, part.head)):
            continue
        hosts = [c for c in out if c is not part and _is_host(scene, part.head, c)]
        if len(hosts) == 1:
            (host,) = hosts
            assert host.head is not None
            joined = _joined(scene, host.head, part.head)
            out[out.index(host)] = replace(host, head=joined)
            out.remove(part)
    return out


def _is_host(scene: Scene, part: Head, chain: Chain) -> bool:
    head = chain.head
    if head is None or head.vertical or not chain.blocks:
        return False
    piece = scene.blocks[part.headline[0]]
    a = piece.box
    text = bounding(scene.blocks[i].box for i in chain.blocks)
    if text.overlap_x(a) < 0.5 * a.width or text.y1 < a.y1:
        return False
    return any(_goes_with(scene, part.headline[0], i) for i in head.headline)


def _goes_with(scene: Scene, i: int, j: int) -> bool:
    """Whether two blocks are phrases of one row or rows of one headline."""
    a, b = scene.blocks[i], scene.blocks[j]
    size = b.size
    if a.cell != b.cell or not same_height(a, b) or abs(a.size / size - 1) > 0.15:
        return False
    if abs(a.box.cy - b.box.cy) < 0.12 * size:
        left, right = sorted((a.box, b.box), key=lambda box: box.x0)
        gap = right.x0 - left.x1
        return 0 < gap < APART * size and scene.barriers.share_beside(left, right) < 0.4
    upper, lower = sorted((a.box, b.box), key=lambda box: box.y0)
    gap = lower.y0 - upper.y1
    near = -0.1 * size < gap < BELOW * size and not scene.barriers.between(upper, lower)
    flush = min(abs(a.box.cx - b.box.cx), abs(a.box.x0 - b.box.x0)) < 0.6 * size
    return near and flush


def _joined(scene: Scene, head: Head, part: Head) -> Head:
    def place(i: int) -> tuple[int, float]:
        b = scene.blocks[i]
        return round(b.box.cy / b.size), b.box.x0

    return replace(head, headline=tuple(sorted((*head.headline, *part.headline), key=place)))
