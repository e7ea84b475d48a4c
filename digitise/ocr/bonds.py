"""How well a character goes with its neighbours in a line: whether they make words (text/words.py)."""

from __future__ import annotations

from ..text.words import known_words

WORDS, CLOSEST = 0.6, 6.0
"""Weight of what makes a word with a neighbour, and the most that is counted of it, in nats: never enough
against two clear voices."""


def bond(text: str, place: int, char: str) -> float:
    """How well `char` in this place of `text` goes with its neighbours: of the closer of the two bonds
    the nats above chance, 0 where there is none."""
    words = known_words()
    before = words.worth_of(text[place - 1], char) if place else None
    behind = words.worth_of(char, text[place + 1]) if place + 1 < len(text) else None
    return min(CLOSEST, max(before or 0.0, behind or 0.0, 0.0))
