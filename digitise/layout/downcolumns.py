"""Lines set downwards put together again from what they were read as.

A recogniser gives the runs between the punctuation, and the marks themselves, which stand at the
right of the column, each for itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..model import Rect, TextLine, bounding
from ..text.marks import is_han
from .goneover import with_gone_over

SOLID = 0.75
"""Fewer ems than these are white between the pieces of one line of a page in bands."""

HEAD = 0.3
"""… before a column that a mark begins: it fills the head of its cell alone."""

BANDS = 0.5
"""Ems of white that part two bands of a column, where columns beside it begin at the same height."""

SPACED = 1.9
"""The same in a piece set downwards on a page that runs across."""

LARGE = 1.35
"""Times the body's size from which type is a headline's."""

ASIDE = 0.3
"""Times its size that a line with ornaments is wider than its characters."""

_DRAWN = "→←↑↓★☆ー"

ADJOINS = 1.5
"""A row that is characters of columns has such a run of most of them nearer than so many ems."""

REACH = 6.0
"""Ems over which a line of a column may lie above the next: marks and single characters may stand
between. Columns of other bands are set to other grids."""


def rejoined(lines: Sequence[TextLine], em: float, reach: float = SPACED) -> list[TextLine]:
    """Vertical lines of body size put together again from what they were read as: runs between
    the punctuation, and the marks themselves, which stand at the right of the column. `reach`:
    ems of white that part two lines of one column."""
    runs: list[TextLine] = []
    singles: list[TextLine] = []
    others: list[TextLine] = []
    lines = _unadorned(lines, em)
    for x in (_sized(line, em) for line in with_gone_over(lines, em)):
        if x.size >= 1.35 * em:
            others.append(x)
        elif len(x.chars) == 1:
            singles.append(x)
        elif x.mode == "vertical-rl":
            main, stray = _without_strays(x)
            runs += main
            singles += stray
        else:
            others.append(x)
    others, loose = _across_columns(others, _columns(runs, em), runs, em)
    singles += loose
    # characters before marks: they are lines of a column, or a lone one, the end of a paragraph
    upright = [replace(x, mode="vertical-rl") for x in singles if is_han(x.text)]
    columns = _columns([*runs, *upright], em)
    astray: list[TextLine] = []
    for mark in sorted((x for x in singles if not is_han(x.text)), key=lambda x: x.box.y0):
        home = _home(mark, columns, em)
        if home is None:
            astray.append(mark)
        else:
            home.append(mark)
    # marks that go on under each other are the end of a paragraph that went over: 。」
    for column in _columns([replace(x, mode="vertical-rl") for x in astray], em):
        if len(column) > 1:
            columns.append(column)
        else:
            others += [x for x in astray if x.box == column[0].box]
    tops = [(x.box.y0, x.box.cx) for x in runs if len(x.chars) >= 3]
    for column in columns:
        others.extend(_strung(column, em, reach * em, tops, celled=reach == SPACED))
    return _with_last(others, em)


def _unadorned(lines: Sequence[TextLine], em: float) -> list[TextLine]:
    """`lines` without the rows of arrows and the like beside headlines, which lines of the body may
    go on under; a headline takes the place of its own."""
    out: list[TextLine] = []
    drawn: list[Rect] = []
    for line in lines:
        count = _drawn(line)
        if not count:
            out.append(line)
            continue
        solid = [c for c in line.chars if c.text.strip()]
        last, rest = solid[count - 1].box.y1, tuple(solid[count:])
        drawn.append(replace(line.box, y1=last) if rest else line.box)
        if rest:
            out.append(replace(line, chars=rest, box=replace(line.box, y0=rest[0].box.y0)))
    return [_with_drawn(x, drawn, em) for x in out]


def _drawn(line: TextLine) -> int:
    """How many characters at the head of a line are an ornament: all, or of a vertical one those over
    the text; one of them may have been read as something else."""
    solid = [c for c in line.chars if c.text.strip()]
    marks = [i + 1 for i, c in enumerate(solid) if c.text in _DRAWN]
    ends = [n for k, n in enumerate(marks, 1) if n >= 3 and 3 * k >= 2 * n]
    if not ends or (len(solid) < 6 and ends[-1] == len(solid)):
        return 0
    if ends[-1] > 0.8 * len(solid):
        return len(solid)
    return ends[-1] if line.mode == "vertical-rl" else 0


def _with_drawn(line: TextLine, drawn: Sequence[Rect], em: float) -> TextLine:
    """A large vertical line with the ornaments that stand against it."""
    if line.mode != "vertical-rl" or line.size < LARGE * em:
        return line
    own = [
        o
        for o in drawn
        if o.overlap_y(line.box) > 0.6 * min(o.height, line.box.height)
        and max(o.x0 - line.box.x1, line.box.x0 - o.x1) < 0.5 * em
    ]
    return replace(line, box=bounding([line.box, *own])) if own else line


def printed_box(line: TextLine) -> Rect:
    """The box of a line, of one that took in ornaments beside it that of its characters."""
    if line.font:
        return line.box
    box = bounding(c.box for c in line.chars)
    if line.mode == "vertical-rl":
        beside = max(box.x0 - line.box.x0, line.box.x1 - box.x1)
    else:
        beside = max(box.y0 - line.box.y0, line.box.y1 - box.y1)
    return box if beside > ASIDE * line.size else line.box


def _with_last(lines: Sequence[TextLine], em: float) -> list[TextLine]:
    """Large vertical lines with the single characters over or under them at their pitch, which
    were read as something of their own."""
    out = [one for line in lines for one in _feet(line, lines, em)]
    for x in list(out):
        if len(x.chars) != 1 or x.size < LARGE * em or not is_han(x.text):
            continue
        for k, line in enumerate(out):
            alike = 0.85 < x.size / line.size < 1.18
            if alike and _next_in_column(x.box, line, em):
                chars = tuple(sorted((*line.chars, *x.chars), key=lambda c: c.box.cy))
                out[k] = replace(line, chars=chars, box=line.box.union(x.box))
                out = [o for o in out if o is not x]
                break
    return out


def _next_in_column(box: Rect, line: TextLine, em: float) -> bool:
    """Whether a character's box stands over or under a large vertical line, at its pitch."""
    if line.mode != "vertical-rl" or len(line.chars) < 2 or line.size < LARGE * em:
        return False
    centres = [c.box.cy for c in line.chars if is_han(c.text)]
    if len(centres) < 2 or abs(box.cx - line.box.cx) > 0.2 * line.size:
        return False
    pitch = (centres[-1] - centres[0]) / (len(centres) - 1)
    step = max(box.cy - centres[-1], centres[0] - box.cy)
    return 0.7 * pitch < step < 1.3 * pitch


def _feet(line: TextLine, lines: Sequence[TextLine], em: float) -> list[TextLine]:
    """The last characters of large vertical lines that end at one height side by side, read as a
    row of two or three, each by itself; any other line as it is."""
    solid = sorted((c for c in line.chars if c.text.strip()), key=lambda c: c.box.cx)
    if line.mode == "vertical-rl" or line.size < LARGE * em or not 2 <= len(solid) <= 3:
        return [line]
    over = sorted(
        (x for x in lines if x is not line and _ends_over(x, line, em)), key=lambda x: x.box.cx
    )
    if len(over) != len(solid):
        return [line]
    box = line.box
    return [
        replace(x, chars=(replace(c, box=at),), box=at)
        for c, x in zip(solid, over, strict=True)
        for at in (Rect(x.box.x0, box.y0, x.box.x1, box.y1),)
    ]


def _ends_over(line: TextLine, row: TextLine, em: float) -> bool:
    """Whether a large vertical line has its foot right over a row that goes on beneath it."""
    return (
        line.mode == "vertical-rl"
        and len(line.chars) >= 3
        and line.size >= LARGE * em
        and 0.6 < line.size / row.size < 1.4
        and row.box.x0 < line.box.cx < row.box.x1
        and -0.3 * row.size < row.box.y0 - line.box.y1 < 0.5 * row.size
    )


def _columns(runs: Sequence[TextLine], em: float) -> list[list[TextLine]]:
    """Vertical runs that stand under each other, from the top down. Columns of other bands are set
    to other grids, so that each run is held against the one right over it."""
    columns: list[list[TextLine]] = []
    for run in sorted(runs, key=lambda x: (x.box.y0, -x.box.cx)):
        over = [
            (abs(x.box.cx - run.box.cx) + 0.1 * max(0.0, run.box.y0 - x.box.y1), k)
            for k, x in enumerate(column[-1] for column in columns)
            if abs(x.box.cx - run.box.cx) < 0.55 * em
            and -0.5 * em < run.box.y0 - x.box.y1 < REACH * em
        ]
        if over:
            columns[min(over)[1]].append(run)
        else:
            columns.append([run])
    return columns


def _without_strays(line: TextLine) -> tuple[list[TextLine], list[TextLine]]:
    """A vertical line without the marks that stand beside its characters, and those marks: one
    under the other, they are easily taken for a line of their own."""
    centres = sorted(c.box.cx for c in line.chars if is_han(c.text))
    middle = centres[len(centres) // 2] if centres else float("inf")
    stray = [
        c
        for c in line.chars
        if c.text.strip() and not is_han(c.text) and abs(c.box.cx - middle) > 0.3 * line.size
    ]
    singles = [replace(line, chars=(c,), box=c.box) for c in stray]
    if not centres or not stray:
        return ([line] if centres else []), singles
    kept = tuple(c for c in line.chars if c not in stray)
    return [replace(line, chars=kept, box=bounding(c.box for c in kept))], singles


def _home(single: TextLine, columns: Sequence[list[TextLine]], em: float) -> list[TextLine] | None:
    """The column a character stands in or a mark stands beside; None where there is none. Of
    columns alike the one it is nearer to: another band may begin a little above or below."""
    aside = 0.0 if is_han(single.text) else 0.2 * em
    best, best_off = None, float("inf")
    for column in columns:
        away, off = min(
            (
                max(x.box.y0 - single.box.cy, single.box.cy - x.box.y1, 0.0),
                abs(single.box.cx - x.box.cx - aside),
            )
            for x in column
        )
        if off < 0.95 * em and away < 2.2 * em and off + 0.4 * away < best_off:
            best, best_off = column, off + 0.4 * away
    return best


def _sized(line: TextLine, em: float) -> TextLine:
    """A line of one to three characters across that seems large with the size its characters show,
    where that is the body's: on a scan the mark under a character, or beside it, was taken for a
    part of it."""
    solid = [c for c in line.chars if c.text.strip()]
    if (line.mode == "vertical-rl" and len(solid) > 1) or not 1 <= len(solid) <= 3:
        return line
    if line.font or line.size < 1.35 * em:
        return line
    if len(solid) == 1 and not is_han(line.text) and max(line.box.width, line.box.height) < em:
        return replace(line, size=em)  # a flat bracket's height is no measure of it
    sides = sorted(min(c.box.width, c.box.height) for c in solid)
    size = min(line.size, sides[(len(sides) - 1) // 2])
    if not 0.75 * em < size < 1.25 * em:
        return line
    return replace(line, size=size, box=solid[0].box if len(solid) == 1 else line.box)


def _across_columns(
    lines: Sequence[TextLine],
    columns: Sequence[Sequence[TextLine]],
    runs: Sequence[TextLine],
    em: float,
) -> tuple[list[TextLine], list[TextLine]]:
    """(lines kept, single characters): horizontal runs whose characters each stand in another
    column, marks beside them, are no lines but neighbours in a row; so are two or three of which
    one stands right over a run of a column."""
    kept: list[TextLine] = []
    loose: list[TextLine] = []
    centres = [c[0].box.cx for c in columns]
    for line in lines:
        solid = [c for c in line.chars if c.text.strip()]
        small = line.mode != "vertical-rl" and line.size < 1.35 * em
        homes = [
            min(
                range(len(centres)), key=lambda k: abs(centres[k] + 0.2 * em - c.box.cx), default=-1
            )
            for c in solid
        ]
        own = [h for h, c in zip(homes, solid, strict=True) if is_han(c.text)]
        apart = -1 not in homes and len(set(own)) == len(own)
        at = [columns[h] for h, c in zip(homes, solid, strict=True) if h >= 0 and is_han(c.text)]
        apart = apart and 2 * sum(_adjoins(line, column, em) for column in at) >= len(at)
        if small and len(solid) >= 2 and (apart or _heads_of_columns(line, runs, em)):
            loose.extend(replace(line, chars=(c,), box=c.box) for c in solid)
        else:
            kept.append(line)
    return kept, loose


def _adjoins(line: TextLine, column: Sequence[TextLine], em: float) -> bool:
    """Whether a row stands in a column, or right over or under a run of it."""
    return any(
        max(run.box.y0 - line.box.y1, line.box.y0 - run.box.y1) < ADJOINS * em for run in column
    )


def _heads_of_columns(line: TextLine, runs: Sequence[TextLine], em: float) -> bool:
    """Whether a short row is the first characters of neighbouring columns."""
    solid = [c for c in line.chars if c.text.strip()]
    return len(solid) <= 3 and any(
        is_han(c.text)
        and abs(run.box.cx - c.box.cx) < 0.5 * em
        and -0.5 * em < run.box.y0 - line.box.y1 < 1.2 * em
        for c in solid
        for run in runs
    )


def _strung(
    column: Sequence[TextLine],
    em: float,
    reach: float,
    tops: Sequence[tuple[float, float]],
    *,
    celled: bool,
) -> list[TextLine]:
    """The pieces of one column as lines: cut only where more than `reach` is empty, or half an em
    where another band begins, as the columns beside it show. `tops`: (y, x) of beginnings.

    `celled`: the rest of a mark's cell does not count as empty there either; in text set solid on
    a grid, what follows marks begins at one height in columns side by side by mere chance.
    """
    middle = max(column, key=lambda x: len(x.chars)).box.cx
    pieces = sorted(column, key=lambda x: _cell(x, middle, em)[0])
    groups: list[list[TextLine]] = []
    foot = inked = 0.0
    for piece in pieces:
        top, bottom = _cell(piece, middle, em)
        white = BANDS if is_han(piece.text.strip()[:1]) else HEAD
        parted = top - (foot if celled else inked) > white * em and _band_begins(
            top, piece.box.cx, em, tops
        )
        inked = max(inked, piece.box.y1) if groups and not parted else piece.box.y1
        if groups and top - foot < reach and not parted:
            groups[-1].append(piece)
            foot = max(foot, bottom)
        else:
            groups.append([piece])
            foot = bottom
    out = []
    for group in groups:
        main = max(group, key=lambda x: len(x.chars))
        chars = tuple(sorted((c for x in group for c in x.chars), key=lambda c: c.box.cy))
        held = [x.box for x in group if len(x.chars) > 1] or [main.box]
        box = bounding(held)
        whole = bounding(x.box for x in group)
        out.append(
            replace(
                main,
                mode="vertical-rl",
                chars=chars,
                box=Rect(box.x0, whole.y0, box.x1, whole.y1),
                confidence=sum(c.confidence for c in chars) / len(chars),
            )
        )
    return out


def _band_begins(y: float, x: float, em: float, tops: Sequence[tuple[float, float]]) -> bool:
    """Whether two columns near by, or more, begin at one height with what begins at (x, y)."""
    level = [tx for ty, tx in tops if abs(ty - y) < 0.4 * em and 0.6 * em < abs(tx - x) < 5 * em]
    return len(level) >= 2


def _cell(piece: TextLine, middle: float, em: float) -> tuple[float, float]:
    """Top and bottom of the cells a piece takes: a mark at the upper right of its cell, as seen
    by its place beside the `middle` of the column, has the rest of it below, and so has a bracket
    that closes."""
    box = piece.box
    if piece.text in tuple("」』）﹂﹄︶"):
        return box.y0, box.y0 + em
    aside = len(piece.chars) == 1 and not is_han(piece.text) and box.cx - middle > 0.2 * em
    return box.y0, box.y1 + (0.56 * em if aside else 0.0)
