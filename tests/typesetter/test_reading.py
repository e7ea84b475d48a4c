"""The order in which the modules of a random page are read."""

from __future__ import annotations

import pytest

from scripts.typesetter.canvas import PageDraft
from scripts.typesetter.place import Module
from scripts.typesetter.reading import as_read, reading_order

EM = 9.5


def test_bands_go_before_columns_where_what_stands_under_the_lane_begins_level() -> None:
    level = [
        Module(0, 1, 0, 90),
        Module(1, 2, 0, 80),
        Module(0, 1, 100, 200),
        Module(1, 2, 104, 200),
    ]
    assert reading_order(level[::-1], EM) == level
    uneven = [*level[:3], Module(1, 2, 120, 200)]
    assert reading_order(uneven, EM) == [level[0], level[2], level[1], uneven[3]]
    # how far apart that is depends on the type: 4 points are an em of the smallest
    assert reading_order(level, 4.0) == [level[0], level[2], level[1], level[3]]


@pytest.mark.parametrize("shift", [0, 2])
def test_every_run_of_columns_that_shares_a_lane_is_read_in_bands(shift: int) -> None:
    """Two pairs of columns, each with a lane of its own, beside each other."""
    left = [
        Module(0, 1, 0, 90),
        Module(1, 2, 0, 90),
        Module(0, 1, 100, 300),
        Module(1, 2, 100, 300),
    ]
    right = [
        Module(2, 3, 0, 190),
        Module(3, 4, 0, 190),
        Module(2, 3, 200, 300),
        Module(3, 4, 200, 300),
    ]
    if shift:
        left, right = (
            [Module(m.c0 + d, m.c1 + d, m.y0, m.y1) for m in part]
            for part, d in ((right, -2), (left, 2))
        )
    assert reading_order([*right, *left], EM) == [*left, *right]


@pytest.mark.parametrize(
    ("places", "order"),
    [
        # two in each of two columns, the lower ones level: bands, as anywhere else
        (((0, 1, 0, 90), (0, 1, 100, 200), (1, 2, 0, 95), (1, 2, 104, 200)), [0, 2, 1, 3]),
        # at two heights
        (((0, 1, 0, 90), (0, 1, 100, 200), (1, 2, 0, 60), (1, 2, 70, 200)), [0, 1, 2, 3]),
        # the second of one column level with what stands beside it in another
        (((0, 1, 0, 90), (0, 1, 100, 200), (1, 3, 0, 90), (1, 3, 100, 200)), [0, 2, 1, 3]),
    ],
)
def test_reports_that_flow_through_columns_are_read_as_they_stand(
    places: tuple[tuple[int, int, float, float], ...], order: list[int]
) -> None:
    page = PageDraft(400, 600, 1)
    kept = page.region("page-header")
    regions = [page.region("body") for _ in places for _ in range(2)]
    as_read(page, [(Module(*p), 1 + 2 * k) for k, p in enumerate(places)], EM)
    assert page.regions[0] is kept
    place = {id(region): k for k, region in enumerate(regions)}
    assert [place[id(r)] for r in page.regions[1:]] == [2 * k + n for k in order for n in (0, 1)]
