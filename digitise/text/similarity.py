"""How far two headlines are the same headline."""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz.distance import LCSseq, Levenshtein

LONGER = 2
"""Characters that a repeated headline has more than the first, at most."""

_DROP = re.compile(r"[\s\W_]+")


def normalise(text: str) -> str:
    """NFKC, lower case, no white space, no punctuation: what is compared."""
    return _DROP.sub("", unicodedata.normalize("NFKC", text)).lower()


def agreement(a: str, b: str) -> float:
    """0..1: 1 for the same headline, about 0.6 to 0.95 for a shortened form of it, low for
    two different ones; 0 when either is empty.

    The larger of normalised Levenshtein similarity and, for a shortening, the share of the
    shorter found in order in the longer, counted only as far as it stands in runs of two
    characters or more, since single characters agree by chance.
    """
    x, y = normalise(a), normalise(b)
    if not x or not y:
        return 0.0
    if x == y:
        return 1.0
    short, long = sorted((x, y), key=len)
    whole = Levenshtein.normalized_similarity(x, y)
    if len(short) < 2:
        return min(whole, 0.3)
    runs = sum(n for n in _runs(short, long) if n >= 2)
    covered = runs / len(short)
    # A shortening of three characters proves less than one of ten.
    trust = min(1.0, 0.55 + 0.08 * len(short))
    return max(whole, 0.95 * trust * covered**2)


def holds_more(title: str, other: str) -> bool:
    """Whether a headline is longer than `title` by more than what is misread: one that holds it
    and more is another's, whereas a headline that is repeated may be shortened."""
    return len(normalise(other)) - len(normalise(title)) > LONGER


def _runs(short: str, long: str) -> list[int]:
    """Lengths of the pieces of the longest common subsequence that stand together in both."""
    return [op.src_end - op.src_start for op in LCSseq.opcodes(short, long) if op.tag == "equal"]
