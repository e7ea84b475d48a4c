"""Coordinates through the whole preparation: what lies where on the page that is read lies there
on the untouched original."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from digitise.imaging.prepare import Prepared, prepare
from digitise.layout import pages_of
from digitise.layout.uprights import turned
from digitise.model import Char, Gray, Rect, Sheet, TextLine, polygon_bounds

from .drawing import text_page
from .test_dewarp import curled

WIDTH, HEIGHT = 2000, 1600
RADIUS = 13
DISCS = [(x, y) for x in (25, 985, 1960) for y in (150, 480, 810, 1140, 1470)]
"""In the gutter and the margins, where no type touches them."""


def spoilt(fall: float, start: float, angle: float, small: float) -> tuple[Gray, list[np.ndarray]]:
    """A page that lay curled and askew on a scanner, and where its discs are in the picture."""
    page = text_page(WIDTH, HEIGHT)
    for centre in DISCS:
        cv2.circle(page, centre, RADIUS, 20, -1, cv2.LINE_AA)
    page, sunk = curled(page, fall, start)
    size = (WIDTH + 200, HEIGHT + 200)
    turn = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), angle, small)
    turn[:, 2] += 100
    picture = cv2.warpAffine(page, turn, size, flags=cv2.INTER_AREA, borderValue=250)
    there = [turn @ np.array([x, y + float(sunk[x]), 1.0]) + 0.5 for x, y in DISCS]
    return np.asarray(picture, np.uint8), there


def found(prepared: Prepared, times: float) -> list[tuple[float, float]]:
    """Middles of the discs in the page that is read, on the original by its map."""
    _, _, stats, middles = cv2.connectedComponentsWithStats(prepared.ink, connectivity=8)
    out = []
    for (_, _, width, height, area), (x, y) in zip(stats[1:], middles[1:], strict=True):
        round_ = 0.85 < width / height < 1.18 and 0.68 < area / (width * height) < 0.88
        if round_ and 1.5 * RADIUS * times < width < 2.6 * RADIUS * times:
            out.append(prepared.back(float(x) + 0.5, float(y) + 0.5))
    return out


@settings(max_examples=4, deadline=None, derandomize=True)
@given(st.floats(0, 50), st.floats(0, 0.5), st.floats(-4, 4), st.sampled_from([1.0, 0.5]))
def test_what_is_found_lies_on_the_original_within_three_pixels(
    fall: float, start: float, angle: float, small: float
) -> None:
    picture, there = spoilt(fall, start, angle, small)
    prepared = prepare(picture)
    assert prepared is not None
    grown = 2.0 if any(s.name == "enlarge" for s in prepared.steps) else 1.0
    middles = found(prepared, small * grown)
    assert len(middles) >= 10
    for x, y in middles:
        assert min(np.hypot(x - p[0], y - p[1]) for p in there) < 3.0


@settings(max_examples=2, deadline=None, derandomize=True)
@given(st.floats(20, 50), st.floats(-3, 3))
def test_halves_of_an_opening_and_turned_areas_keep_the_map(fall: float, angle: float) -> None:
    """Parted at the fold and laid out in the turned frame, a box is still where it was."""
    picture, _ = spoilt(fall, 0.2, angle, 1.0)
    prepared = prepare(picture)
    assert prepared is not None
    height, width = prepared.gray.shape
    boxes = [
        Rect(x, 60 + 38 * k, x + 24, 60 + 38 * k + 400)
        for x in (*range(150, 900, 50), *range(1150, 1900, 50))
        for k in range(2)
    ]
    lines = tuple(
        TextLine(
            b, tuple(Char("字", Rect(b.x0, b.y0 + 24 * k, b.x1, b.y0 + 24 * k + 24)) for k in range(9)),
            24.0, "vertical-rl",
        )
        for b in boxes
    )  # fmt: skip
    whole = Sheet("p", 1, "x", width, height, 300, lines=lines, to_original=prepared.back)
    halves = pages_of(replace(whole, height=min(height, int(width / 1.3))))
    assert len(halves) == 2
    for half in halves:
        area = Rect(0, 0, half.width, half.height)
        down = turned(half, area, half.lines)
        for before, after in zip(half.lines, down.lines, strict=True):
            a = polygon_bounds(prepared.back.polygon(before.box.polygon))
            b = polygon_bounds(down.to_original.polygon(after.box.polygon))
            assert all(
                abs(p - q) < 1e-6
                for p, q in zip((a.x0, a.y0, a.x1, a.y1), (b.x0, b.y0, b.x1, b.y1), strict=True)
            )
