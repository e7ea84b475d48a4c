"""Boxes that run over a rule, cut there: nothing that is printed does, but detectors' boxes of large
type do, and boxes of two advertisements, one under the other, are easily run together."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from ..model import Rect, Rule
from .pieces import Piece

LONGER = 1.5
"""A rule is so many times as long as the box is thick at least: less may be a stroke."""

ACROSS = 0.8
"""Share of the box's thickness that the rule crosses at least."""

ALONG = 1.3
"""A box is so many times longer than thick: others have no direction to be cut in."""


def cut_at_rules(pieces: Sequence[Piece], rules: Sequence[Rule]) -> list[Piece]:
    """`pieces`, in page coordinates, cut at the `rules` that cross them and go on beyond."""
    out: list[Piece] = []
    for piece in pieces:
        box = piece.box
        tall = box.height >= ALONG * box.width
        if not tall and box.width < ALONG * box.height:
            out.append(piece)
            continue
        crossing = [r.box for r in rules if r.horizontal is tall and _crosses(r.box, box, tall)]
        thick = min(box.width, box.height)
        low, high = (box.y0, box.y1) if tall else (box.x0, box.x1)
        spans = sorted((r.y0, r.y1) if tall else (r.x0, r.x1) for r in crossing)
        edges = [low, *itertools.chain.from_iterable(spans), high]
        parts = [
            (a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a >= 0.5 * thick
        ]
        if len(parts) < 2:
            out.append(piece)
            continue
        for a, b in parts:
            part = Rect(box.x0, a, box.x1, b) if tall else Rect(a, box.y0, b, box.y1)
            out.append(replace(piece, box=part))
    return out


def _crosses(rule: Rect, box: Rect, tall: bool) -> bool:
    if tall:
        level = box.y0 < rule.y0 and rule.y1 < box.y1
        shared, length, thick = rule.overlap_x(box), rule.width, box.width
    else:
        level = box.x0 < rule.x0 and rule.x1 < box.x1
        shared, length, thick = rule.overlap_y(box), rule.height, box.height
    return level and length >= LONGER * thick and shared >= ACROSS * thick
