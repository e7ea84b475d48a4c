from __future__ import annotations

import cv2
import numpy as np

from digitise.imaging.leftover import drawings
from digitise.model import Gray, Rect

from .drawing import EM, around, paper, row


def sketch(page: Gray, box: Rect) -> None:
    """A few crossing strokes from edge to edge of a box."""
    x0, y0, x1, y1 = (int(v) for v in (box.x0, box.y0, box.x1, box.y1))
    for a, b in (((x0, y0), (x1, y1)), ((x0, y1), (x1, y0)), ((x0, y0), (x0, y1)),
                 ((x1, y0), (x1, y1)), ((x0, y0), (x1, y0))):  # fmt: skip
        cv2.line(page, a, b, 20, 8)


def ink(page: Gray) -> Gray:
    return np.where(page < 128, 255, 0).astype(np.uint8)


def test_a_drawing_among_type_is_found() -> None:
    page = paper()
    known = [row(page, 60, 80 + 45 * i, 14) for i in range(6)]
    art = Rect(100, 420, 400, 640)
    sketch(page, art)
    (found,) = drawings(ink(page), EM, known)
    assert around(found, art, 12)


def test_what_is_known_is_no_drawing() -> None:
    page = paper()
    art = Rect(100, 420, 400, 640)
    sketch(page, art)
    assert drawings(ink(page), EM, [art]) == ()


def test_unread_body_type_is_no_drawing() -> None:
    page = paper()
    for i in range(6):
        row(page, 60, 80 + 45 * i, 14)
    assert drawings(ink(page), EM, []) == ()
