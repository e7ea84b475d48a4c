"""Advertisements in display type without a frame."""

from __future__ import annotations

from digitise.layout.barriers import Barriers
from digitise.layout.blocks import Row, make_block
from digitise.layout.display import display_adverts
from digitise.layout.flow import Chain
from digitise.layout.ground import read_ground
from digitise.layout.heads import Head
from digitise.layout.scene import Scene
from digitise.model import Rect

from .setting import EM, LEAD, Paper, line


def test_one_that_stands_in_another_behind_a_rule_is_part_of_it() -> None:
    """The hull of two words that stand apart goes round what a rule parts from both."""
    big = 4 * EM
    lines = [
        line("老介福", 900, 560, big),
        line("國貨", 100, 100, big),
        line("大減價", 1500, 1300, big),
    ]
    sheet = Paper().put(*lines).rule(100, 710, 1900, 714).sheet()
    blocks = [make_block([Row((x,))], -1) for x in lines]
    scene = Scene(
        sheet, EM, LEAD, blocks, read_ground(sheet, EM), Barriers(sheet.rules), [], downward=True
    )
    chains = [
        Chain(Head((0,)), (), frozenset()),
        Chain(Head((1,)), (2,), frozenset()),
    ]
    kept, found, spare = display_adverts(scene, chains, [])
    assert kept == [] and spare == []
    assert [sorted(matter.blocks) for matter in found] == [[0, 1, 2]]


def test_a_drawn_box_round_display_type_is_one_advertisement() -> None:
    big = 4 * EM
    lines = [
        line("眼科專家", 200, 200, big),
        line("新法根治", 200, 500),
        line("診所靜安寺路", 200, 800),
    ]
    beyond = [line("新法根治眼科專家診所在此", 1200, 200 + 60 * k) for k in range(8)]
    sheet = Paper().put(*lines, *beyond).frame(Rect(150, 150, 1000, 900)).sheet()
    ground = read_ground(sheet, EM)
    blocks = [make_block([Row((x,))], ground.cell_of(x.box)) for x in lines]
    scene = Scene(sheet, EM, LEAD, blocks, ground, Barriers(()), [], downward=True)
    chains = [Chain(Head((0,)), (1,), frozenset()), Chain(None, (2,), frozenset())]
    kept, (advert,), _ = display_adverts(scene, chains, [])
    assert kept == []
    assert sorted(advert.blocks) == [0, 1, 2]
    assert advert.box == Rect(150, 150, 1000, 900)
