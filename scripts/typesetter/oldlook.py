"""What all pages of a paper set down the page have in common, and places in its bands (栏)."""

from __future__ import annotations

import random
from dataclasses import dataclass

from digitise.model import Rect

from . import oldtexts as O
from .canvas import PageDraft


@dataclass(frozen=True, slots=True)
class OldLook:
    """What all pages of one old paper share; lengths in points."""

    size: float
    pitch: float  # from column to column
    per: int  # characters in a band
    bands: int
    gap: float  # between bands
    manner: O.OldManner
    aside: bool  # marks beside the characters, not between them
    band_rules: bool
    framed: bool
    width: float
    height: float
    margin: float
    head: float

    @property
    def step(self) -> float:
        """From character to character."""
        return self.size * 1.04

    @property
    def band(self) -> float:
        return self.per * self.step


@dataclass(frozen=True, slots=True)
class Place:
    """Bands `b0` to `b1` (exclusive) between x0 and x1."""

    x0: float
    x1: float
    b0: int
    b1: int


def random_old_look(rng: random.Random) -> OldLook:
    size = rng.choice((8.5, 9.0, 9.0, 9.5, 10.0))
    bands = rng.choice((6, 7, 8, 8, 9, 10))
    per = rng.choice((10, 11, 12, 13, 15)) if bands > 6 else rng.choice((15, 17, 18))
    gap = size * rng.uniform(0.9, 1.5)
    margin = rng.uniform(30, 44)
    head = 54.0
    height = 2 * margin + head + bands * per * size * 1.04 + (bands - 1) * gap
    return OldLook(
        size=size,
        pitch=size * rng.uniform(1.32, 1.6),
        per=per,
        bands=bands,
        gap=gap,
        manner=O.random_manner(rng),
        aside=rng.random() < 0.2,
        band_rules=rng.random() < 0.4,
        framed=rng.random() < 0.6,
        width=height * rng.uniform(0.68, 0.76),
        height=height,
        margin=margin,
        head=head,
    )


def rect_of(look: OldLook, area: Rect, p: Place) -> Rect:
    top = area.y0 + p.b0 * (look.band + look.gap)
    return Rect(p.x0, top, p.x1, top + (p.b1 - p.b0) * (look.band + look.gap) - look.gap)


def low(look: OldLook, area: Rect, band: int) -> float:
    """The middle of the white over band `band`."""
    return area.y0 + band * (look.band + look.gap) - look.gap / 2


def rule_across(
    look: OldLook, page: PageDraft, area: Rect, p: Place, band: int, right: float | None = None
) -> None:
    y = low(look, area, band)
    page.rule(p.x0, y, p.x1 if right is None else right, y, 0.5)
