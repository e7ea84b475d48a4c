"""Heads of lines set downwards that a detector took for a row."""

from __future__ import annotations

import numpy as np

from digitise.imaging.columnheads import is_set_down, with_colons, with_heads
from digitise.imaging.inkwork import inks_of
from digitise.imaging.pieces import Piece
from digitise.model import Gray, Rect

from .drawing import EM, column, paper, row

STEP = 1.7 * EM
TOP = 100.0


def dealt(page: Gray, boxes: list[Rect]) -> list[Rect]:
    ink = np.where(page < 128, 255, 0).astype(np.uint8)
    return [p.box for p in with_heads([Piece(b) for b in boxes], inks_of(ink, EM), EM)]


def columns(page: Gray, count: int, gap_in: int | None = None) -> list[Rect]:
    """`count` columns of twelve characters, from left to right; that of `gap_in` without its third."""
    out = []
    for i in range(count):
        x = 100 + i * STEP
        out.append(column(page, x, TOP, 12))
        if i == gap_in:
            page[round(TOP + 2 * EM) : round(TOP + 4 * EM), round(x) : round(x + EM)] = 250
    return out


def test_a_box_over_the_heads_of_columns_is_dealt_out() -> None:
    page = paper()
    whole = columns(page, 5)
    found = [Rect(b.x0, b.y0 + 2 * EM, b.x1, b.y1) for b in whole]
    heads = Rect(whole[1].x0 - 3, TOP - 3, whole[3].x1 + 3, TOP + 2 * EM)
    found[0], found[4] = whole[0], whole[4]
    got = dealt(page, [heads, *found])
    assert len(got) == 5
    assert max(b.y0 for b in got) < TOP + 5


def test_a_row_over_columns_whose_characters_keep_no_columns_stays() -> None:
    page = paper()
    whole = columns(page, 5)
    for box in whole[1:4]:
        page[round(TOP) : round(TOP + 2 * EM), round(box.x0) : round(box.x1)] = 250
    line = row(page, whole[1].x0, TOP, 4, EM, 1.1)
    heads = Rect(line.x0 - 3, TOP - 3, line.x1 + 3, TOP + EM + 3)
    found = [Rect(b.x0, b.y0 + 2 * EM, b.x1, b.y1) for b in whole[1:4]]
    assert heads in dealt(page, [whole[0], *found, whole[4], heads])


def test_a_column_parted_at_a_mark_is_one_where_its_neighbours_run_past() -> None:
    page = paper()
    whole = columns(page, 3, gap_in=1)
    split = whole[1]
    upper = Rect(split.x0, split.y0, split.x1, TOP + 2 * EM)
    lower = Rect(split.x0, TOP + 4 * EM, split.x1, split.y1)
    assert len(dealt(page, [whole[0], upper, lower, whole[2]])) == 3


def test_columns_of_two_bands_stay_apart() -> None:
    page = paper()
    upper = [column(page, 100 + i * STEP, TOP, 3) for i in range(3)]
    lower = [column(page, 100 + i * STEP, TOP + 5 * EM, 12) for i in range(3)]
    assert len(dealt(page, [*upper, *lower])) == 6


def parts_of_headline(colon: bool) -> list[Rect]:
    """A headline set downwards in two parts, with a box over the white between them."""
    page = paper()
    size = 3.4 * EM
    upper = column(page, 300, 100, 2, size)
    lower = column(page, 300, upper.y1 + size, 4, size)
    if colon:
        middle = round(upper.y1 + size / 2)
        page[middle - 6 : middle + 6, 320:332] = page[middle - 6 : middle + 6, 370:382] = 20
    ink = np.where(page < 128, 255, 0).astype(np.uint8)
    over = Rect(upper.x0 - 5, upper.y1 - 10, upper.x1 + 5, lower.y0 + 20)
    pieces = [Piece(b) for b in (upper, over, lower)]
    return [p.box for p in with_colons(pieces, inks_of(ink, EM), EM)]


def test_a_vertical_headline_goes_on_behind_its_colon() -> None:
    assert len(parts_of_headline(colon=True)) == 1


def test_two_headlines_one_under_the_other_stay_two() -> None:
    assert len(parts_of_headline(colon=False)) == 3


def test_a_page_of_columns_is_told_from_one_with_a_box_of_them() -> None:
    whole = [Piece(b) for b in columns(paper(), 5)]
    rows = [Piece(Rect(100, 600 + 40 * k, 500, 630 + 40 * k)) for k in range(6)]
    assert is_set_down(whole, EM)
    assert not is_set_down([*whole, *rows], EM)
