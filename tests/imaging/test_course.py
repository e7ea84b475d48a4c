"""A rule that leans is followed inside the box round it."""

from __future__ import annotations

import numpy as np

from digitise.imaging.course import course_of
from digitise.model import Rect

EM = 24


def test_a_leaning_rule_leaves_what_stands_beside_it() -> None:
    ink = np.zeros((1000, 200), np.uint8)
    for y in range(1000):  # half an em to the right from its head to its foot
        x = 100 + round(12 * y / 1000)
        ink[y, x : x + 2] = 255
    parts = course_of(Rect(100, 0, 114, 1000), ink, EM)
    assert len(parts) > 5 and all(p.width <= 5 for p in parts)
    assert parts[0].x0 == 100 and parts[-1].x1 >= 112
    assert parts[0].y0 == 0 and parts[-1].y1 == 1000


def test_a_thin_rule_and_a_faint_one_keep_their_box() -> None:
    thin = Rect(100, 0, 104, 1000)
    assert course_of(thin, np.zeros((1000, 200), np.uint8), EM) == [thin]
    faint = course_of(Rect(100, 0, 114, 1000), np.zeros((1000, 200), np.uint8), EM)
    assert all((p.x0, p.x1) == (100, 114) for p in faint)
