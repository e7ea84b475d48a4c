"""Vertical text is laid out in a turned frame in which it runs like horizontal text.

The frame's x is the page's y, its y runs from the right edge of the area to the left: lines
read from right to left become lines read from top to bottom, bands (栏) stacked down the page
become columns side by side (after the one canonical frame of docTR). A horizontal headline over
vertical text becomes a vertical headline beside horizontal text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..model import Affine, Rect, Region, Sheet, TextLine, WritingMode, bounding, composed
from ..text.marks import is_han
from .goneover import with_gone_over
from .result import PageLayout


def turned(sheet: Sheet, area: Rect, lines: Sequence[TextLine]) -> Sheet:
    """A sheet of the `area` of `sheet` with `lines` only, in the turned frame."""

    def turn(box: Rect) -> Rect:
        return Rect(box.y0 - area.y0, area.x1 - box.x1, box.y1 - area.y0, area.x1 - box.x0)

    def inside(box: Rect) -> bool:
        return area.grow(4).overlap(box) > 0.5 * max(1.0, box.area)

    # x = area.x1 - y', y = area.y0 + x'
    back = Affine(0.0, -1.0, area.x1, 1.0, 0.0, area.y0)
    return replace(
        sheet,
        width=round(area.height),
        height=round(area.width),
        lines=tuple(
            replace(
                line,
                box=turn(line.box),
                mode=_swapped(line.mode),
                chars=tuple(replace(c, box=turn(c.box)) for c in line.chars),
            )
            for line in lines
        ),
        rules=tuple(replace(r, box=turn(r.box)) for r in sheet.rules if inside(r.box)),
        frames=tuple(
            replace(f, box=turn(f.box))
            for f in sheet.frames
            if inside(f.box) and f.box.area < 0.9 * area.area
        ),
        pictures=tuple(replace(p, box=turn(p.box)) for p in sheet.pictures if inside(p.box)),
        hints=tuple(replace(h, box=turn(h.box)) for h in sheet.hints if inside(h.box)),
        to_original=composed(back, sheet.to_original),
        original_size=(
            sheet.original_size if any(sheet.original_size) else (sheet.width, sheet.height)
        ),
    )


def turned_back(layout: PageLayout, area: Rect) -> PageLayout:
    """A layout made in the turned frame, its modes and boxes those of the page again."""

    def box(b: Rect) -> Rect:
        return Rect(area.x1 - b.y1, area.y0 + b.x0, area.x1 - b.y0, area.y0 + b.x1)

    def region(r: Region) -> Region:
        mode = _swapped(r.writing_mode)
        if mode == "horizontal-tb" and _leftward(r):
            mode = "horizontal-rtl"
        return replace(r, writing_mode=mode)

    page = replace(layout.page, regions=tuple(region(r) for r in layout.page.regions))
    pieces = tuple(replace(p, box=box(p.box), laid=tuple(map(box, p.laid))) for p in layout.pieces)
    return replace(layout, page=page, pieces=pieces)


def _leftward(region: Region) -> bool:
    """Whether the characters of a horizontal region run from right to left."""
    steps = [(line.chars[0].box.cx, line.chars[-1].box.cx) for line in region.lines if line.chars]
    return sum(first - last for first, last in steps) > 0


def _swapped(mode: WritingMode) -> WritingMode:
    return "horizontal-tb" if mode == "vertical-rl" else "vertical-rl"


def vertical_areas(sheet: Sheet, em: float) -> list[tuple[Rect, list[TextLine]]]:
    """The areas of a page set downwards, with their lines: the whole page when most of its
    characters stand in vertical lines of body size, else each cluster of such lines with what
    belongs to it (all of the frame round it, the large vertical type against it)."""
    small = _body(sheet, em)
    chars = sum(len(x.chars) for x in small)
    if chars > 0.6 * sum(len(x.chars) for x in sheet.lines) and chars:
        over = {id(x) for x in _over(sheet.lines, small)}
        top = max((x.box.y1 for x in sheet.lines if id(x) in over), default=0.0)
        held = rejoined([x for x in sheet.lines if id(x) not in over], em, SOLID)
        return [(Rect(0, top, sheet.width, sheet.height), held)]
    areas: list[tuple[Rect, list[TextLine]]] = []
    for group in _clusters(small, em):
        if len(group) < 4 or sum(len(x.chars) for x in group) < 40:
            continue
        hull = bounding(x.box for x in group)
        frame = _frame_round(sheet, hull)
        if frame is not None:
            members = [x for x in sheet.lines if frame.overlap(x.box) > 0.8 * x.box.area]
            areas.append((frame, members))
            continue
        members = list(group)
        reach = hull.grow(2.6 * em, 2.2 * em)
        for x in sheet.lines:
            if x in members or x.mode != "vertical-rl":
                continue
            if x.box.overlap(reach) > 0.25 * x.box.area:
                members.append(x)
        hull = bounding(x.box for x in members)
        members += [
            x
            for x in sheet.lines
            if x not in members and hull.grow(em).overlap(x.box) > 0.8 * x.box.area
        ]
        areas.append((bounding(x.box for x in members).grow(0.5 * em), members))
    return [(box, rejoined(held, em)) for box, held in _merged(areas)]


def header_over(sheet: Sheet, em: float) -> tuple[TextLine, ...]:
    """The lines of a page set downwards that `vertical_areas` leaves to its header."""
    return tuple(_over(sheet.lines, _body(sheet, em)))


def _body(sheet: Sheet, em: float) -> list[TextLine]:
    return [
        x
        for x in sheet.lines
        if x.mode == "vertical-rl" and x.size < 1.35 * em and len(x.chars) > 1
    ]


SOLID = 0.75
"""Fewer ems than these are white between the pieces of one line of a page in bands."""

BANDS = 0.5
"""Ems of white that part two bands of a column, where columns beside it begin at the same height."""

SPACED = 1.9
"""The same in a piece set downwards on a page that runs across."""

REACH = 6.0
"""Ems over which a line of a column may lie above the next: marks and single characters may stand
between. Columns of other bands are set to other grids."""

_HEADER = re.compile("第[〇一二三四五六七八九十百0-9]+[版张張頁页期號号]|月.{1,3}[日號号]|星期.")


def _over(lines: Sequence[TextLine], body: Sequence[TextLine]) -> list[TextLine]:
    """The header of the page: horizontal lines over everything that is set downwards, level with
    one that names the day or the page. It is read as on any other page."""
    tops = sorted(x.box.y0 for x in body)
    first = tops[len(tops) // 50]
    flat = [x for x in lines if x.mode != "vertical-rl" and x.box.y1 < first + 0.3 * x.size]
    told = [x for x in flat if _HEADER.search(x.text)]
    return [x for x in flat if any(x.box.overlap_y(t.box) > 0.5 * t.box.height for t in told)]


def _clusters(lines: Sequence[TextLine], em: float) -> list[list[TextLine]]:
    """Lines within 2.2 em of each other sideways and overlapping, or stacked in bands."""
    rest = list(lines)
    groups: list[list[TextLine]] = []
    while rest:
        group = [rest.pop(0)]
        k = 0
        while k < len(group):
            near = group[k].box.grow(2.2 * em, 2.6 * em)
            for x in [x for x in rest if near.overlap(x.box) > 0]:
                group.append(x)
                rest.remove(x)
            k += 1
        groups.append(group)
    return groups


def _frame_round(sheet: Sheet, hull: Rect) -> Rect | None:
    """The smallest frame round `hull` that it fills by half."""
    found = [
        f.box for f in sheet.frames if f.box.contains(hull, 4) and hull.area > 0.3 * f.box.area
    ]
    return min(found, key=lambda b: b.area, default=None)


def _merged(areas: list[tuple[Rect, list[TextLine]]]) -> list[tuple[Rect, list[TextLine]]]:
    """Areas that lie upon each other as one, or that have lines in common."""
    out: list[tuple[Rect, list[TextLine]]] = []
    for box, lines in areas:
        while True:
            k = next(
                (
                    k
                    for k, (other, held) in enumerate(out)
                    if other.overlap(box) > 0.3 * min(other.area, box.area)
                    or any(x in held for x in lines)
                ),
                None,
            )
            if k is None:
                break
            other, held = out.pop(k)
            box, lines = other.union(box), held + [x for x in lines if x not in held]
        out.append((box, lines))
    return out


def rejoined(lines: Sequence[TextLine], em: float, reach: float = SPACED) -> list[TextLine]:
    """Vertical lines of body size put together again from what they were read as: runs between
    the punctuation, and the marks themselves, which stand at the right of the column. `reach`:
    ems of white that part two lines of one column."""
    runs: list[TextLine] = []
    singles: list[TextLine] = []
    others: list[TextLine] = []
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


def _with_last(lines: Sequence[TextLine], em: float) -> list[TextLine]:
    """Large vertical lines with the single characters over or under them at their pitch, which
    were read as something of their own."""
    out = list(lines)
    for x in lines:
        if len(x.chars) != 1 or x.size < 1.35 * em or not is_han(x.text):
            continue
        for k, line in enumerate(out):
            if line.mode != "vertical-rl" or len(line.chars) < 2 or line.size < 1.35 * em:
                continue
            if (
                not 0.85 < x.size / line.size < 1.18
                or abs(x.box.cx - line.box.cx) > 0.2 * line.size
            ):
                continue
            centres = [c.box.cy for c in line.chars if is_han(c.text)]
            if len(centres) < 2:
                continue
            pitch = (centres[-1] - centres[0]) / (len(centres) - 1)
            step = max(x.box.cy - centres[-1], centres[0] - x.box.cy)
            if 0.7 * pitch < step < 1.3 * pitch:
                chars = tuple(sorted((*line.chars, *x.chars), key=lambda c: c.box.cy))
                out[k] = replace(line, chars=chars, box=line.box.union(x.box))
                out = [o for o in out if o is not x]
                break
    return out


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
        if small and len(solid) >= 2 and (apart or _heads_of_columns(line, runs, em)):
            loose.extend(replace(line, chars=(c,), box=c.box) for c in solid)
        else:
            kept.append(line)
    return kept, loose


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
        parted = top - (foot if celled else inked) > BANDS * em and _band_begins(
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
