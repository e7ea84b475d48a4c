"""Which predicted entry is which true one.

The assignment maximises the sum of normalised Levenshtein similarities over all pairs. Long
texts make that matrix dear, so it is filled only where it matters: a pair's similarity is at
most (characters in common) / (length of the longer), whatever their order. The assignment is
solved on these bounds; the pairs it picked are measured; and so on until every picked pair is a
measured one. As bounds only ever fall, that assignment is the best for the true matrix too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from .strings import distance, likeness

COUNTS_FROM = 0.90

# Cells of Levenshtein matrices filled before bounds are taken as they are: about half a second.
# Only two issues that have next to nothing in common ever get there; every pair that could
# count has been measured by then.
_BUDGET = 5_000_000_000


@dataclass(frozen=True, slots=True)
class Match:
    """Places in the two sequences given, the distance of the two texts and how similar that
    makes them."""

    predicted: int
    true: int
    edits: int
    similarity: float

    @property
    def counts(self) -> bool:
        return self.similarity >= COUNTS_FROM


class Similarities:
    """The matrix of two lists of normal texts, filled as far as it has been asked for."""

    def __init__(self, predicted: Sequence[str], true: Sequence[str]) -> None:
        self._predicted = predicted
        self._true = true
        self._values = _bounds(predicted, true)
        self._edits: dict[tuple[int, int], int] = {}
        self._spent = 0
        for i, j in np.argwhere(self._values >= COUNTS_FROM).tolist():
            self.measure(i, j)

    def measure(self, i: int, j: int) -> float:
        """The similarity of predicted text i and true text j."""
        p, t = self._predicted[i], self._true[j]
        if (i, j) not in self._edits:
            self._edits[i, j] = distance(p, t)
            self._values[i, j] = likeness(self._edits[i, j], p, t)
            self._spent += len(p) * len(t)
        return float(self._values[i, j])

    def match(
        self, predicted: Sequence[int] | None = None, true: Sequence[int] | None = None
    ) -> tuple[Match, ...]:
        """The best one-to-one assignment among these rows and columns (all by default), in the
        order of the true texts. Pairs without a character in common are left out."""
        rows = np.arange(len(self._predicted)) if predicted is None else np.asarray(predicted, int)
        columns = np.arange(len(self._true)) if true is None else np.asarray(true, int)
        if not len(rows) or not len(columns):
            return ()
        while True:
            part = self._values[np.ix_(rows, columns)]
            picked_rows, picked_columns = linear_sum_assignment(part, maximize=True)
            pairs = list(
                zip(rows[picked_rows].tolist(), columns[picked_columns].tolist(), strict=True)
            )
            unknown = [pair for pair in pairs if pair not in self._edits]
            if not unknown or self._spent > _BUDGET:
                break
            for i, j in unknown:
                self.measure(i, j)
        likenesses = {pair: self.measure(*pair) for pair in pairs}
        return tuple(
            Match(i, j, self._edits[i, j], likenesses[i, j])
            for i, j in sorted(pairs, key=lambda pair: pair[1])
            if likenesses[i, j] > 0.0
        )


def _bounds(predicted: Sequence[str], true: Sequence[str]) -> NDArray[np.float64]:
    """Upper bounds of the similarities, (predicted, true)."""
    letters = sorted(set("".join(predicted)) | set("".join(true)))
    index = {letter: k for k, letter in enumerate(letters)}
    p, t = _counts(predicted, index), _counts(true, index)
    lengths_p, lengths_t = p.sum(axis=1), t.sum(axis=1)
    out = np.zeros((len(predicted), len(true)))
    for i in range(len(predicted)):
        longer = np.maximum(lengths_p[i], lengths_t)
        shared = np.minimum(p[i], t).sum(axis=1)
        # The same expression as `likeness`, so that a bound is never a rounding error below.
        out[i] = np.where(longer > 0, 1.0 - (longer - shared) / np.maximum(longer, 1), 1.0)
    return out


def _counts(texts: Sequence[str], index: dict[str, int]) -> NDArray[np.int32]:
    out = np.zeros((len(texts), len(index)), np.int32)
    for row, text in zip(out, texts, strict=True):
        places = np.fromiter((index[c] for c in text), np.intp, len(text))
        row += np.bincount(places, minlength=len(index)).astype(np.int32)
    return out
