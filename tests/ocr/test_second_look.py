"""Ink that no line accounts for is looked at again, at another scale."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from digitise.imaging.leftover import missed
from digitise.model import Gray, Rect, Scan, Sheet
from digitise.ocr.engine import Detection, LineImage, Recognition
from digitise.ocr.rapid import RapidEngine
from digitise.ocr.reading import read_scan
from digitise.options import Options

BODY = [(40.0, 60.0 + 15 * i, 9.0, "清晨六点码头上的第一班渡船载着赶早市的乡亲") for i in range(16)]
TITLE = "新桥今日通车"


class ShortSighted:
    """Reads like the default engine, but on a whole page does not see type over a size."""

    name = "short-sighted"
    version = "1"

    def __init__(self, sees: float) -> None:
        self._engine = RapidEngine(1)
        self._sees = sees
        self.looks: list[tuple[int, ...]] = []

    def detect(self, gray: Gray, em: float | None = None) -> tuple[Detection, ...]:
        self.looks.append(gray.shape)
        found = self._engine.detect(gray, em)
        if len(self.looks) > 1:
            return found
        return tuple(d for d in found if d.polygon[2][1] - d.polygon[0][1] < self._sees)

    def recognise(self, lines: Sequence[LineImage]) -> tuple[Recognition, ...]:
        return self._engine.recognise(lines)


def read(page: Gray, engine: ShortSighted) -> Sheet:
    return read_scan(Scan(page, 300, "a.png"), engine, Options(), "p0001", 1)


def said(sheet: Sheet) -> list[str]:
    return [step.detail for step in sheet.steps if step.name == "second look"]


def test_a_headline_that_was_missed_is_found(set_type: Callable[..., Gray]) -> None:
    page = set_type([(60.0, 14.0, 28.0, TITLE), *BODY], 280, 320)
    sheet = read(page, ShortSighted(sees=70))
    assert sheet.lines[0].text == TITLE
    assert sheet.lines[0].size == pytest.approx(28 * 300 / 72, rel=0.06)
    assert len(sheet.lines) == 17
    assert said(sheet) == ["1 areas of ink left over, 1 lines found"]


def test_a_page_read_whole_is_not_looked_at_again(set_type: Callable[..., Gray]) -> None:
    engine = ShortSighted(sees=1000)
    sheet = read(set_type([(60.0, 14.0, 28.0, TITLE), *BODY], 280, 320), engine)
    assert len(sheet.lines) == 17
    assert len(engine.looks) == 1
    assert said(sheet) == []


def test_blots_are_not_read_as_type(set_type: Callable[..., Gray]) -> None:
    page = set_type(BODY, 280, 400)
    rng = np.random.default_rng(3)
    for x, y in rng.integers(0, 120, (60, 2)):
        page[1350 + y : 1354 + y, 300 + 2 * x : 306 + 2 * x] = 30
    assert len(read(page, ShortSighted(sees=1000)).lines) == 16


def test_areas_of_ink_left_over_are_those_no_box_holds() -> None:
    ink = np.zeros((400, 400), np.uint8)
    for k in range(6):
        ink[100:130:4, 40 + 36 * k : 70 + 36 * k] = 255
        ink[300:330:4, 40 + 36 * k : 70 + 36 * k] = 255
    ink[10:12, 10:390] = 255  # a stroke
    ink[200:203, 200:203] = 255  # a speck
    (area,) = missed(ink, 36.0, [Rect(38, 98, 260, 132)])
    assert area.y0 == pytest.approx(300, abs=8)
    assert area.width == pytest.approx(210, abs=16)
