"""What words tell of a join: halves of a word, owed quotation marks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from digitise.text.marks import open_marks
from digitise.text.seams import Usage, first_closed, seam

USAGE = Usage.of(
    [
        "渔港怕的是寒潮，寒潮一来船就回港。",
        "村里的难题是缺水，难题年年有。",
        "港里的船都回来了，缺水的村子也有了井。",
    ]
)


def test_a_word_that_the_join_makes_speaks_for_it() -> None:
    assert seam("今年的渔港受寒", "潮影响，船都不出去", USAGE) > 1.0
    assert seam("今年的渔港受寒", "题，年年都有", USAGE) < 0.0
    assert seam("村里要破的难", "题，年年都有", USAGE) > 1.0


def test_characters_that_no_text_has_say_nothing() -> None:
    assert seam("桥头㐀", "榕树", USAGE) == 0.0
    assert seam("", "潮影响", USAGE) == 0.0


def test_a_quotation_is_closed_where_it_was_opened() -> None:
    told, open_ended = "馆长说：“井水", "馆长说，井水"
    assert seam(told, "够用了。”说完就走。", Usage.of([])) > 0.0
    assert seam(open_ended, "够用了。”说完就走。", Usage.of([])) < 0.0
    assert seam(told, "够用了，“谁都有份”。", Usage.of([])) < 0.0
    assert seam(open_ended, "够用了，“谁都有份”。", Usage.of([])) <= 0.0


@given(st.text(alphabet="“”《》（）「」井水", max_size=40))
def test_marks_owed_are_the_first_closed_on_the_other_side(text: str) -> None:
    """What a text owes innermost is what the marks that it owes close first."""
    owed = open_marks(text)
    assert first_closed(owed[::-1]) == owed[-1:]
    assert open_marks(owed) == ""
