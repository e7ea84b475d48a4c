"""The pieces of a page that may be linked: bodies and titles, and how a body begins and ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..model import Rect
from .heads import Head


@dataclass(frozen=True, slots=True)
class Node:
    """A body block or, when `head` is set, a title block. `box` is in pixels."""

    box: Rect
    block: int = -1
    head: Head | None = None


@dataclass(frozen=True, slots=True)
class Ends:
    """How a body block begins and ends.

    `fresh`: 1 when its first line opens a paragraph, 0 when it goes on, 0.5 when unknown.
    `going`: 1 when its last line breaks off in a sentence at the full measure, 0 when the
    paragraph is over, between when unsure.
    """

    fresh: float
    going: float
    dateline: bool
    signed: bool
    jump_out: bool
    jump_in: bool
    title: bool = False


def strong_heads(nodes: Sequence[Node]) -> list[int]:
    """The nodes that are headlines beyond doubt: beginnings, whatever is said."""
    return [k for k, node in enumerate(nodes) if node.head is not None and not node.head.weak]


def chains_of(successor: Mapping[int, int], n: int) -> list[list[int]]:
    """The chains that `n` nodes make, of which each goes on in its `successor`, free of rings."""
    led = set(successor.values())
    out = []
    for start in range(n):
        if start not in led:
            members = [start]
            while members[-1] in successor:
                members.append(successor[members[-1]])
            out.append(members)
    return out
