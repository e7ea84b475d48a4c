"""Single characters told from their picture alone: a small classifier of the project's own.

It was trained on worn type of Ming faces (models/glyphs.md) and knows nothing of the text. So it
errs elsewhere than a recogniser of lines, which makes it worth hearing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from ..model import Gray
from ..shipped import shipped_model
from .session import Session, open_file

BATCH = 256

STROKES = "一二三"
"""Told by the number of their strokes alone: a bracket, a scratch or a stop is taken for one more."""


@dataclass(frozen=True, slots=True)
class Judged:
    """`logs[i, places[c]]`: the natural logarithm of the chance that picture i shows c. `seen`, (n,
    width): each picture in a few numbers, which pictures of one character share."""

    places: Mapping[str, int]
    logs: NDArray[np.float32]
    seen: NDArray[np.float32]


@runtime_checkable
class GlyphReader(Protocol):
    """What an engine is as well that tells single characters."""

    def glyphs(self, cells: Sequence[Gray]) -> Judged | None:
        """What squares of upright.SIDE pixels (upright.cell) show; None where its model is not
        installed. Raises EngineFailed."""
        ...


class Glyphs:
    """The classifier in `file`, run on `threads` cores (0: on every one). Raises EngineMissing,
    EngineFailed."""

    def __init__(self, file: Path, threads: int = 0) -> None:
        self._session: Session = open_file(file, threads)
        self._places = {c: i for i, c in enumerate(self._session.characters)}

    def __call__(self, cells: Sequence[Gray]) -> Judged:
        logs = np.zeros((len(cells), len(self._places)), np.float32)
        seen: list[NDArray[np.float32]] = []
        for start in range(0, len(cells), BATCH):
            part = evened(np.stack(cells[start : start + BATCH]))
            told, numbers = self._session.outputs(part[:, None])
            logs[start : start + BATCH] = told
            seen.append(numbers.copy())
        return Judged(self._places, logs, np.vstack(seen) if seen else np.zeros((0, 1), np.float32))


def glyphs_file() -> Path | None:
    """The classifier as installed."""
    return shipped_model("glyphs.onnx")


def evened(cells: NDArray[np.uint8]) -> NDArray[np.float32]:
    """(n, side, side) grey in, ink out: 0 at the ground of each square, 1 at its darkest."""
    gray = cells.astype(np.float32)
    flat = gray.reshape(len(gray), -1)
    ground, dark = np.percentile(flat, (85, 3), axis=1)[:, :, None, None]
    ink = (ground - gray) / np.maximum(ground - dark, 30.0)
    return np.asarray(np.clip(ink, -0.2, 1.2), np.float32)
