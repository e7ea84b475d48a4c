"""Which piece of running text goes on in which: one assignment over the whole page.

Every piece of body has one successor at most and one predecessor at most, or begins under a
head. What each possible link costs is judged from the geometry of columns and from whether the
text itself can run on; the cheapest set of links is taken for the page as a whole, not link by
link (minimum cost assignment: Kuhn 1955, as in scipy.optimize.linear_sum_assignment).
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import linear_sum_assignment

from ..text.jumps import find_jumps
from .heads import Head, head_box
from .judges import judged
from .links import Ends, Links, Node
from .scene import Scene

FORBIDDEN = 1e4


@dataclass(frozen=True, slots=True)
class Chain:
    """One article's body on one page: its head, if any, and its blocks in reading order.

    `subheads` are members of `blocks` that turned out to be titles inside the body. `margin` is
    how much dearer the second best decision would have been for its weakest link.
    """

    head: Head | None
    blocks: tuple[int, ...]
    subheads: frozenset[int]
    cost: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """The pieces of a page and the hand-set costs of what may follow what: `cost` is (2n, 2n),
    `cost[p, q]` of the link from p to q, `cost[p, n + p]` of p being an end, `cost[n + q, q]` of
    q being a beginning."""

    nodes: tuple[Node, ...]
    links: Links
    cost: np.ndarray


def weigh(scene: Scene, heads: Sequence[Head], bodies: Sequence[int]) -> Weighed:
    """What speaks for and against every link between `bodies` (block indices) and `heads`."""
    nodes: list[Node] = [Node(block=i, box=scene.blocks[i].box) for i in bodies]
    for head in heads:
        nodes.append(Node(head=head, box=head_box(scene, head)))
    n = len(nodes)
    links = Links(scene, nodes)
    cost = np.full((2 * n, 2 * n), FORBIDDEN)
    for p in range(n):
        for q in range(n):
            if p != q:
                c = links.cost(p, q)
                if c is not None:
                    cost[p, q] = c
        cost[p, n + p] = links.end_cost(p)
    for q in range(n):
        cost[n + q, q] = links.start_cost(q)
    cost[n:, n:] = 0.0
    return Weighed(tuple(nodes), links, cost)


def chain_bodies(scene: Scene, heads: Sequence[Head], bodies: Sequence[int]) -> list[Chain]:
    """Chains of `bodies` (block indices) under `heads`; a head without body is a chain too."""
    if not heads and not bodies:
        return []
    weighed = weigh(scene, heads, bodies)
    nodes, links, cost = weighed.nodes, weighed.links, weighed.cost
    n = len(nodes)
    successor = _solve(judged(weighed, FORBIDDEN), n)
    previous = {q: p for p, q in successor.items()}
    chains = []
    for start in range(n):
        if start in previous:
            continue
        members = [start]
        while members[-1] in successor:
            members.append(successor[members[-1]])
        total = sum(cost[a, b] for a, b in itertools.pairwise(members))
        top = nodes[start].head
        blocks: list[int] = []
        subheads: list[int] = []
        for k in members:
            node = nodes[k]
            if node.head is None:
                blocks.append(node.block)
            elif k != start:
                blocks.extend(node.head.headline)
                subheads.extend(node.head.headline)
        inner = frozenset(subheads) | inner_titles(scene, blocks)
        chains.append(Chain(top, tuple(blocks), inner, float(total)))
    return _rejoined(scene, chains, {nodes[k].block: links.ends[k] for k in links.bodies})


def _rejoined(scene: Scene, chains: list[Chain], ends: Mapping[int, Ends]) -> list[Chain]:
    """Two headlines level with each other are one with a gap in it when the body under the left
    one breaks off in a sentence and the one under the right goes on in one."""
    for left in chains:
        for right in chains:
            a, b = left.head, right.head
            if a is None or b is None or left is right or a.vertical or b.vertical:
                continue
            if not left.blocks or not right.blocks or b.kicker or b.byline:
                continue
            last, first = ends.get(left.blocks[-1]), ends.get(right.blocks[0])
            if last is None or first is None or last.jump_out or first.jump_in:
                continue
            if last.going < 0.4 or first.fresh > 0.1:
                continue
            x, y = scene.blocks[a.headline[0]], scene.blocks[b.headline[0]]
            gap = y.box.x0 - x.box.x1
            if not 0 < gap < 2.6 * x.size or abs(x.box.cy - y.box.cy) > 0.2 * x.size:
                continue
            if not 0.91 < x.box.height / y.box.height < 1.1 or x.cell != y.cell:
                continue
            head = replace(
                a, headline=(*a.headline, *b.headline), deck=(*a.deck, *b.deck), weak=False
            )
            joined = Chain(
                head,
                (*left.blocks, *right.blocks),
                left.subheads | right.subheads,
                left.cost + right.cost,
            )
            return _rejoined(
                scene, [joined, *(c for c in chains if c is not left and c is not right)], ends
            )
    return chains


def inner_titles(scene: Scene, blocks: Sequence[int]) -> frozenset[int]:
    """Blocks of a body that are titles in it; the last one never is."""
    if not any(len(scene.blocks[i].rows) >= 3 for i in blocks):
        return frozenset()
    return frozenset(
        i
        for i in blocks[:-1]
        if scene.title_like(i) >= 1.0 and not find_jumps(scene.blocks[i].text)
    )


def _solve(cost: np.ndarray, n: int) -> dict[int, int]:
    """The links of the cheapest assignment that is free of rings."""
    cost = cost.copy()
    while True:
        rows, cols = linear_sum_assignment(cost)
        chosen = {
            int(r): int(c)
            for r, c in zip(rows, cols, strict=True)
            if r < n and c < n and cost[r, c] < FORBIDDEN
        }
        ring = _ring(chosen)
        if not ring:
            return chosen
        worst = max(ring, key=lambda p: (cost[p, chosen[p]], p))
        cost[worst, chosen[worst]] = FORBIDDEN


def _ring(links: dict[int, int]) -> list[int]:
    done: set[int] = set()
    for start in links:
        path: list[int] = []
        here = start
        while here in links and here not in done:
            if here in path:
                return path[path.index(here) :]
            path.append(here)
            here = links[here]
        done.update(path)
    return []
