"""Characters of a masthead that a detector found in halves."""

from __future__ import annotations

import numpy as np

from digitise.imaging.halves import with_whole_characters
from digitise.imaging.inkwork import inks_of
from digitise.imaging.pieces import Piece
from digitise.model import Gray, Rect

EM = 25.0
HIGH = 280


def halved(ink: Gray, x: int, y: int, white: int) -> tuple[Rect, Rect]:
    """A character of two parts, one over the other, and a detector's boxes of the two."""
    middle = y + HIGH // 2
    ink[y : middle - white // 2, x + 40 : x + 240] = 255
    ink[middle + white // 2 : y + HIGH, x : x + HIGH] = 255
    return Rect(x + 25, y - 15, x + 255, middle + 15), Rect(
        x - 15, middle - 15, x + HIGH + 15, y + HIGH + 15
    )


def found(white: int, beside: bool) -> list[Rect]:
    ink = np.zeros((500, 1300), np.uint8)
    boxes = [*halved(ink, 60, 80, white), *halved(ink, 370, 80, white)]
    if beside:
        ink[80 : 80 + HIGH, 690:970] = 255
        boxes.append(Rect(675, 65, 985, 95 + HIGH))
    ink[400:425, 60:500] = 255
    boxes.append(Rect(50, 390, 510, 435))
    return [p.box for p in with_whole_characters([Piece(b) for b in boxes], inks_of(ink, EM), EM)]


def test_halves_beside_a_whole_character_are_put_together() -> None:
    assert found(10, True) == [
        Rect(45, 65, 355, 95 + HIGH),
        Rect(355, 65, 665, 95 + HIGH),
        Rect(675, 65, 985, 95 + HIGH),
        Rect(50, 390, 510, 435),
    ]


def test_two_rows_with_white_between_them_stay() -> None:
    assert len(found(40, True)) == 6


def test_two_rows_alone_stay() -> None:
    assert len(found(10, False)) == 5
