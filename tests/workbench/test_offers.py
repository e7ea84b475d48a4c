"""Candidates: engines' second thoughts, kept apart by where they belong; stray ink."""

from __future__ import annotations

import numpy as np

from digitise.model import Rect
from digitise.ocr.ctc import decode
from digitise.workbench.offering import MOST, Offers, Reading, Readings
from digitise.workbench.pictures import stray_ink
from digitise.workbench.recognising import Read


def _read(text: str, rivals: tuple[tuple[tuple[str, float], ...], ...] = ()) -> Read:
    chars = tuple((0.0, 0.0, 1.0, 1.0, 0.6) for _ in text)
    return Read(text, (0.0, 0.0, 9.0, 9.0), 0.6, chars, rivals)


def test_what_the_engine_would_have_read_next() -> None:
    alphabet = ("人", "入", "八", "大")
    frames = np.array(
        [[0.9, 0.05, 0.03, 0.01, 0.01, 0.0], [0.1, 0.5, 0.3, 0.06, 0.04, 0.0],
         [0.0, 0.45, 0.35, 0.15, 0.05, 0.0], [0.8, 0.05, 0.05, 0.05, 0.05, 0.0],
         [0.1, 0.0, 0.0, 0.0, 0.2, 0.7]], np.float32,
    )  # fmt: skip
    plain = decode(frames, alphabet)
    assert [p.text for p in plain] == ["人", " "]
    assert all(p.rivals == () for p in plain)
    told = decode(frames, alphabet, rivals=2)
    assert [p.text for p in told] == ["人", " "]
    first, space = told
    # The likeliest over all of its steps; neither blank nor itself.
    assert [c for c, _ in first.rivals] == ["入", "八"]
    assert abs(first.rivals[0][1] - 0.35) < 1e-6
    assert next(c for c, _ in space.rivals) == "大"


def test_readings_are_compared_where_they_answer_to_each_other() -> None:
    offers = Offers("入民日报")
    offers.reading(_read("人民日报", ((("八", 0.2),), (), (), (("抱", 0.1), ("报", 0.3)))))
    assert [o.text for o in offers.best(0)] == ["人", "八"]
    assert offers.best(1) == []
    assert [o.text for o in offers.best(3)] == ["抱"], "what stands there is not offered"
    # A reading with a character more answers only where it is the same.
    longer = Offers("入民日报")
    longer.reading(_read("天下人民日报"))
    assert all(longer.best(i) == [] for i in range(4))
    # What the machine had read is offered after somebody typed something else.
    typed = Offers("入民日报")
    typed.machine("人民日报")
    assert [o.text for o in typed.best(0)] == ["人"]


def test_the_best_come_first_and_no_more_than_there_are_keys() -> None:
    offers = Offers("字")
    for i in range(12):
        offers.add(0, chr(0x4E00 + i), i / 20, "recogniser")
    offers.add(0, chr(0x4E00), 0.99, "glossary")
    best = offers.best(0)
    assert len(best) == MOST
    assert (best[0].text, best[0].source) == (chr(0x4E00), "glossary")
    assert [o.score for o in best] == sorted((o.score for o in best), reverse=True)


def test_a_line_is_read_once() -> None:
    asked: list[int] = []

    def make() -> list[Reading]:
        asked.append(1)
        return [Reading("rapid", _read("人"))]

    readings = Readings()
    first = readings.of(("a", 1), make)
    assert readings.of(("a", 1), make) is first
    assert readings.of(("a", 2), make) is not first
    assert len(asked) == 2


def test_rules_and_frames_are_no_ink_left_over() -> None:
    page = np.full((4000, 3000), 255, np.uint8)
    for y in range(600, 3400, 60):  # type, in a region
        page[y : y + 36, 400:2600:2] = 0
    boxes = [Rect(390, 590, 2610, 3440)]
    assert stray_ink(page, boxes) == 0.0
    page[300:312, 200:2800] = 0
    page[3500:3800, 300:308] = page[3500:3800, 1500:1508] = 0
    page[3500:3508, 300:1508] = page[3792:3800, 300:1508] = 0
    assert stray_ink(page, boxes) == 0.0, "a rule and a frame"
    page[3550:3750, 400:1400] = 0
    assert stray_ink(page, boxes) == 0.0, "a dark ground, and nothing on it"
    page[3550:3750, 400:1400] = 255
    for x in range(420, 1380, 48):
        page[3600:3636, x : x + 36] = 0
        page[3680:3716, x : x + 36] = 0
    assert stray_ink(page, boxes) > 0.01, "type in the frame"
