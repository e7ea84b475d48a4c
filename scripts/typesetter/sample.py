"""The sample newspaper 澜江时报: two issues of two pages, set from written texts."""

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
from .story import Deck, Entry, IssueDraft, Para

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


def _masthead(day: date, number: int) -> Masthead:
    return Masthead(
        TITLE, day.isoformat(), weekday(day), lunar(day), str(number), "CN99-0107",
        issn("2999407"), "99-7", "澜江日报社",
    )  # fmt: skip


def _start(issue_id: str, day: date, number: int) -> tuple[IssueDraft, list[PageDraft]]:
    issue = IssueDraft(issue_id, TITLE, _masthead(day, number))
    pages = [
        PageDraft(WIDTH, HEIGHT, 1, "A1", "要闻"),
        PageDraft(WIDTH, HEIGHT, 2, "A2", "综合" if number % 2 else "文化"),
    ]
    return issue, pages


def _head(issue: IssueDraft, page: PageDraft, day: date, seed: int) -> None:
    desk = Desk(random.Random(seed), LOOK, issue)
    if page.number == 1:
        rect = Rect(MARGIN, 32, WIDTH - MARGIN, 166)
        extra = ["今日2版", "零售价：2.00元", "新闻热线：0599-6211234"]
        M.masthead(desk, page, "LANJIANG TIMES", day, extra, rect)
    else:
        M.header(desk, page, day, Rect(MARGIN, 30, WIDTH - MARGIN, 74))


def _cells(issue: IssueDraft, page: PageDraft, rect: Rect, raw: dict[str, Any]) -> float:
    entry = issue.entry("table")
    rows = [tuple(raw["header"]), *[tuple(r) for r in raw["rows"]]]
    return B.grid_table(page, entry, rect, raw["title"], rows, 10.0)


def _advert(
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


def _index(issue: IssueDraft, page: PageDraft, rect: Rect, raw: dict[str, Any]) -> None:
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


def _notice(issue: IssueDraft, page: PageDraft, rect: Rect, raw: dict[str, Any]) -> float:
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


def _group(
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


def _picture(
    issue: IssueDraft, page: PageDraft, rect: Rect, file: str, key: str, seed: int,
    entry: Entry | None = None, beside: float = 0.0,
) -> None:  # fmt: skip
    raw = R.texts(file)[key]
    target = entry or issue.entry("picture")
    R.print_picture(page, target, rect, raw["caption"], raw["credit"], seed, "kai", beside)


def first_issue() -> tuple[IssueDraft, list[PageDraft]]:
    """Issue 5107 of Friday, 13 March 2026."""
    day = date(2026, 3, 13)
    issue, pages = _start("lanjiang-2026-03-13", day, 5107)
    f = "first"
    page = pages[0]
    _head(issue, page, day, 11)
    g = Sheet(page, 178)
    a = g.area
    # The lead over four columns, with a picture in the middle of it; it jumps.
    lead_y1 = a.y0 + 520
    rect = g.at(0, 4, a.y0, lead_y1)
    pic = Rect(g.xs[1], a.y0 + 170, g.xs[2] + g.col, a.y0 + 345)
    spec = R.Spec(4, R.deck_style(54, "song-bold", "hei", small=0.38), body=BODY)
    looms = R.print_start(
        page, issue, R.piece(f, "looms"), rect, spec, "（下转A2版）", (pic.grow(0, 6),)
    )
    _picture(issue, page, pic, f, "loomphoto", 5, looms.entry)
    # Beside it a story with a vertical heading.
    ferry = R.piece(f, "ferry")
    spec = R.Spec(
        2, R.deck_style(40, "kai", "song", small=0.42), head="right", head_long=330.0,
        byline="tail", body=BODY,
    )  # fmt: skip
    ferry_h = R.natural_height(ferry, g.wide(2), spec)
    g.down(4, a.y0, a.y1)
    R.print_whole(page, issue, ferry, g.at(4, 2, a.y0, a.y0 + ferry_h + 4), spec)
    y = a.y0 + ferry_h + 4 + GAP
    _index(issue, page, g.at(4, 2, y, y + 108), R.texts(f)["index"])
    _group(issue, page, g.at(4, 2, y + 108 + GAP, a.y1), "基层短波", f,
           ["short_school", "short_clinic", "short_books"], 0, True)  # fmt: skip
    # Below the lead: a story bent round a boxed comment, which jumps too.
    y = lead_y1 + GAP
    g.across(y - GAP / 2, 0, 4)
    comment = R.piece(f, "comment")
    cspec = R.Spec(
        2, R.deck_style(21, "kai"), byline="tail", body=replace(KAI, leading=15.8), gutter=13
    )
    comment_h = R.natural_height(comment, g.wide(2) - 24, cspec) + 24 + 26
    water_y1 = y + 372
    box = g.at(2, 2, water_y1 - comment_h, water_y1)
    spec = R.Spec(4, R.deck_style(38, "hei-bold", "song", align="left"), head="part", head_cols=3,
                  byline="head", body=BODY)  # fmt: skip
    water = R.print_start(
        page, issue, R.piece(f, "water"), g.at(0, 4, y, water_y1), spec, "（下转第二版）",
        (Rect(box.x0 - 2, box.y0 - 10, box.x1 + 2, box.y1 + 2),),
    )  # fmt: skip
    page.box(box, stroke=BLACK, width=0.9)
    inner = box.grow(-12, -10)
    desk = Desk(random.Random(1), LOOK, issue)
    spot = B.label(desk, page, inner.x0, inner.y0, "江边快评", 1)
    R.print_whole(page, issue, comment, Rect(inner.x0, spot.y1 + 8, inner.x1, inner.y1), cspec)
    # The foot: a picture story and a short report.
    y = water_y1 + GAP
    g.across(y - GAP / 2, 0, 4)
    _picture(issue, page, g.at(0, 2, y, a.y1), f, "spring", 21)
    spec = R.Spec(2, R.deck_style(24, "song-bold"), byline="none", body=BODY)
    R.print_whole(page, issue, R.piece(f, "bridge"), g.at(2, 2, y, a.y1), spec)

    page = pages[1]
    _head(issue, page, day, 3)
    g = Sheet(page, 86)
    a = g.area
    spec = R.Spec(4, R.deck_style(30, "song-bold"), body=BODY, byline="none",
                  deck_over=Deck(("旧厂房里织出新经纬",)))  # fmt: skip
    need = R.natural_height(R.continued(looms, "（上接A1版）"), g.wide(4), spec)
    y1 = a.y0 + need + 4
    R.print_rest(page, looms, "（上接A1版）", g.at(0, 4, a.y0, y1), spec)
    g.down(4, a.y0, y1)
    spec = R.Spec(2, R.deck_style(20), head="none", byline="none", body=BODY)
    R.print_rest(page, water, "（上接第一版）", g.at(4, 2, a.y0, y1), spec)
    y = y1 + GAP
    g.across(y - GAP / 2, width=0.8)
    spec = R.Spec(3, R.deck_style(34, "kai", "hei", tracking=0.5, small=0.45), head="left",
                  byline="first", body=KAI, gutter=16)  # fmt: skip
    watch = R.piece(f, "watchmaker")
    need = R.natural_height(watch, g.wide(4) - 28, spec) + 30
    box = g.at(0, 4, y, y + need)
    page.box(box, stroke=BLACK, width=1.0, radius=10.0)
    R.print_whole(page, issue, watch, box.grow(-14, -13), spec)
    y0 = y
    y += need + GAP
    spec = R.Spec(4, R.deck_style(32, "hei-bold"), byline="tail", body=BODY, hairline=True)
    court = R.piece(f, "court")
    need = R.natural_height(court, g.wide(4), spec)
    R.print_whole(page, issue, court, g.at(0, 4, y, y + need + 4), spec)
    edge = _notice(issue, page, g.at(4, 2, y0, y), R.texts(f)["notice"])
    edge = _cells(issue, page, g.at(4, 2, edge + GAP, y), R.texts(f)["weather"])
    edge = _notice(issue, page, g.at(4, 2, edge + GAP, y + need), R.texts(f)["lost"])
    g.down(4, y0, a.y1)
    y += need + 4 + GAP
    g.across(y - GAP / 2, 0, 4)
    spec = R.Spec(4, R.deck_style(36, "song-bold", "hei", small=0.42), body=BODY, gutter=15)
    bus = R.piece(f, "bus")
    high = 150.0
    pic = g.at(3, 1, y, y)

    def corner(rect: Rect) -> tuple[Rect, ...]:
        return (Rect(rect.x0 + pic.x0 - g.xs[0], rect.y1 - high, rect.x1, rect.y1),)

    need = R.natural_height(bus, g.wide(4), spec, corner)
    ad_top = y + need + 6 + GAP
    rect = g.at(0, 4, y, y + need + 6)
    hole = Rect(pic.x0, rect.y1 - high, pic.x1, rect.y1)
    entry = R.print_whole(page, issue, bus, rect, spec, (hole.grow(0, 4),))
    R.print_picture(page, entry, hole, "", "", 77)
    _advert(issue, page, g.at(0, 4, ad_top, a.y1), R.texts(f)["ad_tea"]["lines"])
    edge += GAP
    _picture(issue, page, g.at(4, 2, edge, edge + 250), f, "market", 13)
    _advert(issue, page, g.at(4, 2, edge + 250 + GAP, a.y1), R.texts(f)["ad_school"]["lines"], True)
    return issue, pages


def second_issue() -> tuple[IssueDraft, list[PageDraft]]:
    """Issue 5108 of Tuesday, 17 March 2026."""
    day = date(2026, 3, 17)
    issue, pages = _start("lanjiang-2026-03-17", day, 5108)
    f = "second"
    page = pages[0]
    _head(issue, page, day, 4)
    g = Sheet(page, 178)
    a = g.area
    lead_h = 520.0
    # The lead over five columns with a picture in its corner; it jumps.
    rect = g.at(0, 5, a.y0, a.y0 + lead_h)
    pic = Rect(g.xs[2], a.y0 + lead_h - 215, g.xs[4] + g.col, a.y0 + lead_h)
    spec = R.Spec(5, R.deck_style(58, "hei-bold", "kai", small=0.38), body=BODY, byline="head")
    orange = R.print_start(
        page, issue, R.piece(f, "orange"), rect, spec, "▶下转A2版", (pic.grow(0, 8),)
    )
    _picture(issue, page, pic, f, "orange_photo", 33, orange.entry)
    g.down(5, a.y0, a.y0 + lead_h)
    _group(issue, page, g.at(5, 1, a.y0, a.y0 + lead_h), "一句话新闻", f,
           ["side_bus", "side_tree", "side_oven", "side_call"], 3, True)  # fmt: skip
    y = a.y0 + lead_h + GAP
    g.across(y - GAP / 2, width=1.0)
    spec = R.Spec(3, R.deck_style(44, "song-bold", "kai", small=0.4), head="left", body=BODY,
                  byline="first", centre_down=True)  # fmt: skip
    library = R.print_start(
        page, issue, R.piece(f, "library"), g.at(0, 4, y, y + 225), spec, "（紧接2版）"
    )
    spec = R.Spec(
        2, R.deck_style(38, "kai", "song", tracking=0.6, small=0.38), byline="tail", body=BODY
    )
    heron = R.piece(f, "heron")
    egret = g.at(4, 2, y, y + 170)
    g.down(4, y, a.y1)
    need = R.natural_height(heron, g.wide(2), spec)
    y2 = y + 225 + GAP
    picture_h = a.y1 - y - need - 14
    egret = g.at(4, 2, y, y + picture_h)
    entry = R.print_whole(page, issue, heron, g.at(4, 2, y + picture_h + 10, a.y1), spec)
    _picture(issue, page, egret, f, "egret_photo", 8, entry)
    g.across(y2 - GAP / 2, 0, 4)
    strip = 126.0
    spec = R.Spec(4, R.deck_style(27, "song-bold"), byline="head", body=BODY)
    rect = g.at(0, 4, y2, a.y1 - strip - GAP)
    pic = Rect(g.xs[1], rect.y1 - 165, g.xs[2] + g.col, rect.y1)
    entry = R.print_whole(page, issue, R.piece(f, "factory"), rect, spec, (pic.grow(0, 6),))
    _picture(issue, page, pic, f, "oven_photo", 55, entry)
    _index(issue, page, g.at(0, 2, a.y1 - strip, a.y1), R.texts(f)["index"])
    _cells(issue, page, g.at(2, 2, a.y1 - strip, a.y1), R.texts(f)["prices"])

    page = pages[1]
    _head(issue, page, day, 9)
    g = Sheet(page, 86)
    a = g.area
    # An essay in large Kai beside the two continuations.
    spec = R.Spec(3, R.deck_style(30, "hei-bold"), byline="none", body=BODY,
                  deck_over=Deck(("给每只脐橙立个户口",)))  # fmt: skip
    need = R.natural_height(R.continued(orange, "◀上接A1版"), g.wide(3), spec)
    y1 = a.y0 + need + 4
    R.print_rest(page, orange, "◀上接A1版", g.at(0, 3, a.y0, y1), spec)
    g.down(3, a.y0, y1)
    spec = R.Spec(3, R.deck_style(26, "song-bold", align="left"), byline="none", body=BODY,
                  head="part", head_cols=2, deck_over=Deck(("深夜书房",)))  # fmt: skip
    need = R.natural_height(R.continued(library, "（紧接1版）"), g.wide(3), spec)
    R.print_rest(page, library, "（紧接1版）", g.at(3, 3, a.y0, a.y0 + need + 4), spec)
    y = a.y0 + need + 4 + GAP
    g.across(y - GAP / 2, 3, 3)
    spec = R.Spec(3, R.deck_style(22, "song-bold"), byline="none", body=BODY)
    sports = R.piece(f, "sports")
    R.print_whole(page, issue, sports, g.at(3, 3, y, y1), spec)
    y = y1 + GAP
    g.across(y - GAP / 2, width=0.8)
    essay = R.piece(f, "essay")
    kai = replace(KAI, size=11.0, leading=17.0)
    spec = R.Spec(3, R.deck_style(46, "kai", tracking=0.9), head="right", head_long=200.0,
                  byline="first", body=kai, gutter=20)  # fmt: skip
    letters, reply = R.piece(f, "letters"), R.piece(f, "reply")
    rspec = R.Spec(
        1, R.deck_style(14, "hei-bold"), byline="none", body=replace(KAI, size=10.0, leading=14.2)
    )
    lspec = R.Spec(2, R.deck_style(21, "song-bold"), byline="tail", body=BODY, gutter=13)
    side_w = g.wide(2) - 24
    reply_h = R.natural_height(reply, side_w, rspec)
    need = max(
        R.natural_height(essay, g.wide(4) - 30, spec) + 30,
        R.natural_height(letters, side_w, lspec) + reply_h + 70,
    )
    box = g.at(0, 4, y, y + need)
    page.box(box, fill=(0.93, 0.93, 0.93))
    R.print_whole(page, issue, essay, box.grow(-15, -14), spec)
    side = g.at(4, 2, y, y + need)
    page.box(side, stroke=BLACK, width=0.8)
    page.box(side.grow(-3), stroke=BLACK, width=0.3)
    inner = side.grow(-12, -12)
    desk = Desk(random.Random(1), LOOK, issue)
    spot = B.label(desk, page, inner.x0, inner.y0, "读者来信", 0)
    foot = inner.y1 - reply_h
    R.print_whole(page, issue, letters, Rect(inner.x0, spot.y1 + 9, inner.x1, foot - 12), lspec)
    page.rule(inner.x0, foot - 6, inner.x1, foot - 6, 0.4)
    R.print_whole(page, issue, reply, Rect(inner.x0, foot, inner.x1, inner.y1), rspec)
    y += need + GAP
    g.across(y - GAP / 2)
    # A feature round its picture, beside it a doctor's column in a frame.
    noodle = R.piece(f, "noodle")
    spec = R.Spec(4, R.deck_style(40, "kai", "song", small=0.42), head="part", head_cols=3,
                  byline="head", body=BODY)  # fmt: skip
    high = 172.0
    first, last = g.xs[1] - g.xs[0], g.xs[2] + g.col - g.xs[0]

    def foot_picture(r: Rect) -> tuple[Rect, ...]:
        return (Rect(r.x0 + first, r.y1 - high - 8, r.x0 + last, r.y1),)

    health = R.piece(f, "health")
    hspec = R.Spec(
        2, R.deck_style(20, "hei-bold", stretch=0.95), byline="head", body=BODY, gutter=14
    )
    need = max(
        R.natural_height(noodle, g.wide(4), spec, foot_picture),
        R.natural_height(health, g.wide(2) - 24, hspec) + 26,
    )
    rect = g.at(0, 4, y, y + need + 4)
    hole = foot_picture(rect)[0]
    entry = R.print_whole(page, issue, noodle, rect, spec, (hole,))
    place = Rect(hole.x0, hole.y0 + 8, hole.x1, hole.y1)
    _picture(issue, page, place, f, "noodle_photo", 91, entry, beside=74.0)
    side = g.at(4, 2, y, y + need + 4)
    page.box(side, stroke=(0.35, 0.35, 0.35), width=1.6, radius=8.0)
    R.print_whole(page, issue, health, side.grow(-12, -12), hspec)
    y += need + 4 + GAP
    g.across(y - GAP / 2)
    old = R.piece(f, "oldbridge")
    spec = R.Spec(2, R.deck_style(25, "song-bold", tracking=0.12), body=BODY)
    R.print_whole(page, issue, old, g.at(0, 2, y, a.y1), spec)
    bottom = _notice(issue, page, g.at(2, 2, y, a.y1), R.texts(f)["notice"])
    _advert(issue, page, g.at(2, 2, bottom + GAP, a.y1), R.texts(f)["ad_phone"]["lines"])
    _advert(issue, page, g.at(4, 2, y, a.y1), R.texts(f)["ad_house"]["lines"])
    return issue, pages
