"""The script of a page as a hint to the reading of its lines.

A page is printed in simplified or in traditional characters, and a recogniser that knows both
takes an unclear or a brush-written character for one of the other script easily.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..text.script import is_simplified, is_traditional, leaning
from .engine import Engine, LineImage, Recognition, Script

CLEAR = 0.02
"""A page leans to a script when so many more of its characters belong to that one alone."""


def script_of(texts: Sequence[str]) -> Script | None:
    """The script a page is printed in; None when it cannot be told."""
    text = "".join(texts)
    lean = leaning(text)
    if abs(lean) <= max(5.0, CLEAR * len(text)):
        return None
    return "traditional" if lean > 0 else "simplified"


def read_in_one_script(engine: Engine, images: Sequence[LineImage]) -> tuple[Recognition, ...]:
    """`engine.recognise(images)`, the lines with characters foreign to the page's script read
    again with the script as a hint. Raises EngineFailed."""
    read = engine.recognise(images)
    script = script_of([line.text for line in read])
    if script is None:
        return read
    foreign = is_simplified if script == "traditional" else is_traditional
    again = [i for i, line in enumerate(read) if any(map(foreign, line.text))]
    out = list(read)
    hinted = engine.recognise([replace(images[i], script=script) for i in again])
    for i, line in zip(again, hinted, strict=True):
        out[i] = line
    return tuple(out)
