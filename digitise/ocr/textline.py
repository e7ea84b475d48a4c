"""One recognised line image becomes a TextLine: characters, boxes, spaces, size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ..model import Char, Rect, TextLine, WritingMode
from .engine import Recognition
from .sizing import em_of, is_wide

Gap = tuple[float, float]

_OPENING = frozenset("（〔［｛《〈「『【〖“‘([{")
_CLOSING = frozenset("，。、；：？！）〕］｝》〉」』】〗”’,.;:?!)]}")


def assemble(
    recognition: Recognition, box: Rect, image_box: Rect, gaps: Sequence[Gap], vertical: bool
) -> TextLine | None:
    """The line, or None when nothing was read.

    `box` is the line's tight box on the page, `image_box` that of the line image given to
    the engine; `gaps` are the white stretches along the line, on the page.
    """
    chars = _place(recognition, box, image_box, vertical)
    if not any(c.text.strip() for c in chars):
        return None
    solid = [c for c in chars if c.text.strip()]
    size = em_of(solid, box, vertical)
    spaced = _with_spaces(chars, gaps, size, vertical)
    confidence = sum(c.confidence for c in solid) / len(solid)
    mode: WritingMode = "vertical-rl" if vertical else "horizontal-tb"
    return TextLine(box, tuple(spaced), round(size, 2), mode, confidence=round(confidence, 4))


def apart_from_byline(line: TextLine, em: float) -> list[TextLine]:
    """The line, cut in two where a name stands after a gap behind the sentence that ends it.

    Only lines of body type are cut, at a space after 。！？”’） or ］ that is followed by no more
    than 18 characters (36 in brackets) without a stop.
    """
    text = line.text
    at = text.rfind(" ", 0, -1) if line.mode == "horizontal-tb" and line.size < 1.4 * em else -1
    while at > 0 and text[at - 1] not in "。！？”’）］":
        at = text.rfind(" ", 0, at)
    rest = text[at + 1 :]
    if rest[:1] in _CLOSING:
        return [line]
    if rest[1:3] in ("下转", "上接", "紧接", "转第", "接第"):
        return [line]  # a jump ends its sentence's line
    longest = 36 if rest[:1] in "（［(" and rest[-1:] in "）］)" else 18
    if at <= 0 or not 2 <= len(rest) <= longest or any(c in "，。！？：；“" for c in rest):
        return [line]
    out = []
    for chars in (line.chars[:at], line.chars[at + 1 :]):
        box = Rect(chars[0].box.x0, line.box.y0, chars[-1].box.x1, line.box.y1)
        confidence = sum(c.confidence for c in chars) / len(chars)
        out.append(replace(line, box=box, chars=chars, confidence=round(confidence, 4)))
    return out


def _place(recognition: Recognition, box: Rect, image_box: Rect, vertical: bool) -> list[Char]:
    out = []
    for text, (start, end), confidence in zip(
        recognition.text, recognition.spans, recognition.confidences, strict=True
    ):
        if vertical:
            a = image_box.y0 + start * image_box.height
            b = image_box.y0 + end * image_box.height
            place = Rect(box.x0, max(box.y0, a), box.x1, min(box.y1, b))
        else:
            a = image_box.x0 + start * image_box.width
            b = image_box.x0 + end * image_box.width
            place = Rect(max(box.x0, a), box.y0, min(box.x1, b), box.y1)
        out.append(Char(text, place, confidence))
    return out


def _with_spaces(chars: list[Char], gaps: Sequence[Gap], size: float, vertical: bool) -> list[Char]:
    """Spaces where the ink has a gap for one; the engine's own are kept between Latin words.

    In letter-spaced lines every gap is wide and none is a space.
    """
    solid = [c for c in chars if c.text.strip()]
    centres = [c.box.cy if vertical else c.box.cx for c in solid]
    steps = np.diff(centres)
    em = size
    if len(steps):
        # Condensed type has narrower spaces.
        size = min(size, max(0.6 * size, float(np.median(steps))))
    loose = len(steps) > 0 and float(np.median(steps)) > 1.3 * em
    keep = {
        sum(1 for d in chars[:i] if d.text.strip()) for i, c in enumerate(chars)
        if not c.text.strip()
    }  # fmt: skip
    letters = [b - a for a, b in gaps if _between_letters(solid, centres, (a + b) / 2)]
    spaced = 1.8 * float(np.median(letters)) if len(letters) >= 3 else 0.0
    after: set[int] = set()
    for a, b in gaps:
        place = sum(1 for c in centres if c < (a + b) / 2)
        if not 0 < place < len(solid):
            continue
        before, behind = solid[place - 1].text, solid[place].text
        if before.isascii() and behind.isascii():
            if (before.isalpha() and behind.isalpha() and b - a >= max(0.2 * size, spaced)) or (
                place in keep and b - a >= max(0.15 * size, spaced)
            ):
                after.add(place)
            continue
        need = 0.8 * size
        need += 0.5 * size * (before in _CLOSING and (is_wide(before) or is_wide(behind)))
        need += 0.5 * size * (behind in _OPENING)
        if loose:
            need = max(need, 2.2 * float(np.median(steps)))
        if b - a >= need:
            after.add(place)
    out: list[Char] = []
    for i, char in enumerate(solid):
        if i in after:
            out.append(_space(out[-1], char, vertical))
        out.append(char)
    return out


def _between_letters(solid: Sequence[Char], centres: Sequence[float], at: float) -> bool:
    place = sum(1 for c in centres if c < at)
    near = solid[place - 1 : place + 1] if place else solid[:0]
    return len(near) == 2 and all(c.text.isascii() and c.text.isalpha() for c in near)


def _space(before: Char, behind: Char, vertical: bool) -> Char:
    a, b = before.box, behind.box
    if vertical:
        return Char(" ", Rect(a.x0, min(a.y1, b.y0), a.x1, max(a.y1, b.y0)))
    return Char(" ", Rect(min(a.x1, b.x0), a.y0, max(a.x1, b.x0), a.y1))
