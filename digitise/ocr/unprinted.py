"""Characters that were read where nothing is printed: what shines through between two headlines is
joined to them by a detector, and read as something, though too pale to be ink."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..model import Char, Gray, Rect, TextLine, bounding
from .sizing import is_hanzi

INKED = 0.004
"""Share of its box that the ink of a character takes at least."""

DOUBTFUL = 0.85
"""A character read with less confidence is looked at."""

APART = 1.5
"""So many ems from the end of what is printed to where it goes on part two lines."""


def without_unprinted(lines: Sequence[TextLine], ink: Gray) -> tuple[TextLine, ...]:
    """`lines` without doubtful characters that have no ink under them, and parted where such a
    stretch lies between. `ink`: the page's 0/255 mask. A line of nothing else stays, for others to
    judge."""
    return tuple(part for line in lines for part in _printed(line, ink))


def _printed(line: TextLine, ink: Gray) -> list[TextLine]:
    gone = [
        is_hanzi(c.text) and c.confidence < DOUBTFUL and _share(ink, c.box) < INKED
        for c in line.chars
    ]
    kept = [c for c, unprinted in zip(line.chars, gone, strict=True) if not unprinted]
    if not any(gone) or not any(is_hanzi(c.text) for c in kept):
        return [line]
    parts: list[list[Char]] = []
    for char in kept:
        if not char.text.strip():
            if parts:
                parts[-1].append(char)
            continue
        last = next((c for c in reversed(parts[-1]) if c.text.strip()), None) if parts else None
        if last is None or _gap(last.box, char.box, line.mode) >= APART * line.size:
            parts.append([char])
        else:
            parts[-1].append(char)
    return [_line(line, part) for part in parts]


def _share(ink: Gray, box: Rect) -> float:
    part = ink[max(0, int(box.y0)) : int(box.y1) + 1, max(0, int(box.x0)) : int(box.x1) + 1]
    return float(part.mean()) / 255 if part.size else 0.0


def _gap(a: Rect, b: Rect, mode: str) -> float:
    return b.y0 - a.y1 if mode == "vertical-rl" else b.x0 - a.x1


def _line(line: TextLine, chars: Sequence[Char]) -> TextLine:
    while chars and not chars[-1].text.strip():
        chars = chars[:-1]
    held = bounding(c.box for c in chars)
    if line.mode == "vertical-rl":
        box = replace(line.box, y0=held.y0, y1=held.y1)
    else:
        box = replace(line.box, x0=held.x0, x1=held.x1)
    sure = sum(c.confidence for c in chars) / len(chars)
    return replace(line, chars=tuple(chars), box=box, confidence=sure)
