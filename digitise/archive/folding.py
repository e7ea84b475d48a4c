"""Text as it is searched: full width and half width, capitals and small letters, traditional and
simplified characters made alike, character by character.

Simplified forms come from OpenCC's tables (t2s).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

_HAN = "㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff々〇"
_RUNS = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")


class _Table(dict[int, str]):
    """Filled as characters are met; for str.translate."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKC", chr(code)).lower()
        if len(plain) != 1:
            # One for one, so that places in the folded text are places in the text.
            plain = chr(code)
        if re.match(f"[{_HAN}]", plain):
            simple = _converter().convert(plain)
            plain = simple if len(simple) == 1 else plain
        self[code] = plain
        return plain


_table = _Table()


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


def fold(text: str) -> str:
    """The text in its searched form; as many characters as before."""
    return text.translate(_table)


def runs(text: str) -> list[str]:
    """Runs of Chinese characters and words of letters or digits of a folded text, in order."""
    return _RUNS.findall(text)


def is_han(run: str) -> bool:
    return re.match(f"[{_HAN}]", run) is not None


def tokens(text: str) -> list[str]:
    """What a text is indexed by: words as they are; of a run of Chinese characters each pair of
    neighbours, and the last character alone, so that every character begins some token."""
    out: list[str] = []
    for run in runs(fold(text)):
        if is_han(run):
            out += [run[i : i + 2] for i in range(len(run))]
        else:
            out.append(run[:40])
    return out
