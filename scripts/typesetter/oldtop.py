"""What stands over an old paper's pages: the line with date and page, and the title's box (報頭)."""

from __future__ import annotations

from datetime import date

from digitise.model import Rect

from . import heads as H
from . import oldtexts as O
from .almanac import chinese_numeral, weekday
from .canvas import PageDraft, Printed
from .desk import Desk
from .modules import Spoilt


def draw_leftward(page: PageDraft, text: str, style: H.HeadStyle, x: float, y: float) -> Printed:
    """A horizontal line read from right to left; `x` is its left end."""
    made = H.draw_across_line(page, text[::-1], style, x, y)
    return Printed(text, made.rect)


def draw_strip(desk: Desk, page: PageDraft, day: date, rect: Rect) -> None:
    """The line over the page: date, title, weekday, page, from right to left."""
    entry = desk.issue.entry("furniture")
    region = entry.add(page.number, page.region("page-header", "horizontal-rtl"))
    bold, plain = H.HeadStyle("ming-bold", 19.0, 1.0, 0.1), H.HeadStyle("ming", 10.0, 1.0, 0.12)
    parts = [(O.republican(day), plain), (desk.issue.title, bold), (weekday(day), plain)]
    parts.append((page.label, plain))
    total = sum(H.line_width(text, style) for text, style in parts)
    gap = (rect.width - total) / (len(parts) + 1)
    x = rect.x1 - gap
    for text, style in parts:
        x -= H.line_width(text, style)
        region.lines.append(draw_leftward(page, text, style, x, rect.y1 - style.size))
        entry.paragraphs.append(text)
        x -= gap


def draw_title_box(desk: Desk, page: PageDraft, day: date, rect: Rect) -> None:
    """報頭: the title down the right edge, date and number at its left."""
    head = desk.issue.masthead
    entry = desk.issue.entry("masthead")
    entry.headline = head.title
    region = entry.add(page.number, page.region("masthead", "vertical-rl"))
    size = min(40.0, rect.height / (len(head.title) * 1.2))
    big = H.HeadStyle("ming-bold", size, 1.0, 0.12)
    region.lines.append(H.draw_down_line(page, head.title, big, rect.x1 - size, rect.y0))
    rows = [O.republican(day), f"第{_spelt(int(head.issue_number))}號"]
    if head.lunar_date:
        rows.insert(1, "夏曆" + head.lunar_date)
    small = H.HeadStyle("ming", min(8.0, rect.height / 24))
    x, y = rect.x1 - size - small.size - 4, rect.y0
    for row in rows:
        long = H.down_length(row, small)
        if y + long > rect.y1:
            x, y = x - small.size * 1.5, rect.y0
        region.lines.append(H.draw_down_line(page, row, small, x, y))
        entry.paragraphs.append(row)
        y += long + small.size * 2
    if x < rect.x0 - 1:
        raise Spoilt("the head of the page is too wide")


def _spelt(n: int) -> str:
    """三千七百九十七."""
    out = ""
    for unit, word in ((1000, "千"), (100, "百")):
        digit, n = divmod(n, unit)
        if digit:
            out += chinese_numeral(digit) + word
        elif out and n:
            out += "" if out.endswith("零") else "零"
    if n:
        if out and n < 10 and not out.endswith("零"):
            out += "零"
        out += ("一" if out and 10 <= n < 20 else "") + chinese_numeral(n)
    return out
