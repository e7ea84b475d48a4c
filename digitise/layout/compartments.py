"""The compartments into which rules cut a page: a recursive cut along those that go all through."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ..model import Rect
from .barriers import Barriers

THROUGH = 0.85
"""Share of a part's width that rules at one height must cover to cut it."""

ONE_HEIGHT = 0.8
"""Em: pieces of one rule, or a rule and its twin, lie no further apart."""

MARGIN = 1.5
"""Em: what lies nearer to the side of a part is that side itself."""


def compartments(area: Rect, barriers: Barriers, em: float) -> list[Rect]:
    """The parts of `area` that no rule goes through from side to side, in pixels; `area` itself
    where none does. Top to bottom and left to right within each cut."""
    for rules, level in ((barriers.horizontal, True), (barriers.vertical, False)):
        cuts = _cuts(area, rules, level, em)
        if cuts:
            low, high = (area.y0, area.y1) if level else (area.x0, area.x1)
            edges = [low, *cuts, high]
            parts = [
                Rect(area.x0, a, area.x1, b) if level else Rect(a, area.y0, b, area.y1)
                for a, b in itertools.pairwise(edges)
            ]
            return [one for part in parts for one in compartments(part, barriers, em)]
    return [area]


def _cuts(area: Rect, rules: Sequence[Rect], level: bool, em: float) -> list[float]:
    low, high = (area.y0, area.y1) if level else (area.x0, area.x1)
    start, end = (area.x0, area.x1) if level else (area.y0, area.y1)
    lying: list[tuple[float, float, float]] = []
    for r in rules:
        at = r.cy if level else r.cx
        a, b = (r.x0, r.x1) if level else (r.y0, r.y1)
        a, b = max(a, start), min(b, end)
        if low + MARGIN * em < at < high - MARGIN * em and a < b:
            lying.append((at, a, b))
    lying.sort()
    cuts: list[float] = []
    k = 0
    while k < len(lying):
        same = [one for one in lying[k:] if one[0] < lying[k][0] + ONE_HEIGHT * em]
        if _covered(same) > THROUGH * (end - start):
            cuts.append(sum(at for at, _, _ in same) / len(same))
            k += len(same)
        else:
            k += 1
    return cuts


def _covered(pieces: Sequence[tuple[float, float, float]]) -> float:
    total, reach = 0.0, float("-inf")
    for _, a, b in sorted(pieces, key=lambda one: one[1]):
        total += max(0.0, b - max(a, reach))
        reach = max(reach, b)
    return total
