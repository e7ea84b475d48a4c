from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from digitise.evaluation.matching import Similarities
from digitise.evaluation.strings import distance, likeness

TEXTS = st.lists(st.text("山水来去", max_size=12), max_size=6)


def _full(predicted: list[str], true: list[str]) -> np.ndarray:
    return np.array([[likeness(distance(p, t), p, t) for t in true] for p in predicted])


@settings(deadline=None)
@given(predicted=TEXTS, true=TEXTS)
def test_the_sparing_assignment_is_as_good_as_the_full_one(
    predicted: list[str], true: list[str]
) -> None:
    matches = Similarities(predicted, true).match()
    assert len({m.predicted for m in matches}) == len({m.true for m in matches}) == len(matches)
    for m in matches:
        assert m.edits == distance(predicted[m.predicted], true[m.true])
        assert m.similarity == likeness(m.edits, predicted[m.predicted], true[m.true])
    if predicted and true:
        full = _full(predicted, true)
        best = full[linear_sum_assignment(full, maximize=True)].sum()
        assert abs(sum(m.similarity for m in matches) - best) < 1e-9


@settings(deadline=None)
@given(predicted=TEXTS, true=TEXTS, data=st.data())
def test_a_part_of_the_matrix(predicted: list[str], true: list[str], data: st.DataObject) -> None:
    rows = [i for i in range(len(predicted)) if data.draw(st.booleans())]
    columns = [j for j in range(len(true)) if data.draw(st.booleans())]
    part = Similarities(predicted, true).match(rows, columns)
    alone = Similarities([predicted[i] for i in rows], [true[j] for j in columns]).match()
    assert {m.predicted for m in part} <= set(rows)
    assert {m.true for m in part} <= set(columns)
    assert abs(sum(m.similarity for m in part) - sum(m.similarity for m in alone)) < 1e-9


def test_the_greedy_choice_is_not_always_taken() -> None:
    # Alone, the first text is nearest to the first; together they fit better crosswise.
    predicted = ["一二三四五六七八九十", "一二三四五六七八九零"]
    true = ["一二三四五六七八九十", "一二三四五六七八百千"]
    matches = Similarities(predicted, true).match()
    assert [(m.true, m.predicted) for m in matches] == [(0, 0), (1, 1)]
    assert [m.counts for m in matches] == [True, False]


def test_long_texts_are_matched_by_measuring_only_a_few(monkeypatch: object) -> None:
    def text(seed: int) -> str:
        return "".join(
            chr(0x4E00 + (seed * 7919 + i * i * 31 + i * seed) % 3000) for i in range(400)
        )

    true = [text(seed) for seed in range(40)]
    predicted = [t[:-8] for t in reversed(true)]
    similarities = Similarities(predicted, true)
    assert all(m.predicted == 39 - m.true and m.counts for m in similarities.match())
    assert len(similarities._edits) < 200  # of 1,600 pairs
