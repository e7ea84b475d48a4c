"""Which characters a reader sees: not those drawn invisible, covered, cut away by a clip, or
white on white."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..model import Gray
from .drawings import Drawings, Fill
from .glyphs import Glyph

_LIGHT = 0.93

_STEP = 5
"""Grey levels between two neighbouring pixels of the page as drawn that are print."""

_INSIDE = 0.06
"""How far inside a character's cell print is looked for, in ems: rules and neighbours touch it."""

_LOW = frozenset("_‗＿")


def visible(
    glyphs: Sequence[Glyph], drawings: Drawings, look: Gray, scale: float
) -> tuple[list[Glyph], int]:
    """The characters that show, and how many (blanks not counted) do not. `look` is the page as
    it is drawn, `scale` times the size of the sheet."""
    fills = [f for f in drawings.fills if f.opacity > 0.9]
    shown: list[Glyph] = []
    dropped = 0
    boxes = np.array([(f.box.x0, f.box.y0, f.box.x1, f.box.y1) for f in fills]).reshape(-1, 4)
    images = np.array([(b.x0, b.y0, b.x1, b.y1) for b in drawings.images]).reshape(-1, 4)
    for glyph, printed in zip(glyphs, _printed(glyphs, look, scale), strict=True):
        if glyph.blank:
            shown.append(glyph)
        elif glyph.hidden or not printed or not _shows(glyph, fills, boxes, images):
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


def _printed(glyphs: Sequence[Glyph], look: Gray, scale: float) -> np.ndarray:
    """Whether anything at all is drawn in the cell of each character."""
    if not glyphs:
        return np.zeros(0, bool)
    edge = np.zeros(look.shape, np.int32)
    tone = look.astype(np.int16)
    edge[:, 1:] += np.abs(np.diff(tone, axis=1)) >= _STEP
    edge[1:] += np.abs(np.diff(tone, axis=0)) >= _STEP
    height, width = look.shape
    sums = np.zeros((height + 1, width + 1), np.int32)
    sums[1:, 1:] = edge.cumsum(axis=0).cumsum(axis=1)
    cells = [glyph.cell.grow(-_INSIDE * glyph.size) for glyph in glyphs]
    box = np.array([(c.x0, c.y0, c.x1, c.y1) for c in cells]) * scale
    x0, x1 = (np.clip(v, 0, width).astype(np.intp) for v in (np.ceil(box[:, 0]), box[:, 2]))
    y0, y1 = (np.clip(v, 0, height).astype(np.intp) for v in (np.ceil(box[:, 1]), box[:, 3]))
    # A cell of a pixel or two says nothing, nor does one under which its print lies.
    tiny = (x1 - x0 < 3) | (y1 - y0 < 3) | np.array([glyph.text in _LOW for glyph in glyphs])
    x1, y1 = np.maximum(x0, x1), np.maximum(y0, y1)
    inked = sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0]
    found: np.ndarray = tiny | (inked > 0)
    return found
