"""Pictures with their captions, and the columns that run round them."""

from __future__ import annotations

import random
from collections.abc import Sequence

from digitise.model import Rect

from . import heads as H
from . import texts as T
from .canvas import ImageOp, PageDraft
from .desk import NoRoom
from .flow import BodyStyle, Segment, draw_line, slots_of
from .linebreak import SetLine, Setting, natural_width, set_paragraph
from .look import Look
from .pictures import drawing, photo
from .story import Entry


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
    return rng.choice(
        (f"{who} 摄", f"本报记者 {who} 摄", f"通讯员 {who} 摄", f"（{who} 摄）", f"{who}/摄")
    )


def draw_picture(
    page: PageDraft,
    entry: Entry,
    rect: Rect,
    c: T.Copy,
    look: Look,
    with_caption: bool,
    drawn: bool = False,
) -> None:
    """A picture in `rect` with its caption below or beside it, the credit in it or flush right."""
    rng = c.rng
    size = look.size * rng.choice((0.88, 0.95, 1.0))
    font = rng.choice(("kai", "hei", "song"))
    leading = size * 1.28
    bottom, right = rect.y1, rect.x1
    strip = Rect(rect.x0, rect.y0, rect.x1, rect.y1)  # where the caption goes
    inset = with_caption and rect.width > 170 and rect.height > 150 and rng.random() < 0.08
    lines: list[SetLine] = []
    text, cred = "", ""
    flush = False
    if with_caption:
        text = make_caption(c)
        cred = credit(rng) if rng.random() < 0.85 else ""
        flush = bool(cred) and rng.random() < 0.3
        flush = flush and not inset
        if cred and not flush:
            text = f"{text}{cred}" if rng.random() < 0.6 else f"{text} {cred}"
        indent = rng.choice((0.0, 2.0))
        if inset:
            # let into the picture's corner, on a ground of its own
            wide = min(size * rng.uniform(10, 14), rect.width * 0.5)
            strip = Rect(rect.x1 - wide - 8, rect.y0, rect.x1 - 8, rect.y1)
            flush = False
        elif rect.width > 250 and rng.random() < 0.2:
            wide = min(size * rng.uniform(8, 12), rect.width * 0.4)
            right = rect.x1 - wide - 7
            strip = Rect(rect.x1 - wide, rect.y0, rect.x1, rect.y1)
        lines = set_paragraph(text, strip.width / size, Setting(font=font), indent)
        rows = len(lines)
        if flush:
            room = strip.width - lines[-1].right * size
            rows += natural_width(cred, font) * size + 1.5 * size > room
        if inset and rows * leading > rect.height * 0.45:
            raise NoRoom("the caption covers its picture")
        if right == rect.x1 and not inset:
            bottom = rect.y1 - rows * leading - 2
        if bottom - rect.y0 < max(40.0, rows * leading if right != rect.x1 else 0.0):
            raise NoRoom("the caption leaves no picture")
    frame = Rect(rect.x0, rect.y0, right, bottom)
    px = (max(60, int(frame.width * 110 / 72)), max(40, int(frame.height * 110 / 72)))
    data = (
        drawing(rng.randrange(1 << 30), *px)
        if drawn
        else photo(rng.randrange(1 << 30), *px, colour=rng.random() < 0.35)
    )
    page.ops.append(ImageOp(frame, data))
    if rng.random() < 0.3:
        page.box(frame, stroke=(0.0, 0.0, 0.0), width=0.4)
    if inset:
        low = Rect(strip.x0 - 5, rect.y1 - len(lines) * leading - 12, strip.x1 + 3, rect.y1 - 5)
        page.box(low, fill=rng.choice(((1.0, 1.0, 1.0), (0.93, 0.93, 0.93))))
        page.claim(Rect(frame.x0, frame.y0, frame.x1, low.y0 - 1), "picture")
    else:
        page.claim(frame, "picture")
    picture = entry.add(page.number, page.region("picture"))
    picture.rect = frame
    if not lines:
        return
    region = entry.add(page.number, page.region("caption"))
    y = bottom + 3 + (leading - size) / 2 if right == rect.x1 else rect.y0
    if inset:
        y = rect.y1 - len(lines) * leading - 8
    for line in lines:
        x = strip.x0
        if len(lines) == 1 and not flush and not inset and rng.random() < 0.4:
            x += (strip.width - (line.right + line.left) * size) / 2
        region.lines.append(draw_line(page, line, x, y, size, font))
        y += leading
    if flush:
        s = H.HeadStyle(font, size)
        if rows == len(lines):
            y -= leading
        region.lines.append(H.draw_across_line(page, cred, s, strip.x1 - H.line_width(cred, s), y))
        text = f"{text} {cred}"
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


def picture_place(
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
