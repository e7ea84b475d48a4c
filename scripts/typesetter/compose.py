"""A random article set in a rectangle: heading, columns, pictures, byline, jump."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from digitise.model import Rect

from . import heads as H
from . import texts as T
from .canvas import PageDraft, Printed
from .flow import (
    BodyStyle,
    Placed,
    Segment,
    capacity,
    cut_for_jump,
    draw_body,
    draw_line,
    pour,
    rows_of,
    slots_of,
)
from .linebreak import Setting, natural_width, set_paragraph
from .look import Look
from .pictures import drawing, photo
from .story import Deck, Entry, IssueDraft, Item, Para, Sub


class NoRoom(Exception):
    """A story cannot be set in the place it was given."""


@dataclass(slots=True)
class Jump:
    """A story on its way to another page."""

    entry: Entry
    copy: T.Copy
    rest: list[Item]
    deck: Deck
    from_page: int
    marker: str
    back_marker: str
    tail_byline: str
    done: bool = False


@dataclass(slots=True)
class Desk:
    """All that setting one issue needs at hand."""

    rng: random.Random
    look: Look
    issue: IssueDraft
    jumps: list[Jump] = field(default_factory=list)


def sentences_for(c: T.Copy, chars: int, subheads: bool) -> list[list[str] | Sub]:
    """Paragraphs as lists of sentences, about `chars` characters or more in all."""
    out: list[list[str] | Sub] = []
    total = 0
    since = 0
    while total < chars:
        if subheads and since > 260 and c.rng.random() < 0.5:
            out.append(Sub(subhead(c)))
            since = 0
        para = T.paragraph(c, first=not out)
        size = sum(map(len, para))
        total += size
        since += size
        out.append(para)
    return out


def subhead(c: T.Copy) -> tuple[str, ...]:
    lines = 2 if c.rng.random() < 0.35 else 1
    return tuple(T.headline(c, 4, 11) for _ in range(lines))


def trimmed(source: Sequence[list[str] | Sub], count: int) -> list[Item]:
    """The story cut after its first `count` sentences."""
    out: list[Item] = []
    left = count
    for part in source:
        if isinstance(part, Sub):
            if left > 0:
                out.append(part)
            continue
        if left <= 0:
            break
        out.append(Para("".join(part[:left])))
        left -= len(part)
    while out and isinstance(out[-1], Sub):
        out.pop()
    return out


def total_sentences(source: Sequence[list[str] | Sub]) -> int:
    return sum(len(p) for p in source if not isinstance(p, Sub))


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
        )
    )
    if tail:
        return rng.choice((base, f"（{base}）", base, f"（{who}）"))
    if look.byline == "square":
        return "□" + base
    if look.byline == "colon":
        return "■ " + base
    return base


def fit_tail(
    placed: list[Placed], free: int, byline: str, measure: float, style: BodyStyle
) -> tuple[bool, bool]:
    """(does the byline fit, on the last line itself)."""
    if not byline:
        return True, False
    need = natural_width(byline, style.setting.font)
    last = placed[-1].row.line
    if need > measure:
        return False, False
    if measure - last.right >= need + 1.0:
        return True, True
    return free >= 1, False


def fill_story(
    source: Sequence[list[str] | Sub],
    width: float,
    segments: Sequence[Segment],
    style: BodyStyle,
    byline: str,
    head: Sequence[Item] = (),
) -> tuple[list[Item], list[Placed], bool]:
    """As many sentences as fit: (items, placed rows, byline on the last line)."""
    measure = width / style.size

    def attempt(count: int) -> tuple[list[Item], list[Placed], bool] | None:
        items = [*head, *trimmed(source, count)]
        if not items:
            return None
        rows = rows_of(items, width, style)
        placed, done, free = pour(rows, segments, style)
        if done < len(rows):
            return None
        fits, same = fit_tail(placed, free, byline, measure, style)
        return (items, placed, same) if fits else None

    low, high = 0 if head else 1, total_sentences(source)
    best = attempt(low)
    if best is None:
        raise NoRoom("not even a sentence fits")
    while low < high:
        mid = (low + high + 1) // 2
        made = attempt(mid)
        if made is None:
            high = mid - 1
        else:
            low, best = mid, made
    return best


def draw_tail(
    page: PageDraft,
    entry: Entry,
    byline: str,
    placed: Sequence[Placed],
    same: bool,
    width: float,
    style: BodyStyle,
    segments: Sequence[Segment],
) -> None:
    """The byline at the end of the body, flush right."""
    last = placed[-1]
    font = "kai" if style.setting.font == "song" else style.setting.font
    size = style.size
    need = natural_width(byline, font) * size
    x, y = last.x, last.y
    if not same:
        y += style.leading
        if y + size > segments[last.segment].y1 + 0.5:
            nxt = segments[last.segment + 1]
            x, y = nxt.x, nxt.y0
    region = entry.add(page.number, page.region("byline"))
    s = H.HeadStyle(font, size)
    del need
    wide = H.line_width(byline, s)
    region.lines.append(H.draw_across_line(page, byline, s, x + width - wide, y))
    entry.byline = f"{entry.byline} {byline}".strip()


def make_caption(c: T.Copy) -> str:
    rng = c.rng
    body = rng.choice(
        (
            "图为{people}在{place}参加{other}活动。",
            "{time}，{people}在{village}{verb}{other}。",
            "{month}月{day}日，{county}{place}，{other}{quality}，{idiom}。",
            "上图：{firm}的{other}车间一角。",
            "{people}{who}（右一）向来访者介绍{other}。",
            "航拍{village}的{other}，{idiom}。{org2}将在年内再{verb}{small}处，惠及{people}{n}人。",
        )
    )
    return T.fill(body, c)


def credit(rng: random.Random) -> str:
    who = T.name(rng)
    return rng.choice((f"{who} 摄", f"本报记者 {who} 摄", f"通讯员 {who} 摄", f"（{who} 摄）", f"{who}/摄"))


def draw_picture(
    page: PageDraft,
    entry: Entry,
    rect: Rect,
    c: T.Copy,
    look: Look,
    with_caption: bool,
    drawn: bool = False,
) -> None:
    """A picture filling `rect` with its caption set below, inside `rect`."""
    rng = c.rng
    size = look.size * rng.choice((0.88, 0.95, 1.0))
    font = rng.choice(("kai", "hei", "song"))
    leading = size * 1.28
    bottom = rect.y1
    lines: list[tuple[str, list[Printed]]] = []
    del lines
    caption_lines = []
    text = ""
    if with_caption:
        text = make_caption(c)
        cred = credit(rng) if rng.random() < 0.85 else ""
        text = f"{text}{cred}" if rng.random() < 0.6 or not cred else f"{text} {cred}"
        indent = rng.choice((0.0, 2.0))
        caption_lines = set_paragraph(text, rect.width / size, Setting(font=font), indent)
        bottom = rect.y1 - len(caption_lines) * leading - 2
        if bottom - rect.y0 < 40:
            raise NoRoom("the caption leaves no picture")
    frame = Rect(rect.x0, rect.y0, rect.x1, bottom)
    px = (max(60, int(frame.width * 110 / 72)), max(40, int(frame.height * 110 / 72)))
    from .canvas import ImageOp

    data = drawing(rng.randrange(1 << 30), *px) if drawn else photo(
        rng.randrange(1 << 30), *px, colour=rng.random() < 0.35
    )
    page.ops.append(ImageOp(frame, data))
    if rng.random() < 0.3:
        page.box(frame, stroke=(0.0, 0.0, 0.0), width=0.4)
    page.claim(frame, "picture")
    picture = entry.add(page.number, page.region("picture"))
    picture.rect = frame
    if caption_lines:
        region = entry.add(page.number, page.region("caption"))
        y = bottom + 3 + (leading - size) / 2
        for n, line in enumerate(caption_lines):
            if len(caption_lines) == 1 and rng.random() < 0.4:
                x = rect.x0 + (rect.width - (line.right + line.left) * size) / 2
            else:
                x = rect.x0
            region.lines.append(draw_line(page, line, x, y + n * leading, size, font))
        entry.captions.append(text)


def columns_of(rect: Rect, n: int, gutter: float) -> tuple[list[float], float]:
    width = (rect.width - gutter * (n - 1)) / n
    return [rect.x0 + k * (width + gutter) for k in range(n)], width


def cut_columns(
    xs: Sequence[float], width: float, y0: float, y1: float, holes: Sequence[Rect], style: BodyStyle
) -> list[Segment]:
    """The pieces of the columns that the holes leave, each column from top to bottom."""
    out: list[Segment] = []
    for x in xs:
        spans = [(y0, y1)]
        for hole in holes:
            if hole.x1 <= x + 1 or hole.x0 >= x + width - 1:
                continue
            nxt: list[tuple[float, float]] = []
            for a, b in spans:
                if hole.y1 <= a or hole.y0 >= b:
                    nxt.append((a, b))
                    continue
                if hole.y0 - a > style.leading * 3:
                    nxt.append((a, hole.y0))
                if b - hole.y1 > style.leading * 3:
                    nxt.append((hole.y1, b))
            spans = nxt
        for a, b in spans:
            # Snap to the grid that all columns of the story share.
            steps = max(0, -int(-(a - y0) // style.leading))
            out.append(Segment(x, y0 + steps * style.leading, b))
    return [s for s in out if slots_of(s, style) >= 2]


def pick_sizes(rng: random.Random, look: Look, width: float, area: float) -> float:
    """Main headline size in points for a story of this width and area."""
    page = look.width * look.height
    weight = (area / page) ** 0.5
    top = 16 + 95 * weight * rng.uniform(0.65, 1.15)
    return max(14.0, min(top, 84.0, width / 4.2))


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
    style = H.DeckStyle(
        H.HeadStyle(font, size, rng.choice((1.0, 1.0, 1.0, 0.9, 1.12)), tracking, align),
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
    jump: tuple[str, str] | None = None,
    resume: Jump | None = None,
    pictures: bool = True,
    small: bool = False,
) -> None:
    """Set a fresh story in `rect`, or go on with `resume`; `holes` are parts of it not to use."""
    rng, look = desk.rng, desk.look
    c = resume.copy if resume else T.brief_for(rng)
    style = body_style(rng, look)
    gutter = look.gutter
    xs, width = columns_of(rect, n_cols, gutter)
    while width < style.size * 8 and n_cols > 1:
        n_cols -= 1
        xs, width = columns_of(rect, n_cols, gutter)
    entry = resume.entry if resume else desk.issue.entry("article")
    free_top = all(h.y0 > rect.y0 + 90 for h in holes)
    head_rect, blocks, body_top, deck = _heading(
        desk, page, entry, rect, xs, width, c, resume, free_top, holes, small
    )
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
                holes = [*holes[:-1], Rect(head_rect.x0, rect.y0, head_rect.x1, holes[-1].y1 + drop)]
            else:
                y += drop
    pic: Rect | None = None
    body_h = rect.y1 - y
    if pictures and rng.random() < 0.42 and body_h > 150 and n_cols >= 2:
        pic = _picture_place(rng, xs, width, y, rect.y1, holes)
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
        _resume(desk, page, resume, segments, width, style, chars)
    else:
        _fresh(desk, page, entry, c, segments, width, style, chars, tail, jump, deck)
    if hair and not holes:
        for x in xs[1:]:
            page.rule(x - gutter / 2, y, x - gutter / 2, rect.y1, 0.3)
    if pic is not None:
        draw_picture(page, entry, pic, c, look, rng.random() < 0.85, rng.random() < 0.15)


def _heading(
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
) -> tuple[Rect | None, list[Rect], float, Deck]:
    """Draw the heading: (where it stands, the holes it makes, top of the body, the deck)."""
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
            return None, [], rect.y0, resume.deck
    if not free_top:
        top = [x for x in xs if not any(h.x0 < x + width and h.x1 > x and h.y0 < rect.y0 + 90 for h in holes)]
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
            main = (cut if len(cut) < len(main[0]) and len(cut) >= 3 else main[0][: len(main[0]) * 2 // 3],)
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
    H.draw_across(page, entry, lines, boxed, style.gap)
    below = boxed.y1 + max(7.0, look.leading * 0.8)
    if where == "top":
        return boxed, [], below, deck
    hole = Rect(span.x0, rect.y0, span.x1, below)
    return boxed, [hole], rect.y0, deck


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
) -> tuple[Rect | None, list[Rect], float, Deck]:
    """A heading down one side, taking the place of a column or part of one."""
    rng, look = desk.rng, desk.look
    size = min(size, width * 0.42)
    long = rect.height if rect.height < 330 or rng.random() < 0.4 else rect.height * rng.uniform(0.5, 0.8)
    deck, style = make_deck(c, long, size, vertical=True)
    deck = Deck(tuple(_vertical_text(t) for t in deck.main),
                tuple(_vertical_text(t) for t in deck.kicker),
                tuple(_vertical_text(t) for t in deck.sub[:1]))  # fmt: skip
    lines = []
    for line in H.head_lines(deck, style):
        s = replace(line.style, stretch=1.0)
        long_now = H.down_length(line.text, s)
        if long_now > long:
            s = replace(s, tracking=0.0)
            s = replace(s, size=s.size * min(1.0, long / H.down_length(line.text, s)))
        lines.append(H.HeadLine(line.kind, line.text, s))
    wide = H.width_down(lines, style.gap)
    if wide > width:
        raise NoRoom("the vertical heading is too wide")
    x = xs[0] if side == "left" else xs[-1]
    box = Rect(x + (width - wide) / 2, rect.y0, x + (width + wide) / 2, rect.y0 + long)
    H.draw_down(page, entry, lines, box, style.gap, rng.random() < 0.5)
    shown = [tuple("".join(H.VERTICAL.get(ch, ch) for ch in t) for t in part)
             for part in (deck.main, deck.kicker, deck.sub)]  # fmt: skip
    entry.heading(Deck(*shown))
    bottom = rect.y1 if long > rect.height - 60 else rect.y0 + long + look.leading
    return None, [Rect(x, rect.y0, x + width, bottom)], rect.y0, deck


def _vertical_text(text: str) -> str:
    """Digits and Latin letters have no place in a vertical heading."""
    kept = "".join("十" if ch.isascii() and ch.isdigit() else ch for ch in text)
    kept = "".join(ch for ch in kept if not ch.isascii() or ch == " ")
    while "十十" in kept:
        kept = kept.replace("十十", "十")
    return kept.strip() or "新篇"


def _picture_place(
    rng: random.Random,
    xs: list[float],
    width: float,
    y0: float,
    y1: float,
    holes: Sequence[Rect],
) -> Rect | None:
    n = len(xs)
    for _ in range(10):
        k = rng.randint(1, max(1, n - 1))
        first = rng.randint(0, n - k)
        x0, x1 = xs[first], xs[first + k - 1] + width
        height = (x1 - x0) * rng.uniform(0.55, 0.95)
        if height > (y1 - y0) * 0.75 or height < 80 or x1 - x0 < 90:
            continue
        where = rng.choice(("top", "bottom", "bottom", "middle"))
        top = {"top": y0, "bottom": y1 - height, "middle": y0 + (y1 - y0 - height) * 0.5}[where]
        made = Rect(x0, top, x1, top + height)
        if all(made.grow(4).overlap(h) == 0 for h in holes):
            return made
    return None


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
    jump: tuple[str, str] | None,
    deck: Deck,
) -> None:
    rng = desk.rng
    subs = chars > 700 and rng.random() < 0.6
    need = chars * (4 if jump else 1) + (1600 if jump else 120)
    source = sentences_for(c, need, subs)
    lead = _dateline(c)
    if lead and isinstance(source[0], list):
        source[0][0] = lead + source[0][0].lstrip("“”")
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
            Jump(entry, c, rest, deck, page.number, jump[0], jump[1], tail if rng.random() < 0.5 else "")
        )
        if tail and not desk.jumps[-1].tail_byline:
            pass
        return
    items, placed, same = fill_story(source, width, segments, style, tail)
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
) -> None:
    """The other end of a jump: marker, then the rest of the story cut to the place."""
    rng = desk.rng
    rest = list(jump.rest)
    entry = jump.entry
    own_line = rng.random() < 0.4
    first = rest[0]
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
        head = [Para(inline + first.text, run_on=first.run_on or bool(inline and rng.random() < 0.5))]
        rest = rest[1:]
    source: list[list[str] | Sub] = [
        item if isinstance(item, Sub) else _sentences(item.text) for item in rest
    ]
    while chars > sum(len("".join(p)) for p in source if not isinstance(p, Sub)):
        source.append(T.paragraph(jump.copy))
    items, placed, same = fill_story(source, width, segments, style, jump.tail_byline, head)
    draw_body(page, entry, placed, width, style)
    if jump.tail_byline:
        draw_tail(page, entry, jump.tail_byline, placed, same, width, style, segments)
    for n, item in enumerate(items):
        if n == 0 and head and mid:
            continue
        text = item.text if isinstance(item, Para) else " ".join(item.lines)
        if n == 0 and head and inline:
            text = text[len(inline) :]
        entry.paragraphs.append(text)
    jump.done = True
    entry.continuations.append(
        {
            "from_page": f"p{jump.from_page:04d}",
            "to_page": f"p{page.number:04d}",
            "marker": jump.marker,
            "back_marker": jump.back_marker,
            "status": "verified",
        }
    )


def _sentences(text: str) -> list[str]:
    out: list[str] = []
    current = ""
    for n, ch in enumerate(text):
        current += ch
        nxt = text[n + 1] if n + 1 < len(text) else ""
        if (ch in "。！？" and nxt != "”") or (ch == "”" and n and text[n - 1] in "。！？"):
            out.append(current)
            current = ""
    if current:
        out.append(current)
    return out
