"""Boxes of large type that a detector ran together."""

from __future__ import annotations

from digitise.imaging.pieces import Piece
from digitise.imaging.tangles import untangled
from digitise.model import Rect

from .drawing import EM, around, column, paper, row
from .test_linecut import inks, lines


def test_two_headlines_in_one_box_are_parted() -> None:
    page = paper()
    rows = [row(page, 100, y, 8, 100.0, 1.1) for y in (300, 430)]
    found = untangled([Piece(rows[0].union(rows[1]).grow(60))], inks(page), EM)
    assert [around(p.box, r, 15) for p, r in zip(found, rows, strict=True)] == [True, True]


def test_boxes_across_two_vertical_headlines_are_untangled() -> None:
    page = paper()
    big = 80.0
    left = column(page, 300, 100, 5, big, 1.15)
    right = column(page, 430, 100, 4, big, 1.15)
    messy = [Rect(295, 95, 515, 290), Rect(295, 240, 515, 480), Rect(295, 400, 400, 560)]
    found = untangled([Piece(b) for b in messy], inks(page), EM)
    boxes = [p.box for p in found]
    assert any(around(b, left, 10) for b in boxes)
    assert any(around(b, right, 10) for b in boxes)


def test_boxes_across_two_vertical_headlines_are_no_small_type_beside_the_second() -> None:
    """A box down the second line, and boxes across both that reach into it by half a character."""
    page = paper()
    size = 4 * EM
    left = column(page, 300, 100, 4, size, 1.1)
    right = column(page, 300 + 1.4 * size, 100, 4, size, 1.1)
    half = right.x0 + 0.4 * size
    rows = [90 + 1.1 * size * k for k in range(4)]
    boxes = [Rect(290, y, half, y + size) for y in rows]
    boxes.append(Rect(left.x1 + 0.1 * size, 90, right.x1 + 0.2 * size, right.y1 + 10))
    found = [p.box for p in untangled([Piece(b) for b in boxes], inks(page), EM)]
    assert [around(b, c, 18) for b, c in zip(found, (left, right), strict=True)] == [True, True]


def test_a_box_round_two_vertical_headlines_is_cut_though_a_deck_is_set_beside_them() -> None:
    page = paper()
    size = 3.4 * EM
    deck = column(page, 300, 112, 10, 1.6 * EM, 0.92).grow(6)
    lines = [column(page, x, 110, 4, size, 1.15) for x in (400, 400 + 1.4 * size)]
    boxes = [Rect(290, 90, lines[1].x1 + 60, lines[1].y1 + 40), deck]
    found = [p.box for p in untangled([Piece(b) for b in boxes], inks(page), EM)]
    assert all(any(around(b, one, 14) for b in found) for one in lines)


def test_a_box_round_vertical_headlines_gives_back_what_it_took_of_the_column_beside() -> None:
    page = paper(1400, 1000)
    size = 3.4 * EM
    for x in (200, 200 + 1.4 * size):
        column(page, x, 150, 5, size)
    left = 200 + 2.8 * size
    text = [row(page, left + (2 * EM if k % 4 == 1 else 0), 130 + 45 * k, 15) for k in range(12)]
    whole = Rect(190, 140, left + 2.5 * EM, 160 + 5 * size)
    pieces = [Piece(whole), *map(Piece, text)]
    freed = [p.box for p in untangled(pieces, inks(page), EM) if p.box not in text]
    assert freed and all(box.x1 <= left for box in freed)
    found = lines(page, [p.box for p in untangled(pieces, inks(page), EM)])
    assert sum(any(around(box, line, 6) for box in found) for line in text) == len(text)


def test_a_letter_spaced_headline_close_over_a_smaller_line_is_cut_off_whole() -> None:
    page = paper(1600)
    head = row(page, 60, 100, 6, 4 * EM, 1.6)
    below = row(page, 60 + 4 * EM, 100 + 4.15 * EM, 9, 2 * EM)
    low = Rect(below.x0, below.y0 - 0.4 * EM, below.x1, below.y1)
    high = Rect(head.x0, head.y0, head.x1, head.y1 + 0.4 * EM)
    found = [p.box for p in untangled([Piece(high), Piece(low)], inks(page), EM)]
    assert sum(around(b, head, 0.6 * EM) for b in found) == 1


def test_a_headline_s_box_that_reaches_into_the_row_under_it_makes_no_line_of_its_tops() -> None:
    page = paper()
    above = row(page, 400, 60, 5, 3 * EM)
    head = row(page, 100, 180, 8, 3 * EM)
    under = [row(page, x, 294, 12) for x in (100, 520)]
    boxes = [
        Rect(above.x0, above.y0, above.x1 + 40, above.y1 + 30),
        Rect(head.x0 - 10, head.y0 - 20, 900, under[0].y0 + 0.5 * EM),
    ]
    found = untangled([Piece(b) for b in (*boxes, *under)], inks(page), EM)
    assert sum(p.box.overlap(Rect(100, 290, 900, 330)) > 0 for p in found) == 2


def test_text_over_and_under_a_headline_does_not_cut_it() -> None:
    """The box of a headline of two rows reaches into the last line over it and the first under it,
    both of which end left of its middle."""
    page = paper(1600)
    size = 4 * EM
    heads = [row(page, 160, y, 7, size, 1.1) for y in (200, 200 + 1.4 * size)]
    small = [row(page, 60, y, 14) for y in (150, 505, 535)]
    whole = heads[0].union(heads[1]).grow(60)
    found = untangled([Piece(b) for b in (whole, *small)], inks(page), EM)
    large = [p.box for p in found if p.box.height > 2 * EM]
    assert [around(b, h, 25) for b, h in zip(large, heads, strict=True)] == [True, True]
