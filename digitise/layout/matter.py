"""What a framed or ruled-off area holds that is no report: 广告, 公告, 导读."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import ArticleKind, Rect, RegionKind, bounding
from ..text.clues import dateline, is_index_entry, looks_like_advertisement, looks_like_notice
from .barriers import Barriers
from .blocks import Block
from .compartments import compartments
from .scene import Scene

REGION_KIND: dict[ArticleKind, RegionKind] = {
    "advertisement": "advertisement",
    "notice": "notice",
    "index": "index",
    "table": "table",
}

DISPLAY, UNSTOPPED = 1.35, 0.03
"""On pages set downwards a frame with type so many body ems large, of whose characters no more
than this share are stops, is an advertisement: reports have a stop in every other line."""

NAMES, SHOWN = 2.0, 0.25
"""Or one of which type so large takes up more than such a share, whatever else it says."""

BOX, FEWEST, LARGELY, NAME = 8.0, 12, 0.7, 2.8
"""Between rules on all sides stands an advertisement, on such a page, that is so many ems wide and
high and has so many characters, this share of them larger than the body, one in type so large."""

ENTRY, TITLED = 0.85, 0.89
"""How surely a row is an entry of an index, and the title of one."""

BARE_ROWS, BARE_SHARE = 3, 0.9
"""Rows of an index without a box, at least, and the share of them that name a page."""

TITLED_BY = 1.3
"""The title of an advertisement is so many times as large as what stands under it."""

TITLE = 2.0
"""The title of an index stands at most so many ems over it, and reaches past its end."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One advertisement, notice, index or table: its blocks, top to bottom."""

    kind: ArticleKind
    blocks: tuple[int, ...]
    box: Rect


def find_matter(scene: Scene) -> list[Matter]:
    """Classifies what stands in frames; enters the blocks taken in `scene.kind`."""
    taken: set[int] = set()
    found = _display(scene, taken)
    cells = sorted(range(len(scene.ground.cells)), key=lambda c: -scene.ground.cells[c].box.area)
    for c in cells:
        frame = scene.ground.cells[c].box
        inside = [
            i
            for i in range(len(scene.blocks))
            if i not in taken
            and scene.kind.get(i) not in ("masthead", "page-header")
            and scene.blocks[i].box.overlap(frame) > 0.75 * scene.blocks[i].box.area
        ]
        if not inside:
            continue
        kind = _kind_of(scene, inside, frame)
        if kind is None:
            continue
        ordered = under_title(scene, inside)
        found.append(_matter(scene, taken, kind, ordered, frame))
    found.extend(_tables(scene, taken))
    found.extend(_indexes(scene, taken))
    return found


def _matter(
    scene: Scene, taken: set[int], kind: ArticleKind, ordered: Sequence[int], box: Rect
) -> Matter:
    """What `ordered` blocks are; enters them in `taken` and `scene.kind`."""
    taken.update(ordered)
    for i in ordered:
        scene.kind[i] = REGION_KIND[kind]
        scene.caption_of.pop(i, None)
    return Matter(kind, tuple(ordered), box)


def _indexes(scene: Scene, taken: set[int]) -> list[Matter]:
    """Indexes whose box is gone, a tint on a page in two tones: every row names its page, and a title
    of such stands over them."""
    out = []
    for i, block in enumerate(scene.blocks):
        rows = [row.text for row in block.rows]
        entries = sum(is_index_entry(t) >= ENTRY for t in rows)
        if i in taken or len(rows) < BARE_ROWS or entries < BARE_SHARE * len(rows):
            continue
        over = [
            j for j, b in enumerate(scene.blocks)
            if j != i and j not in taken and b.box.cy < block.box.y0
            and block.box.y0 - b.box.y1 <= TITLE * scene.em
            and block.box.x0 <= b.box.cx <= block.box.x1 + TITLE * scene.em
            and is_index_entry(b.text) >= TITLED
        ]  # fmt: skip
        if over:
            held = bounding(scene.blocks[k].box for k in (*over, i))
            out.append(_matter(scene, taken, "index", (*over, i), held))
    return out


def _display(scene: Scene, taken: set[int]) -> list[Matter]:
    """What stands between rules on all sides, on a page set downwards, and is nearly all large
    type: a drawn box whose sides belong to its neighbours as well, or were not seen as one."""
    if not scene.downward or not scene.blocks:
        return []
    out = []
    page = bounding(b.box for b in scene.blocks)
    for part in compartments(page, Barriers(scene.sheet.rules), scene.em):
        inside = [i for i, b in enumerate(scene.blocks) if b.box.overlap(part) > 0.75 * b.box.area]
        blocks = [scene.blocks[i] for i in inside]
        if min(part.width, part.height) < BOX * scene.em or any(
            scene.kind.get(i) in ("masthead", "page-header") for i in inside
        ):
            continue
        chars = sum(b.chars for b in blocks)
        large = sum(b.chars for b in blocks if b.size > DISPLAY * scene.em)
        biggest = max((b.size for b in blocks), default=0.0)
        if chars < FEWEST or large < LARGELY * chars or biggest < NAME * scene.em:
            continue
        ordered = under_title(scene, inside)
        box = bounding(b.box for b in blocks)
        out.append(_matter(scene, taken, "advertisement", ordered, box))
    return out


def _kind_of(scene: Scene, inside: Sequence[int], frame: Rect) -> ArticleKind | None:
    blocks = [scene.blocks[i] for i in inside]
    rows = [row.text for b in blocks for row in b.rows]
    text = "\n".join(rows)
    entries = sum(1 for t in rows if is_index_entry(t) >= 0.6)
    if rows and entries >= 2 and entries >= 0.45 * len(rows):
        return "index"
    if any(is_index_entry(t) >= 0.89 for t in rows[:3]) and len(rows) <= 40 and entries >= 1:
        return "index"
    running = sum(b.chars for i, b in zip(inside, blocks, strict=True) if scene.is_running(i))
    total = sum(b.chars for b in blocks)
    if any(dateline(b.rows[0].text) for b in blocks):
        return None
    biggest = max(blocks, key=lambda b: b.size)
    if scene.downward and biggest.size > DISPLAY * scene.em:
        stops = sum(text.count(c) for c in "、，。")
        if total >= 4 and stops < UNSTOPPED * total:
            return "advertisement"
        shown = sum(b.box.area for b in blocks if b.size > NAMES * scene.em)
        if shown > SHOWN * frame.area:
            return "advertisement"
    notice = looks_like_notice(biggest.text + "\n" + text)
    advert = looks_like_advertisement(text)
    if notice >= 0.6 and notice >= advert:
        return "notice"
    if advert >= 0.55 or (advert >= 0.3 and running < 0.4 * total):
        return "advertisement"
    return None


def _tables(scene: Scene, taken: set[int]) -> list[Matter]:
    out = []
    for grid in scene.tables:
        inside = [
            i
            for i, b in enumerate(scene.blocks)
            if i not in taken
            and scene.kind.get(i) == "table"
            and b.box.overlap(grid) > 0.6 * b.box.area
        ]
        if inside:
            ordered = in_rows([(i, scene.blocks[i]) for i in inside])
            taken.update(ordered)
            out.append(Matter("table", tuple(ordered), grid))
    return out


def in_rows(items: Sequence[tuple[int, Block]]) -> list[int]:
    """Block indices top to bottom; what stands on one row, left to right, or from right to left
    where its lines run so."""
    rest = sorted(items, key=lambda t: (t[1].box.y0, t[1].box.x0))
    out: list[int] = []
    while rest:
        first = rest[0][1].box
        row = [
            t for t in rest if t[1].box.overlap_y(first) > 0.5 * min(t[1].box.height, first.height)
        ]
        leftward = sum(len(t[1].lines[0].chars) for t in row if _leftward(t[1]))
        if 2 * leftward > sum(len(t[1].lines[0].chars) for t in row):
            row.sort(key=lambda t: -t[1].box.x1)
        else:
            row.sort(key=lambda t: t[1].box.x0)
        out.extend(i for i, _ in row)
        kept = {i for i, _ in row}
        rest = [t for t in rest if t[0] not in kept]
    return out


def under_title(scene: Scene, blocks: Sequence[int]) -> list[int]:
    """The blocks of an advertisement as they are read: `in_rows`, but on a page set downwards a title
    set across the top comes before the lines under it, however far to the right they begin."""
    items = [(i, scene.blocks[i]) for i in blocks]
    if not scene.downward or len(items) < 2:
        return in_rows(items)
    # Such a page has been turned: what is over the others on paper lies to their left.
    title = max(items, key=lambda t: t[1].size)
    rest = [t for t in items if t[0] != title[0]]
    top = title[1].box.x1 - 0.5 * scene.em
    if all(b.box.x0 >= top and b.size < title[1].size / TITLED_BY for _, b in rest):
        return [title[0], *in_rows(rest)]
    return in_rows(items)


def _leftward(block: Block) -> bool:
    return block.lines[0].mode == "horizontal-rtl"
