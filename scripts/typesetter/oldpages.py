"""Random issues as papers were set before 1950: down the page, from right to left, in bands (栏)."""

from __future__ import annotations

import random
from datetime import date, timedelta

from digitise.model import Masthead, Rect

from . import heads as H
from . import oldtexts as O
from . import texts as T
from .almanac import chinese_numeral, lunar, weekday
from .canvas import BLACK, PageDraft
from .desk import Desk, NoRoom
from .look import Look, random_look
from .modules import Spoilt, attempt
from .oldbody import draw_column, poured, set_body, set_lines
from .oldlook import OldLook, Place, low, random_old_look, rect_of, rule_across
from .oldtop import draw_leftward, draw_strip, draw_title_box
from .story import Deck, Entry, IssueDraft

TITLES = ("晶光報", "申江報", "滬濱新報", "東方畫報", "江南晚報", "新民日報", "羅賓報", "春申報")


def random_old_issue(seed: int, number: int, pages: int = 0) -> tuple[IssueDraft, list[PageDraft]]:
    """Issue `number` of the series that `seed` begins; the same arguments, the same issue."""
    for take in range(50):
        try:
            return _issue(seed, number, pages, take)
        except Spoilt:
            continue
    raise RuntimeError(f"old issue {number} of seed {seed} could not be made")


def _issue(seed: int, number: int, pages: int, take: int) -> tuple[IssueDraft, list[PageDraft]]:
    rng = random.Random(f"old/{seed}/{number}/{take}")
    look = random_old_look(rng)
    day = date(1915, 1, 1) + timedelta(days=rng.randrange(12500))
    issue_number = rng.randint(20, 9999)
    head = Masthead(
        title=rng.choice(TITLES),
        date=day.isoformat(),
        weekday=weekday(day),
        lunar_date=O.traditional(lunar(day)) if rng.random() < 0.5 else "",
        issue_number=str(issue_number),
    )
    issue = IssueDraft(f"o{seed}-{number:03d}", head.title, head)
    desk = Desk(rng, _modern(), issue)
    drafts = [
        PageDraft(look.width, look.height, n, f"第{chinese_numeral(n)}版")
        for n in range(1, (pages or 2) + 1)
    ]
    for page in drafts:
        _page(desk, look, page, day)
    return issue, drafts


def _modern() -> Look:
    """A look for the parts of the desk that old pages do not use."""
    return random_look(random.Random(0))


def _page(desk: Desk, look: OldLook, page: PageDraft, day: date) -> None:
    area = Rect(
        look.margin, look.margin + look.head, look.width - look.margin, look.height - look.margin
    )
    draw_strip(desk, page, day, Rect(area.x0, look.margin, area.x1, area.y0 - 14))
    if look.framed:
        page.box(area.grow(7, 7), stroke=BLACK, width=desk.rng.choice((0.8, 1.6)))
    whole = Place(area.x0, area.x1, 0, look.bands)
    if page.number == 1:
        wide = 62.0
        deep = min(look.bands, 3)
        draw_title_box(
            desk, page, day, rect_of(look, area, Place(area.x1 - wide, area.x1, 0, deep))
        )
        page.rule(area.x1 - wide - 9, area.y0, area.x1 - wide - 9, low(look, area, deep), 0.6)
        rule_across(look, page, area, Place(area.x0, area.x1, 0, deep), deep)
        places = _split(desk.rng, look, page, area, Place(area.x0, area.x1 - wide - 18, 0, deep))
        if deep < look.bands:
            places += _split(desk.rng, look, page, area, Place(area.x0, area.x1, deep, look.bands))
    else:
        places = _split(desk.rng, look, page, area, whole)
    for place in places:
        _fill(desk, look, page, area, place)


def _split(rng: random.Random, look: OldLook, page: PageDraft, area: Rect, p: Place) -> list[Place]:
    """Cut until each part has the size of a story: the right part and the upper one first."""
    columns = int((p.x1 - p.x0) / look.pitch)
    bands = p.b1 - p.b0
    if columns * bands <= rng.uniform(22, 60) or (columns < 24 and bands == 1):
        return [p]
    if bands > 1 and (columns < 26 or bands * look.band > (p.x1 - p.x0) * rng.uniform(0.5, 1.1)):
        at = rng.randint(p.b0 + 1, p.b1 - 1)
        rule_across(look, page, area, p, at)
        upper, lower = Place(p.x0, p.x1, p.b0, at), Place(p.x0, p.x1, at, p.b1)
        return _split(rng, look, page, area, upper) + _split(rng, look, page, area, lower)
    if columns < 24:
        return [p]
    x = p.x0 + look.pitch * rng.randint(11, columns - 11)
    space = look.size * rng.uniform(0.7, 1.1)
    rect = rect_of(look, area, p)
    page.rule(x, rect.y0 - look.gap * 0.3, x, rect.y1 + look.gap * 0.3, rng.choice((0.4, 0.4, 0.9)))
    right, left = Place(x + space, p.x1, p.b0, p.b1), Place(p.x0, x - space, p.b0, p.b1)
    return _split(rng, look, page, area, right) + _split(rng, look, page, area, left)


def _fill(desk: Desk, look: OldLook, page: PageDraft, area: Rect, p: Place) -> None:
    rng = desk.rng
    for _ in range(30):
        kind = rng.choices(("right", "over", "serial", "advert"), (62, 14, 8, 16))[0]
        rect = rect_of(look, area, p)

        def work(kind: str = kind, rect: Rect = rect) -> None:
            if kind == "right":
                _story(desk, look, page, area, p)
            elif kind == "over":
                _story_under(desk, look, page, area, p)
            elif kind == "serial":
                _serial(desk, look, page, rect)
            else:
                _advert(desk, page, rect)

        if attempt(desk, page, work):
            return
    raise Spoilt("nothing fits a place")


def _deck(desk: Desk, c: T.Copy, longest: int) -> tuple[Deck, H.DeckStyle]:
    rng = desk.rng
    main = O.headline(c, 3, max(4, min(9, longest)))
    kicker = (O.headline(c, 4, max(5, min(12, longest + 3))),) if rng.random() < 0.3 else ()
    sub = (O.headline(c, 4, max(5, min(13, longest + 4))),) if rng.random() < 0.5 else ()
    big = rng.choice((16.0, 18.0, 21.0, 24.0, 28.0))
    face_ = rng.choice(("ming-bold", "ming-bold", "gothic-bold"))
    spaced = rng.choice((0.0, 0.05, 0.2))
    style = H.DeckStyle(
        H.HeadStyle(face_, big, 1.0, spaced),
        H.HeadStyle(rng.choice(("ming-bold", "gothic-bold")), max(11.0, big * 0.6)),
        H.HeadStyle(rng.choice(("ming-bold", "ming")), max(10.5, big * 0.55)),
        0.35,
    )
    return Deck((main,), kicker, sub), style


def _story(desk: Desk, look: OldLook, page: PageDraft, area: Rect, p: Place) -> None:
    """The heading at the right, over all bands of the place or over the first alone."""
    rng = desk.rng
    c = T.brief_for(rng)
    bands = p.b1 - p.b0
    deep = rng.randint(1, bands)
    first = rect_of(look, area, Place(p.x0, p.x1, p.b0, p.b0 + deep))
    room = first.height
    deck, style = _deck(desk, c, int(room / 24))
    lines = H.head_lines(deck, style)
    for line in lines:
        if H.down_length(line.text, line.style) > room:
            raise NoRoom("the heading is too long for its bands")
    wide = H.width_down(lines, style.gap)
    if wide > first.width * 0.45:
        raise NoRoom("the heading is too wide")
    entry = desk.issue.entry("article")
    entry.heading(deck)
    H.draw_down(page, entry, lines, first, style.gap, centre=rng.random() < 0.6)
    x = p.x1 - wide - look.size * 0.7
    if rng.random() < 0.3:
        who = f"（{O.person(rng)}）" if rng.random() < 0.5 else O.person(rng)
        x -= look.size
        _byline(page, entry, who, look, x, first.y1)
        x -= look.pitch - look.size
    news = rng.random() < 0.5
    set_body(look, page, area, entry, c, p, [x] * deep + [p.x1] * (bands - deep), news)


def _byline(
    page: PageDraft, entry: Entry, who: str, look: OldLook, x: float, bottom: float
) -> None:
    """At the foot of a column of its own."""
    style = H.HeadStyle("ming", look.size)
    region = entry.add(page.number, page.region("byline", "vertical-rl"))
    y = bottom - H.down_length(who, style) - look.size
    region.lines.append(H.draw_down_line(page, who, style, x, y))
    entry.byline = "".join(H.VERTICAL.get(ch, ch) for ch in who)


def _story_under(desk: Desk, look: OldLook, page: PageDraft, area: Rect, p: Place) -> None:
    """A heading that runs from right to left over the first band, which gives way to it."""
    rng = desk.rng
    if look.per < 8:
        raise NoRoom("too little room under a heading")
    c = T.brief_for(rng)
    rect = rect_of(look, area, p)
    size = rng.choice((14.0, 16.0, 19.0))
    text = O.headline(c, 3, min(10, max(3, int(rect.width / size) - 1)))
    lost = int(size * 1.5 / look.step) + 1
    if lost > look.per - 5:
        raise NoRoom("too little room under a heading")
    entry = desk.issue.entry("article")
    entry.heading(Deck((text,)))
    region = entry.add(page.number, page.region("headline", "horizontal-rtl"))
    style = H.HeadStyle("ming-bold", size, 1.0, rng.choice((0.0, 0.15, 0.4)))
    wide = H.line_width(text, style)
    if wide > rect.width:
        raise NoRoom("the heading is too long")
    x = rect.x1 - (rect.width - wide) / 2 - wide
    region.lines.append(draw_leftward(page, text, style, x, rect.y0))
    set_body(look, page, area, entry, c, p, [p.x1] * (p.b1 - p.b0), False, lost)


def _serial(desk: Desk, look: OldLook, page: PageDraft, rect: Rect) -> None:
    """A novel in a frame: title, number and author at the right, long columns."""
    rng = desk.rng
    c = T.brief_for(rng)
    page.box(rect.grow(-2, -2), stroke=BLACK, width=rng.choice((0.7, 1.4)))
    inner = rect.grow(-10, -9)
    per = int(inner.height / look.step)
    if per < 9 or per > 45 or inner.width < 12 * look.pitch:
        raise NoRoom("no room for a serial")
    entry = desk.issue.entry("article")
    title = O.headline(c, 3, 5)
    big = H.HeadStyle("ming-bold", min(24.0, inner.height / (len(title) + 3)), 1.0, 0.25)
    if H.down_length(title, big) + 50 > inner.height:
        raise NoRoom("the title is too long")
    region = entry.add(page.number, page.region("headline", "vertical-rl"))
    region.lines.append(H.draw_down_line(page, title, big, inner.x1 - big.size, inner.y0))
    entry.headline = title
    who = O.person(rng) + rng.choice(("", "著", "譔"))
    style = H.HeadStyle("ming", look.size)
    region = entry.add(page.number, page.region("byline", "vertical-rl"))
    x = inner.x1 - big.size * 0.5 - look.size / 2
    region.lines.append(H.draw_down_line(page, who, style, x, inner.y1 - H.down_length(who, style)))
    entry.byline = who
    x = inner.x1 - big.size - look.size * 1.4
    slots = []
    while x - look.size >= inner.x0:
        slots.append((x - look.size, inner.y0, per))
        x -= look.pitch
    kept = poured(look, c, slots, False)
    region = entry.add(page.number, page.region("body", "vertical-rl"))
    for line, (sx, sy, _) in zip(set_lines(kept, look, slots), slots, strict=False):
        region.lines.append(draw_column(page, line, style, sx, sy, look.aside))
    entry.paragraphs.extend("".join(H.VERTICAL.get(ch, ch) for ch in t) for t in kept)


def _advert(desk: Desk, page: PageDraft, rect: Rect) -> None:
    """A firm's name in large type and lines beneath or beside it, in a heavy frame."""
    rng = desk.rng
    if rect.width < 60 or rect.height < 80:
        raise NoRoom("no room for an advertisement")
    page.box(rect.grow(-2, -2), stroke=BLACK, width=rng.choice((1.0, 2.0, 3.2)))
    inner = rect.grow(-11, -11)
    entry = desk.issue.entry("advertisement")
    firm, lines = O.advert(rng)
    said = [firm]
    down = rng.random() < 0.6
    size = min(
        44.0,
        (inner.height if down else inner.width) / (len(firm) * 1.25),
        0.3 * (inner.width if down else inner.height),
    )
    if size < 13:
        raise NoRoom("no room for the firm's name")
    style = H.HeadStyle(rng.choice(("ming-bold", "gothic-bold")), size, 1.0, 0.1)
    mode = "vertical-rl" if down else "horizontal-rtl"
    region = entry.add(page.number, page.region("advertisement", mode))  # type: ignore[arg-type]
    if down:
        y = inner.y0 + (inner.height - H.down_length(firm, style)) / 2
        region.lines.append(H.draw_down_line(page, firm, style, inner.x1 - size, y))
        left = Rect(inner.x0, inner.y0, inner.x1 - 1.5 * size, inner.y1)
    else:
        wide = H.line_width(firm, style)
        x = inner.x0 + (inner.width - wide) / 2
        region.lines.append(draw_leftward(page, firm, style, x, inner.y0))
        left = Rect(inner.x0, inner.y0 + 1.5 * size, inner.x1, inner.y1)
    region = entry.add(page.number, page.region("advertisement", "vertical-rl"))
    lengths = [len(line) for line in lines]
    small = min(15.0, left.height / (max(lengths) * 1.06), left.width / (len(lines) * 1.45))
    if small < 7.5:
        raise NoRoom("no room for the small print")
    text = H.HeadStyle(rng.choice(("ming", "ming-bold")), small)
    x = left.x1
    for line in lines:
        region.lines.append(H.draw_down_line(page, line, text, x - small, left.y0))
        said.append(line)
        x -= max(1.45 * small, left.width / (len(lines) + 1))
    entry.paragraphs.extend(said)
