"""The trained judges of links: candidates of a page in, costs of the assignment out."""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..shipped import shipped_model
from .bands import over_white
from .evidence import CEILING, END_NAMES, PAIR_NAMES, START_NAMES, Evidence
from .nodes import strong_heads
from .trees import Trees, load_trees

if TYPE_CHECKING:
    from .flow import Weighed

NEAREST = 7
"""How many links from each piece, and to each, are judged."""


def candidates(
    weighed: Weighed,
) -> tuple[dict[tuple[int, int], float], list[float], list[float]]:
    """(costs of the links worth judging, of beginnings, of ends), all hand-set."""
    n = len(weighed.nodes)
    cost = weighed.cost
    found: dict[tuple[int, int], float] = {}
    for k in range(n):
        row = [(cost[k, q], q) for q in range(n) if cost[k, q] < CEILING]
        column = [(cost[p, k], p) for p in range(n) if cost[p, k] < CEILING]
        for c, q in heapq.nsmallest(NEAREST, row):
            found[k, q] = float(c)
        for c, p in heapq.nsmallest(NEAREST, column):
            found[p, k] = float(c)
    start = [float(cost[n + q, q]) for q in range(n)]
    end = [float(cost[p, n + p]) for p in range(n)]
    return found, start, end


LINK, START, END, HAND = 1.0, 0.7, 0.3, 0.1
"""Weights of the judges' log-odds and of the hand-set costs in the assignment."""

JOIN = 0.5
"""Weight of what halves of words at a join tell, which the judges are not given: they would learn
the few words of the pages that they are trained on."""


@lru_cache(maxsize=2)
def judges(downward: bool = False) -> dict[str, Trees]:
    """The judges as installed, those of pages set downwards or of all others; none where their
    file is missing."""
    name = "links-downward.npz" if downward else "links.npz"
    path = shipped_model(name)
    return load_trees(path) if path else {}


@dataclass(frozen=True, slots=True)
class Heard:
    """What the judges said of a page. `cost`: of the assignment, in the shape of flow.Weighed.cost;
    `keys`: the links judged; `pair`, (links,), `start` and `end`, (nodes,): log-odds; `rows`: the
    evidence they were given, for each judge. Without judges there is nothing but the costs."""

    cost: NDArray[np.float64]
    evidence: Evidence | None = None
    keys: tuple[tuple[int, int], ...] = ()
    said: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    rows: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)


def judged(weighed: Weighed, forbidden: float) -> Heard:
    """The costs of the assignment: what the judges say of each candidate, with a share of the
    hand-set cost. Without judges the hand-set costs alone."""
    heed = weighed.links.scene.heed
    trees = judges(weighed.links.scene.downward) if heed.judges else {}
    if not trees:
        return Heard(weighed.cost)
    n = len(weighed.nodes)
    costs, start, end = candidates(weighed)
    evidence = Evidence(weighed.links, costs, start, end)
    keys, rows = evidence.pairs()
    given = {
        "pair": heed.blur(rows, PAIR_NAMES),
        "start": heed.blur(evidence.starts(), START_NAMES),
        "end": heed.blur(evidence.ends(), END_NAMES),
    }
    said = {judge: trees[judge].score(x) for judge, x in given.items()}
    out = np.full_like(weighed.cost, forbidden)
    out[n:, n:] = 0.0
    if keys:
        p, q = np.array(keys).T
        hand = np.array([costs[k] for k in keys])
        out[p, q] = HAND * hand - LINK * said["pair"]
        if heed.wording:
            out[p, q] -= JOIN * evidence.joins(keys)
        if heed.level:
            out[p, q] += over_white(weighed.links, keys)
    each = np.arange(n)
    out[each, n + each] = HAND * np.array(end) - END * said["end"]
    out[n + each, each] = HAND * np.array(start) - START * said["start"]
    strong = strong_heads(weighed.nodes)
    out[[n + k for k in strong], strong] = 0.0
    return Heard(out, evidence, tuple(keys), said, given)
