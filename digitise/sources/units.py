"""Glyphs -> units, rows and solid runs: the ground that lines are built on.

Everything here works along one axis. For horizontal writing the position along the line is x
and the level of a line is its baseline; for vertical writing they are y and the middle x.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from ..model import Rect, bounding
from .glyphs import ASCENT, Glyph

# Levels this far apart, in em, are still one line; sizes in this ratio as well (a Latin font
# is often set a little smaller or larger than the Chinese beside it).
_LEVEL = 0.13
_SAME_LEVEL = 0.02
_RATIO = 1.2
SOLID = 0.35
"""Gap in em that set-solid or slightly spread type may show between neighbours."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One Chinese character, or a word of Latin letters or digits that is never taken apart.
    `start`, `end`, `level` are pixels along and across the line."""

    glyphs: tuple[Glyph, ...]
    start: float
    end: float
    level: float
    size: float
    box: Rect

    @property
    def latin(self) -> bool:
        return is_latin(self.glyphs[0].text)

    @property
    def first_order(self) -> int:
        return self.glyphs[0].order

    @property
    def last_order(self) -> int:
        return self.glyphs[-1].order


def is_latin(text: str) -> bool:
    """Letters, digits and signs set proportionally (ASCII and Latin ranges)."""
    return bool(text) and ord(text[0]) < 0x250 and not text.isspace()


def unit(glyphs: Sequence[Glyph], vertical: bool) -> Unit:
    if len(glyphs) == 1:
        box, size = glyphs[0].cell, glyphs[0].size
    else:
        box = bounding(g.cell for g in glyphs)
        size = max(g.size for g in glyphs)
    if vertical:
        return Unit(tuple(glyphs), box.y0, box.y1, box.cx, size, box)
    level = glyphs[0].cell.y1 - (1 - ASCENT) * glyphs[0].size
    return Unit(tuple(glyphs), box.x0, box.x1, level, size, box)


def rows(units: Sequence[Unit]) -> list[list[Unit]]:
    """Units of one level, each row in order along the line.

    A row holds type of any size; `gap` is infinite between neighbours that cannot be one line.
    """
    exact: list[list[Unit]] = []
    level = 0.0
    for item in sorted(units, key=lambda u: (u.level, u.start, u.first_order)):
        if exact and item.level - level <= _SAME_LEVEL * item.size:
            exact[-1].append(item)
        else:
            exact.append([item])
            level = item.level
    out: list[list[Unit]] = []
    for row in exact:
        ordered = _in_order(row)
        place = _row_beside(out, ordered)
        if place is None:
            out.append(ordered)
        else:
            out[place] = _in_order(out[place] + ordered)
    return out


def _row_beside(done: Sequence[list[Unit]], row: list[Unit]) -> int | None:
    """The row, of a slightly higher level, that this one is a part of: a Latin font often
    stands a little off the level of the Chinese beside it."""
    ours = {u.first_order for u in row}
    reach = _LEVEL * max(u.size for u in row)
    for i in range(len(done) - 1, -1, -1):
        if row[0].level - done[i][0].level > reach:
            return None
        if _touch(_in_order(done[i] + row), ours):
            return i
    return None


def _in_order(row: Sequence[Unit]) -> list[Unit]:
    return sorted(row, key=lambda u: (u.start, u.first_order))


def _touch(row: Sequence[Unit], ours: Set[int]) -> bool:
    """Whether somewhere in the row one of ours and one of the others stand side by side."""
    return any(
        (a.first_order in ours) != (b.first_order in ours) and -0.5 <= gap(a, b) <= 1.2
        for a, b in pairwise(row)
    )


def words(glyphs: Sequence[Glyph], blanks: Set[int]) -> list[Unit]:
    """Horizontal glyphs (no blanks) as units: Latin letters that touch are one word.

    `blanks`: orders of the spaces that are really written. Where a page writes the spaces
    between its words, letters with none between them are one word even when they are spread.
    """
    written = any(is_latin(g.text) and g.order + 1 in blanks for g in glyphs)
    single = [unit((g,), False) for g in glyphs]
    out: list[Unit] = []
    for row in rows(single):
        word: list[Glyph] = []
        for item in row:
            glyph = item.glyphs[0]
            if word and not _joins(word[-1], glyph, written):
                out.append(unit(word, False))
                word = []
            word.append(glyph)
        out.append(unit(word, False))
    return out


def _joins(left: Glyph, right: Glyph, written: bool) -> bool:
    gap = right.cell.x0 - left.cell.x1
    size = min(left.size, right.size)
    following = right.order == left.order + 1
    return (
        is_latin(left.text)
        and is_latin(right.text)
        and max(left.size, right.size) <= 1.12 * size
        and -0.3 * size <= gap <= (0.9 if written and following else 0.14) * size
    )


_OPENERS = frozenset("“‘（《〈「『【〔［｛〖")
_CLOSERS = frozenset("”’）》〉」』】〕］｝〗，。、；：！？")


def ink_start(item: Unit) -> float:
    """Where a unit shows ink: a full-width opening mark fills the last half of its cell only,
    and at the start of a line programs let the empty half hang out of the column."""
    wide = item.end - item.start >= 0.9 * item.size
    return item.start + 0.5 * item.size if wide and _is(item, _OPENERS) else item.start


def ink_end(item: Unit) -> float:
    """The same for the end of a line and closing marks, stops and commas."""
    wide = item.end - item.start >= 0.9 * item.size
    return item.end - 0.5 * item.size if wide and _is(item, _CLOSERS) else item.end


def _is(item: Unit, marks: frozenset[str]) -> bool:
    return len(item.glyphs) == 1 and item.glyphs[0].text in marks


def gap(left: Unit, right: Unit) -> float:
    """Free space between two units along the line, in em of the smaller; infinite where they
    differ too much in level or size to stand on one line."""
    small, large = sorted((left.size, right.size))
    if large > _RATIO * small or abs(left.level - right.level) > _LEVEL * small:
        return inf
    return (right.start - left.end) / max(1e-6, small)


def solid_runs(row: Sequence[Unit]) -> list[list[Unit]]:
    """A row cut wherever its neighbours stand more than SOLID em apart."""
    runs: list[list[Unit]] = []
    for item in row:
        if runs and gap(runs[-1][-1], item) <= SOLID:
            runs[-1].append(item)
        else:
            runs.append([item])
    return runs
