"""Rules drawn between single lines of text, as serials were set: they part nothing."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Rect, Rule, TextLine

SIDE = 1.5
"""Em: so near to a rule the line beside it stands."""

ALONG = 0.5
"""Share of a rule's length that a line, or the lines end to end, run along it."""

STEP = 4.5
"""Em from one rule to the next: no more than two or three lines stand between."""

FEWEST = 3
"""So many rules of one length make columns; two may be the sides of a box."""


def without_column_rules(
    rules: Sequence[Rule], lines: Sequence[TextLine], em: float
) -> tuple[Rule, ...]:
    """`rules` without the level ones that stand between lines of the body, three or more in a row.
    `lines` run across, `em` is the body size in pixels."""
    body = [x.box for x in lines if x.mode != "vertical-rl" and 0.7 < x.size / em < 1.3]
    between = [r for r in rules if r.horizontal and _between(r.box, body, em)]
    between.sort(key=lambda r: r.box.cy)
    gone: set[int] = set()
    for rule in between:
        row = [rule]
        for other in between:
            step = other.box.cy - row[-1].box.cy
            if 0.8 * em < step < STEP * em and _alike(row[-1].box, other.box):
                row.append(other)
        if len(row) >= FEWEST:
            gone.update(id(r) for r in row)
    return tuple(r for r in rules if id(r) not in gone)


def _between(rule: Rect, body: Sequence[Rect], em: float) -> bool:
    over = [b for b in body if -0.4 * em < rule.cy - b.y1 < SIDE * em]
    under = [b for b in body if -0.4 * em < b.y0 - rule.cy < SIDE * em]
    return all(sum(b.overlap_x(rule) for b in side) > ALONG * rule.width for side in (over, under))


def _alike(a: Rect, b: Rect) -> bool:
    return a.overlap_x(b) > 0.6 * max(a.width, b.width)
