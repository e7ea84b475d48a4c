"""Where the characters of a vertical line stand."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from digitise.model import Gray
from digitise.ocr.engine import Recognition
from digitise.ocr.upright import SIDE, STRIP, cell, column_of, set_anew

TEXT = "國際新聞報告東西南北"
EM = 10 * 300 / 72


def recognised(text: str, height: int, off: list[float]) -> Recognition:
    """`text` set solid from the top, each character thought `off` ems too low."""
    middles = [((i + 0.6 + d) * EM) / height for i, d in zip(range(len(text)), off, strict=True)]
    half = EM / height / 2
    return Recognition(text, tuple((m - half, m + half) for m in middles), (0.9,) * len(text))


@pytest.fixture
def page(set_column: Callable[[str, float], Gray]) -> Gray:
    return set_column(TEXT, 10.0)


def true_middles() -> list[float]:
    return [(i + 0.6) * EM for i in range(len(TEXT))]


def test_neighbours_put_a_character_in_its_place(page: Gray) -> None:
    off = [0.1, -0.15, 0.15, 0.0, -0.1, 0.1, -0.15, 0.1, -0.1, 0.0]
    column = column_of(recognised(TEXT, page.shape[0], off), page)
    assert column is not None
    assert column.em == pytest.approx(EM, rel=0.05)
    errors = np.abs(np.subtract(column.centres, true_middles())) / EM
    assert errors.max() < 0.1


def test_all_characters_thought_too_low_are_put_back(page: Gray) -> None:
    column = column_of(recognised(TEXT, page.shape[0], [0.2] * len(TEXT)), page)
    assert column is not None
    errors = np.abs(np.subtract(column.centres, true_middles())) / EM
    assert errors.max() < 0.1


def test_a_rule_beside_is_no_part_of_the_column(page: Gray) -> None:
    wide = np.full((page.shape[0], page.shape[1] + 20), 255, np.uint8)
    wide[:, : page.shape[1]] = page
    wide[:, -8:-2] = 0
    column = column_of(recognised(TEXT, page.shape[0], [0.0] * len(TEXT)), wide)
    assert column is not None
    assert column.middle == pytest.approx(page.shape[1] / 2, abs=0.06 * EM)


def test_a_cell_holds_its_character_in_the_middle(page: Gray) -> None:
    column = column_of(recognised(TEXT, page.shape[0], [0.0] * len(TEXT)), page)
    assert column is not None
    square = cell(page, column, 0)  # 國, a box
    assert square.shape == (SIDE, SIDE)
    dark = np.flatnonzero((square[: SIDE - 4] < 128).any(axis=1))
    assert (dark[0] + dark[-1]) / 2 == pytest.approx(SIDE / 2 - 0.5, abs=1.5)


def test_set_anew_every_character_stands_in_the_line(page: Gray) -> None:
    column = column_of(recognised(TEXT, page.shape[0], [0.0] * len(TEXT)), page)
    assert column is not None
    strip, middles = set_anew(page, column)
    assert strip.shape[0] == STRIP
    assert len(middles) == len(TEXT)
    assert all(a < b for a, b in pairwise(middles))
    assert (strip < 128).any(axis=0).mean() > 0.6


def test_nothing_read_has_no_column(page: Gray) -> None:
    assert column_of(Recognition("", (), ()), page) is None
