from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitise.text.calendar import (
    FIRST,
    LAST,
    check,
    find_dates,
    find_lunar,
    find_weekday,
    lunar_of,
    lunar_text,
    parse_lunar,
    repair,
    weekday_text,
)

FRIDAY = dt.date(2023, 12, 8)
days = st.dates(FIRST, LAST)


@pytest.mark.parametrize(
    ("day", "lunar"),
    [
        ("2023-12-08", "癸卯年十月廿六"),
        ("2023-01-22", "癸卯年正月初一"),
        ("2023-03-22", "癸卯年闰二月初一"),
        ("2024-02-10", "甲辰年正月初一"),
        ("2010-12-16", "庚寅年十一月十一"),
        ("1949-10-01", "己丑年八月初十"),
        ("2033-12-22", "癸丑年闰十一月初一"),
        ("2020-10-01", "庚子年八月十五"),
        ("1900-01-31", "庚子年正月初一"),
    ],
)
def test_known_days(day: str, lunar: str) -> None:
    assert lunar_text(dt.date.fromisoformat(day)) == lunar


def test_outside_the_table() -> None:
    assert lunar_text(FIRST - dt.timedelta(1)) == ""
    assert lunar_text(LAST) != ""
    assert lunar_of(LAST + dt.timedelta(1)) is None


@given(days)
def test_lunar_text_is_read_back(day: dt.date) -> None:
    assert find_lunar("农历" + lunar_text(day)) == lunar_of(day)
    assert parse_lunar(f"农历　{lunar_text(day)}") == lunar_text(day)


@given(days, st.sampled_from(("", " ")))
def test_dates_are_read_back(day: dt.date, gap: str) -> None:
    text = f"{day.year}{gap}年{gap}{day.month}{gap}月{day.day}{gap}日 {weekday_text(day)}"
    assert [d.date for d in find_dates(text)] == [day]
    assert find_weekday(text) == weekday_text(day)
    assert check(day, weekday_text(day), lunar_text(day)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "2023年12月8日",
        "二〇二三年十二月八日",
        "2023 年12 月8 日",
        "2O23年l2月8日",
        "2023-12-08",
        "2023．12．8",
        "２０２３年１２月８日",
        "二○二三年十二月八日",
    ],
)
def test_date_forms(text: str) -> None:
    assert [d.date for d in find_dates(f"星火 {text} 星期五")] == [FRIDAY]


def test_impossible_date_is_found_but_is_none() -> None:
    (found,) = find_dates("2023年2月30日")
    assert found.date is None
    assert found.text == "2023年2月30日"


@pytest.mark.parametrize(
    ("text", "lunar"),
    [
        ("农历癸卯年十月廿六", "癸卯年十月廿六"),
        ("农历十月廿六", "十月廿六"),
        ("癸卯年 十月廿六", "癸卯年十月廿六"),
        ("闰二月初一", "闰二月初一"),
        ("农历十二月初八", "十二月初八"),
        ("乙已年腊月三十", "乙巳年腊月三十"),
        ("冬月十五", "冬月十五"),
        ("癸卯年（兔年）正月初一", "癸卯年正月初一"),
        ("夏历癸卯年十月二十六", "癸卯年十月二十六"),
        ("十二月八日", ""),
        ("2023年12月8日", ""),
        ("十月十五日开幕", ""),
    ],
)
def test_lunar_forms(text: str, lunar: str) -> None:
    assert parse_lunar(text) == lunar


def test_weekday_is_not_a_weekly() -> None:
    assert find_weekday("周五刊") == ""
    assert find_weekday("礼拜天") == "星期日"
    assert find_weekday("星 期 五") == "星期五"


def test_two_outvote_the_third() -> None:
    lunar = "癸卯年十月廿六"
    assert repair(FRIDAY, "星期六", lunar).weekday == "星期五"
    assert repair(FRIDAY, "星期五", "癸卯年十月廿五").lunar == lunar
    assert repair(dt.date(2023, 12, 3), "星期五", lunar).date == FRIDAY
    assert repair(None, "星期五", lunar, "2023年12月38日").date == FRIDAY
    assert repair(FRIDAY, "星期五", "癸卵年十月廿六").lunar == lunar
    for case in (repair(FRIDAY, "星期六", lunar), repair(FRIDAY, "星期五", "癸卯年十月廿五")):
        assert case.warnings


def test_what_cannot_be_decided_stays_as_read() -> None:
    case = repair(FRIDAY, "星期一", "癸卯年三月初三")
    assert (case.date, case.weekday, case.lunar) == (FRIDAY, "星期一", "癸卯年三月初三")
    assert len(case.warnings) == 2


@given(days, st.integers(0, 6), days)
def test_repair_never_loses_an_agreeing_date(day: dt.date, weekday: int, other: dt.date) -> None:
    assert repair(day, weekday_text(day), lunar_text(day)).warnings == ()
    assert repair(day, "星期" + "一二三四五六日"[weekday], lunar_text(day)).date == day
    fixed = repair(day, weekday_text(day), lunar_text(other))
    assert fixed.date == day or check(fixed.date, fixed.weekday, fixed.lunar) == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("中華民國二十八年四月廿三日", dt.date(1939, 4, 23)),
        ("民国十年一月十五日", dt.date(1921, 1, 15)),
        ("民國元年三月一號", dt.date(1912, 3, 1)),
        ("民國 廿九年 四月 卅日", dt.date(1940, 4, 30)),
    ],
)
def test_years_of_the_republic(text: str, day: dt.date) -> None:
    assert [d.date for d in find_dates(text)] == [day]
