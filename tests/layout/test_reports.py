"""Short reports one after the other, titles of pictures, headlines set in pieces."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

import numpy as np
import pytest

from digitise.layout import analyse, bodylinks
from digitise.layout.blocks import Row, make_block
from digitise.layout.bodylinks import FOOTED
from digitise.layout.bodytext import read_body
from digitise.layout.downlines import with_whole_lines
from digitise.layout.flow import Chain, chain_bodies, weigh
from digitise.layout.heads import Head
from digitise.layout.kinship import HEARD, SURE, kindred
from digitise.layout.nodes import Node
from digitise.layout.result import PageLayout
from digitise.layout.scene import Scene
from digitise.layout.twinheads import part_twins
from digitise.text.jumps import is_marker

from .setting import EM, LEAD, Paper, Rect, centred, columns, downward, filled, line


def _articles(page: PageLayout) -> dict[str, str]:
    return {
        p.headline: "".join(x.text for x in p.lines) for p in page.pieces if p.kind == "article"
    }


class _Titles:
    """A scene of nothing but titles, one a block."""

    def __init__(self, *sizes: float) -> None:
        self.blocks = [
            make_block([Row((line("短讯标题", 100, 300 * k, s, font="Hei"),))], -1)
            for k, s in enumerate(sizes)
        ]

    def kin(self, weak: list[bool], starts: list[bool], margins: list[float]) -> list[float]:
        nodes = [
            Node(b.box, head=Head((k,), weak=w))
            for k, (b, w) in enumerate(zip(self.blocks, weak, strict=True))
        ]
        return list(kindred(self, nodes, starts, np.array(margins)))  # type: ignore[arg-type]


def test_titles_of_one_type_speak_for_each_other() -> None:
    """The second was taken for a title inside the first's report, and not surely."""
    found = _Titles(60, 60, 80).kin([True] * 3, [True, False, True], [9.0, 0.5, 9.0])
    assert found == [-0.5, HEARD, 0.0]


def test_the_surest_is_heard_most() -> None:
    found = _Titles(60, 60, 60).kin([True] * 3, [True, False, False], [9.0, 0.5, 1.0])
    assert found[1] == pytest.approx((HEARD**2 - 1) / (HEARD + 1))


def test_a_headline_with_a_deck_speaks_for_small_ones_in_its_type() -> None:
    assert _Titles(60, 60).kin([True, False], [False, True], [0.5, 0.0]) == [SURE, 0.0]


def _report(paper: Paper, title: str, area: Rect, start: int) -> list[str]:
    paper.put(centred(title, area, area.y0 - 92, 1.4 * EM))
    text, lines = filled(start, [area])
    paper.put(*lines)
    return text


def _two_down_one_column() -> tuple[Paper, dict[str, str]]:
    """Two reports down one column; what stands at the head of the next is the lower one's."""
    left, right = columns(100, 400, 2, 16, 30)
    paper = Paper()
    upper = Rect(left.x0, 400, left.x1, 400 + 8 * LEAD)
    paper.put(centred("渡船开得更早了", left, 300, 1.4 * EM))
    first, lines = filled(0, [upper])
    paper.put(*lines)
    lower = Rect(left.x0, upper.y1 + 180, left.x1, upper.y1 + 180 + 9 * LEAD)
    over = Rect(right.x0, 300, right.x1, 300 + 6 * LEAD)
    paper.put(centred("鲜笋运进了城", left, upper.y1 + 60, 1.4 * EM))
    second, lines = filled(7, [lower, over])
    paper.put(*lines)
    last = Rect(right.x0, over.y1 + 180, right.x1, over.y1 + 180 + 9 * LEAD)
    paper.put(centred("山路通到村口", right, over.y1 + 60, 1.4 * EM))
    third, lines = filled(11, [last])
    paper.put(*lines)
    return paper, {
        "渡船开得更早了": "".join(first),
        "鲜笋运进了城": "".join(second),
        "山路通到村口": "".join(third),
    }


def test_a_text_goes_on_from_the_foot_of_its_column_not_from_over_another_title() -> None:
    paper, expected = _two_down_one_column()
    assert _articles(analyse(paper.sheet())) == expected


def test_to_go_on_from_over_another_title_costs_more(monkeypatch: pytest.MonkeyPatch) -> None:
    paper, expected = _two_down_one_column()
    costs: dict[float, dict[tuple[str, str], float]] = {}

    def weighed(scene: Scene, heads: Sequence[Head], bodies: Sequence[int]) -> list[Chain]:
        for footed in (FOOTED, 0.0):
            monkeypatch.setattr(bodylinks, "FOOTED", footed)
            found = weigh(scene, heads, bodies)
            named = [(k, scene.blocks[node.block].text) for k, node in enumerate(found.nodes)
                     if node.head is None]  # fmt: skip
            costs[footed] = {(a, b): float(found.cost[p, q]) for p, a in named for q, b in named}
        return chain_bodies(scene, heads, bodies)

    monkeypatch.setattr(importlib.import_module("digitise.layout.analyse"), "chain_bodies", weighed)
    analyse(paper.sheet())
    dearer = [pair for pair, cost in costs[FOOTED].items() if cost > costs[0.0][pair] + 1.0]
    assert dearer
    assert all(expected["渡船开得更早了"].startswith(start[:8]) for start, _ in dearer)


def test_the_title_of_a_picture_leaves_the_text_to_the_headline_beside_it() -> None:
    paper = Paper()
    area = Rect(100, 900, 900, 900 + 14 * LEAD)
    paper.put(centred("晨雾里的渡口", area, 200, 2 * EM)).picture(Rect(100, 300, 900, 780))
    paper.put(line("图为渡口的清晨。林水生 摄", 100, 800, 0.85 * EM))
    paper.put(downward("老茶厂的新日子", 960, 930, 100))
    text, lines = filled(3, [area])
    paper.put(*lines)
    found = _articles(analyse(paper.sheet()))
    assert found.get("老茶厂的新日子") == "".join(text)


@pytest.mark.parametrize(("end", "parts"), [("了，", 1), ("了", 2)])
def test_a_vertical_headline_goes_on_under_a_stop(end: str, parts: int) -> None:
    upper = downward("路通" + end, 100, 100, 120)
    lower = downward("心宽了", 100, upper.box.y1 + 100, 120)
    assert len(with_whole_lines([lower, upper], EM)) == parts


def test_three_headlines_side_by_side_are_cut_over_both_gutters() -> None:
    """The second line begins under the second of them."""
    rows = [line("山路拓宽 渡船新开 茶厂开工", 100, 100, 120, font="Song")]
    rows.append(line("乡亲上岸 新茶出锅", 700, 240, 120, font="Song"))
    under = [
        make_block(
            [Row((line("山路拓宽以后货车可以开进", x, 450 + k * LEAD),)) for k in range(5)], -1
        )
        for x in (100, 700, 1300)
    ]
    parted = part_twins([make_block([Row((r,)) for r in rows], -1), *under], EM)
    assert [b.text for b in parted[:3]] == ["山路拓宽", "渡船新开乡亲上岸", "茶厂开工新茶出锅"]


def test_the_end_of_a_question_in_the_next_column_belongs_to_it() -> None:
    blocks = [
        make_block([Row((line("问：山路拓宽以后，您怎么", 180, 400, font="Hei", bold=True),))], -1),
        make_block([Row((line("看？", 700, 100, font="Hei", bold=True),))], -1),
    ]
    body = read_body(blocks, [True, False])
    assert [x.kind for x in body.lines] == ["subhead", "subhead"]


@pytest.mark.parametrize("text", ["（接1版）", "[上接第1版]", "▶下转A2版"])
def test_a_marker_alone(text: str) -> None:
    assert is_marker(text)
    assert not is_marker("接下来的日子" + text)


@pytest.mark.parametrize(("number", "count"), [("二、", 1), ("", 2)])
def test_a_numbered_title_at_the_head_of_a_column_is_inside_the_story(
    number: str, count: int
) -> None:
    """Columns under a headline, the last of them under a small title of its own."""
    one, two, three = columns(100, 400, 3, 14, 14)
    _, body = filled(0, [one, two])
    title = line(f"{number}田凯平的十四年", three.x0 + 2 * EM, 400, 1.3 * EM, font="Hei")
    _, last = filled(6, [Rect(three.x0, 400 + 1.8 * LEAD, three.x1, three.y1)])
    head = centred("摆渡人", Rect(one.x0, 0, two.x1, 0), 250, 90, font="Hei")
    page = Paper(width=2200).put(head, *body, title, *last)
    found = [p for p in analyse(page.sheet()).pieces if p.kind == "article"]
    assert len(found) == count
