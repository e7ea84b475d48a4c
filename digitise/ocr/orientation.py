"""Whether a scanned page lies on its side or upside down, told by the recogniser.

A page lying on its side reads like one set downwards, for a recogniser that takes vertical lines
lying down. Its single characters tell: they can be read lying, those of a vertical page standing.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean

import numpy as np

from ..model import Gray, Rect, TextLine
from .engine import Engine, LineImage
from .sizing import is_hanzi

LINES, CHARACTERS = 10, 48
"""Lines and characters tried, the longest and the first."""

LEGIBLE = 0.8
"""Mean confidence from which a page is not asked whether it stands on its head."""

LEAD = 0.15
"""By how much more legible turned lines are on a page that is turned."""

FEWEST = 12
"""Characters by which a page on its side is known; fewer say nothing."""


def quarter_turns(page: Gray, lines: Sequence[TextLine], engine: Engine) -> int:
    """By how many quarter turns to the left (as `numpy.rot90` counts) the page has to be turned
    to stand upright: 0 to 3. `lines` are what was read of it, in its pixels. Raises
    EngineFailed."""
    down = [line for line in lines if line.mode == "vertical-rl"]
    flat = [line for line in lines if line.mode != "vertical-rl"]
    most = max(down, flat, key=lambda group: sum(len(line.chars) for line in group))
    longest = sorted(most, key=lambda line: (-len(line.chars), line.box.y0, line.box.x0))[:LINES]
    if sum(len(line.chars) for line in longest) < FEWEST:
        return 0
    sure = mean(line.confidence for line in longest)
    if most is flat:
        return 2 if sure < LEGIBLE and _gains(page, longest, engine, 2, sure) else 0
    if sure < LEGIBLE and _gains(page, longest, engine, 3, sure):
        return 3
    return 1 if _lie(page, longest, engine) else 0


def _gains(page: Gray, lines: Sequence[TextLine], engine: Engine, turns: int, sure: float) -> bool:
    images = [LineImage(_turned(_cut(page, line.box, 0.1 * line.size), turns)) for line in lines]
    read = mean(r.confidence for r in engine.recognise(images))
    return read >= LEGIBLE and read > sure + LEAD


def _lie(page: Gray, lines: Sequence[TextLine], engine: Engine) -> bool:
    """Whether the characters of vertical lines lie with their heads to the right."""
    cells: list[tuple[str, Gray]] = []
    for line in lines:
        for char in line.chars:
            if not is_hanzi(char.text) or char.confidence < 0.9:
                continue
            half = 0.6 * line.size
            box = Rect(char.box.cx, char.box.cy, char.box.cx, char.box.cy).grow(half)
            cells.append((char.text, _cut(page, box, 0.0)))
    cells = cells[:: max(1, len(cells) // CHARACTERS)][:CHARACTERS]
    if len(cells) < FEWEST:
        return False
    standing = engine.recognise([LineImage(cell) for _, cell in cells])
    lying = engine.recognise([LineImage(_turned(cell, 1)) for _, cell in cells])
    right = [
        sum(text in read.text for (text, _), read in zip(cells, reads, strict=True)) / len(cells)
        for reads in (standing, lying)
    ]
    return right[1] > 0.6 and right[1] > right[0] + 0.3


def _cut(page: Gray, box: Rect, margin: float) -> Gray:
    height, width = page.shape
    box = box.grow(margin).clip(Rect(0.0, 0.0, float(width), float(height)))
    return page[int(box.y0) : int(box.y1) + 1, int(box.x0) : int(box.x1) + 1]


def _turned(pixels: Gray, turns: int) -> Gray:
    return np.ascontiguousarray(np.rot90(pixels, turns))
