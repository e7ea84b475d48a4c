from __future__ import annotations

import cv2
import numpy as np

from digitise.imaging.bed import without_bed
from digitise.imaging.marks import find_marks
from digitise.imaging.prepare import prepare
from digitise.model import Gray

from .drawing import text_page


def on_a_bed(page: Gray, border: int, degrees: float = 0.0) -> Gray:
    """The page lying askew on a dark bed that shows `border` px wide on each side."""
    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    turn[:, 2] += border
    size = (width + 2 * border, height + 2 * border)
    return np.asarray(cv2.warpAffine(page, turn, size, borderValue=60), np.uint8)


def test_the_bed_is_whitened_and_the_page_kept() -> None:
    page = text_page()
    scan = on_a_bed(page, 40, 0.6)
    clean = without_bed(scan)
    assert (clean[:20] > 200).all() and (clean[-20:] > 200).all()
    assert (clean[:, :20] > 200).all() and (clean[:, -20:] > 200).all()
    inner = (slice(80, -80), slice(80, -80))
    assert np.array_equal(clean[inner], scan[inner])


def test_a_page_without_a_bed_is_left_alone() -> None:
    page = text_page()
    assert without_bed(page) is page


def test_a_picture_that_runs_to_the_edge_is_no_bed() -> None:
    page = text_page()
    shades = np.random.default_rng(3).integers(20, 140, (30, 24)).astype(np.uint8)
    page[:300, 600:] = cv2.resize(shades, (600, 300), interpolation=cv2.INTER_CUBIC)
    assert without_bed(page) is page


def test_a_bed_leaves_no_frame_and_no_rule_behind() -> None:
    ready = prepare(on_a_bed(text_page(), 40, -0.5))
    assert ready is not None and ready.em is not None
    assert ready.steps[0].name == "crop"
    marks = find_marks(ready.gray, ready.ink, ready.em)
    assert marks.frames == () and marks.rules == () and marks.pictures == ()
