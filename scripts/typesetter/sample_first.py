"""The sample newspaper's issue of Friday, 13 March 2026."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from digitise.model import Rect

from . import boxes as B
from . import written as R
from .canvas import BLACK, PageDraft
from .desk import Desk
from .sample_kit import (
    BODY,
    GAP,
    KAI,
    LOOK,
    Sheet,
    advert,
    cells,
    group,
    index,
    new_issue,
    notice,
    page_head,
    picture,
)
from .story import Deck, IssueDraft


def first_issue() -> tuple[IssueDraft, list[PageDraft]]:
    """Issue 5107 of Friday, 13 March 2026."""
    day = date(2026, 3, 13)
    issue, pages = new_issue("lanjiang-2026-03-13", day, 5107)
    f = "first"
    page = pages[0]
    page_head(issue, page, day, 11)
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
    picture(issue, page, pic, f, "loomphoto", 5, looms.entry)
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
    picture(issue, page, g.at(0, 2, y, a.y1), f, "spring", 21)
    spec = R.Spec(2, R.deck_style(24, "song-bold"), byline="none", body=BODY)
    R.print_whole(page, issue, R.piece(f, "bridge"), g.at(2, 2, y, a.y1), spec)
    # The right-hand columns: a story with a vertical heading.
    ferry = R.piece(f, "ferry")
    spec = R.Spec(
        2, R.deck_style(40, "kai", "song", small=0.42), head="right", head_long=330.0,
        byline="tail", body=BODY,
    )  # fmt: skip
    ferry_h = R.natural_height(ferry, g.wide(2), spec)
    g.down(4, a.y0, a.y1)
    R.print_whole(page, issue, ferry, g.at(4, 2, a.y0, a.y0 + ferry_h + 4), spec)
    y = a.y0 + ferry_h + 4 + GAP
    index(issue, page, g.at(4, 2, y, y + 108), R.texts(f)["index"])
    group(issue, page, g.at(4, 2, y + 108 + GAP, a.y1), "基层短波", f,
           ["short_school", "short_clinic", "short_books"], 0, True)  # fmt: skip

    page = pages[1]
    page_head(issue, page, day, 3)
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
    advert(issue, page, g.at(0, 4, ad_top, a.y1), R.texts(f)["ad_tea"]["lines"])
    edge = notice(issue, page, g.at(4, 2, y0, a.y1), R.texts(f)["notice"])
    edge = cells(issue, page, g.at(4, 2, edge + GAP, a.y1), R.texts(f)["weather"])
    edge = notice(issue, page, g.at(4, 2, edge + GAP, a.y1), R.texts(f)["lost"])
    g.down(4, y0, a.y1)
    edge += GAP
    picture(issue, page, g.at(4, 2, edge, edge + 250), f, "market", 13)
    advert(issue, page, g.at(4, 2, edge + 250 + GAP, a.y1), R.texts(f)["ad_school"]["lines"], True)
    return issue, pages
