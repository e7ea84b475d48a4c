"""A regular pattern over a whole page, of a halftone screen scanned again or of a photographed display
(moiré), taken out in the frequencies it stands in.

Print has no pitch so fine that goes on over the page; a screen is a few sharp peaks in the spectrum of
every part of it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..model import Gray

TILE = 256
"""Side of the parts whose spectra are looked at, px."""

PARTS = 6
"""Along each side of the page so many parts are looked at."""

COARSE, FINE = 14.0, 2.3
"""Periods looked for, px: above, print has its own; below, there is only noise."""

PEAK = 2.6
"""By how much the logarithm of the power at a peak is over that around it, on the mean of all parts:
13 times."""

AROUND = 12
"""Bins to each side that a peak is compared with."""

NOTCH = 3.0
"""Bins about a peak that are taken out: a screen is never quite straight."""

SLANTED = 0.14
"""Tangent of the angle by which a screen is turned at least: the pitch of small type, the blocks of
JPEG and uneven sampling show on the axes, or as near to them as the page is askew."""

CLEARER = 2.0
"""A screen's peak is so many times over what is upright, in the logarithm."""

MOST = 24
"""More peaks than these are no screen, nor is a single one."""

Peaks = tuple[tuple[int, int], ...]
"""(row, column) in the half spectrum of a tile."""

_Floats = NDArray[np.float64]


def screen_of(gray: Gray) -> Peaks:
    """The frequencies of a screen over the page; none where there is no such pattern."""
    height, width = gray.shape
    if min(height, width) < 2 * TILE:
        return ()
    window = _window()
    logs = []
    for y in np.linspace(0, height - TILE, PARTS + 2).astype(int)[1:-1]:
        for x in np.linspace(0, width - TILE, PARTS + 2).astype(int)[1:-1]:
            part = gray[y : y + TILE, x : x + TILE].astype(np.float64)
            power = np.abs(np.fft.rfft2((part - part.mean()) * window)) ** 2
            logs.append(np.log(power + 1e3))
    mean = np.mean(logs, axis=0)
    over = mean - _around(mean)
    rows = np.abs(np.fft.fftfreq(TILE))[:, None]
    columns = np.fft.rfftfreq(TILE)[None, :]
    frequency = np.hypot(rows, columns)
    found = (over > PEAK) & (frequency > 1 / COARSE) & (frequency < 1 / FINE)
    # Where print itself is as fine and regular, what is slanted may be harmonics of it.
    upright = np.minimum(rows, columns) <= SLANTED * np.maximum(rows, columns)
    own = float(over[found & upright].max(initial=0.0))
    found &= ~upright
    if float(over[found].max(initial=0.0)) < CLEARER * own:
        return ()
    peaks: list[tuple[int, int]] = []
    for i in np.argsort(-over, axis=None):
        row, column = (int(v) for v in np.unravel_index(i, over.shape))
        if not found[row, column]:
            if over[row, column] <= PEAK:
                break
            continue
        if all(_apart((row, column), p) > 2 * NOTCH for p in peaks):
            peaks.append((row, column))
    return tuple(peaks) if 2 <= len(peaks) <= MOST else ()


def pitch_of(peaks: Peaks) -> float:
    """The period of the strongest part of a screen, px."""
    row, column = peaks[0]
    return TILE / float(np.hypot(min(row, TILE - row), column))


def without_screen(gray: Gray, peaks: Peaks) -> Gray:
    """The page without these frequencies: tiles that overlap by half, faded into each other."""
    keep = np.ones((TILE, TILE // 2 + 1))
    rows = np.arange(TILE)[:, None]
    columns = np.arange(TILE // 2 + 1)[None, :]
    for row, column in peaks:
        down = np.minimum(np.abs(rows - row), TILE - np.abs(rows - row))
        keep *= 1 - np.exp(-(down**2 + (columns - column) ** 2) / (2 * NOTCH**2) * 2)
    half = TILE // 2
    height, width = gray.shape
    padded = np.pad(gray, ((half, TILE), (half, TILE)), mode="reflect")
    fade = _window()
    out = np.empty_like(gray)
    before: _Floats | None = None
    for y in range(0, height + half, half):
        band = np.zeros((TILE, padded.shape[1]))
        for x in range(0, width + half, half):
            part = padded[y : y + TILE, x : x + TILE].astype(np.float64)
            if part.shape != (TILE, TILE):
                continue
            level = part.mean()
            clean = np.fft.irfft2(np.fft.rfft2(part - level) * keep, s=(TILE, TILE)) + level
            band[:, x : x + TILE] += clean * fade
        if before is not None:
            whole = before[half:] + band[:half]
            top = y - half
            rest = out[top : top + half]
            rest[...] = np.clip(whole[: len(rest), half : half + width] + 0.5, 0, 255)
        before = band
    return out


def _window() -> _Floats:
    """A raised cosine: such windows at half their length apart sum up to one."""
    one = 0.5 - 0.5 * np.cos(2 * np.pi * (np.arange(TILE) + 0.5) / TILE)
    return np.asarray(one[:, None] * one[None, :], np.float64)


def _around(values: _Floats) -> _Floats:
    """The median of what lies about each bin, at every fourth bin each way."""
    turned = np.concatenate([values[:, AROUND:0:-1], values, values[:, -2 : -AROUND - 2 : -1]], 1)
    ring = [
        np.roll(turned, (dy, dx), axis=(0, 1))[:, AROUND : AROUND + values.shape[1]]
        for dy in range(-AROUND, AROUND + 1, 4)
        for dx in range(-AROUND, AROUND + 1, 4)
        if max(abs(dy), abs(dx)) > NOTCH
    ]
    return np.asarray(np.median(ring, axis=0), np.float64)


def _apart(one: tuple[int, int], other: tuple[int, int]) -> float:
    down = abs(one[0] - other[0])
    return float(np.hypot(min(down, TILE - down), one[1] - other[1]))
