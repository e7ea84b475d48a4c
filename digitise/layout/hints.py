"""What a layout model says of a page, weighed beside what the page itself shows.

A hint decides nothing against the evidence: a picture full of text is none, a table of whole
sentences neither. Where there are no hints nothing here has any effect.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..model import ArticleKind, Picture, Rect, RegionKind, Sheet
from .matter import Matter, in_rows
from .scene import Scene

SURE = 0.7
"""Score from which a hint alone makes something new: a picture, a table, an advertisement."""

PRINTED = 0.1
"""Share of a picture's area that lines of text take at most."""

LIFT = 1.12
"""Size against the body's from which a hinted title is a headline."""

_PAGE_SHARE = 0.35
"""Share of the page over which a small model has taken columns for a halftone."""


def with_hinted_pictures(sheet: Sheet) -> Sheet:
    """The sheet with the pictures a model is sure of, where they hold next to no text and are
    not known already."""
    pictures = list(sheet.pictures)
    most = _PAGE_SHARE * sheet.width * sheet.height
    for hint in sheet.hints:
        box = hint.box
        if hint.kind != "picture" or hint.score < SURE or not 0 < box.area <= most:
            continue
        if any(p.box.overlap(box) > 0.5 * min(p.box.area, box.area) for p in pictures):
            continue
        printed = sum(line.box.overlap(box) for line in sheet.lines)
        drawn = any(f.kind != "tint" and f.box.overlap(box) > 0.5 * box.area for f in sheet.frames)
        if printed < PRINTED * box.area and not drawn:
            pictures.append(Picture(box))
    if len(pictures) == len(sheet.pictures):
        return sheet
    pictures.sort(key=lambda p: (p.box.y0, p.box.x0))
    return replace(sheet, pictures=tuple(pictures))


def hinted(scene: Scene, i: int, kind: RegionKind) -> float:
    """The best score of a hint that says so of block `i`; 0.0 without one."""
    box = scene.blocks[i].box
    return max(
        (
            h.score
            for h in scene.sheet.hints
            if h.kind == kind and h.box.overlap(box) > 0.6 * box.area
        ),
        default=0.0,
    )


def hint_headers(scene: Scene) -> None:
    """Short lines at the very head or foot of the page that a model calls a header."""
    height = scene.sheet.height
    for i in scene.free():
        b = scene.blocks[i]
        edge = b.box.cy < 0.07 * height or b.box.cy > 0.95 * height
        if edge and len(b.rows) <= 2 and scene.ratio(i) < 1.6 and hinted(scene, i, "page-header"):
            scene.kind[i] = "page-header"


def hint_tables(scene: Scene) -> None:
    """Tables a model is sure of that have no grid of rules: several short blocks, no prose."""
    most = _PAGE_SHARE * scene.sheet.width * scene.sheet.height
    for hint in scene.sheet.hints:
        box = hint.box
        if hint.kind != "table" or hint.score < SURE or box.area > most:
            continue
        if any(grid.overlap(box) > 0.3 * min(grid.area, box.area) for grid in scene.tables):
            continue
        inside = [i for i in scene.free() if _in(scene, i, box)]
        prose = any(
            "。" in scene.blocks[i].text or scene.is_running(i) or scene.ratio(i) > 1.6
            for i in inside
        )
        if sum(len(scene.blocks[i].rows) for i in inside) >= 6 and not prose:
            scene.tables.append(box)
            scene.kind.update(dict.fromkeys(inside, "table"))


def hinted_advertisements(scene: Scene) -> list[Matter]:
    """Advertisements a model is sure of, without a frame of their own; enters their blocks."""
    found = []
    kind: ArticleKind = "advertisement"
    for hint in scene.sheet.hints:
        if hint.kind != "advertisement" or hint.score < SURE:
            continue
        inside = [i for i in scene.free() if _in(scene, i, hint.box)]
        if inside:
            ordered = in_rows([(i, scene.blocks[i]) for i in inside])
            scene.kind.update(dict.fromkeys(ordered, "advertisement"))
            found.append(Matter(kind, tuple(ordered), hint.box))
    return found


def titles(scene: Scene, blocks: Iterable[int]) -> set[int]:
    """Those of `blocks` that a model calls titles and that look it: larger than the body, a few
    lines, unfinished as a sentence."""
    return {
        i
        for i in blocks
        if hinted(scene, i, "headline") >= SURE
        and scene.ratio(i) >= LIFT
        and len(scene.blocks[i].rows) <= 3
        and 4 <= scene.blocks[i].chars <= 44
        and not scene.blocks[i].text.endswith(("。", "；", "，", "、"))
        and not scene.is_running(i)
    }


def _in(scene: Scene, i: int, box: Rect) -> bool:
    own = scene.blocks[i].box
    return own.overlap(box) > 0.7 * own.area
