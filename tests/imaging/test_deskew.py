from __future__ import annotations

import cv2
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from digitise.imaging.deskew import rotate, skew_angle
from digitise.imaging.ground import ink_mask

from .drawing import paper, text_page


@settings(max_examples=12, deadline=None)
@given(st.floats(-4.8, 4.8))
def test_the_skew_of_a_page_is_found(angle: float) -> None:
    turned, _ = rotate(text_page(2400, 2000), -angle)
    assert abs(skew_angle(ink_mask(turned)) - angle) < 0.1


@settings(max_examples=12, deadline=None)
@given(st.floats(-5, 5), st.integers(60, 1100), st.integers(60, 900))
def test_a_point_is_found_again_after_turning(angle: float, x: int, y: int) -> None:
    page = paper()
    cv2.circle(page, (x, y), 8, 0, -1)
    turned, move = rotate(page, angle)
    rows, columns = np.nonzero(turned < 128)
    there = move(x + 0.5, y + 0.5)
    assert abs(columns.mean() + 0.5 - there[0]) < 1
    assert abs(rows.mean() + 0.5 - there[1]) < 1
    back = move.inverse()(*there)
    assert abs(back[0] - x - 0.5) < 1e-6
    assert abs(back[1] - y - 0.5) < 1e-6


def test_nothing_of_the_page_is_cut_off_and_corners_are_white() -> None:
    page = paper(400, 300, 0)
    turned, _ = rotate(page, 4.0)
    assert abs(int((turned < 128).sum()) - 400 * 300) < 1500
    assert turned[0, 0] == 255


def test_a_straight_page_stays() -> None:
    assert abs(skew_angle(ink_mask(text_page()))) < 0.03


def test_an_empty_mask_has_no_skew() -> None:
    assert skew_angle(np.zeros((300, 300), np.uint8)) == 0.0


def test_a_mask_without_upright_edges_has_no_skew() -> None:
    """A band over the whole width."""
    ink = np.zeros((300, 300), np.uint8)
    ink[100:120] = 255
    assert skew_angle(ink) == 0.0
