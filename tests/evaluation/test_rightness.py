"""Which entries are right: what the confidence of an article is to predict."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digitise.evaluation import right_entries
from digitise.model import Article, Issue


def _spoilt(truth: Issue, **changes: object) -> list[bool]:
    """The truth with its second article changed, judged."""
    first, second, *rest = truth.articles
    changed = replace(second, **changes)  # type: ignore[arg-type]
    return list(right_entries(replace(truth, articles=(first, changed, *rest)), truth))


def test_the_truth_is_right(truth: Issue) -> None:
    assert all(right_entries(truth, truth))


def test_half_of_an_article_is_not_right_and_its_neighbours_are(truth: Issue) -> None:
    second = truth.articles[1]
    spoilt = _spoilt(truth, paragraphs=(second.paragraphs[0][:10],))
    assert spoilt == [True, False, *[True] * (len(truth.articles) - 2)]


def test_another_headline_is_not_right_but_white_space_is_nothing(truth: Issue) -> None:
    headline = truth.articles[1].headline
    assert not _spoilt(truth, headline=headline[:-1])[1]
    assert _spoilt(truth, headline=" ".join(headline))[1]


def test_another_kind_is_not_right(truth: Issue) -> None:
    assert not _spoilt(truth, kind="notice")[1]


def test_a_jump_that_was_missed_is_not_right(truth: Issue) -> None:
    jumping = [k for k, a in enumerate(truth.articles) if a.continuations]
    assert jumping

    def without(a: Article) -> Article:
        return replace(a, continuations=())

    lost = replace(truth, articles=tuple(map(without, truth.articles)))
    assert [k for k, ok in enumerate(right_entries(lost, truth)) if not ok] == jumping


def test_a_masthead_is_right_by_its_fields(truth: Issue) -> None:
    masthead = Article("a009", "masthead", paragraphs=("河边日报",))
    known = replace(truth, articles=(*truth.articles, masthead))
    other = replace(known, masthead=replace(known.masthead, date="1999-09-09"))
    assert right_entries(known, known)[-1]
    assert not right_entries(other, known)[-1]


@pytest.mark.parametrize("kind", ["table", "advertisement"])
def test_what_is_no_article_wants_its_text_and_kind(truth: Issue, kind: str) -> None:
    text = ("茶叶 每斤六十元", "春笋 每斤四元", "蚕豆 每斤七元")
    entry = Article("a009", kind, paragraphs=text)  # type: ignore[arg-type]
    known = replace(truth, articles=(*truth.articles, entry))
    assert right_entries(known, known)[-1]
    half = replace(entry, paragraphs=text[:1])
    assert not right_entries(replace(truth, articles=(*truth.articles, half)), known)[-1]
