"""Reading a piece of a page anew, in a process of its own: what breaks there breaks nothing here."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..errors import DigitiseError
from ..jobs import Worker, ask, dismiss, start_worker
from ..model import Gray, WritingMode

SECONDS = 90.0


@dataclass(frozen=True, slots=True)
class Task:
    """`pixels` (height, width) uint8. `whole`: they are one line, not several. `rivals`: how many
    other readings of each character are wanted."""

    pixels: Gray
    engine: str
    lang: str
    mode: WritingMode
    whole: bool = False
    rivals: int = 0


@dataclass(frozen=True, slots=True)
class Read:
    """A line in the frame of the pixels: box, and (x0, y0, x1, y1, confidence) a character.
    `rivals`: for each character what else it could be, with its probability; or nothing."""

    text: str
    box: tuple[float, float, float, float]
    confidence: float
    chars: tuple[tuple[float, float, float, float, float], ...]
    rivals: tuple[tuple[tuple[str, float], ...], ...] = ()


class Recogniser:
    """One process that is kept, so that models are loaded once. One question at a time."""

    def __init__(self) -> None:
        self._worker: Worker | None = None
        self._turn = threading.Lock()

    def read(self, task: Task) -> tuple[Read, ...]:
        """Raises EngineMissing, EngineFailed, UsageError."""
        with self._turn:
            if self._worker is None or self._worker.poll() is not None:
                self._worker = start_worker(f"{read.__module__}:{read.__name__}")
            outcome = ask(self._worker, task, SECONDS)
            if self._worker.poll() is not None:
                self._worker = None
        if outcome.error is not None:
            error: DigitiseError = outcome.error
            raise error
        lines: tuple[Read, ...] = outcome.value
        return lines

    def close(self) -> None:
        with self._turn:
            if self._worker is not None:
                dismiss(self._worker)
                self._worker = None


def read(task: Task) -> tuple[Read, ...]:
    """What the worker does."""
    from ..ocr.engine import LineImage
    from ..ocr.registry import get_engine

    engine = get_engine(task.engine, task.lang, 1)
    down = task.mode == "vertical-rl"
    pixels = task.pixels
    height, width = pixels.shape
    spans = [(0, width if down else height)] if task.whole else bands(pixels, down)
    if down:
        spans = spans[::-1]  # columns are read from the right
    images = []
    for a, b in spans:
        part = pixels[:, a:b] if down else pixels[a:b]
        images.append(LineImage(np.ascontiguousarray(part), down, rivals=task.rivals))
    out = []
    for (a, b), found in zip(spans, engine.recognise(images), strict=True):
        if not found.text.strip():
            continue
        length = height if down else width
        chars = [
            (s * length, e * length, c)
            for (s, e), c in zip(found.spans, found.confidences, strict=True)
        ]
        text, rivals = found.text, found.rivals
        if task.mode == "horizontal-rtl":
            text, chars, rivals = text[::-1], chars[::-1], rivals[::-1]
        boxes = tuple(
            (float(a), s, float(b), e, c) if down else (s, float(a), e, float(b), c)
            for s, e, c in chars
        )
        low, high = min(s for s, _, _ in chars), max(e for _, e, _ in chars)
        box = (float(a), low, float(b), high) if down else (low, float(a), high, float(b))
        out.append(Read(text, box, found.confidence, boxes, rivals))
    return tuple(out)


def bands(pixels: Gray, down: bool) -> list[tuple[int, int]]:
    """Where lines stand in a block of type: stretches of rows (columns when `down`) with ink,
    specks passed over, stretches parted by less than a seventh of a line joined."""
    ink = pixels < _threshold(pixels)
    profile = ink.sum(axis=0 if down else 1)
    filled = profile > 0.004 * ink.shape[0 if down else 1]
    edges = np.flatnonzero(np.diff(np.concatenate(([False], filled, [False])).astype(np.int8)))
    runs = list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
    if not runs:
        return []
    typical = float(np.median([b - a for a, b in runs if b - a >= 4] or [1]))
    joined: list[list[int]] = []
    for a, b in runs:
        near = joined and a - joined[-1][1] < typical / 7
        # Two lines that nearly touch stay two; a mark above or below its line joins it.
        if near and min(b - a, joined[-1][1] - joined[-1][0]) < 0.6 * typical:
            joined[-1][1] = b
        else:
            joined.append([a, b])
    kept = [(a, b) for a, b in joined if b - a >= max(4.0, 0.35 * typical)]
    room = max(1, round(0.08 * typical))
    limit = pixels.shape[1 if down else 0]
    return [(max(0, a - room), min(limit, b + room)) for a, b in kept]


def _threshold(pixels: NDArray[np.uint8]) -> float:
    """The grey that parts ink from ground best (Otsu 1979, IEEE Trans. SMC 9, 62-66)."""
    import cv2

    value, _ = cv2.threshold(pixels, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return float(min(max(value, 60.0), 200.0))
