"""Parts of a headline that were taken for headlines of their own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digitise.layout.barriers import Barriers, outside_headlines
from digitise.layout.blocks import Row, make_block
from digitise.layout.flow import Chain
from digitise.layout.ground import read_ground
from digitise.layout.headparts import with_head_parts
from digitise.layout.heads import Head
from digitise.layout.scene import Scene
from digitise.model import Rect, Rule, TextLine

from .setting import EM, LEAD, Paper, columns, filled, line


def _heads(upper: TextLine, lower: TextLine, ruled: bool = False) -> list[tuple[str, str, str]]:
    """(kicker, headline, deck) of the chains that come of two heads, the lower one with a text."""
    (area,) = columns(100, 700, 1, 40, 8)
    text = filled(2, [area])[1]
    paper = Paper(width=2700).put(upper, lower, *text)
    if ruled:
        y = (upper.box.y1 + lower.box.y0) / 2
        paper.rule(100, y - 2, 1700, y + 2)
    sheet = replace(paper.sheet(), origin="ocr")
    rows = ([Row((upper,))], [Row((lower,))], [Row((x,)) for x in text])
    blocks = [make_block(one, -1) for one in rows]
    scene = Scene(sheet, EM, LEAD, blocks, read_ground(sheet, EM), Barriers(sheet.rules), [])
    chains = [Chain(Head((0,)), (), frozenset()), Chain(Head((1,)), (2,), frozenset())]

    def said(members: tuple[int, ...]) -> str:
        return " ".join(blocks[i].text for i in members)

    heads = [c.head for c in with_head_parts(scene, chains) if c.head is not None]
    return [(said(h.kicker), said(h.headline), said(h.deck)) for h in heads]


@pytest.mark.parametrize(
    ("upper", "lower", "whole"),
    [
        # set off to the left of a headline twice as large
        (
            line("一张蓝图绘到底", 100, 200, 118),
            line("送到家门口之后", 236, 350, 240),
            ("一张蓝图绘到底", "送到家门口之后", ""),
        ),
        # the headline itself, over the deck that was taken for it
        (
            line("送到家门口之后", 100, 200, 160),
            line("一碗水端平", 150, 400, 90),
            ("", "送到家门口之后", "一碗水端平"),
        ),
        # two rows of one size
        (
            line("背篓医生", 166, 200, 128),
            line("与时间赛跑", 100, 390, 128),
            ("", "背篓医生 与时间赛跑", ""),
        ),
    ],
)
def test_a_line_without_text_belongs_to_the_headline_under_it(
    upper: TextLine, lower: TextLine, whole: tuple[str, str, str]
) -> None:
    assert _heads(upper, lower) == [whole]
    assert len(_heads(upper, lower, ruled=True)) == 2
    assert len(_heads(upper.shift(1200, 0), lower)) == 2


def test_phrases_of_a_kicker_in_one_row_go_with_the_first() -> None:
    (area,) = columns(100, 700, 1, 40, 8)
    text = filled(2, [area])[1]
    kicker = [line("破难题", 100 + 450 * k, 200, 108) for k in range(3)]
    head = line("送到家门口之后", 100, 350, 240)
    paper = Paper(width=2700).put(*kicker, head, *text)
    sheet = replace(paper.sheet(), origin="ocr")
    rows = [[Row((x,))] for x in (*kicker, head)] + [[Row((x,)) for x in text]]
    blocks = [make_block(one, -1) for one in rows]
    scene = Scene(sheet, EM, LEAD, blocks, read_ground(sheet, EM), Barriers(()), [])
    whole = Chain(Head((3,), kicker=(1,)), (4,), frozenset())
    others = [Chain(Head((k,)), (), frozenset()) for k in (2, 0)]
    (chain,) = with_head_parts(scene, [*others, whole])
    assert chain.head == Head((3,), kicker=(0, 1, 2))


def test_a_phrase_behind_a_quotation_that_was_not_closed_belongs_to_the_row() -> None:
    """盘活“沉睡” 资产: the mark between the two was not read."""
    first = line("盘活“沉睡", 100, 300, 170)
    second = line("资产", first.box.x1 + 300, 300, 170)
    assert _heads(second, first) == [("", "盘活“沉睡 资产", "")]
    closed = line("盘活大沉睡", 100, 300, 170)
    assert len(_heads(second, closed)) == 2


def test_the_feet_of_heavy_characters_are_no_rule() -> None:
    head = line("背篓医生", 100, 300, 120)
    foot, under = (Rule(Rect(230, y, 580, y + 16)) for y in (402, 440))
    assert outside_headlines([foot, under], [head], EM) == [under]
    assert outside_headlines([foot], [replace(head, font="Song")], EM) == [foot]
