"""Boxes of pieces without the little of them that strays into the place of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..model import Rect, bounding
from .barriers import Barriers

STRAY = 0.3  # of a piece's area: more than this is no stray
APART = 2.5  # em: what stands further than this from the rest of its piece
TINY = 0.03  # of a piece's area: less than this, as a signature, is one an em under the rest
NARROW = 0.35  # of the narrower of two pieces: how far they lie upon each other at most
LITTLE = 0.1  # of a piece's area: what of it may lie where it is cut off
BEYOND = 2.0  # em: so much longer is a rule between bands than what it parts is wide
SLACK = 0.3  # em: overlaps that narrow are none


def without_strays(
    boxes: Sequence[Rect],
    parts: Sequence[Sequence[Rect]],
    em: float,
    barriers: Barriers,
) -> list[Rect]:
    """`boxes` of pieces that are made of `parts`, where one lies upon others' only because of a
    small part of it (a line or a column that may well be another's) without that part, and of
    two that lie upon each other along an edge the one cut that has next to nothing there. What
    lies upon another with its main part, as an article bent round another does, stays as it is.
    Nor does a small part count that a rule of the page parts from the rest. `em` in pixels."""
    slack = SLACK * em
    boxes = [_this_side(box, own, em, barriers) for box, own in zip(boxes, parts, strict=True)]
    out = [_without(i, boxes, parts[i], em) for i in range(len(boxes))]
    for i in range(len(out)):
        for j in range(i):
            if _meet(out[i], out[j], slack):
                out[i], out[j] = _cut_apart(out[i], out[j], parts[i], parts[j])
    return out


def _this_side(box: Rect, own: Sequence[Rect], em: float, barriers: Barriers) -> Rect:
    """`box` without the little that stands across a rule which runs on beside the piece: one that
    parts bands of the page, not a title from its text."""
    for rule in barriers.horizontal:
        if rule.x0 > box.x0 + em or rule.x1 < box.x1 - em or rule.width < box.width + BEYOND * em:
            continue
        kept = [p for p in own if p.overlap(box) > 0.5 * p.area]
        over = [p for p in kept if p.y1 < rule.cy]
        under = [p for p in kept if p.y0 > rule.cy]
        few, many = sorted((over, under), key=lambda side: sum(p.area for p in side))
        if not few or len(few) + len(many) < len(kept):
            continue
        if sum(p.area for p in few) < STRAY * sum(p.area for p in kept):
            return bounding(many)
    return box


def _without(i: int, boxes: Sequence[Rect], own: Sequence[Rect], em: float) -> Rect:
    others = [o for j, o in enumerate(boxes) if j != i and _meet(boxes[i], o, SLACK * em)]
    kept = [p for p in own if p.overlap(boxes[i]) > 0.5 * p.area]
    whole = sum(p.area for p in kept)
    spare = STRAY * whole
    best, met = boxes[i], len(others)
    while met and len(kept) > 1:
        loose: list[tuple[float, int]] = []
        for k, p in enumerate(kept):
            rest = bounding(o for n, o in enumerate(kept) if n != k)
            upon = any(p.overlap(o) > 0.25 * p.area for o in others)
            apart = p.y0 > rest.y1 + (em if p.area < TINY * whole else APART * em)
            if p.area <= spare and (upon or apart):
                loose.append((sum(rest.overlap(o) for o in others) + 0.01 * p.area, k))
        if not loose:
            break
        worst = min(loose)[1]
        spare -= kept[worst].area
        del kept[worst]
        hull = bounding(kept)
        left = sum(_meet(hull, o, SLACK * em) for o in others)
        if left < met:
            best, met = hull, left
    return best


def _cut_apart(a: Rect, b: Rect, of_a: Sequence[Rect], of_b: Sequence[Rect]) -> tuple[Rect, Rect]:
    """Two boxes that lie upon each other along an edge, one of them cut off at the other."""
    shared = Rect(max(a.x0, b.x0), max(a.y0, b.y0), min(a.x1, b.x1), min(a.y1, b.y1))
    beside = shared.width / min(a.width, b.width)
    over = shared.height / min(a.height, b.height)
    if min(beside, over) > NARROW or _hangs(of_a, b) or _hangs(of_b, a):
        return a, b
    less = (_cut(a, b, beside < over), b), (a, _cut(b, a, beside < over))
    costs = _lost(of_a, a, less[0][0], shared), _lost(of_b, b, less[1][1], shared)
    if min(costs) > LITTLE:
        return a, b
    return less[0] if costs[0] <= costs[1] else less[1]


def _cut(box: Rect, at: Rect, beside: bool) -> Rect:
    """`box` cut off where `at` begins, at the side where that stands."""
    if beside:
        return replace(box, x1=at.x0) if box.cx < at.cx else replace(box, x0=at.x1)
    return replace(box, y1=at.y0) if box.cy < at.cy else replace(box, y0=at.y1)


def _lost(parts: Sequence[Rect], box: Rect, left: Rect, shared: Rect) -> float:
    """The share of a piece that is cut off where it is `left` of `box`; 1 where something of that
    does not lie where the other is too."""
    area = sum(p.area for p in parts) or 1.0
    off = sum(p.overlap(box) - p.overlap(left) for p in parts) / area
    there = sum(p.overlap(shared) for p in parts) / area
    return off if off < there + 0.001 else 1.0


def _hangs(parts: Sequence[Rect], box: Rect) -> bool:
    """Whether something of a piece stands over another in its columns, as where a report goes on
    at the head of the next column."""
    return any(p.overlap_x(box) > 0.5 * p.width and p.y1 <= box.y0 for p in parts)


def _meet(a: Rect, b: Rect, slack: float) -> bool:
    return a.overlap_x(b) > slack and a.overlap_y(b) > slack
