"""Small issues to measure: a truth of two pages, and ways to spoil it."""

from __future__ import annotations

from typing import Any

import pytest

from digitise.model import (
    Article,
    Continuation,
    Issue,
    Line,
    Masthead,
    Page,
    Part,
    Rect,
    Region,
)


def _page(number: int, *texts: str) -> Page:
    page_id = f"p{number:04d}"
    square = Rect(0, 0, 100, 100).polygon
    regions = tuple(
        Region(f"{page_id}-r{k:03d}", "body", square, lines=(Line(f"{page_id}-l{k}", square, t),))
        for k, t in enumerate(texts, start=1)
    )
    return Page(page_id, number, f"A{number}", "", 100, 100, 300, regions,
                tuple(r.id for r in regions))  # fmt: skip


LAMPS = (
    "河边新装的三百盏路灯昨晚全部点亮，住在东岸的老人说，四十年来头一回夜里看得清对岸的柳树。",
    "灯杆用旧船木做成，每一根都刻着捐木人的名字，孩子们放学后沿着河岸一根一根地念过去。",
)
SCHOOL = (
    "山里的小学只剩七个学生，校长把礼堂改成了图书馆，晚上开给全村人看书，最远的读者要走六里路。",
    "村里的木匠把旧课桌拼成一张长桌，坐得下二十个人，冬天中间生一盆火，谁也不肯先回家。",
)
BRIDGE = ("石桥封闭三个月后重新通行，桥面只走人和自行车，汽车改走下游新桥。",)


@pytest.fixture
def truth() -> Issue:
    return Issue(
        "t-1", "河报", Masthead("河报", "2031-03-04", "星期二", cn="CN00-0001"),
        (_page(1, "河边的灯亮了", *LAMPS, "石桥通了", *BRIDGE), _page(2, "七个学生的礼堂", *SCHOOL)),
        (
            Article("a001", headline="河边的灯亮了", byline="林晓", paragraphs=LAMPS,
                    parts=(Part("p0001", ("p0001-r001", "p0001-r002", "p0001-r003")),),
                    continuations=(Continuation("p0001", "p0002", "（下转A2版）", "", "verified"),)),
            Article("a002", headline="石桥通了", paragraphs=BRIDGE,
                    parts=(Part("p0001", ("p0001-r004", "p0001-r005")),)),
            Article("a003", headline="七个学生的礼堂", paragraphs=SCHOOL,
                    parts=(Part("p0002", ("p0002-r001", "p0002-r002", "p0002-r003")),)),
            Article("a004", "advertisement", paragraphs=("青川豆腐干三十年老味道",)),
        ),
    )  # fmt: skip


@pytest.fixture
def make_page() -> Any:
    return _page
