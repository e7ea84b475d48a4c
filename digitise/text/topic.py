"""How far two texts are about the same thing, by the character pairs they share."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Sequence

from .marks import is_han

Pairs = Counter[str]


def pairs_of(text: str) -> Pairs:
    """The pairs of neighbouring Han characters of a text, counted."""
    return Counter(a + b for a, b in itertools.pairwise(text) if is_han(a) and is_han(b))


def rarity(texts: Sequence[Pairs]) -> dict[str, float]:
    """Weight of each pair: the rarer among `texts`, the heavier (inverse document frequency,
    Sparck Jones 1972)."""
    seen: Counter[str] = Counter()
    for pairs in texts:
        seen.update(pairs.keys())
    n = len(texts) + 1
    return {pair: math.log(n / count) for pair, count in seen.items()}


def likeness(a: Pairs, b: Pairs, weight: dict[str, float]) -> float:
    """Cosine of two texts' weighted pair counts, 0..1."""

    def norm(pairs: Pairs) -> float:
        return math.sqrt(sum((c * weight.get(p, 0.0)) ** 2 for p, c in pairs.items()))

    size = norm(a) * norm(b)
    if size == 0:
        return 0.0
    small, large = (a, b) if len(a) < len(b) else (b, a)
    return sum(c * large[p] * weight.get(p, 0.0) ** 2 for p, c in small.items()) / size
