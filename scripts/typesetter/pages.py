"""Random issues: pages cut into modules of grid columns, each filled with something."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from digitise.model import Rect

from . import boxes as B
from . import masthead as M
from . import words as W
from .canvas import Op, PageDraft, TextOp
from .compose import article
from .desk import Desk
from .look import random_look
from .modules import Grid, Spoilt, attempt, boxed, fill_module, split
from .place import Module
from .reading import as_read, reading_order
from .story import IssueDraft

MARKERS = (
    ("（下转{to}）", "（上接{of}）"),
    ("（下转{cto}）", "（上接{cof}）"),
    ("（下转{to}{mark}）", "（上接{of}{mark}）"),
    ("下转 {to}", "上接 {of}"),
    ("（紧接{to}）", "（紧接{of}）"),
    ("▶下转{to}", "◀上接{of}"),
    ("[下转{to}]", "[上接{of}]"),
    ("（下转{to}·{name}）", "（上接{of}）"),
    ("（下转{hto}）", "（上接{hof}）"),
    ("（下转{to}）", "上接{of}"),
    ("（转{to}）", "（接{of}）"),
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
              "hto": spelt(to).removeprefix("第"), "hof": spelt(of).removeprefix("第"),
              "mark": "①②③④⑤⑥"[len(desk.jumps) % 6]}  # fmt: skip
    return ahead.format(**values), back.format(**values)


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
    # a story can go on on an earlier page than it stands on: pages are not always set in order
    rest = drafts[1:]
    if rng.random() < 0.35:
        rng.shuffle(rest)
    for page in (drafts[0], *rest):
        _page(desk, page, drafts, day)
    issue.entries.sort(key=lambda e: e.parts[0][0])
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
    foot: Rect | None = None
    if rng.random() < 0.12:
        y = area.y1 - area.height * rng.choice((0.26, 0.26, 0.48))
        foot = Rect(area.x0, y, area.x1, area.y1)
        area = Rect(area.x0, area.y0, area.x1, y - gap)
    grid = Grid(area, look.columns, look.gutter)
    modules: list[Module] = []
    split(rng, Module(0, look.columns, area.y0, area.y1), gap, look.leading, grid.width, modules)
    modules = reading_order(modules, look.size)
    later = [p for p in drafts if p is not page and not p.regions]
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
    others = [p for p in drafts if p.number > page.number]
    labels = [p.label.strip("第版") for p in others] or ["2", "3", "4"]
    units: list[tuple[Module, int]] = []
    for k, m in enumerate(modules):
        rect = grid.rect(m)
        done = False
        begin, told = len(page.regions), len(page.reports)
        if k in leaders:
            for _ in range(12):
                to = rng.choice(later)
                pair = (*markers(desk, page, to), to.number)
                done = attempt(desk, page, partial(article, desk, page, rect, m.cols, jump=pair))
                if done:
                    break
        elif k in hosts:
            jump = waiting[hosts[k]]
            onward = later and not jump.middle and rng.random() < 0.15
            for n in range(40):
                third: tuple[str, str, int] | None = None
                if onward and n < 8:
                    to = rng.choice(later)
                    third = (*markers(desk, page, to), to.number)
                work = partial(article, desk, page, rect, m.cols, resume=jump, jump=third)
                done = attempt(desk, page, work)
                if done:
                    break
            if not done:
                raise Spoilt("no place for a continuation")
        if not done:
            fill_module(desk, page, grid, m, labels)
        units += [(grid.module(r), at) for r, at in page.reports[told:]] or [(m, begin)]
        if m.y1 < area.y1 - 5 and rng.random() < look.separators:
            y = m.y1 + gap / 2
            page.rule(rect.x0, y, rect.x1, y, rng.choice((0.4, 0.4, 0.8)))
        if m.c1 < look.columns and rng.random() < look.separators * 0.7:
            x = rect.x1 + look.gutter / 2
            page.rule(x, m.y0, x, m.y1, 0.4)
    as_read(page, units, look.size)
    if foot is not None and not attempt(desk, page, partial(B.advertisement, desk, page, foot)):
        raise Spoilt("no advertisement for the foot of the page")
