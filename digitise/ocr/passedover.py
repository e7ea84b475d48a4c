"""Characters of a vertical line that the recogniser passed over.

Old type is set solid: characters stand on a pitch of one em. Where two of them are farther apart and the
cell between them holds the ink of a character, one was not read; the classifier of single characters, which
is shown its cell, is believed where it is clear.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..model import Gray
from ..text.script import is_simplified
from .bonds import WORDS, bond
from .engine import Recognition
from .glyphs import STROKES
from .sizing import is_hanzi
from .upright import Column, ink_of

APART = 1.6
"""Characters so many ems apart have a free cell between them."""

MOST = 4
"""So many cells in a row are looked at: a wider gap is meant."""

INKED = 0.4
"""So much of the ink that the line's hanzi hold at a median a cell holds with a character in it."""

FILLED = 0.6, 0.5
"""A character fills more than so much of its cell, down and across; a mark does not."""

DARK = 0.4
"""How dark, against the line's darkest, what fills a cell is."""

CLEAR = 0.75
"""What the classifier gives such a chance is taken."""

TOLD = 8
"""So many readings of it are weighed."""

_MARKS = "，。、；：！？「」『』（）《》〈〉…"


Readings = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell with ink before character `place` of a line; y of its middle, px of the line's image."""

    place: int
    centre: float


def unread(read: Recognition, pixels: Gray, column: Column) -> tuple[Unread, ...]:
    """Cells between the characters of `read` that hold the ink of one that was not read, from above.
    `pixels`: (height, width) of the line's image; `column`: where what was read stands there."""
    text, centres, em = read.text, column.centres, column.em
    open_cells = [
        Unread(i + 1, a + (b - a) * k / steps)
        for i, (a, b) in enumerate(pairwise(centres))
        if b - a >= APART * em and _is_text(text[i]) and _is_text(text[i + 1])
        if (steps := max(2, round((b - a) / em))) <= MOST + 1
        for k in range(1, steps)
    ]
    hanzi = [c for c, char in zip(centres, text, strict=True) if is_hanzi(char)]
    if not open_cells or 2 * len(hanzi) <= len(text):
        return ()
    ink = ink_of(pixels)
    usual = float(np.median([_cell(ink, column, c).sum() for c in hanzi]))
    return tuple(u for u in open_cells if _holds_type(_cell(ink, column, u.centre), usual, em))


def _is_text(char: str) -> bool:
    return is_hanzi(char) or char in _MARKS


def _cell(ink: NDArray[np.float32], column: Column, centre: float) -> NDArray[np.float32]:
    half = column.em / 2
    left, right = max(0, int(column.middle - half)), int(column.middle + half) + 1
    return ink[max(0, int(centre - half)) : int(centre + half) + 1, left:right]


def _holds_type(cell: NDArray[np.float32], usual: float, em: float) -> bool:
    if cell.sum() < INKED * usual:
        return False
    dark = cell > DARK
    down, across = dark.any(axis=1).sum(), dark.any(axis=0).sum()
    return bool(down >= FILLED[0] * em and across >= FILLED[1] * em)


def told(logs: NDArray[np.float32], names: Sequence[str], text: str, place: int) -> Readings:
    """What a cell before character `place` of `text` shows, likeliest first, with its chance among
    these; nothing where that is not clear. `logs`: logarithms of the chance of each of `names`."""
    likely = np.argpartition(-logs, TOLD)[:TOLD].tolist()
    likely = [i for i in likely if is_hanzi(names[i]) and not is_simplified(names[i])]
    if names[int(logs.argmax())] in STROKES:
        return ()
    parted = f"{text[:place]}?{text[place:]}"
    rest = np.log(max(1e-6, 1.0 - float(np.exp(logs[likely]).sum())))
    worth = np.array([logs[i] + WORDS * bond(parted, place, names[i]) for i in likely])
    chances = np.exp(worth - np.logaddexp.reduce([*worth, rest]))
    order = np.argsort(-chances)
    if not len(order) or chances[order[0]] < CLEAR:
        return ()
    return tuple((names[likely[i]], float(chances[i])) for i in order)


def put_in(
    read: Recognition, column: Column, height: int, found: Sequence[tuple[Unread, Readings]]
) -> Recognition:
    """`read`, of an image so many pixels high, with what was `found` in its cells, from above.
    Characters beside give way to them."""
    text, spans = list(read.text), list(read.spans)
    confidences, rivals = list(read.confidences), list(read.rivals)
    half = column.em / 2 / height
    for cell, ((char, chance), *others) in reversed(found):
        at, middle = cell.place, cell.centre / height
        top, bottom = middle - half, middle + half
        start, end = spans[at - 1]
        spans[at - 1] = start, max(start, min(end, top))
        start, end = spans[at]
        spans[at] = min(end, max(start, bottom)), end
        text.insert(at, char)
        spans.insert(at, (top, bottom))
        confidences.insert(at, chance)
        if rivals:
            rivals.insert(at, tuple(others))
    return replace(
        read,
        text="".join(text),
        spans=tuple(spans),
        confidences=tuple(confidences),
        rivals=tuple(rivals),
    )
