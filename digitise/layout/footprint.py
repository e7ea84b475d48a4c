"""How much of a page each piece takes: its text with the grounds and borders drawn for it."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Rect
from .barriers import Barriers

BORDER = 2.6  # em: how far from what it holds the line of a border may stand
UPON = 2.5  # em: how far over its text what belongs to a piece may end
CORNER = 0.35  # em: how near each other the lines of a border end at its corners
HELD = 0.75  # of the area of what stands on a ground
TOUCHED = 0.25  # of the area of what a ground is not only another's for


def footprints(
    boxes: Sequence[Rect],
    parts: Sequence[Sequence[Rect]],
    grounds: Sequence[Rect],
    barriers: Barriers,
    em: float,
) -> list[Rect]:
    """`boxes[i]` of pieces that are made of `parts[i]`, each with the `grounds` that carry
    something of it and nothing of another, and with the border drawn round it: a headline on a
    tint begins where the tint begins. `em` in pixels."""
    out = list(boxes)
    for ground in grounds:
        on = {i for i, own in enumerate(parts) if any(_on(ground, p, TOUCHED) for p in own)}
        if len(on) == 1:
            (i,) = on
            held = any(_on(ground, p, HELD) for p in parts[i])
            if held and ground.overlap(boxes[i]) > TOUCHED * ground.area:
                out[i] = out[i].union(ground)
    return [bordered(box, barriers, em) for box in out]


def topped(boxes: Sequence[Rect], parts: Sequence[Sequence[Rect]], em: float) -> list[Rect]:
    """`boxes[i]` of the text of pieces that are made of `parts[i]`, each with what of it stands
    right over its text in the columns of that, as a picture does at the top of a report, and on
    nothing of another. `em` in pixels."""
    out = list(boxes)
    for i, own in enumerate(parts):
        for p in sorted(own, key=lambda p: -p.y1):
            box = out[i]
            within = p.x0 > box.x0 - em and p.x1 < box.x1 + em
            if not within or p.y0 >= box.y0 or p.y1 < box.y0 - UPON * em:
                continue
            if not any(j != i and o.overlap(p) > 0 for j, o in enumerate(boxes)):
                out[i] = box.union(p)
    return out


def bordered(box: Rect, barriers: Barriers, em: float) -> Rect:
    """`box` with the border of ruling lines round it, if there is one: a line over all of it
    and one down each side, which meet at the corners."""
    for top in barriers.horizontal:
        if not box.y0 - BORDER * em < top.cy < box.y0 + CORNER * em:
            continue
        if top.x0 > box.x0 + CORNER * em or top.x1 < box.x1 - CORNER * em:
            continue
        sides = [
            v
            for v in barriers.vertical
            if abs(v.y0 - top.cy) < CORNER * em
            and v.y1 > box.y1 - em
            and top.x0 - CORNER * em < v.cx < top.x1 + CORNER * em  # not the box's beside it
        ]
        left = [v.cx for v in sides if -CORNER * em < box.x0 - v.cx < BORDER * em]
        right = [v.cx for v in sides if -CORNER * em < v.cx - box.x1 < BORDER * em]
        if left and right:
            return box.union(Rect(min(left), top.cy, max(right), box.y1))
    return box


def _on(ground: Rect, part: Rect, share: float) -> bool:
    return ground.overlap(part) > share * max(1.0, part.area)
