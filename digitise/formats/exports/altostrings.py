"""A printed line as ALTO's Strings and spaces.

Chinese is set without spaces between words, and where a headline is letter-spaced the spaces
divide nothing: a line of Chinese is one String. Only a space with Latin text on both sides parts
two Strings, as ALTO has it for the languages it was made for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from ...model import Char, Line, Rect, WritingMode, bounding
from .words import matched_chars, share
from .xmlwrite import add, pixel
from .xmlwrite import share as confidence

_WORD = r"[^\s\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
_GAP = re.compile(f"(?<={_WORD}) (?={_WORD})")


@dataclass(frozen=True, slots=True)
class Run:
    """`start` and `end` count code points of the line's text; `box` may be unknown."""

    start: int
    end: int
    box: Rect | None


def runs(line: Line, mode: WritingMode) -> tuple[Run, ...]:
    """The Strings of a line; a line without text is one empty String."""
    gaps = [m.start() for m in _GAP.finditer(line.text)]
    starts = [0, *(g + 1 for g in gaps)]
    ends = [*gaps, len(line.text)]
    if len(starts) == 1:
        return (Run(0, len(line.text), line.box if line.polygon else None),)
    chars = matched_chars(line)
    return tuple(
        Run(a, b, _box(line, chars, mode, a, b)) for a, b in zip(starts, ends, strict=True)
    )


def _box(line: Line, chars: Sequence[Char], mode: WritingMode, start: int, end: int) -> Rect | None:
    if chars:
        return bounding(c.box for c in chars[start:end])
    return share(line, mode, start, end) if line.polygon else None


def digit(value: float) -> str:
    """CC of one character: 0 is sure, 9 is not."""
    return str(min(9, max(0, pixel((1.0 - value) * 9))))


def add_strings(
    parent: etree._Element, line: Line, line_id: str, mode: WritingMode, *, glyphs: bool
) -> None:
    """Appends the line's String and SP elements. CC is there where each character's confidence
    is known, Glyph on request and where each character is one code point."""
    chars = matched_chars(line)
    before: Run | None = None
    for count, run in enumerate(runs(line, mode), 1):
        if before is not None:
            _add_space(parent, before, run, f"{line_id}-sp{count - 1}")
        own = chars[run.start : run.end]
        string = add(
            parent,
            "String",
            ID=f"{line_id}-s{count}",
            **place(run.box),
            CONTENT=line.text[run.start : run.end],
            WC=confidence(line.confidence),
            CC="".join(digit(c.confidence) for c in own) or None,
        )
        for number, char in enumerate(own if glyphs else (), 1):
            add(
                string,
                "Glyph",
                ID=f"{line_id}-s{count}-g{number}",
                CONTENT=char.text,
                GC=confidence(char.confidence),
                **place(char.box),
            )
        before = run


def _add_space(parent: etree._Element, before: Run, after: Run, space_id: str) -> None:
    if before.box is None or after.box is None:
        add(parent, "SP", ID=space_id)
        return
    start, end = pixel(before.box.x1), pixel(after.box.x0)
    add(parent, "SP", ID=space_id, WIDTH=str(max(0, end - start)), HPOS=str(start),
        VPOS=str(pixel(before.box.y0)))  # fmt: skip


def place(box: Rect | None) -> dict[str, str]:
    """HPOS, VPOS, WIDTH and HEIGHT in whole pixels; nothing where there is no place."""
    if box is None:
        return {}
    x0, y0, x1, y1 = (pixel(v) for v in (box.x0, box.y0, box.x1, box.y1))
    return {"HPOS": str(x0), "VPOS": str(y0), "WIDTH": str(x1 - x0), "HEIGHT": str(y1 - y0)}
