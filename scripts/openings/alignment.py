"""Where each printed line of the truth was read: local alignments of lines with lines.

The two sides cut lines at different places and stand in different orders, so each true line is
looked for in all lines read. Alignments are found by dynamic programming (Smith and Waterman,
1981), the best first; what one has taken no other can have.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

MATCH, MISS, GAP = 2, -1, -1
CANDIDATES = 12
GONE = "\0"


@dataclass(frozen=True, slots=True)
class Hit:
    """True line `line`, read line `read`; `pairs` are (place in the true line, place in the read
    one) of characters that stand for each other, whether right or wrong."""

    line: int
    read: int
    pairs: tuple[tuple[int, int], ...]
    score: int


def align(true: Sequence[str], read: Sequence[str]) -> list[Hit]:
    """Alignments of `true` lines with `read` ones, each character in one at most."""
    left, right = [list(t) for t in true], [list(r) for r in read]
    index: dict[str, set[int]] = {}
    for j, text in enumerate(read):
        for gram in _grams(text):
            index.setdefault(gram, set()).add(j)
    queue: list[tuple[int, int, int]] = []
    for i, text in enumerate(true):
        votes: Counter[int] = Counter()
        for gram in set(_grams(text)):
            for j in index.get(gram, ()):
                votes[j] += 1.0 / len(index[gram])  # type: ignore[assignment]
        for j, _ in sorted(votes.items(), key=lambda v: (-v[1], v[0]))[:CANDIDATES]:
            hit = _local(left[i], right[j])
            if hit is not None:
                heapq.heappush(queue, (-hit[0], i, j))
    hits = []
    while queue:
        score, i, j = heapq.heappop(queue)
        hit = _local(left[i], right[j])
        if hit is None or not _enough(hit, left[i], right[j], len(true[i])):
            continue
        if hit[0] < -score:
            heapq.heappush(queue, (-hit[0], i, j))  # others have taken a part of it
            continue
        hits.append(Hit(i, j, tuple(hit[1]), hit[0]))
        (a0, b0), (a1, b1) = hit[1][0], hit[1][-1]
        left[i][a0 : a1 + 1] = GONE * (a1 + 1 - a0)
        right[j][b0 : b1 + 1] = GONE * (b1 + 1 - b0)
        heapq.heappush(queue, (-hit[0], i, j))  # the two may meet again behind a gap
    return hits


def _grams(text: str) -> list[str]:
    return [text[k : k + 2] for k in range(len(text) - 1)] if len(text) > 1 else [text]


def _enough(
    hit: tuple[int, list[tuple[int, int]]], left: list[str], right: list[str], length: int
) -> bool:
    """Three equal characters, or two where the line has no more to speak of."""
    equal = sum(left[a] == right[b] for a, b in hit[1])
    return equal >= 3 or (equal == 2 and length <= 4) or (equal == 1 == length == len(right))


def _local(left: list[str], right: list[str]) -> tuple[int, list[tuple[int, int]]] | None:
    n, m = len(left), len(right)
    if not n or not m:
        return None
    score = [[0] * (m + 1) for _ in range(n + 1)]
    best, at = 0, (0, 0)
    for i in range(1, n + 1):
        row, above, a = score[i], score[i - 1], left[i - 1]
        if a == GONE:
            continue
        for j in range(1, m + 1):
            b = right[j - 1]
            if b == GONE:
                continue
            value = max(
                0, above[j - 1] + (MATCH if a == b else MISS), above[j] + GAP, row[j - 1] + GAP
            )
            row[j] = value
            if value > best:
                best, at = value, (i, j)
    if best < MATCH:
        return None
    pairs = []
    i, j = at
    while i and j and score[i][j] > 0:
        same = left[i - 1] == right[j - 1]
        if score[i][j] == score[i - 1][j - 1] + (MATCH if same else MISS):
            pairs.append((i - 1, j - 1))
            i, j = i - 1, j - 1
        elif score[i][j] == score[i - 1][j] + GAP:
            i -= 1
        else:
            j -= 1
    return best, pairs[::-1]
