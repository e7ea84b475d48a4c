"""报头 and 报眉: the head of page one, and the line over the other pages."""

from __future__ import annotations

import random
from datetime import date

from digitise.model import Masthead, Rect

from . import heads as H
from . import texts as T
from .almanac import weekday
from .canvas import BLACK, PageDraft
from .desk import Desk
from .look import Look
from .story import Entry


def _line(page: PageDraft, entry: Entry, text: str, s: H.HeadStyle, x: float, y: float) -> Rect:
    region = entry.parts[-1][1]
    made = H.draw_across_line(page, text, s, x, y)
    region.lines.append(made)
    return made.rect


def masthead(
    desk: Desk, page: PageDraft, english: str, day: date, extra: list[str], rect: Rect
) -> None:
    """Print the masthead in `rect`: title, English title, date lines, numbers."""
    rng = desk.rng
    m = desk.issue.masthead
    entry = desk.issue.entry("masthead")
    entry.headline = m.title
    entry.add(page.number, page.region("masthead"))
    date_text = f"{day.year}年{day.month}月{day.day}日"
    info: list[str] = []
    joined = rng.random() < 0.6
    info.append(f"{date_text} {m.weekday}" if joined else date_text)
    if not joined:
        info.append(m.weekday)
    if m.lunar_date:
        info.append(f"农历{m.lunar_date}")
    if m.issue_number:
        info.append(f"总第{m.issue_number}期")
    if m.cn:
        info.append(
            rng.choice(
                (
                    f"国内统一连续出版物号：{m.cn}",
                    f"国内统一连续出版物号:{m.cn}",
                    f"国内统一刊号：{m.cn}",
                )
            )
        )
    if m.issn:
        info.append(f"ISSN {m.issn}")
    if m.postal_code:
        info.append(
            rng.choice(
                (
                    f"邮发代号：{m.postal_code}",
                    f"邮发代号:{m.postal_code}",
                    f"邮发代号 {m.postal_code}",
                )
            )
        )
    if m.publisher:
        info.append(
            rng.choice(
                (
                    f"主办：{m.publisher}",
                    f"{m.publisher}出版",
                    f"主办单位：{m.publisher}",
                    f"{m.publisher}主办",
                )
            )
        )
    info.extend(extra)
    style = rng.randrange(3)
    font = rng.choice(("kai", "song-bold", "hei-bold"))
    if style == 0:  # title on the left, lines on the right
        size = min(rect.height * 0.62, rect.width * 0.55 / len(m.title))
        s = H.HeadStyle(font, size, 1.0, 0.06, "left", desk.look.colour)
        _line(page, entry, m.title, s, rect.x0, rect.y0 + 2)
        e = H.HeadStyle("song-bold", size * 0.16)
        _line(page, entry, english, e, rect.x0 + 4, rect.y0 + size * 1.08)
        x = rect.x0 + H.line_width(m.title, s) + 24
        room = rect.x1 - x
        lines = info
        pitch = min(15.0, (rect.height - 6) / len(lines))
        y = rect.y0 + 3
        for text in lines:
            fit = H.shrink(
                H.HeadLine("other", text, H.HeadStyle("hei", min(10.5, pitch * 0.82))), room
            )
            _line(page, entry, text, fit.style, x, y)
            y += pitch
    else:  # title in the middle, one or two rows of lines below, ears at both sides
        rows = 2 if style == 2 else 1
        plain = H.HeadStyle("hei", 7.5)
        while rows < 3 and rect.width * rows < sum(H.line_width(t, plain) + 14 for t in info[2:]):
            rows += 1
        size = min(rect.height - 20 - 26 * rows, rect.width * 0.62 / len(m.title))
        s = H.HeadStyle(font, size, 1.0, 0.15, "centre", desk.look.colour)
        wide = H.line_width(m.title, s)
        x = rect.x0 + (rect.width - wide) / 2
        _line(page, entry, m.title, s, x, rect.y0)
        e = H.HeadStyle("hei", size * 0.14, 1.0, 0.1)
        ew = H.line_width(english, e)
        _line(page, entry, english, e, rect.x0 + (rect.width - ew) / 2, rect.y0 + size * 1.05)
        ear_w = x - rect.x0 - 12
        ears: list[str] = []
        if ear_w > 90:
            ears = info[: min(5, len(info) - 2, int((size * 1.05 + 4) / 15.5))]
            info = info[len(ears) :]
            y = rect.y0 + 6
            left = rng.random() < 0.5
            ex = rect.x0 if left else x + wide + 12
            for text in ears:
                fit = H.shrink(H.HeadLine("other", text, H.HeadStyle("hei", 10.5)), ear_w)
                _line(page, entry, text, fit.style, ex, y)
                y += 15.5
        y = rect.y0 + size * 1.05 + e.size + 9
        page.rule(rect.x0, y - 4, rect.x1, y - 4, 0.6)
        per = -(-len(info) // rows)
        for r in range(rows):
            chunk = info[r * per : (r + 1) * per]
            if not chunk:
                continue
            base = 10.0
            while True:
                styles = H.HeadStyle("hei", base)
                total = sum(H.line_width(t, styles) for t in chunk)
                if total + 14 * len(chunk) <= rect.width or base < 5:
                    break
                base -= 0.25
            gap = (rect.width - total) / max(1, len(chunk) - 1) if len(chunk) > 1 else 0
            cx = rect.x0
            for text in chunk:
                _line(page, entry, text, styles, cx, y)
                cx += H.line_width(text, styles) + gap
            y += base * 1.5
    page.rule(rect.x0, rect.y1 - 1, rect.x1, rect.y1 - 1, rng.choice((1.0, 2.2, 3.0)), BLACK)
    printed = entry.parts[-1][1].lines
    printed.sort(key=lambda line: (line.text != m.title, round(line.rect.y0), line.rect.x0))
    entry.paragraphs.extend(line.text for line in printed if line.text != m.title)


def header(desk: Desk, page: PageDraft, day: date, rect: Rect) -> None:
    """The head of an inner page: label, name, date, people, a thick rule."""
    rng = desk.rng
    entry = desk.issue.entry("furniture")
    entry.add(page.number, page.region("page-header"))
    title = desk.issue.masthead.title
    label = page.label if "版" in page.label else page.label + rng.choice(("", "版"))
    size = 11.0
    date_text = f"{day.year}年{day.month}月{day.day}日 {weekday(day)}"
    staff = f"责编：{T.name(rng)} 版式：{T.name(rng)}" + (
        f" 校对：{T.name(rng)}" if rng.random() < 0.5 else ""
    )
    bold = H.HeadStyle("hei-bold", 20.0)
    small = H.HeadStyle("hei", size * 0.9)
    y = rect.y0
    base = rect.y1 - 8
    parts: list[tuple[str, H.HeadStyle]] = [
        (label, bold),
        (page.name, H.HeadStyle(rng.choice(("kai", "hei-bold", "song-bold")), 22.0, 1.0, 0.3)),
        (date_text, small),
        (staff, small),
        (title, H.HeadStyle("kai", 16.0)),
    ]
    order = rng.choice(((0, 1, 2, 3, 4), (4, 2, 1, 3, 0), (2, 3, 1, 4, 0), (0, 2, 1, 3, 4)))
    chosen = [parts[k] for k in order]
    total = sum(H.line_width(t, s) for t, s in chosen)
    gap = (rect.width - total) / (len(chosen) - 1)
    x = rect.x0
    for text, s in chosen:
        _line(page, entry, text, s, x, base - s.size)
        x += H.line_width(text, s) + gap
        entry.paragraphs.append(text)
    del y
    page.rule(rect.x0, rect.y1 - 3, rect.x1, rect.y1 - 3, rng.choice((1.0, 2.0, 3.5)))


def page_label(look: Look, number: int) -> str:
    return {
        "A1": f"A{number}", "A01": f"A{number:02d}", "01": f"{number:02d}",
        "第1版": f"第{number}版", "1版": f"{number}版",
    }[look.label_style]  # fmt: skip


def random_masthead(rng: random.Random, title: str, day: date, stem: str) -> Masthead:
    from .almanac import issn, lunar

    return Masthead(
        title=title,
        date=day.isoformat(),
        weekday=weekday(day),
        lunar_date=lunar(day) if rng.random() < 0.85 else "",
        issue_number=str(rng.randint(120, 19999)) if rng.random() < 0.85 else "",
        cn=f"CN{rng.randint(11, 65)}-{rng.randint(1, 9999):04d}" if rng.random() < 0.9 else "",
        issn=issn(f"{rng.randint(1000000, 2999999)}") if rng.random() < 0.35 else "",
        postal_code=f"{rng.randint(1, 85)}-{rng.randint(1, 399)}" if rng.random() < 0.85 else "",
        publisher=stem + rng.choice(("日报社", "报业集团", "新闻传媒中心", "报社"))
        if rng.random() < 0.7
        else "",
    )
