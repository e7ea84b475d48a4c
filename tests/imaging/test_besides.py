"""Marks at the right of vertical lines, which take no room among the characters."""

from __future__ import annotations

import numpy as np

from digitise.imaging.besides import with_marks
from digitise.imaging.ground import ink_mask
from digitise.imaging.pieces import Piece
from digitise.model import Gray, Rect

from .drawing import EM, column, paper


def comma(page: Gray, x: float, y: float) -> None:
    page[round(y) : round(y) + 8, round(x) : round(x) + 5] = 20


def widened(page: Gray, *boxes: Rect) -> list[Rect]:
    return [p.box for p in with_marks([Piece(b) for b in boxes], ink_mask(page), EM)]


def test_a_line_reaches_to_the_commas_at_its_right() -> None:
    page = paper(400, 700)
    left, right = column(page, 100, 50, 18), column(page, 145, 50, 18)
    comma(page, 133, 50 + 4.9 * EM)
    comma(page, 178, 50 + 17.9 * EM)
    first, second = widened(page, left, right)
    assert first == Rect(left.x0, left.y0, 138, left.y1)
    assert second.x1 == 183 and second.y1 >= 50 + 17.9 * EM + 8


def test_stress_marks_beside_most_characters_are_no_stops() -> None:
    page = paper(400, 700)
    line = column(page, 100, 50, 18)
    for k in range(12):
        comma(page, 133, 50 + (k + 0.4) * EM)
    assert widened(page, line) == [line]


def test_strokes_of_the_next_line_are_not_taken_for_marks() -> None:
    page = paper(400, 700)
    left = column(page, 100, 50, 18)
    column(page, 136, 50, 18)
    assert widened(page, left) == [left]


def test_a_blank_strip_changes_nothing() -> None:
    page = np.full((400, 300), 250, np.uint8)
    line = column(page, 100, 50, 8)
    assert widened(page, line) == [line]


def test_a_line_reaches_to_the_comma_in_the_cell_under_its_last_character() -> None:
    page = paper(400, 700)
    line = column(page, 100, 50, 6)
    page[round(line.y1 + 6) : round(line.y1 + 16), 118:126] = 20
    (found,) = widened(page, line)
    assert line.y1 + 14 <= found.y1 <= line.y1 + 18


def test_a_character_under_a_line_is_no_mark() -> None:
    page = paper(400, 700)
    line = column(page, 100, 50, 6)
    column(page, 100, line.y1 + 4, 1)
    assert widened(page, line) == [line]


def test_a_line_that_ends_where_the_page_does_has_no_cell_under_it() -> None:
    page = paper(200, 230)
    line = column(page, 100, 50, 6)
    assert line.y1 == page.shape[0]
    assert widened(page, line) == [line]
