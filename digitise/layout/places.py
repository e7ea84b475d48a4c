"""The pieces of a page put in reading order by the places they take on it."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Rect, Sheet
from .barriers import Barriers
from .footprint import bordered, footprints, topped
from .ground import Ground
from .order import reading_order
from .strays import without_strays


def in_reading_order(
    sheet: Sheet,
    ground: Ground,
    barriers: Barriers,
    em: float,
    boxes: Sequence[Rect],
    laid: Sequence[Sequence[Rect]],
    ties: Sequence[int],
    title: int = -1,
) -> list[int]:
    """Indices of the pieces of `sheet` in reading order. `boxes[i]` holds the text of a piece;
    `laid[i]` is where it begins and then all it is made of; `ties` as `reading_order` takes
    them; `title` is the index of the masthead, -1 where there is none; `em` in pixels."""
    parts = [one[1:] or (box,) for box, one in zip(boxes, laid, strict=True)]
    clean = without_strays(boxes, parts, em, barriers)
    clean = topped(clean, parts, em)
    places = footprints(clean, parts, [f.box for f in sheet.frames], barriers, em)
    frames = [bordered(cell.box, barriers, em) for cell in ground.cells]
    return reading_order(places, ties, em, barriers, frames, laid, title)
