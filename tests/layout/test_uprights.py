"""The turned frame in which vertical text is laid out."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from digitise.layout import PageLayout
from digitise.layout.downcolumns import SOLID, rejoined
from digitise.layout.result import Piece
from digitise.layout.uprights import turned, turned_back, vertical_areas
from digitise.layout.vertical import lay_grids, with_marks
from digitise.model import Page, Rect, polygon_bounds

from .setting import EM, Paper, columns, downward, flow, line, prose, spread

_AREA = Rect(100, 200, 1900, 2600)
_BOX = st.builds(
    lambda x, y, w, h: Rect(x, y, x + w, y + h),
    st.integers(120, 1500),
    st.integers(220, 2200),
    st.integers(1, 300),
    st.integers(1, 300),
)


@given(st.lists(_BOX, min_size=1, max_size=6))
def test_boxes_come_back_where_they_were(boxes: list[Rect]) -> None:
    paper = Paper()
    for box in boxes:
        paper.picture(box)
    sheet = turned(paper.sheet(), _AREA, [])
    assert [sheet.width, sheet.height] == [_AREA.height, _AREA.width]
    inside = [p.box for p in sheet.pictures]
    for box in inside:
        assert Rect(0, 0, sheet.width, sheet.height).contains(box)
    pieces = tuple(Piece("picture", (), box) for box in inside)
    back = turned_back(PageLayout(Page("p", 1), pieces), _AREA)
    assert [p.box for p in back.pieces] == boxes
    # the map that regions are written with says the same
    to = sheet.to_original
    assert [polygon_bounds(to.polygon(box.polygon)) for box in inside] == boxes


def test_columns_from_the_right_become_lines_from_the_top() -> None:
    lines = [downward(text, x, 300) for text, x in (("先读这里", 900), ("再读这里", 800))]
    sheet = turned(Paper().sheet(), _AREA, lines)
    first, second = sheet.lines
    assert {x.mode for x in sheet.lines} == {"horizontal-tb"}
    assert first.box.y0 < second.box.y0
    assert [c.box.x0 for c in first.chars] == sorted(c.box.x0 for c in first.chars)


def test_only_what_is_set_downwards_is_turned() -> None:
    across = flow(prose(0, 3, 4), columns(100, 100, 2, 14, 14))
    assert vertical_areas(Paper().put(*across).sheet(), EM) == []
    down = [
        downward(text[:18], 2200 - k * 62, 1500)
        for k, text in enumerate(p for n in range(3) for p in prose(n, 3, 1))
    ]
    head = line("一版两种排法", 100, 20, 60)
    areas = vertical_areas(Paper().put(head, *across, *down).sheet(), EM)
    ((box, held),) = areas
    assert sorted(x.text for x in held) == sorted(x.text for x in down)
    assert all(box.contains(x.box) for x in down)
    assert not any(box.overlap(x.box) for x in across)


def test_marks_beside_vertical_characters_stay_in_their_columns() -> None:
    """Two stops of one column, set beside it, stand one under the other like a line."""
    first = downward("清晨的渡船缓缓离岸", 1000, 400)
    stops = [replace(downward("，", 1024, y), mode="horizontal-tb") for y in (560, 720)]
    pair = replace(
        stops[0], mode="vertical-rl", chars=(*stops[0].chars, *stops[1].chars),
        box=stops[0].box.union(stops[1].box),
    )  # fmt: skip
    found = rejoined([first, pair, downward("乡亲们准备赶早市", 920, 400)], EM)
    assert {x.mode for x in found} == {"vertical-rl"}
    assert sorted(x.text.replace("，", "") for x in found) == [
        "乡亲们准备赶早市",
        "清晨的渡船缓缓离岸",
    ]
    assert [x.text.count("，") for x in found if "渡船" in x.text] == [2]


def test_a_mark_joins_the_large_vertical_line_beside_it() -> None:
    head = downward("路通了", 500, 300, 120)
    more = tuple(replace(c, box=replace(c.box, y0=c.box.y0 + 480, y1=c.box.y1 + 480))
                 for c in downward("心宽了", 500, 300, 120).chars)  # fmt: skip
    head = replace(head, chars=(*head.chars, *more), box=Rect(500, 300, 620, 1140))
    mark = line("，", 565, 660, 120)
    (found,) = with_marks([head, mark], EM)
    assert found.text == "路通了，心宽了"


def test_a_letter_spaced_headline_of_two_lines_is_no_row_of_vertical_ones() -> None:
    """冬日新村岭 under 从零开始, spaced so wide that each character is nearer to the one over it."""
    pairs = [
        downward(text, 300 + 260 * k, 300, 120)
        for k, text in enumerate(("从冬", "零日", "开新", "始村"))
    ]
    last = line("岭", 300 + 260 * 4, 420, 120)
    found = lay_grids([*pairs, last], EM)
    assert [x.text for x in sorted(found, key=lambda x: x.box.y0)] == ["从零开始", "冬日新村岭"]


def test_a_row_far_under_columns_stays_a_row() -> None:
    """An address under an advertisement, whose characters happen to be spaced as the columns are."""
    down = [downward("清晨六点码头上的渡船", 400 + k * EM * 1.1, 300) for k in range(5)]
    foot = down[0].box.y1
    row = spread("大世界南隔", 400, foot + 5 * EM, EM, 1.1)
    assert row in rejoined([*down, row], EM, SOLID)


def test_a_row_of_neighbours_right_over_columns_is_no_row() -> None:
    down = [downward("清晨六点码头上的渡船", 400 + k * EM * 1.1, 300) for k in range(5)]
    row = spread("大世界南隔", 400, 300 - 1.3 * EM, EM, 1.1)
    assert all("大世" not in x.text for x in rejoined([*down, row], EM, SOLID))


def test_columns_that_make_words_stay_columns() -> None:
    """Of the same form as two letter-spaced rows, but read down."""
    texts = ("价出售", "一律廉", "内各货", "开幕期")
    down = [downward(text, 500 + 110 * k, 300, 80) for k, text in enumerate(texts)]
    assert lay_grids(down, EM) == down
    words = ("冬大", "日世", "新界", "村店")
    rows = [downward(text, 500 + 110 * k, 300, 80) for k, text in enumerate(words)]
    assert sorted(x.text for x in lay_grids(rows, EM)) == ["冬日新村", "大世界店"]
