"""What stands between two pieces of a page, and what that says of whether one goes on in the other."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import replace

import pytest

from digitise.layout import Piece, analyse
from digitise.layout.flow import Chain, chain_bodies, weigh
from digitise.layout.heads import Head
from digitise.layout.scene import Scene
from digitise.model import Rect

from .setting import EM, LEAD, Paper, centred, columns, downward, filled, flow, line


def _text(piece: Piece) -> str:
    return "".join(x.text for x in piece.lines)


def test_the_next_of_several_short_reports_is_no_kicker() -> None:
    """The last line of the left column begins a report that goes on in the right one."""
    left, right = columns(100, 400, 2, 16, 12)
    reports = ["●春耕时节　" + "清晨六点，码头上的第一班渡船载着赶早市的乡亲缓缓离岸。" * 3] * 2
    set_up = [replace(x, font="Song", bold=False) for x in flow(reports, [left])]
    paper = Paper().put(centred("三言两语", left, 300, 1.5 * EM), *set_up)
    lead = set_up[-1].box.y0 + LEAD
    paper.put(line("●车轮滚滚向前", left.x0 + 2 * EM, lead, font="Hei", bold=True))
    paper.put(line("谁来管一管", left.x0 + 3 * EM, lead + 66, 1.3 * EM, font="Kai"))
    paper.put(line("谷雨时节这里不熄灯", left.x0, lead + 160, 2.2 * EM, font="Song"))
    paper.put(*filled(3, [Rect(left.x0, lead + 280, left.x1, lead + 280 + 9 * LEAD)])[1])
    paper.put(*flow(["去年冬天添的三台机器都用上了。" * 4], [right]))
    (piece,) = (p for p in analyse(paper.sheet()).pieces if "谷雨" in p.headline)
    assert piece.kicker == "谁来管一管"


def test_a_picture_between_a_vertical_headline_and_its_text_is_in_nobodys_way() -> None:
    area = Rect(100, 400, 900, 400 + 12 * LEAD)
    paper = Paper().put(downward("喝上放心水", 1980, 420, 100))
    paper.picture(Rect(980, 440, 1900, 1000))
    text, lines = filled(3, [area])
    paper.put(*lines)
    (piece,) = (p for p in analyse(paper.sheet()).pieces if p.headline)
    assert _text(piece) == "".join(text)


def _costs(monkeypatch: pytest.MonkeyPatch, paper: Paper) -> dict[tuple[str, str], float]:
    """What the links between bodies cost by hand, by how their texts begin."""
    costs: dict[tuple[str, str], float] = {}

    def weighed(scene: Scene, heads: Sequence[Head], bodies: Sequence[int]) -> list[Chain]:
        found = weigh(scene, heads, bodies)
        named = [
            (k, scene.blocks[node.block].text[:6])
            for k, node in enumerate(found.nodes)
            if node.head is None
        ]
        costs.update({(a, b): float(found.cost[p, q]) for p, a in named for q, b in named})
        return chain_bodies(scene, heads, bodies)

    with monkeypatch.context() as patch:
        patch.setattr(importlib.import_module("digitise.layout.analyse"), "chain_bodies", weighed)
        analyse(paper.sheet())
    return costs


def test_one_does_not_go_back_up_across_a_rule_into_another_band(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    left, right = columns(100, 300, 2, 16, 8)
    low, _ = columns(100, 1200, 2, 16, 8)
    upper, lower = filled(2, [right])[1], filled(7, [low])[1]

    def paper() -> Paper:
        return Paper().put(line("晨雾里的渡口", 100, 300, 2 * EM), *upper, *lower)

    pair = lower[0].text[:6], upper[0].text[:6]
    free = _costs(monkeypatch, paper())[pair]
    under_both = paper().rule(100, 1000, right.x1, 1004)
    assert _costs(monkeypatch, under_both)[pair] == pytest.approx(free + 3.0)
    under_one = paper().rule(right.x0, 1000, right.x1, 1004)
    assert _costs(monkeypatch, under_one)[pair] == pytest.approx(free)
    assert left.x1 < right.x0
