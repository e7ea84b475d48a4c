"""A page's pixels. The only value that holds an array; it is never saved."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .page import Step

Gray = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Scan:
    """`pixels`: (height, width) uint8, 0 black to 255 white, at `dpi`, page upright.

    `guessed`: the resolution is known from the number of pixels alone."""

    pixels: Gray
    dpi: int
    source: str
    steps: tuple[Step, ...] = ()
    guessed: bool = False
