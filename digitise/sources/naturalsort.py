"""Natural order of page names: p2 before p10, A2 before A10, 01版 before 02版."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

# ASCII digits only: NFKC has already turned full-width ones into ASCII, and other scripts'
# digits (int() takes those too) do not number newspaper pages.
_NUMBER = re.compile(r"([0-9]+)")

_HAN_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")}
_HAN_PAGE = re.compile(r"第?([〇一二三四五六七八九十]{1,3})(?=版)")

NaturalKey = tuple[tuple[int, int, str], ...]


def _han_number(text: str) -> int:
    """The value of a Chinese numeral below one hundred."""
    if "十" not in text:
        return int("".join(str(_HAN_DIGITS[c]) for c in text))
    tens, _, units = text.partition("十")
    high = int("".join(str(_HAN_DIGITS.get(c, 0)) for c in tens)) if tens else 1
    low = int("".join(str(_HAN_DIGITS.get(c, 0)) for c in units)) if units else 0
    return high * 10 + low


def natural_key(name: str) -> NaturalKey:
    """A sort key under which numbers in a name are compared by value.

    Full-width forms count as their ordinary ones, case is ignored, and 第十版 counts as 10版.
    Names that differ in nothing else are told apart by the plain name, so the order is total.
    """
    plain = unicodedata.normalize("NFKC", name).casefold()
    plain = _HAN_PAGE.sub(lambda m: str(_han_number(m.group(1))), plain)
    parts: list[tuple[int, int, str]] = []
    for i, piece in enumerate(_NUMBER.split(plain)):
        if i % 2:
            # A very long run of digits is no number; int() of it would also be refused.
            value = int(piece) if len(piece) <= 100 else 10**100
            parts.append((0, value, ""))
        elif piece:
            parts.append((1, 0, piece))
    parts.append((-1, 0, name))
    return tuple(parts)


def natural_path_key(path: str) -> tuple[NaturalKey, ...]:
    """The same for a path, folder by folder; the suffix only breaks ties."""
    pure = PurePath(path.replace("\\", "/"))
    *folders, last = pure.parts or ("",)
    stem = PurePath(last)
    return (*(natural_key(f) for f in folders), natural_key(stem.stem), natural_key(stem.suffix))
