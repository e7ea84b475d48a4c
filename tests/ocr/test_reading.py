from __future__ import annotations

import numpy as np
import pytest

from digitise.errors import PageBlank
from digitise.model import Char, Gray, Rect, Scan, TextLine
from digitise.ocr.engine import Recognition
from digitise.ocr.null import NullEngine
from digitise.ocr.reading import read_scan
from digitise.ocr.sizing import em_of
from digitise.ocr.textline import apart_from_byline, assemble, with_bullet
from digitise.options import Options


def noise() -> Gray:
    return np.random.default_rng(2).integers(0, 256, (800, 600)).astype(np.uint8)


@pytest.mark.parametrize(
    "pixels",
    [
        np.full((800, 600), 255, np.uint8),
        np.zeros((800, 600), np.uint8),
        np.zeros((1, 1), np.uint8),
        noise(),
    ],
    ids=["white", "black", "one pixel", "noise"],
)
def test_a_page_without_print_is_blank(pixels: Gray) -> None:
    with pytest.raises(PageBlank) as caught:
        read_scan(Scan(pixels, 300, "empty.png"), NullEngine(), Options(), "p0001", 1)
    assert "empty.png" in caught.value.message[0]
    assert "empty.png" in caught.value.message[1]
    assert caught.value.remedy[1]


def test_a_wide_gap_becomes_a_space() -> None:
    box = Rect(0, 0, 240, 37)
    read = Recognition(
        "本报记者赵琦",
        tuple((a / 240, (a + 34) / 240) for a in (0, 34, 68, 102, 172, 206)),
        (0.9,) * 6,
    )
    line = assemble(read, box, box, [(33, 35), (67, 69), (101, 103), (136, 172), (205, 207)], False)
    assert line is not None
    assert line.text == "本报记者 赵琦"
    assert line.chars[4].box.x0 >= line.chars[3].box.x1


def test_a_letter_spaced_line_gets_no_spaces() -> None:
    box = Rect(0, 0, 500, 80)
    read = Recognition(
        "后劲十足", tuple((a / 500, (a + 80) / 500) for a in (0, 140, 280, 420)), (0.9,) * 4
    )
    line = assemble(read, box, box, [(80, 140), (220, 280), (360, 420)], False)
    assert line is not None
    assert line.text == "后劲十足"
    assert abs(line.size - 80 / 0.925) < 1


def test_nothing_read_is_no_line() -> None:
    box = Rect(0, 0, 100, 40)
    assert assemble(Recognition("", (), ()), box, box, [], False) is None


def test_the_em_is_the_pitch_where_type_is_set_solid() -> None:
    chars = [Char("国", Rect(i * 40, 0, i * 40 + 40, 36)) for i in range(8)]
    assert abs(em_of(chars, Rect(1, 0, 319, 36), False) - 40) < 0.5


def body(text: str, em: float = 40) -> TextLine:
    chars = tuple(Char(c, Rect(i * em, 0, (i + 1) * em, em)) for i, c in enumerate(text))
    return TextLine(Rect(0, 0, len(text) * em, em), chars, em)


def test_a_name_behind_the_last_sentence_stands_alone() -> None:
    parts = apart_from_byline(body("全程监管。 程智安"), 40)
    assert [p.text for p in parts] == ["全程监管。", "程智安"]
    assert parts[1].box.x0 == 240


@pytest.mark.parametrize("text", ["本报记者 赵琦", "他说。 “明天见。”", "全程监管。"])
def test_other_lines_stay_whole(text: str) -> None:
    assert [p.text for p in apart_from_byline(body(text), 40)] == [text]


def test_a_bullet_the_engine_passed_over_is_put_back() -> None:
    ink = np.zeros((40, 200), np.uint8)
    ink[6:34, 2:30] = 255
    ink[2:38, 84:120] = 255
    chars = (Char("赵", Rect(80, 0, 120, 40)), Char("琦", Rect(120, 0, 160, 40)))
    line = with_bullet(TextLine(Rect(0, 0, 200, 40), chars, 40), ink)
    assert line.text == "■ 赵琦"
