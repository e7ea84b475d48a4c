"""Which characters of an article stand on which printed line."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digitise.formats.exports.passages import passages, region_index
from digitise.model import Article, Issue


def _fields(article: Article) -> list[str]:
    fields = [article.kicker, article.headline, article.subheadline, article.byline]
    return [text for text in [*fields, *article.paragraphs, *article.captions] if text.strip()]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_texts_are_the_articles_own_and_no_line_is_lost(strategies: Any, data: Any) -> None:
    issue: Issue = data.draw(strategies.exact())
    regions = region_index(issue)
    for article in issue.articles:
        found = passages(article, regions)
        assert [p.text for p in found if p.text] == _fields(article)
        printed = set()
        for part in article.parts:
            for region_id in part.regions:
                for line in regions[part.page, region_id].lines:
                    if line.text.strip():
                        printed.add((part.page, region_id, line.id))
        named = {p.key for passage in found for p in passage.pieces if p.line}
        assert named == printed


def test_a_jump_marker_and_a_repeated_headline_are_extra(modern: Issue) -> None:
    found = passages(modern.articles[0], region_index(modern))
    extras = [(p.text, p.page) for passage in found for p in passage.pieces if p.extra]
    assert extras == [
        ("（下转A2版）", "p0001"), ("河边的早晨", "p0002"), ("（上接A1版）", "p0002"),
    ]  # fmt: skip
    paragraph = [p for p in found if p.role == "paragraph"][-1]
    assert paragraph.text == "一位老人坐在石阶上看报。"
    kept = [(p.text, p.line) for p in paragraph.pieces if not p.extra]
    assert kept == [
        ("一位老人", "p0001-r003-l001"), ("坐在石阶上", "p0002-r002-l001"),
        ("看报。", "p0002-r002-l002"),
    ]  # fmt: skip


def test_corrected_text_keeps_its_lines(modern: Issue) -> None:
    wrong = modern.articles[0]
    article = replace(
        wrong, paragraphs=("清晨的江边巳经有人在散步，卖豆浆车停在桥头。", wrong.paragraphs[1])
    )
    found = passages(article, region_index(modern))
    first = next(p for p in found if p.role == "paragraph")
    assert first.text == article.paragraphs[0]
    assert [p.line for p in first.pieces if not p.extra] == ["p0001-r002-l001", "p0001-r002-l002"]


def test_the_title_of_a_masthead_is_found_among_its_lines(issue: Issue) -> None:
    found = passages(issue.articles[0], region_index(issue))
    title = next(p for p in found if p.role == "headline")
    assert [(p.text, p.extra, bool(p.line)) for p in title.pieces] == [("青川晚报", False, True)]


def test_text_that_is_printed_nowhere_has_no_line() -> None:
    article = Article("a001", headline="没有版面", paragraphs=("只有文字。",))
    found = passages(article, {})
    assert [(p.role, p.text) for p in found] == [
        ("headline", "没有版面"),
        ("paragraph", "只有文字。"),
    ]
    assert all(not piece.line for p in found for piece in p.pieces)
