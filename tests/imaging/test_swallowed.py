"""A frame that a detector took for a line does not swallow the lines in it."""

from __future__ import annotations

import numpy as np

from digitise.imaging.inkwork import inks_of
from digitise.imaging.pieces import Piece
from digitise.imaging.tangles import untangled
from digitise.model import Rect

EM = 25.0


def test_columns_in_a_closed_frame_stay_and_the_frame_gives_way() -> None:
    ink = np.zeros((700, 500), np.uint8)
    ink[20:40, 20:480] = ink[660:680, 20:480] = 255
    ink[20:680, 20:40] = ink[20:680, 460:480] = 255
    columns = [Rect(x, 80 + x, x + 60, 620) for x in (70, 140, 210)]
    for c in columns:
        for y in range(int(c.y0) + 10, 600, 60):
            ink[y : y + 48, int(c.x0) + 5 : int(c.x1) - 5] = 255
    ink[100:600, 320:440] = 255
    pieces = [Piece(c, 0.9) for c in columns] + [Piece(Rect(10, 10, 490, 690), 0.8)]
    out = [p.box for p in untangled(pieces, inks_of(ink, EM), EM)]
    assert all(c in out for c in columns)
    (rest,) = [b for b in out if b not in columns]
    assert rest.x0 >= 270 and rest.x1 == 490
