"""A line's box as the cells of its type, from the ink: what a text layer says of itself.

Layout compares line ends with column edges and lines with lines to tenths of an em. Ink stands
off its cell by as much: 、 fills the left third of it, 一 a strip in its middle.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..model import Gray, Rect, TextLine
from .sizing import GLYPH, is_hanzi, pitch_of

_BEFORE = {"（": 0.1, "(": 0.1, "《": 0.03, "□": 0.09, "●": 0.1}
"""White between a cell's left edge and its ink, in ems; of an opening mark's right half."""

_BEHIND = {
    "，": 0.24, "。": 0.15, "、": 0.19, "：": 0.18, "；": 0.18, "！": 0.17, "？": 0.08, "）": 0.08,
    "”": 0.04, "’": 0.04,
}  # fmt: skip
"""White between a cell's ink and its right edge, in ems; of a closing mark's left half."""

_LEAD, _TAIL = 0.06, 0.03
"""The same for hanzi and all else."""

RISE = 0.025
"""The middle of a hanzi's ink stands so far above that of its cell, in ems."""


def in_cells(line: TextLine, ink: Gray) -> TextLine:
    """The line with the size its hanzi show and the box of its cells instead of its ink.

    `ink` is the 0/255 mask under `line.box`, which is tight. Vertical lines and lines without
    two hanzi keep what they have.
    """
    if line.mode != "horizontal-tb" or ink.size == 0:
        return line
    rows = _hanzi_rows(line, ink)
    if rows is None:
        return line
    top, bottom = rows
    glyph = (bottom - top) / GLYPH
    pitch = pitch_of(line.chars, vertical=False)
    size = pitch if pitch is not None and 0.86 <= pitch / glyph <= 1.15 else glyph
    middle = line.box.y0 + (top + bottom) / 2 + RISE * size
    first, last = line.chars[0], line.chars[-1]
    box = Rect(
        max(0.0, line.box.x0 - _BEFORE.get(first.text, _LEAD) * size),
        max(0.0, middle - size / 2),
        line.box.x1 + _BEHIND.get(last.text, _TAIL) * size,
        middle + size / 2,
    )
    chars = [replace(c, box=Rect(c.box.x0, box.y0, c.box.x1, box.y1)) for c in line.chars]
    chars[0] = replace(chars[0], box=replace(chars[0].box, x0=box.x0))
    chars[-1] = replace(chars[-1], box=replace(chars[-1].box, x1=box.x1))
    return replace(line, box=box, chars=tuple(chars), size=round(size, 2))


def _hanzi_rows(line: TextLine, ink: Gray) -> tuple[float, float] | None:
    """(top, bottom) of the hanzi's ink within the line, px from its top: of most of them, as
    一 and 口 are lower."""
    hanzi = [c for c in line.chars if is_hanzi(c.text)]
    if len(hanzi) < 2:
        return None
    reach = 0.42 * min(line.size, ink.shape[0] / GLYPH)
    found = []
    for char in hanzi:
        left = max(0, round(char.box.cx - reach - line.box.x0))
        right = max(left + 1, round(char.box.cx + reach - line.box.x0))
        rows = np.flatnonzero(ink[:, left:right].max(axis=1, initial=0))
        if len(rows):
            found.append((float(rows[0]), float(rows[-1] + 1)))
    if len(found) < 2:
        return None
    tops, bottoms = np.array(found).T
    least, most = (25, 75) if len(found) >= 4 else (0, 100)
    top, bottom = float(np.percentile(tops, least)), float(np.percentile(bottoms, most))
    return (top, bottom) if bottom - top >= 0.6 * ink.shape[0] else None
