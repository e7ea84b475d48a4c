"""Pieces of lines: what a supposed vertical one is made of."""

from __future__ import annotations

from digitise.imaging.pieces import made_of_ends
from digitise.model import Rect

ROWS = [Rect(100, 100 + 48 * k, 700, 130 + 48 * k) for k in range(4)]


def test_first_characters_of_lines_under_each_other_are_no_vertical_line() -> None:
    for first, last in ((0, 3), (1, 2), (2, 2)):
        box = Rect(100, ROWS[first].y0, 130, ROWS[last].y1)
        assert made_of_ends(box, ROWS), (first, last)


def test_a_vertical_headline_beside_lines_or_with_one_across_it_stays() -> None:
    assert not made_of_ends(Rect(720, 100, 750, 274), ROWS)
    assert not made_of_ends(Rect(100, 100, 130, 500), ROWS[:2])
    # two columns of two characters, which were also found as two rows
    assert not made_of_ends(
        Rect(100, 100, 130, 178), [Rect(100, y, 178, y + 30) for y in (100, 148)]
    )
