"""An opening, two pages photographed as one, taken apart at the fold.

Nothing is cut in the picture: the lines and marks of each page are kept, in the frame and the
pixels of the whole, so that every coordinate still refers to the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..model import Rect, Sheet, Step, TextLine, bounding

WIDE = 1.12
"""What is printed is at least so many times wider than high: pages of newspapers are upright."""

MIDDLE = 0.12
"""The fold lies this near to the middle, as a share of the printed width."""

CROSSING = 0.004
"""Share of the characters that may stand over the fold: specks, a note in the margin."""

FEW = 40
"""Fewer lines than these are no opening."""


def pages_of(sheet: Sheet) -> tuple[Sheet, ...]:
    """The pages of an opening in the order they are read: the right one first on vertical pages,
    else the left one. Any other sheet alone.

    A sheet is an opening when it is printed wider than high and a white lane or rule parts its
    type near the middle from top to bottom. A centre spread (跨版), over whose middle type
    runs, stays whole. Page ids and numbers are left to the caller.
    """
    fold = fold_of(sheet)
    if fold is None:
        return (sheet,)
    left = _half(sheet, Rect(0, 0, fold, sheet.height), "left")
    right = _half(sheet, Rect(fold, 0, sheet.width, sheet.height), "right")
    down = sum(len(x.chars) for x in sheet.lines if x.mode == "vertical-rl")
    vertical = down > 0.5 * sum(len(x.chars) for x in sheet.lines)
    return (right, left) if vertical else (left, right)


def fold_of(sheet: Sheet) -> float | None:
    """Where the two pages part, x in pixels of the sheet; None when it is one page."""
    lines = [x for x in sheet.lines if len(x.chars) > 1]
    if len(lines) < FEW or sheet.width < WIDE * sheet.height:
        return None
    print_ = _printed(lines)
    if print_.width < WIDE * print_.height:
        return None
    total = sum(len(x.chars) for x in lines)
    marks = [
        box
        for box in (*(p.box for p in sheet.pictures), *(f.box for f in sheet.frames))
        if box.width < 0.5 * print_.width
    ]
    lanes = _lanes(lines, marks, print_, CROSSING * total)
    # The widest lane is the margin between the pages; of two alike, round a strip of small
    # advertisements in the fold (中缝), the one nearer to the middle.
    best = max(
        lanes,
        key=lambda lane: (lane[1] - lane[0]) - 0.3 * abs(0.5 * (lane[0] + lane[1]) - print_.cx),
        default=None,
    )
    if best is None:
        return None
    x = 0.5 * (best[0] + best[1])
    sides = [sum(len(i.chars) for i in lines if (i.box.cx < x) == side) for side in (True, False)]
    return x if min(sides) > 0.2 * total else None


def _printed(lines: Sequence[TextLine]) -> Rect:
    """The box round nearly all lines: specks far outside do not count."""
    xs = sorted((x.box.cx, len(x.chars)) for x in lines)
    ys = sorted((x.box.cy, len(x.chars)) for x in lines)
    total = sum(n for _, n in xs)

    def inner(values: list[tuple[float, int]]) -> tuple[float, float]:
        seen, low, high = 0, values[0][0], values[-1][0]
        for value, n in values:
            if seen < 0.005 * total:
                low = value
            seen += n
            if seen <= 0.995 * total:
                high = value
        return low, high

    (x0, x1), (y0, y1) = inner(xs), inner(ys)
    held = [i.box for i in lines if x0 <= i.box.cx <= x1 and y0 <= i.box.cy <= y1]
    return bounding(held)


def _lanes(
    lines: Sequence[TextLine], marks: Sequence[Rect], print_: Rect, forgiven: float
) -> list[tuple[float, float]]:
    """Stretches of x near the middle over which no more than `forgiven` characters stand, and
    none of the `marks`."""
    low = print_.cx - MIDDLE * print_.width
    high = print_.cx + MIDDLE * print_.width
    step = max(2.0, print_.width / 2000)
    count = int((high - low) / step)
    over = [0.0] * count
    weighed = [(line.box, float(len(line.chars))) for line in lines]
    for box, weight in [*weighed, *((mark, forgiven + 1) for mark in marks)]:
        first = max(0, int((box.x0 - low) / step))
        last = min(count, int((box.x1 - low) / step) + 1)
        for k in range(first, last):
            over[k] += weight
    lanes: list[tuple[float, float]] = []
    start: int | None = None
    for k in range(count + 1):
        free = k < count and over[k] <= forgiven
        if free and start is None:
            start = k
        elif not free and start is not None:
            lanes.append((low + start * step, low + k * step))
            start = None
    return lanes


def _half(sheet: Sheet, half: Rect, side: str) -> Sheet:
    def mine(box: Rect) -> bool:
        return half.x0 <= box.cx < half.x1

    return replace(
        sheet,
        lines=tuple(x for x in sheet.lines if mine(x.box)),
        # What is drawn over the fold (a rule under both headers) goes to both, cut there.
        rules=tuple(
            replace(r, box=r.box.clip(half)) for r in sheet.rules if half.overlap_x(r.box) > 0
        ),
        frames=tuple(
            f for f in sheet.frames if mine(f.box) and half.overlap(f.box) > 0.9 * f.box.area
        ),
        pictures=tuple(p for p in sheet.pictures if mine(p.box)),
        hints=tuple(h for h in sheet.hints if mine(h.box)),
        steps=(*sheet.steps, Step("opening", f"{side} page, parted at x {half.x0 or half.x1:.0f}")),
    )
