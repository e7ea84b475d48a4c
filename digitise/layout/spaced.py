"""Lines of display type set wide, read in pieces, made one again: 订 单排到年 底."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from ..model import TextLine, bounding
from .barriers import Barriers

NEAREST_GAP, WIDEST_GAP = 0.6, 1.35
"""How far a gap between pieces may fall short of, or exceed, the gaps inside them."""
OTHER_SET = 1.25
"""Lines whose characters stand so many times as far from each other are no pieces of one."""

PAUSES = tuple("，、；：")


def join_spaced(lines: Sequence[TextLine], em: float, barriers: Barriers) -> list[TextLine]:
    """`lines` with pieces of one letter-spaced headline on one baseline joined.

    Two pieces are one line when the gap between them is that between the characters inside one
    of them, and no rule runs through it; on a picture of a page also where they stand under one
    headline: 小小瑶仅  大有可为.
    """
    display = sorted(
        (x for x in lines if x.size > 1.4 * em and x.mode == "horizontal-tb"),
        key=lambda x: (x.box.x0, x.box.y0),
    )
    gone: set[int] = set()
    made: list[TextLine] = []
    for first in display:
        if id(first) in gone:
            continue
        here, parts = first, [first]
        while True:
            nxt = next(
                (x for x in display if id(x) not in gone and _goes_on(here, x, display)), None
            )
            if nxt is None or barriers.share_beside(here.box, nxt.box) > 0.4:
                break
            gone.add(id(nxt))
            parts.append(nxt)
            here = _joined(parts)
        if len(parts) > 1:
            gone.add(id(first))
            made.append(here)
    return [x for x in lines if id(x) not in gone] + made


def _goes_on(a: TextLine, b: TextLine, display: Sequence[TextLine]) -> bool:
    """Whether `b`, to the right of `a`, is the next piece of its line."""
    gap = b.box.x0 - a.box.x1
    near = 0.05 if a.font or b.font else 0.08
    if gap <= 0 or abs(a.size / b.size - 1) > near or a.font != b.font or a.tone != b.tone:
        return False
    if abs(a.box.cy - b.box.cy) > 0.15 * a.size:
        return False
    if a.text.rstrip()[-1:] in PAUSES and gap < 1.8 * a.size:
        return True  # 灯亮了，人来了
    if not a.font and not b.font:
        narrow, step = sorted((_pitch(a), _pitch(b)))
        if narrow and step > OTHER_SET * narrow:
            return False  # two headlines side by side, one set wider
        if step > 1.35 * a.size and gap + a.size < 1.55 * step:
            return True
        if gap < 1.3 * a.size and _under_one(a, b, display):
            return True
    inner = max(_inner(a), _inner(b))
    return inner > 0.45 * a.size and NEAREST_GAP * inner < gap < WIDEST_GAP * inner


def _inner(line: TextLine) -> float:
    """The usual gap between the characters of a line; 0 for one alone."""
    solid = [c.box for c in line.chars if c.text.strip()]
    gaps = sorted(b.x0 - a.x1 for a, b in itertools.pairwise(solid))
    return gaps[len(gaps) // 2] if gaps else 0.0


def _pitch(line: TextLine) -> float:
    """The mean distance of the characters of a line; 0 for less than three."""
    solid = [c.box for c in line.chars if c.text.strip()]
    return (solid[-1].cx - solid[0].cx) / (len(solid) - 1) if len(solid) >= 3 else 0.0


def _under_one(a: TextLine, b: TextLine, display: Sequence[TextLine]) -> bool:
    """Whether one line of larger type stands close over both of two lines, directly or over a
    row like theirs; or one of their size right over the middle of the two together, and of
    neither alone."""
    middle = (a.box.x0 + b.box.x1) / 2
    for x in display:
        gap = a.box.y0 - x.box.y1
        over = x.size > 1.3 * a.size and x.box.x0 < a.box.cx and x.box.x1 > b.box.cx
        if over and -0.3 * a.size < gap < 2.4 * a.size and abs(middle - x.box.cx) < 1.5 * a.size:
            return True
        alone = min(abs(y.box.cx - x.box.cx) for y in (a, b))
        alike = 0.9 < x.size / a.size < 1.3 and alone > a.size
        if alike and -0.3 * a.size < gap < a.size and abs(middle - x.box.cx) < 0.4 * a.size:
            return True
    return False


def _joined(parts: Sequence[TextLine]) -> TextLine:
    chars = tuple(c for x in parts for c in x.chars)
    return replace(
        parts[0],
        box=bounding(x.box for x in parts),
        chars=chars,
        confidence=sum(c.confidence for c in chars) / max(1, len(chars)),
    )
