"""Lines of display type set downwards, side by side: which of them are one headline."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ..model import TextLine

WIDER = 0.5
"""Ems by which the white between two headlines is wider than that between the lines of one."""


def one_by_one(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """`lines` of display type, about level and of about one size, by headline, all from the right:
    those in another face are another's, and those over wider white than stands between others."""
    order = sorted(lines, key=lambda line: -line.box.x1)
    usual = min((_white(a, b) for a, b in pairwise(order)), default=0.0)
    out = [order[:1]]
    for a, b in pairwise(order):
        limit = max(usual, 0.0) + WIDER * min(a.size, b.size)
        if _white(a, b) > limit or (a.font and b.font and a.font != b.font):
            out.append([])
        out[-1].append(b)
    return out


def _white(right: TextLine, left: TextLine) -> float:
    return right.box.x0 - left.box.x1
