"""Dates as a masthead prints them."""

from __future__ import annotations

from datetime import date

from borax.calendars.lunardate import LunarDate  # type: ignore[import-untyped]

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_MONTHS = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_DIGITS = "一二三四五六七八九十"
WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
CN_DIGITS = "〇一二三四五六七八九"


def weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()]


def lunar(day: date, last_month: str = "十二") -> str:
    """The lunar date, as "癸卯年十月廿六"; `last_month` may be 腊."""
    moon = LunarDate.from_solar_date(day.year, day.month, day.day)
    year = _STEMS[(moon.year - 4) % 10] + _BRANCHES[(moon.year - 4) % 12]
    month = _MONTHS[moon.month - 1] if moon.month != 12 else last_month
    leap = "闰" if moon.leap else ""
    return f"{year}年{leap}{month}月{lunar_day(moon.day)}"


def lunar_day(n: int) -> str:
    if n <= 10:
        return "初" + _DIGITS[n - 1]
    if n < 20:
        return "十" + _DIGITS[n - 11]
    if n == 20:
        return "二十"
    if n < 30:
        return "廿" + _DIGITS[n - 21]
    return "三十"


def issn(seven: str) -> str:
    """ISSN with its check digit (ISO 3297, modulus 11)."""
    total = sum(int(d) * w for d, w in zip(seven, range(8, 1, -1), strict=True))
    check = (11 - total % 11) % 11
    return f"{seven[:4]}-{seven[4:]}{'X' if check == 10 else check}"


def chinese_numeral(n: int) -> str:
    """1 to 99 in Chinese numerals."""
    tens, ones = divmod(n, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else _DIGITS[tens - 1] + "十")
    return head + (_DIGITS[ones - 1] if ones else "")
