"""Lines read straight across a gutter are cut in two there."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from ..model import Char, TextLine, bounding
from ..text.marks import OPENERS, is_han
from .sigtext import signature_score

HANGING = "。，、；：！？”’）》"
"""Marks that may stand outside the measure, at the end of a line."""

COLUMN = 3
"""Lines that show a column where nothing beside it does."""


def cut_at_gutters(
    lines: Sequence[TextLine], em: float, lead: float, *, marks_aside: bool = False
) -> list[TextLine]:
    """`lines` with each horizontal one cut wherever a gutter runs through it. `marks_aside`: the
    punctuation was set beside the characters, as in vertical lines now turned, and leaves the
    rest of its em blank.

    A gap between two characters is a gutter when lines of about the same size right over and
    under end before it and others begin behind it, at least two of each.
    """
    flat = sorted(
        (x for x in lines if x.mode == "horizontal-tb" and x.size < 1.7 * em),
        key=lambda x: x.box.cy,
    )
    levels = [x.box.cy for x in flat]
    reach = 5.5 * lead
    edges = _edges(flat, em)
    out: list[TextLine] = []
    for line in lines:
        if (
            line.mode != "horizontal-tb"
            or len(line.chars) < 6
            or line.size > 1.7 * em
            or not _open(line)
        ):
            out.append(line)
            continue
        cy = line.box.cy
        near = [
            x
            for x in flat[bisect_left(levels, cy - reach) : bisect_right(levels, cy + reach)]
            if x is not line and 0.9 < x.size / line.size < 1.11 and x.box.overlap_x(line.box) > 0
        ]
        row = flat[bisect_left(levels, cy - 0.3 * em) : bisect_right(levels, cy + 0.3 * em)]
        goes_on = any(-0.3 * em < line.box.x0 - x.box.x1 < 1.3 * em for x in row if x is not line)
        pieces = _cut(line, near, edges, marks_aside, goes_on)
        torn = len(pieces) > 1 and (_torn_signature(line, pieces) or _torn_credit(pieces))
        out.extend([line] if torn else pieces)
    return out


def _edges(lines: Sequence[TextLine], em: float) -> list[float]:
    """Where four lines or more of a page begin at one x, in pixels, ascending."""
    found: list[float] = []
    run: list[float] = []
    for x in (*sorted(line.box.x0 for line in lines), float("inf")):
        if run and x - run[0] > 0.12 * em:
            if len(run) >= 4:
                found.append(run[len(run) // 2])
            run = []
        run.append(x)
    return found


def _open(line: TextLine) -> bool:
    """Whether there is a gap in a line at all that a gutter could run through, or a place where
    a stop hung into it meets a quotation mark hung into it from the other side; in a line read
    from a picture a stop may have filled it."""
    if not line.font and any(c.text in HANGING for c in line.chars[1:-1]):
        return True
    solid = [c for c in line.chars if c.text.strip()]
    return any(
        b.box.x0 - a.box.x1 > 0.08 * line.size or _collide(a, b, line.size)
        for a, b in itertools.pairwise(solid)
    )


def _collide(a: Char, b: Char, em: float) -> bool:
    """Whether a stop and an opening mark lie upon each other, as they never do in one line."""
    return a.text in HANGING and b.text in OPENERS and b.box.x0 - a.box.x1 < -0.15 * em


def _torn_signature(line: TextLine, pieces: Sequence[TextLine]) -> bool:
    """Whether a line over several columns is one signature, and a cut leaves part of a name."""
    return signature_score(line.text) >= 0.8 and any(
        signature_score(piece.text) < 0.6 for piece in pieces
    )


_CREDIT = re.compile("[/／]?(?:摄|摄影|摄影报道|供图|制图|绘|图|文[/／]图)[)）]?")


def _torn_credit(pieces: Sequence[TextLine]) -> bool:
    """Whether a cut leaves the 摄 behind the photographer's name alone: no line begins with it."""
    return any(_CREDIT.fullmatch(piece.text.strip()) for piece in pieces[1:])


def _cut(
    line: TextLine,
    near: Sequence[TextLine],
    edges: Sequence[float],
    marks_aside: bool,
    goes_on: bool,
) -> list[TextLine]:
    """The pieces of a line; `goes_on`: it stands right behind another piece of its row."""
    em = line.size
    cuts: list[int] = []
    solid = [k for k, c in enumerate(line.chars) if c.text.strip()]
    gaps = sorted(line.chars[b].box.x0 - line.chars[a].box.x1 for a, b in itertools.pairwise(solid))
    usual = gaps[len(gaps) // 2] if gaps else 0.0
    for a, b in itertools.pairwise(solid):
        g0, g1 = line.chars[a].box.x1, line.chars[b].box.x0
        if _collide(line.chars[a], line.chars[b], em):
            if any(
                abs(edge - g1 - 0.5 * em) < 0.15 * em and _column_at(edge, near, em)
                for edge in edges
            ):
                cuts.append(b)
            continue
        g0, g1 = _white(line.chars[a], line.chars[b], em, marks_aside)
        if _hangs_between(line, a, b) and _at_edge(
            line, b, line.chars[a].box.x0 + 0.5 * em, line.chars[b].box.x1 - 0.5 * em, near, edges,
            goes_on,
        ):  # fmt: skip
            cuts.append(b)
            continue
        if g1 - g0 > usual + 0.06 * em and _at_edge(line, b, g0, g1, near, edges, goes_on):
            cuts.append(b)
            continue
        if _blank(line, b, g1 - g0) and _beyond_column(line, g0, g1, near):
            cuts.append(b)
            continue
        if g1 - g0 < 0.3 * em:
            # a hanging stop may fill the gutter: then only lines that begin and end there tell
            begin = sum(1 for x in near if abs(x.box.x0 - g1) < _slack(line))
            end = sum(1 for x in near if g1 - 1.7 * em < x.box.x1 < g1 - 0.3 * em)
            hung = line.chars[a].text in HANGING
            if hung and g1 - g0 > 0.08 * em and begin >= 3 and end >= 3:
                over = sum(1 for x in near if _straddles(x, g1, em))
                # One that straddles it may be such a line itself.
                if over == 0 or (not line.font and 3 * over <= min(begin, end)):
                    cuts.append(b)
                    continue
            if hung and not line.font and _hung_at_edge(g1, near, edges, em):
                cuts.append(b)
            continue
        before = [x for x in near if g0 - 1.3 * em < x.box.x1 < g1 + 0.15 * em]
        ends = len(before)
        level = [x for x in near if x.box.x1 > g1 + em]
        if not any(abs(x.box.x0 - line.box.x0) < 3 * em for x in (*before, *level)):
            continue  # centred over both columns: a deck, not a line of either
        starts = sorted(x.box.x0 for x in near if g0 - 0.3 * em < x.box.x0 < g1 + 1.05 * em)
        same = sum(1 for x in near if g1 - g0 > 0.45 * em and _open_at(x, g0, g1, em, marks_aside))
        if ends + same < 2 or len(starts) + same < 2:
            continue
        edge = starts[len(starts) // 2] if starts else g1
        through = sum(
            1
            for x in near
            if x.box.x0 < edge - em and x.box.x1 > edge + em and _straddles(x, edge, em)
        )
        if through <= (min(ends, len(starts)) + same) // 3:
            cuts.append(b)
    if not cuts:
        return [line]
    pieces = []
    for start, stop in zip([0, *cuts], [*cuts, len(line.chars)], strict=True):
        chars = _trim(line.chars[start:stop])
        if chars:
            box = bounding(c.box for c in chars)
            pieces.append(
                replace(
                    line,
                    chars=chars,
                    box=replace(box, y0=line.box.y0, y1=line.box.y1),
                    confidence=sum(c.confidence for c in chars) / len(chars),
                )
            )
    return pieces


def _slack(line: TextLine) -> float:
    """How far off its column's edge, in pixels, the first character of a line may be: where it
    was read from a picture, its place is the recogniser's guess."""
    return (0.1 if line.font else 0.15) * line.size


def _hangs_between(line: TextLine, a: int, b: int) -> bool:
    """Whether a stop that hangs out of its column meets a quotation mark that hangs out of the
    next one: their characters fill the gutter, not their ink."""
    return line.chars[a].text in "。，、；：！？" and line.chars[b].text in OPENERS


def _hung_at_edge(x: float, near: Sequence[TextLine], edges: Sequence[float], em: float) -> bool:
    """Whether the character at `x`, behind a stop that may hang, is where a column of the page
    begins, though no gap was seen before it: in what was read from a picture both places are the
    recogniser's guess. Three lines near by begin there, three end before it."""
    for edge in edges[bisect_left(edges, x - 0.25 * em) : bisect_right(edges, x + 0.25 * em)]:
        begin = sum(1 for o in near if abs(o.box.x0 - edge) < 0.12 * em)
        end = sum(1 for o in near if edge - 1.9 * em < o.box.x1 < edge - 0.2 * em)
        if min(begin, end) >= 3 and _column_at(edge, near, em):
            return True
    return False


def _at_edge(
    line: TextLine,
    b: int,
    g0: float,
    g1: float,
    near: Sequence[TextLine],
    edges: Sequence[float],
    goes_on: bool,
) -> bool:
    """Whether the gap from `g0` to `g1` before character `b` is where a column of the page
    begins, flush, indented or with a hanging quotation mark, and no line near runs through."""
    em = line.size
    start = edges[bisect_left(edges, line.box.x0 - 2.9 * em) :]
    if not goes_on and (not start or start[0] > line.box.x0 + 0.65 * em):
        return False  # begins nowhere near a column: centred
    for edge in edges[bisect_left(edges, g0 + 0.05 * em) : bisect_right(edges, g1 + 0.65 * em)]:
        inset = g1 - edge
        if _blank(line, b, g1 - g0) and abs(inset) < 0.25 * em and _ends_at(edge, near, em):
            return True
        meeting = _hangs_between(line, b - 1, b)
        flush = abs(inset) < (_slack(line) if meeting else 0.1 * em)
        indented = inset > 0.3 * em
        hanging = -0.65 * em < inset < -0.35 * em and line.chars[b].text in OPENERS
        if not (flush or indented or hanging) or line.box.x0 > edge - 3 * em:
            continue
        if _column_at(edge, near, em) or (
            flush and g1 - g0 > 0.9 * em and _ends_at(edge, near, em)
        ):
            return True
    return False


def _blank(line: TextLine, b: int, gap: float) -> bool:
    """Whether there is white before character `b` of a line read from a picture, between two
    hanzi, as type that is set solid leaves at no other place; how wide it is was guessed."""
    before = next(c for c in reversed(line.chars[:b]) if c.text.strip())
    between = before.text, line.chars[b].text
    return not line.font and gap > 0.6 * line.size and all(map(is_han, between))


def _beyond_column(line: TextLine, g0: float, g1: float, near: Sequence[TextLine]) -> bool:
    """Whether the lines over and under one begin with it and end where it has white: they are its
    column, and what stands behind the white is the little there is of the next one."""
    em = line.size
    column = [
        x for x in near
        if abs(x.box.x0 - line.box.x0) < 2.3 * em
        and g0 - 1.3 * em < x.box.x1 < g0 + 0.3 * em
    ]  # fmt: skip
    middle = (g0 + g1) / 2
    return len(column) >= COLUMN and not any(
        x.box.x0 < middle - em and _straddles(x, middle, em) for x in near
    )


def _ends_at(edge: float, near: Sequence[TextLine], em: float) -> bool:
    """Whether lines near by end before an edge at which the page's columns begin, and none runs
    through: the column behind it may be of one line only."""
    end = sum(1 for x in near if edge - 1.9 * em < x.box.x1 < edge - 0.2 * em)
    return end > 0 and not any(x.box.x0 < edge - em and _straddles(x, edge, em) for x in near)


def _column_at(edge: float, near: Sequence[TextLine], em: float) -> bool:
    """Whether lines near by begin at `edge` and others end before it, and hardly any runs through."""
    begin = sum(1 for x in near if abs(x.box.x0 - edge) < 0.12 * em)
    end = sum(1 for x in near if edge - 1.9 * em < x.box.x1 < edge - 0.2 * em)
    through = sum(1 for x in near if x.box.x0 < edge - em and _straddles(x, edge, em))
    return bool(begin and end) and 3 * through <= begin + end


def _open_at(line: TextLine, g0: float, g1: float, em: float, marks_aside: bool) -> bool:
    """Whether a line that runs over the place has a gap of its own there."""
    if line.box.x0 > g0 - em or line.box.x1 < g1 + em:
        return False
    solid = [c for c in line.chars if c.text.strip()]
    for a, b in itertools.pairwise(solid):
        x0, x1 = _white(a, b, em, marks_aside)
        if min(x1, g1) - max(x0, g0) > 0.35 * em:
            return True
    return False


def _white(a: Char, b: Char, em: float, marks_aside: bool) -> tuple[float, float]:
    """From where to where two characters leave white between them. Of `marks_aside` the cells are
    not: a mark takes up little of its own."""
    g0, g1 = a.box.x1, b.box.x0
    if marks_aside and not is_han(a.text):
        g0 = max(g0, min(g1, a.box.x0 + 1.5 * em))
    if marks_aside and not is_han(b.text):
        g1 = min(g1, max(g0, b.box.x1 - 1.5 * em))
    return g0, g1


def _straddles(line: TextLine, edge: float, em: float) -> bool:
    """Whether a character of the line lies across the column edge: a line truly set through."""
    return any(
        c.box.x0 < edge - 0.25 * em and c.box.x1 > edge + 0.2 * em
        for c in line.chars
        if c.text.strip()
    )


def _trim(chars: tuple[Char, ...]) -> tuple[Char, ...]:
    start, stop = 0, len(chars)
    while start < stop and not chars[start].text.strip():
        start += 1
    while stop > start and not chars[stop - 1].text.strip():
        stop -= 1
    return chars[start:stop]
