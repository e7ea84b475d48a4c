"""Random headings: their words, their type, and where they stand over or beside the body."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from digitise.model import Rect

from . import heads as H
from . import texts as T
from .canvas import BLACK, PageDraft
from .desk import Desk, Jump, NoRoom
from .look import Look
from .photos import columns_of
from .story import Deck, Entry


def pick_sizes(rng: random.Random, look: Look, width: float, area: float) -> float:
    """Main headline size in points for a story of this width and area."""
    page = look.width * look.height
    weight = (area / page) ** 0.5
    top = 16 + 95 * weight * rng.uniform(0.65, 1.15)
    return float(max(14.0, min(top, 84.0, width / 4.2)))


def make_deck(
    c: T.Copy, width: float, size: float, vertical: bool = False
) -> tuple[Deck, H.DeckStyle]:
    """Heading texts that suit `width` points at a main size of `size`."""
    rng = c.rng
    room = width / (size * (1.06 if vertical else 1.0))
    two = room < 8 or (rng.random() < 0.28 and room < 16)
    high = max(4, int(room * 0.97))
    high = min(high, 20)
    low = max(3, int(high * 0.55))
    main = tuple(T.headline(c, low, high) for _ in range(2 if two else 1))
    kicker: tuple[str, ...] = ()
    sub: tuple[str, ...] = ()
    small_room = int(width / (size * 0.5))
    if rng.random() < 0.35 and size > 18:
        kicker = (T.headline(c, 5, max(6, min(22, small_room - 2))),)
    if rng.random() < 0.42 and size > 18:
        n = 2 if rng.random() < 0.3 else 1
        sub = tuple(T.headline(c, 6, max(7, min(24, small_room - 3))) for _ in range(n))
        if rng.random() < 0.45:
            sub = ("——" + sub[0], *sub[1:])
    font = rng.choice(("song-bold", "hei-bold", "song-bold", "hei", "kai", "song"))
    soft = rng.choice(("song", "kai", "hei", "hei"))
    align = rng.choice(("centre", "centre", "centre", "left"))
    tracking = 0.0
    longest = max(len(m) for m in main)
    if longest < room * 0.6:
        tracking = min(1.6, (room / longest - 1) * rng.uniform(0.3, 0.95))
    elif rng.random() < 0.2:
        tracking = 0.08
    red = (0.78, 0.08, 0.1)
    ink = red if rng.random() < 0.06 else BLACK
    style = H.DeckStyle(
        H.HeadStyle(font, size, rng.choice((1.0, 1.0, 1.0, 0.9, 1.12)), tracking, align, ink),
        H.HeadStyle(soft, max(11, size * rng.uniform(0.4, 0.55)), 1.0, 0.0, align),
        H.HeadStyle(
            soft,
            max(11, size * rng.uniform(0.38, 0.5)),
            1.0,
            0.0,
            "indent" if align == "left" else align,
        ),
        rng.uniform(0.3, 0.5),
    )
    return Deck(main, kicker, sub), style


def heading(
    desk: Desk,
    page: PageDraft,
    entry: Entry,
    rect: Rect,
    xs: list[float],
    width: float,
    c: T.Copy,
    resume: Jump | None,
    free_top: bool,
    holes: Sequence[Rect],
    small: bool,
) -> tuple[Rect | None, list[Rect], float, Deck, float]:
    """Draw the heading: (where it stands, the holes it makes, top of the body, deck, column width).

    A vertical heading takes a strip off the side: then `xs` is changed to the columns left.
    """
    rng, look = desk.rng, desk.look
    n = len(xs)
    size = pick_sizes(rng, look, rect.width, rect.area)
    if small:
        size = min(size, 22.0)
    where = "top"
    roll = rng.random()
    tall = rect.height > 200
    if resume:
        kind = rng.choice(("none", "same", "short", "other"))
        if kind == "none":
            return None, [], rect.y0, resume.deck, width
    if not free_top:
        top = [
            x
            for x in xs
            if not any(h.x0 < x + width and h.x1 > x and h.y0 < rect.y0 + 90 for h in holes)
        ]
        if not top or top[0] != xs[0]:
            raise NoRoom("no place for a heading")
        span = Rect(rect.x0, rect.y0, top[-1] + width, rect.y1)
        where = "part"
    elif roll < 0.22 and n >= 3 and rect.height > 160:
        k = rng.randint(2, n - 1)
        span = Rect(rect.x0, rect.y0, xs[k - 1] + width, rect.y1)
        where = "part"
    elif roll < 0.36 and tall and n >= 2 and not resume and not holes:
        where = rng.choice(("left", "right"))
        span = rect
    elif roll < 0.42 and n >= 4 and tall and not holes:
        k = rng.randint(2, n - 2)
        first = rng.randint(1, n - k - 1) if n - k - 1 >= 1 else 1
        span = Rect(xs[first], rect.y0, xs[first + k - 1] + width, rect.y1)
        where = "middle"
    else:
        span = rect
    if where in ("left", "right"):
        return _vertical(desk, page, entry, rect, xs, width, c, where, size)
    size = min(size, span.width / 4)
    if resume:
        deck, style = make_deck(c, span.width, min(size, 30))
        main = resume.deck.main
        if kind == "short" and len(main[0]) > 6:
            cut = main[0].split(" ")[0]
            main = (
                cut
                if len(cut) < len(main[0]) and len(cut) >= 3
                else main[0][: len(main[0]) * 2 // 3],
            )
        elif kind == "other":
            main = deck.main[:1]
        deck = Deck(main)
    else:
        deck, style = make_deck(c, span.width, size)
        entry.heading(deck)
    lines = [H.shrink(line, span.width) for line in H.head_lines(deck, style)]
    height = H.height_across(lines, style.gap)
    if height > rect.height * 0.55:
        raise NoRoom("the heading is too tall")
    boxed = Rect(span.x0, span.y0, span.x1, span.y0 + height)
    band_top = 0.0
    if not resume and where == "top" and rng.random() < 0.05:
        band = boxed.grow(0, 5)
        boxed = boxed.shift(0, 6)
        band_top = boxed.y1 + 5
        if rng.random() < 0.5:
            page.box(Rect(band.x0, rect.y0, band.x1, band_top), fill=(0.87, 0.87, 0.87))
        else:
            page.box(Rect(band.x0, rect.y0, band.x1, band_top), fill=(0.15, 0.15, 0.15))
            white = (1.0, 1.0, 1.0)
            lines = [H.HeadLine(n.kind, n.text, replace(n.style, colour=white)) for n in lines]
    H.draw_across(page, entry, lines, boxed, style.gap)
    if band_top:
        boxed = Rect(boxed.x0, boxed.y0, boxed.x1, band_top + 2)
    below = boxed.y1 + max(7.0, look.leading * 0.8)
    if where == "top":
        return boxed, [], below, deck, width
    hole = Rect(span.x0, rect.y0, span.x1, below)
    return boxed, [hole], rect.y0, deck, width


def _vertical(
    desk: Desk,
    page: PageDraft,
    entry: Entry,
    rect: Rect,
    xs: list[float],
    width: float,
    c: T.Copy,
    side: str,
    size: float,
) -> tuple[Rect | None, list[Rect], float, Deck, float]:
    """A heading down one side, taking the place of a column or part of one."""
    rng, look = desk.rng, desk.look
    strip = rect.height < 420 or rng.random() < 0.35
    size = min(size, 64.0 if strip else width * 0.42)
    long = rect.height if strip else rect.height * rng.uniform(0.4, 0.75)
    deck, style = make_deck(c, long, size, vertical=True)
    deck = Deck(tuple(_vertical_text(t) for t in deck.main),
                tuple(_vertical_text(t) for t in deck.kicker),
                tuple(_vertical_text(t) for t in deck.sub[:1]))  # fmt: skip
    lines = []
    for line in H.head_lines(deck, style):
        s = replace(line.style, stretch=1.0)
        if H.down_length(line.text, s) > long:
            s = replace(s, tracking=0.0)
            s = replace(s, size=s.size * min(1.0, long / H.down_length(line.text, s)))
        lines.append(H.HeadLine(line.kind, line.text, s))
    wide = H.width_down(lines, style.gap)
    if wide > (rect.width * 0.4 if strip else width):
        raise NoRoom("the vertical heading is too wide")
    if strip:
        x0 = rect.x0 if side == "left" else rect.x1 - wide
        room = rect.width - wide - look.gutter * 1.2
        if room < look.size * 9:
            raise NoRoom("the vertical heading leaves no column")
        start = rect.x1 - room if side == "left" else rect.x0
        n = max(1, round(room / (width + look.gutter)))
        fresh, new_width = columns_of(Rect(start, rect.y0, start + room, rect.y1), n, look.gutter)
        xs[:] = fresh
        holes = []
    else:
        new_width = width
        column = xs[0] if side == "left" else xs[-1]
        x0 = column + (width - wide) / 2
        holes = [Rect(column, rect.y0, column + width, rect.y0 + long + look.leading)]
    box = Rect(x0, rect.y0, x0 + wide, rect.y0 + long)
    H.draw_down(page, entry, lines, box, style.gap, rng.random() < 0.5)
    shown = [tuple("".join(H.VERTICAL.get(ch, ch) for ch in t) for t in part)
             for part in (deck.main, deck.kicker, deck.sub)]  # fmt: skip
    entry.heading(Deck(*shown))
    return None, holes, rect.y0, deck, new_width


def _vertical_text(text: str) -> str:
    """Digits and Latin letters have no place in a vertical heading."""
    kept = "".join("十" if ch.isascii() and ch.isdigit() else ch for ch in text)
    kept = "".join(ch for ch in kept if not ch.isascii() or ch == " ")
    while "十十" in kept:
        kept = kept.replace("十十", "十")
    return kept.strip() or "新篇"
