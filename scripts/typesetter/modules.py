"""The modules a random page is cut into, and what they are filled with."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable

from digitise.model import Rect

from . import boxes as B
from . import features as F
from . import heads as H
from . import texts as T
from . import words as W
from .canvas import BLACK, Overlap, PageDraft
from .compose import article
from .desk import Desk, NoRoom
from .downward import upright_text
from .photos import columns_of, draw_picture
from .place import Module


class Spoilt(Exception):
    """An issue that came out wrong: a jump found no place, a module stayed empty."""


class Grid:
    def __init__(self, area: Rect, columns: int, gutter: float) -> None:
        self.area = area
        self.xs, self.width = columns_of(area, columns, gutter)
        self.columns = columns
        self.gutter = gutter

    def module(self, rect: Rect) -> Module:
        """The grid columns in which a rectangle is, and its height."""
        middles = [x + self.width / 2 for x in self.xs]
        c0, c1 = (sum(x < side for x in middles) for side in (rect.x0, rect.x1))
        return Module(c0, c1, rect.y0, rect.y1)

    def rect(self, m: Module) -> Rect:
        return Rect(self.xs[m.c0], m.y0, self.xs[m.c1 - 1] + self.width, m.y1)


def attempt(desk: Desk, page: PageDraft, work: Callable[[], None]) -> bool:
    """Do `work`; when it finds no room, undo all it did to the page and the issue."""
    marks = (
        len(page.ops), len(page.regions), len(page.taken), len(page.starts), len(page.reports)
    )  # fmt: skip
    entries = copy.copy(desk.issue.entries)
    states = [
        (e, copy.copy(e.paragraphs), copy.copy(e.captions), copy.copy(e.parts),
         copy.copy(e.continuations), e.byline)
        for e in entries
    ]  # fmt: skip
    jumps = copy.copy(desk.jumps)
    done = [j.done for j in jumps]
    try:
        work()
        return True
    except (NoRoom, Overlap, ValueError, IndexError):
        del page.ops[marks[0] :], page.regions[marks[1] :], page.taken[marks[2] :]
        del page.starts[marks[3] :], page.reports[marks[4] :]
        desk.issue.entries[:] = entries
        for e, paragraphs, captions, parts, continuations, byline in states:
            e.paragraphs, e.captions, e.parts = paragraphs, captions, parts
            e.continuations, e.byline = continuations, byline
        desk.jumps[:] = jumps
        for j, was in zip(jumps, done, strict=True):
            j.done = was
        return False


def split(
    rng: random.Random, m: Module, gap: float, line: float, unit: float, out: list[Module]
) -> None:
    """Cut a module until its parts are of the size of a story."""
    area = m.cols * unit * m.height
    big = unit * rng.uniform(2.2, 4.2) * rng.uniform(200, 420)
    can_h = m.height > 330
    can_v = m.cols >= 3 or (m.cols == 2 and m.height > 420 and rng.random() < 0.15)
    if area < big or not (can_h or can_v):
        out.append(m)
        return
    wide = m.cols * unit > m.height
    go_v = can_v and (not can_h or rng.random() < (0.65 if wide else 0.3))
    if go_v:
        choices = [k for k in range(1, m.cols) if min(k, m.cols - k) >= 2] or [1, m.cols - 1]
        if m.cols >= 4 and rng.random() < 0.3:
            choices = [1, m.cols - 1]
        k = rng.choice(choices)
        split(rng, Module(m.c0, m.c0 + k, m.y0, m.y1), gap, line, unit, out)
        split(rng, Module(m.c0 + k, m.c1, m.y0, m.y1), gap, line, unit, out)
        return
    at = m.y0 + m.height * rng.uniform(0.34, 0.66)
    split(rng, Module(m.c0, m.c1, m.y0, at - gap / 2), gap, line, unit, out)
    split(rng, Module(m.c0, m.c1, at + gap / 2, m.y1), gap, line, unit, out)


def group(desk: Desk, page: PageDraft, rect: Rect) -> None:
    """Several short reports under one label, on a tint or in a frame."""
    rng, _look = desk.rng, desk.look
    ground = rng.choice(("tint", "frame", "round", "plain"))
    if ground == "tint":
        page.box(rect, fill=(rng.choice((0.86, 0.9, 0.93)),) * 3)
    elif ground == "frame":
        page.box(rect, stroke=BLACK, width=rng.choice((0.5, 1.0, 2.0)))
    elif ground == "round":
        page.box(rect, stroke=(0.4, 0.4, 0.4), width=2.0, radius=9.0)
    inner = rect.grow(-8, -7) if ground != "plain" else rect
    spot = B.label(desk, page, inner.x0, inner.y0, rng.choice(W.COLUMNS), rng.randrange(4))
    if spot.x1 > inner.x1:
        raise NoRoom("the label is too long")
    y = spot.y1 + 8
    room = inner.y1 - y
    cols = max(1, round(inner.width / 170))
    n = max(1, min(5, int(room / rng.uniform(120, 220))))
    each = (room - 9 * (n - 1)) / n
    if each < 80:
        raise NoRoom("too low for a group")
    for k in range(n):
        top = y + k * (each + 9)
        place = Rect(inner.x0, top, inner.x1, top + each)
        if ground == "plain":
            page.reports.append(
                (place.union(spot) if k == 0 else place, len(page.regions) - (k == 0))
            )
        article(desk, page, place, cols, pictures=False, small=True)
        if k and rng.random() < 0.5:
            page.rule(inner.x0, top - 4.5, inner.x1, top - 4.5, 0.3)


def labelled(desk: Desk, page: PageDraft, rect: Rect, cols: int) -> None:
    """One article under a column label of its own."""
    rng = desk.rng
    spot = B.label(desk, page, rect.x0, rect.y0, rng.choice(W.COLUMNS), rng.randrange(4))
    article(desk, page, Rect(rect.x0, spot.y1 + 7, rect.x1, rect.y1), cols)


def boxed(desk: Desk, page: PageDraft, rect: Rect, cols: int) -> None:
    rng = desk.rng
    how = rng.choice(("frame", "tint", "round", "double"))
    if how == "tint":
        page.box(rect, fill=(rng.choice((0.88, 0.92)),) * 3)
    elif how == "round":
        page.box(rect, stroke=BLACK, width=1.0, radius=8.0)
    else:
        page.box(rect, stroke=BLACK, width=0.7)
        if how == "double":
            page.box(rect.grow(-2.5), stroke=BLACK, width=0.3)
    article(desk, page, rect.grow(-10, -10), cols)


def picture_story(desk: Desk, page: PageDraft, rect: Rect) -> None:
    """A picture with a caption and no article: in a frame, under a title, or bare."""
    rng = desk.rng
    entry = desk.issue.entry("picture")
    c = T.brief_for(rng)
    how = rng.choice(("frame", "frame", "title", "title", "bare"))
    if how == "frame":
        page.box(rect, stroke=BLACK, width=rng.choice((0.4, 0.8)))
        rect = rect.grow(-7, -7)
    elif how == "title":
        size = min(22.0, max(13.0, rect.width / 14))
        title = T.headline(c, 4, max(5, int(rect.width / size) - 1))
        style = H.HeadStyle(rng.choice(("hei-bold", "kai", "song-bold")), size)
        line = H.shrink(H.HeadLine("headline", title, style), rect.width)
        H.draw_across(page, entry, [line], rect, 0.0)
        entry.headline = title
        rect = Rect(rect.x0, rect.y0 + size + 5, rect.x1, rect.y1)
    draw_picture(page, entry, rect, c, desk.look, True)


def l_pair(desk: Desk, page: PageDraft, grid: Grid, m: Module) -> None:
    """An article bent round another one in a corner of its module."""
    rng, look = desk.rng, desk.look
    rect = grid.rect(m)
    k = rng.randint(max(1, m.cols // 2 - 1), m.cols - 2) if m.cols > 3 else 1
    k = max(1, k)
    h = m.height * rng.uniform(0.38, 0.56)
    right = rng.random() < 0.6
    low = rng.random() < 0.75
    c0 = m.c1 - k if right or not low else m.c0
    y0 = m.y1 - h if low else m.y0
    inner = grid.rect(Module(c0, c0 + k, y0, y0 + h))
    frame = rng.random() < 0.5
    hole = inner.grow(2, look.leading * 0.7)
    hole = Rect(hole.x0, hole.y0 if low else rect.y0, hole.x1, rect.y1 if low else hole.y1)
    article(desk, page, rect, m.cols, holes=(hole,), pictures=False)
    if frame:
        boxed(desk, page, inner, k)
    else:
        if rng.random() < 0.6:
            y = inner.y0 - look.leading * 0.35 if low else inner.y1 + look.leading * 0.35
            page.rule(inner.x0, y, inner.x1, y, 0.4)
        article(desk, page, inner, k, pictures=False)


def fill_module(desk: Desk, page: PageDraft, grid: Grid, m: Module, labels: list[str]) -> None:
    """Try kinds of content until one fits the module; a picture fits nearly everywhere."""
    rng = desk.rng
    rect = grid.rect(m)

    def cols() -> int:
        # Not always the page's own columns: wide measures for leaders, narrow ones for notes.
        n = m.cols
        if rng.random() < 0.3:
            n = max(1, round(rect.width / (desk.look.size * rng.uniform(13, 26))))
        return n

    kinds: list[tuple[float, bool, Callable[[], None]]] = [
        (5.0, True, lambda: article(desk, page, rect, cols())),
        (0.5, True, lambda: labelled(desk, page, rect, cols())),
        (0.8, True, lambda: boxed(desk, page, rect, cols())),
        (2.6, m.cols >= 3 and m.height > 300, lambda: l_pair(desk, page, grid, m)),
        (1.0, m.cols <= 3 and m.height > 300, lambda: group(desk, page, rect)),
        (0.6, m.height < 420, lambda: picture_story(desk, page, rect)),
        (0.7, m.height < 360, lambda: B.advertisement(desk, page, rect)),
        (0.4, m.cols <= 2 and m.height < 400, lambda: B.notice(desk, page, rect)),
        (0.5, m.cols == 1 and m.height < 420, lambda: B.index(desk, page, rect, labels)),
        (0.3, m.cols <= 2 and m.height < 330, lambda: B.table(desk, page, rect)),
        (0.35, m.cols <= 3 and m.height < 380, lambda: upright_text(desk, page, rect)),
        (0.9, m.height > 200, lambda: F.stream(desk, page, rect, m.cols)),
        (0.35, m.height < 420, lambda: F.briefs(desk, page, rect, m.cols)),
        (0.3, m.height > 160, lambda: F.questions(desk, page, rect, m.cols)),
        (0.5, m.cols <= 2 and m.height < 420, lambda: F.verse(desk, page, rect)),
        (0.25, m.cols in (2, 3) and m.height < 420, lambda: F.quotations(desk, page, rect)),
        (0.35, True, lambda: F.ornamental(desk, page, rect, cols())),
        (0.25, m.height >= 360 and m.cols >= 2, lambda: B.advertisement(desk, page, rect)),
    ]
    open_kinds = [(weight, work) for weight, ok, work in kinds if ok]
    for _ in range(14):
        (work,) = rng.choices([w for _, w in open_kinds], [k for k, _ in open_kinds])
        if attempt(desk, page, work):
            return
    for last in (
        lambda: article(desk, page, rect, m.cols, pictures=False, small=True),
        lambda: B.advertisement(desk, page, rect),
        lambda: picture_story(desk, page, rect),
    ):
        if attempt(desk, page, last):
            return
    raise Spoilt("an empty module")
