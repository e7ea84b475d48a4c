"""What came out white of a photograph belongs to it."""

from __future__ import annotations

import numpy as np

from digitise.imaging.remnants import filled_out
from digitise.model import Char, Picture, Rect, TextLine

EM = 30.0
LEFT, RIGHT = 100.0, 700.0
DARK = Picture(Rect(100, 400, 420, 520))
WHOLE = Picture(Rect(100, 400, 700, 520))


def _line(x0: float, y: float, x1: float) -> TextLine:
    box = Rect(x0, y, x1, y + EM)
    return TextLine(box, (Char("字", box),), EM)


COLUMN = tuple(_line(LEFT, y, RIGHT) for y in (250, 295, 340, 560, 605))


def _found(picture: Picture, lines: tuple[TextLine, ...], specks: int = 40) -> Picture:
    ink = np.zeros((900, 1000), np.uint8)
    rng = np.random.default_rng(1)
    for x, y in zip(rng.integers(430, 690, specks), rng.integers(405, 510, specks), strict=True):
        ink[y : y + 4, x : x + 4] = 255
    return filled_out([picture], lines, ink, EM)[0]


def test_a_photograph_white_on_one_side_takes_the_measure_of_its_column() -> None:
    assert _found(DARK, COLUMN) == WHOLE


def test_on_either_side() -> None:
    picture = Picture(Rect(400, 400, 700, 520))
    ink = np.zeros((900, 1000), np.uint8)
    ink[450:460, 150:300] = 255
    assert filled_out([picture], COLUMN, ink, EM) == [WHOLE]


def test_a_picture_beside_text_or_beside_plain_paper_keeps_its_width() -> None:
    assert _found(DARK, (*COLUMN, _line(460, 440, 690))) == DARK
    assert _found(DARK, COLUMN, 0) == DARK


def test_a_picture_in_no_column_keeps_its_width() -> None:
    assert _found(Picture(Rect(160, 400, 420, 520)), COLUMN).box.width == 260
    assert _found(DARK, COLUMN[:1]) == DARK
