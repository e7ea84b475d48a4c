"""Runs of a printed line between spaces, each with its box: what other formats call words.

Chinese is set without spaces, so that a run is as a rule the whole line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ...model import Char, Line, Rect, WritingMode, bounding

_RUN = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Word:
    """`start` and `end` count code points of the line's text. `box` in pixels of the page."""

    text: str
    start: int
    end: int
    box: Rect
    confidence: float


def matched_chars(line: Line) -> tuple[Char, ...]:
    """The line's characters if they stand one to one for the code points of its text, else ()."""
    chars = line.chars
    if len(chars) == len(line.text) and all(
        c.text == t for c, t in zip(chars, line.text, strict=True)
    ):
        return chars
    return ()


def words(line: Line, mode: WritingMode) -> tuple[Word, ...]:
    """The runs of a line in reading order; () for one without text or place.

    Without characters that match the text a run's box is its share of the line's.
    """
    if not line.polygon:
        return ()
    spans = [(m.start(), m.end()) for m in _RUN.finditer(line.text)]
    chars = matched_chars(line)
    return tuple(
        Word(line.text[a:b], a, b, *_measured(chars[a:b]))
        if chars
        else Word(line.text[a:b], a, b, share(line, mode, a, b), line.confidence)
        for a, b in spans
    )


def share(line: Line, mode: WritingMode, start: int, end: int) -> Rect:
    """Where code points `start` to `end` would stand if all were of one width."""
    box, whole = line.box, max(1, len(line.text))
    a, b = start / whole, end / whole
    if mode == "vertical-rl":
        return Rect(box.x0, box.y0 + a * box.height, box.x1, box.y0 + b * box.height)
    if mode == "horizontal-rtl":
        a, b = 1 - b, 1 - a
    return Rect(box.x0 + a * box.width, box.y0, box.x0 + b * box.width, box.y1)


def _measured(chars: Sequence[Char]) -> tuple[Rect, float]:
    return bounding(c.box for c in chars), sum(c.confidence for c in chars) / len(chars)
