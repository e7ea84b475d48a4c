"""Classes of characters that the rules of Chinese composition speak of."""

from __future__ import annotations

import re

FULL_STOPS = "。！？…!?.．｡"
CLOSERS = "”’」』）)】》〉〕］]}｝\"'" + "﹂﹄︶︸︺︼︾﹀"
OPENERS = "“‘「『（(【《〈〔［[{｛" + "﹁﹃︵︷︹︻︽︿"
PAIRED = {"“": "”", "‘": "’", "（": "）", "《": "》", "「": "」", "『": "』", "(": ")", "【": "】"}
"""The closing mark that each opening one asks for."""
MID_STOPS = "，、；：,;:—-－～~·"

NO_LINE_START = "。，、；：！？…—～·．｡,.;:!?%％‰℃°" + "”’」』）)】》〉〕］]｝}﹂﹄︶︸︺︼︾﹀"
"""避头: what must not stand first on a line."""
NO_LINE_END = OPENERS + "￥$＄№#"
"""避尾: what must not stand last on a line."""

_CJK = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
HAN = f"[{_CJK}]"
"""One Han character, as a regular expression."""

WIDE = f"[{_CJK}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6“”‘’…—·①-⑳■□●○◆◇▲△★☆]"
"""One character set a full em wide in Chinese composition, as a regular expression."""

_HAN = re.compile(HAN)
_WIDE = re.compile(WIDE)
_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]")


def is_han(char: str) -> bool:
    return bool(char) and _HAN.match(char) is not None


def is_wide(char: str) -> bool:
    return bool(char) and _WIDE.match(char) is not None


def is_latin(char: str) -> bool:
    return bool(char) and _WORD.match(char) is not None


def is_digit(char: str) -> bool:
    """0-9 and their full-width forms; no Chinese numerals, no circled ones."""
    return bool(char) and (char in "0123456789" or "\uff10" <= char <= "\uff19")


def ends_sentence(text: str) -> bool:
    """Whether `text` ends with 。！？… behind any closing quotation marks and brackets, or with
    a closing mark that itself shuts such a stop in: “……。”, （……！）"""
    s = text.rstrip().rstrip(CLOSERS)
    if not s or s[-1] not in FULL_STOPS:
        return False
    if s[-1] in ".．":
        # A point between digits or after a Latin letter in a number like "3." is not a stop.
        return not (len(s) > 1 and is_digit(s[-2])) or s != text.rstrip()
    return True


def ends_openly(text: str) -> bool:
    """Whether the sentence is still going at the end: ，、 an opening mark, a hyphen."""
    s = text.rstrip()
    return bool(s) and (s[-1] in "，、,—-－·~～" or s[-1] in NO_LINE_END)


def open_marks(text: str) -> str:
    """The closing marks still owed at the end of `text`, innermost last."""
    owed: list[str] = []
    for c in text:
        if c in PAIRED:
            owed.append(PAIRED[c])
        elif owed and c == owed[-1]:
            owed.pop()
    return "".join(owed)


def first_unit(text: str) -> float:
    """Width in ems of the shortest head of `text` that cannot be broken from what follows:
    a character with the closing marks it drags along, a number, a Latin word."""
    s = text.lstrip()
    if not s:
        return 0.0
    i, width = 0, 0.0
    while i < len(s) and s[i] in NO_LINE_END:
        width, i = width + 1.0, i + 1
    if i < len(s) and not is_wide(s[i]) and not s[i].isspace():
        while i < len(s) and not is_wide(s[i]) and not s[i].isspace():
            width, i = width + 0.55, i + 1
    elif i < len(s):
        width, i = width + 1.0, i + 1
    while i < len(s) and s[i] in NO_LINE_START:
        width, i = width + 1.0, i + 1
    return width
