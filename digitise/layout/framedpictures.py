"""Pictures in drawn frames of which a scan in black and white shows only the dark parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..model import Frame, Picture, Rect, Sheet, bounding
from .captionrows import MOST_ROWS, TITLE

INSIDE = 0.9
"""Share of a picture or a line that lies in the frame that holds it."""

MOST = 0.5
"""Share of a frame that its picture takes up at least."""


def with_whole_pictures(sheet: Sheet, em: float) -> Sheet:
    """A scanned sheet with the parts of pictures in one frame made one picture each, where nothing
    but a caption is in the frame besides. `em`: that of the body."""
    if sheet.origin != "ocr":
        return sheet
    pictures = list(sheet.pictures)
    for frame in sorted(sheet.frames, key=lambda f: f.box.area):
        parts = [p for p in pictures if frame.box.overlap(p.box) > INSIDE * p.box.area]
        if len(parts) > 1 and _of_one(frame, [p.box for p in parts], sheet, em):
            whole = Picture(bounding(p.box for p in parts))
            pictures = [p for p in pictures if p not in parts] + [whole]
    if len(pictures) == len(sheet.pictures):
        return sheet
    pictures.sort(key=lambda p: (p.box.y0, p.box.x0))
    return replace(sheet, pictures=tuple(pictures))


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
