"""A TextLine of ALTO -> its text and characters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from ...model import Char, Rect, WritingMode
from .xmlread import children, local, number, share_of

_HYPHENS = {"\u00ad": "-", "\u00ac": "-"}


@dataclass(frozen=True, slots=True)
class ReadLine:
    """`boxes` are those of the Strings; `chars` are empty where nothing is said of them."""

    text: str
    chars: tuple[Char, ...]
    confidence: float
    boxes: tuple[Rect, ...]


def read_line(element: etree._Element, mode: WritingMode, scale: float, spaced: bool) -> ReadLine:
    """`spaced`: the document has SP elements; without them Latin words are parted by a space."""
    chars: list[Char] = []
    told = False
    weights: list[tuple[float, float]] = []
    boxes: list[Rect] = []
    for part in children(element, "String", "SP", "HYP"):
        box = box_of(part, scale)
        if local(part) == "SP":
            if chars:
                chars.append(Char(" ", _gap(chars[-1].box, box)))
            continue
        content = part.get("CONTENT", "")
        if local(part) == "HYP":
            content = _HYPHENS.get(content, content) or "-"
        elif not spaced and chars and _wants_space(chars[-1].text, content):
            chars.append(Char(" ", _gap(chars[-1].box, None)))
        own, known = _chars(part, content, box, mode, scale)
        told = told or known
        chars += own
        if box is not None:
            boxes.append(box)
        weight = share_of(part.get("WC"))
        if weight is not None:
            weights.append((weight, max(1, len(content))))
    text = "".join(c.text for c in chars)
    confidence = _mean(weights) if weights else _mean([(c.confidence, 1) for c in chars])
    return ReadLine(text, tuple(chars) if told else (), confidence, tuple(boxes))


def _mean(weights: Sequence[tuple[float, float]]) -> float:
    total = sum(w for _, w in weights)
    return round(sum(v * w for v, w in weights) / total, 3) if total else 1.0


def _wants_space(before: str, after: str) -> bool:
    return bool(before.strip() and after.strip()) and before[-1] < "\u1100" and after[0] < "\u1100"


def _gap(before: Rect, box: Rect | None) -> Rect:
    return box if box is not None else Rect(before.x1, before.y0, before.x1, before.y1)


def _chars(
    part: etree._Element, content: str, box: Rect | None, mode: WritingMode, scale: float
) -> tuple[list[Char], bool]:
    """A String's characters, and whether the document itself tells of them."""
    glyphs = list(children(part, "Glyph"))
    if glyphs and "".join(g.get("CONTENT", "") for g in glyphs) == content:
        return [
            Char(g.get("CONTENT", ""), box_of(g, scale) or Rect(0, 0, 0, 0), _confidence(g))
            for g in glyphs
        ], True
    digits = "".join(part.get("CC", "").split())
    known = len(digits) == len(content) and digits.isascii() and digits.isdigit()
    weight = share_of(part.get("WC"))
    default = 1.0 if weight is None else weight
    outer = box if box is not None else Rect(0, 0, 0, 0)
    return [
        Char(c, slot(outer, mode, i, len(content)), 1 - int(digits[i]) / 9 if known else default)
        for i, c in enumerate(content)
    ], known and bool(content)


def _confidence(glyph: etree._Element) -> float:
    found = share_of(glyph.get("GC"))
    return 1.0 if found is None else found


def slot(box: Rect, mode: WritingMode, place: int, count: int) -> Rect:
    """Where one of `count` characters stands when all are of one width."""
    a, b = place / count, (place + 1) / count
    if mode == "vertical-rl":
        return Rect(box.x0, box.y0 + a * box.height, box.x1, box.y0 + b * box.height)
    if mode == "horizontal-rtl":
        a, b = 1 - b, 1 - a
    return Rect(box.x0 + a * box.width, box.y0, box.x0 + b * box.width, box.y1)


def box_of(element: etree._Element, scale: float) -> Rect | None:
    """The element's rectangle in pixels; None where it has no place."""
    if element.get("HPOS") is None or element.get("VPOS") is None:
        return None
    x, y, w, h = (number(element.get(k)) for k in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
    return Rect(x, y, x + w, y + h).scale(scale)
