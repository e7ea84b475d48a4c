"""Questions asked of an ink mask: what is in a box, where does white end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..model import Gray, Rect
from .grids import fill, reduce_mask, window


@dataclass(frozen=True, slots=True)
class Inks:
    """A 0/255 mask in full and reduced by `factor`, for near and for far looks."""

    full: Gray
    small: Gray
    factor: int

    def part(self, box: Rect) -> Gray:
        """The full mask under `box` (clipped view)."""
        return window(self.full, box)

    def _near(self, box: Rect) -> Gray:
        f = self.factor
        return window(self.small, Rect(box.x0 / f, box.y0 / f, box.x1 / f, box.y1 / f))

    def with_solid(self, boxes: Sequence[Rect]) -> Inks:
        """The same with `boxes` full of ink for far looks."""
        if not boxes:
            return self
        small = self.small.copy()
        for box in boxes:
            fill(small, box.scale(1 / self.factor), 255)
        return replace(self, small=small)

    def free(self, x0: float, x1: float, start: float, end: float) -> float:
        """How far from `start` towards `end` the strip x0..x1 stays white; y in px."""
        f = self.factor
        top, bottom = min(start, end), max(start, end)
        first, last = max(0, int(x0 / f)), max(int(x0 / f) + 1, int(np.ceil(x1 / f)))
        y0, y1 = max(0, int(top / f)), int(np.ceil(bottom / f))
        strip = filled(self.small[y0:y1, first:last], 1)
        if end >= start:
            hits = np.nonzero(strip[1:])[0]
            return end if len(hits) == 0 else float((y0 + 1 + hits[0]) * f)
        hits = np.nonzero(strip[:-1])[0]
        return end if len(hits) == 0 else float((y0 + hits[-1] + 1) * f)

    def rows_with_ink(self, box: Rect) -> NDArray[np.bool_]:
        """Which rows of `box`, in reduced px, hold ink."""
        return filled(self._near(box), 1)

    def share(self, box: Rect) -> float:
        """Share of `box` that is ink."""
        part = self.part(box)
        return float(part.mean()) / 255 if part.size else 0.0


def inks_of(mask: Gray, em: float) -> Inks:
    """Looks at `mask`, reduced to an em of about 12 px for far ones."""
    factor = max(1, round(em / 12))
    return Inks(mask, reduce_mask(mask, factor, 0.2), factor)


def filled(part: Gray, axis: int) -> NDArray[np.bool_]:
    """Where along the other axis `part` has ink."""
    return np.asarray(part.max(axis=axis, initial=0) > 0, np.bool_)


def inked_box(part: NDArray[np.bool_], x0: int, y0: int, x1: int, y1: int) -> Rect | None:
    """The box of the ink in a window of `part`, in its pixels; None where there is none."""
    held = part[y0:y1, x0:x1]
    ys, xs = np.flatnonzero(held.any(axis=1)), np.flatnonzero(held.any(axis=0))
    if not len(ys):
        return None
    left, top = x0 + int(xs[0]), y0 + int(ys[0])
    right, bottom = x0 + int(xs[-1]) + 1, y0 + int(ys[-1]) + 1
    return Rect(float(left), float(top), float(right), float(bottom))


def runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Half-open (start, end) of the stretches of True."""
    padded = np.concatenate(([False], flags, [False]))
    edges = np.flatnonzero(padded[1:] != padded[:-1])
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]
