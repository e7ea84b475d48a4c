"""Grain in an ink mask."""

from __future__ import annotations

import numpy as np

from digitise.imaging.ground import ink_mask
from digitise.imaging.inkwork import inks_of
from digitise.imaging.linecut import rows_to_lines
from digitise.imaging.pieces import Piece
from digitise.imaging.specks import without_specks

from .drawing import EM, paper, row


def test_specks_go_and_stops_stay_over_the_whole_height() -> None:
    ink = np.zeros((2600, 60), np.uint8)
    for y in range(5, 2600, 50):
        ink[y : y + 2, 10:12] = 255  # a speck
        ink[y : y + 4, 30:34] = 255  # a full stop of a small type
    ink[1022:1026, 50] = 255  # one that lies where two bands meet
    without_specks(ink, EM)
    assert not ink[:, :20].any() and not ink[:, 45:].any()
    assert np.count_nonzero(ink[:, 30:34]) == 16 * len(range(5, 2600, 50))


def test_specks_at_the_edges_of_the_page_go() -> None:
    ink = np.zeros((1024, 40), np.uint8)
    ink[0, 3] = ink[1023, 3] = ink[500, 0] = ink[500, 39] = 255
    assert not without_specks(ink, EM).any()


def test_a_headline_does_not_reach_for_grain_in_the_margin() -> None:
    page = paper(1600)
    head = row(page, 400, 200, 6, 4 * EM)
    ink = ink_mask(page, EM)
    for k in range(6):
        ink[230 + 11 * k, 380 - 60 * k] = 255
    (found,) = rows_to_lines([Piece(head)], inks_of(without_specks(ink, EM), EM), EM, ())
    assert found.box.x0 >= head.x0
