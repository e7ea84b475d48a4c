"""Which script a text is printed in: simplified or traditional characters."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=65536)
def is_simplified(char: str) -> bool:
    """Whether a character belongs to simplified print alone: it is in GB 2312 and neither in Big5
    nor in KS X 1001. The Korean set holds what print before the reforms had beside the forms that
    Big5 chose: 强 着 却 脚 猪 烟."""
    return belongs(char, "gb2312") and not belongs(char, "big5") and not belongs(char, "euc_kr")


@lru_cache(maxsize=65536)
def is_traditional(char: str) -> bool:
    """Whether a character belongs to traditional print alone: it is in Big5 and not in GB 2312."""
    return belongs(char, "big5") and not belongs(char, "gb2312")


def leaning(text: str) -> int:
    """How many more characters of `text` are of traditional print alone than of simplified."""
    return sum(is_traditional(c) - is_simplified(c) for c in text)


def belongs(char: str, codec: str) -> bool:
    """Whether a character beyond ASCII is in the set that a codec of Python encodes."""
    if char.isascii():
        return False
    try:
        char.encode(codec)
    except UnicodeEncodeError:
        return False
    return True
