"""How large the body of a page is set, told from its detected lines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..model import Gray
from .inkwork import Inks, filled
from .pieces import Piece

STOPS, ASIDE = 0.12, 1.1
"""Stops beside a line set downwards make it so much wider; where they alone stand it has less than
such a share of the ink it has elsewhere, …"""

CUT = 1.08
"""… as it has at the very sides of its characters, which are that much wider."""


def em_of_pieces(pieces: Sequence[Piece], inks: Inks) -> float | None:
    """The em of most of the detected type: line thickness weighted by line length."""
    sizes: list[tuple[float, float]] = []
    for piece in pieces:
        rows = inks.part(piece.box)
        down = piece.box.width < piece.box.height
        thick = _thickness(rows.T, beside=True) if down else _thickness(rows, beside=False)
        if thick > 0:
            sizes.append((thick, float(rows.shape[0] if down else rows.shape[1])))
    if len(sizes) < 3:
        return None
    sizes.sort()
    weights = np.cumsum([w for _, w in sizes])
    return sizes[int(np.searchsorted(weights, weights[-1] / 2))][0] / 0.95


def _thickness(rows: Gray, beside: bool) -> float:
    """How thick a line is, px; `rows`: its ink, lengthwise. `beside`: without the stops that may
    stand at its side."""
    inked = filled(rows, 1)
    whole = _extent(inked)
    if not beside or whole == 0:
        return whole
    share = rows.mean(axis=1)
    own = _extent(share > STOPS * np.median(share[inked]))
    return own * CUT if whole > ASIDE * own * CUT else whole


def _extent(flags: NDArray[np.bool_]) -> float:
    at = np.flatnonzero(flags)
    return float(at[-1] - at[0] + 1) if len(at) else 0.0
