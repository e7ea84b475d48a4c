"""Pictures of which a scan in black and white shows only the dark parts: in a drawn frame, or over one
caption."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

from ..model import Frame, Picture, Rect, Sheet, bounding
from .captionrows import MOST_ROWS, TITLE

INSIDE = 0.9
"""Share of a picture or a line that lies in the frame that holds it."""

MOST = 0.5
"""Share of a frame that its picture takes up at least."""

LEVEL, UNDER = 0.5, 1.5
"""Feet and heads so many ems apart are level; a caption begins so many under its picture."""


def with_whole_pictures(sheet: Sheet, em: float) -> Sheet:
    """A scanned sheet with the parts of pictures in one frame made one picture each, where nothing
    but a caption is in the frame besides, and two over one line of a caption. `em`: that of the body."""
    if sheet.origin != "ocr":
        return sheet
    pictures = list(sheet.pictures)
    for frame in sorted(sheet.frames, key=lambda f: f.box.area):
        parts = [p for p in pictures if frame.box.overlap(p.box) > INSIDE * p.box.area]
        if len(parts) > 1 and _of_one(frame, [p.box for p in parts], sheet, em):
            whole = Picture(bounding(p.box for p in parts))
            pictures = [p for p in pictures if p not in parts] + [whole]
    while pair := _over_one_line(pictures, sheet, em):
        pictures = [p for p in pictures if p not in pair]
        pictures.append(Picture(bounding(p.box for p in pair)))
    if len(pictures) == len(sheet.pictures):
        return sheet
    pictures.sort(key=lambda p: (p.box.y0, p.box.x0))
    return replace(sheet, pictures=tuple(pictures))


def _over_one_line(
    pictures: Sequence[Picture], sheet: Sheet, em: float
) -> tuple[Picture, Picture] | None:
    """Two pictures with their feet on one level, their heads not, and the first line of a caption
    that runs from under the one to under the other and no further."""
    for a, b in permutations(pictures, 2):
        left, right = a.box, b.box
        if not left.x1 <= right.x0 or abs(left.y1 - right.y1) > LEVEL * em:
            continue
        if abs(left.y0 - right.y0) <= LEVEL * em:
            continue
        both = left.union(right)
        if any(line.box.overlap(both) > 0.5 * line.box.area for line in sheet.lines):
            continue
        if any(
            line.mode == "horizontal-tb"
            and -LEVEL * em <= line.box.y0 - both.y1 <= UNDER * em
            and both.x0 - em <= line.box.x0 < left.x1
            and right.x0 < line.box.x1 <= both.x1 + 1.5 * em
            for line in sheet.lines
        ):
            return a, b
    return None


def _of_one(frame: Frame, parts: Sequence[Rect], sheet: Sheet, em: float) -> bool:
    """Whether what was found in a frame are parts of one picture: they take up most of it and are
    not lined up, as photographs are, and the text there is no more than a caption's."""
    if frame.kind != "frame" or bounding(parts).area < MOST * frame.box.area:
        return False
    held = [x for x in sheet.lines if frame.box.overlap(x.box) > INSIDE * max(1.0, x.box.area)]
    if len(held) > MOST_ROWS or any(x.size > TITLE * em for x in held):
        return False
    level = all(abs(p.y0 - parts[0].y0) < em and abs(p.y1 - parts[0].y1) < em for p in parts)
    plumb = all(abs(p.x0 - parts[0].x0) < em and abs(p.x1 - parts[0].x1) < em for p in parts)
    return not level and not plumb
