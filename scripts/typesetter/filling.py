"""Stories cut to the lines there are."""

from __future__ import annotations

from collections.abc import Sequence

from . import heads as H
from . import texts as T
from .canvas import PageDraft
from .desk import NoRoom
from .flow import BodyStyle, Placed, Segment, pour, rows_of
from .linebreak import natural_width
from .story import Entry, Item, Para, Sub


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
    if c.rng.random() < 0.15:
        return (c.rng.choice(("一、", "二、", "三、", "▍", "★")) + T.headline(c, 4, 9),)
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
    fillers: Sequence[str] = (),
) -> tuple[list[Item], list[Placed], bool]:
    """As many sentences as fit: (items, placed rows, byline on the last line).

    `fillers` are sentences to be tried one by one for the lines still free at the end.
    """
    measure = width / style.size

    def attempt(count: int) -> tuple[list[Item], list[Placed], bool] | None:
        return settle([*head, *trimmed(source, count)])

    def settle(items: list[Item]) -> tuple[list[Item], list[Placed], bool] | None:
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
    for extra in fillers:
        last = best[0][-1]
        if not isinstance(last, Para):
            break
        items = [*best[0][:-1], Para(last.text + extra, last.run_on)]
        longer = settle(items)
        if longer is not None:
            best = longer
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
    x, y = last.x, last.y
    if not same:
        y += style.leading
        if y + size > segments[last.segment].y1 + 0.5:
            nxt = segments[last.segment + 1]
            x, y = nxt.x, nxt.y0
    s = H.HeadStyle(font, size)
    wide = H.line_width(byline, s)
    if wide > width + 1.0:
        raise NoRoom("the byline is wider than its column")
    region = entry.add(page.number, page.region("byline"))
    region.lines.append(H.draw_across_line(page, byline, s, x + width - wide, y))
    entry.byline = f"{entry.byline} {byline}".strip()


def sentences_of(text: str) -> list[str]:
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
