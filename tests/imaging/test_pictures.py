"""How far a photograph reaches."""

from __future__ import annotations

import numpy as np

from digitise.imaging.pictures import find_pictures, ground_of
from digitise.model import Gray, Rect

from .drawing import EM, around, paper

PLACE = Rect(200, 300, 900, 800)


def page_with_picture() -> Gray:
    page = paper()
    across = 60 * np.sin(np.arange(700) / 60)
    page[300:800, 200:900] = np.clip(130 + across + np.zeros((500, 1)), 40, 200).astype(np.uint8)
    return page


def found(page: Gray) -> Rect:
    (box,) = find_pictures(page, ground_of(page, EM), 250, EM, [])
    return box


def dab(page: Gray, x: int, y: int) -> None:
    page[y : y + 40, x : x + 45] = 90


def test_dense_type_over_a_photograph_is_none_of_it() -> None:
    page = page_with_picture()
    page[620:800, 600:900] = 250
    for x in (350, 500, 640):
        dab(page, x, 240)
    assert around(found(page), PLACE, 6)


def test_a_spot_in_the_bright_sky_of_a_photograph_belongs_to_it() -> None:
    page = page_with_picture()
    for x in range(200, 900):
        page[300 : 360 + (x - 200) // 6, x] = 250
    dab(page, 400, 305)
    assert abs(found(page).y0 - 305) < 6
