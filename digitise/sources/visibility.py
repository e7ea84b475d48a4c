"""Which characters a reader sees: not those drawn invisible, covered, or white on white."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .drawings import Drawings, Fill
from .glyphs import Glyph
from .pdf import Frame

_LIGHT = 0.93


def visible(glyphs: Sequence[Glyph], drawings: Drawings, frame: Frame) -> tuple[list[Glyph], int]:
    """The characters that show, and how many (blanks not counted) do not."""
    del frame
    fills = [f for f in drawings.fills if f.opacity > 0.9]
    shown: list[Glyph] = []
    dropped = 0
    boxes = np.array([(f.box.x0, f.box.y0, f.box.x1, f.box.y1) for f in fills]).reshape(-1, 4)
    images = np.array([(b.x0, b.y0, b.x1, b.y1) for b in drawings.images]).reshape(-1, 4)
    for glyph in glyphs:
        if glyph.blank:
            shown.append(glyph)
        elif glyph.hidden or not _shows(glyph, fills, boxes, images):
            dropped += 1
        else:
            shown.append(glyph)
    return shown, dropped


def _shows(glyph: Glyph, fills: Sequence[Fill], boxes: np.ndarray, images: np.ndarray) -> bool:
    x, y = glyph.cell.cx, glyph.cell.cy
    under: Fill | None = None
    if len(fills):
        hit = (boxes[:, 0] <= x) & (x < boxes[:, 2]) & (boxes[:, 1] <= y) & (y < boxes[:, 3])
        for i in np.flatnonzero(hit):
            fill = fills[int(i)]
            if fill.layer > glyph.layer:
                return False
            if under is None or fill.layer >= under.layer:
                under = fill
    if glyph.ink < _LIGHT:
        return True
    if under is not None and under.ink < _LIGHT - 0.08:
        return True
    # Light type on a picture shows; on bare paper it does not.
    on_image = (images[:, 0] <= x) & (x < images[:, 2]) & (images[:, 1] <= y) & (y < images[:, 3])
    return bool(on_image.any())
