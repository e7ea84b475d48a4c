"""Count which characters follow each other inside words (models/words.npz).

    python scripts/train_words.py --out models/words.npz

From the word list with frequencies of the package jieba (MIT licence; the extra `train`). Each word
counts in simplified characters and, where they are others, in the traditional ones that OpenCC
gives. For characters a and b the worth is log((n(ab) / p(b) + K) / (n(a) + K)): how much oftener b
comes after a inside words than it would by its share in all words, smoothed by K.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from digitise.text.marks import is_han
from digitise.text.words import LEAST, STEP
from scripts.wordlist import listed, traditional

PRIOR = 50.0
"""K, in characters of the list's counts."""

SELDOM = 3
"""Pairs seen less often than this are left out: half of the list are names and rare idioms."""


def both_scripts(words: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Each word, and its traditional form where that is another; none with letters in it."""
    for word, count in words:
        if not all(is_han(c) for c in word):
            continue
        yield word, count
        other = traditional(word)
        if other != word and len(other) == len(word):
            yield other, count


def counted(words: Iterable[tuple[str, int]]) -> tuple[Counter[str], Counter[str]]:
    """(characters, pairs of neighbours) of all words, weighed by their frequency."""
    characters: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for word, count in words:
        for c in word:
            characters[c] += count
        for a, b in pairwise(word):
            pairs[a + b] += count
    return characters, pairs


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--out", type=Path, default=Path("models/words.npz"))
    options = parser.parse_args()
    characters, pairs = counted(both_scripts(listed()))
    total = characters.total()
    letters = sorted(characters)
    place = {c: k for k, c in enumerate(letters)}
    worth: dict[int, int] = {}
    for pair, seen in pairs.items():
        a, b = pair[0], pair[1]
        value = math.log((seen * total / characters[b] + PRIOR) / (characters[a] + PRIOR))
        if seen >= SELDOM and value > LEAST:
            worth[place[a] * len(letters) + place[b]] = round(value / STEP)
    keys = np.array(sorted(worth), dtype=np.uint32)
    np.savez_compressed(
        options.out,
        allow_pickle=False,
        letters=np.array([ord(c) for c in letters], dtype=np.uint32),
        steps=np.diff(keys, prepend=np.uint32(0)),
        worth=np.array([worth[int(k)] for k in keys], dtype=np.int16),
    )
    data = options.out.read_bytes()
    print(f"{len(letters)} characters, {len(keys)} pairs, {len(data)} bytes")
    print(f"sha256 = {hashlib.sha256(data).hexdigest()}")


if __name__ == "__main__":
    main()
