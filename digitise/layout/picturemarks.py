"""Strokes of a picture that a recogniser took for type."""

from __future__ import annotations

from .scene import Scene

FEW = 3
"""Characters that may be read in the strokes of a drawing; a title let into it has more."""

LARGE = 1.3
"""Body ems: captions are no larger."""


def mark_picture_marks(scene: Scene) -> None:
    """What was read on a scan inside a picture that stands in no frame, a few large characters:
    part of that picture and no text of the page. Enters them in `scene.kind` and
    `scene.drawn_in`."""
    if scene.sheet.origin != "ocr":
        return
    for i in scene.free():
        b = scene.blocks[i]
        if b.cell >= 0 or b.chars > FEW or scene.ratio(i) < LARGE:
            continue
        for p, picture in enumerate(scene.pictures):
            if b.box.overlap(picture.box) > 0.9 * b.box.area:
                scene.kind[i] = "other"
                scene.drawn_in[i] = p
                break
