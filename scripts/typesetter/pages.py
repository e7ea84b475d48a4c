"""Random pages: the sheet cut into modules of grid columns, each filled with something."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from digitise.model import Rect

from . import boxes as B
from . import masthead as M
from . import texts as T
from . import words as W
from .canvas import BLACK, Op, Overlap, PageDraft, TextOp
from .compose import article
from .desk import Desk, NoRoom
from .downward import upright_text
from .look import random_look
from .photos import columns_of, draw_picture
from .story import IssueDraft


@dataclass(frozen=True, slots=True)
class Module:
    """Grid columns `c0` to `c1` (exclusive) and a height on the page."""

    c0: int
    c1: int
    y0: float
    y1: float

    @property
    def cols(self) -> int:
        return self.c1 - self.c0

    @property
    def height(self) -> float:
        return self.y1 - self.y0


class Grid:
    def __init__(self, area: Rect, columns: int, gutter: float) -> None:
        self.area = area
        self.xs, self.width = columns_of(area, columns, gutter)
        self.columns = columns
        self.gutter = gutter

    def rect(self, m: Module) -> Rect:
        return Rect(self.xs[m.c0], m.y0, self.xs[m.c1 - 1] + self.width, m.y1)


def attempt(desk: Desk, page: PageDraft, work: Callable[[], None]) -> bool:
    """Do `work`; when it finds no room, undo all it did to the page and the issue."""
    marks = (len(page.ops), len(page.regions), len(page.taken), len(page.starts))
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
    except (NoRoom, Overlap, ValueError, IndexError) as error:
        if not isinstance(error, NoRoom | ValueError):
            FAULTS.append(f"{type(error).__name__}: {error}")
        del page.ops[marks[0] :], page.regions[marks[1] :], page.taken[marks[2] :]
        del page.starts[marks[3] :]
        desk.issue.entries[:] = entries
        for e, paragraphs, captions, parts, continuations, byline in states:
            e.paragraphs, e.captions, e.parts = paragraphs, captions, parts
            e.continuations, e.byline = continuations, byline
        desk.jumps[:] = jumps
        for j, was in zip(jumps, done, strict=True):
            j.done = was
        return False


FAULTS: list[str] = []


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


MARKERS = (
    ("（下转{to}）", "（上接{of}）"),
    ("（下转{cto}）", "（上接{cof}）"),
    ("（下转{to}{mark}）", "（上接{of}{mark}）"),
    ("下转 {to}", "上接 {of}"),
    ("（紧接{to}）", "（紧接{of}）"),
    ("▶下转{to}", "◀上接{of}"),
    ("[下转{to}]", "[上接{of}]"),
    ("（下转{to}·{name}）", "（上接{of}）"),
)


def markers(desk: Desk, of: PageDraft, to: PageDraft) -> tuple[str, str]:
    from .almanac import chinese_numeral

    style = desk.look.jump_style
    ahead, back = MARKERS[style]

    def said(page: PageDraft) -> str:
        bare = page.label.strip("第版")
        if style == 3:
            return bare if not bare.isdigit() else f"{bare}版"
        return f"{bare}版" if not page.label.startswith("第") else page.label

    def spelt(page: PageDraft) -> str:
        return f"第{chinese_numeral(page.number)}版"

    values = {"to": said(to), "of": said(of), "cto": spelt(to), "cof": spelt(of), "name": to.name,
              "mark": "①②③④⑤⑥"[len(desk.jumps) % 6]}  # fmt: skip
    return ahead.format(**values), back.format(**values)


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
        article(
            desk, page, Rect(inner.x0, top, inner.x1, top + each), cols, pictures=False, small=True
        )
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
    entry = desk.issue.entry("picture")
    draw_picture(page, entry, rect, T.brief_for(desk.rng), desk.look, True)


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


class Spoilt(Exception):
    """An issue that came out wrong: a jump found no place, a module stayed empty."""


def random_issue(seed: int, number: int, pages: int = 0) -> tuple[IssueDraft, list[PageDraft]]:
    """Issue `number` of the series that `seed` begins; the same arguments, the same issue."""
    for take in range(50):
        try:
            return _issue(seed, number, pages, take)
        except Spoilt:
            continue
    raise RuntimeError(f"issue {number} of seed {seed} could not be made")


def _issue(seed: int, number: int, pages: int, take: int) -> tuple[IssueDraft, list[PageDraft]]:
    rng = random.Random(f"{seed}/{number}/{take}")
    look = random_look(rng)
    day = date(1996, 1, 1) + timedelta(days=rng.randrange(11000))
    stem = rng.choice(W.TITLE_PLACE)
    title = stem + rng.choice(W.TITLE_TAIL)
    count = pages or rng.choice((2, 2, 3, 4))
    issue = IssueDraft(f"r{seed}-{number:03d}", title, M.random_masthead(rng, title, day, stem))
    desk = Desk(rng, look, issue)
    names = rng.sample(W.PAGE_NAMES, count)
    drafts = [
        PageDraft(look.width, look.height, n, M.page_label(look, n), "" if n == 1 else names[n - 1])
        for n in range(1, count + 1)
    ]
    for page in drafts:
        _page(desk, page, drafts, day)
    if any(not j.done for j in desk.jumps):
        raise Spoilt("a jump leads nowhere")
    manner = rng.choice(("as set", "mixed", "mixed", "backwards", "by height"))
    for page in drafts:
        page.ops[:] = reordered(page, rng, manner)
    return issue, drafts


def reordered(page: PageDraft, rng: random.Random, manner: str) -> list[Op]:
    """The drawing in another order: layout programs do not write a page as it is read."""
    ground = [op for op in page.ops if not isinstance(op, TextOp)]
    blocks: list[list[Op]] = []
    starts = set(page.starts)
    for n, op in enumerate(page.ops):
        if n in starts or not blocks:
            blocks.append([])
        if isinstance(op, TextOp):
            blocks[-1].append(op)
    blocks = [b for b in blocks if b]
    if manner == "mixed":
        rng.shuffle(blocks)
    elif manner == "backwards":
        blocks.reverse()
    elif manner == "by height":
        blocks.sort(key=lambda b: min(op.points[0][1] for op in b if isinstance(op, TextOp)))
    return ground + [op for block in blocks for op in block]


def _page(desk: Desk, page: PageDraft, drafts: list[PageDraft], day: date) -> None:
    rng, look = desk.rng, desk.look
    area = Rect(look.margin, look.margin * 0.8, look.width - look.margin, look.height - look.margin)
    gap = rng.uniform(13, 19)
    if page.number == 1:
        high = look.height * rng.uniform(0.095, 0.13)
        head = Rect(area.x0, area.y0, area.x1, area.y0 + high)
        ear = rng.random() < 0.35
        if ear:
            grid = Grid(area, look.columns, look.gutter)
            k = max(3, round(look.columns * 0.66))
            head = Rect(area.x0, area.y0, grid.xs[k - 1] + grid.width, area.y0 + high * 1.15)
            beside = Rect(grid.xs[k], area.y0, area.x1, head.y1)
        extra = rng.sample(
            (f"今日{len(drafts)}版", f"零售价：{rng.randint(1, 3)}.{rng.choice(('00', '50'))}元",
             f"新闻热线：{B.phone(rng)}", "网址：www." + "".join(rng.choice("abcdefgijlmnrstuvwxyz") for _ in range(5)) + ".example",
             f"第{rng.randint(100, 9000)}号"), rng.randint(1, 4))  # fmt: skip
        english = rng.choice(("DAILY", "TIMES", "HERALD", "POST", "EVENING NEWS", "WEEKLY"))
        place = rng.choice(
            ("LANJIANG", "YUNLING", "DONGYU", "QINGLUAN", "NANDU", "BEITING", "YANHU")
        )
        M.masthead(desk, page, f"{place} {english}", day, extra, head)
        if ear:
            side: list[Callable[[], None]] = [
                lambda: article(desk, page, beside, look.columns - k, pictures=False, small=True),
                lambda: boxed(desk, page, beside, look.columns - k),
                lambda: B.advertisement(desk, page, beside),
                lambda: B.index(desk, page, beside, [p.label.strip("第版") for p in drafts[1:]]),
            ]
            rng.shuffle(side)
            if not any(attempt(desk, page, work) for work in side * 3):
                raise Spoilt("nothing fits beside the masthead")
    else:
        head = Rect(area.x0, area.y0, area.x1, area.y0 + 42)
        M.header(desk, page, day, head)
    area = Rect(area.x0, head.y1 + 12, area.x1, area.y1)
    grid = Grid(area, look.columns, look.gutter)
    modules: list[Module] = []
    split(rng, Module(0, look.columns, area.y0, area.y1), gap, look.leading, grid.width, modules)
    later = [p for p in drafts if p.number > page.number]
    waiting = [j for j in desk.jumps if not j.done and j.to_page == page.number]
    wanted = 0
    if later:
        wanted = rng.choice((1, 2, 2)) if page.number == 1 else (1 if rng.random() < 0.2 else 0)
    by_size = sorted(range(len(modules)), key=lambda k: -modules[k].cols * modules[k].height)
    leaders = set(by_size[:wanted]) if page.number == 1 else set(by_size[1 : 1 + wanted])
    mid = [k for k in by_size if k not in leaders]
    skip = 1 if len(mid) > len(waiting) + 2 and rng.random() < 0.4 else 0
    mid = mid[skip:] + mid[:skip]
    hosts = {k: n for n, k in enumerate(mid[: len(waiting)])}
    labels = [p.label.strip("第版") for p in later] or ["2", "3", "4"]
    for k, m in enumerate(modules):
        rect = grid.rect(m)
        done = False
        if k in leaders:
            for _ in range(12):
                to = rng.choice(later)
                pair = (*markers(desk, page, to), to.number)
                done = attempt(desk, page, partial(article, desk, page, rect, m.cols, jump=pair))
                if done:
                    break
        elif k in hosts:
            jump = waiting[hosts[k]]
            for _ in range(40):
                done = attempt(desk, page, partial(article, desk, page, rect, m.cols, resume=jump))
                if done:
                    break
            if not done:
                raise Spoilt("no place for a continuation")
        if not done:
            fill_module(desk, page, grid, m, labels)
        if m.y1 < area.y1 - 5 and rng.random() < look.separators:
            y = m.y1 + gap / 2
            page.rule(rect.x0, y, rect.x1, y, rng.choice((0.4, 0.4, 0.8)))
        if m.c1 < look.columns and rng.random() < look.separators * 0.7:
            x = rect.x1 + look.gutter / 2
            page.rule(x, m.y0, x, m.y1, 0.4)
