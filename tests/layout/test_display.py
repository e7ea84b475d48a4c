"""Advertisements in display type without a frame."""

from __future__ import annotations

from digitise.layout.barriers import Barriers
from digitise.layout.blocks import Row, make_block
from digitise.layout.display import display_adverts
from digitise.layout.flow import Chain
from digitise.layout.ground import read_ground
from digitise.layout.heads import Head
from digitise.layout.scene import Scene

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
