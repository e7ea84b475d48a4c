"""Which two characters of traditional print make words together (models/pairs.npz)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np

from ..shipped import shipped_model

FINE = 32
"""Steps a nat in the file."""

MOST = 6.0
"""No pair says more than this, in nats."""

_MODERN = str.maketrans("爲卽眞强愼鎭値旣敎尙", "為即真強慎鎮值既教尚")
"""Forms of old print, of which the list of words has the later ones."""


class Pairs:
    """How much more often than by chance two characters follow each other in words."""

    def __init__(self, file: Path) -> None:
        with np.load(file, allow_pickle=False) as kept:
            self._more = dict(zip(kept["keys"].tolist(), kept["more"].tolist(), strict=True))

    def bond(self, text: str, place: int, char: str) -> float:
        """How well `char` in this place of `text` goes with its neighbours: of the closer of the two
        bonds the nats above chance, 0 where there is none."""
        before = self._pair(text[place - 1] + char) if place else 0.0
        behind = self._pair(char + text[place + 1]) if place + 1 < len(text) else 0.0
        return min(MOST, max(before, behind))

    def _pair(self, pair: str) -> float:
        later = pair.translate(_MODERN)
        return float(self._more.get(ord(later[0]) << 16 | ord(later[1]), 0)) / FINE


@lru_cache(maxsize=1)
def pairs() -> Pairs | None:
    """The pairs as installed; None where their file is missing."""
    file = shipped_model("pairs.npz")
    return Pairs(file) if file else None
