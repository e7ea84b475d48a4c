"""Pages that lie on their side or stand on their head."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from digitise.model import Gray, Scan
from digitise.ocr.rapid import RapidEngine
from digitise.ocr.reading import read_scan
from digitise.options import Options

ROWS = [
    (40.0, 40.0 + 15 * i, 9.0, "清晨六点，码头上的第一班渡船载着赶早市的乡亲"[i % 3 :]) for i in range(14)
]  # fmt: skip
TEXT = [text for *_, text in ROWS]


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_turned_page_is_read_upright(set_type: Callable[..., Gray], turns: int) -> None:
    page = set_type(ROWS, 280, 300)
    scan = Scan(np.ascontiguousarray(np.rot90(page, turns)), 300, "a.png")
    sheet = read_scan(scan, RapidEngine(1), Options(), "p0001", 1)
    assert [line.text for line in sheet.lines] == TEXT
    assert {line.mode for line in sheet.lines} == {"horizontal-tb"}
    assert "turn" in [step.name for step in sheet.steps]
    # The first character lies where it was printed.
    box = sheet.lines[0].chars[0].box
    x, y = sheet.to_original(box.cx, box.cy)
    height, width = page.shape
    px, py = 44.5 * 300 / 72, 44.5 * 300 / 72
    there = {1: (py, width - px), 2: (width - px, height - py), 3: (height - py, px)}
    assert (x, y) == pytest.approx(there[turns], abs=12)
    assert sheet.original_size == (scan.pixels.shape[1], scan.pixels.shape[0])


def test_a_page_set_downwards_stays(set_type: Callable[..., Gray]) -> None:
    columns = [(240.0 - 16 * i, 30.0, 9.0, "|" + TEXT[0][i % 3 :]) for i in range(12)]
    sheet = read_scan(
        Scan(set_type(columns, 280, 260), 300, "a.png"), RapidEngine(1), Options(), "p0001", 1
    )
    assert {line.mode for line in sheet.lines} == {"vertical-rl"}
    assert "turn" not in [step.name for step in sheet.steps]
