"""Pieces of ruling lines put together: collinear ones, dashes and dots, double lines; boxes."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Rect, Rule


def merge_rules(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """Rules with the pieces of each line made one.

    Pieces of one level and thickness join over gaps of up to four times their thickness or
    their length (dashes, dots), or 6 px.
    """
    level = [r.box for r in rules if r.horizontal]
    plumb = [_turn(r.box) for r in rules if not r.horizontal]
    merged = [Rule(b) for b in _merge(level)] + [Rule(_turn(b)) for b in _merge(plumb)]
    return tuple(r for r in merged if max(r.box.width, r.box.height) >= 6)


def _turn(box: Rect) -> Rect:
    return Rect(box.y0, box.x0, box.y1, box.x1)


def _merge(boxes: Sequence[Rect]) -> list[Rect]:
    out: list[Rect] = []
    open_lines: list[Rect] = []
    # By level first, then along the line; levels within a pixel are one.
    for box in sorted(boxes, key=lambda b: (round(b.cy), b.x0, b.x1)):
        place = -1
        for i in range(len(open_lines) - 1, max(-1, len(open_lines) - 40), -1):
            last = open_lines[i]
            thick = max(last.height, box.height)
            if abs(last.cy - box.cy) > max(1.5, 0.5 * thick):
                continue
            if thick > 2.5 * min(last.height, box.height) + 1:
                continue
            reach = max(6.0, 4 * thick, min(4 * min(last.width, box.width), 0.08 * 300))
            if box.x0 - last.x1 <= reach:
                place = i
                break
        if place < 0:
            open_lines.append(box)
        else:
            open_lines[place] = open_lines[place].union(box)
    out += open_lines
    return out


def merge_rules_across(rules: Sequence[Rule]) -> tuple[list[Rect], list[Rule]]:
    """Boxes made by four rules that meet at their ends, and the rules that make none."""
    level = [r for r in rules if r.horizontal]
    plumb = [r for r in rules if not r.horizontal]
    made: list[Rect] = []
    used: set[int] = set()
    if len(plumb) > 2_000 or len(level) > 2_000:
        return made, list(rules)
    for top in level:
        for bottom in level:
            if bottom.box.cy <= top.box.cy or id(top) in used or id(bottom) in used:
                continue
            if not _same_span(top.box, bottom.box):
                continue
            left = _post(plumb, top.box.x0, top.box, bottom.box)
            right = _post(plumb, top.box.x1, top.box, bottom.box)
            if left is None or right is None:
                continue
            made.append(Rect(left.box.cx, top.box.cy, right.box.cx, bottom.box.cy))
            used |= {id(top), id(bottom), id(left), id(right)}
            break
    return made, [r for r in rules if id(r) not in used]


def _same_span(a: Rect, b: Rect) -> bool:
    slack = 8 + max(a.height, b.height)
    return abs(a.x0 - b.x0) <= slack and abs(a.x1 - b.x1) <= slack


def _post(plumb: Sequence[Rule], x: float, top: Rect, bottom: Rect) -> Rule | None:
    slack = 8 + max(top.height, bottom.height)
    for rule in plumb:
        b = rule.box
        ends = max(abs(b.y0 - top.cy), abs(b.y1 - bottom.cy))
        if abs(b.cx - x) <= slack and ends <= slack:
            return rule
    return None
