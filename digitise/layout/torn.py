"""Lines of body type on a picture of a page that were read in two pieces, made one again.

Stops leave half an em of white. Where two of them stand under each other, or a line is loosely
justified, that looks like the gutter between two columns; but the lines above or below run on
through it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..model import Char, Rect, TextLine
from ..text.jumps import find_jumps
from .barriers import Barriers
from .sigtext import role_alone, signature_score

WIDEST = 1.25
"""Ems of white a stop and a loose line leave at most."""

PARTED = 2.0
"""The same between the role of who signs and the name."""

FAR = 14.0
"""The same before the marker of a jump, which stands at the far end of its line."""

NEAR = 3.5
"""Leadings within which a whole line of the column is looked for; before a jump twice as many."""

_AFTER = "，。、；：！？”’」』）》〉,.;:!?)"
_BEFORE = "“‘「『（《〈("


def with_torn_lines(
    lines: Sequence[TextLine], em: float, lead: float, barriers: Barriers
) -> list[TextLine]:
    """`lines` with the pieces of torn ones joined; born-digital ones are whole."""
    out = list(lines)
    body = [x for x in lines if _is_body(x, em)]
    while True:
        pair = next(
            (
                (a, b)
                for a in body
                for b in body
                if (_torn(a, b, em) and _run_through(a, b, body, lead, barriers))
                or _signed(a, b, em, barriers)
            ),
            None,
        )
        if pair is None:
            return out
        a, b = pair
        whole = _joined(a, b)
        out = [x for x in out if x is not a and x is not b] + [whole]
        body = [x for x in body if x is not a and x is not b] + [whole]


def _is_body(line: TextLine, em: float) -> bool:
    return not line.font and line.mode == "horizontal-tb" and 0.8 < line.size / em < 1.25


def _torn(a: TextLine, b: TextLine, em: float) -> bool:
    """Whether `b` stands on the row of `a`, to the right of it, after a stop."""
    gap = b.box.x0 - a.box.x1
    if gap < -0.3 * em or abs(a.box.cy - b.box.cy) > 0.3 * em or a.tone != b.tone:
        return False
    if gap > WIDEST * em:
        return gap < FAR * em and _is_jump(b)
    return a.text.rstrip()[-1:] in _AFTER or b.text.lstrip()[:1] in _BEFORE


def _signed(a: TextLine, b: TextLine, em: float, barriers: Barriers) -> bool:
    """Whether `a` is a role in front of the name that stands on its row: ◎本报记者 | 张三."""
    if not 0 < b.box.x0 - a.box.x1 < PARTED * em or abs(a.box.cy - b.box.cy) > 0.3 * em:
        return False
    if not role_alone(a.text) or a.tone != b.tone or barriers.share_beside(a.box, b.box) > 0.4:
        return False
    return signature_score(f"{a.text} {b.text}") >= 0.8


def _is_jump(line: TextLine) -> bool:
    """Whether a line is a marker of a jump to another page and no more."""
    jumps = find_jumps(line.text)
    return len(jumps) == 1 and jumps[0].direction == "to" and jumps[0].start <= 1


def _run_through(
    a: TextLine, b: TextLine, body: Sequence[TextLine], lead: float, barriers: Barriers
) -> bool:
    """Whether a line close by, above or below, is set to the measure that both pieces fill and
    runs on where the white between them is; and no rule does, nor parts that line from them."""
    if barriers.share_beside(a.box, b.box) > 0.4:
        return False
    whole = a.box.union(b.box)
    em = a.size
    far = b.box.x0 - a.box.x1 > WIDEST * em
    for x in body:
        if x is a or x is b or abs(x.box.cy - whole.cy) > (2 * NEAR if far else NEAR) * lead:
            continue
        if x.box.x0 < whole.x0 - 3 * em or x.box.x1 > whole.x1 + 3 * em:
            continue  # of a wider column
        if barriers.between(*sorted((x.box, whole), key=lambda o: o.cy)):
            continue
        left = min(abs(x.box.x0 - whole.x0), abs(x.box.x0 + 2 * em - whole.x0)) < 0.6 * em
        right = abs(x.box.x1 - whole.x1) < 1.2 * em
        over = x.box.x0 < a.box.x1 - 1.5 * em and x.box.x1 > b.box.x0 + 1.5 * em
        if over and (left or right):
            return True
    return False


def _joined(a: TextLine, b: TextLine) -> TextLine:
    gap = Rect(a.box.x1, a.box.y0, max(a.box.x1, b.box.x0), a.box.y1)
    space = (Char(" ", gap),) if role_alone(a.text) and gap.width else ()
    chars = (*a.chars, *space, *b.chars)
    longer = max(a, b, key=lambda x: len(x.chars))
    solid = [c.confidence for c in chars if c.text.strip()]
    return replace(
        longer,
        box=a.box.union(b.box),
        chars=chars,
        confidence=round(sum(solid) / max(1, len(solid)), 4),
    )
