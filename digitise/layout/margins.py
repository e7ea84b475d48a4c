"""How sure an assignment is of each of its choices: what the best one without it would cost more."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

CEILING = 12.0
"""Margins above this count as this."""


def margins(
    cost: NDArray[np.float64], rows: NDArray[np.intp], columns: NDArray[np.intp]
) -> NDArray[np.float64]:
    """For each row of a square `cost`, (n, n), how much dearer the cheapest assignment is in which
    the row has another column than in the best one (`rows`, `columns`, as of
    scipy.optimize.linear_sum_assignment); at most `CEILING`.

    To leave its column a row takes another one, whose row takes a third, and so on until one takes
    the first: the cheapest such round is found among all of them at once (Floyd 1962). As the
    assignment is the best, no round is cheaper than nothing.
    """
    n = len(cost)
    held = np.empty(n, dtype=np.intp)
    held[rows] = columns
    step = cost[:, held] - cost[np.arange(n), held][:, None]
    np.fill_diagonal(step, np.inf)
    way = step.copy()
    np.fill_diagonal(way, 0.0)
    for k in range(n):
        np.minimum(way, way[:, k, None] + way[None, k, :], out=way)
    return np.asarray(np.clip((step + way.T).min(axis=1, initial=np.inf), 0.0, CEILING))


def link_margins(
    cost: NDArray[np.float64], rows: NDArray[np.intp], columns: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The same for the assignment of a page, `cost` as in flow.Weighed, (2n, 2n): (n,) margins of
    what each node goes on in, or of its being an end; and (n,) of what comes before it, or of its
    being a beginning."""
    n = len(cost) // 2
    held = np.empty(2 * n, dtype=np.intp)
    held[rows] = columns
    # Rows that stand for nothing, in columns that do, change places for nothing: one for all.
    idle = np.flatnonzero((np.arange(2 * n) >= n) & (held >= n))
    busy = np.flatnonzero(~((np.arange(2 * n) >= n) & (held >= n)))
    small = np.full((len(busy) + 1, len(busy) + 1), np.inf)
    small[:-1, :-1] = cost[np.ix_(busy, held[busy])]
    if len(idle):
        small[-1, :-1] = cost[np.ix_(idle, held[busy])].min(axis=0)
        small[:-1, -1] = cost[np.ix_(busy, held[idle])].min(axis=1)
    small[-1, -1] = 0.0
    each = np.arange(len(small))
    found = np.full(2 * n, CEILING)
    found[busy] = margins(small, each, each)[:-1]
    after = found[:n]
    before = np.array([found[r] for r in _holders(held, n)])
    return after, before


def _holders(held: NDArray[np.intp], n: int) -> NDArray[np.intp]:
    """The row that has each of the first `n` columns."""
    by = np.empty(len(held), dtype=np.intp)
    by[held] = np.arange(len(held))
    return by[:n]
