"""Boxes that run over a rule are cut there."""

from __future__ import annotations

from digitise.imaging.crossrules import cut_at_rules
from digitise.imaging.pieces import Piece
from digitise.model import Rect, Rule

TALL = Piece(Rect(100, 100, 200, 1000))


def test_a_tall_box_is_cut_at_a_rule_across_it() -> None:
    double = (Rule(Rect(20, 500, 400, 508)), Rule(Rect(20, 520, 400, 530)))
    assert [p.box for p in cut_at_rules([TALL], double)] == [
        Rect(100, 100, 200, 500),
        Rect(100, 530, 200, 1000),
    ]


def test_a_stroke_and_a_rule_beside_the_box_cut_nothing() -> None:
    stroke, beside = Rule(Rect(105, 500, 195, 508)), Rule(Rect(180, 500, 900, 508))
    along = Rule(Rect(150, 50, 158, 1200))
    assert cut_at_rules([TALL], (stroke, beside, along)) == [TALL]


def test_a_wide_box_is_cut_at_a_rule_down_through_it() -> None:
    wide = Piece(Rect(100, 100, 1000, 200))
    assert [p.box for p in cut_at_rules([wide], (Rule(Rect(500, 0, 506, 900)),))] == [
        Rect(100, 100, 500, 200),
        Rect(506, 100, 1000, 200),
    ]


def test_a_sliver_at_the_end_is_dropped_with_the_rule() -> None:
    # less than half as long as thick: the frame's side that the box took in
    near = Rule(Rect(20, 960, 400, 970))
    assert cut_at_rules([TALL], (near,)) == [TALL]
