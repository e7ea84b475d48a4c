"""What is at hand while an issue is set, and what is on its way to another page."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from . import texts as T
from .look import Look
from .story import Deck, Entry, IssueDraft, Item


class NoRoom(Exception):
    """A story cannot be set in the place it was given."""


@dataclass(slots=True)
class Jump:
    """A story on its way to another page."""

    entry: Entry
    copy: T.Copy
    rest: list[Item]
    deck: Deck
    from_page: int
    to_page: int
    marker: str
    back_marker: str
    tail_byline: str
    done: bool = False
    middle: bool = False  # it goes on from here to a third page


@dataclass(slots=True)
class Desk:
    """All that setting one issue needs at hand."""

    rng: random.Random
    look: Look
    issue: IssueDraft
    jumps: list[Jump] = field(default_factory=list)
