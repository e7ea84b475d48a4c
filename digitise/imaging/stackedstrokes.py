"""Upright strokes of characters that stand one under the other in two lines of a headline: bridged
over the white between the lines they look like one rule across both."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..model import Gray, Rect, Rule
from .grids import window
from .inkwork import filled, runs
from .linecut import turned

INKED = 0.6
"""Share of its course over a line of type that a stroke is drawn, at least."""

WHITE = 0.15
"""The least white between two strokes, against the thinner of the two lines."""

ACROSS = 0.5
"""Share of a line's thickness that a stroke crosses at least."""


def without_stacked_strokes(
    rules: Sequence[Rule], words: Sequence[Rect], ink: Gray
) -> tuple[Rule, ...]:
    """The rules less those that run across lines of type one beside the other, end inside the
    outer ones, and have white where there is white between the lines.

    `words` are the boxes of the lines, `ink` the page's 0/255 mask, all in its pixels. A rule of which no ink
    is left in the mask is kept.
    """
    across = [turned(w) for w in words]
    kept = []
    for rule in rules:
        lying = rule.horizontal
        box = turned(rule.box) if lying else rule.box
        lines = _crossed(box, across if lying else words)
        part = window(ink, rule.box)
        if len(lines) < 2 or not _parted(box, lines, filled(part, 0 if lying else 1)):
            kept.append(rule)
    return tuple(kept)


def _crossed(rule: Rect, words: Sequence[Rect]) -> list[Rect]:
    """Level lines, from the top, that an upright rule runs across, none of them its end."""
    return sorted(
        (
            w
            for w in words
            if w.width > w.height
            and w.x0 < rule.x0 and rule.x1 < w.x1
            and w.overlap_y(rule) >= ACROSS * w.height
        ),
        key=lambda w: w.y0,
    )  # fmt: skip


def _parted(rule: Rect, lines: Sequence[Rect], inked: NDArray[np.bool_]) -> bool:
    """Whether an upright rule is a stroke in each of the lines; `inked`: which of its rows are."""
    if rule.y0 < lines[0].y0 or rule.y1 > lines[-1].y1:
        return False
    start = int(rule.y0)
    white = [(start + a, start + b) for a, b in runs(~inked)]
    ends = [rule.y0]
    for over, under in itertools.pairwise(lines):
        thick = min(over.height, under.height)
        low, high = over.y1 - 0.3 * thick, under.y0 + 0.3 * thick
        between = [(a, b) for a, b in white if a < high and b > low and b - a >= WHITE * thick]
        if not between:
            return False
        ends += between[0]
    ends.append(rule.y1)
    courses = zip(ends[::2], ends[1::2], strict=True)
    return all(b > a and _share(inked, a - start, b - start) >= INKED for a, b in courses)


def _share(inked: NDArray[np.bool_], a: float, b: float) -> float:
    part = inked[int(a) : max(int(a) + 1, round(b))]
    return float(part.mean()) if part.size else 0.0
