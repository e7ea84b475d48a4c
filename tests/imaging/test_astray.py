"""Print that a page's text layer does not have."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np
import pytest

from digitise.imaging.astray import stray_areas
from digitise.model import Gray, Rect

EM = 12.0
BOX = (100, 100, 500, 400)


def bordered(border: str) -> Gray:
    """A box with a border that nobody knows of, in it four rows that the text layer has."""
    page = np.full((600, 800), 255, np.uint8)
    x0, y0, x1, y1 = BOX
    if border == "double":
        for inset in (0, 5):
            cv2.rectangle(page, (x0 + inset, y0 + inset), (x1 - inset, y1 - inset), 0, 1)
    else:
        for x in range(x0, x1, 9):
            page[y0 : y0 + 4, x : x + 4] = page[y1 : y1 + 4, x : x + 4] = 0
        for y in range(y0, y1, 9):
            page[y : y + 4, x0 : x0 + 4] = page[y : y + 4, x1 : x1 + 4] = 0
    return cast(Gray, page)


def row(page: Gray, y: int) -> Rect:
    """A row of type, twenty characters of two strokes each."""
    for k in range(20):
        x = 150 + round(EM * k)
        page[y : y + 10, x + 1 : x + 3] = 0
        page[y + 4 : y + 6, x : x + 10] = 0
    return Rect(149, y - 1, 150 + EM * 20, y + 11)


@pytest.mark.parametrize("border", ["double", "dots"])
def test_the_border_of_a_box_is_no_text(border: str) -> None:
    page = bordered(border)
    known = [row(page, y) for y in (150, 170, 190, 210)]
    assert stray_areas(page, EM, known, []) == ()


@pytest.mark.parametrize("border", ["double", "dots"])
def test_a_row_that_nobody_knows_is_found_without_the_border(border: str) -> None:
    page = bordered(border)
    known = [row(page, y) for y in (150, 170, 190)]
    unknown = row(page, 106)  # so near that it hangs together with the border
    found = stray_areas(page, EM, known, [])
    assert len(found) == 1
    assert found[0].overlap(unknown) > 0.9 * unknown.area
    assert found[0].height < 4 * EM
