"""The scripts that measure: confidence against what is right, peers beside digitise."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from digitise.model import Issue
from scripts.benchmark_articles import Score, ask
from scripts.measure_confidence import (
    calibration_error,
    found_first,
    parts_of,
    ranking,
    scale_error,
    squared,
    told,
)
from scripts.peers.readers import PEERS
from scripts.provingground import Case

ROWS = [(0.1 * k, k >= 5) for k in range(10)]


def test_confidence_that_tells_right_from_wrong() -> None:
    assert ranking(ROWS) == 1.0
    assert ranking([(1 - c, ok) for c, ok in ROWS]) == 0.0
    assert ranking([(0.5, ok) for _, ok in ROWS]) == 0.5
    assert math.isnan(ranking([(0.5, True)]))
    assert found_first(ROWS, 0.2) == pytest.approx(2 / 5)


def test_calibration_error_by_hand() -> None:
    # two parts: means 0.2 and 0.7, shares right 0 and 1
    assert calibration_error(ROWS, 2) == pytest.approx(0.5 * 0.2 + 0.5 * 0.3)
    assert calibration_error([(1.0, True)] * 20) == 0.0
    assert [len(p) for p in parts_of(ROWS, 3)] == [3, 3, 4]


def test_tenths_of_the_scale_and_squares_by_hand() -> None:
    # of the upper half of the scale (0.5 to 0.9) all are right, of the lower none
    assert scale_error(ROWS, 2) == pytest.approx(0.5 * 0.2 + 0.5 * 0.3)
    assert squared([(1.0, True), (0.5, False), (0.0, True)]) == pytest.approx(1.25 / 3)
    assert told("all", ROWS).startswith("| all | 10 | 0.500 | 0.450 | ")


def test_a_peer_that_is_not_there_is_told_in_a_line(
    truth: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise ImportError("no module\nnamed so")

    monkeypatch.setitem(PEERS, "nobody", missing)
    assert ask("nobody", [], 3) == "nobody: not here (ImportError: no module)"


def test_a_peer_is_counted_as_digitise_is(truth: Issue, monkeypatch: pytest.MonkeyPatch) -> None:
    printed = ["\n".join(r.text for r in page.regions) for page in truth.pages]

    def opened() -> object:
        return lambda pdf, page, sheet: [printed[page]]

    monkeypatch.setitem(PEERS, "somebody", opened)
    case = Case(Path("t-1"), (None,) * len(truth.pages), truth)  # type: ignore[arg-type]
    score = ask("somebody", [(case, truth)], 100)
    assert isinstance(score, Score)
    assert (score.pages, score.own_edits) == (len(truth.pages), 0)
    assert score.edits < score.longer or score.longer == 0
    assert score.articles == 3
