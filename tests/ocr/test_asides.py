"""Stops of vertical lines are told from their ink."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from digitise.model import Char, Gray, Rect, TextLine
from digitise.ocr.asides import with_stops

EM = 40
BOX = Rect(100, 200, 146, 200 + 7 * EM)


def _line(text: str, cells: tuple[int, ...]) -> tuple[TextLine, Gray]:
    """Hanzi as blocks of ink in the `cells` given, and the mask under the line's box."""
    ink = np.zeros((7 * EM, 46), np.uint8)
    chars = []
    for char, cell in zip(text, cells, strict=True):
        y = cell * EM
        cv2.rectangle(ink, (3, y + 3), (35, y + 36), 255, 3)
        chars.append(Char(char, Rect(100, 200 + y, 146, 200 + y + EM)))
    return TextLine(BOX, tuple(chars), float(EM), "vertical-rl"), ink


def _comma(ink: Gray, cell: int) -> None:
    y = cell * EM
    cv2.line(ink, (30, y + 5), (37, y + 13), 255, 3)


def test_a_stroke_in_an_empty_cell_is_a_comma() -> None:
    line, ink = _line("一日之計在晨", (0, 1, 3, 4, 5, 6))
    _comma(ink, 2)
    assert with_stops(line, ink).text == "一日、之計在晨"


def test_a_ring_is_a_full_stop_and_a_space_gives_way_to_it() -> None:
    line, ink = _line("一日之計在晨", (0, 1, 3, 4, 5, 6))
    space = Char(" ", Rect(100, 280, 146, 320))
    chars = (*line.chars[:2], space, *line.chars[2:])
    cv2.circle(ink, (34, 2 * EM + 9), 5, 255, 2)
    spaced = TextLine(BOX, chars, float(EM), "vertical-rl")
    assert with_stops(spaced, ink).text == "一日。之計在晨"


@pytest.mark.parametrize("cell", [1, 4])
def test_a_stroke_of_a_character_is_none(cell: int) -> None:
    line, ink = _line("一日之計在晨光", (0, 1, 2, 3, 4, 5, 6))
    _comma(ink, cell)
    assert with_stops(line, ink) == line


def test_a_stop_may_stand_in_a_cell_of_half_the_height() -> None:
    line, ink = _line("一日之計在", (0, 1, 2, 3, 4))
    # the last three half a cell lower, and a comma in the rows that are free
    shifted = np.zeros_like(ink)
    shifted[: 2 * EM] = ink[: 2 * EM]
    shifted[2 * EM + EM // 2 :] = ink[2 * EM : -EM // 2]
    chars = tuple(
        c if k < 2 else Char(c.text, c.box.shift(0, EM / 2)) for k, c in enumerate(line.chars)
    )
    _comma(shifted, 2)
    lower = TextLine(BOX, chars, float(EM), "vertical-rl")
    assert with_stops(lower, shifted).text == "一日、之計在"
    shifted[2 * EM + 4 : 2 * EM + 10, 5:20] = 255  # with more ink beside it, it is a part of that
    assert with_stops(lower, shifted) == lower


def test_a_line_across_is_left_alone() -> None:
    line, ink = _line("一日之計在晨", (0, 1, 3, 4, 5, 6))
    _comma(ink, 2)
    across = TextLine(line.box, line.chars, line.size)
    assert with_stops(across, ink) == across


def _with_stroke_out(ink: Gray, cell: int) -> None:
    """A stroke of the character in a cell that reaches farther to the right than the others."""
    cv2.line(ink, (34, cell * EM + 20), (45, cell * EM + 20), 255, 6)


def test_a_stop_that_touches_its_character_is_found() -> None:
    line, ink = _line("一日之計在晨光", (0, 1, 2, 3, 4, 5, 6))
    _with_stroke_out(ink, 3)
    assert len(with_stops(line, ink).chars) == 8


def test_uneven_type_has_no_stops_at_its_right_ends() -> None:
    line, ink = _line("一日之計在晨光", (0, 1, 2, 3, 4, 5, 6))
    for cell in (0, 2, 4):
        _with_stroke_out(ink, cell)
    assert with_stops(line, ink) == line


def _beside(strokes: list[tuple[int, int, int]]) -> tuple[TextLine, Gray]:
    """A line whose window is a third of an em too wide, with strokes (x, y, width) in that, px."""
    line, ink = _line("一日之計在晨光", (0, 1, 2, 3, 4, 5, 6))
    ink = np.ascontiguousarray(np.pad(ink, ((0, 0), (0, 20))))
    for x, y, width in strokes:
        cv2.line(ink, (x, y), (x + width, y + 8), 255, 3)
    box = Rect(BOX.x0, BOX.y0, BOX.x1 + 20, BOX.y1)
    return TextLine(box, line.chars, float(EM), "vertical-rl"), ink


def test_a_stop_may_stand_beside_its_character() -> None:
    line, ink = _beside([(43, 3 * EM + 20, 6)])
    assert with_stops(line, ink).text == "一日之計、在晨光"


def test_the_edge_of_the_next_column_is_no_row_of_stops() -> None:
    """Nor are 圈點: most of the line's characters have something beside them."""
    line, ink = _beside([(43, cell * EM + 20, 6) for cell in (0, 2, 3, 5, 6)])
    assert with_stops(line, ink) == line


def test_what_the_window_cuts_off_of_the_next_column_is_no_stop() -> None:
    line, ink = _beside([(64, 3 * EM + 20, 6)])
    assert with_stops(line, ink) == line


@pytest.mark.parametrize("radius", [1, 3])
@pytest.mark.parametrize("read", ["", "。", "…"])
def test_two_dots_under_each_other_are_a_colon(read: str, radius: int) -> None:
    line, ink = _line("一日之計在晨", (0, 1, 3, 4, 5, 6))
    for y in (12, 30):
        cv2.circle(ink, (20, 2 * EM + y), radius, 255, -1)
    misread = (Char(read, Rect(100, 280, 146, 320)),) if read else ()
    chars = (*line.chars[:2], *misread, *line.chars[2:])
    assert with_stops(TextLine(BOX, chars, float(EM), "vertical-rl"), ink).text == "一日：之計在晨"


def test_one_character_has_its_stop_where_the_body_tells_its_size() -> None:
    line, ink = _line("晨", (0,))
    box = Rect(100, 200, 152, 200 + EM)
    line = TextLine(box, line.chars, 52.0, "vertical-rl")
    ink = np.ascontiguousarray(np.pad(ink[:EM], ((0, 0), (0, 6))))
    cv2.circle(ink, (45, 31), 5, 255, 2)
    assert with_stops(line, ink).text == "晨"
    assert with_stops(line, ink, float(EM)).text == "晨。"
