"""Titles in one type have one office: what most of a page's are, the doubtful ones are too.

A small title between two short reports looks like a title inside the upper one. A page sets all
of its short reports' headlines in one type, and the titles inside its articles in another; so the
ones whose place leaves no doubt, at the top of a column or under a signature, speak for the rest.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .blocks import Block
from .heads import Head
from .nodes import Node
from .scene import Scene

HEARD = 4.0
"""No title says more than this, in the costs of the assignment, about those of its type."""
WEIGHT = 1.0
"""What the mean of the others, each heard by how sure it is, counts."""
SURE = 2.5
"""What a headline says whose kicker, deck or signature makes it one."""


def kindred(
    scene: Scene, nodes: Sequence[Node], starts: Sequence[bool], margins: NDArray[np.float64]
) -> NDArray[np.float64]:
    """What speaks for each node being a beginning, in the costs of the assignment, from the other
    titles of its type: (n,), 0 for all but weak titles. `starts`: whether it was found to be one,
    `margins`, (n,): how sure that was."""
    n = len(nodes)
    out = np.zeros(n)
    titles: list[tuple[int, Head, Block]] = [
        (k, node.head, scene.blocks[node.head.headline[0]])
        for k, node in enumerate(nodes)
        if node.head is not None and not node.head.vertical
    ]
    for k, head, own in titles:
        if not head.weak:
            continue
        said: list[float] = []
        for j, other, block in titles:
            if j == k or not one_type(own, block):
                continue
            if not other.weak:
                said.append(SURE)
            else:
                heard = min(HEARD, float(margins[j]))
                said.append(heard if starts[j] else -heard)
        if any(said):
            out[k] = WEIGHT * sum(x * abs(x) for x in said) / sum(map(abs, said))
    return out


def one_type(a: Block, b: Block) -> bool:
    """Whether two titles are set in the same type."""
    if a.font != b.font or a.bold != b.bold or a.reversed != b.reversed:
        return False
    return abs(a.size / b.size - 1) < (0.025 if a.font else 0.05)
