"""A sheet on its ground: found, cut out or rectified, and every place of it still known."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitise.imaging.keystone import taken_out
from digitise.imaging.paper import find_paper
from digitise.imaging.prepare import prepare
from digitise.model import Affine, Gray, Projective

from .drawing import row, text_page
from .test_whole_way import DISCS, HEIGHT, RADIUS, WIDTH, found

Table = tuple[Gray, np.ndarray]


def photographed(
    page: Gray, slant: float, sideways: float, degrees: float, ground: float, margin: int = 160
) -> Table:
    """The page on a table, taken from below its middle and from one side, and where it lies."""
    height, width = page.shape
    far, side = 0.5 * width * (1 - slant), 0.5 * height * (1 - sideways)
    corners = np.array(
        [(-far, -0.5 * height), (far, -side), (0.5 * width, side), (-0.5 * width, 0.5 * height)]
    )
    turn = np.radians(degrees)
    spin = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    size = width + 2 * margin, height + 2 * margin
    there = (corners @ spin + np.array(size) / 2).astype(np.float32)
    own = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    h = np.asarray(cv2.getPerspectiveTransform(own, there), np.float64)
    grain = np.random.default_rng(5).normal(0, 8, (size[1], size[0] // 8))
    table = cv2.resize(np.clip(ground + grain, 0, 255), size)
    picture = cv2.warpPerspective(page, h, size).astype(np.float64)
    covers = cv2.warpPerspective(np.ones((height, width)), h, size)
    return (picture * covers + table * (1 - covers)).astype(np.uint8), h


def with_discs() -> Gray:
    page = np.minimum(text_page(WIDTH, HEIGHT), 235)
    for centre in DISCS:
        cv2.circle(page, centre, RADIUS, 20, -1, cv2.LINE_AA)
    return np.asarray(page, np.uint8)


@settings(max_examples=5, deadline=None, derandomize=True)
@given(st.floats(0.03, 0.12), st.floats(0, 0.08), st.floats(-4, 4), st.sampled_from([60.0, 100.0]))
def test_what_is_found_lies_on_the_photograph_within_three_pixels(
    slant: float, sideways: float, degrees: float, ground: float
) -> None:
    picture, h = photographed(with_discs(), slant, sideways, degrees, ground)
    prepared = prepare(picture)
    assert prepared is not None and prepared.steps[0].name == "perspective"
    there = cv2.perspectiveTransform(np.array([DISCS], np.float64), h)[0] + 0.5
    middles = found(prepared, 1.0)
    assert len(middles) >= 10
    for x, y in middles:
        assert min(np.hypot(x - p[0], y - p[1]) for p in there) < 3.0


def test_rows_and_columns_run_straight_on_the_rectified_sheet() -> None:
    page = np.full((1600, 1200), 240, np.uint8)
    lines = [row(page, 100, 150 + 60 * k, 33) for k in range(22)]
    picture, _ = photographed(page, 0.08, 0.04, 2.0, 70)
    prepared = prepare(picture)
    assert prepared is not None
    rows = np.flatnonzero(prepared.ink.max(axis=1))
    # As on the page itself, white runs between the lines from edge to edge.
    assert np.sum(np.diff(rows) > 20) == len(lines) - 1


def test_a_sheet_seen_from_straight_above_is_cut_out_and_not_resampled() -> None:
    page = text_page(1200, 1000)
    scan = np.full((1300, 1500), 70, np.uint8)
    scan[150:1150, 140:1340] = page
    prepared = prepare(scan)
    assert prepared is not None and [s.name for s in prepared.steps] == ["crop"]
    assert abs(prepared.gray.shape[0] - 1000) <= 6 and abs(prepared.gray.shape[1] - 1200) <= 6
    x, y = prepared.back(600, 500)
    near = prepared.gray[490:510, 590:610]
    assert np.array_equal(near, scan[int(y) - 10 : int(y) + 10, int(x) - 10 : int(x) + 10])


def test_yellowed_paper_is_found_on_a_white_lid() -> None:
    page = np.minimum(text_page(1200, 1000), 222)
    picture, _ = photographed(np.asarray(page, np.uint8), 0.06, 0.0, 0.0, 250)
    corners = find_paper(picture)
    assert corners is not None
    out = taken_out(picture, corners)
    assert out is not None and out.slanted


@pytest.mark.parametrize("ground", [None, 60])
def test_a_page_that_fills_the_picture_is_left_alone(ground: int | None) -> None:
    page = text_page()
    if ground is not None:  # a photograph over its whole upper half, running off the edges
        page[:400] = ground
    assert find_paper(page) is None


def test_paper_torn_at_an_angle_is_not_taken_for_a_slanted_view() -> None:
    """The print is straight as it lies; only the lower edge of the paper is not."""
    page = text_page(1600, 1300)
    picture = np.full((1560, 1860), 60, np.uint8)
    picture[120:1420, 120:1720] = page
    torn = np.array([(0, 1430), (1860, 1360), (1860, 1560), (0, 1560)])
    cv2.fillPoly(picture, [torn], 60)
    corners = find_paper(picture)
    assert corners is not None
    out = taken_out(picture, corners)
    assert out is not None and not out.slanted


@given(st.floats(-900, 900), st.floats(-900, 900))
def test_a_map_before_and_one_after_are_applied_in_turn(x: float, y: float) -> None:
    seen = Projective(0.9, 0.1, 40.0, -0.05, 0.85, 30.0, 1e-5, -2e-5)
    move = Affine(0.5, 0.1, 3.0, -0.2, 0.8, 1.0)
    assert seen.then(move)(x, y) == pytest.approx(move(*seen(x, y)))
    assert seen.behind(move)(x, y) == pytest.approx(seen(*move(x, y)))
