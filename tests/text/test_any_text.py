"""No text, however odd, breaks a rule; what is split is nothing but the text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from digitise.text import calendar, clues, identifiers, jumps, masthead, pagetargets, similarity
from digitise.text.paragraphs import BodyLine, join, tidy
from digitise.text.spaces import squash, tidy_headline

odd = st.one_of(
    st.text(max_size=40),
    st.text(
        alphabet="下转上接紧第一二十版头要闻A2B0lO（）()【】《》▶◀→， 。、“”　\n年月日星期农历癸卯廿初总期号CN-—:：ISSN记者通讯员摄图文张三李四讯电本报",
        max_size=60,
    ),
)


@settings(max_examples=300, deadline=None)
@given(odd)
def test_rules_take_any_text(text: str) -> None:
    for j in (*jumps.find_jumps(text), *jumps.find_references(text)):
        assert text[j.start : j.end].strip() == j.marker
        pagetargets.matches(j.target, text[:4], text, 1)
    assert set(squash(jumps.strip_jumps(text))) <= set(text)
    for split in (clues.split_trailing_byline(text), clues.split_trailing_credit(text)):
        assert squash(text).startswith(squash(split.body))
        assert squash(split.byline) in squash(text)
    for score in (
        clues.byline_score, clues.credit_score, clues.is_index_entry, clues.is_column_label,
        clues.looks_like_advertisement, clues.looks_like_notice,
    ):  # fmt: skip
        assert 0.0 <= score(text) <= 1.0
    clues.dateline(text)
    clues.is_caption_opening(text)
    clues.is_dash_led(text)
    clues.starts_like_continuation(text)
    calendar.find_dates(text)
    calendar.repair(None, calendar.find_weekday(text), text, text)
    for find in (
        identifiers.find_cn,
        identifiers.find_issn,
        identifiers.find_postal,
        identifiers.find_issue_number,
    ):
        find(text)
    assert squash(tidy(text)) == squash(text)
    assert squash(tidy_headline(text)) == squash(text)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(odd, st.floats(0.3, 9)), max_size=8), st.integers(0, 9))
def test_mastheads_of_any_text(pieces: list[tuple[str, float]], number: int) -> None:
    lines = [
        masthead.HeaderLine(t, s, 0.1, 0.02 * i, 0.4, 0.02 * i + 0.015)
        for i, (t, s) in enumerate(pieces)
    ]
    masthead.read_page_header(lines, number)
    masthead.read_masthead(lines, [t for t, _ in pieces[:2]])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(odd, st.floats(-3, 12), st.floats(-3, 12), st.booleans()), max_size=8))
def test_joining_loses_only_white_space_and_dividing_hyphens(
    lines: list[tuple[str, float, float, bool]],
) -> None:
    joined = squash("".join(join([BodyLine(*k) for k in lines])))
    hyphens = str.maketrans("", "", "-‐\u00ad")
    assert joined.translate(hyphens) == squash("".join(k[0] for k in lines)).translate(hyphens)


@given(odd, odd)
def test_scores_of_pairs(a: str, b: str) -> None:
    assert 0.0 <= similarity.agreement(a, b) <= 1.0
    assert 0.0 <= clues.runs_on(a, b) <= 1.0
