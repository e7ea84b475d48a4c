"""Horizontal lines that run from right to left, as headlines over vertical text did until the
1950s (and in places long after).

Recognisers read every horizontal line from left to right, so what they give of such a line is
right character by character and wrong as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..model import Sheet, TextLine
from ..text.marks import is_han
from ..text.script import leaning

VERTICAL = 0.6
"""Share of a page's characters in vertical lines from which on it is a vertical page."""

_NUMBER = "[〇零一二三四五六七八九十百廿卅0-9]+"
_PHRASES = re.compile(
    f"第{_NUMBER}[版張张頁页期號号]|{_NUMBER}年|{_NUMBER}月{_NUMBER}[日號号]|星期[一二三四五六日]"
    "|[中民][華华民][民國国]|本[報报]|廣告|广告|啟事|启事|電話|电话|時間|时间"
)


def with_leftward_lines(sheet: Sheet) -> Sheet:
    """The sheet with its horizontal lines turned round where the page prints them from right to
    left: `mode` is then "horizontal-rtl" and `chars` stand in reading order.

    Only vertical pages have such lines. There the phrases that can be read one way but not the
    other tell which way the horizontal type of the page runs; without any it runs leftwards
    where the characters are traditional. Latin words and figures always run to the right.
    """
    down = sum(len(x.chars) for x in sheet.lines if x.mode == "vertical-rl")
    if not down or down < VERTICAL * sum(len(x.chars) for x in sheet.lines):
        return sheet
    flat = [x for x in sheet.lines if x.mode == "horizontal-tb" and _chinese(x)]
    if not _leftward(flat, sheet.lines):
        return sheet
    ids = {id(x) for x in flat}
    return replace(sheet, lines=tuple(_turned(x) if id(x) in ids else x for x in sheet.lines))


def _chinese(line: TextLine) -> bool:
    solid = [c.text for c in line.chars if c.text.strip()]
    return len(solid) > 1 and sum(map(is_han, solid)) > 0.6 * len(solid)


def _leftward(lines: Sequence[TextLine], page: Sequence[TextLine]) -> bool:
    right = left = 0
    for line in lines:
        text = line.text.replace(" ", "")
        right += len(_PHRASES.findall(text))
        left += len(_PHRASES.findall(text[::-1]))
    if left != right:
        return left > right
    return leaning("".join(line.text for line in page)) > 0


def _turned(line: TextLine) -> TextLine:
    return replace(line, mode="horizontal-rtl", chars=line.chars[::-1])
