"""Where the characters of a vertical line stand, each in its cell, and what can be cut from that.

A recogniser that reads the line lying on its side places characters to a fifth of an em. Type is
set in steps of one em: neighbours tell where a character stands better than its own peak does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from ..model import Gray
from .engine import Recognition
from .sizing import is_hanzi

CONTEXT = 1.3
"""Ems a side of the square that is cut out round a character."""

SIDE = 32
"""Pixels a side of that square as it is looked at."""

NEIGHBOURS = 3
"""So many characters before and behind tell where one stands."""

LAG = 3
"""So many steps in a row tell the size of one."""

STEP = 0.42
"""By how much of an em the step to the next character may be off in type set solid."""

RULE = 0.8
"""Columns of pixels inked over more than this share of a line's length are a rule beside it."""

REACH = 0.66
"""Farther than so many ems from its middle nothing is part of a character's cell."""

BETWEEN = 0.25
"""Two cells are parted where there is least ink, so many ems from half way at most."""

BESIDE = 0.06
"""White put at either side of it, in ems."""

STRIP = 48
"""Height of the line that cells are set into, px."""


@dataclass(frozen=True, slots=True)
class Column:
    """A vertical line in pixels of its image: the `em` of its type, the x of its `middle`, and
    the y of the middle of each character that was read."""

    em: float
    middle: float
    centres: tuple[float, ...]


def column_of(read: Recognition, pixels: Gray) -> Column | None:
    """Where the characters of `read` stand in the image (height, width) of their vertical line;
    None where nothing was read."""
    height, width = pixels.shape
    if not read.text or min(height, width) < 4:
        return None
    raw = np.array([(a + b) / 2 * height for a, b in read.spans])
    hanzi = [is_hanzi(c) for c in read.text]
    em = _pitch(raw, hanzi)
    if not 0.4 * width < em < 1.3 * width:
        em = 0.85 * width  # a tenth of white at either side
    ink = ink_of(pixels)
    middle = _middle(ink, em)
    centres = _evened(raw, hanzi, em)
    left, right = max(0, int(middle - em / 2)), min(width, int(middle + em / 2) + 1)
    centres += _offset(ink[:, left:right].sum(axis=1), centres[hanzi], em)
    return Column(em, middle, tuple(float(c) for c in centres))


def cell(pixels: Gray, column: Column, place: int) -> Gray:
    """The square of CONTEXT ems round character `place`, SIDE pixels a side."""
    return cell_at(pixels, column, column.centres[place])


def cell_at(pixels: Gray, column: Column, centre: float) -> Gray:
    """The same round what stands in the column with its middle at y `centre`."""
    scale = SIDE / (CONTEXT * column.em)
    half = SIDE / 2 - 0.5
    shift = (
        half - scale * (column.middle - 0.5),
        half - scale * (centre - 0.5),
    )
    if scale < 0.8:
        pixels = np.asarray(cv2.GaussianBlur(pixels, (0, 0), 0.35 / scale), np.uint8)
    matrix = np.array([[scale, 0, shift[0]], [0, scale, shift[1]]], np.float32)
    how = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_LINEAR
    out = cv2.warpAffine(pixels, matrix, (SIDE, SIDE), flags=how, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(out, np.uint8)


def set_anew(pixels: Gray, column: Column) -> tuple[Gray, tuple[float, ...]]:
    """(a horizontal line STRIP pixels high of the cells side by side, where the middle of each
    lies in it as a fraction of its length)."""
    height, width = pixels.shape
    em, centres = column.em, column.centres
    ground = int(np.percentile(pixels, 85))
    edge = max(1, round(BESIDE * em))
    left, right = (round(column.middle + s * 0.56 * em) for s in (-1, 1))
    left, right = max(0, left), min(width, right)
    cells: list[Gray] = []
    middles: list[float] = []
    along = 0.0
    rows = ink_of(pixels)[:, left:right].sum(axis=1)
    cuts = [_between(rows, a, b, em) for a, b in pairwise(centres)]
    for i, centre in enumerate(centres):
        top = cuts[i - 1] if i else round(centre - REACH * em)
        bottom = cuts[i] if i < len(cuts) else round(centre + REACH * em)
        top = max(0, top, round(centre - REACH * em))
        bottom = min(height, bottom, round(centre + REACH * em))
        part = pixels[top:bottom, left:right]
        if min(part.shape) < 2:
            middles.append(along)
            continue
        tall = max(round(1.15 * em), part.shape[0])
        square = np.full((tall, part.shape[1] + 2 * edge), ground, np.uint8)
        over = (tall - part.shape[0]) // 2
        square[over : over + part.shape[0], edge : edge + part.shape[1]] = part
        size = (max(2, round(square.shape[1] * STRIP / tall)), STRIP)
        cells.append(np.asarray(cv2.resize(square, size), np.uint8))
        middles.append(along + size[0] / 2)
        along += size[0]
    if not cells:
        return np.full((STRIP, 1), ground, np.uint8), tuple(0.0 for _ in centres)
    return np.hstack(cells), tuple(m / along for m in middles)


def _between(rows: NDArray[np.float32], above: float, below: float, em: float) -> int:
    """The row with least ink about half way between two characters."""
    half, reach = (above + below) / 2, min(BETWEEN * em, 0.35 * (below - above))
    low, high = max(0, int(half - reach)), min(len(rows), int(half + reach) + 1)
    if high <= low:
        return round(half)
    off = np.abs(np.arange(low, high) - half) / em
    return low + int(np.argmin(rows[low:high] + 0.2 * rows.max() * off))


def ink_of(pixels: Gray) -> NDArray[np.float32]:
    """How inked each pixel is, 0..1 between the line's ground and its darkest."""
    ground, dark = np.percentile(pixels, (80, 3))
    ink = (ground - pixels.astype(np.float32)) / max(30.0, ground - dark)
    return np.asarray(np.clip(ink, 0, 1), np.float32)


def _middle(ink: NDArray[np.float32], em: float) -> float:
    """x of the middle of the column: of the em-wide window that holds most ink, with little at
    its edges. Rules beside a line are no part of it."""
    height, width = ink.shape
    wide = round(em)
    if width <= wide + 1:
        return 0.5 * float(width)
    profile = ink.mean(axis=0)
    if height >= 4 * em:
        profile[(ink > 0.35).mean(axis=0) > RULE] = 0
    total = np.concatenate([[0.0], np.cumsum(profile)])
    starts = np.arange(width - wide + 1)
    inside = total[starts + wide] - total[starts]
    edges = profile[starts] + profile[starts + wide - 1]
    off = np.abs(starts + (wide - width) / 2) / (0.5 * width)
    worth = inside - 0.8 * edges - 0.01 * wide * profile.max() * off
    best = int(np.argmax(worth))
    return float(best) + 0.5 * float(wide)


def _pitch(raw: NDArray[np.float64], hanzi: Sequence[bool]) -> float:
    """The usual step from hanzi to hanzi; 0 where there is none. Told over several of them where
    no stop stands between, for single ones are the recogniser's guess."""
    steps = np.diff(raw)
    solid = np.array([a and b for a, b in pairwise(hanzi)], bool)
    if not solid.any():
        return 0.0
    usual = float(np.median(steps[solid]))
    even = solid & (np.abs(steps - usual) <= STEP * usual)
    longer = [
        float(raw[i + LAG] - raw[i]) / LAG for i in range(len(raw) - LAG) if even[i : i + LAG].all()
    ]
    return float(np.median(longer)) if len(longer) >= LAG else usual


def _evened(raw: NDArray[np.float64], hanzi: Sequence[bool], em: float) -> NDArray[np.float64]:
    """`raw` with the hanzi of each stretch set solid put where their neighbours say they stand."""
    out = raw.copy()
    stretch: list[int] = []
    stretches = [stretch]
    for i, known in enumerate(hanzi):
        if not known or (stretch and abs(raw[i] - raw[stretch[-1]] - em) > STEP * em):
            stretch = []
            stretches.append(stretch)
        if known:
            stretch.append(i)
    for stretch in stretches:
        if len(stretch) < 3:
            continue
        places = raw[stretch]
        for j, i in enumerate(stretch):
            near = slice(max(0, j - NEIGHBOURS), j + NEIGHBOURS + 1)
            steps = np.arange(len(stretch))[near] - j
            pitch = float(np.polyfit(steps, places[near], 1)[0])
            guesses = places[near] - np.clip(pitch, 0.93 * em, 1.07 * em) * steps
            out[i] = (np.median(guesses) + guesses.mean()) / 2
    return out


def _offset(rows: NDArray[np.float32], centres: NDArray[np.float64], em: float) -> float:
    """By how much all characters of a line stand lower than they seem to, px: so that there is
    least ink, in `rows`, at the ends of their cells."""
    if not len(centres):
        return 0.0
    rows = np.convolve(rows, np.ones(3, np.float32) / 3, mode="same").astype(np.float32)
    shifts = np.arange(-0.3 * em, 0.31 * em, 1.0)
    ends = np.concatenate([centres - em / 2, centres + em / 2])
    at = np.clip(np.rint(ends[None, :] + shifts[:, None]).astype(int), 0, len(rows) - 1)
    cost = rows[at].mean(axis=1) + 0.25 * np.abs(shifts) / em * rows.mean()
    return float(shifts[int(cost.argmin())])
