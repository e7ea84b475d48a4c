"""Dates as a newspaper prints them: 2023年12月8日 星期五 癸卯年十月廿六."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from borax.calendars.lunardate import LunarDate  # type: ignore[import-untyped]
from rapidfuzz.distance import Levenshtein

from . import numerals
from .spaces import squash

_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_MONTHS = "正二三四五六七八九十冬腊"
_WEEKDAYS = "一二三四五六日"
FIRST, LAST = dt.date(1900, 1, 31), dt.date(2101, 1, 28)
"""The days whose lunar date is known, both included."""

REPUBLIC = 1911
"""Years of the Republic (民國) are counted from the one after this."""


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date found in a text: `date` is None when the numbers are no day of the calendar."""

    date: dt.date | None
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PrintedLunar:
    """A lunar date. `year` is its name (癸卯) or ""; `month` 1..12. `printed`: its wording on
    the page without 农历 and spaces, "" for a computed one; `year_lost`: a year is printed
    there but could not be made out."""

    year: str
    month: int
    day: int
    leap: bool = False
    printed: str = field(default="", compare=False)
    year_lost: bool = field(default=False, compare=False)

    @property
    def text(self) -> str:
        """癸卯年十月廿六: the printed wording (腊月, 二十六) where there is one."""
        if self.printed:
            return self.printed
        head = f"{self.year}年" if self.year else ""
        return head + _month_name(self.month, self.leap) + numerals.chinese(self.day, "lunar")


_N = r"[\d〇○零一二三四五六七八九十廿卅OoIl]"
_DATE = re.compile(
    rf"(?P<y>(?:[\dOoIl](?:\s?[\dOoIl]){{3}}|[〇○零一二三四五六七八九](?:\s?[〇○零Oo0一二三四五六七八九]){{3}}))\s*年\s*"
    rf"(?P<m>{_N}(?:\s?{_N})?)\s*月\s*(?P<d>{_N}(?:\s?{_N}){{0,2}})\s*[日号]"
    rf"|(?:中\s*[华華]\s*)?民\s*[国國]\s*(?P<y3>元|{_N}(?:\s?{_N}){{0,3}})\s*年\s*"
    rf"(?P<m3>{_N}(?:\s?{_N})?)\s*月\s*(?P<d3>{_N}(?:\s?{_N}){{0,2}})\s*[日号號]"
    r"|(?<!\d)(?P<y2>(?:19|20)\d\d)\s*[-./．·]\s*(?P<m2>\d{1,2})\s*[-./．·]\s*(?P<d2>\d{1,2})(?!\d)"
)


def find_dates(text: str) -> tuple[PrintedDate, ...]:
    """Whole dates in `text`: 2023年12月8日, 二〇二三年十二月八日, 2010 年12 月16 日, 2023-12-8,
    中華民國二十八年四月廿三日, with a recogniser's spaces and its O and l for 0 and 1."""
    s = text.translate(_HALF)
    return tuple(
        PrintedDate(_day(m), text[m.start() : m.end()], m.start(), m.end())
        for m in _DATE.finditer(s)
    )


_HALF = str.maketrans({chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)} | {"\u3000": " "})
_SLIPS = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1"})


def _number(text: str) -> int | None:
    s = squash(text)
    value = numerals.parse(s)
    if value is None:
        value = numerals.parse(s.translate(_SLIPS))
    if value is None:
        value = numerals.parse(re.sub("[Oo0]", "〇", s))
    return value


def _day(m: re.Match[str]) -> dt.date | None:
    texts = [m.group(k) or m.group(k + "2") or m.group(k + "3") for k in ("y", "m", "d")]
    year, month, day = (1 if text == "元" else _number(text) for text in texts)
    if year is None or month is None or day is None:
        return None
    if m.group("y3"):
        year += REPUBLIC
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


_WEEKDAY = re.compile(
    r"(?:星\s*期|礼\s*拜|周)\s*([一二三四五六日天七])(?![\d一二三四五六七八九十刊报年末岁])"
)


def find_weekday(text: str) -> str:
    """The weekday printed in `text` as "星期五" (also for 周五), "" for none."""
    m = _WEEKDAY.search(text)
    if m is None:
        return ""
    return "星期" + {"天": "日", "七": "日"}.get(m.group(1), m.group(1))


def weekday_text(date: dt.date) -> str:
    return "星期" + _WEEKDAYS[date.weekday()]


def lunar_of(date: dt.date) -> PrintedLunar | None:
    """The lunar date of a day; None outside FIRST..LAST. Table of the Purple Mountain and
    Hong Kong observatories by way of `borax`."""
    if not FIRST <= date <= LAST:
        return None
    day = LunarDate.from_solar(date)
    return PrintedLunar(_year_name(int(day.year)), int(day.month), int(day.day), bool(day.leap))


def lunar_text(date: dt.date) -> str:
    """癸卯年十月廿六, 癸卯年闰二月初一; "" outside FIRST..LAST."""
    lunar = lunar_of(date)
    return lunar.text if lunar else ""


def _year_name(year: int) -> str:
    return _STEMS[(year - 4) % 10] + _BRANCHES[(year - 4) % 12]


def _month_name(month: int, leap: bool) -> str:
    return (
        ("闰" if leap else "")
        + _MONTHS[month - 1].replace("冬", "十一").replace("腊", "十二")
        + "月"
    )


_LUNAR = re.compile(
    r"(?P<tag>[农農夏旧舊阴陰]\s*[历曆]\s*[:：]?\s*)?"
    rf"(?:(?P<year>[{_STEMS}]\s*[{_BRANCHES}已己巴戍戊]|(?<=[历曆])[\u3400-\u9fff]\s*[\u3400-\u9fff])\s*"
    r"(?:[（(]?\s*[鼠牛虎兔龙蛇马羊猴鸡狗猪龍馬雞豬](?:\s*年)?\s*[）)]?)?\s*年\s*"
    r"(?:[（(]\s*[鼠牛虎兔龙蛇马羊猴鸡狗猪龍馬雞豬]\s*年?\s*[）)]\s*)?)?"
    r"(?P<leap>[闰閏])?\s*(?P<month>正|元|冬|腊|臘|十\s*[一二]|[一二三四五六七八九十])\s*月\s*(?:[大小]\s*)?"
    r"(?P<day>初\s*[一二三四五六七八九十]|(?:[十廿]|二\s*十)\s*[一二三四五六七八九]|二\s*十|三\s*十|十|廿|卅)"
)
_ZODIAC = re.compile(r"[（(]?[鼠牛虎兔龙蛇马羊猴鸡狗猪龍馬雞豬]年?[）)]")
_TWENTY = re.compile(r"(?<=月)\s*[甘廾卄升什计]\s*(?=[一二三四五六七八九])")  # misread 廿
_MONTH_NAMES = {"正": 1, "元": 1, "冬": 11, "腊": 12, "臘": 12}


def find_lunar(text: str) -> PrintedLunar | None:
    """The first lunar date in `text`, None for none.

    A month and day in plain numerals (十二月八日) are a solar date: without 农历, the year's
    name, 闰, or 正月, 冬月, 腊月 only 初… and 廿… days count.
    """
    text = _TWENTY.sub("廿", text)
    for m in _LUNAR.finditer(text):
        month_text, day_text = squash(m.group("month")), squash(m.group("day"))
        marked = m.group("tag") or m.group("year") or m.group("leap") or month_text in "正冬腊臘"
        if not marked and (day_text[0] not in "初廿" or re.match(r"\s*[日号]", text[m.end() :])):
            continue
        month = _MONTH_NAMES.get(month_text) or numerals.parse(month_text)
        day = numerals.parse(day_text.removeprefix("初"))
        if day is None or month is None or not 1 <= day <= 30:
            continue
        read = squash(m.group("year") or "")
        year = _year_read(read)
        wording = _ZODIAC.sub("", squash(m.group()[len(m.group("tag") or "") :]))
        if read and year:
            wording = year + wording[2:]
        return PrintedLunar(
            year, month, day, m.group("leap") is not None, wording, bool(read) and not year
        )
    return None


def _year_read(read: str) -> str:
    """One of the sixty year names, 已 and 戍 and the like put right; "" for anything else."""
    if len(read) != 2:
        return ""
    year = read[0] + {"已": "巳", "己": "巳", "巴": "巳", "戍": "戌", "戊": "戌"}.get(
        read[1], read[1]
    )
    if year[0] not in _STEMS or year[1] not in _BRANCHES:
        return ""
    return year if (_STEMS.index(year[0]) - _BRANCHES.index(year[1])) % 2 == 0 else ""


def parse_lunar(text: str) -> str:
    """A printed lunar date normalised (农历癸卯年 十月廿六 -> 癸卯年十月廿六), "" for none."""
    lunar = find_lunar(text)
    return lunar.text if lunar else ""


def check(date: dt.date | None, weekday: str, lunar: str) -> tuple[str, ...]:
    """What in a masthead contradicts its date, one English sentence each; empty when all agree
    or there is nothing to compare. `weekday` as "星期五", `lunar` as `parse_lunar` gives it."""
    if date is None:
        return ()
    out: list[str] = []
    if weekday and weekday != weekday_text(date):
        out.append(f"{date.isoformat()} is a {weekday_text(date)}, but the page prints {weekday}")
    printed, true = find_lunar("农历" + lunar) if lunar else None, lunar_of(date)
    if printed and true and not _agree(printed, true):
        out.append(f"{date.isoformat()} is {true.text}, but the page prints {printed.text}")
    return tuple(out)


def _agree(printed: PrintedLunar, true: PrintedLunar) -> bool:
    return (printed.month, printed.day) == (true.month, true.day) and (
        printed.leap == true.leap and printed.year in ("", true.year)
    )


@dataclass(frozen=True, slots=True)
class Repaired:
    date: dt.date | None
    weekday: str
    lunar: str
    warnings: tuple[str, ...] = ()


def repair(date: dt.date | None, weekday: str, lunar: str, printed: str = "") -> Repaired:
    """Date, weekday and lunar date brought into agreement where two of them outvote the third.

    `printed`: the date as read, for when it is no date at all (2023年12月38日) or the wrong
    one: dates one misread digit away are tried, and one is taken when it alone fits both
    weekday and lunar date. What cannot be decided is left as read, with a warning.
    """
    if date is None and not printed:
        return Repaired(None, weekday, lunar)
    wrong = check(date, weekday, lunar)
    if date is not None and lunar and find_lunar("农历" + lunar) is None:
        # Something stands behind 农历 that is nearly the day's own lunar date.
        whole = lunar_text(date)
        if whole and Levenshtein.normalized_similarity(lunar, whole) >= 0.6:
            wrong = (*wrong, f"the lunar date read as {lunar} was taken as {whole}")
            return Repaired(date, weekday_text(date) if weekday else "", whole, wrong)
    seen = find_lunar("农历" + lunar) if lunar else None
    if date is not None and not wrong:
        return Repaired(date, weekday, _with_year(seen, date) if seen else lunar)
    day_fits = date is not None and weekday == weekday_text(date)
    true = lunar_of(date) if date is not None else None
    lunar_fits = bool(seen and true and _agree(seen, true))
    if date is not None and seen and lunar_fits:
        return Repaired(date, weekday_text(date), _with_year(seen, date), wrong)
    if date is not None and day_fits and seen and true:
        near = (seen.month, seen.day) == (true.month, true.day) or _one_off(seen, true)
        if near:
            year = true.year if seen.year or seen.year_lost else ""
            full = PrintedLunar(year, true.month, true.day, true.leap)
            return Repaired(date, weekday, full.text, wrong)
    candidates = tuple(
        d for d in _near(date, printed) if _fits(d, weekday, seen, need_both=date is not None)
    )
    if len(candidates) == 1:
        note = f"the date read as {printed or date} was taken as {candidates[0].isoformat()}"
        return Repaired(candidates[0], weekday, lunar, (*wrong, note))
    return Repaired(date, weekday, lunar, wrong)


def _with_year(seen: PrintedLunar, date: dt.date) -> str:
    """The printed wording, its unreadable year's name put in from the date."""
    true = lunar_of(date)
    if not seen.year_lost or true is None or len(seen.printed) < 3:
        return seen.text
    return true.year + seen.printed[2:]


def _one_off(a: PrintedLunar, b: PrintedLunar) -> bool:
    x, y = (
        PrintedLunar("", a.month, a.day, a.leap).text,
        PrintedLunar("", b.month, b.day, b.leap).text,
    )
    return (len(x) == len(y) and sum(p != q for p, q in zip(x, y, strict=True)) <= 1) or (
        abs(len(x) - len(y)) == 1 and (a.month == b.month or a.day == b.day)
    )


def _fits(d: dt.date, weekday: str, lunar: PrintedLunar | None, need_both: bool) -> bool:
    if (need_both and not (weekday and lunar)) or not (weekday or lunar):
        return False
    true = lunar_of(d)
    return (not weekday or weekday == weekday_text(d)) and (
        lunar is None or (true is not None and _agree(lunar, true))
    )


def _near(date: dt.date | None, printed: str) -> Iterator[dt.date]:
    """Days whose figures differ in one place from those read."""
    if date is not None:
        figures = [f"{date.year:04d}", str(date.month), str(date.day)]
    else:
        m = _DATE.search(printed.translate(_HALF))
        if m is None:
            return
        read = [_number(m.group(k) or m.group(k + "2")) for k in ("y", "m", "d")]
        figures = [str(r if r is not None else 0) for r in read]
    seen: set[dt.date] = set()
    for i, figure in enumerate(figures):
        variants = [
            figure[:k] + c + figure[k + 1 :] for k in range(len(figure)) for c in "0123456789"
        ]
        if i:
            variants += ["1" + figure, "2" + figure, figure[:1], figure[1:]]
        for variant in variants:
            trial = [*figures[:i], variant, *figures[i + 1 :]]
            try:
                d = dt.date(*(int(t) for t in trial))
            except ValueError:
                continue
            if d not in seen and d != date:
                seen.add(d)
                yield d
