"""Boosted regression trees, evaluated with numpy alone.

The file is a NumPy archive without pickles. For each judge NAME in it: `NAME.feature` (int16),
`NAME.threshold` (float32), `NAME.left` and `NAME.right` (int32, indices of nodes; a leaf points
at itself), `NAME.unknown` (bool, whether NaN goes left), `NAME.value` (float32, of leaves) and
`NAME.roots` (int32, the first node of each tree).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Trees:
    """A sum of binary decision trees. A row goes left where its feature is at most the
    threshold."""

    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    unknown: NDArray[np.bool_]
    value: NDArray[np.float32]
    roots: NDArray[np.int32]

    def score(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The sum of all trees for each row, a log-odds. `rows`: (n, features); result: (n,)."""
        n = len(rows)
        if n == 0:
            return np.zeros(0)
        x = rows.astype(np.float32)
        at = np.broadcast_to(self.roots, (n, len(self.roots))).copy()
        who = np.arange(n)[:, None]
        while True:
            seen = x[who, self.feature[at]]
            goes_left = np.where(np.isnan(seen), self.unknown[at], seen <= self.threshold[at])
            nxt = np.where(goes_left, self.left[at], self.right[at])
            if np.array_equal(nxt, at):
                break
            at = nxt
        return np.asarray(self.value[at].astype(np.float64).sum(axis=1))


PARTS = ("feature", "threshold", "left", "right", "unknown", "value", "roots")


def load_trees(path: Path) -> dict[str, Trees]:
    """The judges of a file, by name. Raises OSError, KeyError or ValueError where it is none."""
    with np.load(path, allow_pickle=False) as data:
        names = sorted({key.rpartition(".")[0] for key in data.files})
        return {name: Trees(*(data[f"{name}.{part}"] for part in PARTS)) for name in names}


def save_trees(path: Path, trees: Mapping[str, Trees]) -> None:
    """Writes what `load_trees` reads; equal trees give equal bytes."""
    arrays = {
        f"{name}.{part}": getattr(one, part)
        for name, one in sorted(trees.items())
        for part in PARTS
    }
    with path.open("wb") as out:
        np.savez_compressed(out, allow_pickle=False, **arrays)
