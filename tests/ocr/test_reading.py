from __future__ import annotations

import cv2
import numpy as np
import pytest

from digitise.errors import PageBlank
from digitise.model import Char, Gray, Rect, Scan, TextLine
from digitise.ocr.engine import Recognition
from digitise.ocr.null import NullEngine
from digitise.ocr.reading import read_scan
from digitise.ocr.signs import as_printed, sign_of, with_bullet
from digitise.ocr.sizing import em_of
from digitise.ocr.textline import apart_from_byline, assemble
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


def drawn(shape: str, side: int = 41) -> Gray:
    mask = np.zeros((side, side), np.uint8)
    middle, half = (side // 2, side // 2), side // 2
    corners = {
        "▲": [(half, 0), (side - 1, side - 1), (0, side - 1)],
        "▶": [(0, 0), (side - 1, half), (0, side - 1)],
        "◀": [(side - 1, 0), (side - 1, side - 1), (0, half)],
        "◆": [(half, 0), (side - 1, half), (half, side - 1), (0, half)],
    }
    if shape in corners:
        cv2.fillPoly(mask, [np.array(corners[shape], np.int32)], 255)
    elif shape in "■□":
        cv2.rectangle(mask, (0, 0), (side - 1, side - 1), 255, -1 if shape == "■" else 3)
    else:
        cv2.circle(mask, middle, half if shape == "●" else half - 1, 255, -1 if shape == "●" else 2)
        if shape == "◎":
            cv2.circle(mask, middle, half // 3, 255, -1)
    return mask


@pytest.mark.parametrize("shape", list("■□●○◎▲▶◀◆"))
def test_bullets_are_told_by_their_ink(shape: str) -> None:
    assert sign_of(drawn(shape)) == shape


def test_a_hanzi_is_no_bullet() -> None:
    mask = np.zeros((40, 40), np.uint8)
    mask[18:22] = 255
    mask[:, 18:22] = 255
    assert sign_of(mask) == ""


def set_line(text: str, starts: list[float], em: float = 40.0) -> TextLine:
    chars = tuple(
        Char(c, Rect(x * em, 0, (x + (0.5 if c.isascii() else 1.0)) * em, em))
        for c, x in zip(text, starts, strict=True)
    )
    return TextLine(Rect(0, 0, chars[-1].box.x1, em), chars, em)


def test_marks_in_chinese_type_are_full_width() -> None:
    line = set_line("问,答(一):", [0, 1, 2, 3, 4, 5, 6])
    blank = np.zeros((40, 280), np.uint8)
    assert as_printed(line, blank).text == "问，答（一）："


def test_the_room_a_colon_takes_tells_its_width() -> None:
    blank = np.zeros((40, 400), np.uint8)
    wide = set_line("电话:05", [0, 1, 2.25, 3, 3.5])
    narrow = set_line("电话:05", [0, 1, 2, 2.3, 2.8])
    assert as_printed(wide, blank).text == "电话：05"
    assert as_printed(narrow, blank).text == "电话:05"


def test_latin_text_keeps_its_marks() -> None:
    line = set_line("a,b:9", [0, 0.5, 0.8, 1.3, 1.6])
    assert as_printed(line, np.zeros((40, 90), np.uint8)).text == "a,b:9"


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ('他说，"好"。', "他说，“好”。"),
        ('的"四级"检验', "的“四级”检验"),
        ('观光."创意', "观光.“创意"),
        ('说了"', "说了”"),
        ('a "b" c', 'a "b" c'),
    ],
)
def test_straight_quotation_marks_in_chinese_type_are_curled(read: str, printed: str) -> None:
    assert as_printed(body(read), np.zeros((40, 400), np.uint8)).text == printed


def test_a_long_thin_stroke_is_a_pair_of_dashes() -> None:
    line = set_line("-半夜", [0.5, 2, 3])
    ink = np.zeros((40, 160), np.uint8)
    ink[19:22, 4:76] = 255
    ink[2:38, 84:118] = 255
    ink[2:38, 124:158] = 255
    assert as_printed(line, ink).text == "——半夜"
    ink[19:22, 4:76] = 0
    ink[19:22, 40:76] = 255
    assert as_printed(set_line("一半夜", [1, 2, 3]), ink).text == "一半夜"


def test_a_degree_sign_is_not_doubled() -> None:
    line = set_line("9~16°℃", [0, 0.6, 1.4, 1.9, 2.4, 2.8])
    assert as_printed(line, np.zeros((40, 160), np.uint8)).text.endswith("16℃")
