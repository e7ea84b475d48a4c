"""A short text set down the page, from right to left, as a modern paper sets a poem or a prose piece."""

from __future__ import annotations

from digitise.model import Rect

from . import heads as H
from . import texts as T
from .canvas import BLACK, PageDraft
from .desk import Desk, NoRoom
from .linebreak import NO_END, NO_START


def downward_copy(c: T.Copy, chars: int) -> list[str]:
    """Paragraphs without digits or Latin letters, which have no place in vertical lines."""
    out: list[str] = []
    total = 0
    for _ in range(400):
        if total >= chars:
            break
        made = [T.sentence(c) for _ in range(c.rng.choice((1, 2, 2, 3)))]
        kept = [s for s in made if not any(ch.isascii() for ch in s) and "《" not in s]
        if kept:
            out.append("".join(kept))
            total += len(out[-1])
    return out


def lines_down(paragraphs: list[str], length: int) -> list[str]:
    """Cut into lines of `length` characters, the first of each paragraph two shorter."""
    out: list[str] = []
    for text in paragraphs:
        rest = text
        first = True
        while rest:
            room = length - (2 if first else 0)
            k = min(room, len(rest))
            if k < len(rest):
                while k > 2 and (
                    rest[k] in NO_START
                    or rest[k - 1] in NO_END
                    or (rest[k] == rest[k - 1] and rest[k] in "—…")
                ):
                    k -= 1
            out.append(("　　" if first else "") + rest[:k])
            rest = rest[k:]
            first = False
    return out


def upright_text(desk: Desk, page: PageDraft, rect: Rect) -> None:
    """A framed or tinted piece in vertical lines, its heading at the right."""
    rng, look = desk.rng, desk.look
    c = T.brief_for(rng)
    size = look.size + rng.choice((0.5, 1.0, 1.5))
    pitch = size * rng.uniform(1.5, 1.8)
    inner = rect.grow(-11, -11)
    if rng.random() < 0.5:
        page.box(rect, stroke=BLACK, width=0.6, radius=rng.choice((0.0, 7.0)))
    else:
        page.box(rect, fill=(0.92, 0.92, 0.92))
    entry = desk.issue.entry("article")
    title = ""
    for _ in range(60):
        title = T.headline(c, 2, 8)
        if not any(ch.isascii() for ch in title) and not set(title) & set("“”《》—"):
            break
    else:
        raise NoRoom("no title for vertical type")
    big = min(34.0, inner.width * 0.16)
    style = H.HeadStyle(rng.choice(("kai", "song-bold")), big, 1.0, rng.choice((0.0, 0.3)))
    if H.down_length(title, style) > inner.height:
        raise NoRoom("the vertical title is too long")
    region = entry.add(page.number, page.region("headline", "vertical-rl"))
    region.lines.append(H.draw_down_line(page, title, style, inner.x1 - big, inner.y0))
    entry.headline = title
    x = inner.x1 - big - size * 1.2
    who = T.name(rng)
    small = H.HeadStyle("kai", size)
    long = H.down_length(who, small)
    region = entry.add(page.number, page.region("byline", "vertical-rl"))
    region.lines.append(H.draw_down_line(page, who, small, x - size, inner.y1 - long - size))
    entry.byline = who
    x -= size + pitch * 0.8
    type_ = H.HeadStyle(rng.choice(("song", "kai")), size)
    per = int(inner.height / H.down_pitch(type_))
    room = int((x - inner.x0 - size) / pitch) + 1
    if per < 9 or room < 4:
        raise NoRoom("no room for vertical lines")
    paragraphs = downward_copy(c, per * room)
    while paragraphs and len(lines_down(paragraphs, per)) > room:
        paragraphs.pop()
    if not paragraphs:
        raise NoRoom("no vertical paragraph fits")
    region = entry.add(page.number, page.region("body", "vertical-rl"))
    for line in lines_down(paragraphs, per):
        text = line.lstrip("　")
        drop = (len(line) - len(text)) * H.down_pitch(type_)
        printed = H.draw_down_line(page, text, type_, x - size, inner.y0 + drop)
        region.lines.append(printed)
        x -= pitch
    entry.paragraphs.extend("".join(H.VERTICAL.get(ch, ch) for ch in p) for p in paragraphs)
