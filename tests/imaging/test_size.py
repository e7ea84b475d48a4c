"""The resolution checked against the size of the type."""

from __future__ import annotations

import pytest

from digitise.imaging.size import resolution_by_type


@pytest.mark.parametrize(
    ("dpi", "em", "right"),
    [
        (300, 40.0, 300),  # 9.6 pt: a whole page, guessed well
        (110, 40.0, 300),  # a cutting at 300 dpi, taken for a whole broadsheet page
        (140, 52.0, 400),
        (600, 40.0, 300),  # a spread taken for a page
        (300, 13.0, 100),
    ],
)
def test_a_guess_is_set_right_by_the_type(dpi: int, em: float, right: int) -> None:
    found, step = resolution_by_type(dpi, em, guessed=True)
    assert found == right
    assert (step is None) == (found == dpi)


def test_what_is_stated_stands_with_a_remark() -> None:
    assert resolution_by_type(300, 25.0, guessed=False) == (300, None)
    dpi, step = resolution_by_type(1200, 40.0, guessed=False)
    assert dpi == 1200
    assert step is not None and "doubtful" in step.detail
