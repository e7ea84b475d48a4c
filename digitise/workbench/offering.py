"""What could stand in place of each character of a line: offered, never applied.

Sources: what the engines read when they look at the line again, with their second thoughts; what
was taken for what elsewhere; names in the glossary that are nearly there.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from .recognising import Read

RIVALS = 6
"""Second thoughts of an engine asked for, each character."""
MOST = 9
"""Candidates offered for a character: a digit key each."""
_KEPT = 4000


@dataclass(frozen=True, slots=True)
class Offer:
    """`score` 0 to 1 sorts the candidates of one character; `source`: recogniser, confusion or
    glossary."""

    text: str
    score: float
    source: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A line as an engine reads it."""

    engine: str
    read: Read


class Offers:
    """Candidates for each character of a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._found: list[dict[str, Offer]] = [{} for _ in text]

    def add(self, at: int, text: str, score: float, source: str) -> None:
        known = self._found[at].get(text)
        if text.strip() and (known is None or known.score < score):
            self._found[at][text] = Offer(text, round(score, 4), source)

    def best(self, at: int) -> list[Offer]:
        """Best first; what stands there already is not among them."""
        others = [o for o in self._found[at].values() if o.text != self.text[at]]
        return sorted(others, key=lambda o: (-o.score, o.text))[:MOST]

    def machine(self, text: str) -> None:
        """What the machine had read before a person typed something else."""
        for at, other in _paired(self.text, text):
            if self.text[at] != text[other]:
                self.add(at, text[other], 0.4, "recogniser")

    def reading(self, read: Read) -> None:
        """What an engine reads, and what it would have read next."""
        for at, other in _paired(self.text, read.text):
            if other < len(read.chars):
                self.add(at, read.text[other], 0.8 * read.chars[other][4], "recogniser")
            for rival, chance in read.rivals[other] if other < len(read.rivals) else ():
                self.add(at, rival, 0.75 * chance, "recogniser")


def _paired(text: str, other: str) -> list[tuple[int, int]]:
    """Places that answer to each other: the same character, or as many other ones between."""
    out = []
    codes = SequenceMatcher(None, text, other, autojunk=False).get_opcodes()
    for _, a0, a1, b0, b1 in codes:
        if a1 - a0 == b1 - b0:
            out += [(a0 + i, b0 + i) for i in range(a1 - a0)]
    return out


class Readings:
    """What engines read in lines, kept: one goes back and forth between the same lines."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, ...], Sequence[Reading]] = OrderedDict()
        self._lock = threading.Lock()

    def of(
        self, key: tuple[object, ...], make: Callable[[], Sequence[Reading]]
    ) -> Sequence[Reading]:
        """`make` is called when nothing is known of `key`; what it raises goes through."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return made
