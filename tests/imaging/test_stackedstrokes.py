"""Strokes of one line of a headline over those of the next are no rule."""

from __future__ import annotations

import numpy as np

from digitise.imaging.stackedstrokes import without_stacked_strokes
from digitise.model import Gray, Rect, Rule

OVER, UNDER = Rect(100, 100, 800, 180), Rect(100, 200, 800, 280)
RULE = Rule(Rect(400, 108, 410, 272))


def page(*courses: tuple[int, int]) -> Gray:
    ink = np.zeros((400, 900), np.uint8)
    for y0, y1 in courses:
        ink[y0:y1, 400:410] = 255
    return ink


def left(ink: Gray, rule: Rule = RULE, words: tuple[Rect, ...] = (OVER, UNDER)) -> tuple[Rule, ...]:
    return without_stacked_strokes([rule], words, ink)


def test_two_strokes_one_under_the_other_are_no_rule() -> None:
    assert left(page((108, 172), (208, 272))) == ()


def test_across_lines_set_downwards_too() -> None:
    ink = np.ascontiguousarray(page((108, 172), (208, 272)).T)
    words = tuple(Rect(b.y0, b.x0, b.y1, b.x1) for b in (OVER, UNDER))
    assert left(ink, Rule(Rect(108, 400, 272, 410)), words) == ()


def test_a_line_drawn_between_two_headlines_stays() -> None:
    assert left(page((108, 272))) == (RULE,)


def test_a_broken_rule_that_goes_on_beyond_the_lines_stays() -> None:
    longer = Rule(Rect(400, 60, 410, 330))
    assert left(page((60, 172), (208, 330)), longer) == (longer,)


def test_a_rule_that_was_wiped_out_stays() -> None:
    assert left(page()) == (RULE,)


def test_a_rule_at_the_end_of_the_lines_stays() -> None:
    ends = (Rect(100, 100, 405, 180), Rect(100, 200, 405, 280))
    assert left(page((108, 172), (208, 272)), words=ends) == (RULE,)
