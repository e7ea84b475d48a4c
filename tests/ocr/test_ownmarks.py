"""Marks of vertical lines that have a cell of their own are told from their ink."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from digitise.model import Char, Gray, Rect, TextLine
from digitise.ocr.asides import stop_of, with_stops
from digitise.ocr.ownmarks import with_own_marks
from digitise.ocr.sayings import with_sayings

EM = 24
FREE = 4
"""The cell of the mark, among eight."""


def _column(cells: int = 8) -> Gray:
    """The ink of a column of characters, as frames, with cell FREE left white."""
    ink = np.zeros((cells * EM, EM + 4), np.uint8)
    for i in range(cells):
        if i != FREE:
            cv2.rectangle(ink, (3, i * EM + 2), (EM, i * EM + EM - 4), 255, 3)
    return ink


def _line(ink: Gray, read: str, sure: float = 0.7) -> TextLine:
    """A vertical line with `read` in cell FREE, nothing there where it is empty."""
    text = "明珠年十" + (read or " ") + "六嬌憨"
    chars = tuple(
        Char(c, Rect(0, i * EM, ink.shape[1], (i + 1) * EM), sure if i == FREE else 0.99)
        for i, c in enumerate(text)
        if c != " "
    )
    box = Rect(0, 0, ink.shape[1], ink.shape[0])
    return TextLine(box, chars, float(EM), "vertical-rl")


def _draw(ink: Gray, mark: str) -> None:
    """A mark in the middle of cell FREE, as small type prints it."""
    y, x = FREE * EM + EM // 2, EM // 2 + 2
    if mark == "，":
        cv2.line(ink, (x, y - 4), (x - 1, y + 4), 255, 3)
    elif mark == "、":
        cv2.line(ink, (x - 3, y - 4), (x + 3, y + 3), 255, 4)
    elif mark in "：；":
        cv2.circle(ink, (x, y - 7), 2, 255, -1)
        cv2.circle(ink, (x, y + 3), 2, 255, -1)
        if mark == "；":
            cv2.line(ink, (x, y + 3), (x - 1, y + 6), 255, 3)
    elif mark == "「":
        cv2.line(ink, (x - 9, y - 2), (x + 9, y - 2), 255, 2)
        cv2.line(ink, (x + 8, y - 2), (x + 8, y + 3), 255, 3)
    elif mark == "」":
        cv2.line(ink, (x - 9, y + 2), (x + 9, y + 2), 255, 2)
        cv2.line(ink, (x - 8, y + 2), (x - 8, y - 3), 255, 3)
    elif mark == "一":
        cv2.line(ink, (x - 9, y), (x + 9, y), 255, 2)
        cv2.line(ink, (x + 6, y - 2), (x + 8, y), 255, 2)
    elif mark == "？":
        cv2.circle(ink, (x, y - 5), 4, 255, -1)
        cv2.line(ink, (x, y - 2), (x, y + 9), 255, 2)
    elif mark == "！":
        cv2.line(ink, (x, y - 8), (x, y - 1), 255, 3)
        cv2.circle(ink, (x, y + 8), 1, 255, -1)


@pytest.mark.parametrize("mark", ["，", "、", "：", "；", "「", "」", "？"])
def test_a_mark_that_was_passed_over_is_put_in(mark: str) -> None:
    ink = _column()
    _draw(ink, mark)
    assert with_own_marks(_line(ink, ""), ink).text == f"明珠年十{mark}六嬌憨"


@pytest.mark.parametrize(
    ("mark", "read"),
    [("「", "一"), ("」", "一"), ("？", "！"), ("：", "…"), ("；", "。"), ("，", "、")],
)
def test_a_mark_is_what_its_ink_shows(mark: str, read: str) -> None:
    ink = _column()
    _draw(ink, mark)
    assert with_own_marks(_line(ink, read), ink).text == f"明珠年十{mark}六嬌憨"


def test_a_cell_may_be_squeezed() -> None:
    ink = _column()
    _draw(ink, "、")
    cut = np.delete(
        ink, [*range(FREE * EM, FREE * EM + 5), *range(FREE * EM + 19, FREE * EM + 23)], 0
    )
    line = _line(ink, "")
    chars = tuple(
        c if c.box.y0 < FREE * EM else Char(c.text, c.box.shift(0, -9), c.confidence)
        for c in line.chars
    )
    squeezed = TextLine(Rect(0, 0, cut.shape[1], cut.shape[0]), chars, line.size, line.mode)
    assert with_own_marks(squeezed, cut).text == "明珠年十、六嬌憨"


@pytest.mark.parametrize("mark", ["一", "！"])
def test_what_looks_alike_stays(mark: str) -> None:
    ink = _column()
    _draw(ink, mark)
    line = _line(ink, mark)
    assert with_own_marks(line, ink) is line


def test_what_was_read_for_certain_is_no_bracket() -> None:
    ink = _column()
    _draw(ink, "「")
    line = _line(ink, "一", 0.99)
    assert with_own_marks(line, ink) is line


def test_a_row_of_dots_is_no_row_of_colons() -> None:
    ink = _column()
    ink[3 * EM : 6 * EM] = 0
    for y in range(3 * EM + 6, 6 * EM, 10):
        cv2.circle(ink, (EM // 2, y), 2, 255, -1)
    line = _line(ink, "…")
    assert "：" not in with_stops(with_own_marks(line, ink), ink).text


def test_a_comma_hangs_and_the_other_leans() -> None:
    hanging, leaning = np.zeros((40, 40), np.uint8), np.zeros((40, 40), np.uint8)
    cv2.line(hanging, (18, 10), (20, 30), 1, 5)  # upright but for the slant of worn type
    cv2.line(leaning, (12, 12), (26, 28), 1, 5)
    assert (stop_of(hanging), stop_of(leaning)) == ("，", "、")


@pytest.mark.parametrize(
    ("read", "behind", "height", "told"),
    [
        ("目", "：「", 16, "曰"),
        ("日", "「我", 16, "曰"),
        ("目", "。「", 16, "曰"),
        ("目", "：「", 22, "目"),  # higher than wide
        ("日", "下午", 16, "日"),  # nothing is said
    ],
)
def test_what_is_said_stands_behind_its_verb(
    read: str, behind: str, height: int, told: str
) -> None:
    ink = np.zeros((4 * EM, EM), np.uint8)
    cv2.rectangle(ink, (3, EM + 3), (3 + 16, EM + 2 + height), 255, 2)
    text = "珠" + read + behind
    chars = tuple(Char(c, Rect(0, i * EM, EM, (i + 1) * EM), 0.7) for i, c in enumerate(text))
    line = TextLine(Rect(0, 0, EM, 4 * EM), chars, float(EM), "vertical-rl")
    assert with_sayings(line, ink).text == "珠" + told + behind
