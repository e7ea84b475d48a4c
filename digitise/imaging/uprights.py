"""Which detected boxes are vertical lines, and characters stacked one under another."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from ..model import Rect, bounding
from .inkwork import Inks, filled, runs
from .pieces import Piece, tightened
from .stacking import completed

TALL = 1.7
"""A box so many times taller than wide is a vertical line."""

LARGE = 1.2
"""Single characters this many body ems large can be members of a stack; smaller ones are the
cells of a table far more often."""

SMALL = 0.6
"""Smaller characters, from this many body ems on, make a stack where they are set solid."""

SOLID = 1.35
"""Pitch of characters set solid, in their own size at most; rows are set farther apart."""

TAIL = 1.6
"""A line of body type set downwards, with the marks beside it, is at most so many ems wide."""

LEVEL = 0.6
"""So much of its height lies beside the lines next to it, one of which may begin with a bracket."""

SET_IN = 3.0
"""The first line of a paragraph begins no further down, in ems, than the others: two ems, and what the
white in a bracket is."""

MANY = 4
"""A stack of small characters has so many members at least."""


def sort_directions(
    pieces: Sequence[Piece], inks: Inks, em: float, shelves: Sequence[Rect] = ()
) -> tuple[list[Piece], list[Piece]]:
    """(horizontal, vertical) pieces in page coordinates.

    Tall boxes are vertical. Single large characters (or short stacks) of one size, one under
    another at an even pitch, with nothing of their size closer beside them and no horizontal
    rule (`shelves`) between them, make one vertical line. Characters at the head or the foot
    of a vertical line that a detector gave to another box go back into it.
    """
    tall = [p for p in pieces if p.box.height >= TALL * p.box.width and p.box.width > 0.35 * em]
    flat = [p for p in pieces if p not in tall]
    tall = [p for p in tall if not _edge_of_rows(p.box, flat, em)]
    narrow = [p for p in tall if _in_a_row(p.box, flat, em) or _mark_of_row(p, flat, inks, em)]
    tall = [p for p in tall if not any(p is n for n in narrow)]
    flat += narrow
    rows = _two_rows(tall, inks, em)
    tall = [p for p in tall if not any(p is q for q, _ in rows)]
    tight = {id(p): tightened(p, inks) or p for p in flat}
    square = [
        tight[id(p)] for p in flat
        if _square(tight[id(p)].box) and max(_sides(tight[id(p)].box)) >= LARGE * em
    ]  # fmt: skip
    around = [tight[id(p)] for p in flat] + tall
    stacks = _stacks(square, around, shelves)
    little = [
        tight[id(p)] for p in flat
        if _square(tight[id(p)].box) and SMALL * em <= max(_sides(tight[id(p)].box)) < LARGE * em
    ]  # fmt: skip
    solid = [s for s in _stacks(little, around, shelves) if len(s) >= MANY and _solid(s)]
    stacks += _with_strays(solid, little, shelves)
    used = {id(p) for stack in stacks for p in stack}
    for stack in stacks:
        box = bounding([p.box for p in stack])
        tall.append(Piece(box, min(p.score for p in stack), whole=True))
    rest = [p for p in flat if id(tight[id(p)]) not in used]
    rest, tall = completed(rest, tall, inks, em, shelves)
    tails = [p for p in rest if _is_tail((tightened(p, inks) or p).box, tall, flat, em)]
    rest = [p for p in rest if not any(p is t for t in tails)]
    tall += tails
    return rest + [half for _, halves in rows for half in halves], _fused(tall)


def _edge_of_rows(box: Rect, flat: Sequence[Piece], em: float) -> bool:
    """Whether a tall box of body width is but the first or last characters of rows: most of
    its height lies in, or right beside, horizontal pieces of its own size."""
    if box.width > 1.6 * em:
        return False
    reach = 0.12 * box.width
    beside = [
        p.box for p in flat
        if p.box.height <= 1.5 * box.width and p.box.width > 3 * p.box.height
        and p.box.x0 - reach < box.x1 and p.box.x1 + reach > box.x0
    ]  # fmt: skip
    # The white between rows, and their short last lines, are left out of the sum.
    least = 0.6 if len(beside) < 4 else 0.4
    return sum(b.overlap_y(box) for b in beside) > least * box.height


def _in_a_row(box: Rect, flat: Sequence[Piece], em: float) -> bool:
    """Whether a tall box is one narrow large character (乡, 中) or half of one, beside others of
    its height on its level."""
    if box.height < 2 * em or box.height > 2.8 * box.width:
        return False
    return any(
        p.box.overlap_y(box) >= 0.85 * max(p.box.height, box.height)
        and max(p.box.x0 - box.x1, box.x0 - p.box.x1) <= 2.5 * box.height
        and p.box.width >= 0.8 * p.box.height
        for p in flat
    )


def _mark_of_row(piece: Piece, flat: Sequence[Piece], inks: Inks, em: float) -> bool:
    """Whether a tall box is a quotation mark, half of one or a colon of a headline: small in the
    row it stands in, one blot or two round ones."""
    mark = tightened(piece, inks)
    if mark is None:
        return False
    box = mark.box
    if not any(
        p.box.height >= max(1.45 * em, 1.4 * box.height, 2.5 * box.width)
        and p.box.overlap_y(box) >= 0.9 * box.height
        and max(p.box.x0 - box.x1, box.x0 - p.box.x1) <= 1.6 * p.box.height
        and p.box.width >= p.box.height
        for p in flat
    ):
        return False
    part = inks.part(box)
    blots = runs(filled(part, 1))
    if len(blots) == 1:
        return True
    solid = [float((part[a:b] > 0).mean()) >= 0.55 for a, b in blots]
    return len(blots) == 2 and all(solid) and all(b - a <= 1.4 * box.width for a, b in blots)


def _is_tail(box: Rect, tall: Sequence[Piece], flat: Sequence[Piece], em: float) -> bool:
    """Whether a box of a character or two is the short last line of a paragraph set downwards, or
    a name between such lines: of their width, level with two of them, and beside one at the usual
    distance, which may be set in as the first of the next paragraph."""
    wide, high = _sides(box)
    if wide > TAIL * em or not 0.6 * em <= high < TALL * TAIL * em:
        return False
    if any(
        p.box.width > 2.5 * p.box.height
        and p.box.overlap_y(box) > 0.5 * min(high, p.box.height)
        and max(p.box.x0 - box.x1, box.x0 - p.box.x1) < 2 * em
        for p in flat
    ):
        return False
    around = [
        p.box for p in tall
        if p.box.height >= 4 * em and 0.6 * em <= p.box.width <= TAIL * em
        and 0.8 * em <= abs(p.box.cx - box.cx) <= 4.5 * em
    ]  # fmt: skip
    level = [b for b in around if b.overlap_y(box) >= LEVEL * high]
    set_in = [b for b in around if box.y0 < b.y0 <= box.y0 + SET_IN * em]
    # A name at the foot stands beside the end of a paragraph, which ends above it.
    ended = [b for b in around if b.y1 <= box.y0]
    near = (*level, *set_in, *ended)
    return len(level) >= 2 and any(abs(b.cx - box.cx) <= 2.5 * em for b in near)


def _two_rows(
    tall: Sequence[Piece], inks: Inks, em: float
) -> list[tuple[Piece, tuple[Piece, Piece]]]:
    """Boxes of two large characters, one over the other, that stand side by side: the columns
    of two letter-spaced rows, each with its upper and its lower character.

    Three at least, at one level and an even pitch, and no farther apart than a line of their
    type is long: a headline in columns of two has the columns well apart or fewer of them.
    """
    pairs = []
    for piece in tall:
        box = piece.box
        if box.width < LARGE * em or box.height > 3.2 * box.width:
            continue
        inked = runs(filled(inks.part(box), 1))
        gaps = [(d[0] - c[1], c[1], d[0]) for c, d in itertools.pairwise(inked)]
        if not gaps:
            continue
        _, b, c = max(gaps)
        a, d = inked[0][0], inked[-1][1]
        if all(0.6 * box.width <= side <= 1.25 * box.width for side in (b - a, d - c)):
            top = max(0, int(box.y0))
            halves = tuple(
                replace(piece, box=Rect(box.x0, float(top + y0), box.x1, float(top + y1)))
                for y0, y1 in ((a, b), (c, d))
            )
            pairs.append((piece, (halves[0], halves[1])))
    out = []
    for piece, halves in pairs:
        box = piece.box
        level = [
            o.box for o, _ in pairs
            if abs(o.box.y0 - box.y0) < 0.25 * box.width
            and abs(o.box.y1 - box.y1) < 0.25 * box.width
            and 0.8 < o.box.width / box.width < 1.25
        ]  # fmt: skip
        level.sort(key=lambda b: b.x0)
        steps = [b.cx - a.cx for a, b in itertools.pairwise(level)]
        drop = halves[1].box.cy - halves[0].box.cy
        if len(steps) >= 2 and max(steps) <= 1.2 * min(steps) and max(steps) <= 1.6 * drop:
            out.append((piece, halves))
    return out


def _solid(stack: Sequence[Piece]) -> bool:
    """Whether the characters of a stack are set without letter-spacing."""
    size = max(max(_sides(p.box)) for p in stack)
    steps = [b.box.cy - a.box.cy for a, b in itertools.pairwise(stack)]
    return sum(steps) / len(steps) <= SOLID * size


def _with_strays(
    stacks: Sequence[list[Piece]], little: Sequence[Piece], shelves: Sequence[Rect]
) -> list[list[Piece]]:
    """Stacks of small characters with those in their course that a mark of punctuation, which
    no box was found for, parts from them."""
    out = [list(stack) for stack in stacks]
    used = {id(p) for stack in out for p in stack}
    free = [p for p in little if id(p) not in used]
    for stack in out:
        size = max(max(_sides(p.box)) for p in stack)
        while True:
            whole = bounding([p.box for p in stack])
            near = [
                p for p in free
                if abs(p.box.cx - whole.cx) <= 0.25 * size
                and -0.3 * size <= max(p.box.y0 - whole.y1, whole.y0 - p.box.y1) <= 1.7 * size
                and not any(
                    s.x0 <= p.box.cx <= s.x1
                    and min(p.box.cy, whole.cy) < s.cy < max(p.box.cy, whole.cy)
                    for s in shelves
                )
            ]  # fmt: skip
            if not near:
                break
            stack += near
            free = [p for p in free if not any(p is n for n in near)]
    return out


def _sides(box: Rect) -> tuple[float, float]:
    return box.width, box.height


def _square(box: Rect) -> bool:
    """Of a character's shape; also of one and a half where a stack of two was found as one."""
    return 0.62 <= box.width / max(1.0, box.height) <= 1.65


def _fused(tall: list[Piece]) -> list[Piece]:
    """Vertical pieces less those that have grown into each other."""
    out: list[Piece] = []
    for piece in sorted(tall, key=lambda p: (p.box.y0, p.box.x0)):
        for i, other in enumerate(out):
            small = min(piece.box.area, other.box.area)
            if piece.whole and other.whole and piece.box.overlap(other.box) > 0.3 * small:
                out[i] = replace(other, box=other.box.union(piece.box))
                break
        else:
            out.append(piece)
    return out


def _stacks(
    square: Sequence[Piece], everything: Sequence[Piece], shelves: Sequence[Rect]
) -> list[list[Piece]]:
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
                if j not in taken and j not in chain
                and _under(last, rest[j].box, size, shelves)
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


def _under(box: Rect, other: Rect, size: float, shelves: Sequence[Rect]) -> bool:
    other_size = max(other.width, other.height)
    return (
        abs(other.cx - box.cx) <= 0.22 * size
        and 0.72 <= other_size / size <= 1.4
        and 0 < other.cy - box.cy <= 3.2 * size
        and other.y0 >= box.y1 - 0.15 * size
        and not any(
            s.x0 <= box.cx <= s.x1 and box.cy < s.cy < other.cy and s.width > 1.5 * size
            for s in shelves
        )
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
