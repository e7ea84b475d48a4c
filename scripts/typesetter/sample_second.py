"""The sample newspaper's issue of Tuesday, 17 March 2026."""

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


def second_issue() -> tuple[IssueDraft, list[PageDraft]]:
    """Issue 5108 of Tuesday, 17 March 2026."""
    day = date(2026, 3, 17)
    issue, pages = new_issue("lanjiang-2026-03-17", day, 5108)
    f = "second"
    page = pages[0]
    page_head(issue, page, day, 4)
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
    picture(issue, page, pic, f, "orange_photo", 33, orange.entry)
    g.down(5, a.y0, a.y0 + lead_h)
    group(issue, page, g.at(5, 1, a.y0, a.y0 + lead_h), "一句话新闻", f,
           ["side_bus", "side_tree", "side_oven", "side_call"], 3, True)  # fmt: skip
    y = a.y0 + lead_h + GAP
    g.across(y - GAP / 2, width=1.0)
    spec = R.Spec(3, R.deck_style(44, "song-bold", "kai", small=0.4), head="left", body=BODY,
                  byline="first", centre_down=True)  # fmt: skip
    library = R.print_start(
        page, issue, R.piece(f, "library"), g.at(0, 4, y, y + 225), spec, "（紧接2版）"
    )
    y2 = y + 225 + GAP
    g.across(y2 - GAP / 2, 0, 4)
    strip = 138.0
    spec = R.Spec(4, R.deck_style(27, "song-bold"), byline="head", body=BODY)
    rect = g.at(0, 4, y2, a.y1 - strip - GAP)
    pic = Rect(g.xs[1], rect.y1 - 165, g.xs[2] + g.col, rect.y1)
    entry = R.print_whole(page, issue, R.piece(f, "factory"), rect, spec, (pic.grow(0, 6),))
    picture(issue, page, pic, f, "oven_photo", 55, entry)
    index(issue, page, g.at(0, 2, a.y1 - strip, a.y1), R.texts(f)["index"])
    cells(issue, page, g.at(2, 2, a.y1 - strip, a.y1), R.texts(f)["prices"])
    spec = R.Spec(
        2, R.deck_style(38, "kai", "song", tracking=0.6, small=0.38), byline="tail", body=BODY
    )
    heron = R.piece(f, "heron")
    g.down(4, y, a.y1)
    need = R.natural_height(heron, g.wide(2), spec)
    picture_h = a.y1 - y - need - 14
    egret = g.at(4, 2, y, y + picture_h)
    entry = R.print_whole(page, issue, heron, g.at(4, 2, y + picture_h + 10, a.y1), spec)
    picture(issue, page, egret, f, "egret_photo", 8, entry)

    page = pages[1]
    page_head(issue, page, day, 9)
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
    picture(issue, page, place, f, "noodle_photo", 91, entry, beside=74.0)
    side = g.at(4, 2, y, y + need + 4)
    page.box(side, stroke=(0.35, 0.35, 0.35), width=1.6, radius=8.0)
    R.print_whole(page, issue, health, side.grow(-12, -12), hspec)
    y += need + 4 + GAP
    g.across(y - GAP / 2)
    old = R.piece(f, "oldbridge")
    spec = R.Spec(2, R.deck_style(25, "song-bold", tracking=0.12), body=BODY)
    R.print_whole(page, issue, old, g.at(0, 2, y, a.y1), spec)
    bottom = notice(issue, page, g.at(2, 2, y, a.y1), R.texts(f)["notice"])
    advert(issue, page, g.at(2, 2, bottom + GAP, a.y1), R.texts(f)["ad_phone"]["lines"])
    advert(issue, page, g.at(4, 2, y, a.y1), R.texts(f)["ad_house"]["lines"])
    return issue, pages
