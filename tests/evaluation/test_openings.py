"""Regions of old openings as the transcription draws them."""

from __future__ import annotations

from digitise.model import Rect, Region, RegionKind
from scripts.openings.bodies import joined


def _region(kind: RegionKind, box: Rect) -> Region:
    return Region(f"r{box.x0:.0f}", kind, box.polygon, "vertical-rl")


def test_a_small_head_as_high_as_the_columns_beside_it_is_one_with_them() -> None:
    left, right = _region("body", Rect(0, 0, 200, 200)), _region("body", Rect(250, 0, 500, 200))
    head = _region("subhead", Rect(205, 20, 240, 170))
    assert [sorted(r.id for r in g) for g in joined([right, head, left])] == [
        ["r0", "r205", "r250"]
    ]


def test_columns_without_a_head_between_and_lower_heads_stay_apart() -> None:
    left, right = _region("body", Rect(0, 0, 200, 200)), _region("body", Rect(205, 0, 500, 200))
    low = _region("subhead", Rect(505, 0, 540, 100))
    assert len(joined([right, left, low])) == 3
