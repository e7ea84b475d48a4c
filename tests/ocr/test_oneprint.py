"""The script of the page as a hint to its lines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from digitise.model import Gray
from digitise.ocr.ctc import decode
from digitise.ocr.engine import Detection, LineImage, Recognition, Script
from digitise.ocr.oneprint import read_in_one_script, script_of
from digitise.text.script import is_simplified, is_traditional

TRADITIONAL = "國際電報昨日到滬記者往訪外交當局據云此事已有端倪"
SIMPLIFIED = "国际电报昨日到沪记者往访外交当局据云此事已有端倪"


class TwoMinds:
    """Reads what it was given; its first line it reads as the hint wants it."""

    name, version = "two-minds", "1"

    def __init__(self, texts: list[str], first: dict[Script | None, str]) -> None:
        self.texts, self.first = texts, first
        self.asked: list[list[LineImage]] = []

    def detect(self, gray: Gray, em: float | None = None) -> tuple[Detection, ...]:
        return ()

    def recognise(self, lines: Sequence[LineImage]) -> tuple[Recognition, ...]:
        self.asked.append(list(lines))
        texts = [
            self.first[line.script] if line.pixels[0, 0] == 0 else self.texts[line.pixels[0, 0] - 1]
            for line in lines
        ]
        return tuple(Recognition(t, ((0.0, 1.0),) * len(t), (0.9,) * len(t)) for t in texts)


def images(count: int) -> list[LineImage]:
    return [LineImage(np.full((4, 4), i, np.uint8)) for i in range(count)]


def test_a_page_is_of_one_script_or_cannot_be_told() -> None:
    assert script_of([TRADITIONAL]) == "traditional"
    assert script_of([SIMPLIFIED]) == "simplified"
    assert script_of(["上海三月十日", "大小多少"]) is None


def test_only_foreign_lines_are_read_again() -> None:
    engine = TwoMinds([SIMPLIFIED, SIMPLIFIED], {None: "東风", "simplified": "东风"})
    read = read_in_one_script(engine, images(3))
    assert [line.text for line in read] == ["东风", SIMPLIFIED, SIMPLIFIED]
    assert [(len(lines), lines[0].script) for lines in engine.asked if lines] == [
        (3, None), (1, "simplified"),
    ]  # fmt: skip


def test_on_an_old_page_the_traditional_character_is_meant() -> None:
    engine = TwoMinds([TRADITIONAL], {None: "东風", "traditional": "東風"})
    assert read_in_one_script(engine, images(2))[0].text == "東風"


def test_a_barred_character_gives_way_where_there_is_another() -> None:
    frames = np.array([[0.0, 0.6, 0.4], [1.0, 0.0, 0.0], [0.0, 0.99, 0.01]], np.float32)
    alphabet = ("东", "東")
    assert "".join(p.text for p in decode(frames, alphabet)) == "东东"
    assert "".join(p.text for p in decode(frames, alphabet, is_simplified)) == "東东"
    assert "".join(p.text for p in decode(frames, alphabet, is_traditional)) == "东东"
