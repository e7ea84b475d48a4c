"""Errors put into an issue on purpose, as a recogniser makes them: for tests and measurements."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace

from digitise.model import Issue, Line, Page, Region

LOOKALIKES: Mapping[str, str] = {
    "人": "入", "大": "太", "日": "曰", "未": "末", "已": "己", "天": "夭", "土": "士", "干": "千",
    "年": "午", "间": "问", "元": "无", "里": "量", "江": "汪", "市": "布", "民": "氏", "老": "考",
    "上": "止", "下": "卞", "方": "万", "家": "冢", "水": "氷", "区": "匹", "学": "孚", "来": "耒",
    "了": "丁", "们": "门", "没": "设", "次": "欠", "他": "她", "公": "分",
}  # fmt: skip
"""Right character: what it is taken for."""

DOUBTFUL = 0.42
"""The confidence that a planted error is given."""


@dataclass(frozen=True, slots=True)
class Planted:
    """`right` stood at code point `at` of the line, `wrong` stands there now; `sure`: and is not
    marked as doubtful."""

    page: str
    line: str
    at: int
    right: str
    wrong: str
    sure: bool = False


def plant(
    issue: Issue, count: int, *, page: str = "", seed: int = 1, sure: int = 0
) -> tuple[Issue, tuple[Planted, ...]]:
    """The issue with up to `count` wrong characters of low confidence, at most one a line; on
    one page where it is named. In reading order. `sure`: so many of them have the confidence of
    what is right, as a recogniser's worst errors have."""
    places = [
        Planted(p.id, line.id, at, char, LOOKALIKES[char])
        for p in issue.pages
        if page in ("", p.id)
        for region in _in_order(p)
        for line in region.lines
        if (at := _place(line)) >= 0 and (char := line.text[at])
    ]
    chosen = sorted(random.Random(seed).sample(range(len(places)), min(count, len(places))))
    certain = set(random.Random(seed + 1).sample(chosen, min(sure, len(chosen))))
    planted = tuple(replace(places[i], sure=i in certain) for i in chosen)
    by_line = {one.line: one for one in planted}
    return replace(issue, pages=tuple(_page(p, by_line) for p in issue.pages)), planted


def _in_order(page: Page) -> list[Region]:
    return [page.region(region) for region in page.reading_order]


def _place(line: Line) -> int:
    if len(line.chars) != len(line.text) or len(line.text) < 4:
        return -1
    found = [i for i, char in enumerate(line.text) if char in LOOKALIKES]
    return found[len(found) // 2] if found else -1


def _page(page: Page, planted: Mapping[str, Planted]) -> Page:
    regions = tuple(
        replace(region, lines=tuple(_line(line, planted.get(line.id)) for line in region.lines))
        for region in page.regions
    )
    return replace(page, regions=regions)


def _line(line: Line, one: Planted | None) -> Line:
    if one is None:
        return line
    confidence = line.chars[one.at].confidence if one.sure else DOUBTFUL
    wrong = replace(line.chars[one.at], text=one.wrong, confidence=confidence)
    chars = (*line.chars[: one.at], wrong, *line.chars[one.at + 1 :])
    return replace(line, text="".join(char.text for char in chars), chars=chars)


def lengthened(issue: Issue, wanted: int) -> Issue:
    """One page with that many lines: the sample's first page, over and over."""
    page = issue.pages[0]
    regions: list[Region] = []
    count = turn = 0
    while count < wanted:
        for region in page.regions:
            lines = tuple(replace(line, id=f"{line.id}x{turn}") for line in region.lines)
            regions.append(replace(region, id=f"{region.id}x{turn}", lines=lines))
            count += len(lines)
        turn += 1
    order = tuple(region.id for region in regions)
    long = replace(page, regions=tuple(regions), reading_order=order)
    articles = tuple(
        replace(
            article,
            parts=tuple(
                replace(part, regions=tuple(f"{r}x{t}" for t in range(turn) for r in part.regions))
                for part in article.parts if part.page == page.id
            ),
            continuations=(),
        )
        for article in issue.articles if any(part.page == page.id for part in article.parts)
    )  # fmt: skip
    return replace(issue, pages=(long,), articles=articles)
