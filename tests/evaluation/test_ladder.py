"""The degradation ladder's table, what it keeps, and what its steps make of a page."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from scripts.degradation_ladder import Figures, keep, kept_in, table
from scripts.spoiling import FEW, GOALS, STEPS


def test_a_step_is_given_by_mean_worst_page_and_loss_against_the_page_clean() -> None:
    readings = {
        ("a", "clean", True): Figures(1.0, 0.0),
        ("b", "clean", True): Figures(0.8, 0.1),
        ("a", "skew-1", True): Figures(0.9, 0.02),
        ("b", "skew-1", True): Figures(0.8, 0.1),
    }
    head, clean, skew = table(readings, ["a", "b"], ["clean", "skew-1"], [True]).splitlines()
    assert head.split() == ["step", "F1", "worst", "loss", "CER", "worst", "loss"]
    assert clean.split() == ["clean", "0.900", "0.800", "0.000", "5.00%", "10.00%", "0.00"]
    assert skew.split() == ["skew-1", "0.850", "0.800", "0.050", "6.00%", "10.00%", "1.00"]


def test_without_the_clean_page_no_loss_is_given() -> None:
    readings = {("a", "skew-1", True): Figures(0.9, 0.02)}
    row = table(readings, ["a"], ["skew-1"], [True]).splitlines()[1]
    assert row.split() == ["skew-1", "0.900", "0.900", "-", "2.00%", "2.00%", "-"]


def test_readings_are_kept_and_a_line_cut_off_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "out" / "ladder.jsonl"
    assert kept_in(path) == {}
    keep(path, ("a", "clean", True), Figures(1.0, 0.0))
    keep(path, ("a", "clean", False), Figures(0.5, 0.25))
    with path.open("a", encoding="utf-8") as out:
        out.write('{"page": "a", "step": "skew')
    keep(path, ("b", "clean", True), Figures(0.75, 0.5))
    assert kept_in(path) == {
        ("a", "clean", True): Figures(1.0, 0.0),
        ("a", "clean", False): Figures(0.5, 0.25),
        ("b", "clean", True): Figures(0.75, 0.5),
    }


@pytest.mark.parametrize("step", STEPS)
def test_every_step_spoils_a_page_the_same_way_twice(step: str) -> None:
    page = np.full((360, 240), 255, np.uint8)
    page[40:320:20, 30:210] = 0
    (first, dpi), (second, _) = STEPS[step](page), STEPS[step](page)
    assert first.dtype == np.uint8
    assert np.array_equal(first, second)
    assert np.array_equal(first, page) == (step in ("clean", "bilevel-300"))
    if dpi in (100, 150, 200):
        assert abs(first.shape[0] - 360 * dpi / 300) < 2


def test_the_sets_are_of_steps() -> None:
    assert {*FEW, *GOALS} <= {*STEPS}
