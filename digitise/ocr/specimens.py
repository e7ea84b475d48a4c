"""What the characters of a page look like in its own type.

One fount prints the whole page. What the recogniser is sure of are specimens of it: a picture that
looks like those of a character the page has is more likely to show it, however worn or foreign to
the classifier the type is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .glyphs import Judged

MOST = 6
"""So many specimens of each character are looked at."""

NATS = 8.0
"""What it is worth to look the very same as a specimen, …"""

STRANGE = 0.3
"""… against one that is no more like it than so, as cosine of what the classifier sees: likenesses
below say nothing, nor does it that the page has no specimen."""


@dataclass(frozen=True, slots=True)
class Specimens:
    """`vectors`, (n, width): what the classifier sees in each, `middle` taken away, of length 1; those of
    `places[k]` from row `starts[k]` on."""

    middle: NDArray[np.float32]
    vectors: NDArray[np.float32]
    places: NDArray[np.intp]
    starts: NDArray[np.intp]

    def likeness(self, seen: NDArray[np.float32]) -> NDArray[np.float32]:
        """(m, len(places)): of pictures `seen`, how like the likest specimen of each character
        they are, -1..1."""
        if not len(self.places):
            return np.zeros((len(seen), 0), np.float32)
        like = _unit(seen - self.middle) @ self.vectors.T
        return np.asarray(np.maximum.reduceat(like, self.starts, axis=1), np.float32)


def specimens_of(
    seen: NDArray[np.float32], characters: Sequence[str], known: Mapping[str, int]
) -> Specimens:
    """Of what the classifier, whose places of characters are `known`, has `seen` in pictures of
    `characters`, the surest first; only MOST of each are kept, and of what it knows."""
    rows: dict[int, list[int]] = {}
    for row, char in enumerate(characters):
        if char in known and len(kept := rows.setdefault(known[char], [])) < MOST:
            kept.append(row)
    places = sorted(rows)
    order = [row for place in places for row in rows[place]]
    starts = np.cumsum([0, *(len(rows[place]) for place in places[:-1])])
    middle = seen[order].mean(axis=0) if order else np.zeros(seen.shape[1], np.float32)
    return Specimens(
        np.asarray(middle, np.float32),
        _unit(seen[order] - middle),
        np.array(places, np.intp),
        np.asarray(starts, np.intp),
    )


def in_own_type(judged: Judged, specimens: Specimens) -> Judged:
    """`judged` once more, with what the page's own type says."""
    if not len(specimens.places) or not len(judged.logs):
        return judged
    logs = judged.logs.copy()
    like = np.maximum(STRANGE, specimens.likeness(judged.seen)) - STRANGE
    logs[:, specimens.places] += NATS * like
    logs -= logs.max(axis=1, keepdims=True)
    logs -= np.log(np.exp(logs).sum(axis=1, keepdims=True))
    return replace(judged, logs=logs)


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-6), np.float32)
