"""Glyphs -> units, rows and solid runs: the ground that lines are built on.

Everything here works along one axis. For horizontal writing the position along the line is x
and the level of a line is its baseline; for vertical writing they are y and the middle x.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from ..model import Rect, bounding
from .glyphs import ASCENT, Glyph

# Levels this far apart, in em, are still one line; sizes in this ratio as well (a Latin font
# is often set a little smaller or larger than the Chinese beside it).
_LEVEL = 0.13
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
    box = bounding(g.cell for g in glyphs)
    size = max(g.size for g in glyphs)
    if vertical:
        return Unit(tuple(glyphs), box.y0, box.y1, box.cx, size, box)
    level = glyphs[0].cell.y1 - (1 - ASCENT) * glyphs[0].size
    return Unit(tuple(glyphs), box.x0, box.x1, level, size, box)


def rows(units: Sequence[Unit]) -> list[list[Unit]]:
    """Units of one level and about one size, each row in order along the line."""
    open_rows: list[tuple[float, float, list[Unit]]] = []
    closed: list[list[Unit]] = []
    for item in sorted(units, key=lambda u: (u.level, u.start, u.first_order)):
        still: list[tuple[float, float, list[Unit]]] = []
        best: tuple[float, int] | None = None
        for level, size, members in open_rows:
            if item.level - level > _LEVEL * max(size, item.size) * 2:
                # Larger type may still reach down here only if it is this row's own size.
                closed.append(members)
                continue
            still.append((level, size, members))
            off = abs(item.level - level)
            ratio = max(size, item.size) / max(1e-6, min(size, item.size))
            if off <= _LEVEL * min(size, item.size) and ratio <= _RATIO:
                score = off / size + (ratio - 1)
                if best is None or score < best[0]:
                    best = (score, len(still) - 1)
        open_rows = still
        if best is None:
            open_rows.append((item.level, item.size, [item]))
        else:
            open_rows[best[1]][2].append(item)
    closed += [members for _, _, members in open_rows]
    return [sorted(r, key=lambda u: (u.start, u.first_order)) for r in closed]


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


def gap(left: Unit, right: Unit) -> float:
    """Free space between two units along the line, in em of the smaller."""
    return (right.start - left.end) / max(1e-6, min(left.size, right.size))


def solid_runs(row: Sequence[Unit]) -> list[list[Unit]]:
    """A row cut wherever its neighbours stand more than SOLID em apart."""
    runs: list[list[Unit]] = []
    for item in row:
        if runs and gap(runs[-1][-1], item) <= SOLID:
            runs[-1].append(item)
        else:
            runs.append([item])
    return runs
