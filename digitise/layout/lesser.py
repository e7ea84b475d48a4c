"""Labels whose bar was not seen: told from headlines by the company they keep.

On a scan a label's dark or tinted bar can be lost. What is left is a short line of small display
type standing over, or at the shoulder of, a headline much larger than itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..text.clues import is_column_label
from .flow import Chain
from .heads import Head, head_box, over_picture
from .scene import Scene

NAMED = 0.8  # of how far words look like a label's: from here on they do wherever they stand
LARGEST = 2.4
FAR_SMALLER = 0.66


def without_labels(scene: Scene, heads: Sequence[Head]) -> list[Head]:
    """`heads` of a scan without those that are labels; these are entered in `scene.kind`."""
    if scene.sheet.origin != "ocr":
        return list(heads)
    kept = []
    for head in heads:
        if _may_be_label(scene, head) and any(
            _stands_at(scene, head, other) for other in heads if other is not head
        ):
            for i in head.members:
                scene.kind[i] = "column-label"
        else:
            kept.append(head)
    return kept


def _may_be_label(scene: Scene, head: Head) -> bool:
    if head.vertical or head.kicker or head.deck or head.byline or len(head.headline) > 1:
        return False
    b = scene.blocks[head.headline[0]]
    return (
        len(b.rows) == 1
        and 3 <= b.chars <= 9
        and 1.3 < scene.ratio(head.headline[0]) < LARGEST
        and is_column_label(b.text) >= 0.5
        and not over_picture(scene, b.box)
    )


def _stands_at(scene: Scene, label: Head, head: Head) -> bool:
    """Whether a head is the much larger one that a label belongs with: right over it, or right
    under it, or beginning level with it in the same frame."""
    small, large = scene.blocks[label.headline[0]], scene.blocks[head.headline[0]]
    if large.cell != small.cell or small.size > FAR_SMALLER * large.size or large.vertical:
        return False
    a, b = small.box, head_box(scene, head)
    em = scene.em
    named = is_column_label(small.text) >= NAMED
    if not named and any(
        len(o.rows) >= 3
        and o.box.overlap_x(a) > 0.8 * a.width
        and -em < o.box.y0 - a.y1 < 3 * em
        and o.box.y0 < b.y1 - em
        for o in scene.blocks
    ):
        return False  # a title over its own text, which begins beside the head
    inside = a.x0 > b.x0 - 3 * em and a.x1 < b.x1 + 3 * em
    under = -em < a.y0 - b.y1 < 3 * em and inside
    over = -em < b.y0 - a.y1 < 4 * em and (inside or abs(a.x1 - b.x0) < 8 * em)
    level = abs(a.cy - b.cy) < 4 * em and 0 < b.x0 - a.x1 < 14 * em
    level = level and scene.barriers.share_beside(a, b) < 0.5  # not another column's
    return under or over or level


def bare_labels(scene: Scene, chains: Sequence[Chain]) -> list[Chain]:
    """`chains` without heads that have no body and stand right over another head, or are worded
    like a label: these are entered in `scene.kind`. What stands over a picture is its title."""
    if scene.sheet.origin != "ocr":
        return list(chains)
    heads = [c.head for c in chains if c.head is not None]
    kept = []
    for chain in chains:
        head = chain.head
        if chain.blocks or head is None or not _short(scene, head):
            kept.append(chain)
            continue
        box = head_box(scene, head)
        if over_picture(scene, box):
            kept.append(chain)
            continue
        below = any(
            -scene.em < head_box(scene, h).y0 - box.y1 < 5 * scene.em
            and head_box(scene, h).overlap_x(box) > 0.6 * box.width
            for h in heads
            if h is not head
        )
        if below or is_column_label(scene.blocks[head.headline[0]].text) >= 0.5:
            for i in head.members:
                scene.kind[i] = "column-label"
        else:
            kept.append(chain)
    return kept


def _short(scene: Scene, head: Head) -> bool:
    b = scene.blocks[head.headline[0]]
    return (
        not head.vertical
        and len(head.members) == 1
        and len(b.rows) == 1
        and b.chars <= 14
        and scene.ratio(head.headline[0]) < LARGEST
    )
