"""Margins of an assignment, against solving it anew with each choice forbidden."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from digitise.layout.margins import CEILING, link_margins, margins

FORBIDDEN = 1e4


def without(cost: np.ndarray, row: int, column: int) -> float:
    """How much dearer the best assignment is that lacks one choice."""
    best = cost[linear_sum_assignment(cost)].sum()
    other = cost.copy()
    other[row, column] = 1e6
    return float(other[linear_sum_assignment(other)].sum() - best)


@pytest.mark.parametrize("seed", range(6))
def test_a_margin_is_what_the_next_best_costs_more(seed: int) -> None:
    cost = np.random.default_rng(seed).uniform(-3, 3, (9, 9))
    rows, columns = linear_sum_assignment(cost)
    wanted = [min(CEILING, without(cost, r, c)) for r, c in zip(rows, columns, strict=True)]
    assert margins(cost, rows, columns) == pytest.approx(wanted)


@pytest.mark.parametrize("seed", range(6))
def test_margins_of_what_follows_and_what_comes_before(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = 7
    cost = np.full((2 * n, 2 * n), FORBIDDEN)
    cost[:n, :n] = np.where(rng.random((n, n)) < 0.5, rng.uniform(-3, 3, (n, n)), FORBIDDEN)
    np.fill_diagonal(cost[:n, :n], FORBIDDEN)
    each = np.arange(n)
    cost[each, n + each] = rng.uniform(-1, 2, n)
    cost[n + each, each] = rng.uniform(-1, 2, n)
    cost[n:, n:] = 0.0
    rows, columns = linear_sum_assignment(cost)
    after, before = link_margins(cost, rows, columns)
    for p in range(n):
        assert after[p] == pytest.approx(min(CEILING, without(cost, p, columns[p])), abs=1e-6)
    for row, column in zip(rows, columns, strict=True):
        if column < n:
            wanted = min(CEILING, without(cost, row, column))
            assert before[column] == pytest.approx(wanted, abs=1e-6)


def test_what_has_no_other_way_is_as_sure_as_can_be() -> None:
    only = np.array([[0.0, FORBIDDEN], [FORBIDDEN, 0.0]])
    assert margins(only, np.arange(2), np.arange(2)) == pytest.approx([CEILING, CEILING])
    assert margins(np.zeros((1, 1)), np.arange(1), np.arange(1)) == pytest.approx([CEILING])
