"""Line images brought to the form a recogniser wants, and its answers brought back."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ..model import Gray

HEIGHT = 48
WIDEST = 1600  # pixels at HEIGHT; about forty characters
BUCKET = 64
NARROWEST = 128


@dataclass(frozen=True, slots=True)
class Strip:
    """A piece of line `line`, HEIGHT pixels high; its left end lies `offset` pixels from the
    line's left end and the whole line is `total` pixels long, all at this scale."""

    line: int
    pixels: Gray
    offset: int
    total: int


def to_height(gray: Gray) -> Gray:
    """Scaled to HEIGHT, keeping its shape."""
    height, width = gray.shape
    target = max(1, round(width * HEIGHT / height))
    how = cv2.INTER_AREA if height > HEIGHT else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(gray, (target, HEIGHT), interpolation=how), np.uint8)


def split(gray: Gray, widest: int = WIDEST) -> tuple[tuple[int, int], ...]:
    """Pieces (start, end) of a line of any length, none wider than `widest`, cut where the
    line is whitest: between characters."""
    width = gray.shape[1]
    if width <= widest:
        return ((0, width),)
    ink = (255.0 - gray.astype(np.float32)).sum(axis=0)
    ink = np.convolve(ink, np.ones(3, np.float32) / 3, mode="same")
    pieces: list[tuple[int, int]] = []
    start = 0
    while width - start > widest:
        # The rest is shared out evenly, so that no short tail is left.
        count = math.ceil((width - start) / (widest * 0.95))
        ideal = start + (width - start) / count
        reach = 2 * HEIGHT
        low = int(max(start + HEIGHT, ideal - reach))
        high = int(min(start + widest, ideal + reach))
        window = ink[low:high]
        lowest = np.flatnonzero(window <= window.min() + 1e-3)
        cut = low + int(lowest[np.argmin(np.abs(lowest + low - ideal))])
        pieces.append((start, cut))
        start = cut
    pieces.append((start, width))
    return tuple(pieces)


def bucket(width: int) -> int:
    """The width a strip is padded to. It depends on the strip alone, so that a line reads the
    same whatever other lines are read with it."""
    return max(NARROWEST, math.ceil(width / BUCKET) * BUCKET)


def batches(widths: list[int], area: int) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """Indices of strips of one bucket, as (bucket, indices), narrow ones first; no batch is
    wider than `area` pixels together unless it holds one strip."""
    groups: dict[int, list[int]] = {}
    for index, width in enumerate(widths):
        groups.setdefault(bucket(width), []).append(index)
    out: list[tuple[int, tuple[int, ...]]] = []
    for size in sorted(groups):
        step = max(1, area // size)
        members = groups[size]
        out.extend((size, tuple(members[i : i + step])) for i in range(0, len(members), step))
    return tuple(out)


def tensor(strips: list[Gray], width: int) -> NDArray[np.float32]:
    """(n, 3, HEIGHT, width) float32 in -1..1, 0 where there is nothing."""
    out = np.zeros((len(strips), 3, HEIGHT, width), np.float32)
    for row, pixels in zip(out, strips, strict=True):
        row[:, :, : pixels.shape[1]] = pixels.astype(np.float32) * np.float32(2 / 255) - 1
    return out
