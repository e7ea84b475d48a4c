"""Rules go on where they grow faint."""

from __future__ import annotations

import numpy as np

from digitise.imaging.rules import find_rules, without_strokes
from digitise.model import Gray, Rect, Rule

EM = 16


def _page(*pieces: tuple[int, int]) -> Gray:
    """A mask with a rule from x 400 to 800 at y 100, and pieces of it from the first to the second
    of each pair."""
    ink = np.zeros((200, 900), np.uint8)
    for a, b in ((400, 800), *pieces):
        ink[100:102, a:b] = 255
    return ink


def _left(ink: Gray) -> float:
    return min(r.box.x0 for r in find_rules(ink, EM) if r.horizontal)


def test_pieces_in_a_row_go_on_from_a_rule() -> None:
    # of uneven lengths and distances: by themselves they are no dotted rule
    assert _left(_page((370, 390), (330, 355), (318, 326), (290, 299))) <= 291


def test_a_character_one_beside_a_rule_is_none_of_it() -> None:
    assert _left(_page((375, 390))) >= 398


def test_two_rules_that_end_beside_each_other_are_two() -> None:
    boxes = [r.box for r in find_rules(_page((100, 378)), EM) if r.horizontal]
    assert len(boxes) == 2


def test_pieces_between_two_rules_make_them_one() -> None:
    boxes = [r.box for r in find_rules(_page((100, 374), (378, 385), (389, 396)), EM)]
    assert len(boxes) == 1 and boxes[0].x0 <= 101 and boxes[0].x1 >= 799


def test_pieces_with_ink_over_them_are_strokes() -> None:
    ink = _page((370, 390), (330, 355), (318, 326), (290, 299))
    ink[88:98, 280:395:2] = 255
    assert _left(ink) >= 396


def test_a_rule_across_columns_that_run_over_it_is_no_stroke() -> None:
    columns = [Rect(100 + 20 * k, 0, 116 + 20 * k, 400) for k in range(20)]
    rule = Rule(Rect(100, 200, 496, 203))
    stroke = Rule(Rect(102, 300, 114, 302))
    assert without_strokes([rule, stroke], columns) == (rule,)
