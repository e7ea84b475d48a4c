"""Numbers as a Chinese newspaper prints them: 二〇二三, 十二, 廿六, １２, ⑫, 12."""

from __future__ import annotations

import unicodedata
from typing import Literal

NumeralStyle = Literal["plain", "digits", "lunar", "circled", "fullwidth"]

_DIGITS = {
    **{c: i for i, c in enumerate("〇一二三四五六七八九")},
    **{c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")},
    "○": 0, "Ｏ": 0, "两": 2, "兩": 2, "貳": 2, "參": 3, "叄": 3, "陸": 6, "元": 1,
}  # fmt: skip
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_JOINED = {"廿": 20, "卄": 20, "卅": 30, "卌": 40}
_BIG = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}

CHINESE_NUMERAL_CHARS = "〇零一二两三四五六七八九十廿卅百千万"
"""What `parse` reads in Simplified running text, for use in a regular expression's class."""

_CIRCLED_RANGES = ((0x2460, 1, 20), (0x3251, 21, 15), (0x32B1, 36, 15))
_FILLED_RANGES = ((0x2776, 1, 10), (0x24EB, 11, 10))


def circled(n: int) -> str:
    """①..㊿ for 1..50, ⓪ for 0; ValueError beyond."""
    if n == 0:
        return "⓪"
    for first, low, count in _CIRCLED_RANGES:
        if low <= n < low + count:
            return chr(first + n - low)
    raise ValueError(f"no circled numeral for {n}")


def _circled_value(char: str) -> int | None:
    if char == "⓪":
        return 0
    code = ord(char)
    for first, low, count in _CIRCLED_RANGES + _FILLED_RANGES:
        if first <= code < first + count:
            return low + code - first
    return None


def parse(text: str) -> int | None:
    """The value of one numeral in any printed form, None when `text` is not one.

    Spaces are ignored. Chinese numerals are read by place (二〇二三 = 2023) when they hold no
    ten, hundred or thousand, and by value (一百二十三, 廿六, 初 is not part of a numeral)
    otherwise.
    """
    s = "".join(text.split())
    if not s:
        return None
    if len(s) == 1 and (ring := _circled_value(s)) is not None:
        return ring
    plain = unicodedata.normalize("NFKC", s)
    if plain.isascii() and plain.isdigit():
        return int(plain)
    if all(c in _DIGITS for c in s):
        return int("".join(str(_DIGITS[c]) for c in s))
    return _by_value(s)


def _by_value(s: str) -> int | None:
    total = section = 0
    digit: int | None = None
    last_unit = 10_000
    for c in s:
        if c in _DIGITS:
            if digit is not None and digit != 0:
                return None
            digit = _DIGITS[c]
        elif c in _JOINED:
            if digit is not None or last_unit <= 10:
                return None
            section, last_unit = section + _JOINED[c], 10
        elif c in _TENS:
            unit = _TENS[c]
            if unit >= last_unit or (unit > 10 and not digit):
                return None
            section += (digit or 1) * unit
            digit, last_unit = None, unit
        elif c in _BIG:
            section += digit or 0
            if section == 0:
                return None
            total = (total + section) * _BIG[c]
            section, digit, last_unit = 0, None, 10_000
        else:
            return None
    return total + section + (digit or 0)


def chinese(n: int, style: NumeralStyle = "plain") -> str:
    """`n` in print. "plain": 十二, 一百零三 (0..9999); "digits": 二〇二三; "lunar": a day of
    the lunar month, 初八, 十五, 廿六, 三十 (1..30); "circled": ⑫; "fullwidth": １２.

    ValueError outside the range of the style.
    """
    if n < 0:
        raise ValueError(f"a printed numeral is not negative: {n}")
    if style == "circled":
        return circled(n)
    if style == "fullwidth":
        return "".join(chr(0xFF10 + int(d)) for d in str(n))
    if style == "digits":
        return "".join("〇一二三四五六七八九"[int(d)] for d in str(n))
    if style == "lunar":
        return _lunar_day(n)
    return _plain(n)


def _lunar_day(n: int) -> str:
    if not 1 <= n <= 30:
        raise ValueError(f"a lunar month has no day {n}")
    names = "一二三四五六七八九十"
    if n in (20, 30):
        return {20: "二十", 30: "三十"}[n]
    head = "初" if n <= 10 else "十" if n < 20 else "廿"
    return head + names[(n - 1) % 10]


def _plain(n: int) -> str:
    if n > 9999:
        raise ValueError(f"{n} is beyond 9999")
    if n < 10:
        return "零一二三四五六七八九"[n]
    if n < 20:
        return "十" + ("" if n == 10 else _plain(n - 10))
    for unit, name in ((1000, "千"), (100, "百"), (10, "十")):
        if n >= unit:
            head, rest = divmod(n, unit)
            out = _plain(head) + name
            if rest == 0:
                return out
            gap = "零" if rest * 10 < unit else ""
            tail = "一" + _plain(rest) if unit > 10 and 10 <= rest < 20 else _plain(rest)
            return out + gap + tail
    raise AssertionError("unreachable")
