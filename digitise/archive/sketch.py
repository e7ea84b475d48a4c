"""How alike two issues' texts are, told from a few numbers kept of each.

MinHash (Broder 1997, "On the resemblance and containment of documents"): the share of equal
entries of two sketches estimates the Jaccard similarity of their sets of character triples.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

from ..model import Issue

SIZE = 64
_PRIME = (1 << 31) - 1


def text_of(issue: Issue) -> str:
    """All that was read, in order of the pages' regions, without white space."""
    lines = (line.text for p in issue.pages for r in p.regions for line in r.lines)
    return "".join("".join(lines).split())


def sketch(text: str) -> list[int]:
    """SIZE numbers for a text; empty for a text of less than three characters."""
    triples = {text[i : i + 3] for i in range(len(text) - 2)}
    if not triples:
        return []
    hashes = np.fromiter((zlib.crc32(t.encode()) for t in sorted(triples)), np.int64) % _PRIME
    factors = np.random.default_rng(20260313).integers(1, _PRIME, (2, SIZE), dtype=np.int64)
    # In Python's own numbers the products would not fit 64 bits: both are below 2**31.
    rows = [(int(a) * hashes + int(b)) % _PRIME for a, b in factors.T]
    return [int(row.min()) for row in rows]


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """0 to 1; 0 where either is empty."""
    if len(one) != len(other) or not one:
        return 0.0
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)
