"""The numbers of a masthead: CN number, ISSN, postal code, issue number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import numerals
from .spaces import squash


@dataclass(frozen=True, slots=True)
class Found:
    """A value, normalised, and the stretch of text it was printed in."""

    value: str
    start: int
    end: int


_D = r"[0-9OolI|]"
_DASH = r"\s*[-‐‑–—－─一~～]{1,2}\s*"
_SLIPS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1"})
HALF = str.maketrans({chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)} | {"\u3000": " "})
"""Full-width forms to half-width, one character for one."""


def _digits(text: str) -> str:
    return squash(text).translate(_SLIPS)


_CN = re.compile(
    rf"(?:国\s*内\s*统\s*一\s*(?:连\s*续\s*出\s*版\s*物|刊|书)\s*号|统\s*一\s*刊\s*号|刊\s*号)?\s*[:;]?\s*"
    rf"[CGc]\s*N\s*(?:\(Q\))?\s*[:]?\s*[-‐‑–—－─一]{{0,2}}\s*(?P<a>{_D}\s?{_D})(?:{_DASH}|\s*)(?P<b>(?:{_D}\s?){{3}}{_D})(?!\d)"
    rf"|(?:出\s*版\s*物\s*号|刊\s*号)\s*[:;]?\s*(?P<a2>{_D}{{2}}){_DASH}(?P<b2>{_D}{{4}})(?!\d)"
)


def find_cn(text: str) -> Found | None:
    """国内统一连续出版物号 as "CN33-0111" (GB/T 9999); offsets are those of `text`."""
    m = _CN.search(text.translate(HALF))
    if m is None:
        return None
    a, b = m.group("a") or m.group("a2"), m.group("b") or m.group("b2")
    return Found(f"CN{_digits(a)}-{_digits(b)}", m.start(), m.end())


_ISSN = re.compile(
    rf"(?:国\s*际\s*标\s*准\s*(?:连\s*续\s*出\s*版\s*物|刊)\s*号\s*[:;]?\s*)?[I1l]\s*[S5]\s*[S5]\s*N\s*[:;]?\s*(?P<a>{_D}{{4}})(?:{_DASH}|\s*)(?P<b>{_D}{{3}}[0-9OolI|Xx×])(?!\d)"
)


def find_issn(text: str) -> Found | None:
    """ISSN as "1234-5679"; its check digit is not tested here, see `issn_valid`."""
    m = _ISSN.search(text.translate(HALF))
    if m is None:
        return None
    b = m.group("b").upper().replace("×", "X")
    return Found(f"{_digits(m.group('a'))}-{b.translate(_SLIPS)}", m.start(), m.end())


def issn_check_digit(seven: str) -> str:
    """The eighth character for seven digits: modulus 11, weights 8 to 2 (ISO 3297)."""
    total = sum(int(d) * w for d, w in zip(seven, range(8, 1, -1), strict=True))
    check = -total % 11
    return "X" if check == 10 else str(check)


def issn_valid(issn: str) -> bool:
    s = issn.replace("-", "")
    return bool(re.fullmatch(r"\d{7}[\dX]", s)) and issn_check_digit(s[:7]) == s[7]


_POSTAL = re.compile(
    rf"(?<!国外)(?<!国外发行)(?:[邮由郵]?\s*[发發]\s*|邮\s*政\s*)?代\s*[号號码]\s*[:;.]?\s*(?P<a>{_D}{{1,2}}){_DASH}(?P<b>{_D}{{1,4}})(?!\d)"
)


def find_postal(text: str) -> Found | None:
    """邮发代号 as "31-7"; the code for subscribers abroad is passed over."""
    m = _POSTAL.search(text.translate(HALF))
    if m is None:
        return None
    return Found(f"{_digits(m.group('a'))}-{_digits(m.group('b'))}", m.start(), m.end())


_CH = r"〇○零一二三四五六七八九十百千万"
_TOTAL = re.compile(
    rf"[\(\[]?\s*总\s*(?:[第笫]|字第|期号|期)?\s*[:;]?\s*(?P<n>(?:{_D}[\s,]?){{0,5}}{_D}|[{_CH}]{{1,9}})\s*[期号號][\)\]]?"
)
# A number without 总 is the running one when it is long (第26990期, 第12345号). 第76期 counts the
# year's issues, and 第4316号 is as often a permit's.
_SINGLE = re.compile(
    rf"[第笫]\s*(?P<n>(?:{_D}[\s,]?){{3,5}}{_D}|[{_CH}]{{4,9}})\s*期"
    rf"|[第笫]\s*(?P<m>(?:{_D}[\s,]?){{4,5}}{_D}|[{_CH}]{{5,9}})\s*[号號]"
)
# A paper of the Republic counts its numbers from the first: 第三號 beside a date of the Republic.
_REPUBLIC = re.compile("民\\s*[国國]")
_COUNTED = re.compile(rf"第\s*(?P<n>[0-9]{{1,5}}|[{_CH}廿卅]{{1,9}})\s*[號号]")


def find_issue_number(text: str) -> Found | None:
    """The running number in digits: that of 总第…期, else of a long 第…期 or 第…号, or of any 第…號
    in a masthead that counts its years from the Republic's."""
    s = text.translate(HALF)
    m = _TOTAL.search(s) or max(
        _SINGLE.finditer(s), key=lambda k: len(_digits(k.group("n") or k.group("m"))), default=None
    )
    if m is None and _REPUBLIC.search(s):
        m = _COUNTED.search(s)
    if m is None:
        return None
    raw = next(v for v in m.groups() if v).replace(",", "")
    if raw[0] in _CH:
        value = numerals.parse(raw)
        return None if value is None else Found(str(value), m.start(), m.end())
    return Found(_digits(raw), m.start(), m.end())
