"""報頭 of a page set downwards: the title down the right edge, date and number beside it."""

from __future__ import annotations

import re
from dataclasses import replace

from ..model import Rect
from ..text.marks import is_han
from ..text.spaces import squash
from .scene import Scene

_NUMBER = "[〇○零一二三四五六七八九十百千廿卅0-9]+"
_WORDING = re.compile(
    f"民[國国]{_NUMBER}年|{_NUMBER}月{_NUMBER}[日號号]|[農农夏陰阴舊旧][曆历]|第{_NUMBER}[號号期]"
    "|星期.|零售|每[份張张]|館址|馆址|社址"
)
_NAME = re.compile("[報报刊聞闻誌志]$")

LARGE = 2.0
"""A title is so many times the size of the body."""

NEAR = 5.0
"""Ems from the title within which the small print of its box begins, and goes on from line to
line."""


def mark_title_box(scene: Scene) -> None:
    """On the first page of an issue set downwards, seen in the turned frame: the large title at
    the right edge (there the upper one) and the lines at its left that name the day, the number
    and the like are masthead.

    The title must be called a paper's, or two things that only a masthead says must stand by it.
    """
    sheet = scene.sheet
    if not scene.downward or sheet.number != 1:
        return
    titles = [
        i
        for i in scene.free()
        for b in [scene.blocks[i]]
        if scene.ratio(i) > LARGE
        and len(b.rows) <= 2
        and 2 <= sum(map(is_han, b.text)) <= 10
        and b.box.y0 < 0.2 * sheet.height
        and b.box.x0 < 0.5 * sheet.width
    ]
    titles.sort(key=lambda i: (-round(scene.blocks[i].size), scene.blocks[i].box.y0))
    for title in titles[:3]:
        held = _small_print(scene, title)
        said = {
            m.group()[-1] for i in held for m in _WORDING.finditer(squash(scene.blocks[i].text))
        }
        named = _NAME.search(squash(scene.blocks[title].text)) is not None
        if said and (named or len(said) >= 2):
            for i in (title, *held):
                scene.kind[i] = "masthead"
            return


def _small_print(scene: Scene, title: int) -> list[int]:
    """The lines that go on from a title, next to it and to each other, beside it all along: short
    ones that are no running text, from the title to the last that says what a masthead says."""
    box = scene.blocks[title].box
    reach = Rect(box.x0 - scene.em, box.y0 - scene.em, box.x1 + NEAR * scene.em, box.y1)
    found: list[int] = []
    last = 0
    edge = box.y1
    for i in sorted(
        scene.free(),
        key=lambda i: (round(scene.blocks[i].box.cy / scene.em), scene.blocks[i].box.x0),
    ):
        b = scene.blocks[i]
        if i == title or b.box.y1 < box.y0 or b.box.y0 > edge + NEAR * scene.em:
            continue
        if b.cell != scene.blocks[title].cell or b.box.overlap_x(reach) < 0.25 * b.box.width:
            continue
        says = _WORDING.search(squash(b.text)) is not None
        if set(b.text) & set("。、，") or (scene.is_running(i) and (len(b.rows) > 4 or not says)):
            break
        if scene.ratio(i) > 1.7 and not says:
            break
        found.append(i)
        edge = max(edge, b.box.y1)
        if says:
            last = len(found)
            reach = replace(reach, x1=max(reach.x1, b.box.x1 + NEAR * scene.em))
    return found[:last]
