"""Which detected boxes are vertical lines, and characters stacked one under another."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ..model import Rect, bounding
from .linecut import Piece

TALL = 1.7
"""A box so many times taller than wide is a vertical line."""


def sort_directions(pieces: Sequence[Piece], em: float) -> tuple[list[Piece], list[Piece]]:
    """(horizontal, vertical) pieces in page coordinates.

    Tall boxes are vertical. Single large characters (or short stacks) of one size, one under
    another at an even pitch, with nothing of their size closer beside them, make one
    vertical line.
    """
    tall = [p for p in pieces if p.box.height >= TALL * p.box.width and p.box.width > 0.35 * em]
    flat = [p for p in pieces if p not in tall]
    square = [
        p for p in flat
        if 0.62 <= p.box.width / max(1.0, p.box.height) <= 1.65
        and max(p.box.width, p.box.height) >= 1.25 * em
    ]  # fmt: skip
    stacks = _stacks(square, flat + tall)
    used = {id(p) for stack in stacks for p in stack}
    for stack in stacks:
        tall.append(Piece(bounding([p.box for p in stack]), min(p.score for p in stack)))
    rest = [p for p in flat if id(p) not in used]
    return _absorbed(rest, square, tall, em)


def _absorbed(
    rest: list[Piece], square: Sequence[Piece], tall: list[Piece], em: float
) -> tuple[list[Piece], list[Piece]]:
    """Single characters left over at either end of a large vertical line go into it."""
    squares = {id(p) for p in square}
    changed = True
    while changed:
        changed = False
        for i, line in enumerate(tall):
            width = line.box.width
            if width < 1.25 * em:
                continue
            for piece in rest:
                if id(piece) not in squares or abs(piece.box.cx - line.box.cx) > 0.22 * width:
                    continue
                size = max(piece.box.width, piece.box.height)
                gap = max(line.box.y0 - piece.box.y1, piece.box.y0 - line.box.y1)
                fits = 0.7 * width <= size <= 1.4 * width and -0.2 * size <= gap <= 0.9 * size
                others = [p for p in rest if p is not piece]
                if fits and _alone([piece, Piece(_nearest(line.box, piece.box))], others):
                    tall[i] = Piece(line.box.union(piece.box), min(line.score, piece.score))
                    rest = others
                    changed = True
                    break
            if changed:
                break
    return rest, tall


def _nearest(line: Rect, piece: Rect) -> Rect:
    """The end of a vertical line next to `piece`, as large as a character."""
    if piece.cy < line.cy:
        return Rect(line.x0, line.y0, line.x1, min(line.y1, line.y0 + line.width))
    return Rect(line.x0, max(line.y0, line.y1 - line.width), line.x1, line.y1)


def _stacks(square: Sequence[Piece], everything: Sequence[Piece]) -> list[list[Piece]]:
    rest = sorted(square, key=lambda p: (p.box.y0, p.box.x0))
    taken: set[int] = set()
    out = []
    for i in range(len(rest)):
        if i in taken:
            continue
        chain = [i]
        while True:
            last = rest[chain[-1]].box
            size = max(last.width, last.height)
            follow = [
                j for j in range(len(rest))
                if j not in taken and j not in chain and _under(last, rest[j].box, size)
            ]  # fmt: skip
            if not follow:
                break
            j = min(follow, key=lambda k: rest[k].box.y0)
            if len(chain) >= 2:
                step = last.cy - rest[chain[-2]].box.cy
                if abs(rest[j].box.cy - last.cy - step) > 0.25 * step:
                    break
            chain.append(j)
        members = [rest[j] for j in chain]
        if len(members) < 2 or not _alone(members, everything):
            continue
        taken.update(chain)
        out.append(members)
    return out


def _under(box: Rect, other: Rect, size: float) -> bool:
    other_size = max(other.width, other.height)
    return (
        abs(other.cx - box.cx) <= 0.22 * size
        and 0.72 <= other_size / size <= 1.4
        and 0 < other.cy - box.cy <= 3.2 * size
        and other.y0 >= box.y1 - 0.15 * size
    )


def _alone(members: Sequence[Piece], everything: Sequence[Piece]) -> bool:
    """Whether the characters stand closer to each other than to any of their size beside."""
    sizes = [max(p.box.width, p.box.height) for p in members]
    size = max(sizes)
    members = sorted(members, key=lambda p: p.box.y0)
    gap = max(max(0.0, b.box.y0 - a.box.y1) for a, b in itertools.pairwise(members))
    for member in members:
        for other in everything:
            if any(other is m for m in members):
                continue
            if not 0.6 <= other.box.height / size <= 1.6:
                continue
            if other.box.overlap_y(member.box) < 0.5 * member.box.height:
                continue
            aside = max(other.box.x0 - member.box.x1, member.box.x0 - other.box.x1)
            if aside <= max(0.15 * size, gap * 1.05):
                return False
    return True
