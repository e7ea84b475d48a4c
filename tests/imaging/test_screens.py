"""Regular patterns over a page are taken out; print, however regular, is left alone."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from digitise.imaging.prepare import prepare
from digitise.imaging.screens import pitch_of, screen_of, without_screen
from digitise.model import Gray


def printed(width: int = 1100, height: int = 900, loose: int = 0) -> Gray:
    """Rows of marks that are no two alike, as characters are, up to `loose` px out of place."""
    page = np.full((height, width), 250, np.uint8)
    rng = np.random.default_rng(2)
    for y in range(60, height - 80, 45):
        for x in range(50, width - 80, 30):
            strokes = cv2.resize(rng.choice([20, 250], (5, 5)).astype(np.uint8), (27, 27))
            top, left = (int(at + rng.integers(-loose, loose + 1)) for at in (y, x))
            page[top : top + 27, left : left + 27] = strokes
    return page


def screened(page: Gray, period: float, degrees: float, levels: float = 45) -> Gray:
    y, x = np.mgrid[0 : page.shape[0], 0 : page.shape[1]].astype(np.float64)
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    dots = np.cos((x * cos + y * sin) * 2 * np.pi / period)
    dots = dots * np.cos((y * cos - x * sin) * 2 * np.pi / period)
    return np.clip(page * 0.85 + levels * dots, 0, 255).astype(np.uint8)


@pytest.mark.parametrize(("period", "degrees"), [(4.2, 20), (5, 22), (8, 30)])
def test_a_screen_goes_and_the_print_stays(period: float, degrees: float) -> None:
    page = printed(loose=6)
    spoilt = screened(page, period, degrees)
    peaks = screen_of(spoilt)
    assert len(peaks) >= 2
    # Two waves crossing: the pattern runs at half a right angle to both, and is closer.
    assert abs(pitch_of(peaks) - period / np.sqrt(2)) < 0.3
    clean = without_screen(spoilt, peaks)
    assert clean.shape == page.shape
    paper, ink = clean[page > 200].astype(float), clean[page < 100].astype(float)
    assert np.std(paper) < 0.35 * np.std(spoilt[page > 200].astype(float))
    assert paper.mean() - ink.mean() > 110


def test_what_was_done_is_told() -> None:
    prepared = prepare(screened(printed(loose=6), 6, 25))
    assert prepared is not None and prepared.steps[0].name == "descreen"


@pytest.mark.parametrize("angle", [0.0, 3.0, 5.0])
@pytest.mark.parametrize("size", [1.0, 0.3])
def test_small_regular_print_is_no_screen(angle: float, size: float) -> None:
    """As near the limit as type comes: 9 px, at an even pitch, askew."""
    page = printed(int(1000 / size), int(900 / size))
    small = cv2.resize(page, (1000, 900), interpolation=cv2.INTER_AREA)
    turn = cv2.getRotationMatrix2D((500, 450), angle, 1.0)
    askew = np.asarray(cv2.warpAffine(small, turn, (1000, 900), borderValue=250), np.uint8)
    assert screen_of(askew) == ()


def test_blocks_of_jpeg_are_no_screen() -> None:
    _, data = cv2.imencode(".jpg", printed(), [cv2.IMWRITE_JPEG_QUALITY, 20])
    assert screen_of(np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)) == ()
