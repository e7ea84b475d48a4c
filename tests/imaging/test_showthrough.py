"""The back taken out of the picture that lines are looked for in."""

from __future__ import annotations

import cv2
import numpy as np

from digitise.imaging.ground import ink_mask
from digitise.imaging.showthrough import without_show_through
from digitise.model import Gray, Rect

from .drawing import EM, glyph, paper, text_page


def with_back(page: Gray, depth: float = 45.0) -> Gray:
    """`page` with a huge blurred letter of the back behind its type."""
    back = np.zeros(page.shape, np.float32)
    for x in (60, 460, 860):
        cv2.rectangle(back, (x, 200), (x + 260, 800), depth, 34)
        cv2.line(back, (x, 500), (x + 260, 500), depth, 34)
    return np.clip(page - cv2.GaussianBlur(back, (0, 0), 3.0), 0, 255).astype(np.uint8)


def test_the_back_goes_and_the_type_stays() -> None:
    page = text_page()
    ink = ink_mask(page, EM)
    got = without_show_through(with_back(page), ink, EM, [])
    assert got is not None
    far = cv2.dilate(ink, np.ones((15, 15), np.uint8)) == 0
    assert int(with_back(page)[far].min()) < 210 < 240 <= int(got[far].min())
    assert np.array_equal(got[ink > 0], with_back(page)[ink > 0])


def test_a_page_without_a_back_is_left_alone() -> None:
    page = text_page()
    assert without_show_through(page, ink_mask(page, EM), EM, []) is None


def test_a_photograph_is_left_alone() -> None:
    page = text_page()
    picture = Rect(100, 150, 500, 850)
    page[150:850, 100:500] = 250
    seen = with_back(page)
    got = without_show_through(seen, ink_mask(page, EM), EM, [picture])
    assert got is not None
    assert np.array_equal(got[150:850, 100:500], seen[150:850, 100:500])


def test_where_print_itself_is_pale_nothing_is_taken_for_the_back() -> None:
    page = paper()
    for i in range(16):
        for k in range(30):
            # Every fourth character is worn, and no darker than half.
            glyph(page, 50 + k * 1.2 * EM, 60 + i * 1.7 * EM, EM, 20 if (i + k) % 4 else 135)
    assert without_show_through(with_back(page), ink_mask(page, EM), EM, []) is None
