"""What the words tell of a text broken off in one place being taken up in another.

Two things beside `clues.runs_on`, both of which only show against other candidates: the quotation
marks and brackets owed on one side and closed on the other, and words that the join makes of two
halves (破难 and 题的), known from the other texts of the same issue.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .marks import PAIRED, is_han, open_marks
from .topic import Pairs, pairs_of
from .words import known_words

_PRIOR = 20.0
"""Weight of a character's share in all text against what was seen to follow one other character."""

_MADE, _UNSEEN = 2.0, -0.7
"""Most that a word made speaks for a join, and most that two characters never seen together speak
against it, in nats: most pairs of neighbours stand in no other text of an issue."""

_CLOSED, _UNASKED, _LEFT_OPEN = 2.0, -2.5, -1.0
"""An owed mark that is closed; one closed that nobody owed; one owed that is not closed."""

_REACH = 200
"""Characters of a paragraph within which an owed mark is closed."""


@dataclass(frozen=True, slots=True)
class Usage:
    """How often characters, and pairs of neighbours, stand in the texts of an issue."""

    characters: Counter[str]
    pairs: Pairs

    @classmethod
    def of(cls, texts: Iterable[str]) -> Usage:
        """Counted over `texts`, each by itself, so that no pair is made by two of them."""
        characters: Counter[str] = Counter()
        pairs: Pairs = Counter()
        for text in texts:
            characters.update(c for c in text if is_han(c))
            pairs.update(pairs_of(text))
        return cls(characters, pairs)

    def follows(self, a: str, b: str) -> float:
        """log of how much oftener the Han character `b` comes after `a` than anywhere, smoothed;
        0.0 where one of them is unknown."""
        total = self.characters.total()
        if not total or not self.characters[a] or not self.characters[b]:
            return 0.0
        share = self.characters[b] / total
        seen = self.pairs[a + b] / share + _PRIOR
        return math.log(seen / (self.characters[a] + _PRIOR))


def seam(before: str, after: str, usage: Usage) -> float:
    """How much the words speak for `after` (a paragraph's rest) taking up `before` (the paragraph
    so far), in nats, 0.0 where they say nothing."""
    a, b = before.rstrip(), after.lstrip()
    if not a or not b:
        return 0.0
    score = _balance(a, b)
    if is_han(a[-1]) and is_han(b[0]):
        here = min(max(usage.follows(a[-1], b[0]), _UNSEEN), _MADE)
        listed = known_words().joined(a, b)
        score += max(here, listed) if here and listed else here + listed
    return score


def _balance(before: str, after: str) -> float:
    owed = open_marks(before)
    closed = first_closed(after)
    if closed:
        return _CLOSED if owed.endswith(closed) else _UNASKED
    return _LEFT_OPEN if owed else 0.0


def first_closed(text: str) -> str:
    """The first closing mark in `text` that nothing in it opens; empty if there is none."""
    owed: list[str] = []
    for c in text[:_REACH]:
        if c in PAIRED:
            owed.append(PAIRED[c])
        elif c in PAIRED.values():
            if not owed:
                return c
            if c == owed[-1]:
                owed.pop()
    return ""
