"""What of two readings of a page lies on what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...model import Line, Rect
from .document import LineEntry

SHARED = 0.4
"""Two lines are one when they share so much of the smaller one's area."""

COVERED = 0.5
"""A line that others cover so much of is read from the same ink."""


@dataclass(frozen=True, slots=True)
class Found:
    """Lines of a page that lie on one another: `old` as people left them, `new`."""

    old: tuple[LineEntry, ...]
    new: tuple[Line, ...]

    @property
    def single(self) -> bool:
        return len(self.old) == len(self.new) == 1


def matched(old: Sequence[LineEntry], new: Sequence[Line]) -> list[Found]:
    """Groups of lines that lie on one another, in the order of the old lines."""
    groups = list(range(len(old) + len(new)))

    def root(i: int) -> int:
        while groups[i] != i:
            groups[i] = groups[groups[i]]
            i = groups[i]
        return i

    boxes = array([line.box for line in new])
    areas = area(boxes)
    for i, entry in enumerate(old):
        box = entry.line.box
        smaller = np.minimum(areas, max(0.0, box.area))
        same = (smaller > 0) & (overlaps(box, boxes) >= SHARED * smaller)
        for k in np.flatnonzero(same).tolist():
            groups[root(len(old) + k)] = root(i)
    members: dict[int, tuple[list[LineEntry], list[Line]]] = {}
    for i, entry in enumerate(old):
        members.setdefault(root(i), ([], []))[0].append(entry)
    for n, line in enumerate(new, len(old)):
        members.setdefault(root(n), ([], []))[1].append(line)
    return [Found(tuple(a), tuple(b)) for a, b in members.values()]


def array(boxes: Sequence[Rect]) -> NDArray[np.float64]:
    """n x 4: x0, y0, x1, y1."""
    rows = [(box.x0, box.y0, box.x1, box.y1) for box in boxes]
    return np.array(rows, np.float64).reshape(-1, 4)


def area(boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    """n areas of n x 4 boxes."""
    sides = np.maximum(0.0, boxes[:, 2:] - boxes[:, :2])
    product: NDArray[np.float64] = sides[:, 0] * sides[:, 1]
    return product


def overlaps(box: Rect, boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    """The area that one box shares with each of n."""
    low = np.maximum(boxes[:, :2], (box.x0, box.y0))
    high = np.minimum(boxes[:, 2:], (box.x1, box.y1))
    sides = np.maximum(0.0, high - low)
    product: NDArray[np.float64] = sides[:, 0] * sides[:, 1]
    return product


def covered(box: Rect, boxes: NDArray[np.float64]) -> bool:
    """Whether the boxes, which hardly lie on one another, hold half of this one."""
    return box.area > 0 and float(overlaps(box, boxes).sum()) >= COVERED * box.area


def alike(a: Rect, b: Rect) -> float:
    """Shared area over joint area."""
    shared = a.overlap(b)
    joint = a.area + b.area - shared
    return shared / joint if joint > 0 else 0.0
