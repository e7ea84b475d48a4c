"""A random article set in a rectangle: heading, columns, pictures, byline, jump."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from digitise.model import Rect

from . import heads as H
from . import texts as T
from . import words as W
from .canvas import PageDraft
from .desk import Desk, Jump, NoRoom
from .filling import draw_tail, fill_story, sentences_for, sentences_of, total_sentences, trimmed
from .flow import BodyStyle, Segment, capacity, cut_for_jump, draw_body
from .headings import heading
from .look import Look
from .photos import columns_of, cut_columns, draw_picture, picture_place
from .story import Deck, Entry, Item, Para, Sub


def byline_text(rng: random.Random, look: Look, tail: bool) -> str:
    who = T.name(rng)
    base = rng.choice(
        (
            f"本报记者 {who}",
            f"本报记者 {who} 通讯员 {T.name(rng)}",
            f"通讯员 {who} {T.name(rng)}",
            f"本报记者 {who} {T.name(rng)} 实习生 {T.name(rng)}",
            f"本报记者 {who} 本报通讯员 {T.name(rng)} {T.name(rng)}",
            who,
            f"{T.name(rng)} {who}",
            f"记者 {who} 报道",
            f"本报首席记者 {who} 文/图",
            f"本报驻{rng.choice(W.CITIES)}记者 {who}",
        )
    )
    if tail:
        return rng.choice((base, f"（{base}）", base, f"（{who}）"))
    if look.byline == "square":
        return "□" + base
    if look.byline == "colon":
        return rng.choice(("■ ", "◎", "●")) + base
    return base


def body_style(rng: random.Random, look: Look, special: float = 0.12) -> BodyStyle:
    size, leading, setting = look.size, look.leading, look.setting
    if rng.random() < special:
        setting = replace(setting, font=rng.choice(("kai", "hei")))
    if rng.random() < special:
        size = min(11.0, size + 1)
        leading = size * rng.uniform(1.35, 1.6)
    return BodyStyle(
        size, leading, setting, look.subfont, rng.choice((1.0, 1.0, 1.1, 1.25)),
        rng.random() < 0.7,
    )  # fmt: skip


def article(
    desk: Desk,
    page: PageDraft,
    rect: Rect,
    n_cols: int,
    *,
    holes: Sequence[Rect] = (),
    jump: tuple[str, str, int] | None = None,
    resume: Jump | None = None,
    pictures: bool = True,
    small: bool = False,
) -> None:
    """Set a fresh story in `rect`, or go on with `resume`; `holes` are parts of it not to use."""
    rng, look = desk.rng, desk.look
    c = resume.copy if resume else T.brief_for(rng)
    c.wide = look.fullwidth_digits
    style = body_style(rng, look)
    gutter = look.gutter
    xs, width = columns_of(rect, n_cols, gutter)
    while width < style.size * 8 and n_cols > 1:
        n_cols -= 1
        xs, width = columns_of(rect, n_cols, gutter)
    entry = resume.entry if resume else desk.issue.entry("article")
    free_top = all(h.y0 > rect.y0 + 90 for h in holes)
    head_rect, blocks, body_top, deck, width = heading(
        desk, page, entry, rect, xs, width, c, resume, free_top, holes, small
    )
    n_cols = len(xs)
    holes = [*holes, *blocks]
    byline = byline_text(rng, look, False)
    tail = ""
    mode = rng.choice(("head", "head", "first", "tail", "tail", "tail", "none"))
    if resume:
        mode, tail = "none", resume.tail_byline
    elif mode == "tail":
        tail = byline_text(rng, look, True)
    y = body_top
    if mode == "head" and head_rect is not None:
        s = H.HeadStyle(rng.choice(("kai", "hei", "song")), look.size, 1.0, 0.0)
        wide = H.line_width(byline, s)
        if wide < head_rect.width:
            x = head_rect.x0 + (head_rect.width - wide) * rng.choice((0.5, 0.5, 1.0, 0.0))
            region = entry.add(page.number, page.region("byline"))
            region.lines.append(H.draw_across_line(page, byline, s, x, head_rect.y1 + 3))
            entry.byline = byline
            drop = look.size + 8
            if blocks:
                holes = [
                    *holes[:-1],
                    Rect(head_rect.x0, rect.y0, head_rect.x1, holes[-1].y1 + drop),
                ]
            else:
                y += drop
    pic: Rect | None = None
    body_h = rect.y1 - y
    if pictures and rng.random() < 0.55 and body_h > 150 and n_cols >= 2:
        pic = picture_place(rng, xs, width, y, rect.y1, holes)
        if pic is not None:
            holes = [*holes, pic.grow(0, look.leading * 0.5)]
    segments = cut_columns(xs, width, y, rect.y1, holes, style)
    if capacity(segments, style) < 4:
        raise NoRoom("too few lines")
    first_byline = mode == "first" and H.line_width(byline, H.HeadStyle("kai", look.size)) < width
    if first_byline:
        s = H.HeadStyle(rng.choice(("kai", "hei-bold")), look.size)
        wide = H.line_width(byline, s)
        if wide < width:
            seg = segments[0]
            x = seg.x + rng.choice((0.5, 0.0, 0.5)) * (width - wide)
            region = entry.add(page.number, page.region("byline"))
            region.lines.append(H.draw_across_line(page, byline, s, x, seg.y0))
            entry.byline = byline
            segments[0] = Segment(seg.x, seg.y0 + 2 * style.leading, seg.y1)
    hair = n_cols > 1 and rng.random() < 0.25
    chars = int(capacity(segments, style) * width / style.size)
    if resume:
        _resume(desk, page, resume, segments, width, style, chars, jump)
    else:
        _fresh(desk, page, entry, c, segments, width, style, chars, tail, jump, deck)
    if hair and not holes:
        for x in xs[1:]:
            page.rule(x - gutter / 2, y, x - gutter / 2, rect.y1, 0.3)
    if pic is not None:
        draw_picture(page, entry, pic, c, look, rng.random() < 0.85, rng.random() < 0.15)


def _dateline(c: T.Copy) -> str:
    rng = c.rng
    roll = rng.random()
    if roll < 0.35:
        return "本报讯 "
    if roll < 0.5:
        return f"本报{c.county}{rng.randint(1, 12)}月{rng.randint(1, 28)}日电 "
    if roll < 0.6:
        return f"本报讯（记者 {T.name(rng)}）"
    return ""


def _fresh(
    desk: Desk,
    page: PageDraft,
    entry: Entry,
    c: T.Copy,
    segments: list[Segment],
    width: float,
    style: BodyStyle,
    chars: int,
    tail: str,
    jump: tuple[str, str, int] | None,
    deck: Deck,
) -> None:
    rng = desk.rng
    subs = chars > 700 and rng.random() < 0.6
    need = chars * (4 if jump else 1) + (1600 if jump else 120)
    source = sentences_for(c, need, subs)
    lead = _dateline(c)
    if lead and isinstance(source[0], list) and not source[0][0].startswith("“"):
        source[0][0] = lead + source[0][0]
    if jump:
        items = trimmed(source, total_sentences(source))
        placed, rest = cut_for_jump(items, width, segments, style, jump[0])
        draw_body(page, entry, placed, width, style)
        done = len(items) - len(rest)
        for item in items[:done]:
            entry.paragraphs.append(item.text if isinstance(item, Para) else " ".join(item.lines))
        first = rest[0] if rest else None
        if isinstance(first, Para) and first.run_on:
            whole = items[done]
            assert isinstance(whole, Para)
            entry.paragraphs.append(whole.text)
        desk.jumps.append(
            Jump(
                entry,
                c,
                rest,
                deck,
                page.number,
                jump[2],
                jump[0],
                jump[1],
                tail if rng.random() < 0.5 else "",
            )
        )
        return
    items, placed, same = fill_story(
        source, width, segments, style, tail, fillers=[T.sentence(c) for _ in range(7)]
    )
    draw_body(page, entry, placed, width, style)
    if tail:
        draw_tail(page, entry, tail, placed, same, width, style, segments)
    for item in items:
        entry.paragraphs.append(item.text if isinstance(item, Para) else " ".join(item.lines))


def _resume(
    desk: Desk,
    page: PageDraft,
    jump: Jump,
    segments: list[Segment],
    width: float,
    style: BodyStyle,
    chars: int,
    onward: tuple[str, str, int] | None = None,
) -> None:
    """The other end of a jump: marker, then the rest of the story cut to the place, or as much
    of it as goes before an `onward` jump to a third page."""
    rng = desk.rng
    rest = list(jump.rest)
    entry = jump.entry
    first = rest[0]
    own_line = rng.random() < 0.4 or isinstance(first, Sub)
    mid = isinstance(first, Para) and first.run_on
    inline = "" if own_line else jump.back_marker
    if own_line:
        seg = segments[0]
        s = H.HeadStyle(rng.choice(("kai", "hei-bold", "song")), style.size)
        region = entry.add(page.number, page.region("body"))
        region.lines.append(H.draw_across_line(page, jump.back_marker, s, seg.x, seg.y0))
        segments[0] = Segment(seg.x, seg.y0 + style.leading, seg.y1)
    # The story is cut to the place: all its sentences were written longer than any place.
    head: list[Item] = []
    if isinstance(first, Para):
        head = [
            Para(inline + first.text, run_on=first.run_on or bool(inline and rng.random() < 0.5))
        ]
        rest = rest[1:]
    source: list[list[str] | Sub] = [
        item if isinstance(item, Sub) else sentences_of(item.text) for item in rest
    ]
    need = chars * 2 + 1600 if onward else chars
    while need > sum(len("".join(p)) for p in source if not isinstance(p, Sub)):
        source.append(T.paragraph(jump.copy))
    if onward:
        items = [*head, *trimmed(source, total_sentences(source))]
        placed, after = cut_for_jump(items, width, segments, style, onward[0])
        draw_body(page, entry, placed, width, style)
        done = len(items) - len(after)
        kept = items[: done + bool(after and isinstance(after[0], Para) and after[0].run_on)]
        _say(entry, kept, bool(head) and mid, len(inline) if head else 0)
        _arrived(jump, page)
        desk.jumps.append(
            Jump(
                entry, jump.copy, after, jump.deck, page.number, onward[2], onward[0], onward[1],
                jump.tail_byline, middle=True,
            )
        )  # fmt: skip
        return
    items, placed, same = fill_story(
        source, width, segments, style, jump.tail_byline, head,
        [T.sentence(jump.copy) for _ in range(7)],
    )  # fmt: skip
    draw_body(page, entry, placed, width, style)
    if jump.tail_byline:
        draw_tail(page, entry, jump.tail_byline, placed, same, width, style, segments)
    _say(entry, items, bool(head) and mid, len(inline) if head else 0)
    _arrived(jump, page)


def _say(entry: Entry, items: Sequence[Item], mid: bool, marker: int) -> None:
    """Paragraphs of a resumed story; the first is left out when it was begun (`mid`), else the
    `marker` characters at its beginning are no part of it."""
    for n, item in enumerate(items):
        if n == 0 and mid:
            continue
        text = item.text if isinstance(item, Para) else " ".join(item.lines)
        entry.paragraphs.append(text[marker:] if n == 0 else text)


def _arrived(jump: Jump, page: PageDraft) -> None:
    jump.done = True
    jump.entry.continuations.append(
        {
            "from_page": f"p{jump.from_page:04d}",
            "to_page": f"p{page.number:04d}",
            "marker": jump.marker,
            "back_marker": jump.back_marker,
            "status": "verified",
        }
    )
