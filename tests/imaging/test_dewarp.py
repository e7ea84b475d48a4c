"""Curled pages made flat."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitise.imaging.dewarp import find_bend, flattened
from digitise.imaging.ground import ink_mask
from digitise.imaging.prepare import prepare
from digitise.model import Affine, Bend, Gray, Rect

from .drawing import text_page

WIDTH, HEIGHT, EM = 2000, 1600, 30.0


def curled(page: Gray, fall: float, start: float) -> tuple[Gray, np.ndarray]:
    """The page with its lines sinking by `fall` px from `start` (share of the width) to the
    right edge, and by how much each column sank."""
    x = np.linspace(0, 1, page.shape[1], dtype=np.float32)
    sunk = fall * np.maximum(0, (x - start) / (1 - start)) ** 2
    map_x = np.broadcast_to(np.arange(page.shape[1], dtype=np.float32), page.shape).copy()
    map_y = np.arange(page.shape[0], dtype=np.float32)[:, None] - sunk[None, :]
    bent = cv2.remap(page, map_x, map_y, cv2.INTER_LINEAR, borderValue=255)
    return np.asarray(bent, np.uint8), sunk


@settings(max_examples=4, deadline=None)
@given(st.floats(14, 50), st.floats(0, 0.5))
def test_the_bend_of_a_curled_page_is_found_within_three_pixels(fall: float, start: float) -> None:
    page, sunk = curled(text_page(WIDTH, HEIGHT), fall, start)
    bend = find_bend(ink_mask(page), EM)
    assert bend is not None and bend.axis == "y"
    area = bend.area
    xs = np.linspace(area.x0, area.x1, 12)
    for y in np.linspace(area.y0, area.y1, 5):
        # Where a line stands says nothing: only the run along it is to be found.
        off = [bend.shift(x, y) - float(sunk[int(x)]) for x in xs]
        assert max(off) - min(off) < 3.0


def test_a_page_bent_sideways_is_one_set_downwards() -> None:
    page, _ = curled(text_page(WIDTH, HEIGHT), 40, 0.2)
    bend = find_bend(np.ascontiguousarray(ink_mask(page).T), EM)
    assert bend is not None and bend.axis == "x"


def test_a_flat_page_is_left_alone() -> None:
    page = text_page(WIDTH, HEIGHT)
    assert find_bend(ink_mask(page), EM) is None
    prepared = prepare(page)
    assert prepared is not None and prepared.steps == () and prepared.gray is page


def test_what_was_found_on_the_flat_page_lies_on_the_curled_one() -> None:
    page, _ = curled(text_page(WIDTH, HEIGHT), 50, 0.1)
    prepared = prepare(page)
    assert prepared is not None and "flatten" in [s.name for s in prepared.steps]
    rng = np.random.default_rng(3)
    ys, xs = np.nonzero(prepared.ink)
    for i in rng.integers(0, len(xs), 200):
        x, y = prepared.back(xs[i] + 0.5, ys[i] + 0.5)
        around = page[max(0, int(y) - 2) : int(y) + 3, max(0, int(x) - 2) : int(x) + 3]
        assert around.min() < 160


@pytest.mark.parametrize("axis", ["x", "y"])
def test_the_picture_and_the_map_say_the_same(axis: str) -> None:
    page = np.full((400, 300), 255, np.uint8)
    cv2.circle(page, (150, 200), 6, 0, -1)
    bend = Bend(Rect(20, 20, 280, 380), ((1, 0), (2, 1)), (9.0, 4.0), axis)  # type: ignore[arg-type]
    rows, columns = np.nonzero(flattened(page, bend) < 128)
    x, y = bend(columns.mean() + 0.5, rows.mean() + 0.5)
    assert abs(x - 150.5) < 1 and abs(y - 200.5) < 1


@given(st.floats(-50, 350), st.floats(-50, 450))
def test_a_map_before_and_one_after_are_applied_in_turn(x: float, y: float) -> None:
    bend = Bend(Rect(20, 20, 280, 380), ((1, 0), (3, 2)), (5.0, -3.0))
    before, after = Affine(0.5, 0.0, 3.0, 0.0, 0.5, 1.0), Affine(2.0, 0.1, 0.0, 0.0, 2.0, 7.0)
    whole = Bend(bend.area, bend.powers, bend.terms, after=after).behind(before)
    assert whole(x, y) == pytest.approx(after(*bend(*before(x, y))))


def test_the_columns_that_evenly_set_characters_make_are_no_lines() -> None:
    """A straight page of rows in four columns: where its characters stand under one another
    wanders, as it happens to one side further down, and is no bend."""
    rng = np.random.default_rng(5)
    page = np.full((2400, 2000), 255, np.uint8)
    for column, row in np.ndindex(4, 50):
        y = 40 + 47 * row
        x0 = 60 + 490 * column + round(rng.normal(0, 2) - 0.005 * y * (column == 0))
        for x in range(x0, x0 + 13 * 34, 34):
            page[y + 4 : y + 30, x + 2 : x + 2 + int(rng.integers(14, 28))] = 0
    assert find_bend(ink_mask(page), EM) is None
