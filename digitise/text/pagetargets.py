"""Page names in print: A2版, 第二版, T04, 要闻3版, 头版; and whether one names a given page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import numerals
from .spaces import squash


@dataclass(frozen=True, slots=True)
class PageTarget:
    """The page a marker names. `section`: the letter ("A"), or the name (要闻 of 要闻2版), or
    "". `number`: 0 for a place without a number (中缝). `suffix`: what else is said of it: ①,
    第三条, 《headline》, as printed."""

    section: str
    number: int
    suffix: str = ""

    def __str__(self) -> str:
        return f"{self.section}{self.number}"


_DIGIT_SLIPS = str.maketrans(
    {"O": "0", "o": "0", "Q": "0", "D": "0", "l": "1", "I": "1", "|": "1", "i": "1"}
)

SECTION = r"[A-HJ-NP-Za-hj-km-np-z]"
_CHINESE = r"[〇○零一二三四五六七八九十廿百]{1,4}"
NUMBER = rf"(?:[0-9OoQDlIi|](?:\s*[0-9OoQDlIi|]){{0,2}}|{_CHINESE}|[①-⑳])"
"""A page number as printed or as misread, Latin digits half width."""


def page_number(text: str) -> int | None:
    """The number in `text`, with the letters OCR puts for 0 and 1 read as digits."""
    s = squash(text)
    value = numerals.parse(s)
    if value is None:
        value = numerals.parse(s.translate(_DIGIT_SLIPS))
    return value


_LABEL = re.compile(
    rf"第?\s*(?P<section>[A-Za-z]{{0,2}})\s*[叠迭-]?\s*(?P<number>\d{{1,3}}|{_CHINESE})\s*[版面页頁]?$"
)
_NAMED = re.compile(
    rf"(?P<name>[\u3400-\u9fff·]{{2,8}}?)\s*(?P<number>\d{{1,3}}|{_CHINESE})\s*[版]?$"
)


def parse_label(label: str) -> tuple[str, int] | None:
    """Section letter ("" for none) and number of a page label: A2, A02, 2, 第二版, 02版."""
    s = _half(label).strip()
    if re.fullmatch(r"(?:头版|頭版|封面)", s):
        return ("", 1)
    m = _LABEL.match(s)
    if m is None:
        return None
    number = numerals.parse(m.group("number"))
    return None if number is None else (m.group("section").upper(), number)


def matches(target: PageTarget, label: str, name: str, number: int) -> bool:
    """Whether `target` names the page with this printed label and name, `number`th in the issue.

    A target without a letter fits a page whose label has none, or the first section (A) where
    all labels have letters; the place in the issue only counts on a page without a label.
    """
    if target.number <= 0:
        return False
    if len(target.section) > 1:
        return _matches_name(target, label, name)
    known = parse_label(label) if label else None
    if known is None:
        named = re.search(rf"(?<![A-Za-z])({SECTION})\s*(\d{{1,3}})(?!\d)", _half(name))
        if named:
            known = (named.group(1).upper(), int(named.group(2)))
    if known is None:
        return target.section in ("", "A") and target.number == number
    section, value = known
    if target.section == section:
        return value == target.number
    if not target.section or not section:
        return {target.section, section} == {"", "A"} and value == target.number
    return False


def _matches_name(target: PageTarget, label: str, name: str) -> bool:
    name = squash(_half(name))
    m = _NAMED.match(name)
    if m and m.group("name") == target.section:
        return numerals.parse(m.group("number")) == target.number
    known = parse_label(label)
    return name == target.section and known is not None and known[1] == target.number


def _half(text: str) -> str:
    return "".join(chr(ord(c) - 0xFEE0) if "\uff01" <= c <= "\uff5e" else c for c in text)
