"""Whether a run of characters could be printed Chinese at all, by its code points alone."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable


def is_broken(char: str) -> bool:
    """Private use, replacement, control, unassigned and surrogate code points: a font that
    yields them has no usable map to Unicode."""
    return char == "\ufffd" or unicodedata.category(char[0]) in ("Co", "Cc", "Cn", "Cs")


def is_hanzi(char: str) -> bool:
    code = ord(char[0])
    return 0x3400 <= code <= 0x9FFF or 0x20000 <= code <= 0x3FFFF or char == "〇"


def is_common(char: str) -> bool:
    """A character of everyday print: GB 2312 level 1 or Big5 level 1."""
    try:
        raw = char.encode("gb2312")
        if 0xB0 <= raw[0] <= 0xD7:
            return True
    except UnicodeEncodeError:
        pass
    try:
        return 0xA4 <= char.encode("big5")[0] <= 0xC6
    except UnicodeEncodeError:
        return False


def common_share(chars: Iterable[str]) -> float:
    """Share of everyday ones among the hanzi; 1 when there is no hanzi to judge by.

    Running Chinese text has about 0.98, code points taken at random less than 0.3.
    """
    hanzi = [c for c in chars if is_hanzi(c)]
    return sum(map(is_common, hanzi)) / len(hanzi) if hanzi else 1.0
