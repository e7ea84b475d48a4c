"""Openings taken apart at the fold, and lines that run from right to left."""

from __future__ import annotations

from dataclasses import replace

from digitise.layout.leftward import with_leftward_lines
from digitise.layout.openings import fold_of, pages_of
from digitise.model import Char, Frame, Rect, Rule, Sheet, TextLine

EM = 30.0
BODY = "國際電報昨日到滬記者往訪外交當局據云此事已有端倪各報所載不盡可信"


def down(text: str, x: float, y: float) -> TextLine:
    """A vertical line with its head at (x, y)."""
    chars = tuple(
        Char(c, Rect(x, y + i * EM, x + EM, y + (i + 1) * EM)) for i, c in enumerate(text)
    )
    return TextLine(Rect(x, y, x + EM, y + EM * len(text)), chars, EM, mode="vertical-rl")


def across(text: str, x: float, y: float) -> TextLine:
    """A horizontal line as it is read: from left to right."""
    chars = tuple(
        Char(c, Rect(x + i * EM, y, x + (i + 1) * EM, y + EM)) for i, c in enumerate(text)
    )
    return TextLine(Rect(x, y, x + EM * len(text), y + EM), chars, EM)


def page(x0: float, columns: int = 30) -> list[TextLine]:
    return [down(BODY, x0 + i * 1.3 * EM, 200.0) for i in range(columns)]


def sheet(lines: list[TextLine], width: int = 3000) -> Sheet:
    return Sheet("p0001", 1, "a.png", width, 1500, 200, lines=tuple(lines))


def test_an_opening_is_two_pages_the_right_one_first() -> None:
    left, right = page(100), page(1600)
    rule = Rule(Rect(90, 180, 2900, 184))
    first, second = pages_of(replace(sheet(left + right), rules=(rule,)))
    assert first.lines == tuple(right)
    assert second.lines == tuple(left)
    assert (first.width, first.height) == (3000, 1500)
    assert second.rules[0].box.x1 <= 1600 and first.rules[0].box.x0 >= 100
    assert second.steps[-1].name == "opening"


def test_text_set_across_is_read_from_the_left_page_on() -> None:
    rows = [across(BODY, x, 100.0 + 40 * k) for k in range(30) for x in (100.0, 1600.0)]
    first, second = pages_of(sheet(rows))
    assert {line.box.x0 for line in first.lines} == {100.0}
    assert {line.box.x0 for line in second.lines} == {1600.0}


def test_a_spread_over_the_fold_stays_whole() -> None:
    headline = [across(BODY, 900.0, 120.0 + 40 * k) for k in range(2)]
    both = sheet(page(100) + page(1600) + headline)
    assert fold_of(both) is None
    assert pages_of(both) == (both,)


def test_a_frame_over_the_fold_is_not_cut() -> None:
    strip = Frame(Rect(1310, 200, 1560, 1300))
    both = replace(sheet(page(100) + page(1600)), frames=(strip,))
    fold = fold_of(both)
    assert fold is not None and not strip.box.x0 < fold < strip.box.x1


def test_an_upright_page_is_one_page() -> None:
    assert fold_of(sheet(page(100) + page(1600), width=1300)) is None


def test_dates_tell_which_way_headlines_run() -> None:
    lines = [*page(100), across("日廿月四年八十二國民", 400, 100)]
    turned = with_leftward_lines(sheet(lines)).lines[-1]
    assert (turned.text, turned.mode) == ("民國二十八年四月廿日", "horizontal-rtl")
    assert [c.box.x0 for c in turned.chars] == sorted(
        (c.box.x0 for c in turned.chars), reverse=True
    )


def test_headlines_that_run_to_the_right_stay() -> None:
    lines = [*page(100), across("民國七十八年四月廿日", 400, 100)]
    assert with_leftward_lines(sheet(lines)).lines[-1] == lines[-1]


def test_a_page_set_across_has_no_leftward_lines() -> None:
    lines = [across(BODY, 100, 100 + 40 * k) for k in range(20)]
    assert with_leftward_lines(sheet(lines)).lines == tuple(lines)
