"""A paragraph's last column that holds nothing but marks is found by its ink."""

from __future__ import annotations

import cv2
import numpy as np

from digitise.model import Char, Gray, Rect, TextLine
from digitise.ocr.lonemarks import with_lone_marks

EM = 40
STEP = 60


def columns(*places: int) -> tuple[list[TextLine], Gray]:
    """Columns of ten hanzi in the `places` given, counted from the right, and their ink."""
    ink = np.zeros((14 * EM, 8 * STEP), np.uint8)
    lines = []
    for place in places:
        x = 7 * STEP - place * STEP
        chars = []
        for k in range(10):
            y = EM + k * EM
            cv2.rectangle(ink, (x, y + 3), (x + 35, y + 36), 255, 3)
            chars.append(Char("國", Rect(x, y, x + 36, y + EM)))
        box = Rect(x, EM, x + 36, 11 * EM)
        lines.append(TextLine(box, tuple(chars), float(EM), "vertical-rl"))
    return lines, ink


def stop_and_bracket(ink: Gray, place: int) -> None:
    x = 7 * STEP - place * STEP
    cv2.circle(ink, (x + 31, EM + 8), 5, 255, 2)
    cv2.line(ink, (x + 2, EM + 44), (x + 2, EM + 60), 255, 3)
    cv2.line(ink, (x + 2, EM + 60), (x + 24, EM + 60), 255, 3)


def test_marks_alone_in_a_free_column_are_a_line() -> None:
    lines, ink = columns(0, 1, 3, 4)
    stop_and_bracket(ink, 2)
    found = with_lone_marks(lines, ink, float(EM))
    assert [x.text for x in found if "國" not in x.text] == ["。」"]
    assert len(found) == 5


def test_a_free_column_with_more_in_it_than_marks_is_left_alone() -> None:
    lines, ink = columns(0, 1, 3, 4)
    stop_and_bracket(ink, 2)
    cv2.rectangle(ink, (7 * STEP - 2 * STEP, 4 * EM), (7 * STEP - 2 * STEP + 30, 5 * EM), 255, 3)
    assert len(with_lone_marks(lines, ink, float(EM))) == 4


def test_where_no_column_is_free_nothing_is_looked_for() -> None:
    lines, ink = columns(0, 1, 2, 3)
    assert with_lone_marks(lines, ink, float(EM)) == tuple(
        sorted(lines, key=lambda x: (x.box.y0, x.box.x0))
    )
