from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitise.evaluation.strings import cer, difference, distance, likeness, normal


@pytest.mark.parametrize(
    ("raw", "compared"),
    [
        ("Ａ１　版\n", "A1版"),
        ("ｶﾞ e\u0301", "ガé"),
        ("①（1）", "1(1)"),
        ("a\u00a0b\u2003c\td", "abcd"),
        ("㈱", "(株)"),
    ],
)
def test_normal_form(raw: str, compared: str) -> None:
    assert normal(raw) == compared


@pytest.mark.parametrize(
    ("predicted", "true", "rate"),
    [
        ("山雨", "山雨来前", 0.5),
        ("山雨来前了", "山雨来前", 0.25),
        ("山 雨\n来前", "山雨来前", 0.0),
        ("，", ",", 0.0),
        ("", "山雨", 1.0),
        ("山", "", 1.0),
        ("", " ", 0.0),
        ("一二三四五六", "山", 6.0),
    ],
)
def test_cer(predicted: str, true: str, rate: float) -> None:
    assert cer(predicted, true) == pytest.approx(rate)


def _slow_distance(a: str, b: str) -> int:
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        above, row[0] = row[0], i
        for j, y in enumerate(b, start=1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (x != y))
    return row[-1]


@settings(deadline=None)
@given(a=st.text("山水ab\U00020000", max_size=15), b=st.text("山水ab\U00020000", max_size=15))
def test_distance_is_the_textbook_one(a: str, b: str) -> None:
    assert distance(a, b) == _slow_distance(a, b)


def test_ten_characters_in_a_hundred_are_exactly_nine_tenths() -> None:
    true = "山" * 100
    assert likeness(distance("水" * 10 + "山" * 90, true), "x" * 100, true) == 0.9


def test_difference_shows_both_sides_in_their_place() -> None:
    assert difference("河边旳灯亮了", "河边的灯亮了") == "河边[-的-]{+旳+}灯亮了"
    assert difference("河边灯亮了", "河边的灯亮了") == "河边[-的-]灯亮了"
    assert difference("一样", "一 样") == ""


def test_difference_stays_short() -> None:
    true = "".join(chr(0x4E00 + i) for i in range(2000))
    predicted = "".join("x" if i % 40 == 20 else c for i, c in enumerate(true))
    text = difference(predicted, true)
    assert len(text) < 100
    assert text.endswith("(+47)")
    assert len(difference("", true)) < 60
