"""What keeps two pieces of text apart: ruling lines between them."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Picture, Rect, Rule, TextLine

SIDE = 0.4
"""Em: how far from a box's side the rule may lie that draws it."""


DISPLAY = 1.4
"""Ems of the body from which type is that of headlines."""


class Barriers:
    """The rules of a page, asked whether one runs between two boxes."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.horizontal = tuple(r.box for r in rules if r.horizontal)
        self.vertical = tuple(r.box for r in rules if not r.horizontal)

    def apart_from(self, boxes: Sequence[Rect], em: float) -> Barriers:
        """These rules without the sides of drawn `boxes`, which part what is in them from what is
        not and say nothing of how the page was cut. On a scan they are found among the rules."""
        out = Barriers(())
        out.horizontal = tuple(r for r in self.horizontal if not _draws(r, boxes, em))
        out.vertical = tuple(r for r in self.vertical if not _draws(r, boxes, em))
        return out

    def between(self, a: Rect, b: Rect) -> bool:
        """Whether a horizontal rule runs between `a` above and `b` below."""
        return self.share_below(a, b) > 0.5

    def share_below(self, a: Rect, b: Rect) -> float:
        """The greatest share of the common width that one horizontal rule between covers."""
        x0, x1 = max(a.x0, b.x0), min(a.x1, b.x1)
        if x1 <= x0:
            x0, x1 = min(a.x0, b.x0), max(a.x1, b.x1)
        best = 0.0
        for rule in self.horizontal:
            if a.cy < rule.cy < b.cy:
                best = max(best, min(x1, rule.x1) - max(x0, rule.x0))
        return max(0.0, best) / max(1.0, x1 - x0)

    def share_beside(self, a: Rect, b: Rect) -> float:
        """The share of the shorter box's height that vertical rules between `a` at the left and
        `b` at the right cover."""
        y0, y1 = max(a.y0, b.y0), min(a.y1, b.y1)
        if y1 <= y0:
            y0, y1 = min(a.y0, b.y0), max(a.y1, b.y1)
        best = 0.0
        left, right = min(a.cx, b.cx), max(a.cx, b.cx)
        for rule in self.vertical:
            if left < rule.cx < right and rule.x0 > min(a.x1, b.x1) - 3:
                best = max(best, min(y1, rule.y1) - max(y0, rule.y0))
        return max(0.0, best) / max(1.0, y1 - y0)

    def below(self, box: Rect, reach: float) -> Rect | None:
        """The nearest horizontal rule under `box` within `reach` pixels."""
        found = [
            r
            for r in self.horizontal
            if box.y1 - 2 <= r.cy <= box.y1 + reach and r.overlap_x(box) > 0.4 * box.width
        ]
        return min(found, key=lambda r: r.cy) if found else None


def beside_pictures(rules: Sequence[Rule], pictures: Sequence[Picture], em: float) -> list[Rule]:
    """The rules of a page less those of pictures, their borders and the strokes of a drawing: they
    part no picture from the text it belongs to."""
    return [r for r in rules if not any(p.box.contains(r.box, SIDE * em) for p in pictures)]


def outside_headlines(rules: Sequence[Rule], lines: Sequence[TextLine], em: float) -> list[Rule]:
    """The rules of a page less those that lie in a line of display type as a picture shows it: the
    feet of its heavy characters in a row, 医生."""
    heads = [x.box for x in lines if not x.font and x.size > DISPLAY * em]
    return [r for r in rules if not (r.horizontal and any(h.contains(r.box) for h in heads))]


def _draws(rule: Rect, boxes: Sequence[Rect], em: float) -> bool:
    """Whether a rule is a side of one of `boxes`, or a part of it."""
    near = SIDE * em
    for box in boxes:
        if rule.width > rule.height:
            off = min(abs(rule.cy - box.y0), abs(rule.cy - box.y1))
            within = box.x0 - near < rule.x0 and rule.x1 < box.x1 + near
        else:
            off = min(abs(rule.cx - box.x0), abs(rule.cx - box.x1))
            within = box.y0 - near < rule.y0 and rule.y1 < box.y1 + near
        if within and off < near:
            return True
    return False
