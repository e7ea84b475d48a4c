"""Where a story is taken up: its marker, and the columns level with it."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

import pytest

from digitise.layout import analyse
from digitise.layout.bands import over_white
from digitise.layout.blocks import Row, make_block
from digitise.layout.flow import Chain, chain_bodies, weigh
from digitise.layout.heads import Head
from digitise.layout.links import Links
from digitise.layout.ownmarkers import with_own_markers
from digitise.layout.scene import Scene
from digitise.model import Rect, Sheet

from .setting import EM, LEAD, Paper, centred, columns, filled, line


def _column(x: float, y: float, rows: int = 5) -> list[Row]:
    return [Row((line("山路拓宽以后货车可以开到村", x, y + k * LEAD),)) for k in range(rows)]


def test_a_marker_in_a_face_of_its_own_opens_the_column_under_it() -> None:
    marker = make_block([Row((line("（上接第一版）", 120, 100, font="Kai"),))], -1)
    own, beside = make_block(_column(100, 162), -1), make_block(_column(700, 100, 6), -1)
    found = with_own_markers([marker, own, beside], EM, LEAD)
    assert [b.text[:7] for b in found] == ["（上接第一版）", "山路拓宽以后货"]
    assert found[0].box.y0 == beside.box.y0
    assert found[0].size == own.size


def test_a_marker_at_the_foot_ends_the_column_over_it() -> None:
    own = make_block(_column(100, 100), -1)
    y = own.box.y1 + LEAD - EM
    marker = make_block([Row((line("（下转第二版）", 340, y, font="Kai"),))], -1)
    found = with_own_markers([own, marker], EM, LEAD)
    assert [b.rows[-1].text for b in found] == ["（下转第二版）"]


def test_a_marker_far_from_any_column_stays_alone() -> None:
    marker = make_block([Row((line("（上接第一版）", 120, 100),))], -1)
    own = make_block(_column(100, 400), -1)
    assert with_own_markers([marker, own], EM, LEAD) == [marker, own]


def _links(sheet: Sheet, monkeypatch: pytest.MonkeyPatch) -> Links:
    found: list[Links] = []

    def note(scene: Scene, heads: Sequence[Head], bodies: Sequence[int]) -> list[Chain]:
        found.append(weigh(scene, heads, bodies).links)
        return chain_bodies(scene, heads, bodies)

    monkeypatch.setattr(importlib.import_module("digitise.layout.analyse"), "chain_bodies", note)
    analyse(sheet)
    return found[0]


@pytest.mark.parametrize(("marker", "lower", "costs"), [
    ("（上接第一版）", 0.0, True),  # taken up under white that runs on under the column beside
    ("渡船照旧开往对岸", 0.0, False),  # nothing is taken up
    ("（上接第一版）", 2 * LEAD, False),  # the column beside begins further down
])  # fmt: skip
def test_text_does_not_go_on_over_white_that_is_level_with_a_rest(
    marker: str, lower: float, costs: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two columns of a report end level; under the left one stands the rest of a story."""
    paper = Paper(width=1700, height=2600).folio("2", "要闻")
    upper = columns(100, 460, 2, 14, 8)
    paper.put(centred("新桥通了路也宽了", upper[0], 200, 60))
    for k, area in enumerate(upper):
        paper.put(*filled(3 * k, [area])[1])
    top = upper[0].y1 + EM
    left, right = columns(100, top, 2, 14, 20)
    paper.put(line(marker, left.x0, left.y0, font="Kai"))
    paper.put(*filled(7, [Rect(left.x0, left.y0 + LEAD, left.x1, left.y1)])[1])
    paper.put(*filled(11, [Rect(right.x0, right.y0 + lower, right.x1, right.y1)])[1])
    links = _links(paper.sheet(), monkeypatch)
    body = {links.nodes[k].box.x0 > left.x1: k for k in links.bodies if links.nodes[k].box.y0 < top}
    under = next(
        k for k in links.bodies if links.nodes[k].box.y0 >= top and links.nodes[k].box.x0 > left.x1
    )
    assert (over_white(links, [(body[True], under)])[0] > 0) == costs
    assert over_white(links, [(body[False], body[True])])[0] == 0
