"""Headlines: kicker, main lines and subheadline, set across or down the page."""

from __future__ import annotations

from dataclasses import dataclass

from digitise.model import Rect, RegionKind, WritingMode

from .canvas import BLACK, Colour, PageDraft, Printed
from .fonts import face, face_with
from .linebreak import CLOSING, OPENING, atoms, natural_width
from .story import Deck, Entry

# Vertical forms of the marks that turn with the line.
VERTICAL = {"“": "﹁", "”": "﹂", "「": "﹁", "」": "﹂", "《": "︽", "》": "︾", "—": "︱",
            "（": "︵", "）": "︶", "…": "︙", "‘": "﹃", "’": "﹄"}  # fmt: skip

CENTRED = frozenset(("ming", "ming-bold", "gothic", "gothic-bold"))


@dataclass(frozen=True, slots=True)
class HeadStyle:
    """How one part of a deck is set. `tracking`: space between glyphs in ems of the type."""

    font: str
    size: float
    stretch: float = 1.0
    tracking: float = 0.0
    align: str = "centre"  # centre, left, right, indent
    colour: Colour = BLACK


@dataclass(frozen=True, slots=True)
class DeckStyle:
    main: HeadStyle
    kicker: HeadStyle
    sub: HeadStyle
    gap: float = 0.28  # between lines, in ems of the larger


@dataclass(frozen=True, slots=True)
class HeadLine:
    kind: RegionKind
    text: str
    style: HeadStyle


def head_lines(deck: Deck, style: DeckStyle) -> list[HeadLine]:
    return (
        [HeadLine("kicker", t, style.kicker) for t in deck.kicker]
        + [HeadLine("headline", t, style.main) for t in deck.main]
        + [HeadLine("subheadline", t, style.sub) for t in deck.sub]
    )


def _cells(text: str, style: HeadStyle) -> list[tuple[str, float, float]]:
    """(character, offset, end) in points from the line's left end."""
    out: list[tuple[str, float, float]] = []
    x = 0.0
    em = style.size * style.stretch
    for atom in atoms(text, style.font):
        if atom.text.isspace():
            x += 0.8 * em
            continue
        for c, w in zip(atom.text, atom.widths, strict=True):
            squeeze = 0.0
            if c in CLOSING and w > 0.9 and not style.tracking:
                squeeze = 0.35
            if c in OPENING and w > 0.9 and not style.tracking:
                x -= 0.35 * em
            out.append((c, x, x + (w - squeeze) * em))
            x += (w - squeeze) * em
        x += style.tracking * em
    return out


def line_width(text: str, style: HeadStyle) -> float:
    cells = _cells(text, style)
    return cells[-1][2] - min(0.0, cells[0][1]) if cells else 0.0


def shrink(line: HeadLine, width: float) -> HeadLine:
    """The line narrowed, then made smaller, until it fits `width`."""
    style = line.style
    wide = line_width(line.text, style)
    if wide <= width:
        return line
    if style.tracking:
        style = HeadStyle(style.font, style.size, style.stretch, 0.0, style.align, style.colour)
        return shrink(HeadLine(line.kind, line.text, style), width)
    ratio = width / wide * 0.998
    stretch = max(0.82, style.stretch * ratio)
    size = style.size * min(1.0, ratio * style.stretch / stretch)
    made = HeadStyle(style.font, size, stretch, 0.0, style.align, style.colour)
    return HeadLine(line.kind, line.text, made)


def height_across(lines: list[HeadLine], gap: float) -> float:
    total = 0.0
    for n, line in enumerate(lines):
        total += line.style.size
        if n + 1 < len(lines):
            total += gap * min(line.style.size, lines[n + 1].style.size)
    return total


def draw_across(
    page: PageDraft, entry: Entry, lines: list[HeadLine], rect: Rect, gap: float
) -> float:
    """Set the deck at the top of `rect`; returns the y below it."""
    y = rect.y0
    region = None
    for n, line in enumerate(lines):
        s = line.style
        if region is None or region.kind != line.kind:
            region = entry.add(page.number, page.region(line.kind))
        wide = line_width(line.text, s)
        x = rect.x0
        if s.align == "centre":
            x += (rect.width - wide) / 2
        elif s.align == "right":
            x += rect.width - wide
        elif s.align == "indent":
            x += min(2 * s.size, max(0.0, rect.width - wide))
        region.lines.append(draw_across_line(page, line.text, s, x, y))
        y += s.size
        if n + 1 < len(lines):
            y += gap * min(s.size, lines[n + 1].style.size)
    return y


def draw_across_line(page: PageDraft, text: str, s: HeadStyle, x: float, y: float) -> Printed:
    cells = _cells(text, s)
    left = min(0.0, cells[0][1]) if cells else 0.0
    base = y + 0.88 * s.size
    page.glyphs([(c, x - left + o, base) for c, o, _ in cells], s.font, s.size, s.stretch, s.colour)
    rect = Rect(x, y, x - left + cells[-1][2], y + s.size)
    page.claim(rect, text)
    return Printed(text, rect)


def down_pitch(s: HeadStyle) -> float:
    return s.size * (1.04 + s.tracking)


def down_length(text: str, s: HeadStyle) -> float:
    n = len(text.replace(" ", ""))
    return n * down_pitch(s) - s.size * (0.04 + s.tracking) + 0.6 * s.size * text.count(" ")


def draw_down(
    page: PageDraft, entry: Entry, lines: list[HeadLine], rect: Rect, gap: float, centre: bool
) -> None:
    """Set the deck as vertical lines from the right edge of `rect` to the left."""
    x = rect.x1
    region = None
    for n, line in enumerate(lines):
        s = line.style
        if region is None or region.kind != line.kind:
            region = entry.add(page.number, page.region(line.kind, "vertical-rl"))
        x -= s.size * s.stretch
        long = down_length(line.text, s)
        y = rect.y0 + (max(0.0, (rect.height - long) / 2) if centre else 0.0)
        if not centre and line.kind != "headline":
            y += min(s.size * 2, max(0.0, rect.height - long))
        region.lines.append(draw_down_line(page, line.text, s, x, y))
        if n + 1 < len(lines):
            x -= gap * min(s.size, lines[n + 1].style.size)


def draw_down_line(page: PageDraft, text: str, s: HeadStyle, x: float, y: float) -> Printed:
    """One upright glyph below the other; marks in their vertical forms, in the truth too."""
    shown = "".join(VERTICAL.get(c, c) for c in text)
    em = s.size * s.stretch
    cy = y
    placed: list[tuple[str, float, float]] = []
    for c in shown:
        if c.isspace():
            cy += 0.6 * s.size
            continue
        wide = face(face_with(s.font, c)).advance(c) * em
        # Stops and commas stand at the upper right of their place in vertical lines; faces for
        # traditional text have them in its middle, others at its lower left.
        off = (0.28 if s.font in CENTRED else 0.56) if c in "、。，" else 0.0
        placed.append((c, x + (em - wide) / 2 + off * em, cy + (0.88 - off) * s.size))
        cy += down_pitch(s)
    bottom = cy - down_pitch(s) + s.size
    page.glyphs(placed, s.font, s.size, s.stretch, s.colour)
    rect = Rect(x, y, x + em, bottom)
    page.claim(rect, text)
    return Printed(shown, rect)


def width_down(lines: list[HeadLine], gap: float) -> float:
    total = 0.0
    for n, line in enumerate(lines):
        total += line.style.size * line.style.stretch
        if n + 1 < len(lines):
            total += gap * min(line.style.size, lines[n + 1].style.size)
    return total


def mode_of(vertical: bool) -> WritingMode:
    return "vertical-rl" if vertical else "horizontal-tb"


__all__ = [
    "DeckStyle", "HeadLine", "HeadStyle", "down_length", "down_pitch", "draw_across",
    "draw_across_line", "draw_down", "draw_down_line", "head_lines", "height_across",
    "line_width", "mode_of", "natural_width", "shrink", "width_down",
]  # fmt: skip
