"""Vertical lines on a page of horizontal text: headlines and labels set downwards."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from ..model import Rect, TextLine, bounding
from ..text.marks import is_han
from ..text.words import known_words
from .blocks import Block, Row, make_block
from .ground import Ground
from .sidelines import one_by_one

DISPLAY = 1.4
"""Ems of the body from which type is that of headlines."""

CLEARLY = 2.0
"""Nats by which columns must make more words than rows do, to stay columns."""


def vertical_blocks(
    lines: Sequence[TextLine], ground: Ground, em: float, *, turned: bool = False
) -> list[Block]:
    """Blocks of vertical lines, each block's lines from right to left: neighbours of one size,
    level with each other, in large type of one headline. On a `turned` sheet they are lines that
    run across on the page, and the upper one, there the left one, is read first."""
    rest = sorted(lines, key=lambda line: (-line.box.x1, line.box.y0))
    out: list[Block] = []
    while rest:
        group = [rest.pop(0)]
        changed = True
        while changed:
            changed = False
            last = group[-1]
            for line in rest:
                gap = last.box.x0 - line.box.x1
                level = line.box.overlap_y(last.box) > 0.5 * min(line.box.height, last.box.height)
                same = 0.88 < line.size / last.size < 1.14
                if (
                    level
                    and same
                    and -0.3 * last.size < gap < 0.9 * last.size
                    and (line.tone == last.tone)
                ):
                    group.append(line)
                    rest.remove(line)
                    changed = True
                    break
        display = not turned and min(line.size for line in group) > DISPLAY * em
        for one in one_by_one(group) if display else [group]:
            box = bounding(line.box for line in one)
            ordered = one[::-1] if turned else one
            out.append(make_block([Row((line,)) for line in ordered], ground.cell_of(box)))
    return out


def stack_singles(lines: Sequence[TextLine], em: float) -> list[TextLine]:
    """`lines` with single large characters that stand under each other made one vertical line,
    however wide their spacing: 听 over 雨."""
    single = sorted(
        (x for x in lines if len(x.chars) == 1 and x.size > 1.6 * em and x.mode == "horizontal-tb"),
        key=lambda x: (x.box.y0, x.box.x0),
    )
    used: set[int] = set()
    made: list[TextLine] = []
    for first in single:
        if id(first) in used:
            continue
        stack = [first]
        for nxt in single:
            last = stack[-1]
            gap = nxt.box.y0 - last.box.y1
            if (
                id(nxt) not in used
                and nxt is not first
                and abs(nxt.box.cx - last.box.cx) < 0.25 * last.size
                and 0.85 < nxt.size / last.size < 1.18
                and -0.2 * last.size < gap < 2.6 * last.size
            ):
                stack.append(nxt)
        if len(stack) < 2:
            continue
        used.update(id(x) for x in stack)
        made.append(
            replace(
                first,
                box=bounding(x.box for x in stack),
                chars=tuple(c for x in stack for c in x.chars),
                mode="vertical-rl",
                confidence=sum(x.confidence for x in stack) / len(stack),
            )
        )
    return [x for x in lines if id(x) not in used] + made


def turn_grids(lines: Sequence[TextLine], em: float) -> list[TextLine]:
    """Large type that stands in two or three columns of single characters, read as rows of two
    or three, turned into the vertical lines it is.

    Horizontal headlines do not run over three lines of two characters each, under each other
    to the pixel; two vertical lines with wide spacing do.
    """
    short = sorted(
        (
            x
            for x in lines
            if x.mode == "horizontal-tb" and x.size > 1.6 * em and 1 <= _solid(x) <= 3
        ),
        key=lambda x: (x.box.y0, x.box.x0),
    )
    used: set[int] = set()
    made: list[TextLine] = []
    for first in short:
        if id(first) in used or _solid(first) < 2:
            continue
        grid = [first]
        for nxt in short:
            last = grid[-1]
            gap = nxt.box.y0 - last.box.y1
            if (
                id(nxt) not in used
                and nxt not in grid
                and 0.88 < nxt.size / last.size < 1.14
                and -0.2 * last.size < gap < 2.2 * last.size
                and _aligned(first, nxt)
            ):
                grid.append(nxt)
        while over := _standing_over(grid[0], short, used):
            grid.insert(0, over)
        columns = _solid(first)
        if len(grid) < 3 or len(grid) <= columns:
            continue
        used.update(id(x) for x in grid)
        centres = [c.box.cx for c in first.chars if c.text.strip()]
        for cx in sorted(centres, reverse=True):
            chars = tuple(
                c
                for x in grid
                for c in x.chars
                if c.text.strip() and abs(c.box.cx - cx) < 0.4 * first.size
            )
            made.append(
                replace(
                    first,
                    box=bounding(c.box for c in chars),
                    chars=chars,
                    mode="vertical-rl",
                    confidence=sum(c.confidence for c in chars) / len(chars),
                )
            )
    return [x for x in lines if id(x) not in used] + made


def _standing_over(top: TextLine, singles: Sequence[TextLine], used: set[int]) -> TextLine | None:
    """The single character that stands over one column of a grid: one column is the longer."""
    if _solid(top) < 2:
        return None
    return next(
        (
            x
            for x in singles
            if _solid(x) == 1
            and id(x) not in used
            and 0.88 < x.size / top.size < 1.14
            and -0.2 * top.size < top.box.y0 - x.box.y1 < 2.2 * top.size
            and _aligned(top, x)
        ),
        None,
    )


def _solid(line: TextLine) -> int:
    return sum(1 for c in line.chars if c.text.strip())


def _aligned(model: TextLine, line: TextLine) -> bool:
    """Whether every character of `line` stands under one of `model`."""
    centres = [c.box.cx for c in model.chars if c.text.strip()]
    return all(
        min(abs(c.box.cx - cx) for cx in centres) < 0.22 * model.size
        for c in line.chars
        if c.text.strip()
    )


def lay_grids(lines: Sequence[TextLine], em: float) -> list[TextLine]:
    """The other way round: three or more vertical lines of two or three large characters side
    by side, level with each other, are two or three letter-spaced horizontal lines."""
    short = sorted(
        (x for x in lines if x.mode == "vertical-rl" and x.size > 1.6 * em and 2 <= _solid(x) <= 3),
        key=lambda x: (x.box.x0, x.box.y0),
    )
    used: set[int] = set()
    made: list[TextLine] = []
    for first in short:
        if id(first) in used:
            continue
        grid = [first]
        for nxt in short:
            last = grid[-1]
            gap = nxt.box.x0 - last.box.x1
            if (
                id(nxt) not in used
                and nxt not in grid
                and _alike(nxt, last)
                and -0.2 * last.size < gap < 2.6 * last.size
                and _solid(nxt) == _solid(first)
                and _level(first, nxt)
            ):
                grid.append(nxt)
        if len(grid) < 3 or len(grid) <= _solid(first) or _reads_down(grid):
            continue
        used.update(id(x) for x in grid)
        for k in range(_solid(first)):
            chars = tuple([c for c in x.chars if c.text.strip()][k] for x in grid)
            made.append(
                replace(
                    first,
                    box=bounding(c.box for c in chars),
                    chars=chars,
                    mode="horizontal-tb",
                    confidence=sum(c.confidence for c in chars) / len(chars),
                )
            )
    rest = _columns_given([x for x in lines if id(x) not in used], em)
    rows = []
    for row in made:
        row, rest = _with_ends(row, rest)
        rows.append(row)
    return rest + rows


def _reads_down(grid: Sequence[TextLine]) -> bool:
    """Whether columns side by side make clearly more words than the rows across them do, read
    either way."""
    down = ["".join(c.text for c in x.chars if c.text.strip()) for x in grid]
    across = ["".join(row) for row in zip(*down, strict=True)]
    turned = [row[::-1] for row in across]
    return _words(down) > max(_words(across), _words(turned)) + CLEARLY


def _words(texts: Sequence[str]) -> float:
    known = known_words()
    pairs = [pair for text in texts for pair in itertools.pairwise(text)]
    return sum(max(0.0, known.worth_of(a, b) or 0.0) for a, b in pairs)


def _alike(a: TextLine, b: TextLine) -> bool:
    """Whether two lines are of one size; that of a few characters on a picture is uncertain."""
    known = bool(a.font or b.font)
    return (0.88 if known else 0.8) < a.size / b.size < (1.14 if known else 1.25)


def _columns_given(lines: Sequence[TextLine], em: float) -> list[TextLine]:
    """`lines` with short vertical ones taken apart whose characters all go on with letter-spaced
    horizontal lines, one under the other, at the pitch of these: 半亩方 over 烟台纪, and 塘事."""
    out = list(lines)
    for column in lines:
        if column.mode != "vertical-rl" or column.size < 1.6 * em or not 2 <= _solid(column) <= 3:
            continue
        chars = [c for c in column.chars if c.text.strip()]
        rows: list[int] = []
        for char in chars:
            for k, row in enumerate(out):
                if row.mode == "horizontal-tb" and _alike(column, row) and _next_in(row, char.box):
                    rows.append(k)
                    break
        if len(rows) < len(chars) or len(set(rows)) < len(rows):
            continue
        for k, char in zip(rows, chars, strict=True):
            joined = tuple(sorted((*out[k].chars, char), key=lambda c: c.box.cx))
            out[k] = replace(out[k], chars=joined, box=bounding(c.box for c in joined))
        out.remove(column)
    return out


def _next_in(row: TextLine, box: Rect) -> bool:
    """Whether a character's `box` stands where the next or last character of a row would."""
    centres = [c.box.cx for c in row.chars if c.text.strip()]
    if len(centres) < 2 or abs(box.cy - row.box.cy) > 0.25 * row.size:
        return False
    # A row that has taken in part of the next character has its last one in a wrong place.
    steps = sorted(b - a for a, b in itertools.pairwise(centres))
    pitch = steps[(len(steps) - 1) // 2]
    ends = (centres[0] + len(centres) * pitch, centres[-1] + pitch, centres[0] - pitch)
    return min(abs(box.cx - x) for x in ends) < 0.2 * pitch


def with_feet(lines: Sequence[TextLine], em: float) -> list[TextLine]:
    """`lines` with large characters that stand alone at the foot of a vertical line, one pitch
    below its last, put to it: 订单排到年 over 底, whose top may have been read as a comma."""
    out = list(lines)
    for foot in lines:
        if len(foot.chars) != 1 or foot.size < 1.6 * em or not is_han(foot.chars[0].text):
            continue
        for k, line in enumerate(out):
            if line.mode != "vertical-rl" or not _alike(line, foot) or line is foot:
                continue
            chars = [c for c in line.chars if is_han(c.text) or c.box.cy < foot.box.y0]
            middle = [c.box.cy for c in chars if is_han(c.text)]
            if len(middle) < 3 or abs(_middle(line) - foot.box.cx) > 0.25 * line.size:
                continue
            pitch = (middle[-1] - middle[0]) / (len(middle) - 1)
            if abs(foot.box.cy - middle[-1] - pitch) < 0.25 * pitch:
                joined = (*chars, *foot.chars)
                out[k] = replace(line, chars=joined, box=line.box.union(foot.box))
                out = [x for x in out if x is not foot]
                break
    return out


def _with_ends(row: TextLine, lines: Sequence[TextLine]) -> tuple[TextLine, list[TextLine]]:
    """A letter-spaced `row` with the single characters of `lines` that go on with it at its
    pitch, over or under which nothing stands; and the lines left."""
    rest = list(lines)
    centres = [c.box.cx for c in row.chars]
    steps = sorted(b - a for a, b in itertools.pairwise(centres))
    pitch = steps[len(steps) // 2]
    found = True
    while found:
        found = False
        for x in rest:
            if _solid(x) != 1 or not 0.88 < x.size / row.size < 1.14:
                continue
            ends = (row.chars[0].box.cx - x.box.cx, x.box.cx - row.chars[-1].box.cx)
            near = any(abs(step - pitch) < 0.15 * pitch for step in ends)
            if near and abs(x.box.cy - row.box.cy) < 0.22 * row.size:
                chars = tuple(sorted((*row.chars, *x.chars), key=lambda c: c.box.cx))
                row = replace(row, chars=chars, box=row.box.union(x.box))
                rest.remove(x)
                found = True
                break
    return row, rest


def with_marks(lines: Sequence[TextLine], em: float) -> list[TextLine]:
    """`lines` with the punctuation of large vertical ones put into them: it stands beside the
    characters, and so was read as something of its own."""
    marks: list[TextLine] = []
    for x in lines:
        alone = len(x.chars) == 1 or x.mode == "vertical-rl"
        if alone and _told(x, em) and not any(is_han(c.text) for c in x.chars):
            marks += [replace(x, chars=(c,), box=c.box) for c in x.chars if c.text.strip()]
    if not marks:
        return list(lines)
    out = list(lines)
    for k, line in enumerate(out):
        if line.mode != "vertical-rl" or not _told(line, em) or len(line.chars) < 2:
            continue
        own = [
            m
            for m in marks
            if 0.85 < m.size / line.size < 1.18
            and -0.2 * line.size < m.box.cx - _middle(line) < 0.85 * line.size
            and line.box.y0 < m.box.cy < line.box.y1 + 1.2 * line.size
        ]
        if not own or not any(is_han(c.text) for c in line.chars):
            continue
        marks = [m for m in marks if m not in own]
        gone = {id(c) for m in own for c in m.chars}
        chars = [c for c in line.chars if c.text.strip() and id(c) not in gone]
        chars += [c for m in own for c in m.chars]
        box = line.box.union(
            bounding(replace(m.box, x0=_middle(line), x1=_middle(line)) for m in own)
        )
        out[k] = replace(line, chars=tuple(sorted(chars, key=lambda c: c.box.cy)), box=box)
        out = [x if id(x) == id(out[k]) else _without(x, gone) for x in out]
    return [x for x in out if x.chars]


def _told(line: TextLine, em: float) -> bool:
    """Whether marks beside such a line can be told from others: large type, or where the size of
    each mark is known exactly."""
    return line.size > (0.8 if line.font else 1.35) * em


def _middle(line: TextLine) -> float:
    centres = sorted(c.box.cx for c in line.chars if is_han(c.text))
    return centres[len(centres) // 2] if centres else line.box.cx


def _without(line: TextLine, gone: set[int]) -> TextLine:
    kept = tuple(c for c in line.chars if id(c) not in gone)
    return line if len(kept) == len(line.chars) else replace(line, chars=kept)


def _level(model: TextLine, line: TextLine) -> bool:
    a = [c.box.cy for c in model.chars if c.text.strip()]
    b = [c.box.cy for c in line.chars if c.text.strip()]
    return all(abs(p - q) < 0.22 * model.size for p, q in zip(a, b, strict=True))
