"""Count which two characters make words together, in traditional print (models/pairs.npz).

python scripts/train_pairs.py --out models/pairs.npz

From jieba's word list (MIT), turned into traditional characters by OpenCC's tables. Of each two
characters that follow each other in a word the pointwise mutual information is kept: the logarithm of
how much more often they do so than by chance.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

SELDOM = 5
"""Pairs counted less often say nothing."""

LEAST = 1.0
"""What is kept is at least so much more than chance, in nats."""

FINE = 32
"""Steps a nat in the file."""


def pairs() -> dict[str, float]:
    """Pairs and how much more often than by chance they stand together, in nats."""
    import jieba
    import opencc

    rows = [
        row.split(" ")
        for row in (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines()
    ]
    words = opencc.OpenCC("s2t").convert("\n".join(row[0] for row in rows)).split("\n")
    single: Counter[str] = Counter()
    double: Counter[str] = Counter()
    for word, row in zip(words, rows, strict=True):
        count = int(row[1])
        for char in word:
            single[char] += count
        for first, second in pairwise(word):
            double[first + second] += count
    total = sum(single.values())
    found = {}
    for pair, count in double.items():
        if count < SELDOM or not all("\u4e00" <= c <= "\u9fff" for c in pair):
            continue
        more = math.log(count * total / (single[pair[0]] * single[pair[1]]))
        if more >= LEAST:
            found[pair] = more
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    found = pairs()
    names = sorted(found)
    keys = np.array([ord(n[0]) << 16 | ord(n[1]) for n in names], np.uint32)
    more = np.array([min(255, round(found[name] * FINE)) for name in names], np.uint8)
    np.savez_compressed(options.out, keys=keys, more=more)
    print(f"{len(names)} pairs")
    return 0


if __name__ == "__main__":
    sys.exit(main())
