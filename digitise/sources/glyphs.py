# mypy: disable-error-code="no-untyped-call"
"""The characters of a PDF page as they are drawn: place, size, font, colour, and order.

Taken from the drawing operators rather than from a text extraction, which would already have
guessed at spaces, words and lines.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pymupdf

from ..model import Affine, Rect
from .pdf import Frame
from .radicals import unified

# An em square of Chinese type stands this far above its baseline (the usual ideographic
# em box: 880 up, 120 down).
ASCENT = 0.88
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_BOLD_NAME = re.compile(
    r"bold|heavy|black|semibold|demi|粗|黑体?$|hei$|heiti|simhei|-b$|_gb.*b$|dahei|biaozong|dbs",
    re.IGNORECASE,
)
_FLAG_BOLD = 8


@dataclass(frozen=True, slots=True)
class Glyph:
    """One drawn character. `cell`: its em cell in pixels of the sheet (for a Latin letter its
    advance wide); `size`: em in pixels; `direction`: unit vector of writing in the sheet;
    `face`: the font with its subset tag, which tells two subsets of one font apart; `ink`:
    luminance 0..1 of its colour; `order`: place in the drawing sequence; `layer`: number
    of the drawing operation, comparable with those of paths and images."""

    text: str
    cell: Rect
    size: float
    font: str
    bold: bool
    ink: float
    direction: tuple[int, int]
    order: int
    layer: int
    face: str
    hidden: bool = False

    @property
    def blank(self) -> bool:
        return self.text.isspace()


def luminance(colour: Sequence[float]) -> float:
    """0 black to 1 white of a grey, RGB or CMYK colour."""
    if len(colour) == 1:
        return float(colour[0])
    if len(colour) == 4:
        c, m, y, k = colour
        return float((1 - k) * (1 - (0.299 * c + 0.587 * m + 0.114 * y)))
    if len(colour) == 3:
        r, g, b = colour
        return float(0.299 * r + 0.587 * g + 0.114 * b)
    return 0.0


def base_font(name: str) -> str:
    """A font's name without the tag that marks a subset (ISO 32000-1, 9.6.4)."""
    return _SUBSET.sub("", name)


def is_bold_name(name: str, flags: int = 0) -> bool:
    return bool(flags & _FLAG_BOLD) or bool(_BOLD_NAME.search(name))


Span = Mapping[str, Any]


def read_spans(page: pymupdf.Page) -> list[Span]:
    """What the text operators of the page draw, in drawing order, unrotated."""
    spans: list[Span] = page.get_texttrace()
    return spans


def text_turn(spans: Sequence[Span], frame: Frame) -> int:
    """By how many degrees clockwise (0, 90, 180, 270) most glyphs lie turned on the page."""
    counts = dict.fromkeys((0, 90, 180, 270), 0)
    turns = {(1, 0): 0, (0, 1): 90, (-1, 0): 180, (0, -1): 270}
    for span in spans:
        direction = _quarter(*_linear(frame.to_page, *span["dir"]))
        if direction is not None:
            counts[turns[direction]] += sum(c[0] > 32 for c in span["chars"])
    total = sum(counts.values())
    most = max(counts, key=lambda turn: counts[turn])
    return most if counts[most] > 0.6 * total else 0


def read_glyphs(spans: Sequence[Span], frame: Frame) -> tuple[list[Glyph], int]:
    """Every character drawn on the page in drawing order, and how many were slanted.

    Cells are pixels of the frame. Characters outside the page are left out, slanted ones
    (watermarks) as well; invisible ones are marked `hidden`.
    """
    page_area = Rect(0, 0, frame.width, frame.height)
    zoom = frame.dpi / 72.0
    glyphs: list[Glyph] = []
    slanted = 0
    order = 0
    for span in spans:
        dx, dy = span["dir"]
        x, y = _linear(frame.to_page, dx, dy)
        direction = _quarter(x, y)
        if direction is None:
            slanted += len(span["chars"])
            continue
        face = str(span["font"])
        font = base_font(face)
        bold = is_bold_name(font, int(span["flags"]))
        size = float(span["size"]) * zoom
        if not 0 < size < 20_000:
            continue
        hidden = span["type"] == 3 or span["opacity"] < 0.02
        ink = luminance(span["color"] or (0.0,))
        vertical = bool(span["wmode"])
        for code, _glyph, origin, bbox in span["chars"]:
            order += 1
            cell = _cell(origin, bbox, (dx, dy), float(span["size"]), vertical, frame.to_page)
            if not page_area.holds(cell.cx, cell.cy):
                continue
            # In a vertical font the writing runs down although glyphs stand upright.
            runs = _down(direction) if vertical else direction
            for text in _characters(code):
                seqno = int(span["seqno"])
                glyphs.append(
                    Glyph(text, cell, size, font, bold, ink, runs, order, seqno, face, hidden)
                )
    return _without_duplicates(glyphs), slanted


def _down(direction: tuple[int, int]) -> tuple[int, int]:
    x, y = direction
    return (-y, x)


def _linear(affine: Affine, x: float, y: float) -> tuple[float, float]:
    return affine.a * x + affine.b * y, affine.d * x + affine.e * y


def _quarter(x: float, y: float) -> tuple[int, int] | None:
    """The nearest of the four upright directions; None when more than 6 degrees off."""
    length = (x * x + y * y) ** 0.5
    if length <= 0:
        return None
    x, y = x / length, y / length
    for direction in ((1, 0), (0, 1), (-1, 0), (0, -1)):
        if x * direction[0] + y * direction[1] > 0.9945:
            return direction
    return None


def _cell(
    origin: tuple[float, float],
    bbox: tuple[float, float, float, float],
    direction: tuple[float, float],
    size: float,
    vertical: bool,
    to_page: Affine,
) -> Rect:
    """The em cell: along the line as wide as the advance, across it one em round the baseline."""
    dx, dy = direction
    ox, oy = origin
    x0, y0, x1, y1 = bbox
    # The advance is the extent of the character's box along the direction of writing.
    advance = abs((x1 - x0) * dx) + abs((y1 - y0) * dy)
    if vertical or not 0 < advance < 4 * size:
        advance = size
    # (ux, uy) points up from the baseline in y-down coordinates.
    ux, uy = dy, -dx
    corners = (
        (ox + ux * size * ASCENT, oy + uy * size * ASCENT),
        (ox - ux * size * (1 - ASCENT), oy - uy * size * (1 - ASCENT)),
        (ox + dx * advance + ux * size * ASCENT, oy + dy * advance + uy * size * ASCENT),
        (
            ox + dx * advance - ux * size * (1 - ASCENT),
            oy + dy * advance - uy * size * (1 - ASCENT),
        ),
    )
    mapped = [to_page(*corner) for corner in corners]
    xs, ys = [p[0] for p in mapped], [p[1] for p in mapped]
    return Rect(min(xs), min(ys), max(xs), max(ys))


def _characters(code: int) -> str:
    """The text of one code point: ligatures split, stray radicals made characters."""
    if not 0 <= code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    char = chr(code)
    if char in "\xa0\u2002\u2003\u2005\u2009\u200a\t":
        return " "
    if 0xFB00 <= code <= 0xFB06:
        return unicodedata.normalize("NFKC", char)
    return unified(char)


def _without_duplicates(glyphs: list[Glyph]) -> list[Glyph]:
    """The same character drawn again at nearly the same place is imitation bold or a shadow:
    the first stays, made bold, in the colour of the one on top."""
    kept: list[Glyph] = []
    grid: dict[tuple[str, int, int], list[int]] = {}
    for glyph in glyphs:
        reach = max(1.0, 0.22 * glyph.size)
        column, row = int(glyph.cell.cx / reach), int(glyph.cell.cy / reach)
        twin = -1
        for i in (column - 1, column, column + 1):
            for j in (row - 1, row, row + 1):
                for index in grid.get((glyph.text, i, j), ()):
                    other = kept[index]
                    off = max(
                        abs(other.cell.cx - glyph.cell.cx), abs(other.cell.cy - glyph.cell.cy)
                    )
                    alike = abs(other.size - glyph.size) <= 0.1 * glyph.size
                    if alike and off <= (reach / 3 if _narrow(glyph) else reach):
                        twin = index
        if twin < 0:
            grid.setdefault((glyph.text, column, row), []).append(len(kept))
            kept.append(glyph)
            continue
        other = kept[twin]
        if glyph.hidden:
            continue
        kept[twin] = replace(
            other,
            bold=True if not other.hidden else other.bold,
            ink=glyph.ink,
            layer=glyph.layer,
            hidden=False,
        )
    return kept


def _narrow(glyph: Glyph) -> bool:
    """Narrow letters stand so close ("ll") that only a near perfect overlap is a double."""
    return min(glyph.cell.width, glyph.cell.height) < 0.6 * glyph.size
