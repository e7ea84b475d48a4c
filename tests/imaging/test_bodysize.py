"""The body's em does not count the stops that stand beside lines set downwards."""

from __future__ import annotations

import pytest

from digitise.imaging.bodysize import em_of_pieces
from digitise.imaging.ground import ink_mask
from digitise.imaging.inkwork import inks_of
from digitise.imaging.pieces import Piece
from digitise.model import Rect

from .drawing import EM, column, paper


def measured(stops: bool) -> float:
    page = paper(500, 700)
    boxes = []
    for k in range(4):
        box = column(page, 60 + 90 * k, 50, 16)
        if stops:
            for n in (3, 12):
                y = round(50 + (n + 0.8) * EM)
                page[y : y + 6, round(box.x1) + 4 : round(box.x1) + 11] = 20
        boxes.append(Rect(box.x0 - 4, box.y0 - 4, box.x1 + 14, box.y1 + 4))
    em = em_of_pieces([Piece(b) for b in boxes], inks_of(ink_mask(page), EM))
    assert em is not None
    return em


def test_stops_beside_columns_do_not_make_the_type_larger() -> None:
    assert measured(stops=True) == pytest.approx(measured(stops=False), rel=0.09)
