"""What on a page is read together, whatever stands beside it."""

from __future__ import annotations

from collections.abc import Sequence

from .drafts import Draft
from .scene import Scene


def ties_of(scene: Scene, drafts: Sequence[Draft]) -> list[int]:
    """What is read together: all that stands in one frame, and a label with what it stands over."""
    ties = [_cell(scene, d) for d in drafts]
    loose = len(scene.ground.cells)
    for k, label in enumerate(drafts):
        if ties[k] >= 0 or not label.members or label.members[0][1] != "column-label":
            continue
        under = [
            j
            for j, d in enumerate(drafts)
            if j != k
            and -scene.em < d.box.y0 - label.box.y1 < 3 * scene.em
            and d.box.overlap_x(label.box) > 0.5 * label.box.width
        ]
        if under:
            best = min(under, key=lambda j: drafts[j].box.y0)
            if ties[best] < 0:
                ties[best] = loose
                loose += 1
            ties[k] = ties[best]
    return ties


def _cell(scene: Scene, draft: Draft) -> int:
    for i, _, _ in draft.members:
        if i is not None:
            return scene.blocks[i].cell
    return scene.ground.cell_of(draft.box)
