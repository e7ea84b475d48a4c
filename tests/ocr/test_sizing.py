"""Columns set downwards are of the size of those beside them where it is theirs."""

from __future__ import annotations

from digitise.model import Char, Rect, TextLine
from digitise.ocr.sizing import em_of, sized_as_beside


def down(x: float, text: str, size: float, width: float = 36, pitch: float = 38) -> TextLine:
    box = Rect(x, 100, x + width, 100 + pitch * len(text))
    chars = tuple(
        Char(c, Rect(x, 100 + pitch * k, x + width, 138 + pitch * k)) for k, c in enumerate(text)
    )
    return TextLine(box, chars, size, "vertical-rl")


BODY = [down(500 - 54 * k, "從安潭村到湖峯村數字教材", 38.0 + 0.2 * (k % 2)) for k in range(5)]


def sizes(*lines: TextLine) -> list[float]:
    return [line.size for line in sized_as_beside([*BODY, *lines])[len(BODY) :]]


def test_a_last_column_with_a_mark_at_its_side_is_body_type() -> None:
    assert abs(sizes(down(230, "腳。", 51.9, 46))[0] - 38) < 1


def test_a_headline_of_two_characters_keeps_its_size() -> None:
    assert sizes(down(215, "看客", 60, 56, 62)) == [60]


def test_a_column_of_brackets_is_as_large_as_most_beside_it() -> None:
    assert abs(sizes(down(230, "「拓市場」「優服務」", 36.0))[0] - 38) < 1


def test_a_deck_a_little_larger_than_the_body_keeps_its_size() -> None:
    assert sizes(down(225, "下埠林場遇上好年景", 46, 43, 46)) == [46]


def test_lines_that_run_across_are_left_alone() -> None:
    line = TextLine(Rect(0, 0, 40, 38), (Char("一", Rect(0, 0, 38, 38)),), 50.0)
    assert sized_as_beside([line]) == (line,)
    assert sizes(line) == [50.0]


def test_a_stop_and_a_quotation_mark_are_as_high_as_their_row() -> None:
    box = Rect(100, 100, 165, 127)
    stop, mark = Char("。", Rect(100, 117, 110, 127)), Char("”", Rect(150, 100, 165, 110))
    assert abs(em_of([stop, mark], box, False) - 29) < 1
    assert em_of([stop], Rect(100, 117, 110, 127), False) < 21
