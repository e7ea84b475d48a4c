"""Which piece of running text goes on in which: one assignment over the whole page.

Every piece of body has one successor at most and one predecessor at most, or begins under a
head. What each possible link costs is judged from the geometry of columns and from whether the
text itself can run on; the cheapest set of links is taken for the page as a whole, not link by
link (minimum cost assignment: Kuhn 1955, as in scipy.optimize.linear_sum_assignment).
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.optimize import linear_sum_assignment

from ..text.clues import is_numbered, opens_dialogue
from ..text.jumps import find_jumps
from .begun import broken_off, enclosed, headless, namesakes
from .context import Context
from .heads import Head, head_box
from .judges import Heard, judged
from .kinship import kindred
from .links import Ends, Links, Node
from .margins import link_margins
from .nodes import chains_of
from .scene import Scene
from .second import reconsidered, second_judges

FORBIDDEN = 1e4

DOUBTED = 3.0
"""Cost of a small title's being a beginning where a story was begun elsewhere or goes on there, and
of text that begins without any title: nearly all of what is printed has one."""

INNER = 15.0
"""Cost of a numbered title's being a beginning: more than any evidence, but no ban."""

AGAIN = -8.0
"""Cost of letting the headline of a story that was begun elsewhere go on where that is taken up."""

HEARINGS = 3
"""How often the judges are heard about articles at most: each time about what came of the last."""


@dataclass(frozen=True, slots=True)
class Hold:
    """What tells how firmly a chain holds together. `margins`: how much dearer the page's second
    best assignment without it would be, for its beginning, for each of its links and for its end;
    `costs`: what each of these costs. `clashes`: for each link between two bodies how far the end
    of one and the beginning of the next disagree, 0..1: a sentence broken off before a paragraph,
    or the middle of one behind a paragraph's end. `fresh` and `going`: how it begins and ends,
    as in `Ends`; 1 and 0 where there is no body."""

    margins: tuple[float, ...] = ()
    costs: tuple[float, ...] = ()
    clashes: tuple[float, ...] = ()
    fresh: float = 1.0
    going: float = 0.0

    def with_next(self, other: Hold) -> Hold:
        """Of this chain and the one that goes on after it, as one."""
        return Hold(
            self.margins + other.margins,
            self.costs + other.costs,
            self.clashes + other.clashes,
            self.fresh,
            other.going,
        )


@dataclass(frozen=True, slots=True)
class Chain:
    """One article's body on one page: its head, if any, and its blocks in reading order.

    `subheads` are members of `blocks` that turned out to be titles inside the body.
    """

    head: Head | None
    blocks: tuple[int, ...]
    subheads: frozenset[int]
    hold: Hold = field(default_factory=Hold)


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
    nodes, links = weighed.nodes, weighed.links
    n = len(nodes)
    solved = _solve_together(scene, weighed)
    chains = []
    for members in chains_of(solved.successor, n):
        start = members[0]
        top = nodes[start].head
        blocks: list[int] = []
        subheads: list[int] = []
        for k in members:
            node = nodes[k]
            if node.head is None:
                blocks.append(node.block)
            elif k != start:
                inside, titles = within(scene, node.head)
                blocks.extend(inside)
                subheads.extend(titles)
        if top is None and _titled(scene, links, members):
            top = Head((blocks.pop(0),), weak=True)
            scene.kind[top.headline[0]] = "headline"
        inner = frozenset(subheads) | inner_titles(scene, blocks)
        chains.append(Chain(top, tuple(blocks), inner, _hold(links, solved, members)))
    return _rejoined(scene, chains, {nodes[k].block: links.ends[k] for k in links.bodies})


def _solve_together(scene: Scene, weighed: Weighed) -> _Solved:
    """The assignment of a page, in which the titles of one type have been heard about each
    other, and the judges again about the articles that came of it, as long as that changes any."""
    heed = scene.heed
    trees = second_judges() if heed.judges and heed.second and not scene.downward else {}
    heard, cost, kin, solved = _heard_first(scene, weighed)
    for _ in range(HEARINGS if trees else 0):
        before = solved
        context = _context(heard, cost, kin, before)
        if context is None:
            break
        solved = _solve(reconsidered(heard, context, trees), len(weighed.nodes))
        if solved.successor == before.successor:
            break
    return _with_rests(scene, weighed, solved)


def _with_rests(scene: Scene, weighed: Weighed, solved: _Solved) -> _Solved:
    """The assignment in which small titles have to be beginnings beyond doubt that share a plain
    place on the page with the rest of a story, or are over one that goes on elsewhere; and so has
    text without any title. Numbered titles stand inside a story wherever that can be."""
    nodes, links, n = weighed.nodes, weighed.links, len(weighed.nodes)
    chains = chains_of(solved.successor, n)
    doubted = {
        *enclosed(scene.begun, nodes, links.ends, chains),
        *broken_off(nodes, links.ends, chains),
        *(k for k in headless(nodes, links.ends, chains) if _on_open_page(scene, links, k)),
    }
    inner = [q for q, node in enumerate(nodes) if _numbered(scene, node)]
    if not doubted and not inner:
        return solved
    cost = solved.cost.copy()
    for q in sorted(doubted):
        cost[n + q, q] += DOUBTED
    for q in inner:
        cost[n + q, q] += INNER
    return _solve(cost, n)


def _numbered(scene: Scene, node: Node) -> bool:
    """Whether a small title is one of several of a story: 二、…, （三）…."""
    head = node.head
    return head is not None and head.weak and is_numbered(scene.blocks[head.headline[0]].text)


def _on_open_page(scene: Scene, links: Links, k: int) -> bool:
    """Whether a body stands in no box and opens no short report with a signature over it. On pages
    set downwards short items without titles were common."""
    return not scene.downward and links.cell[k] < 0 and k not in links.led


def solve_first(scene: Scene, weighed: Weighed) -> tuple[Heard, Context | None]:
    """What the judges say at the first hearing, and what comes of it; no context where there are
    no judges."""
    heard, cost, kin, solved = _heard_first(scene, weighed)
    return heard, _context(heard, cost, kin, solved)


def _heard_first(scene: Scene, weighed: Weighed) -> tuple[Heard, np.ndarray, np.ndarray, _Solved]:
    """What the judges say at the first hearing; the costs with what the titles of one type say of
    each other, and that; and the assignment that comes of it."""
    n = len(weighed.nodes)
    heard = judged(weighed, FORBIDDEN)
    cost = heard.cost
    solved = _solve(cost, n)
    led = set(solved.successor.values())
    starts = [k not in led for k in range(n)]
    kin = kindred(scene, weighed.nodes, starts, solved.before)
    titled = _titles_again(scene, weighed)
    if kin.any() or titled:
        cost = cost.copy()
        each = np.arange(n)
        cost[n + each, each] -= kin
        for p, q in titled:
            cost[p, q] = min(cost[p, q], AGAIN)
        solved = _solve(cost, n)
    return heard, cost, kin, solved


def _titles_again(scene: Scene, weighed: Weighed) -> list[tuple[int, int]]:
    """The links from the headline of a story begun on another page to where it is taken up."""
    nodes, links = weighed.nodes, weighed.links
    texts = [
        "" if node.head is None else "".join(scene.blocks[i].text for i in node.head.headline)
        for node in nodes
    ]
    again = namesakes(scene.begun, nodes, links.ends, texts)
    return [(p, q) for p, q in again if links.cell[p] == links.cell[q]]


def _context(heard: Heard, cost: np.ndarray, kin: np.ndarray, solved: _Solved) -> Context | None:
    if heard.evidence is None:
        return None
    return Context(heard.evidence, cost, solved.successor, solved.after, solved.before, kin)


def within(scene: Scene, head: Head) -> tuple[list[int], list[int]]:
    """The blocks of a title that turned out to stand inside a body, from the top, and those of
    them that are title; what was taken for its deck or signature is text."""
    for i in (*head.kicker, *head.deck, *head.byline):
        scene.kind.pop(i, None)
    titles = [*head.kicker, *head.headline]
    titles += [i for i in head.deck if scene.title_like(i) >= 1.0]
    rest = [i for i in (*head.deck, *head.byline) if i not in titles]
    return [*titles, *rest], titles


def _titled(scene: Scene, links: Links, members: Sequence[int]) -> bool:
    """Whether a chain without a head begins with a line that is its title: too small to be told
    from a title inside a body but by standing first."""
    first = links.ends[members[0]]
    if len(members) < 2 or not first.title or any(links.ends[k].jump_in for k in members):
        return False
    return not opens_dialogue(scene.blocks[links.nodes[members[0]].block].text)


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
            if scene.barriers.share_beside(x.box, y.box) > 0.4:
                continue
            head = replace(
                a, headline=(*a.headline, *b.headline), deck=(*a.deck, *b.deck), weak=False
            )
            joined = Chain(
                head,
                (*left.blocks, *right.blocks),
                left.subheads | right.subheads,
                left.hold.with_next(right.hold),
            )
            return _rejoined(
                scene, [joined, *(c for c in chains if c is not left and c is not right)], ends
            )
    return chains


def inner_titles(scene: Scene, blocks: Sequence[int]) -> frozenset[int]:
    """Blocks of a body that are titles in it; the last one never is, if it is no question."""
    if not any(len(scene.blocks[i].rows) >= 3 for i in blocks):
        return frozenset()
    return frozenset(
        i
        for i in blocks
        if (i != blocks[-1] or opens_dialogue(scene.blocks[i].text))
        and scene.title_like(i) >= 1.0
        and not find_jumps(scene.blocks[i].text)
    )


@dataclass(frozen=True, slots=True)
class _Solved:
    """The assignment of a page: what each node goes on in, and `cost`, (2n, 2n), of which it is
    the cheapest; `after` and `before`, (n,): margins as of margins.link_margins."""

    successor: dict[int, int]
    cost: np.ndarray
    after: np.ndarray
    before: np.ndarray


def _hold(links: Links, solved: _Solved, members: Sequence[int]) -> Hold:
    first, last = members[0], members[-1]
    n = len(links.nodes)
    pairs = list(itertools.pairwise(members))
    bodies = [k for k in members if links.nodes[k].head is None]
    ends = [links.ends[k] for k in bodies]
    return Hold(
        margins=(float(solved.before[first]), *(float(solved.after[k]) for k in members)),
        costs=(
            float(solved.cost[n + first, first]),
            *(float(solved.cost[p, q]) for p, q in pairs),
            float(solved.cost[last, n + last]),
        ),
        clashes=tuple(
            a.going * b.fresh + (1 - a.going) * (1 - b.fresh)
            for a, b in itertools.pairwise(ends)
            if not a.title and not b.title
        ),
        fresh=ends[0].fresh if ends else 1.0,
        going=ends[-1].going if ends else 0.0,
    )


def _solve(cost: np.ndarray, n: int) -> _Solved:
    """The cheapest assignment that is free of rings."""
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
            return _Solved(chosen, cost, *link_margins(cost, rows, cols))
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
