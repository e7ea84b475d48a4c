"""What real pages hold besides reports in modules of their own: reports that follow each other in
one set of columns, briefs with run-in titles, questions and answers, verse, lists of prices
without rules, ornamental frames."""

from __future__ import annotations

from dataclasses import replace

from digitise.model import Rect, bounding

from . import heads as H
from . import texts as T
from . import words as W
from .canvas import BLACK, PageDraft
from .compose import article, body_style, byline_text
from .desk import Desk, NoRoom
from .filling import draw_tail, fill_story, sentences_for
from .flow import BodyStyle, Segment, draw_body, pour, rows_of, slots_of
from .photos import columns_of
from .story import Item, Para


def stream(desk: Desk, page: PageDraft, rect: Rect, n_cols: int) -> None:
    """Short reports set one after the other: each begins in the column the last one ended in."""
    rng, look = desk.rng, desk.look
    style = BodyStyle(
        look.size, look.leading, look.setting, look.subfont, indent=2.0, sub_centred=True
    )
    xs, width = columns_of(rect, n_cols, look.gutter)
    if width < style.size * 9:
        raise NoRoom("the columns are too narrow for a stream")
    font = rng.choice(("hei-bold", "song-bold", "kai"))
    size = look.size * rng.uniform(1.35, 1.8)
    centred, ruled, signed = rng.random() < 0.6, rng.random() < 0.4, rng.random() < 0.6
    column, y = 0, rect.y0
    places: list[tuple[Rect, int]] = []
    while column < n_cols:
        c = T.brief_for(rng)
        c.wide = look.fullwidth_digits
        room = int(width / size)
        style_head = H.HeadStyle(font, size, 1.0, 0.0, "centre" if centred else "left")
        titles = [T.headline(c, max(4, room - 5), max(5, room))]
        if rng.random() < 0.35:
            titles.append(T.headline(c, max(4, room - 5), max(5, room)))
        lines = [H.shrink(H.HeadLine("headline", t, style_head), width) for t in titles]
        high = H.height_across(lines, 0.3)
        if y + high + 5 * style.leading > rect.y1:
            column, y = column + 1, rect.y0
            if column >= n_cols:
                break
        entry = desk.issue.entry("article")
        entry.headline = " ".join(titles)
        first = len(page.regions)
        spot = Rect(xs[column], y, xs[column] + width, y + high)
        H.draw_across(page, entry, lines, spot, 0.3)
        # down to the grid of the columns
        steps = -int(-(y + high + style.leading * 0.7 - rect.y0) // style.leading)
        y = rect.y0 + steps * style.leading
        left = rng.randint(7, 24)
        segments = []
        at, top = column, y
        while left > 0 and at < n_cols:
            n = min(left, slots_of(Segment(xs[at], top, rect.y1), style))
            bottom = top + (n - 1) * style.leading + style.size + 0.2
            if n > 0:
                segments.append(Segment(xs[at], top, bottom))
            left -= n
            at, top = at + 1, rect.y0
        tail = byline_text(rng, look, True) if signed else ""
        source = sentences_for(c, 900, False)
        items, placed, same = fill_story(
            source, width, segments, style, tail, fillers=[T.sentence(c) for _ in range(5)]
        )
        draw_body(page, entry, placed, width, style)
        if tail:
            draw_tail(page, entry, tail, placed, same, width, style, segments)
        entry.paragraphs.extend(i.text for i in items if isinstance(i, Para))
        last = segments[-1]
        place = bounding(n.rect for r in page.regions[first:] for n in r.lines)
        if not any(other.overlap_x(place) > 0.5 * width for other, _ in places):
            place = replace(place, y0=rect.y0)  # the head of a column, if there is white over it
        places.append((place, first))
        column = xs.index(last.x)
        y = last.y1 + style.leading * 1.1
        if ruled and y + 7 * style.leading < rect.y1:
            page.rule(xs[column], y - style.leading * 0.5, xs[column] + width,
                      y - style.leading * 0.5, 0.3)  # fmt: skip
    if len(places) < 2:
        raise NoRoom("no stream of one report")
    if not any(rect.width > 1.5 * width for rect, _ in places):
        page.reports.extend(places)


def _set(
    desk: Desk, page: PageDraft, rect: Rect, n_cols: int, title: str, items: list[Item], tail: str
) -> None:
    """An article of ready items: as many as fit, under a title across the columns."""
    rng, look = desk.rng, desk.look
    entry = desk.issue.entry("article")
    size = min(24.0, max(13.0, rect.width / 14))
    s = H.HeadStyle(rng.choice(("hei-bold", "song-bold", "kai")), size)
    line = H.shrink(H.HeadLine("headline", title, s), rect.width)
    H.draw_across(page, entry, [line], rect, 0.0)
    entry.headline = title
    style = body_style(rng, look, 0.05)
    xs, width = columns_of(rect, n_cols, look.gutter)
    top = rect.y0 + size + look.leading * 0.8
    segments = [Segment(x, top, rect.y1) for x in xs]
    for n in range(len(items), 0, -1):
        rows = rows_of(items[:n], width, style)
        placed, done, free = pour(rows, segments, style)
        if done == len(rows):
            break
    else:
        raise NoRoom("not one item fits")
    if n < 3:
        raise NoRoom("too few items fit")
    draw_body(page, entry, placed, width, style)
    if tail and free > 1:
        draw_tail(page, entry, tail, placed, False, width, style, segments)
    entry.paragraphs.extend(i.text for i in items[:n] if isinstance(i, Para))


def briefs(desk: Desk, page: PageDraft, rect: Rect, n_cols: int) -> None:
    """简讯: one title over short items, each with a run-in title in bold."""
    rng = desk.rng
    mark = rng.choice(("▲", "■", "●", "◆", ""))
    items: list[Item] = []
    for _ in range(30):
        c = T.brief_for(rng)
        lead = mark + T.headline(c, 5, 12) + "　"
        items.append(Para(lead + "".join(T.paragraph(c)[:2]), lead=len(lead)))
    title = rng.choice(("简讯", "一周简讯", "短波", "要闻简报", "信息快递", "三言两语", "各地简讯"))
    _set(desk, page, rect, n_cols, title, items, "")


def questions(desk: Desk, page: PageDraft, rect: Rect, n_cols: int) -> None:
    """问答: questions in bold, answers in the body's type."""
    rng = desk.rng
    c = T.brief_for(rng)
    ask, answer = rng.choice((("问：", "答："), ("记者：", f"{c.person}："), ("问：", "答：")))
    items: list[Item] = []
    for _ in range(20):
        question = ask + T.headline(c, 6, 16) + "，" + rng.choice(
            ("为什么？", "下一步怎么做？", "效果如何？", "难在哪里？", "您怎么看？")
        )  # fmt: skip
        items.append(Para(question, lead=len(question) if rng.random() < 0.8 else len(ask)))
        items.append(Para(answer + "".join(T.paragraph(c)), lead=rng.choice((0, len(answer)))))
    _set(desk, page, rect, n_cols, T.headline(c, 5, 12), items, "")


_VERSE = ("{rare}上{thing1}，", "一声{idiom}，", "我们走过{place}，", "那年的{people}，",
          "灯火照着{village}，", "把{thing}写进春天。", "风从{city}吹来，", "有人说起{person}。",
          "{time}的雨，", "落在{thing}上。")  # fmt: skip


def verse(desk: Desk, page: PageDraft, rect: Rect) -> None:
    """A poem: title, poet, lines that each stand by themselves, stanzas parted by white."""
    rng, look = desk.rng, desk.look
    c = T.brief_for(rng)
    entry = desk.issue.entry("article")
    y = rect.y0
    if rng.random() < 0.5:
        page.box(rect, stroke=BLACK, width=0.5)
        rect = rect.grow(-10, -8)
        y = rect.y0
    size = 16.0
    entry.headline = T.headline(c, 3, 8)
    line = H.HeadLine("headline", entry.headline, H.HeadStyle("kai", size, 1.0, 0.2))
    y = H.draw_across(page, entry, [H.shrink(line, rect.width)], rect, 0.0) + 6
    s = H.HeadStyle(rng.choice(("song", "kai")), look.size)
    entry.byline = T.name(rng)
    region = entry.add(page.number, page.region("byline"))
    x = rect.x0 + (rect.width - H.line_width(entry.byline, s)) / 2
    region.lines.append(H.draw_across_line(page, entry.byline, s, x, y))
    y += look.size + 8
    lines = [T.fill(rng.choice(_VERSE), c) for _ in range(rng.choice((8, 12, 16)))]
    indent = min(rng.choice((0.0, 2.0, 3.0)) * look.size, rect.width * 0.1)
    pitch = look.size * 1.5
    for n, text in enumerate(lines):
        if n % 4 == 0:
            y += look.size * 0.9 if n else 0.0
            if y + 3 * pitch + look.size > rect.y1:
                break
            region = entry.add(page.number, page.region("body"))
        fitted = H.shrink(H.HeadLine("body", text, s), rect.width - indent).style
        region.lines.append(H.draw_across_line(page, text, fitted, rect.x0 + indent, y))
        entry.paragraphs.append(text)
        y += pitch
    if len(entry.paragraphs) < 8:
        raise NoRoom("no room for two stanzas")
    if rect.y1 - y > 120:
        raise NoRoom("a poem too short for its place")


def quotations(desk: Desk, page: PageDraft, rect: Rect) -> None:
    """A table of prices without rules between its rows or columns."""
    rng, look = desk.rng, desk.look
    entry = desk.issue.entry("table")
    size = max(7.0, look.size - 1.5)
    title = rng.choice(("沪深行情", "基金净值", "外汇牌价", "昨日股市一览"))
    s = H.HeadStyle("hei-bold", size * 1.6)
    region = entry.add(page.number, page.region("table"))
    x = rect.x0 + (rect.width - H.line_width(title, s)) / 2
    region.lines.append(H.draw_across_line(page, title, s, x, rect.y0))
    entry.headline = title
    y = rect.y0 + size * 2.3
    page.rule(rect.x0, y - size * 0.35, rect.x1, y - size * 0.35, 0.6)
    n = int((rect.y1 - y) / (size * 1.4))
    if n < 6 or rect.width < size * 22:
        raise NoRoom("the table is too small")
    header = ("代码", "名称", "最新", "涨跌", "成交量")
    for r in range(min(n, 40)):
        row = header if r == 0 else (
            f"{rng.randint(1, 699999):06d}", T.firm(rng)[:2] + rng.choice(W.FIRM_B)[:2],
            f"{rng.uniform(1, 90):.2f}", f"{rng.uniform(-9, 10):+.2f}", str(rng.randint(900, 99999)),
        )  # fmt: skip
        st = H.HeadStyle("hei" if r == 0 else "song", size)
        for k, text in enumerate(row):
            wide = rect.width / 5
            spare = wide - H.line_width(text, st) - 3
            at = rect.x0 + k * wide + (spare if k > 1 else 0.0)
            region.lines.append(H.draw_across_line(page, text, st, at, y))
        entry.paragraphs.append(" ".join(row))
        y += size * 1.4
    page.rule(rect.x0, y, rect.x1, y, 0.6)


def ornamental(desk: Desk, page: PageDraft, rect: Rect, n_cols: int) -> None:
    """An article in a border of small ornaments, or of a thick and a thin line."""
    rng = desk.rng
    if rng.random() < 0.5:
        page.box(rect, stroke=BLACK, width=2.4)
        page.box(rect.grow(-4), stroke=BLACK, width=0.4)
    else:
        step = 7.0
        side = rng.choice((2.6, 3.4))
        across = max(2, round(rect.width / step))
        down = max(2, round(rect.height / step))
        grey = (0.25, 0.25, 0.25)
        for k in range(across + 1):
            x = rect.x0 + rect.width * k / across
            for y in (rect.y0, rect.y1):
                page.box(Rect(x - side / 2, y - side / 2, x + side / 2, y + side / 2), fill=grey)
        for k in range(1, down):
            y = rect.y0 + rect.height * k / down
            for x in (rect.x0, rect.x1):
                page.box(Rect(x - side / 2, y - side / 2, x + side / 2, y + side / 2), fill=grey)
    article(desk, page, rect.grow(-12, -12), n_cols)
