"""Words that two characters make: how much oftener one follows the other inside words than by chance.

The table is a file of models/ (`words.npz`, card `words.md`), counted from a list of words with
their frequencies, in simplified and in traditional characters.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..shipped import shipped_model

STEP = 1 / 16
"""Nats that one unit of a stored worth stands for."""

LEAST, MOST = -0.6, 4.0
"""What two characters that make no word say against a join, and the most that two that do say for
it, in nats. Of texts cut at any place and joined again, and of texts joined with others, both of
the typesetter's wording, two characters of no word stood at the cut in 0.32 and 0.58; from
there up the log of the ratio is about the worth itself."""


_LATER = str.maketrans("爲卽眞强愼鎭値旣敎尙", "為即真強慎鎮值既教尚")
"""Forms of old print, of which the list of words has the later ones."""


@dataclass(frozen=True, slots=True)
class Words:
    """Pairs of characters that words have. `keys`, (n,), sorted: of each pair its first
    character's place in `letters` times their number, and its second's; `worth`, (n,): in units
    of STEP."""

    letters: dict[str, int]
    keys: NDArray[np.uint32]
    worth: NDArray[np.int16]

    def worth_of(self, a: str, b: str) -> float | None:
        """By how many nats oftener `b` comes after `a` inside words than its share in them; None
        where one of them is not known, and LEAST where no word has the two. Forms of old print
        make the words of the later ones."""
        a, b = a.translate(_LATER), b.translate(_LATER)
        if a not in self.letters or b not in self.letters:
            return None
        key = self.letters[a] * len(self.letters) + self.letters[b]
        at = int(np.searchsorted(self.keys, key))
        if at == len(self.keys) or int(self.keys[at]) != key:
            return LEAST
        return max(LEAST, int(self.worth[at]) * STEP)

    def joined(self, before: str, after: str) -> float:
        """How much it speaks for `after` taking up `before`, in nats, that the last character of
        the one and the first of the other are neighbours inside words; 0.0 where one of them is no
        Han character or is not known."""
        a, b = before.rstrip()[-1:], after.lstrip()[:1]
        return min(MOST, self.worth_of(a, b) or 0.0)


NONE = Words({}, np.zeros(0, np.uint32), np.zeros(0, np.int16))


def load_words(path: Path) -> Words:
    """The table in a file. Raises OSError, KeyError or ValueError where it is none."""
    with np.load(path, allow_pickle=False) as data:
        letters = {chr(code): k for k, code in enumerate(data["letters"].tolist())}
        keys = np.cumsum(data["steps"], dtype=np.uint32)
        return Words(letters, keys, data["worth"])


@lru_cache(maxsize=1)
def known_words() -> Words:
    """The table as installed; one that knows nothing where it is missing."""
    path = shipped_model("words.npz")
    return load_words(path) if path else NONE
