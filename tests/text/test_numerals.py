from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitise.text.numerals import NumeralStyle, chinese, parse


@given(st.integers(0, 9999), st.sampled_from(("plain", "digits", "fullwidth")))
def test_round_trip(n: int, style: NumeralStyle) -> None:
    assert parse(chinese(n, style)) == n


@given(st.integers(0, 50))
def test_circled_round_trip(n: int) -> None:
    assert parse(chinese(n, "circled")) == n


@given(st.integers(1, 30))
def test_lunar_day_round_trip(n: int) -> None:
    assert parse(chinese(n, "lunar").removeprefix("初")) == n


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("〇", 0), ("十", 10), ("十二", 12), ("二十", 20), ("廿六", 26), ("卅一", 31), ("一百零三", 103),
        ("一百一十", 110), ("二〇二三", 2023), ("两千", 2000), ("三万五千", 35_000), ("１２", 12), ("⑫", 12),
        ("❸", 3), (" 1 2 ", 12), ("贰拾叁", 23), ("一○", 10),
    ],
)  # fmt: skip
def test_printed_forms(text: str, value: int) -> None:
    assert parse(text) == value


@pytest.mark.parametrize("text", ["", "版", "十十", "百", "二十廿", "1a", "十千", "3.4"])
def test_not_a_numeral(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("n", "style"), [(-1, "plain"), (10_000, "plain"), (51, "circled"), (31, "lunar"), (0, "lunar")]
)
def test_out_of_range(n: int, style: NumeralStyle) -> None:
    with pytest.raises(ValueError, match=r"."):
        chinese(n, style)
