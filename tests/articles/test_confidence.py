"""Confidence: what the shipped weights make of evidence, and how they are fitted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from digitise.articles import assembled, evidence_of
from digitise.articles.confidence import Judge, Scale, judges, load_judges, save_judges
from digitise.layout import analyse
from digitise.model import Issue
from scripts.train_confidence import logistic, weights_of

from ..layout.setting import Paper, columns, filled, line


def _issue(headline: bool = True, marker: str = "") -> Issue:
    """A page of two articles side by side, a rule between them."""
    left, right = columns(100, 320, 2, 16, 14)
    paper = Paper(width=1700, height=2400, number=1).folio("A1", "要闻")
    middle = (left.x1 + right.x0) / 2
    paper.rule(middle - 2, 180, middle + 2, 1300)
    if headline:
        paper.put(line("鲜笋下山进城来", left.x0, 190, 80))
    paper.put(line("夜校开进小学里", right.x0, 190, 80))
    paper.put(*filled(3, [left])[1], *filled(8, [right])[1])
    if marker:
        paper.put(line(marker, left.x1 - 240, left.y1 + 20))
    return assembled("made-up", [analyse(paper.sheet())])[0]


def test_clear_articles_are_surer_than_one_without_a_headline() -> None:
    clear = [a for a in _issue().articles if a.kind == "article"]
    bare = [a for a in _issue(headline=False).articles if a.kind == "article"]
    assert len(clear) == 2
    assert min(a.confidence for a in clear) > 0.9
    assert min(a.confidence for a in bare) < min(a.confidence for a in clear)
    assert all(0.0 < a.confidence < 1.0 for a in (*clear, *bare))


def test_a_jump_that_leads_nowhere_makes_an_article_doubtful() -> None:
    (open_end,) = [a for a in _issue(marker="（下转A4版）").articles if a.continuations]
    whole = next(a for a in _issue().articles if a.headline == open_end.headline)
    assert open_end.confidence < whole.confidence


def test_every_weight_is_of_something_that_is_known() -> None:
    page = Paper(width=1700, height=2400, number=1).put(line("渡口迎来新班船", 100, 190, 80))
    _, parts = assembled("made-up", [analyse(page.sheet())])
    evidence = evidence_of(parts[0])
    assert set(judges()) == {"article", "other"}
    for judge in judges().values():
        assert set(judge.weights) <= set(evidence)
        assert 0.0 <= judge.share(evidence) <= 1.0
        assert judge.text_layer.slope > 0
        assert judge.ocr.slope > 0


def test_judges_are_kept_byte_for_byte(tmp_path: Path) -> None:
    made = {"article": Judge({"margin": 0.5, "no_head": -2.0}, Scale(1.1, 0.2), Scale(0.9, -1.0))}
    save_judges(tmp_path / "one.json", made)
    read = load_judges(tmp_path / "one.json")
    save_judges(tmp_path / "two.json", read)
    assert read == made
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_a_judge_by_hand() -> None:
    judge = Judge({"margin": 1.0}, Scale(2.0, 0.0), Scale(1.0, -1.0))
    assert judge.share({"margin": 0.0, "scan": 0.0}) == 0.5
    assert judge.share({"margin": 1.0, "scan": 1.0}) == 0.5
    assert judge.share({"margin": 1.0, "scan": 0.0}) == pytest.approx(1 / (1 + np.exp(-2)))


def test_the_fit_finds_what_made_the_rows() -> None:
    rng = np.random.default_rng(5)
    x = rng.normal(size=(20_000, 3))
    chance = 1 / (1 + np.exp(-(1.5 * x[:, 0] - 0.7 * x[:, 1] + 0.4)))
    y = (rng.random(len(x)) < chance).astype(np.float64)
    assert weights_of(x, y) == pytest.approx([1.5, -0.7, 0.0], abs=0.08)
    whole = np.hstack([x, np.ones((len(x), 1))])
    found = logistic(whole, y, 1.0, np.zeros(4))
    assert found == pytest.approx([1.5, -0.7, 0.0, 0.4], abs=0.08)
    told = 1 / (1 + np.exp(-whole @ found))
    assert abs(told.mean() - y.mean()) < 1e-6  # the constant is free
