"""Vertical lines of old type heard three times where the recogniser is not sure.

The recogniser reads a vertical line lying on its side. What it is unsure of it is asked again with
the characters upright, set anew side by side; and each such character is shown to a classifier of
single characters (glyphs.py), which also sees how like it is to those the page has for certain
(specimens.py). Where that one agrees, nothing can change. The three err in different places: taken
together, by the weighted mean of their logarithms, they are right more often than the best of them.
A reading that makes a word with what stands before or behind it (bonds.py) is given a little more.
Cells between characters that the recogniser passed over (passedover.py) are shown to the classifier
alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..model import Gray
from ..text.script import is_simplified
from .bonds import WORDS, bond
from .engine import Engine, LineImage, Recognition
from .glyphs import STROKES, GlyphReader, Judged
from .oneprint import script_of
from .passedover import Readings, Unread, put_in, told, unread
from .sizing import is_hanzi
from .specimens import MOST, Specimens, in_own_type, specimens_of
from .upright import STRIP, Column, cell, cell_at, column_of, set_anew

RIVALS = 20
"""So many readings of each character the recogniser is asked for."""

LYING, UPRIGHT, ALONE = 0.35, 0.25, 0.4
"""Weights of the three voices."""

SURE = 0.98
"""What the recogniser is so sure of stands."""

LEAD = 0.8
"""By how much another reading must be ahead, in the weighted logarithm of the chance."""

FLOOR = math.log(1e-4)
"""No voice speaks against a reading more strongly than this."""

AGREED = math.log(0.8)
"""What the classifier, too, gives such a chance stands and is a specimen of the page's type."""

PROPOSED = 8
"""So many readings the classifier may propose itself."""

NEAR = 0.42
"""A character that is read upright stands so many ems from where its cell was set at most."""

Chances = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A character in question: `line` and `place`, and its number among all that are asked."""

    line: int
    place: int
    number: int


def heard_again(
    engine: Engine, images: Sequence[LineImage], read: Sequence[Recognition]
) -> tuple[Recognition, ...]:
    """`read`, of `images`, with the unsure characters of vertical lines settled by all three
    voices, and characters put in that were passed over. Nothing changes where the print is not
    traditional, the engine knows no single characters, or it did not tell what else a character
    could be. Raises EngineFailed."""
    if not isinstance(engine, GlyphReader) or script_of([r.text for r in read]) != "traditional":
        return tuple(read)
    columns = {
        line: column
        for line, (image, found) in enumerate(zip(images, read, strict=True))
        if image.vertical and found.rivals
        if (column := column_of(found, image.pixels)) is not None
    }
    asked: list[_Asked] = []
    for line in columns:
        for place in _unsure(read[line]):
            asked.append(_Asked(line, place, len(asked)))
    missing = [
        (line, free)
        for line, column in columns.items()
        for free in unread(read[line], images[line].pixels, column)
    ]
    cells = [cell(images[a.line].pixels, columns[a.line], a.place) for a in asked]
    cells += [cell_at(images[line].pixels, columns[line], free.centre) for line, free in missing]
    judged = engine.glyphs(cells) if cells else None
    if judged is None:
        return tuple(read)
    agreed, asked = _parted(asked, read, judged)
    if not asked and not missing:
        return tuple(read)
    own = in_own_type(judged, _specimens(engine, images, read, columns, agreed, judged))
    out = _settled_all(engine, images, read, columns, asked, own)
    names = tuple(own.places)
    found: dict[int, list[tuple[Unread, Readings]]] = {}
    for (line, free), logs in zip(missing, own.logs[len(cells) - len(missing) :], strict=True):
        if readings := told(logs, names, out[line].text, free.place):
            found.setdefault(line, []).append((free, readings))
    for line, cells_read in found.items():
        out[line] = put_in(out[line], columns[line], images[line].pixels.shape[0], cells_read)
    return tuple(out)


def _parted(
    asked: Sequence[_Asked], read: Sequence[Recognition], judged: Judged
) -> tuple[list[_Asked], list[_Asked]]:
    """(what the classifier agrees with clearly, which stands and speaks for others; the rest)."""
    agreed: list[_Asked] = []
    rest: list[_Asked] = []
    for one in asked:
        known = judged.places.get(read[one.line].text[one.place])
        clear = known is not None and judged.logs[one.number, known] >= AGREED
        (agreed if clear else rest).append(one)
    return agreed, rest


def _settled_all(
    engine: Engine,
    images: Sequence[LineImage],
    read: Sequence[Recognition],
    columns: Mapping[int, Column],
    asked: Sequence[_Asked],
    judged: Judged,
) -> list[Recognition]:
    """`read` with what was `asked` settled. Where the classifier agrees with the recogniser nothing
    can change."""
    best = judged.logs.argmax(axis=1).tolist()
    asked = [a for a in asked if best[a.number] != judged.places.get(read[a.line].text[a.place])]
    open_lines = {a.line: columns[a.line] for a in asked}
    upright = _read_upright(engine, images, open_lines)
    out = list(read)
    for one in asked:
        settled = _settled(read[one.line], one, upright[one.line], judged)
        if settled is not None:
            out[one.line] = _with(out[one.line], one.place, *settled)
    return out


def _specimens(
    engine: GlyphReader,
    images: Sequence[LineImage],
    read: Sequence[Recognition],
    columns: Mapping[int, Column],
    agreed: Sequence[_Asked],
    judged: Judged,
) -> Specimens:
    """What the recogniser is sure of in the vertical lines and, after that, what the classifier has
    `agreed` to."""
    sure: dict[str, list[tuple[float, int, int]]] = {}
    for line in columns:
        for place, (char, chance) in enumerate(
            zip(read[line].text, read[line].confidences, strict=True)
        ):
            if chance >= SURE and is_hanzi(char):
                sure.setdefault(char, []).append((-chance, line, place))
    cells: list[Gray] = []
    characters: list[str] = []
    for char, places in sure.items():
        for _, line, place in sorted(places)[:MOST]:
            cells.append(cell(images[line].pixels, columns[line], place))
            characters.append(char)
    seen = [judged.seen[[one.number for one in agreed]]]
    if cells and (looked_at := engine.glyphs(cells)) is not None:
        seen.insert(0, looked_at.seen)
    else:
        characters = []
    characters += [read[one.line].text[one.place] for one in agreed]
    return specimens_of(np.vstack(seen), characters, judged.places)


def _unsure(found: Recognition) -> list[int]:
    return [
        i
        for i, (char, sure) in enumerate(zip(found.text, found.confidences, strict=True))
        if sure < SURE and is_hanzi(char)
    ]


def _read_upright(
    engine: Engine, images: Sequence[LineImage], columns: Mapping[int, Column]
) -> dict[int, list[Chances]]:
    """For each line of `columns` and each of its characters what it could be, read upright."""
    lines, middles = [], []
    for line, column in columns.items():
        pixels, places = set_anew(images[line].pixels, column)
        lines.append(LineImage(pixels, script="traditional", rivals=RIVALS))
        middles.append(places)
    out: dict[int, list[Chances]] = {}
    found = engine.recognise(lines)
    for line, image, places, read in zip(columns, lines, middles, found, strict=True):
        length = image.pixels.shape[1] / STRIP
        at = [(a + b) / 2 for a, b in read.spans]
        out[line] = []
        for place in places:
            near = min(range(len(at)), key=lambda i: abs(at[i] - place), default=None)
            if near is None or abs(at[near] - place) * length > NEAR:
                out[line].append({})
            else:
                out[line].append(_chances(read, near))
    return out


def _chances(read: Recognition, place: int) -> Chances:
    """What character `place` could be: logarithms, of what is hanzi of traditional print."""
    told = [(read.text[place], read.confidences[place])]
    told += read.rivals[place] if place < len(read.rivals) else ()
    return {
        char: max(FLOOR, math.log(max(chance, 1e-9)))
        for char, chance in reversed(told)
        if is_hanzi(char) and not is_simplified(char)
    }


def _settled(
    read: Recognition, one: _Asked, upright: Sequence[Chances], judged: Judged
) -> tuple[str, float] | None:
    """(character, its chance among all in question) where another one is clearly ahead."""
    char = read.text[one.place]
    if char not in judged.places:
        return None  # what one voice does not know three cannot judge
    lying = _chances(read, one.place)
    again = upright[one.place]
    logs = judged.logs[one.number]
    question = {char, *lying, *again, *_proposed(judged, logs)}
    names = sorted(question)
    worth = np.array(
        [
            LYING * lying.get(c, FLOOR)
            + UPRIGHT * (again.get(c, FLOOR) if again else lying.get(c, FLOOR))
            + ALONE * _alone(judged, logs, c)
            + WORDS * bond(read.text, one.place, c)
            for c in names
        ]
    )
    best = int(worth.argmax())
    if worth[best] - worth[names.index(char)] < LEAD:
        return None
    if char in STROKES and names[best] in STROKES:
        return None
    chances = np.exp(worth - worth[best])
    return names[best], float(1 / chances.sum())


def _alone(judged: Judged, logs: NDArray[np.float32], char: str) -> float:
    place = judged.places.get(char)
    return FLOOR if place is None else max(FLOOR, float(logs[place]))


def _proposed(judged: Judged, logs: NDArray[np.float32]) -> list[str]:
    names = tuple(judged.places)
    likely = sorted(np.argpartition(-logs, PROPOSED)[:PROPOSED].tolist())
    return [names[i] for i in likely if not is_simplified(names[i])]


def _with(read: Recognition, place: int, char: str, chance: float) -> Recognition:
    """`read` with another character in this place; what it was is the first of its rivals."""
    was = (read.text[place], read.confidences[place])
    rivals = list(read.rivals)
    rivals[place] = (was, *(r for r in rivals[place] if r[0] != char))
    confidences = list(read.confidences)
    confidences[place] = chance
    text = read.text[:place] + char + read.text[place + 1 :]
    return replace(read, text=text, confidences=tuple(confidences), rivals=tuple(rivals))
