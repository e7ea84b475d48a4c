"""The place of something on a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Module:
    """Grid columns `c0` to `c1` (exclusive) and a height on the page."""

    c0: int
    c1: int
    y0: float
    y1: float

    @property
    def cols(self) -> int:
        return self.c1 - self.c0

    @property
    def height(self) -> float:
        return self.y1 - self.y0
