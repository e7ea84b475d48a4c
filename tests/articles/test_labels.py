"""Labels of pages that do not print one."""

from __future__ import annotations

import pytest

from digitise.articles.labels import with_neighbours


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        (["", "A2"], ["A1", "A2"]),
        (["", "02", "", "04"], ["01", "02", "03", "04"]),
        (["A1", "A2", "", "B2"], ["A1", "A2", "B1", "B2"]),
        (["1", "2", "3", ""], ["1", "2", "3", "4"]),
        (["A1", "A2", "", "A5"], ["A1", "A2", "", "A5"]),
        (["A1", "", "A2"], ["A1", "", "A2"]),
        (["", "", "3"], ["", "", "3"]),
        (["", "要闻"], ["", "要闻"]),
        ([""], [""]),
        ([], []),
    ],
)
def test_only_what_is_plain_is_filled_in(printed: list[str], told: list[str]) -> None:
    assert list(with_neighbours(printed)) == told
