"""Small synthetic pages for the imaging tests."""

from __future__ import annotations

import numpy as np

from digitise.model import Gray, Rect

EM = 30


def paper(width: int = 1200, height: int = 1000, level: int = 250) -> Gray:
    return np.full((height, width), level, np.uint8)


def glyph(page: Gray, x: float, y: float, size: float = EM, ink: int = 20) -> None:
    """A mark like 王 that fills 0.92 of an em at (x, y)."""
    side = round(size * 0.92)
    stroke = max(1, round(size * 0.09))
    x0, y0 = round(x + size * 0.04), round(y + size * 0.04)
    for top, width in ((0, 0.7), ((side - stroke) // 2, 0.6), (side - stroke, 0.8)):
        inset = round(side * (1 - width) / 2)
        page[y0 + top : y0 + top + stroke, x0 + inset : x0 + side - inset] = ink
    middle = x0 + (side - stroke) // 2
    page[y0 : y0 + side, middle : middle + stroke] = ink


def row(
    page: Gray, x: float, y: float, count: int, size: float = EM, pitch: float = 1.0, ink: int = 20
) -> Rect:
    """`count` glyphs in a row, `pitch` ems apart; the box of the row's em squares."""
    for i in range(count):
        glyph(page, x + i * pitch * size, y, size, ink)
    return Rect(x, y, x + (count - 1) * pitch * size + size, y + size)


def column(
    page: Gray, x: float, y: float, count: int, size: float = EM, pitch: float = 1.0
) -> Rect:
    for i in range(count):
        glyph(page, x, y + i * pitch * size, size)
    return Rect(x, y, x + size, y + (count - 1) * pitch * size + size)


def text_page(width: int = 1200, height: int = 1000) -> Gray:
    """Two columns of body type."""
    page = paper(width, height)
    per_row = int((width / 2 - 80) // EM)
    for i in range(int((height - 120) // (1.5 * EM))):
        y = 60 + i * 1.5 * EM
        row(page, 50, y, per_row - (i % 4 == 3) * 5)
        row(page, width / 2 + 20, y, per_row - (i % 5 == 2) * 7)
    return page


def around(box: Rect, other: Rect, slack: float) -> bool:
    return box.contains(other, slack) and other.contains(box, slack)
