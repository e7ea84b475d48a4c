"""What the two issues of the sample newspaper 澜江时报 are put together from."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

from digitise.model import Masthead, Rect

from . import boxes as B
from . import heads as H
from . import masthead as M
from . import written as R
from .almanac import issn, lunar, weekday
from .canvas import BLACK, WHITE, Colour, PageDraft
from .desk import Desk, NoRoom
from .flow import BodyStyle, Segment, draw_line, pour, rows_of
from .linebreak import Setting
from .look import Look
from .photos import columns_of
from .story import Entry, IssueDraft, Para

WIDTH, HEIGHT, MARGIN, GUTTER = 992.0, 1417.0, 40.0, 15.0
TITLE = "澜江时报"
BODY = BodyStyle(10.5, 15.4, Setting("song", "squeeze", True, 0.1), "hei-bold", 1.05)
SMALL = BodyStyle(9.5, 13.6, Setting("song", "squeeze", True, 0.1), "hei-bold")
KAI = replace(BODY, setting=replace(BODY.setting, font="kai"))
GAP = 15.0
RED: Colour = (0.72, 0.06, 0.08)
LOOK = Look(
    WIDTH, HEIGHT, MARGIN, 6, GUTTER, 10.5, 15.4, BODY.setting, "hei-bold", "square", "A1", 0,
    RED, 0.5, False,
)  # fmt: skip


class Sheet:
    """The six-column grid of one page."""

    def __init__(self, page: PageDraft, top: float) -> None:
        self.page = page
        self.area = Rect(MARGIN, top, WIDTH - MARGIN, HEIGHT - MARGIN)
        self.xs, self.col = columns_of(self.area, 6, GUTTER)

    def wide(self, n: int) -> float:
        return self.col * n + GUTTER * (n - 1)

    def at(self, first: int, n: int, y0: float, y1: float) -> Rect:
        return Rect(self.xs[first], y0, self.xs[first] + self.wide(n), y1)

    def across(self, y: float, first: int = 0, n: int = 6, width: float = 0.5) -> None:
        r = self.at(first, n, y, y)
        self.page.rule(r.x0, y, r.x1, y, width)

    def down(self, before: int, y0: float, y1: float) -> None:
        x = self.xs[before] - GUTTER / 2
        self.page.rule(x, y0, x, y1, 0.4)


def masthead_of(day: date, number: int) -> Masthead:
    return Masthead(
        TITLE, day.isoformat(), weekday(day), lunar(day), str(number), "CN99-0107",
        issn("2999407"), "99-7", "澜江日报社",
    )  # fmt: skip


def new_issue(issue_id: str, day: date, number: int) -> tuple[IssueDraft, list[PageDraft]]:
    issue = IssueDraft(issue_id, TITLE, masthead_of(day, number))
    pages = [
        PageDraft(WIDTH, HEIGHT, 1, "A1", "要闻"),
        PageDraft(WIDTH, HEIGHT, 2, "A2", "综合" if number % 2 else "文化"),
    ]
    return issue, pages


def page_head(issue: IssueDraft, page: PageDraft, day: date, seed: int) -> None:
    desk = Desk(random.Random(seed), LOOK, issue)
    if page.number == 1:
        rect = Rect(MARGIN, 32, WIDTH - MARGIN, 166)
        extra = ["今日2版", "零售价：2.00元", "新闻热线：0599-6211234"]
        M.masthead(desk, page, "LANJIANG TIMES", day, extra, rect)
    else:
        M.header(desk, page, day, Rect(MARGIN, 30, WIDTH - MARGIN, 74))


def cells(issue: IssueDraft, page: PageDraft, rect: Rect, raw: dict[str, Any]) -> float:
    entry = issue.entry("table")
    rows = [tuple(raw["header"]), *[tuple(r) for r in raw["rows"]]]
    return B.grid_table(page, entry, rect, raw["title"], rows, 10.0)


def advert(
    issue: IssueDraft, page: PageDraft, rect: Rect, lines: list[str], dark: bool = False
) -> None:
    colour = WHITE if dark else BLACK
    if dark:
        page.box(rect, fill=(0.12, 0.16, 0.3))
    else:
        page.box(rect, stroke=BLACK, width=1.4)
    entry = issue.entry("advertisement")
    inner = rect.grow(-10, -9)
    total = inner.height
    weights = [2.2] + [1.25 if k == 0 else 0.8 for k in range(len(lines) - 1)]
    unit = total / (sum(weights) + 0.42 * (len(lines) - 1))
    fonts = ("song-bold", "hei-bold", "kai", "hei", "song", "hei")
    rows = [
        (text, H.HeadStyle(fonts[k % 6], w * unit, 1.0, 0.0, "centre", colour), unit * 0.42)
        for k, (text, w) in enumerate(zip(lines, weights, strict=True))
    ]
    B.put(page, entry, "advertisement", rows, inner)
    entry.headline = lines[0]
    entry.paragraphs.extend(lines[1:])


def index(issue: IssueDraft, page: PageDraft, rect: Rect, raw: dict[str, Any]) -> None:
    page.box(rect, stroke=BLACK, width=0.7)
    entry = issue.entry("index")
    inner = rect.grow(-9, -8)
    rows = [(raw["head"], H.HeadStyle("hei-bold", 16.0), 8.0)]
    left = (inner.height - 24) / len(raw["lines"])
    for text in raw["lines"]:
        rows.append((text, H.HeadStyle("hei", 11.0, 1.0, 0.0, "left"), max(3.0, left - 11.5)))
    B.put(page, entry, "index", rows, inner)
    entry.headline = raw["head"]
    entry.paragraphs.extend(raw["lines"])


def notice(issue: IssueDraft, page: PageDraft, rect: Rect, raw: dict[str, Any]) -> float:
    """A notice in a frame as high as it needs; returns its lower edge."""
    entry = issue.entry("notice")
    inner = Rect(rect.x0 + 8, rect.y0 + 8, rect.x1 - 8, rect.y1 - 8)
    B.put(page, entry, "notice", [(raw["main"], H.HeadStyle("hei-bold", 17.0), 0.0)], inner)
    entry.headline = raw["main"]
    region = entry.parts[-1][1]
    paras = [Para(t) for t in raw["body"].strip().split("\n")]
    rows = rows_of(paras, inner.width, SMALL)
    seg = Segment(inner.x0, inner.y0 + 25, inner.y0 + 25 + len(rows) * SMALL.leading)
    placed, _, _ = pour(rows, [seg], SMALL)
    for p in placed:
        region.lines.append(draw_line(page, p.row.line, p.x, p.y, SMALL.size, "song"))
    entry.paragraphs.extend(p.text for p in paras)
    y = placed[-1].y + SMALL.leading
    for text in raw.get("sign", ()):
        s = H.HeadStyle("song", SMALL.size)
        x = inner.x1 - H.line_width(text, s)
        region.lines.append(H.draw_across_line(page, text, s, x, y))
        entry.paragraphs.append(text)
        y += SMALL.leading
    bottom = y + 5
    page.box(Rect(rect.x0, rect.y0, rect.x1, bottom), stroke=BLACK, width=0.6)
    return bottom


def group(
    issue: IssueDraft, page: PageDraft, rect: Rect, title: str, file: str, keys: list[str],
    style: int, tint: bool, body: BodyStyle = SMALL,
) -> None:  # fmt: skip
    """Short reports under one label, spread over the height of `rect`."""
    if tint:
        page.box(rect, fill=(0.89, 0.89, 0.89))
    else:
        page.box(rect, stroke=(0.3, 0.3, 0.3), width=1.8, radius=9.0)
    inner = rect.grow(-10, -9)
    desk = Desk(random.Random(1), LOOK, issue)
    spot = B.label(desk, page, inner.x0, inner.y0, title, style)
    y = spot.y1 + 9
    pieces = [R.piece(file, key) for key in keys]
    spec = R.Spec(1, R.deck_style(15.0, "hei-bold"), byline="none", body=body)
    needs = [R.natural_height(p, inner.width, spec) for p in pieces]
    spare = (inner.y1 - y - sum(needs) - 11.0 * (len(needs) - 1)) / len(needs)
    if spare < -1:
        raise NoRoom(f"{title}: {-spare * len(needs):.0f} points too high")
    for n, (p, need) in enumerate(zip(pieces, needs, strict=True)):
        bottom = y + need + max(0.0, spare)
        R.print_whole(page, issue, p, Rect(inner.x0, y, inner.x1, bottom), spec)
        if n + 1 < len(pieces):
            page.rule(inner.x0, bottom + 5, inner.x1, bottom + 5, 0.3, dash=(2.0, 2.0))
        y = bottom + 11


def picture(
    issue: IssueDraft, page: PageDraft, rect: Rect, file: str, key: str, seed: int,
    entry: Entry | None = None, beside: float = 0.0,
) -> None:  # fmt: skip
    raw = R.texts(file)[key]
    target = entry or issue.entry("picture")
    R.print_picture(page, target, rect, raw["caption"], raw["credit"], seed, "kai", beside)
