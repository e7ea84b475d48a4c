"""The em of a printed line, from its pitch and the height of its ink."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from ..model import Char, Rect, TextLine

GLYPH = 0.925
"""Height of a row of hanzi over their em."""

LONG, DOWN = 9, 5
"""Hanzi of a line, and of one set downwards, from which its pitch alone tells their size; justified
lines are no larger than that, and the ink of a long line is that of its stops and figures too."""

WEIGHT = 4.0
"""Hanzi whose pitch says as much as the height of the row."""

FEW = 4
"""So few hanzi in a column tell its size badly: a mark beside or under them counts as much."""

ALIKE, STRAY = 0.04, 0.12
"""Columns of one type are found to be of one size within the first; by how much one of them may be
thought larger or smaller is the second."""


HIGH, LOW = frozenset("“”‘’"), frozenset("。，、.,")
"""Marks at the head and at the foot of a row."""


def is_wide(text: str) -> bool:
    """Whether a character takes a full em: hanzi, kana, full-width forms."""
    return unicodedata.east_asian_width(text[:1]) in ("W", "F")


def is_hanzi(text: str) -> bool:
    return bool(text) and (
        "\u4e00" <= text[0] <= "\u9fff"
        or "\u3400" <= text[0] <= "\u4dbf"
        or "\uf900" <= text[0] <= "\ufaff"
        or "\U00020000" <= text[0] <= "\U0003ffff"
    )


def pitch_of(chars: Sequence[Char], vertical: bool) -> float | None:
    """Advance per hanzi in px: over the longest stretches of hanzi without a gap; None when
    there are not three in a row."""
    steps: list[tuple[float, int]] = []
    start = 0
    for i in range(len(chars) + 1):
        if i < len(chars) and is_hanzi(chars[i].text):
            continue
        if i - start >= 3:
            first, last = chars[start].box, chars[i - 1].box
            length = (last.cy - first.cy) if vertical else (last.cx - first.cx)
            steps.append((length / (i - 1 - start), i - 1 - start))
        start = i + 1
    if not steps:
        return None
    values = np.repeat([s for s, _ in steps], [n for _, n in steps])
    return float(np.median(values))


def em_of(chars: Sequence[Char], box: Rect, vertical: bool) -> float:
    """The em of a line in px. `box` is tight to the ink.

    The row's ink height over 0.925 says how large the type is; the pitch says so more
    exactly where the type is set solid, that is where the two agree within 15 percent. A column
    wider than that has taken in a hairline or a mark beside it: characters do not overlap.
    """
    across = box.width if vertical else box.height
    along = box.height if vertical else box.width
    full = sum(1 for c in chars if is_hanzi(c.text))
    glyph = across / GLYPH
    if full == 1 and len(chars) == 1:
        glyph = max(across, along) / GLYPH
    elif full == 0:
        # Figures and capitals stand 0.75 em high, and from its stop to a quotation mark a row's whole
        # height.
        marks = {c.text for c in chars}
        share = 0.75 if any(c.text.isalnum() for c in chars) else 0.5
        glyph = across / (GLYPH if marks & HIGH and marks & LOW and not vertical else share)
    pitch = _step_of(chars) if vertical else pitch_of(chars, vertical)
    if pitch is not None and 0.86 <= pitch / glyph <= 1.15:
        # Where single characters stand is the recogniser's guess: over a few it is far off.
        # A column, though, is wider by the marks beside it than its type.
        least = DOWN if vertical else LONG
        return pitch if full >= least else (WEIGHT * glyph + full * pitch) / (WEIGHT + full)
    if vertical and pitch is not None and full >= DOWN and pitch < glyph:
        return pitch
    return glyph


def _step_of(chars: Sequence[Char]) -> float | None:
    """The usual step down from hanzi to hanzi in px, whatever stops stand between some of them;
    None when there are not three in a row."""
    if pitch_of(chars, vertical=True) is None:
        return None
    return float(
        np.median(
            [
                b.box.cy - a.box.cy
                for a, b in pairwise(chars)
                if is_hanzi(a.text) and is_hanzi(b.text)
            ]
        )
    )


def sized_as_beside(lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
    """Lines, those set downwards in the size of the columns beside them where it is theirs: the short
    last column of a paragraph, whose size its ink tells badly, and one full of brackets and marks,
    whose pitch does."""
    full = [x for x in lines if x.mode == "vertical-rl" and _hanzi(x) > FEW + 1]
    if not full:
        return tuple(lines)
    once = [_as_beside(x, full) for x in lines]
    columns = [x for x in once if x.mode == "vertical-rl"]
    return tuple(_as_most(x, columns) for x in once)


def _as_most(line: TextLine, columns: Sequence[TextLine]) -> TextLine:
    """A column in the size of the six nearest level with it, if most of these agree on one."""
    if line.mode != "vertical-rl" or not _hanzi(line):
        return line
    box = line.box
    near = [
        x for x in columns
        if x is not line and abs(x.box.cx - box.cx) <= 6 * line.size
        and x.box.overlap_y(box) > 0.6 * min(x.box.height, box.height)
    ]  # fmt: skip
    near = sorted(near, key=lambda x: abs(x.box.cx - box.cx))[:6]
    if len(near) < 4:
        return line
    usual = float(np.median([x.size for x in near]))
    agree = sum(abs(x.size / usual - 1) <= ALIKE for x in near)
    off = abs(line.size / usual - 1)
    if not ALIKE < off <= STRAY or agree < 0.6 * len(near):
        return line
    return replace(line, size=round(usual, 2))


def _as_beside(line: TextLine, full: Sequence[TextLine]) -> TextLine:
    if line.mode != "vertical-rl" or not 1 <= _hanzi(line) <= FEW:
        return line
    box = line.box
    cells = sum(1 for c in line.chars if c.text.strip())
    near = [
        x for x in full
        if x.box.overlap_y(box) >= 0.8 * box.height
        and abs(x.box.cx - box.cx) <= 2.3 * x.size
        and 0.6 * x.size <= box.width <= 1.3 * x.size
        and box.height <= 1.05 * (cells + 0.5) * x.size
    ]  # fmt: skip
    if not near:
        return line
    return replace(line, size=min(near, key=lambda x: abs(x.box.cx - box.cx)).size)


def _hanzi(line: TextLine) -> int:
    return sum(1 for c in line.chars if is_hanzi(c.text))
