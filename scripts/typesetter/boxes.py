"""What stands between the articles: advertisements, notices, indexes, tables, labels."""

from __future__ import annotations

import random
from collections.abc import Sequence

from digitise.model import ArticleKind, Rect, RegionKind

from . import heads as H
from . import texts as T
from . import words as W
from .canvas import BLACK, WHITE, Colour, PageDraft
from .desk import Desk, NoRoom
from .flow import BodyStyle, Segment, draw_line, pour, rows_of, slots_of
from .linebreak import Setting
from .photos import draw_picture
from .story import Entry, Item, Para

_FONTS = ("song", "song-bold", "hei", "hei-bold", "kai")


def put(
    page: PageDraft,
    entry: Entry,
    kind: RegionKind,
    rows: list[tuple[str, H.HeadStyle, float]],
    rect: Rect,
) -> None:
    """Lines of their own styles, one under the other; the float is the space below each."""
    region = entry.add(page.number, page.region(kind))
    y = rect.y0
    for text, style, gap in rows:
        line = H.shrink(H.HeadLine("headline", text, style), rect.width)
        s = line.style
        wide = H.line_width(text, s)
        if y + s.size > rect.y1 + 0.5:
            raise NoRoom("the box is too small for its lines")
        x = {"left": rect.x0, "right": rect.x1 - wide}.get(
            s.align, rect.x0 + (rect.width - wide) / 2
        )
        region.lines.append(H.draw_across_line(page, text, s, x, y))
        y += s.size + gap


def label(desk: Desk, page: PageDraft, x: float, y: float, text: str, style: int) -> Rect:
    """A column label (栏目) with its top left at (x, y); returns the place it takes."""
    size = 13.0
    font = ("hei-bold", "hei-bold", "kai", "song-bold")[style % 4]
    s = H.HeadStyle(font, size, 1.0, 0.06)
    wide = H.line_width(text, s)
    rect = Rect(x, y, x + wide + 14, y + size + 8)
    colour: Colour = BLACK
    if style % 4 == 0:
        page.box(rect, fill=desk.look.colour)
        colour = WHITE
    elif style % 4 == 1:
        page.box(rect, fill=(0.82, 0.82, 0.82))
    elif style % 4 == 2:
        page.box(rect, stroke=BLACK, width=0.7)
    else:
        page.rule(rect.x0, rect.y1, rect.x1, rect.y1, 2.0)
    entry = desk.issue.entry("furniture")
    entry.paragraphs.append(text)
    region = entry.add(page.number, page.region("column-label"))
    s = H.HeadStyle(font, size, 1.0, 0.06, "left", colour)
    region.lines.append(H.draw_across_line(page, text, s, x + 7, y + 4))
    return rect


def phone(rng: random.Random) -> str:
    return f"0{rng.randint(310, 998)}-{rng.randint(2, 8)}{rng.randint(100000, 9999999):07d}"


def advertisement(desk: Desk, page: PageDraft, rect: Rect) -> None:
    """A frame with large type, some small print, a telephone number."""
    rng = desk.rng
    dark = rng.random() < 0.18
    colour = WHITE if dark else BLACK
    if dark:
        page.box(rect, fill=rng.choice(((0.1, 0.1, 0.12), (0.1, 0.2, 0.45), (0.65, 0.08, 0.1))))
    else:
        page.box(rect, stroke=BLACK, width=rng.choice((0.6, 1.2, 2.2)),
                 radius=rng.choice((0.0, 0.0, 8.0)))  # fmt: skip
    inner = rect.grow(-10, -9)
    entry = desk.issue.entry("advertisement")
    c = T.brief_for(rng)
    if inner.height > 130 and inner.width > 200 and rng.random() < 0.35:
        # A product picture on one side, the words on the other.
        cut = inner.x0 + inner.width * rng.uniform(0.28, 0.42)
        draw_picture(page, entry, Rect(inner.x0, inner.y0, cut - 8, inner.y1), c, desk.look, False)
        inner = Rect(cut, inner.y0, inner.x1, inner.y1)
    unit = min(inner.height / 6.2, inner.width / 9)
    slogan = rng.choice(("品质如一 信赖相伴", "百年匠心 只为一杯好茶", "开业大酬宾 全场{small}折起", "智享新生活",
                         "诚聘英才 共创未来", "{rare}湾·现房发售", "第{small}届家居博览会", "招生啦",
                         "年货早市 直达你家", "{firm} 热线订购"))  # fmt: skip
    big = T.fill(slogan, c)
    rows: list[tuple[str, H.HeadStyle, float]] = [
        (
            big,
            H.HeadStyle(rng.choice(_FONTS), max(13.0, unit * 1.55), 1.0, 0.0, "centre", colour),
            unit * 0.35,
        )
    ]
    entry.headline = big
    budget = inner.height - rows[0][1].size - rows[0][2]
    extra = (
        T.firm(rng),
        f"主营：{'、'.join(rng.sample(W.THINGS['商贸'] + W.THINGS['农业'], 3))}",
        T.fill("活动时间：{month}月{day}日—{month}月{day}日", c),
        T.fill("诚邀{city}、{city}客商莅临，前{small}名签约享{pct}优惠", c),
        T.fill("地址：{city}市{place}{rare}路{n}号", c),
        f"咨询电话：{phone(rng)} {phone(rng)}",
        f"热线：400-{rng.randint(100, 999)}-{rng.randint(1000, 9999)}",
        T.fill("建筑面积约{small}—{n}平方米，首付{small}万起", c),
        "本广告最终解释权归商家所有",
    )
    for text in rng.sample(extra, len(extra)):
        size = max(8.0, unit * rng.choice((0.4, 0.5, 0.62, 0.85)))
        if budget < size:
            break
        rows.append(
            (text, H.HeadStyle(rng.choice(_FONTS), size, 1.0, 0.0, "centre", colour), unit * 0.22)
        )
        budget -= size + unit * 0.22
    put(page, entry, "advertisement", rows, inner)
    entry.paragraphs.extend(t for t, _, _ in rows[1:])


def notice(desk: Desk, page: PageDraft, rect: Rect) -> None:
    """公告 or 声明: a title, a text, a signature with its date."""
    rng, look = desk.rng, desk.look
    page.box(rect, stroke=BLACK, width=rng.choice((0.4, 0.8)))
    inner = rect.grow(-8, -8)
    entry = desk.issue.entry("notice")
    c = T.brief_for(rng)
    title = rng.choice(
        ("公 告", "遗失声明", "注销公告", "拍卖公告", "减资公告", "停电通知", "招标公告", "启事")
    )
    size = look.size * rng.choice((0.85, 0.9, 1.0))
    head = H.HeadStyle("hei-bold", size * 1.9)
    put(page, entry, "notice", [(title, head, 0)], inner)
    entry.headline = title.replace(" ", "")
    y = inner.y0 + size * 1.9 + size * 0.8
    style = BodyStyle(size, size * 1.35, Setting("song", look.setting.manner))
    frames = (
        "{who}不慎遗失身份证，号码尾数{n}，声明作废。",
        "{firm}遗失公章一枚，编号{n}{n}，声明作废。",
        "经股东会决议，{firm}注册资本由{n}元减至{small}万元，请债权人自本公告之日起四十五日内申报债权。",
        "{firm}经研究决定注销，请有关债权人于见报之日起四十五日内到本公司清算组办理手续。",
        "因{thing}施工，{month}月{day}日8时至17时，{village}、{village}、{rare}路沿线停电，请{people}提前做好准备。",
        "受委托，定于{month}月{day}日上午10时在{place}公开拍卖{other}一批，有意者请于前一日缴纳保证金{small}万元。",
        "遗失{firm2}营业执照副本，统一编号{n}{n}，声明作废。",
        "{county}{other}工程现面向社会公开招标，项目概算{n}元，报名截止{month}月{day}日，详情请见公告栏。",
    )
    items: list[Item] = []
    seg = [Segment(inner.x0, y, inner.y1)]
    lines = slots_of(seg[0], style)
    signature = rng.random() < 0.5 and lines > 5
    for _ in range(40):
        trial = [*items, Para(T.fill(rng.choice(frames), c))]
        rows = rows_of(trial, inner.width, style)
        if len(rows) > lines - (2 if signature else 0):
            continue
        items = trial
    if not items:
        raise NoRoom("no notice fits")
    rows = rows_of(items, inner.width, style)
    placed, _, _ = pour(rows, seg, style)
    region = entry.parts[-1][1]
    for p in placed:
        region.lines.append(draw_line(page, p.row.line, p.x, p.y, size, "song"))
    entry.paragraphs.extend(i.text for i in items if isinstance(i, Para))
    if signature:
        y = placed[-1].y + style.leading
        for text in (T.firm(rng), T.fill("2026年{month}月{day}日", c)):
            s = H.HeadStyle("song", size)
            wide = H.line_width(text, s)
            if wide > inner.width:
                continue
            region.lines.append(H.draw_across_line(page, text, s, inner.x1 - wide, y))
            entry.paragraphs.append(text)
            y += style.leading


def index(desk: Desk, page: PageDraft, rect: Rect, labels: list[str]) -> None:
    """导读: titles with the pages they are on."""
    rng = desk.rng
    entry = desk.issue.entry("index")
    if rng.random() < 0.6:
        page.box(rect, stroke=BLACK, width=0.6)
    else:
        page.box(rect, fill=(0.9, 0.9, 0.9))
    inner = rect.grow(-7, -7)
    size = desk.look.size * 1.1
    rows: list[tuple[str, H.HeadStyle, float]] = []
    head = rng.choice(("导读", "今日导读", "内版导读", "今日看点"))
    rows.append((head, H.HeadStyle("hei-bold", size * 1.6), size * 0.6))
    used = rows[0][1].size + rows[0][2]
    style = rng.randrange(4)
    while used + size * 1.6 < inner.height and len(rows) < 12:
        c = T.brief_for(rng)
        target = rng.choice(labels)
        tail = (f" 详见{target}版", f" ▶{target}", f"（见{target}版）", f" {target}")[style]
        room = int(inner.width / size) - len(tail)
        if room < 4:
            break
        text = T.headline(c, 4, room)[:room] + tail
        rows.append(
            (text, H.HeadStyle(rng.choice(("hei", "song")), size, 1.0, 0.0, "left"), size * 0.6)
        )
        used += size * 1.6
    if len(rows) < 3:
        raise NoRoom("the index is too short")
    put(page, entry, "index", rows, inner)
    entry.headline = head
    entry.paragraphs.extend(t for t, _, _ in rows[1:])


def table(desk: Desk, page: PageDraft, rect: Rect) -> None:
    """A ruled table: weather or prices."""
    rng = desk.rng
    entry = desk.issue.entry("table")
    size = desk.look.size
    row_h = size * 1.7
    title = rng.choice(("今日天气预报", "农产品批发价格", "各地空气质量", "城区菜价一览"))
    rows_n = int((rect.height - size * 2.4) / row_h)
    if rows_n < 3:
        raise NoRoom("the table is too low")
    rows_n = min(rows_n, 18)
    weather = "天气" in title or "空气" in title
    header = ("城市", "天气", "气温", "风力") if weather else ("品名", "单位", "均价", "涨跌")
    cells: list[tuple[str, ...]] = [header]
    for _ in range(rows_n - 1):
        if weather:
            low = rng.randint(-3, 24)
            cells.append((rng.choice(W.CITIES), rng.choice(("晴", "多云", "小雨", "阴", "雷阵雨", "晴转多云")),
                          f"{low}～{low + rng.randint(3, 11)}℃", f"{rng.randint(1, 5)}级"))  # fmt: skip
        else:
            cells.append((rng.choice(("大白菜", "土豆", "番茄", "黄瓜", "鸡蛋", "猪后腿肉", "草鱼", "苹果", "香菇", "大蒜")),
                          "元/公斤", f"{rng.uniform(1, 40):.2f}", rng.choice(("持平", f"{rng.uniform(0.1, 9):.1f}%"))))  # fmt: skip
    grid_table(page, entry, rect, title, cells, size)


def grid_table(
    page: PageDraft, entry: Entry, rect: Rect, title: str, cells: Sequence[tuple[str, ...]],
    size: float,
) -> float:  # fmt: skip
    """A title and a ruled grid under it, the first row its head; returns the lower edge."""
    row_h = size * 1.7
    wide = rect.width / len(cells[0])
    region = entry.add(page.number, page.region("table"))
    s = H.HeadStyle("hei-bold", size * 1.4)
    tw = H.line_width(title, s)
    region.lines.append(
        H.draw_across_line(page, title, s, rect.x0 + (rect.width - tw) / 2, rect.y0)
    )
    entry.headline = title
    top = rect.y0 + size * 2.1
    for r, row in enumerate(cells):
        y = top + r * row_h
        page.rule(rect.x0, y, rect.x1, y, 0.4)
        for k, text in enumerate(row):
            style = H.HeadStyle("hei" if r == 0 else "song", size)
            fitted = H.shrink(H.HeadLine("other", text, style), wide - 4).style
            w = H.line_width(text, fitted)
            x = rect.x0 + k * wide + (wide - w) / 2
            region.lines.append(H.draw_across_line(page, text, fitted, x, y + (row_h - size) / 2))
        entry.paragraphs.append(" ".join(row))
    bottom = top + len(cells) * row_h
    page.rule(rect.x0, bottom, rect.x1, bottom, 0.4)
    for k in range(len(cells[0]) + 1):
        page.rule(rect.x0 + k * wide, top, rect.x0 + k * wide, bottom, 0.4)

    return bottom


KINDS: tuple[ArticleKind, ...] = ("advertisement", "notice", "index", "table")
