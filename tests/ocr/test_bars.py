"""Type on dark bars, as it goes to a recogniser."""

from __future__ import annotations

import numpy as np

from digitise.imaging.grids import window
from digitise.imaging.ground import ink_mask
from digitise.imaging.marks import Marks
from digitise.imaging.prepare import Prepared
from digitise.model import IDENTITY, Frame, Rect
from digitise.ocr.reading import _plain_page

EM = 38


def test_the_ink_in_a_dark_bar_is_its_type() -> None:
    """A bar with a headline in its upper half: deep in the dark, the page's own mask knows no ink."""
    rng = np.random.default_rng(5)
    gray = np.full((1400, 2800), 235, np.uint8)
    bar = Rect(200, 400, 2600, 700)
    window(gray, bar)[...] = 62
    letters = [Rect(x, 440, x + 90, 530) for x in range(300, 1500, 220)]
    for letter in letters:
        window(gray, letter)[::3] = window(gray, letter)[:, ::4] = 225
    gray = np.clip(gray + rng.normal(0, 6, gray.shape), 0, 255).astype(np.uint8)
    prepared = Prepared(gray, ink_mask(gray, EM), EM, IDENTITY, ())
    _, ink = _plain_page(prepared, Marks(frames=(Frame(bar, "reversed"),)), EM)
    assert all(window(ink, letter).mean() > 60 for letter in letters)
    for letter in letters:
        window(ink, letter.grow(4))[...] = 0
    assert np.count_nonzero(window(ink, bar.grow(-20))) < 50
