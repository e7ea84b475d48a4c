from __future__ import annotations

from dataclasses import replace

import cv2
import pytest

from digitise.imaging.ground import ink_mask
from digitise.imaging.inkwork import Inks, inks_of
from digitise.imaging.linecut import rows_to_lines
from digitise.imaging.pieces import Piece, measured
from digitise.imaging.uprights import sort_directions
from digitise.model import Gray, Rect

from .drawing import EM, around, column, paper, row


def inks(page: Gray) -> Inks:
    return inks_of(ink_mask(page, EM), EM)


def lines(page: Gray, boxes: list[Rect], stops: tuple[Rect, ...] = ()) -> list[Rect]:
    found = rows_to_lines([Piece(b) for b in boxes], inks(page), EM, stops)
    return [piece.box for piece in found]


def test_a_box_over_two_columns_is_split_at_the_gutter() -> None:
    page = paper()
    boxes = []
    for i in range(6):
        a = row(page, 60, 100 + 45 * i, 14)
        b = row(page, 60 + 15.2 * EM, 100 + 45 * i, 14)
        boxes.append(a.union(b))
    assert len(lines(page, boxes)) == 12


@pytest.mark.parametrize("whole", [False, True])
def test_a_row_that_ends_with_a_thin_character_is_split_at_the_gutter(whole: bool) -> None:
    """Its white is wider than the gutter: the type of the rows over and under it stands in the ends
    of that white. Where they have no gutter, what the row has is its own."""
    page = paper()
    boxes = []
    for i in range(8):
        y = 100 + 40 * i
        a = row(page, 60, y, 18 if whole and i != 3 else 10)
        boxes.append(a.union(row(page, 60 + 11.2 * EM, y, 10)))
    page[100 + 40 * 3 : 100 + 40 * 3 + EM, int(60 + 9.4 * EM) : 60 + 10 * EM] = 250
    found = lines(page, [boxes[3]])
    assert len(found) == (1 if whole else 2)


def test_a_box_is_split_at_a_rule() -> None:
    page = paper()
    a, b = row(page, 60, 100, 10), row(page, 60 + 11 * EM, 100, 10)
    x = int(60 + 10.5 * EM)
    stop = Rect(x, 80, x + 2, 200)
    assert len(lines(page, [a.union(b)], (stop,))) == 2
    assert len(lines(page, [a.union(b)])) == 1


def test_columns_side_by_side_are_not_joined() -> None:
    page = paper()
    boxes = []
    for i in range(3):
        boxes.append(row(page, 60, 100 + 45 * i, 14))
        boxes.append(row(page, 60 + 15 * EM, 100 + 45 * i, 14))
    assert len(lines(page, boxes)) == 6


def test_a_line_cut_short_gets_its_last_ink_back() -> None:
    page = paper()
    whole = row(page, 60, 100, 14)
    (box,) = lines(page, [Rect(60, 100, whole.x1 - 1.1 * EM, 100 + EM)])
    assert around(box, whole, 4)


def test_neighbouring_rows_do_not_enter_a_line() -> None:
    page = paper()
    for i in range(3):
        row(page, 60, 100 + 36 * i, 14)
    (box,) = lines(page, [Rect(50, 130, 60 + 14 * EM + 10, 174)])
    assert around(box, Rect(60, 136, 60 + 14 * EM, 136 + EM), 4)


def test_a_letter_spaced_headline_becomes_one_line() -> None:
    page = paper()
    big = 70.0
    parts = [row(page, 100 + i * 2.6 * big, 100, 1, big) for i in range(5)]
    (box,) = lines(page, parts)
    assert around(box, parts[0].union(parts[-1]), 12)


def test_duplicates_become_one() -> None:
    page = paper()
    box = row(page, 60, 100, 14)
    assert len(lines(page, [box, box.grow(3), Rect(box.x0, box.y0, box.cx, box.y1)])) == 1


def test_stacked_large_characters_are_a_vertical_line() -> None:
    page = paper()
    big = 80.0
    tower = column(page, 500, 100, 5, big, 1.25)
    cells = [Rect(500, 100 + i * 100, 580, 180 + i * 100) for i in range(5)]
    flat, tall = sort_directions([Piece(c) for c in cells], inks(page), EM)
    assert flat == []
    assert [around(p.box, tower, 14) for p in tall] == [True]


def test_a_box_over_the_heads_of_two_vertical_lines_is_taken_apart() -> None:
    page = paper()
    towers = [column(page, x, 100, 5, 80.0, 1.1) for x in (500, 620)]
    heads = Piece(Rect(495, 95, 705, 185))
    bodies = [Piece(Rect(t.x0 - 5, 185, t.x1 + 5, t.y1 + 5)) for t in towers]
    flat, tall = sort_directions([heads, *bodies], inks(page), EM)
    assert flat == []
    assert [around(p.box, t, 14) for p, t in zip(tall, towers, strict=True)] == [True, True]


def test_a_headline_over_a_vertical_line_stays_whole() -> None:
    page = paper()
    across = row(page, 420, 90, 6, 80.0, 1.1)
    down = column(page, 508, 190, 4, 80.0, 1.1)
    flat, tall = sort_directions([Piece(across), Piece(down)], inks(page), EM)
    assert [p.box for p in flat] == [across]
    assert around(tall[0].box, down, 14)


def test_cells_of_a_table_are_not_stacked() -> None:
    page = paper()
    shelves, cells = [], []
    for i in range(5):
        shelves.append(Rect(80, 100 + 70 * i, 700, 102 + 70 * i))
        cells.append(Piece(row(page, 100, 112 + 70 * i, 2, 40.0, 1.3)))
        cells.append(Piece(row(page, 400, 112 + 70 * i, 1, 40.0)))
    flat, tall = sort_directions(cells, inks(page), EM, shelves)
    assert tall == []
    assert len(flat) == 10


def test_a_spaced_horizontal_headline_is_not_stacked_with_the_next() -> None:
    page = paper()
    for y in (100, 220):
        row(page, 100, y, 5, 80.0, 1.25)
    cells = [
        Piece(Rect(100 + i * 100, y, 180 + i * 100, y + 80)) for i in range(5) for y in (100, 220)
    ]
    flat, tall = sort_directions(cells, inks(page), EM)
    assert tall == []
    assert len(flat) == 10


def test_commas_under_each_other_are_no_gutter() -> None:
    page = paper()
    boxes = []
    for i in range(5):
        y = 100 + 45 * i
        a = row(page, 60, y, 7)
        page[y + 20 : y + 28, int(60 + 7.1 * EM) : int(60 + 7.35 * EM)] = 20
        boxes.append(a.union(row(page, 60 + 8.1 * EM, y, 8)))
    assert len(lines(page, boxes)) == 5


def test_a_part_of_a_character_found_on_its_own_is_dropped() -> None:
    page = paper(1400)
    head = row(page, 100, 200, 4, 120, 1.5)
    part = Rect(head.x1 - 110, head.y0 + 70, head.x1, head.y1)
    assert len(lines(page, [head, part])) == 1


def test_two_spaced_rows_found_as_columns_of_two() -> None:
    page = paper(1600)
    boxes = []
    for i in range(4):
        x = 100 + 190 * i
        boxes.append(column(page, x, 200, 2, 120, 1.3))
    flat, tall = sort_directions([Piece(b) for b in boxes], inks(page), EM)
    assert tall == [] and len(flat) == 8


def test_a_narrow_character_of_a_headline_is_no_vertical_line() -> None:
    page = paper(1600)
    head = row(page, 100, 200, 3, 120, 1.5)
    page[205:318, 660:700] = 20
    flat, tall = sort_directions([Piece(head), Piece(Rect(655, 200, 705, 322))], inks(page), EM)
    assert tall == [] and len(flat) == 2


@pytest.mark.parametrize("deep", [1, 2])
def test_headlines_side_by_side_are_two_where_their_second_lines_show_it(deep: int) -> None:
    page = paper(1600)
    row(page, 60, 100 + 4.6 * EM * deep, 45)  # type below that bridges the gap
    row(page, 60, 100 - 2 * EM, 45)
    boxes = [
        row(page, x, 100 + 4.6 * EM * k, 4, 4 * EM) for k in range(deep) for x in (60, 60 + 18 * EM)
    ]
    assert len(lines(page, boxes)) == (1 if deep == 1 else 4)


def test_body_characters_found_one_by_one_make_vertical_lines() -> None:
    page = paper()
    boxes = []
    for i in range(3):
        x = 300 + 1.8 * EM * i
        column(page, x, 100, 5, pitch=1.06)
        column(page, x, 100 + 6 * 1.06 * EM, 2, pitch=1.06)
        boxes += [
            Rect(x, 100 + k * 1.06 * EM, x + EM, 100 + k * 1.06 * EM + EM)
            for k in (0, 1, 2, 3, 4, 6, 7)
        ]
    flat, tall = sort_directions([Piece(b) for b in boxes], inks(page), EM)
    assert (len(flat), len(tall)) == (0, 3)
    assert all(piece.box.height > 7.5 * EM for piece in tall)


def test_single_characters_in_rows_of_a_table_are_no_vertical_line() -> None:
    page = paper()
    boxes = [row(page, 300 + 3 * EM * i, 100 + 1.6 * EM * k, 1) for i in range(3) for k in range(6)]
    flat, tall = sort_directions([Piece(b) for b in boxes], inks(page), EM)
    assert (len(flat), len(tall)) == (18, 0)


def test_letter_spaced_type_is_measured_by_its_white() -> None:
    """Characters with white inside, as 副 and 媒 have, are one cell each."""
    page = paper()
    size = 3.0 * EM
    boxes = []
    for k in range(3):
        x = 60 + 2.2 * size * k
        for part in (x, x + 0.75 * size):
            boxes.append(Rect(part, 100, part + 0.5 * size, 100 + size))
            page[100 : round(100 + size), round(part) : round(part + 0.5 * size)] = 20
    whole = boxes[0].union(boxes[-1])
    piece = measured(Piece(whole), inks(page))
    assert piece.cells == 3
    assert abs(piece.pitch - 2.2 * size) < 4


def test_headlines_set_half_a_line_off_do_not_run_into_each_other() -> None:
    page = paper()
    size = 3 * EM
    true = [
        row(page, 100, 200, 4, size),
        row(page, 100, 200 + 1.4 * size, 4, size),
        row(page, 100 + 4.6 * size, 200 - 0.7 * size, 4, size),
        row(page, 100 + 4.6 * size, 200 + 0.7 * size, 4, size),
    ]
    # The first was found as wide as both headlines, over the white between the lines of the other.
    boxes = [replace(true[0], x1=true[2].x1), *true[1:]]
    found = lines(page, boxes)
    assert len(found) == 4
    assert all(any(around(box, t, 0.25 * size) for box in found) for t in true)


def test_a_line_beside_a_caption_under_a_dark_picture_is_cut_at_the_gutter() -> None:
    page = paper()
    tops = [round(100 + i * 1.3 * EM) for i in range(6)]
    for y in tops:
        row(page, 100, y, 11)
        cv2.rectangle(page, (432, y + 2), (456, y + 27), 20, 3)  # 口
    picture = Rect(482, 100, 840, tops[4] - 8)
    # Of a dark picture the mask holds the rim only.
    cv2.rectangle(page, (482, 100), (840, tops[4] - 8), 20, 3)
    for y in tops[4:]:
        row(page, 480, y, 12)
    both = Piece(Rect(95, tops[5] - 5, 845, tops[5] + EM + 5))
    assert len(rows_to_lines([both], inks(page), EM, (), (), [picture])) == 2
    assert len(rows_to_lines([both], inks(page), EM, ())) == 1


def test_a_line_found_twice_is_one() -> None:
    page = paper()
    box = row(page, 60, 100, 14)
    assert len(lines(page, [box, box])) == 1


def test_a_line_does_not_reach_into_the_picture_beside_it() -> None:
    page = paper()
    box = row(page, 60, 100, 10)
    page[60:300, 400:700:14] = 60
    page[60:300, 401:701:14] = 60
    picture = Rect(400, 60, 700, 300)
    (found,) = rows_to_lines([Piece(box)], inks(page), EM, (), (), [picture])
    assert found.box.x1 < 400


def test_the_short_last_line_of_a_column_set_downwards_runs_down_too() -> None:
    page = paper(700, 700)
    bodies = [column(page, 500 - 45 * k, 60, 18) for k in range(3)]
    tail = column(page, 365, 60, 1)
    flat, tall = sort_directions([Piece(b) for b in (*bodies, tail)], inks(page), EM)
    assert not flat and len(tall) == 4


def test_a_short_last_line_between_lines_that_are_set_in_runs_down_too() -> None:
    page = paper()
    pitch = 1.6 * EM
    heads = [60, 60 + 2 * EM, 60, 60 + 2.5 * EM, 60]
    bodies = [
        column(page, 300 + k * pitch, y, 12 if k else 9) for k, y in enumerate(heads) if k != 2
    ]
    tail = column(page, 300 + 2 * pitch, 60, 1)
    flat, tall = sort_directions([Piece(b) for b in (*bodies, tail)], inks(page), EM)
    assert flat == [] and len(tall) == 5


def test_a_name_at_the_foot_beside_the_end_of_a_paragraph_runs_down() -> None:
    page = paper(700, 800)
    lengths = (9, 18, 18, 18)
    bodies = [column(page, 500 - 42 * k, 60, n) for k, n in enumerate(lengths)]
    name = column(page, 545, 60 + 16 * EM, 2).grow(9)  # as detectors box it
    flat, tall = sort_directions([Piece(b) for b in (*bodies, name)], inks(page), EM)
    assert not flat and len(tall) == 5
    flat, tall = sort_directions([Piece(b) for b in (*bodies[1:], name)], inks(page), EM)
    assert [p.box for p in flat] == [name]


def test_a_short_line_beside_one_vertical_line_in_a_row_stays_flat() -> None:
    page = paper(900, 700)
    bodies = [column(page, 60, 60, 18)]
    short = row(page, 105, 60, 1)
    flat, tall = sort_directions([Piece(b) for b in (*bodies, short)], inks(page), EM)
    assert len(flat) == 1 and len(tall) == 1


def test_quotation_marks_and_colons_of_a_headline_stay_in_its_row() -> None:
    page = paper(1600)
    size = 4 * EM
    head = row(page, 260, 200, 4, size)
    marks = [Rect(x, 210, x + 22, 250) for x in (200, 230)] + [Rect(760, 240, 780, 300)]
    for x in (202, 232):  # “ stands high in its square
        page[212:248, x : x + 18] = 20
    for y in (242, 280):  # ：, two round dots
        page[y : y + 18, 762:780] = 20
    after = row(page, 800, 200, 3, size)
    found = [Piece(b) for b in (head, *marks, after)]
    flat, tall = sort_directions(found, inks(page), EM)
    assert tall == []
    (whole,) = lines(page, [p.box for p in flat])
    assert whole.x0 < 205 and whole.x1 > 800 + 2.8 * size


def test_a_box_over_the_second_rows_of_two_headlines_is_parted_where_the_first_ones_are() -> None:
    page = paper(1800)
    size = 4 * EM
    row(page, 60, 100 + 3.2 * size, 55)  # type below that bridges the gap
    first = [row(page, x, 100, 4, size) for x in (60, 60 + 4.7 * size)]
    second = [row(page, x, 100 + 1.4 * size, 4, size) for x in (60, 60 + 4.7 * size)]
    assert len(lines(page, [*first, second[0].union(second[1])])) == 4
    # alone, nothing tells them apart
    page[:240] = 250
    assert len(lines(page, [second[0].union(second[1])])) == 1


def test_a_row_does_not_reach_into_vertical_lines_that_begin_beside_it() -> None:
    page = paper(1200, 1200)
    size = 3 * EM
    head = row(page, 300, 200, 5, size)
    upright = column(page, 190, 200 + 0.8 * size, 5, size)
    (found,) = rows_to_lines([Piece(head)], inks(page), EM, (), [upright])
    assert found.box.x0 > 295


def test_a_headline_does_not_run_on_over_the_tops_of_small_type_beside_it() -> None:
    page = paper()
    head = row(page, 500, 200, 5, size=100)
    end = row(page, 30, 250, 2)
    text = row(page, 60, 290, 14)  # its first strokes are level with the headline's feet
    found = lines(page, [head, end, text])
    assert len(found) == 3
    assert max(found, key=lambda b: b.height).x0 > text.x1


def test_headlines_side_by_side_are_two_where_one_is_set_wider() -> None:
    page = paper(1600)
    size = 4 * EM
    left = row(page, 60, 100, 4, size)
    right = row(page, left.x1 + 0.5 * size, 100, 4, size, 1.35)
    assert len(lines(page, [left, right])) == 2
    page[:230, round(left.x1) :] = 250
    right = row(page, left.x1 + 0.5 * size, 100, 4, size)
    assert len(lines(page, [left, right])) == 1


def test_headlines_side_by_side_are_two_where_one_has_a_second_row_of_its_own() -> None:
    page = paper(1800)
    size = 4 * EM
    row(page, 60, 100 - 2 * EM, 55)  # type over and under it that bridges the gap
    row(page, 60, 100 + 1.3 * size, 55)
    first = [row(page, x, 100, 4, size) for x in (60, 60 + 4.7 * size)]
    assert len(lines(page, first)) == 1
    page[round(100 + 1.3 * size) :] = 250
    second = row(page, 60, 100 + 1.4 * size, 4, size)
    row(page, 60, 100 + 2.5 * size, 55)
    assert len(lines(page, [*first, second])) == 3


@pytest.mark.parametrize("bridged", [False, True])
def test_a_smaller_headline_of_two_rows_beside_a_larger_one(bridged: bool) -> None:
    """A box over the white between them, with ink that is theirs, does not make them one."""
    page = paper(1800)
    small, size = 3 * EM, 4 * EM
    row(page, 60, 100 - 2 * EM, 55)  # type over and under it that bridges the gap
    row(page, 60, 100 + 2.4 * small + 0.4 * EM, 55)
    first = row(page, 60, 100, 4, small)
    second = row(page, 60, 100 + 1.3 * small, 4, small)
    beside = row(page, second.x1 + 0.55 * size, second.cy - size / 2, 4, size)
    boxes = [first, second, beside]
    if bridged:
        boxes.append(Rect(second.x1 - 0.4 * small, second.y0, beside.x0 + 0.7 * size, second.y1))
    found = lines(page, boxes)
    assert len(found) == 3
    assert any(around(box, second, 12) for box in found)


def test_a_quotation_mark_between_an_indent_and_a_short_line_ends_its_line() -> None:
    """The line over it ends with the full stop, the one under it begins with the mark."""
    page = paper()
    row(page, 60, 100 - 1.5 * EM, 2)
    stop = row(page, 60, 100, 2)
    mark = Rect(60 + 2.9 * EM, 100, 60 + 2.9 * EM + 10, 110)
    page[100:110, round(mark.x0) : round(mark.x1)] = 20
    under = row(page, 60 + 2.9 * EM, 100 + 1.5 * EM, 14)
    over = Rect(60, 100 - 1.5 * EM, stop.x1, 100 - 0.5 * EM)
    found = lines(page, [over, stop, mark, under])
    assert len(found) == 3
    assert found[1].x1 > mark.x1 - 2


def test_quotation_marks_over_each_other_are_no_gutter_between_headlines() -> None:
    """“……”…… over ……“…”: half of each mark's cell is empty, at one place in both rows."""
    page = paper(1800)
    size = 4 * EM
    row(page, 60, 100 - 2 * EM, 45)  # type over and under it that bridges the gap
    row(page, 60, 100 + 2.5 * size, 45)
    boxes = []
    for y, mark, count in ((100, 540, 4), (100 + 1.4 * size, 610, 3)):
        left = row(page, 60 + (4 - count) * size, y, count, size)
        right = row(page, 60 + 4.78 * size, y, 9 - count, size)
        for x in (mark, mark + 16):
            page[round(y) + 6 : round(y) + 40, x : x + 10] = 20
        boxes += [left, replace(right, x0=mark)] if mark > 600 else [replace(left, x1=566), right]
    first, second = lines(page, boxes)
    assert first.x1 > 60 + 8 * size and second.x1 > 60 + 8 * size


def test_a_colon_in_a_spaced_headline_parts_nothing() -> None:
    """A detector's box over the white round it took in the ends of strokes before it, one under the
    other and as high as small type."""
    page = paper(1800)
    size = 3 * EM
    left = row(page, 60, 200, 4, size, 1.7)
    right = row(page, 60 + 8.5 * size, 200, 4, size, 1.7)
    end = round(left.x1 - 4)
    for y in (206, 232, 256):
        page[y : y + 20, end - 12 : end] = 20
    for y in (244, 266):
        page[y : y + 9, round(60 + 7 * size) : round(60 + 7 * size) + 9] = 20
    colon = Rect(end - 14, 203, right.x0 - 4, 198 + size)
    (line,) = lines(page, [left, colon, right])
    assert line.x1 > right.x1 - size


def test_a_box_over_two_headlines_is_parted_where_the_setting_changes() -> None:
    """A detector's one box over two headlines, one of them set a quarter larger; over one
    headline with a gap of that width in it the box stays whole."""
    page = paper(1600)
    size = 4 * EM
    left = row(page, 60, 100 + 0.12 * size, 4, 0.8 * size)
    right = row(page, left.x1 + 0.5 * size, 100, 5, size)
    assert len(lines(page, [left.union(right)])) == 2
    page[:] = 250
    left = row(page, 60, 100, 4, size)
    right = row(page, left.x1 + 0.5 * size, 100, 4, size)
    assert len(lines(page, [left.union(right)])) == 1
