"""Curled pages made flat: the bend of the lines of print, found and taken out.

A page in a bound volume, or one that lay loose on the glass, has lines that are straight on
paper and bent in the picture. Each line of print, and each rule, is a sample of how the page
bends there; one smooth surface is fitted to all of them (after the text-line methods of document
dewarping, e.g. Ulges, Lampert and Breuel 2005, with a polynomial instead of local cells).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from ..model import Bend, Gray, Rect
from .grids import closed, reduce_mask

FINE = 10.0
"""Pixels of the em in the reduced copy that the lines are looked for in."""

LONG = 8.0
"""Ems from which on a line says something about the bend."""

SLICE = 2.5
"""Ems over which the middle of a line is averaged: characters stand unevenly."""

LEAST = 0.15
"""Bend in ems below which the page is left alone."""

MOST = 0.04
"""Bend as a share of the page's length across the lines above which it is no curl."""

BETTER = 0.7
"""The lines must scatter less than this share of before, once the page is flat: curled ones come
down to a tenth, the columns that evenly set characters make on a straight page to 0.84."""

ENOUGH = 24
"""Lines that must have been found."""

FEW = 0.2
"""Share of the samples of the other direction below which lines of a direction are chance: the
characters of a page set evenly stand over each other in columns that are as long as lines."""

POWERS = tuple((a, b) for a in range(1, 6) for b in range(4) if a + b <= 6)
"""Powers of u (along the lines) and v (across). What does not change along the lines cannot be
seen in them."""

_BAND = 1024
_ROUND = np.ones((3, 1), np.uint8)


@dataclass(frozen=True, slots=True)
class _Samples:
    """Middle points of lines, pixels: `along` and `across` the lines, and whose they are."""

    along: NDArray[np.float64]
    across: NDArray[np.float64]
    line: NDArray[np.int64]


def find_bend(ink: Gray, em: float) -> Bend | None:
    """How an upright page bends; None where its lines are straight enough, or too few.

    `ink` is its 0/255 mask, `em` the body type in px. The map goes from the flat page to `ink`.
    """
    flat, tall = _samples(ink, em), _samples(np.ascontiguousarray(ink.T), em)
    found = [
        _bend_of(flat, em, ink.shape[0], "y") if flat.line.size >= FEW * tall.line.size else None,
        _bend_of(tall, em, ink.shape[1], "x") if tall.line.size >= FEW * flat.line.size else None,
    ]
    return min((f for f in found if f is not None), key=lambda f: f[0], default=(0.0, None))[1]


def _bend_of(
    samples: _Samples, em: float, length: int, axis: Literal["x", "y"]
) -> tuple[float, Bend] | None:
    """(how much the lines scatter on the flat page against before, the bend)."""
    if samples.line.size == 0 or len(np.unique(samples.line)) < ENOUGH:
        return None
    u0, u1 = float(samples.along.min()), float(samples.along.max())
    v0, v1 = float(samples.across.min()), float(samples.across.max())
    if u1 - u0 < 2 * LONG * em or v1 - v0 < 2 * LONG * em:
        return None
    u = 2 * (samples.along - u0) / (u1 - u0) - 1
    v = 2 * (samples.across - v0) / (v1 - v0) - 1
    basis = np.stack([u**a * v**b for a, b in POWERS], axis=1)
    own = _centred(basis, samples.line)
    target = _centred(samples.across[:, None], samples.line)[:, 0]
    terms = _fitted(own, target, 0.06 * em)
    scatter = _spread(target - own @ terms) / max(1e-9, _spread(target))
    shifts = basis @ terms
    if scatter > BETTER or float(np.ptp(shifts)) < LEAST * em:
        return None
    if float(np.abs(shifts).max()) > MOST * length:
        return None
    area = Rect(u0, v0, u1, v1) if axis == "y" else Rect(v0, u0, v1, u1)
    return scatter, Bend(area, POWERS, tuple(round(float(t), 4) for t in terms), axis)


def flattened(gray: Gray, bend: Bend) -> Gray:
    """The page without its bend, of the same size; white where nothing was."""
    height, width = gray.shape
    out = np.empty_like(gray)
    x = np.arange(width, dtype=np.float32) + np.float32(0.5)
    for top in range(0, height, _BAND):
        rows = np.arange(top, min(height, top + _BAND), dtype=np.float32) + np.float32(0.5)
        d = _shifts(bend, x, rows)
        map_x = np.broadcast_to(x[None, :] - np.float32(0.5), d.shape).astype(np.float32)
        map_y = np.broadcast_to(rows[:, None] - np.float32(0.5), d.shape).astype(np.float32)
        if bend.axis == "y":
            map_y = map_y + d
        else:
            map_x = map_x + d
        out[top : top + len(rows)] = cv2.remap(
            gray, map_x, map_y, cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_CONSTANT, borderValue=255,
        )  # fmt: skip
    return out


def _shifts(bend: Bend, x: NDArray[np.float32], y: NDArray[np.float32]) -> NDArray[np.float32]:
    """`bend.shift` at every (row, column)."""
    area = bend.area
    u = 2 * (np.clip(x, area.x0, area.x1) - area.x0) / max(1.0, area.width) - 1
    v = 2 * (np.clip(y, area.y0, area.y1) - area.y0) / max(1.0, area.height) - 1
    along, across = (u[None, :], v[:, None]) if bend.axis == "y" else (v[:, None], u[None, :])
    d = np.zeros((len(y), len(x)), np.float32)
    for term, (a, b) in zip(bend.terms, bend.powers, strict=True):
        d += np.float32(term) * (along**a).astype(np.float32) * (across**b).astype(np.float32)
    return d


def _samples(ink: Gray, em: float) -> _Samples:
    """Lines that run along x: what stays one piece when gaps of about an em are closed."""
    factor = max(1, round(em / FINE))
    small = reduce_mask(ink, factor, 0.3)
    # The middles are taken from how much ink a cell holds: a mask would round them.
    height, width = small.shape
    mass = cv2.resize(ink, (width, height), interpolation=cv2.INTER_AREA).astype(np.float32)
    unit = em / factor
    joined = closed(small, max(3, round(1.3 * unit)), 1)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    along: list[NDArray[np.float64]] = []
    across: list[NDArray[np.float64]] = []
    line: list[NDArray[np.int64]] = []
    step = max(2, round(SLICE * unit))
    for label in range(1, count):
        x, y, width, height = (int(n) for n in stats[label, :4])
        if width < LONG * unit or height > 1.5 * unit + 0.06 * width:
            continue
        top, bottom = max(0, y - 1), min(small.shape[0], y + height + 1)
        own = cv2.dilate((labels[top:bottom, x : x + width] == label).astype(np.uint8), _ROUND)
        part = own * mass[top:bottom, x : x + width]
        slices = width // step
        cut = part[:, : slices * step].reshape(bottom - top, slices, step).sum(axis=2)
        weight = cut.sum(axis=0)
        good = weight > 0
        if good.sum() < 3:
            continue
        rows = np.arange(top, bottom)[:, None] + 0.5
        middle = (cut * rows).sum(axis=0)[good] / weight[good]
        places = (np.flatnonzero(good) + 0.5) * step
        along.append(np.asarray((x + places) * factor, np.float64))
        across.append(np.asarray(middle * factor, np.float64))
        line.append(np.full(len(middle), label, np.int64))
    if not along:
        empty = np.zeros(0)
        return _Samples(empty, empty, np.zeros(0, np.int64))
    return _Samples(np.concatenate(along), np.concatenate(across), np.concatenate(line))


def _centred(values: NDArray[np.float64], line: NDArray[np.int64]) -> NDArray[np.float64]:
    """Each line's own mean taken off: where a line stands says nothing, how it runs does."""
    _, index, count = np.unique(line, return_inverse=True, return_counts=True)
    sums = np.zeros((len(count), values.shape[1]))
    np.add.at(sums, index, values)
    return np.asarray(values - (sums / count[:, None])[index], np.float64)


def _fitted(
    basis: NDArray[np.float64], target: NDArray[np.float64], scale: float
) -> NDArray[np.float64]:
    """Least squares with Huber weights, a little ridge on the high powers."""
    ridge = np.diag([1e-5 * (a + b) ** 2 for a, b in POWERS]) * len(target)
    weights = np.ones(len(target))
    terms = np.zeros(basis.shape[1])
    for _ in range(8):
        weighted = basis * weights[:, None]
        terms = np.linalg.solve(basis.T @ weighted + ridge, weighted.T @ target)
        rest = np.abs(target - basis @ terms)
        weights = np.minimum(1.0, scale / np.maximum(rest, 1e-9))
    return terms


def _spread(rest: NDArray[np.float64]) -> float:
    return float(np.sqrt(np.mean(np.square(np.clip(rest, *np.percentile(rest, (2, 98)))))))
