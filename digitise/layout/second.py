"""The second hearing: the judges of a page's links once more, now that its articles are known."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ..shipped import shipped_model
from .context import LINK_NAMES, Context
from .judges import END, LINK, START, Heard
from .nodes import strong_heads
from .trees import Trees, load_trees


@lru_cache(maxsize=1)
def second_judges() -> dict[str, Trees]:
    """The judges of the second hearing as installed; none where their file is missing. What they
    say is added to the log-odds of the first."""
    path = shipped_model("links-second.npz")
    return load_trees(path) if path else {}


def second_rows(heard: Heard, context: Context) -> dict[str, NDArray[np.float64]]:
    """The evidence of the second hearing for each judge: that of the first, and beside it what
    context.LINK_NAMES names."""
    seen = {
        "pair": context.links_of(list(heard.keys)),
        "start": context.starts(),
        "end": context.ends(),
    }
    heed = context.links.scene.heed
    return {
        judge: np.hstack([heard.rows[judge], heed.blur(rows, LINK_NAMES)])
        for judge, rows in seen.items()
    }


def reconsidered(heard: Heard, context: Context, trees: Mapping[str, Trees]) -> NDArray[np.float64]:
    """The costs of the assignment after the second hearing, in the shape of `context.cost`."""
    n = context.n
    out = context.cost.copy()
    rows = second_rows(heard, context)
    if heard.keys:
        p, q = np.array(heard.keys).T
        out[p, q] -= LINK * trees["pair"].score(rows["pair"])
    each = np.arange(n)
    out[each, n + each] -= END * trees["end"].score(rows["end"])
    start = START * trees["start"].score(rows["start"])
    start[strong_heads(context.links.nodes)] = 0.0
    out[n + each, each] -= start
    return out
