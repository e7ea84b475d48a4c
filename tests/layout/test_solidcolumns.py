"""Columns of old pages as they stand among their neighbours."""

from __future__ import annotations

from dataclasses import replace

from digitise.layout.downcolumns import SOLID, printed_box, rejoined
from digitise.layout.solidcolumns import with_even_columns, with_heads_parted, without_specks
from digitise.model import TextLine

from .setting import EM, downward, line

STEP = 1.05 * EM


def _columns(texts: list[str], top: float = 200) -> list[TextLine]:
    """Columns side by side from right to left, their first characters level."""
    return [downward(text, 1000 - k * STEP, top) for k, text in enumerate(texts)]


def test_a_column_with_characters_left_out_is_of_the_size_of_its_neighbours() -> None:
    right, middle, left = _columns(
        ["昨晚七時三十分突被", "一二三四五六七八九", "侵入搶去財物一百五"]
    )
    five = replace(middle, chars=middle.chars[::2], size=1.3 * EM)
    found = with_even_columns([right, five, left], EM)
    assert [x.size for x in found] == [EM, EM, EM]
    # alone, far from any other or shorter than both it is what it seems
    for other in (five.shift(-400, 0), replace(five, box=replace(five.box, y1=350))):
        assert with_even_columns([right, other, left], EM)[1].size == 1.3 * EM


def test_type_is_no_larger_than_its_pitch() -> None:
    wide = downward("江陰婦人", 600, 200)
    wide = replace(wide, size=1.5 * EM, box=replace(wide.box, x1=wide.box.x0 + 1.5 * EM))
    spaced = replace(downward("江陰婦人", 600, 200, 1.3 * EM), size=1.3 * EM)
    found = with_even_columns([wide, spaced], EM)
    assert [x.size for x in found] == [EM, 1.3 * EM]


def _headed() -> list[TextLine]:
    """Three columns of two characters under a small head that was read with the middle one."""
    head = [downward("查抄烟土該犯", 1000 - STEP, 200)]
    foot = 200 + 4 * EM
    return [downward("迨將", 1000, foot), *head, downward("罐抄", 1000 - 2 * STEP, foot)]


def test_a_small_head_read_with_the_column_under_it_is_cut_off() -> None:
    found = [x.text for x in with_heads_parted(_headed(), EM)]
    assert sorted(found) == sorted(["迨將", "查抄烟土", "該犯", "罐抄"])


def test_a_column_that_stands_against_another_holds_no_head() -> None:
    beside = downward("由警局派員前往", 1000 - 3 * STEP + 1.6 * EM, 200)
    assert len(with_heads_parted([*_headed(), beside], EM)) == 4
    # short columns in the middle of a page that end elsewhere are no foot of a head
    higher = [x.shift(0, -1.5 * EM) if len(x.text) == 2 else x for x in _headed()]
    assert len(with_heads_parted(higher, EM)) == 3


def test_dirt_is_no_text_and_a_bracket_is() -> None:
    speck = replace(line("7", 100, 3000, 0.7 * EM), confidence=0.56)
    dot = line("，", 640, 100, 0.2 * EM)
    bracket = line("」", 640, 500)
    known = replace(speck, font="Song")
    assert without_specks([speck, dot, bracket, known], EM) == [bracket, known]


def test_arrows_at_the_head_of_a_column_are_left_out() -> None:
    columns = _columns(["★↓↓↓☆上海冰鮮魚行", "業同業公會昨函工部"])
    found = [x.text for x in rejoined(columns, EM, SOLID)]
    assert sorted(found) == sorted(["上海冰鮮魚行", "業同業公會昨函工部"])
    across = line("★☆★特價三天", 400, 100, 2 * EM)  # part of what it says
    assert "★☆★特價三天" in {x.text for x in rejoined([*columns, across], EM, SOLID)}


def test_a_headline_takes_the_place_of_the_arrows_beside_it() -> None:
    head = downward("奮鬥到底", 700, 200, 2 * EM)
    arrows = downward("↑↑↑↑↑↑", 650, 220)
    far = downward("↑↑↑↑↑↑", 400, 220)
    (found,) = rejoined([head, arrows, far], EM, SOLID)
    assert (found.box.x0, found.box.x1) == (650, head.box.x1)
    assert printed_box(found) == head.box
    assert printed_box(head) == head.box
