"""Headlines of two rows each, side by side with little white between them."""

from __future__ import annotations

import pytest

from digitise.imaging.ground import ink_mask
from digitise.imaging.inkwork import inks_of
from digitise.imaging.linecut import rows_to_lines
from digitise.imaging.pieces import Piece

from .drawing import EM, paper, row

LARGE = 4.0 * EM
SMALL = 0.83 * LARGE


@pytest.mark.parametrize(("lower", "rows", "parts"), [(0.2, 2, 3), (0.2, 1, 1), (0.0, 2, 2)])
def test_a_smaller_row_off_the_level_of_a_larger_one(lower: float, rows: int, parts: int) -> None:
    """What begins right after a row is another headline's where it lies on another level; a row that
    lies level goes on, and so does one that has no second row."""
    page = paper(1800)
    y = 400.0
    boxes = [row(page, 60, y - 1.5 * SMALL, 4, SMALL, 1.2)] if rows == 2 else []
    left = row(page, 60, y, 4, SMALL, 1.2)
    top = left.cy - lower * LARGE - LARGE / 2
    right = row(page, left.x1 + 0.2 * LARGE, top, 6, LARGE, 1.05)
    inks = inks_of(ink_mask(page, EM), EM)
    found = [p.box for p in rows_to_lines([Piece(b) for b in (*boxes, left, right)], inks, EM, ())]
    assert len(found) == parts
    ends = [b for b in found if b.overlap_y(left) > 0.5 * left.height and b.x0 < left.cx]
    assert all((b.x1 < right.x0) == (parts == 3) for b in ends)


@pytest.mark.parametrize(("white", "parts"), [(1.3, 1), (2.3, 2)])
def test_a_spaced_headline_goes_on_over_the_white_of_a_colon(white: float, parts: int) -> None:
    """`white` against that between the letters; under it is the gutter of the text."""
    page = paper(2400)
    size, pitch = 4.0 * EM, 2.1
    left = row(page, 100, 200, 4, size, pitch)
    right = row(page, left.x1 + white * (pitch - 1) * size, 200, 4, size, pitch)
    for k in range(8):
        for x0, x1 in ((100.0, left.x1), (right.x0, right.x1)):
            row(page, x0, 400 + 45 * k, int((x1 - x0) / EM))
    inks = inks_of(ink_mask(page, EM), EM)
    assert len(rows_to_lines([Piece(left), Piece(right)], inks, EM, ())) == parts
