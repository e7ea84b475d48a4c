"""Vertical headlines whose line was parted where a stop leaves white: 路通了， 心宽了."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..model import TextLine, bounding
from ..text.marks import ends_openly

AFTER_STOP = 1.3
"""White under a stop, in sizes of the type, at most."""
ELSEWHERE = 0.5
LARGE = 1.6
"""Type of so many times the body's size."""


def with_whole_lines(lines: Sequence[TextLine], em: float) -> list[TextLine]:
    """`lines` with each vertical one of large type joined to that which stands right under it in
    the same type and column."""
    out = list(lines)
    while True:
        found = next(
            ((a, b) for a in out for b in out if a is not b and _goes_on_down(a, b, em)), None
        )
        if found is None:
            return out
        a, b = found
        whole = replace(
            a,
            box=bounding([a.box, b.box]),
            chars=a.chars + b.chars,
            confidence=min(a.confidence, b.confidence),
        )
        out = [whole if x is a else x for x in out if x is not b]


def _goes_on_down(a: TextLine, b: TextLine, em: float) -> bool:
    if a.mode != "vertical-rl" or b.mode != "vertical-rl" or a.size < LARGE * em:
        return False
    if a.tone != b.tone or a.font != b.font or not 0.95 < a.size / b.size < 1.05:
        return False
    gap = b.box.y0 - a.box.y1
    reach = AFTER_STOP if ends_openly(a.text) else ELSEWHERE
    return abs(a.box.cx - b.box.cx) < 0.2 * a.size and -0.2 * a.size < gap < reach * a.size
