"""The turned frame in which vertical text is laid out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from digitise.layout import PageLayout
from digitise.layout.result import Piece
from digitise.layout.uprights import turned, turned_back, vertical_areas
from digitise.model import Page, Rect, polygon_bounds

from .setting import EM, Paper, columns, downward, flow, line, prose

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
