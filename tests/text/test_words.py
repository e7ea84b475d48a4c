"""Words that a join makes, from the table that is shipped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitise.text.seams import Usage, seam
from digitise.text.words import LEAST, MOST, NONE, known_words


@pytest.mark.parametrize(
    ("before", "right", "wrong"),
    [
        ("一股子韧", "劲。", "也没有合眼。"),
        ("建成了高标准农", "田，八百亩", "灯，八百盏"),
        ("今年的渔港受寒", "潮影响", "题的办法"),
        ("要破的難", "題還多", "潮影響"),
    ],
)
def test_a_join_inside_a_word_is_likelier(before: str, right: str, wrong: str) -> None:
    words = known_words()
    assert words.joined(before, right) > words.joined(before, wrong) + 1.0


def test_old_forms_make_the_words_of_the_later_ones() -> None:
    words = known_words()
    worth = words.worth_of("眞", "實")
    assert worth == words.worth_of("真", "實")
    assert worth is not None and worth > 1.0


def test_what_is_no_hanzi_or_unknown_says_nothing() -> None:
    words = known_words()
    assert words.joined("结束了。", "第二天") == 0.0
    assert words.joined("", "劲") == 0.0
    assert NONE.joined("韧", "劲") == 0.0


@given(st.text(max_size=3), st.text(max_size=3))
def test_it_stays_within_its_bounds(before: str, after: str) -> None:
    assert LEAST <= known_words().joined(before, after) <= MOST


def test_a_word_that_no_other_text_of_the_issue_has_still_tells() -> None:
    usage = Usage.of(["韧性是慢慢长出来的，劲头也是，都不着急。"])
    assert seam("凭的是一股子韧", "劲。", usage) > seam("凭的是一股子韧", "都不着急。", usage) + 1.0
