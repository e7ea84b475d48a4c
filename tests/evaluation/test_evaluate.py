from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from digitise.evaluation import Figures, evaluate, evaluate_many, evaluation_json, evaluation_text
from digitise.evaluation.report import total
from digitise.evaluation.strings import article_text
from digitise.model import Article, Continuation, Issue, Masthead


def _verdicts(predicted: Issue, true: Issue) -> dict[str, str]:
    return {
        "+".join(f.true) or "~" + "+".join(f.predicted): f.verdict
        for f in evaluate(predicted, true).findings
    }


def _with(issue: Issue, *articles: Article) -> Issue:
    return replace(issue, articles=articles)


def test_the_truth_itself_is_perfect(truth: Issue) -> None:
    evaluation = evaluate(truth, truth)
    f = evaluation.figures
    assert (f.article_f1, f.article_cer, f.order, f.page_cer) == (1.0, 0.0, 0.0, 0.0)
    assert (f.jump_precision, f.jump_recall, f.masthead, f.entry_f1) == (1.0, 1.0, 1.0, 1.0)
    assert (f.articles_counted, f.articles_predicted, f.articles_true) == (3, 3, 3)
    assert (f.entries_counted, f.jumps_true) == (4, 1)
    assert {finding.verdict for finding in evaluation.findings} == {"right"}


def test_nothing_predicted(truth: Issue) -> None:
    f = evaluate(Issue("t-1"), truth).figures
    assert (f.article_f1, f.article_cer, f.order, f.jump_recall) == (0.0, 1.0, 1.0, 0.0)
    assert f.masthead == pytest.approx(5 / 9)  # the five that are empty in the truth


def test_articles_in_another_order_under_other_ids(truth: Issue) -> None:
    shuffled = tuple(
        replace(a, id=f"x{i}") for i, a in enumerate(reversed(truth.articles))
    )  # fmt: skip
    f = evaluate(_with(truth, *shuffled), truth).figures
    assert (f.article_f1, f.article_cer, f.jump_precision, f.jump_recall) == (1.0, 0.0, 1.0, 1.0)


@pytest.mark.parametrize(("wrong", "counted"), [(10, 1), (11, 0)])
def test_the_threshold_is_nine_tenths(wrong: int, counted: int) -> None:
    true = Issue("t", articles=(Article("a001", paragraphs=("山" * 100,)),))
    text = "水" * wrong + "山" * (100 - wrong)
    f = evaluate(Issue("t", articles=(Article("a001", paragraphs=(text,)),)), true).figures
    assert f.articles_counted == counted
    assert f.article_cer == (0.10 if counted else 1.0)
    assert f.article_cer_assigned == wrong / 100


def test_f1_and_cer_by_hand(truth: Issue) -> None:
    a, b, c, ad = truth.articles
    misread = replace(a, headline="河边旳灯亮子")
    f = evaluate(_with(truth, misread, c, replace(b, id="a9", kind="notice"), ad), truth).figures
    # a counts with two edits, c is right, b went under as a notice.
    lengths = [len(article_text(x)) for x in (a, b, c)]
    assert f.article_f1 == pytest.approx(2 * 2 / (2 + 3))
    assert f.article_cer == pytest.approx((2 + lengths[1]) / sum(lengths))
    assert f.entry_f1 == 1.0


def test_fields_in_another_place_are_the_same_text_only_in_order(truth: Issue) -> None:
    a = truth.articles[0]
    late = replace(a, byline="", paragraphs=(*a.paragraphs, a.byline))
    evaluation = evaluate(_with(truth, late, *truth.articles[1:]), truth)
    assert evaluation.figures.article_edits == 4  # two characters moved
    (finding,) = [f for f in evaluation.findings if f.verdict != "right"]
    assert [name for name, _ in finding.fields] == ["byline", "paragraphs"]
    assert dict(finding.fields)["byline"] == "[-林晓-]"


def test_a_paragraph_break_is_told_though_it_costs_nothing(truth: Issue) -> None:
    a = truth.articles[0]
    joined = replace(a, paragraphs=("".join(a.paragraphs),))
    evaluation = evaluate(_with(truth, joined, *truth.articles[1:]), truth)
    assert evaluation.figures.article_cer == 0.0
    # Of 4 and 5 paragraphs, three are whole on both sides.
    assert evaluation.figures.paragraph_f1 == pytest.approx(2 * 3 / (4 + 5))
    (finding,) = [f for f in evaluation.findings if f.verdict != "right"]
    assert dict(finding.fields)["paragraphs"].startswith("1 / 2: ")
    assert "[-¶-]" in dict(finding.fields)["paragraphs"]


def test_split_merged_missing_and_extra(truth: Issue) -> None:
    a, b, c, ad = truth.articles
    first = Article("x1", headline=a.headline, paragraphs=a.paragraphs[:1])
    second = Article("x2", paragraphs=a.paragraphs[1:])
    stray = Article("x4", paragraphs=("与本报无关的一段文字从别处来到这里",))
    assert _verdicts(_with(truth, first, second, c, stray), truth) == {
        "a001": "split", "a002": "missing", "a003": "right", "a004": "missing", "~x4": "extra",
    }  # fmt: skip
    both = replace(b, id="x5", paragraphs=(*b.paragraphs, c.headline, *c.paragraphs))
    assert _verdicts(_with(truth, a, both, ad), truth) == {
        "a001": "right", "a002": "merged", "a003": "merged", "a004": "right",
    }  # fmt: skip


def test_a_short_piece_swallowed_by_an_article_that_still_counts(truth: Issue) -> None:
    a, b, c, ad = truth.articles
    ad = replace(ad, paragraphs=("青川豆腐干老味",))
    swallowing = replace(c, paragraphs=(*c.paragraphs, *ad.paragraphs))
    assert _verdicts(_with(truth, a, b, swallowing), _with(truth, a, b, c, ad)) == {
        "a001": "right", "a002": "right", "a003": "differs", "a004": "merged",
    }  # fmt: skip


def test_an_entry_half_read_is_called_poor(truth: Issue) -> None:
    a, *others = truth.articles
    half = replace(a, paragraphs=tuple(p[::2] for p in a.paragraphs))
    assert _verdicts(_with(truth, half, *others), truth)["a001"] == "poor"


def _jumps(issue: Issue, *jumps: Continuation) -> Issue:
    a, *others = issue.articles
    return _with(issue, replace(a, continuations=jumps), *others)


RIGHT = Continuation("p0001", "p0002", "下转二版", "", "one-sided")
WRONG = Continuation("p0001", "p0004", "下转四版")
OPEN = Continuation("p0001", "", "下转九版")


@pytest.mark.parametrize(
    ("jumps", "precision", "recall"),
    [
        ((RIGHT,), 1.0, 1.0),
        ((RIGHT, WRONG), 0.5, 1.0),
        ((WRONG,), 0.0, 0.0),
        ((OPEN,), 1.0, 0.0),
        ((), 1.0, 0.0),
    ],
)  # fmt: skip
def test_jumps(
    truth: Issue, jumps: tuple[Continuation, ...], precision: float, recall: float
) -> None:
    f = evaluate(_jumps(truth, *jumps), truth).figures
    assert (f.jump_precision, f.jump_recall) == (precision, recall)


def test_the_right_jump_on_the_wrong_article_is_wrong(truth: Issue) -> None:
    a, b, *others = truth.articles
    swapped = _with(
        truth, replace(a, continuations=()), replace(b, continuations=a.continuations), *others
    )
    f = evaluate(swapped, truth).figures
    assert (f.jumps_right, f.jumps_predicted, f.jumps_true) == (0, 1, 1)


def test_pages_are_told_by_number_not_by_id(truth: Issue) -> None:
    pages = tuple(replace(p, id=f"image-{p.number}") for p in truth.pages)
    a, *others = truth.articles
    moved = tuple(
        replace(c, from_page="image-1", to_page="image-2") for c in a.continuations
    )  # fmt: skip
    predicted = replace(truth, pages=pages, articles=(replace(a, continuations=moved), *others))
    f = evaluate(predicted, truth).figures
    assert (f.order, f.jump_precision, f.jump_recall) == (0.0, 1.0, 1.0)


def test_order_by_hand(truth: Issue, make_page: Any) -> None:
    true = replace(truth, pages=(make_page(1, "一二三四", "五六"), make_page(2, "七八")))
    other = replace(truth, pages=(make_page(1, "五六", "一二三四"), make_page(2, "七八")))
    f = evaluate(other, true).figures
    assert f.order == pytest.approx(4 / 8)
    assert f.page_missed_share == 0.0
    lost = replace(truth, pages=(make_page(1, "一二三四", "五六"),))
    assert evaluate(lost, true).figures.order == pytest.approx(2 / 8)
    assert evaluate(lost, true).figures.page_missed_share == pytest.approx(2 / 8)
    longer = replace(truth, pages=(make_page(1, "一二三四", "五六甲乙"), make_page(2, "七八")))
    assert evaluate(longer, true).figures.order == pytest.approx(2 / 10)
    assert evaluate(longer, true).figures.page_cer == pytest.approx(2 / 8)


def test_the_reading_order_counts_not_the_order_of_the_regions(truth: Issue) -> None:
    page = truth.pages[0]
    stored = replace(page, regions=tuple(reversed(page.regions)))
    predicted = replace(truth, pages=(stored, truth.pages[1]))
    assert evaluate(predicted, truth).figures.order == 0.0


def test_a_truth_without_printed_lines_says_nothing_of_order(truth: Issue) -> None:
    bare = replace(truth, pages=tuple(replace(p, regions=()) for p in truth.pages))
    evaluation = evaluate(truth, bare)
    assert evaluation.figures.page_longer == 0
    assert " - " in evaluation_text([evaluation]).splitlines()[1]


def test_masthead_fields(truth: Issue) -> None:
    masthead = Masthead("河 报", "2031-03-05", "星期二", cn="CN00-0001", issn="1000-0000")
    evaluation = evaluate(replace(truth, masthead=masthead), truth)
    assert evaluation.figures.masthead == pytest.approx(7 / 9)
    assert dict(evaluation.masthead) == {
        "date": "…03-0[-4-]{+5+}", "issn": "{+1000-0000+}",
    }  # fmt: skip


def test_figures_of_many_issues_are_sums_not_means(truth: Issue) -> None:
    small = Issue("s", articles=(Article("a001", paragraphs=("山雨来前",)),))
    missed = replace(small, articles=())
    evaluations = evaluate_many([(truth, truth), (missed, small)])
    whole = total(evaluations)
    assert whole.article_f1 == pytest.approx(2 * 3 / (3 + 4))
    assert whole.article_cer == pytest.approx(4 / whole.article_length)
    assert total([]) == Figures()


def test_json_holds_the_figures_and_the_findings(truth: Issue) -> None:
    a, *others = truth.articles
    spoilt = _with(truth, replace(a, headline="河边旳灯亮了"), *others)
    evaluations = evaluate_many([(spoilt, truth)])
    written = evaluation_json(evaluations)
    value = json.loads(written)
    assert value["total"]["article_f1"] == 1.0
    assert value["total"]["counts"]["article_edits"] == 1
    assert value["issues"][0]["articles"][0]["fields"] == {
        "headline": "河边[-的-]{+旳+}灯亮了"
    }  # fmt: skip
    assert written == evaluation_json(evaluate_many([(spoilt, truth)]))


@pytest.mark.parametrize(("language", "words"), [("en", "articles"), ("zh", "字错率")])
def test_the_table(truth: Issue, language: str, words: str) -> None:
    a, *others = truth.articles
    spoilt = _with(truth, replace(a, headline="河边旳灯亮了"), *others)
    evaluations = evaluate_many([(spoilt, truth), (truth, replace(truth, id="期-2"))])
    text = evaluation_text(evaluations, language)
    lines = text.splitlines()
    assert words in lines[0]
    assert lines[1].split()[:3] == ["t-1", "3/3/3", "1.0000"]
    assert len(lines[3].split()) == len(lines[1].split())
    assert "headline: 河边[-的-]{+旳+}灯亮了" in text
    assert "期-2\n" not in evaluation_text(evaluations, language, details=False)
