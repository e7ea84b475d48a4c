"""The rest of captions: rows over, beside and under the part of one that has been found."""

from __future__ import annotations

from ..text.clues import credit_score
from ..text.jumps import is_marker
from .blocks import UNSURE
from .captionrows import goes_on_beside
from .scene import Scene

CLOSE = 0.8
"""Em: the rows of a caption lie no further apart."""


def mark_rest_of_captions(scene: Scene) -> None:
    """The rows of captions, of which a part is in `scene.kind`, that are blocks of their own."""
    for _ in range(2):
        for i in scene.free():
            for j in [j for j, kind in scene.kind.items() if kind == "caption"]:
                if j in scene.caption_of and _of_one(scene, i, j):
                    scene.kind[i] = "caption"
                    scene.caption_of[i] = scene.caption_of[j]
                    break


def _of_one(scene: Scene, i: int, j: int) -> bool:
    """Whether free block `i` is part of the caption to which block `j` belongs."""
    b, c = scene.blocks[i], scene.blocks[j]
    picture = scene.pictures[scene.caption_of[j]].box
    if goes_on_beside(b, c, picture, scene.em) or _begins(scene, i, j):
        return True
    return (
        -0.4 * scene.em < b.box.y0 - c.box.y1 < CLOSE * scene.em
        and not is_marker(b.text)
        and b.box.overlap_x(c.box) > 0.5 * b.box.width
        and len(b.rows) <= 2
        and b.cell == c.cell
        and _tail(scene, i, j)
    )


def _begins(scene: Scene, i: int, j: int) -> bool:
    """Whether block `i` is the first row of caption `j`, between it and the picture over it. On
    a scan the size of a short row is uncertain, and so it may stand apart from the rest."""
    b, c = scene.blocks[i], scene.blocks[j]
    picture = scene.pictures[scene.caption_of[j]].box
    inside = b.box.x0 > picture.x0 - scene.em and b.box.x1 < picture.x1 + scene.em
    return (
        b.font == ""
        and len(b.rows) == 1
        and not b.vertical
        and b.reversed == c.reversed
        and 1 / UNSURE < b.size / c.size < UNSURE
        and -0.6 * scene.em < b.box.y0 - picture.y1 < CLOSE * scene.em
        and -0.4 * scene.em < c.box.y0 - b.box.y1 < CLOSE * scene.em
        and inside
        and b.box.overlap_x(c.box) > 0.5 * min(b.box.width, c.box.width)
        and b.cell == c.cell
        and not is_marker(b.text)
    )


def _tail(scene: Scene, i: int, j: int) -> bool:
    """Whether block `i`, right under caption `j`, is the rest of it or its credit."""
    b, c = scene.blocks[i], scene.blocks[j]
    if abs(b.size / c.size - 1) < 0.12 and (
        credit_score(b.text) >= 0.5 or (b.font != "" and b.font == c.font != scene.body_font)
    ):
        return True
    # the last few characters of a caption, too short for their size to be known
    return (
        b.font == ""
        and b.chars <= 12
        and b.box.x0 > c.box.x0 - 0.6 * scene.em
        and b.box.x1 < c.box.x1
        and b.box.height < 1.3 * c.rows[-1].box.height
    )
