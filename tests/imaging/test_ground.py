from __future__ import annotations

import numpy as np
import pytest

from digitise.imaging.ground import flatten, ink_mask, is_blank
from digitise.imaging.prepare import prepare
from digitise.imaging.size import body_em, enlargement

from .drawing import EM, paper, row, text_page


@pytest.mark.parametrize("level", [0, 128, 255])
def test_a_page_of_one_tone_is_blank(level: int) -> None:
    assert is_blank(np.full((700, 500), level, np.uint8))


def test_noise_and_a_single_pixel_are_blank() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (900, 700)).astype(np.uint8)
    assert is_blank(noise)
    assert is_blank(np.zeros((1, 1), np.uint8))


def test_a_single_short_line_is_not_blank() -> None:
    page = paper(2400, 3000)
    row(page, 300, 400, 6)
    assert not is_blank(page)


def test_type_in_the_shade_is_kept_and_show_through_dropped() -> None:
    page = text_page()
    ghost = text_page()[:, ::-1]
    shade = np.linspace(1.0, 0.72, page.shape[1])
    mixed = np.minimum(page, 250 - (250 - ghost.astype(float)) * 0.12) * shade
    ink = ink_mask(flatten(mixed.astype(np.uint8)))
    truth = page < 128
    assert (ink[truth] > 0).mean() > 0.97
    assert (ink[~truth] > 0).mean() < 0.03


def _strokes(page: np.ndarray, top: int, em: int, level: int) -> None:
    """Rows of characters of five thin strokes, down to 480 px under `top`."""
    thick = em // 13
    for y in range(top, top + 480, round(1.5 * em)):
        for x in range(100, 900, em):
            for k in range(4):
                upper = y + round(0.28 * em * k)
                page[upper : upper + thick, x + 2 : x + em - 3] = level
            page[y : y + em - 4, x + em // 2 : x + em // 2 + thick] = level


def test_thin_strokes_tell_how_dark_ink_is() -> None:
    """Averaged with the paper between them they would seem pale, and a quarter of their tone,
    shining through from the back, like ink."""
    page = np.full((1200, 1000), 250, np.uint8)
    _strokes(page, 60, 28, 25)
    _strokes(page, 640, 28, 188)
    ink = ink_mask(page, 28.0)
    assert np.array_equal(ink[:600] > 0, page[:600] < 100)
    assert not ink[620:].any()


def test_pale_marks_beside_dark_strokes_are_ink() -> None:
    """A worn print gives its stops half as dark as its strokes."""
    page = np.full((600, 1000), 250, np.uint8)
    _strokes(page, 60, 28, 25)
    rows = range(80, 540, 42)
    for y in rows:
        page[y : y + 6, 904:910] = 250 - round(0.46 * 225)
    ink = ink_mask(page, 28.0) > 0
    assert all(ink[y : y + 6, 904:910].mean() >= 0.5 for y in rows)


def test_even_light_is_left_alone() -> None:
    page = text_page()
    assert flatten(page) is page


@pytest.mark.parametrize("size", [24, 38, 60])
def test_the_em_of_body_type_is_measured(size: int) -> None:
    page = paper(1600, 1200)
    for i in range(12):
        row(page, 60, 60 + i * 1.5 * size, 20, size)
    em = body_em(ink_mask(page))
    assert em is not None
    assert abs(em - size) < 0.12 * size


def test_small_type_is_enlarged_and_points_map_back() -> None:
    page = paper(500, 400)
    for i in range(15):
        row(page, 30, 30 + i * 16, 30, 11)
    ready = prepare(page)
    assert ready is not None
    times = ready.gray.shape[0] / page.shape[0]
    assert times in (2, 3, 4)
    assert ready.back(10 * times, 20 * times) == pytest.approx((10, 20))
    assert [step.name for step in ready.steps] == ["enlarge"]


def test_readable_type_is_not_enlarged() -> None:
    assert enlargement(EM) == 1
    assert enlargement(None) == 1
    assert enlargement(8) == 4
