"""What on a page is no article: masthead, tables, labels, captions."""

from __future__ import annotations

import re
from dataclasses import replace

from ..model import Rect, bounding
from ..text.clues import credit_score, is_byline, is_caption_opening, split_trailing_credit
from ..text.jumps import find_jumps, is_marker
from .captionrests import mark_rest_of_captions
from .captionrows import alone_beside, credit_under, set_apart, set_like_around
from .hints import hinted
from .scene import Scene

_MASTHEAD = re.compile(
    r"总第\s*\d|第\s*\d{2,6}\s*[期号號]|邮发代号|代号\s*\d|统一(?:连续出版物|刊)号|CN\s*\d{2}|ISSN|"
    r"农历|主管|主办|出版|今日\d*\s*[版张]|零售|星期[一二三四五六日天]|\d{4}\s*年\s*\d+\s*月\s*\d+\s*日|"
    r"数字报|网址|https?:|www\.|热线[：:\s]*[（(\d]"
)
_PICTURE_WORDS = re.compile(
    r"^[▲▼◀▶△▽←↑→↓■●]?\s*(?:[上下左右]?图[①-⑳为：:一二三四]?|图片|摄影|小图|大图|资料图)"
)

# a caption that tells the story first: …。图为某某车间。
_TELLS = re.compile(r"[。；！？”]\s*[上下左右]?图为")


# who is who in a picture: （右一）, （中）
_POINTING = re.compile(r"[（(](?:[左右前后][起]?[一二三四五六]?|中|图中)[）)]")

ENOUGH = 1.5
"""Points that make a caption of a text at a picture."""


def mark_masthead(scene: Scene) -> None:
    """报头 on the first page: the title, and the small print that stands about it.

    Two lines or more of a masthead's wording in the upper part of the page fix its place; the
    largest type level with them, over them or right under them is the title.
    """
    if scene.sheet.number != 1:
        return
    height, width = scene.sheet.height, scene.sheet.width
    anchors = [
        i
        for i, b in enumerate(scene.blocks)
        if b.box.cy < 0.33 * height
        and scene.ratio(i) < 2.2
        and b.chars <= 200
        and _MASTHEAD.search(b.text.replace(" ", ""))
        and not _prose(scene, i)
    ]
    strong = [
        i
        for i in anchors
        if re.search(
            r"总第|邮发|CN\s*\d|ISSN|农历|统一|主办|星期.?", scene.blocks[i].text.replace(" ", "")
        )
    ]
    said = {m.group()[:2] for i in anchors for m in _MASTHEAD.finditer(scene.blocks[i].text)}
    if not strong or (len(anchors) < 2 and len(said) < 3):
        return
    top = min(scene.blocks[i].box.y0 for i in strong)
    # what an advertisement in a frame says of telephones and dates is no small print of the head
    cells = {-1, *(scene.blocks[i].cell for i in strong)}
    near = [
        i
        for i in anchors
        if scene.blocks[i].box.cy < top + 0.16 * height and scene.blocks[i].cell in cells
    ]
    zone = bounding(scene.blocks[i].box for i in near)
    titles = [
        i
        for i, b in enumerate(scene.blocks)
        if b.box.cy < zone.y1 + 0.05 * height
        and b.box.y1 > zone.y0 - 0.14 * height
        and 2 <= b.chars <= 12
        and scene.ratio(i) > 2.6
        and b.box.cy < 0.3 * height
    ]
    if titles:
        title = max(titles, key=lambda i: (round(scene.blocks[i].size), -scene.blocks[i].box.y0))
        tbox = scene.blocks[title].box
        if tbox.y0 < zone.y1 + 1.5 * scene.em and tbox.y1 > zone.y0 - 0.1 * height:
            zone = zone.union(tbox)
            for b in scene.blocks:
                if _names_again(b.text, b.box, tbox):
                    zone = zone.union(b.box)
    floor = _floor(scene, zone)
    zone = Rect(zone.x0, zone.y0, zone.x1, floor)
    if zone.width > 0.75 * width:
        zone = Rect(0, min(zone.y0, 0.02 * height), width, zone.y1)
    grown = zone.grow(0.8 * scene.em)
    if floor in {r.cy for r in scene.barriers.horizontal}:
        grown = replace(grown, y1=floor)
    for i, b in enumerate(scene.blocks):
        if b.box.overlap(grown) > 0.6 * b.box.area and not _prose(scene, i):
            if b.cell >= 0 and not _zone_cell(scene, b.cell, grown):
                continue
            scene.kind[i] = "masthead"
    _mark_over(scene, zone)


def _names_again(text: str, box: Rect, title: Rect) -> bool:
    """Whether a line is the paper's name in Latin letters, right under its `title`."""
    inside = box.x0 > title.x0 - 0.3 * title.height and box.x1 < title.x1 + 0.3 * title.height
    return (
        inside
        and -0.1 * title.height < box.y0 - title.y1 < 0.5 * title.height
        and re.fullmatch(r"[A-Za-z][A-Za-z .,'&-]{3,}", text.strip()) is not None
    )


def _prose(scene: Scene, i: int) -> bool:
    b = scene.blocks[i]
    return scene.is_running(i) and (b.chars > 240 or "。" in b.text)


def _zone_cell(scene: Scene, cell: int, zone: Rect) -> bool:
    """Whether a frame is part of the masthead itself (a box with the date, say)."""
    held = [b for b in scene.blocks if b.cell == cell]
    text = sum(b.chars for b in held)
    hits = sum(b.chars for b in held if _MASTHEAD.search(b.text.replace(" ", "")))
    return scene.ground.cells[cell].box.overlap(zone) > 0.7 * scene.ground.cells[
        cell
    ].box.area and (hits > 0.3 * text)


def _mark_over(scene: Scene, zone: Rect) -> None:
    """What stands over a masthead at the very top of the page belongs to it."""
    for i in scene.free():
        b = scene.blocks[i]
        if (
            b.box.y1 < zone.y0 + scene.em
            and b.box.cy < 0.06 * scene.sheet.height
            and b.box.overlap_x(zone) > 0.5 * b.box.width
            and (scene.ratio(i) < 1.6 and len(b.rows) <= 2)
        ):
            scene.kind[i] = "masthead"


def _floor(scene: Scene, zone: Rect) -> float:
    """The rule that closes the masthead off, else its own lower edge."""
    reach = 0.035 * scene.sheet.height
    rules = [
        r
        for r in scene.barriers.horizontal
        if zone.y1 - 4 <= r.cy <= zone.y1 + reach and r.overlap_x(zone) > 0.5 * zone.width
    ]
    return min((r.cy for r in rules), default=zone.y1)


def mark_tables(scene: Scene) -> None:
    """Grids of rules: every block inside one is table."""
    for grid in _grids(scene):
        inside = [
            i
            for i in scene.free()
            if scene.blocks[i].box.overlap(grid) > 0.7 * scene.blocks[i].box.area
        ]
        if len(inside) < 3:
            continue
        if any(scene.is_running(i) and len(scene.blocks[i].rows) > 6 for i in inside):
            continue
        scene.tables.append(grid)
        for i in inside:
            scene.kind[i] = "table"


def _grids(scene: Scene) -> list[Rect]:
    em = scene.em
    hs = [r for r in scene.barriers.horizontal if r.width > 3 * em]
    vs = [r for r in scene.barriers.vertical if r.height > 1.5 * em]
    links: dict[int, set[int]] = {}
    for i, h in enumerate(hs):
        for j, v in enumerate(vs):
            if (
                v.x0 - 0.4 * em < h.x1
                and v.x1 + 0.4 * em > h.x0
                and (v.y0 - 0.4 * em <= h.cy <= v.y1 + 0.4 * em)
            ):
                links.setdefault(i, set()).add(j)
    grids = []
    done: set[int] = set()
    for i in links:
        if i in done:
            continue
        group, edge = {i}, {i}
        cols: set[int] = set()
        while edge:
            new_cols = {j for k in edge for j in links[k]} - cols
            cols |= new_cols
            edge = {k for k in links if k not in group and links[k] & new_cols}
            group |= edge
        done |= group
        if len(group) >= 4 and len(cols) >= 3:
            box = _with_edges(scene, bounding([hs[k] for k in group]), len(group))
            if (
                box.area < 0.35 * scene.sheet.width * scene.sheet.height
                and box.height < 4.5 * em * len(group)
            ):
                grids.append(box)
    return grids


def _with_edges(scene: Scene, box: Rect, rows: int) -> Rect:
    """A grid grown by the rows at its head and foot that have no outer rule."""
    pitch = box.height / max(1, rows - 1)
    for _ in range(2):
        for i, b in enumerate(scene.blocks):
            inside = b.box.x0 > box.x0 - 0.5 * scene.em and b.box.x1 < box.x1 + 0.5 * scene.em
            if inside and len(b.rows) <= 2 and b.chars <= 20 and scene.ratio(i) < 1.8:
                if 0 <= box.y0 - b.box.cy < 1.3 * pitch:
                    box = Rect(box.x0, b.box.y0, box.x1, box.y1)
                elif 0 <= b.box.cy - box.y1 < 1.1 * pitch:
                    box = Rect(box.x0, box.y0, box.x1, b.box.y1)
    return box


def mark_labels(scene: Scene) -> None:
    """栏目: type on a bar of its own. A bar with type of headline size is a headline's ground,
    and so is all of it."""
    grounds = {
        id(bar)
        for i in scene.free()
        if scene.ratio(i) > 1.95 and scene.blocks[i].chars >= 4
        for bar in [scene.ground.on_bar(scene.blocks[i].box)]
        if bar is not None
    }
    dark = {
        scene.blocks[i].cell
        for i in scene.free()
        if scene.ratio(i) > 1.95 and scene.blocks[i].reversed and scene.blocks[i].cell >= 0
    }
    for i in scene.free():
        b = scene.blocks[i]
        if id(scene.ground.on_bar(b.box)) in grounds:
            continue
        if len(b.rows) > 2 or b.chars > 22 or scene.is_running(i):
            continue
        bar = scene.ground.on_bar(b.box)
        if len(b.rows) == 1 and 2 <= b.chars <= 10 and _underlined(scene, i):
            scene.kind[i] = "column-label"
            continue
        if b.cell in dark:
            continue
        if bar is not None or (
            b.reversed and b.chars <= 14 and len(b.rows) == 1 and scene.ratio(i) < 1.95
        ):
            scene.kind[i] = "column-label"


def _underlined(scene: Scene, i: int) -> bool:
    """A rule of the text's own length right under it."""
    b = scene.blocks[i]
    for r in scene.barriers.horizontal:
        if (
            -0.3 * b.size < r.cy - b.box.y1 < 0.9 * b.size
            and abs(r.x0 - b.box.x0) < 1.3 * b.size
            and abs(r.x1 - b.box.x1) < 1.3 * b.size
            and r.width > 0.8 * b.box.width
        ):
            return True
    return False


def mark_captions(scene: Scene) -> None:
    """图片说明: text at, in or beside a picture that is set unlike the body or signed 摄. Of two
    pictures it is that one's which it fits better: what stands right under one, beside another."""
    fitting: list[list[int]] = [[] for _ in scene.pictures]
    for i in scene.free():
        scores = [_caption_score(scene, i, p.box) for p in scene.pictures]
        if max(scores, default=0.0) >= ENOUGH:
            fitting[scores.index(max(scores))].append(i)
    for p, picture in enumerate(scene.pictures):
        free = set(scene.free())
        for i in fitting[p]:
            if i not in free:
                continue  # the credit of another's
            own = scene.blocks[i]
            credit = credit_under(own, picture.box, scene.blocks)
            if credit is None:
                credit = credit_under(own, own.box, scene.blocks)
            for k in (i, *([] if credit is None else [credit])):
                scene.kind[k] = "caption"
                scene.caption_of[k] = p
    mark_rest_of_captions(scene)


def _caption_score(scene: Scene, i: int, pic: Rect) -> float:
    b = scene.blocks[i]
    em = scene.em
    if (b.vertical and scene.ratio(i) > 1.15) or scene.ratio(i) > 1.3 or len(b.rows) > 14:
        return -1.0
    if is_marker(b.text) or find_jumps(b.text):
        return -1.0
    below = -0.6 * em < b.box.y0 - pic.y1 < 2.4 * em and b.box.overlap_x(pic) > 0.6 * b.box.width
    # let into the foot of the picture, in a box of its own
    let_in = b.box.y0 > pic.y0 + 0.5 * pic.height and (
        b.box.overlap_y(pic) > 0 and b.box.overlap_x(pic) > 0.9 * b.box.width
    )
    above = -0.6 * em < pic.y0 - b.box.y1 < 1.6 * em and b.box.overlap_x(pic) > 0.8 * b.box.width
    beside = (
        min(abs(b.box.x0 - pic.x1), abs(pic.x0 - b.box.x1)) < 1.8 * em
        and b.box.overlap_y(pic) > 0.8 * b.box.height
    )
    inside = let_in or b.box.overlap(pic) > 0.7 * b.box.area
    if not (below or above or beside or inside):
        return -1.0
    score = 0.8 * hinted(scene, i, "caption")
    text = " ".join(row.text for row in b.rows)
    credit = max(
        credit_score(text),
        0.9 * bool(split_trailing_credit(b.rows[-1].text).byline),
        0.9 * bool(split_trailing_credit(b.text).byline),
    )
    if credit >= 0.5:
        score += 2.0
    if _PICTURE_WORDS.search(b.text):
        score += 1.5
    if is_caption_opening(b.text):
        score += 0.7
    if (below or inside) and _TELLS.search(b.text):
        score += 1.5
    if inside and credit_under(b, pic, scene.blocks) is not None:
        score += 2.0
    if beside and credit_under(b, b.box, scene.blocks) is not None:
        score += 2.2
    if (
        b.cell >= 0
        and scene.ground.cell_of(pic) == b.cell
        and (sum(1 for o in scene.blocks if o.cell == b.cell) <= 2)
    ):
        score += 1.0  # alone with the picture in a frame
    if _POINTING.search(b.text):
        score += 0.8
    known = b.font != "" and scene.body_font != ""
    unlike = known and b.font != scene.body_font and not set_like_around(b, pic, scene.blocks)
    if unlike:
        score += 1.1
    elif known and scene.ratio(i) > 0.965:
        score -= 1.0
    if below and not unlike:
        score += set_apart(b, pic, scene.blocks, scene.lead)
    if scene.ratio(i) < 0.965:
        score += 1.2 if known else 0.8
    if below:
        flush = abs(b.box.x0 - pic.x0) < 2.6 * em and b.box.x1 < pic.x1 + 0.8 * em
        wide = len(b.rows) >= 2 and abs(b.box.width - pic.width) < 1.5 * em
        centred = len(b.rows) == 1 and abs(b.box.cx - pic.cx) < em
        score += 0.5 * (flush or centred) + 0.3 * wide
    if inside:
        score += 1.2
        # some lines printed in a picture, their size against the body's uncertain
        if not known and b.box.overlap(pic) > 0.8 * b.box.area and 2 <= len(b.rows) <= 6:
            score += 0.4
    if beside and alone_beside(b, pic, scene.blocks):
        score += 1.0
    elif above or beside:
        score -= 0.6
    if len(b.rows) > 6:
        score -= 1.0
    if len(b.rows) > 9:
        score -= 1.0
    if is_byline(b.text) >= 0.6 and credit < 0.5:
        score -= 1.5
    return score
