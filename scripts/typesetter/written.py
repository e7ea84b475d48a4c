"""Written stories (not random ones) read from TOML, and set to the place they need."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from digitise.model import Rect

from . import heads as H
from .canvas import ImageOp, PageDraft
from .desk import NoRoom
from .filling import draw_tail, fit_tail
from .flow import BodyStyle, Placed, Segment, cut_for_jump, draw_body, draw_line, pour, rows_of
from .linebreak import Setting, set_paragraph
from .photos import columns_of, cut_columns
from .pictures import photo
from .story import Deck, Entry, IssueDraft, Item, Para, Sub

_TEXTS = Path(__file__).parent / "sample_texts"
_TAIL = re.compile(r"（[^（）。]{2,8}）$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A written story. `tail`: a byline to stand at its end."""

    deck: Deck
    byline: str
    tail: str
    items: tuple[Item, ...]


@cache
def texts(name: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads((_TEXTS / f"{name}.toml").read_text(encoding="utf-8"))


def piece(name: str, key: str) -> Piece:
    raw = texts(name)[key]
    items: list[Item] = []
    for line in raw["body"].strip().split("\n"):
        if line.startswith("# "):
            items.append(Sub(tuple(line[2:].split("|"))))
        else:
            items.append(Para(line))
    byline = raw.get("byline", "")
    tail = ""
    last = items[-1]
    if not byline and isinstance(last, Para) and (found := _TAIL.search(last.text)):
        tail = found.group()
        items[-1] = Para(last.text[: found.start()])
    return Piece(
        Deck(tuple(raw["main"]), tuple(raw.get("kicker", ())), tuple(raw.get("sub", ()))),
        byline, tail, tuple(items),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spec:
    """How a written story is set.

    `head` is where its heading stands: top, part (over the first `head_cols` columns), left,
    right (vertical), or none. `byline` is head, first, tail or none.
    """

    cols: int
    deck: H.DeckStyle
    head: str = "top"
    head_cols: int = 0
    head_long: float = 0.0  # length of a vertical heading; 0 for the whole height
    byline: str = "head"
    gutter: float = 15.0
    body: BodyStyle = field(default_factory=BodyStyle)
    hairline: bool = False
    centre_down: bool = True
    deck_over: Deck | None = None  # printed in place of the story's own


def deck_style(
    size: float,
    font: str = "song-bold",
    soft: str = "kai",
    *,
    align: str = "centre",
    tracking: float = 0.0,
    stretch: float = 1.0,
    small: float = 0.45,
) -> H.DeckStyle:
    return H.DeckStyle(
        H.HeadStyle(font, size, stretch, tracking, align),
        H.HeadStyle(soft, size * small, 1.0, 0.0, align),
        H.HeadStyle(soft, size * small, 1.0, 0.0, "indent" if align == "left" else align),
        0.38,
    )


@dataclass(slots=True)
class Plan:
    """A story measured in a rectangle: everything needed to print it there."""

    lines: list[H.HeadLine]
    head_rect: Rect | None
    byline_at: tuple[float, float] | None
    segments: list[Segment]
    width: float
    style: BodyStyle
    xs: list[float] = field(default_factory=list)
    body_top: float = 0.0


_BYLINE = H.HeadStyle("kai", 10.5)


def plan(p: Piece, rect: Rect, spec: Spec, style: BodyStyle, holes: tuple[Rect, ...]) -> Plan:
    deck = spec.deck_over if spec.deck_over is not None else p.deck
    xs, width = columns_of(rect, spec.cols, spec.gutter)
    lines = H.head_lines(deck, spec.deck) if spec.head != "none" else []
    top = rect.y0
    more: list[Rect] = []
    head_rect = None
    byline_at = None
    if spec.head in ("top", "part") and lines:
        k = spec.head_cols if spec.head == "part" else spec.cols
        right = xs[k - 1] + width
        lines = [H.shrink(line, right - rect.x0) for line in lines]
        height = H.height_across(lines, spec.deck.gap)
        head_rect = Rect(rect.x0, rect.y0, right, rect.y0 + height)
        below = head_rect.y1 + 10
        if p.byline and spec.byline == "head":
            wide = H.line_width(p.byline, _BYLINE)
            byline_at = (rect.x0 + (right - rect.x0 - wide) / 2, below - 4)
            below += 14
        if spec.head == "part":
            more.append(Rect(rect.x0, rect.y0, right, below))
        else:
            top = below
    elif spec.head in ("left", "right"):
        long = spec.head_long or rect.height
        fitted = []
        for line in lines:
            s = replace(line.style, stretch=1.0)
            over = H.down_length(line.text, s) / long
            fitted.append(
                H.HeadLine(line.kind, line.text, replace(s, size=s.size / max(1.0, over)))
            )
        lines = fitted
        wide = H.width_down(lines, spec.deck.gap)
        if spec.head_long:
            x = xs[0] if spec.head == "left" else xs[-1]
            if wide > width:
                raise NoRoom("the vertical heading is wider than its column")
            off = (width - wide) / 2
            head_rect = Rect(x + off, rect.y0, x + off + wide, rect.y0 + long)
            more.append(Rect(x, rect.y0, x + width, rect.y0 + long + 8))
        else:
            strip = wide + spec.gutter
            if spec.head == "left":
                head_rect = Rect(rect.x0, rect.y0, rect.x0 + wide, rect.y1)
                body = Rect(rect.x0 + strip, rect.y0, rect.x1, rect.y1)
            else:
                head_rect = Rect(rect.x1 - wide, rect.y0, rect.x1, rect.y1)
                body = Rect(rect.x0, rect.y0, rect.x1 - strip, rect.y1)
            xs, width = columns_of(body, spec.cols, spec.gutter)
    segments = cut_columns(xs, width, top, rect.y1, [*holes, *more], style)
    if not segments:
        raise NoRoom("no room for the body")
    if p.byline and spec.byline == "first":
        first = segments[0]
        wide = H.line_width(p.byline, _BYLINE)
        byline_at = (first.x + max(0.0, (width - wide) / 2), first.y0)
        segments[0] = Segment(first.x, first.y0 + 1.5 * style.leading, first.y1)
    return Plan(lines, head_rect, byline_at, segments, width, style, xs, top)


def tail_of(p: Piece, spec: Spec) -> str:
    return p.byline if spec.byline == "tail" and p.byline else p.tail


def fits(p: Piece, made: Plan, spec: Spec) -> tuple[list[Placed], bool] | None:
    rows = rows_of(p.items, made.width, made.style)
    placed, done, free = pour(rows, made.segments, made.style)
    if done < len(rows):
        return None
    ok, same = fit_tail(placed, free, tail_of(p, spec), made.width / made.style.size, made.style)
    return (placed, same) if ok else None


def natural_height(p: Piece, width: float, spec: Spec, holes_at: Any = None) -> float:
    """The least height, in steps of half a line, at which the whole story fits."""
    step = spec.body.leading / 2
    h = 60.0
    while h < 2000:
        rect = Rect(0, 0, width, h)
        try:
            holes = holes_at(rect) if holes_at else ()
            if fits(p, plan(p, rect, spec, spec.body, holes), spec):
                return h
        except NoRoom:
            pass
        h += step
    raise NoRoom("no height is enough")


def loosest(p: Piece, rect: Rect, spec: Spec, holes: tuple[Rect, ...]) -> BodyStyle:
    """The body style with the widest leading, up to a limit, that still holds the story."""
    best = None
    base = spec.body
    for k in range(60):
        style = replace(base, leading=base.leading * (0.94 + k * 0.01))
        if style.leading > base.size * 1.85:
            break
        try:
            if fits(p, plan(p, rect, spec, style, holes), spec):
                best = style
        except NoRoom:
            continue
    if best is None:
        raise NoRoom(f"{p.deck.main[0]}: does not fit {rect}")
    return best


def print_head(page: PageDraft, entry: Entry, p: Piece, made: Plan, spec: Spec) -> None:
    if made.head_rect is not None:
        if spec.head in ("left", "right"):
            H.draw_down(page, entry, made.lines, made.head_rect, spec.deck.gap, spec.centre_down)
        else:
            H.draw_across(page, entry, made.lines, made.head_rect, spec.deck.gap)
    if made.byline_at is not None:
        region = entry.add(page.number, page.region("byline"))
        region.lines.append(H.draw_across_line(page, p.byline, _BYLINE, *made.byline_at))
        entry.byline = p.byline


def shown_deck(deck: Deck, spec: Spec) -> Deck:
    if spec.head not in ("left", "right"):
        return deck
    turn = ["".join(H.VERTICAL.get(c, c) for c in t) for t in (*deck.main, *deck.kicker, *deck.sub)]
    a, b = len(deck.main), len(deck.main) + len(deck.kicker)
    return Deck(tuple(turn[:a]), tuple(turn[a:b]), tuple(turn[b:]))


def hairlines(page: PageDraft, made: Plan, spec: Spec, rect: Rect) -> None:
    if spec.hairline:
        for x in made.xs[1:]:
            page.rule(x - spec.gutter / 2, made.body_top, x - spec.gutter / 2, rect.y1, 0.3)


def print_whole(
    page: PageDraft, issue: IssueDraft, p: Piece, rect: Rect, spec: Spec,
    holes: tuple[Rect, ...] = (),
) -> Entry:  # fmt: skip
    """Set a story that begins and ends in `rect`, spread to fill it."""
    style = loosest(p, rect, spec, holes)
    made = plan(p, rect, spec, style, holes)
    fitted = fits(p, made, spec)
    assert fitted is not None
    entry = issue.entry("article")
    entry.heading(shown_deck(p.deck, spec))
    print_head(page, entry, p, made, spec)
    draw_body(page, entry, fitted[0], made.width, style)
    tail = tail_of(p, spec)
    if tail:
        draw_tail(page, entry, tail, fitted[0], fitted[1], made.width, style, made.segments)
    for item in p.items:
        entry.paragraphs.append(item.text if isinstance(item, Para) else " ".join(item.lines))
    hairlines(page, made, spec, rect)
    return entry


@dataclass(slots=True)
class Carried:
    """What of a story is left for another page."""

    entry: Entry
    piece: Piece  # the rest, as a piece of its own
    page: int
    marker: str


def print_start(
    page: PageDraft, issue: IssueDraft, p: Piece, rect: Rect, spec: Spec, marker: str,
    holes: tuple[Rect, ...] = (),
) -> Carried:  # fmt: skip
    """Set the first part of a story; it ends in `marker`, in the middle of a sentence or not."""
    made = plan(p, rect, spec, spec.body, holes)
    placed, rest = cut_for_jump(p.items, made.width, made.segments, spec.body, marker)
    entry = issue.entry("article")
    entry.heading(shown_deck(p.deck, spec))
    print_head(page, entry, p, made, spec)
    draw_body(page, entry, placed, made.width, spec.body)
    for item in p.items:
        entry.paragraphs.append(item.text if isinstance(item, Para) else " ".join(item.lines))
    hairlines(page, made, spec, rect)
    kept = replace(p, byline="", tail=tail_of(p, spec), items=tuple(rest))
    return Carried(entry, kept, page.number, marker)


def continued(carried: Carried, back_marker: str) -> Piece:
    """The rest of a story with its back marker set in before the first word."""
    first = carried.piece.items[0]
    assert isinstance(first, Para)
    head = Para(back_marker + first.text, first.run_on)
    return replace(carried.piece, items=(head, *carried.piece.items[1:]))


def print_rest(
    page: PageDraft, carried: Carried, back_marker: str, rect: Rect, spec: Spec,
    holes: tuple[Rect, ...] = (),
) -> None:  # fmt: skip
    p = continued(carried, back_marker)
    style = loosest(p, rect, spec, holes)
    made = plan(p, rect, spec, style, holes)
    fitted = fits(p, made, spec)
    assert fitted is not None
    print_head(page, carried.entry, p, made, spec)
    draw_body(page, carried.entry, fitted[0], made.width, style)
    if p.tail:
        draw_tail(
            page, carried.entry, p.tail, fitted[0], fitted[1], made.width, style, made.segments
        )
    carried.entry.continuations.append(
        {
            "from_page": f"p{carried.page:04d}",
            "to_page": f"p{page.number:04d}",
            "marker": carried.marker,
            "back_marker": back_marker,
            "status": "verified",
        }
    )
    hairlines(page, made, spec, rect)


def print_picture(
    page: PageDraft, entry: Entry, rect: Rect, caption: str, credit: str, seed: int,
    font: str = "kai", beside: float = 0.0,
) -> None:  # fmt: skip
    """A picture with its caption below, or beside it in a strip `beside` points wide."""
    size = 9.5
    text = f"{caption}{credit}" if caption else ""
    strip = beside or rect.width
    lines = set_paragraph(text, strip / size, Setting(font=font), 2.0) if text else []
    below = 0.0 if beside else len(lines) * size * 1.3 + 3
    frame = Rect(rect.x0, rect.y0, rect.x1 - (beside + 8 if beside else 0), rect.y1 - below)
    if frame.height < 40:
        raise NoRoom("the caption leaves no picture")
    px = (int(frame.width * 130 / 72), int(frame.height * 130 / 72))
    page.ops.append(ImageOp(frame, photo(seed, *px)))
    page.claim(frame, "picture")
    region = entry.add(page.number, page.region("picture"))
    region.rect = frame
    if lines:
        region = entry.add(page.number, page.region("caption"))
        x = frame.x1 + 8 if beside else rect.x0
        y = frame.y0 if beside else frame.y1 + 4
        for n, line in enumerate(lines):
            region.lines.append(draw_line(page, line, x, y + n * size * 1.3, size, font))
        entry.captions.append(text)
