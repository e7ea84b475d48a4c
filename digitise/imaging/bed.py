"""The scanner's bed round a page, made white: dark margins are neither rules nor pictures."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..model import Gray
from .grids import reduce_gray
from .ground import paper_level

_SIDE = 900
"""Longest side of the reduced copy on which the bed is looked for."""

DEEP = 0.12
"""A bed reaches at most so far into the picture, as a share of the side across it."""

DARK = 0.6
"""The bed is darker than this share of the paper's level."""

REST = 4
"""Pixels of the reduced copy by which more is whitened: the shadow at the edge of the paper."""


def without_bed(gray: Gray) -> Gray:
    """The page with the dark bed along its sides made as light as paper; the array itself when
    there is none.

    `gray`: (height, width). Along each side the depth of the dark run that starts at the edge
    is measured; it is a bed where that depth follows one straight line for most of its length,
    as the edge of a sheet does, and is of one tone, as a photograph that runs to the edge is not.
    """
    factor = max(1.0, max(gray.shape) / _SIDE)
    small = reduce_gray(gray, factor)
    if min(small.shape) < 40:
        return gray
    level = paper_level(gray)
    found = []
    for turns in range(4):
        depth = _depth(np.rot90(small, turns), level)  # each side in turn on top
        if depth is not None:
            found.append((turns, depth))
    if not found:
        return gray
    out = gray.copy()
    for turns, depth in found:
        view = np.rot90(out, turns)
        columns = np.arange(view.shape[1]) * len(depth) // view.shape[1]
        rows = np.where(depth > 0, np.ceil((depth + REST) * factor), 0).astype(np.intp)[columns]
        for start in range(0, view.shape[1], 64):
            part = rows[start : start + 64]
            deepest = int(part.max(initial=0))
            if deepest:
                block = view[:deepest, start : start + 64]
                block[np.arange(block.shape[0])[:, None] < part[None, :]] = level
    return out


def _depth(view: Gray, level: int) -> NDArray[np.float64] | None:
    """How deep the bed is at each column under the top side, in reduced px; None without one."""
    most = max(4, round(DEEP * view.shape[0]))
    dark = view[:most] < DARK * level
    ends = np.argmin(dark, axis=0)
    ends[dark.all(axis=0)] = most
    runs = ends.astype(np.float64)
    there = np.flatnonzero(runs > 0)
    if len(there) < 0.2 * len(runs):
        return None
    line = _straight(there, runs[there])
    if line is None:
        return None
    slope, base = line
    course = np.maximum(0.0, base + slope * np.arange(len(runs)))
    follows = there[np.abs(runs[there] - course[there]) <= 2.5]
    expected = int((course > 0.5).sum())
    if len(follows) < 0.7 * max(1, expected) or len(follows) < 0.15 * len(runs):
        return None
    tones = np.concatenate([view[: max(1, int(runs[i]) - 2), i] for i in follows[::4]])
    if float(np.subtract(*np.percentile(tones, (90, 10)))) > 60:
        return None
    near = np.where(runs <= course + 4, runs, 0.0)
    return np.where(course > 0, np.maximum(course, near), 0.0)


def _straight(x: NDArray[np.intp], y: NDArray[np.float64]) -> tuple[float, float] | None:
    """(slope, height at 0) of the line most points lie on: medians of pairs (Theil 1950)."""
    if len(x) < 20:
        return None
    half = len(x) // 2
    run = (x[half : 2 * half] - x[:half]).astype(np.float64)
    slope = float(np.median((y[half : 2 * half] - y[:half]) / run))
    return slope, float(np.median(y - slope * x))
