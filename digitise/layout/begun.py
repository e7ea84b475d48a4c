"""Stories that were begun on an earlier page, as they help the layout of the page where they go on.

A rest is cut into columns, subheads and pictures like any report, but its beginning is elsewhere:
taken by itself, a title at the head of one of its columns is as good as a report's own. With the
first part known, what the rest is about and what its headline is called are known as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..model import Rect, bounding
from ..text.similarity import agreement, holds_more
from ..text.topic import Pairs, pairs_of

if TYPE_CHECKING:
    from .nodes import Ends, Node

SAME = 0.9
"""Agreement from which a headline is that of the story's first part."""

THERE = 0.5
"""Of a node's area: what of it lies where the rest was found to begin."""

MOST = 4
"""Chains that may turn out to be one story."""


@dataclass(frozen=True, slots=True)
class Begun:
    """The story so far: `titles`, and the `text` with them. `at`: where on the page its rest was
    found to begin, in pixels of the sheet."""

    titles: tuple[str, ...]
    text: str
    at: Rect


def taken_up(begun: Begun, nodes: Sequence[Node], ends: Sequence[Ends]) -> int:
    """The node with which a story is taken up again: the body behind the marker, else the title,
    else the first body there; -1 where there is none."""
    found: tuple[float, float, int] | None = None
    for k, node in enumerate(nodes):
        share = node.box.overlap(begun.at) / max(1.0, node.box.area)
        if share > THERE:
            rank = 0.0 if ends[k].jump_in else 1.0 if node.head is not None else 2.0
            found = min(found or (9.0, 0.0, -1), (rank, node.box.y0, k))
    return found[2] if found else -1


def told(
    begun: Sequence[Begun], nodes: Sequence[Node], ends: Sequence[Ends]
) -> Iterator[tuple[int, Pairs]]:
    """The nodes with which stories are taken up, each with the words of the story so far."""
    for story in begun:
        k = taken_up(story, nodes, ends)
        if k >= 0:
            yield k, pairs_of(story.text)


def namesakes(
    begun: Sequence[Begun], nodes: Sequence[Node], ends: Sequence[Ends], texts: Sequence[str]
) -> Iterator[tuple[int, int]]:
    """Titles that repeat the headline of a story, each with the body in which that is taken up:
    both of one story, wherever on the page they stand. `texts`: of each node."""
    for story in begun:
        k = taken_up(story, nodes, ends)
        if k < 0 or nodes[k].head is not None:
            continue
        for p, node in enumerate(nodes):
            if node.head is not None and any(
                agreement(t, texts[p]) >= SAME and not holds_more(t, texts[p]) for t in story.titles
            ):
                yield p, k


def enclosed(
    begun: Sequence[Begun],
    nodes: Sequence[Node],
    ends: Sequence[Ends],
    chains: Sequence[Sequence[int]],
) -> list[int]:
    """The small titles that begin `chains` which, with the chain in which a story is taken up, fill
    a box that holds nothing else."""
    found: set[int] = set()
    for story in begun:
        k = taken_up(story, nodes, ends)
        own = next((c for c in chains if k in c), None)
        if own is None:
            continue
        for chain in chains:
            if chain is not own and _small(chain, nodes, ends):
                found |= _filling([own, chain], chains, nodes, ends)
    return sorted(found)


def broken_off(
    nodes: Sequence[Node], ends: Sequence[Ends], chains: Sequence[Sequence[int]]
) -> list[int]:
    """The small titles that begin `chains` which go on on another page: what is long enough for
    that has a headline, and the title stands inside it."""
    return [c[0] for c in chains if _small(c, nodes, ends) and any(ends[k].jump_out for k in c)]


def headless(
    nodes: Sequence[Node], ends: Sequence[Ends], chains: Sequence[Sequence[int]]
) -> list[int]:
    """The bodies that begin `chains` without a title, though no marker says that they are taken up
    from elsewhere."""
    first = [c[0] for c in chains]
    return [k for k in first if nodes[k].head is None and not (ends[k].title or ends[k].jump_in)]


def _small(chain: Sequence[int], nodes: Sequence[Node], ends: Sequence[Ends]) -> bool:
    head = nodes[chain[0]].head
    return len(chain) > 1 and (ends[chain[0]].title if head is None else head.weak)


def _filling(
    together: list[Sequence[int]],
    chains: Sequence[Sequence[int]],
    nodes: Sequence[Node],
    ends: Sequence[Ends],
) -> set[int]:
    """The small titles of what fills the box of two chains `together`, those two being the first;
    none where something else does."""
    while True:
        hull = bounding(nodes[i].box for chain in together for i in chain)
        more = [
            chain
            for chain in chains
            if not any(chain is c for c in together)
            and any(
                hull.x0 < nodes[i].box.cx < hull.x1 and hull.y0 < nodes[i].box.cy < hull.y1
                for i in chain
            )
        ]
        if not more:
            return {chain[0] for chain in together[1:]}
        if (
            not all(_small(chain, nodes, ends) for chain in more)
            or len(together) + len(more) > MOST
        ):
            return set()
        together = [*together, *more]
