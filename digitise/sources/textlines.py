"""Units of a page -> its text lines, each within one column.

Neighbours that touch are one run. Runs are joined over a wider gap where the page shows that
the gap is inside a column: even letter-spacing, a line above or below that runs over the gap,
or a real space between them; never across a ruling line, nor where the lines above or below
begin again at the same place, as they do at a gutter.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from math import isinf
from statistics import median

import numpy as np
from numpy.typing import NDArray

from ..model import Rect
from .direction import split_vertical, walled
from .glyphs import Glyph
from .plausible import is_hanzi
from .units import Unit, gap, ink_start, rows, solid_runs, unit, words

_SPACED = 3.2  # em: widest letter-spacing of a headline
_LOOSE = 1.1  # em: a gap that may be inside a line without further evidence
_SPACE_CHAR = 2.6  # em: the same where a space is really written
_DRAWN_ON = 1.4  # em: the same where the second was drawn right after the first, …
_DRAWN_ON_ALONE = 2.3  # em: … and no column begins there
_DRAWN_APART = 0.6  # em: the same where something else was drawn between the two
_FITTED = 0.004  # of their size: what parts the type of two headlines
_DISPLAY = 75  # px at 300 dpi, 18 points: type of headlines
Run = list[Unit]


def build_lines(glyphs: Sequence[Glyph], walls: Sequence[Rect]) -> list[tuple[Run, bool]]:
    """Lines as runs of units in reading order, each with whether it is vertical.

    `walls`: boxes of ruling lines and frame edges in the same pixels.
    """
    blanks = {g.order for g in glyphs if g.blank}
    inked = [g for g in glyphs if not g.blank]
    upright = [g for g in inked if g.direction == (1, 0)]
    downwards = [g for g in inked if g.direction == (0, 1)]
    horizontal, vertical = split_vertical(words(upright, blanks), walls)
    vertical += [unit((g,), True) for g in downwards]
    lines = [(run, False) for run in _lines(horizontal, walls, blanks, False)]
    lines += [(run, True) for run in _lines(vertical, walls, blanks, True)]
    lines += _odd_lines([g for g in inked if g.direction in ((-1, 0), (0, -1))])
    lines.sort(key=lambda line: min(u.first_order for u in line[0]))
    return lines


def _odd_lines(glyphs: Sequence[Glyph]) -> list[tuple[Run, bool]]:
    """Text running upwards or upside down, kept as the solid runs it is drawn in."""
    lines: list[tuple[Run, bool]] = []
    last: Glyph | None = None
    for glyph in glyphs:
        vertical = glyph.direction[0] == 0
        item = unit((glyph,), vertical)
        if last is not None and last.direction == glyph.direction:
            near = abs(glyph.cell.cx - last.cell.cx) + abs(glyph.cell.cy - last.cell.cy)
            if near <= 1.6 * glyph.size:
                lines[-1][0].append(item)
                last = glyph
                continue
        lines.append(([item], vertical))
        last = glyph
    return lines


@dataclass(frozen=True, slots=True)
class _Field:
    """All runs of one direction as arrays, for asking what lies above and below a gap."""

    level: NDArray[np.float64]
    start: NDArray[np.float64]
    end: NDArray[np.float64]
    size: NDArray[np.float64]


def _field(runs: Sequence[Run]) -> _Field:
    return _Field(
        np.array([r[0].level for r in runs]),
        np.array([ink_start(r[0]) for r in runs]),
        np.array([r[-1].end for r in runs]),
        np.array([r[0].size for r in runs]),
    )


def _lines(
    units: Sequence[Unit], walls: Sequence[Rect], blanks: set[int], vertical: bool
) -> list[Run]:
    if not units:
        return []
    by_row: list[list[Run]] = []
    for row in rows(units):
        runs = [part for run in solid_runs(row) for part in _cut_at_walls(run, walls, vertical)]
        by_row.append(_spaced(runs, walls, vertical))
    field = _field([run for runs in by_row for run in runs])
    in_order = _drawn_by_columns(by_row, field, blanks)
    lines: list[Run] = []
    for runs in by_row:
        joined: list[Run] = []
        for run in runs:
            if joined and _one_line(joined[-1], run, field, walls, blanks, vertical, in_order):
                joined[-1] = joined[-1] + run
            else:
                joined.append(run)
        lines += joined
    return lines


def _cut_at_walls(run: Run, walls: Sequence[Rect], vertical: bool) -> list[Run]:
    parts: list[Run] = []
    for item in run:
        if parts and not walled(parts[-1][-1], item, walls, vertical):
            parts[-1].append(item)
        else:
            parts.append([item])
    return parts


def _spaced(runs: list[Run], walls: Sequence[Rect], vertical: bool) -> list[Run]:
    """Runs of one unit each that stand at an even pitch are one letter-spaced line."""
    out: list[Run] = []
    i = 0
    while i < len(runs):
        j = i + 1
        pitch = 0.0
        while j < len(runs) and _single(runs[j - 1]) and _single(runs[j]):
            left, right = runs[j - 1][0], runs[j][0]
            step = (right.start + right.end - left.start - left.end) / 2
            if gap(left, right) > _SPACED or walled(left, right, walls, vertical):
                break
            if abs(left.size - right.size) > 0.05 * left.size:
                break
            if pitch and abs(step - pitch) > 0.12 * pitch:
                break
            pitch = pitch or step
            j += 1
        if j - i >= 3 or (j - i == 2 and pitch <= 2.6 * runs[i][0].size):
            out.append([u for run in runs[i:j] for u in run])
        else:
            j = i + 1
            out.append(runs[i])
        i = j
    return out


def _single(run: Run) -> bool:
    return len(run) == 1


def _one_line(
    left: Run,
    right: Run,
    field: _Field,
    walls: Sequence[Rect],
    blanks: set[int],
    vertical: bool,
    in_order: bool,
) -> bool:
    a, b = left[-1], right[0]
    if isinf(gap(a, b)) or walled(a, b, walls, vertical) or _other_type(left, right):
        return False
    before, after, begins = _neighbours(a, b, field)
    if before and after:
        return True
    follows = _drawn_on(a, b, blanks)
    if in_order and follows and gap(a, b) <= (_DRAWN_ON if begins else _DRAWN_ON_ALONE):
        return True
    if begins:
        return False
    if before or after:
        return True
    written = _written_space(a, b, blanks)
    typical = _typical(left + right)
    if in_order and not follows:
        return gap(a, b) <= _DRAWN_APART
    wide = (ink_start(b) - a.end) / min(a.size, b.size)
    return wide <= max(_SPACE_CHAR if written else _LOOSE, 1.8 * typical)


def _other_type(left: Run, right: Run) -> bool:
    """Whether two runs with a gap between are set in type of two kinds: two headlines side by
    side, or a signature behind the end of a paragraph."""
    a, b = left[-1], right[0]
    if abs(a.size - b.size) > 0.04 * max(a.size, b.size) and gap(a, b) > 0.35:
        return not (a.latin or b.latin)
    display = min(a.size, b.size) > _DISPLAY and len(left) >= 2 and len(right) >= 2
    if a.glyphs[-1].font == b.glyphs[0].font:
        # each headline is fitted to its own columns
        fitted = abs(a.size - b.size) > _FITTED * max(a.size, b.size)
        return display and fitted and gap(a, b) > 0.35 and not (a.latin or b.latin)
    return gap(a, b) > (0.35 if display else 1.3)


def _drawn_on(a: Unit, b: Unit, blanks: set[int]) -> bool:
    """Whether nothing but spaces was drawn between the two."""
    return b.first_order == a.last_order + 1 or _written_space(a, b, blanks)


def _drawn_by_columns(by_row: Sequence[Sequence[Run]], field: _Field, blanks: set[int]) -> bool:
    """Whether drawing order tells columns apart: at what look like gutters, the page seldom
    goes straight on from one column to the next."""
    gutters = straight_on = 0
    for runs in by_row:
        for left, right in itertools.pairwise(runs):
            a, b = left[-1], right[0]
            if gap(a, b) > _SPACE_CHAR:
                continue
            before, after, begins = _neighbours(a, b, field)
            if begins and not (before or after):
                gutters += 1
                straight_on += _drawn_on(a, b, blanks)
    return straight_on <= 0.5 * gutters or gutters < 5


def _neighbours(a: Unit, b: Unit, field: _Field) -> tuple[bool, bool, bool]:
    """Whether a run just before (above) and just after (below) covers the gap, and whether
    several runs near by begin where `b` begins and leave the gap open."""
    em = min(a.size, b.size)
    like = np.abs(field.size - em) <= 0.15 * em
    off = field.level - a.level
    covers = like & (field.start <= a.end - 0.3 * em) & (field.end >= b.start + 0.3 * em)
    above = bool((covers & (off < -0.5 * em) & (off > -2.7 * em)).any())
    below = bool((covers & (off > 0.5 * em) & (off < 2.7 * em)).any())
    near = like & (np.abs(off) < 12 * em) & (np.abs(off) > 0.5 * em)
    aligned = near & (np.abs(field.start - ink_start(b)) <= 0.12 * em)
    return above, below, int(aligned.sum()) >= 2


def _written_space(a: Unit, b: Unit, blanks: set[int]) -> bool:
    between = range(a.last_order + 1, b.first_order)
    return 0 < len(between) <= 40 and all(order in blanks for order in between)


def _typical(run: Run) -> float:
    if any(len(u.glyphs) > 1 for u in run):
        return 0.0  # letters within a word touch, so the line is not letter-spaced
    gaps = [g for g in (gap(a, b) for a, b in itertools.pairwise(run)) if not isinf(g)]
    if len(gaps) >= 4:
        return max(0.0, float(median(gaps)))
    return max(0.0, min(gaps, default=0.0))


def spell(run: Run, blanks: set[int]) -> list[tuple[str, Rect, Glyph]]:
    """A line's characters with their cells; one space stands for each gap that is printed."""
    typical = _typical(run)
    out: list[tuple[str, Rect, Glyph]] = []
    for i, item in enumerate(run):
        if i:
            previous = run[i - 1]
            if _is_space(previous, item, typical, blanks):
                a, b = previous.glyphs[-1].cell, item.glyphs[0].cell
                out.append((" ", _between(a, b), item.glyphs[0]))
        out += [(g.text, g.cell, g) for g in item.glyphs]
    return out


def _is_space(a: Unit, b: Unit, typical: float, blanks: set[int]) -> bool:
    wide = gap(a, b)
    written = _written_space(a, b, blanks)
    if a.latin and b.latin:
        return wide >= (0.1 if written else 0.2) + typical
    if is_hanzi(a.glyphs[-1].text) and is_hanzi(b.glyphs[0].text):
        return wide >= typical + 0.2
    # Beside Latin letters and punctuation programs put some space of their own.
    return wide >= typical + (0.4 if written else 0.45)


def _between(a: Rect, b: Rect) -> Rect:
    if b.x0 >= a.x1:
        return Rect(a.x1, min(a.y0, b.y0), b.x0, max(a.y1, b.y1))
    return Rect(min(a.x0, b.x0), a.y1, max(a.x1, b.x1), max(a.y1, b.y0))
