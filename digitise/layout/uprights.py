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
from .downcolumns import SOLID, rejoined
from .result import PageLayout
from .solidcolumns import with_even_columns, with_heads_parted, without_specks


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
        held = with_heads_parted(with_even_columns(without_specks(held, em), em), em)
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
