from __future__ import annotations

from collections.abc import Callable

import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitise.model import Rect, Sheet
from digitise.options import Options
from digitise.sources import PageRef, read_text_layer
from digitise.sources.glyphs import Glyph
from digitise.sources.textlines import build_lines

from .conftest import BODY, column, write

Make = Callable[..., PageRef]


def read(ref: PageRef, options: Options) -> Sheet:
    sheet = read_text_layer(ref, options, None)
    assert sheet is not None
    return sheet


def texts(sheet: Sheet) -> list[str]:
    return [line.text for line in sheet.lines]


def rows(n: int, start: int, length: int = 10) -> list[str]:
    return [(BODY * 3)[(start + i * 3) % 30 :][:length] for i in range(n)]


@pytest.mark.parametrize("gutter", [0.7, 1.0, 1.4, 2.0])
def test_columns_do_not_join_over_the_gutter(pdf: Make, options: Options, gutter: float) -> None:
    left, middle, right = rows(8, 0), rows(8, 5), rows(8, 11)

    def draw(page: pymupdf.Page) -> None:
        for i, lines in enumerate((left, middle, right)):
            column(page, 40 + i * (100 + gutter * 10), 60, lines)

    assert texts(read(pdf(draw), options)) == left + middle + right


def test_a_page_drawn_row_by_row_keeps_its_columns(pdf: Make, options: Options) -> None:
    left, right = rows(8, 0), rows(8, 7)

    def draw(page: pymupdf.Page) -> None:
        for i in range(8):
            write(page, 40, 60 + 15 * i, left[i])
            write(page, 150, 60 + 15 * i, right[i])

    assert sorted(texts(read(pdf(draw), options))) == sorted(left + right)


def test_geometry_is_that_of_the_em_cells(pdf: Make, options: Options) -> None:
    line = read(pdf(lambda page: write(page, 72, 144, BODY[:12], 24)), options).lines[0]
    assert line.size == pytest.approx(100)
    assert line.box.x0 == pytest.approx(300)
    assert line.box.width == pytest.approx(1200)
    assert line.box.y1 == pytest.approx(600 + 12)
    assert [c.text for c in line.chars] == list(BODY[:12])
    assert line.chars[3].box.x0 == pytest.approx(600)


def test_letter_spaced_headline_is_one_line(pdf: Make, options: Options) -> None:
    def draw(page: pymupdf.Page) -> None:
        for i, char in enumerate("春风送暖"):
            write(page, 40 + i * 75, 60, char, 30)
        column(page, 40, 120, rows(4, 0))

    sheet = read(pdf(draw), options)
    assert texts(sheet)[0] == "春风送暖"


def test_vertical_headline_stacked_by_hand(pdf: Make, options: Options) -> None:
    def draw(page: pymupdf.Page) -> None:
        for x, text in ((300, "春风送暖"), (258, "万象更新")):
            for i, char in enumerate(text):
                write(page, x, 80 + i * 42, char, 30)
        column(page, 40, 60, rows(10, 0))

    sheet = read(pdf(draw), options)
    vertical = [line for line in sheet.lines if line.mode == "vertical-rl"]
    assert [line.text for line in vertical] == ["春风送暖", "万象更新"]
    assert len(sheet.lines) == 12


def test_spaces(pdf: Make, options: Options) -> None:
    def draw(page: pymupdf.Page) -> None:
        write(page, 40, 60, "本报记者")
        write(page, 90, 60, "张三")
        write(page, 40, 90, "清　晨　的　河　边")
        write(page, 60, 120, "　　" + BODY[:10])
        page.insert_text((40, 150), "The quick brown fox", fontsize=10)

    sheet = read(pdf(draw), options)
    assert texts(sheet) == ["本报记者 张三", "清晨的河边", BODY[:10], "The quick brown fox"]
    assert sheet.lines[2].box.x0 == pytest.approx(80 * 300 / 72)


def test_byline_at_the_end_of_the_last_line(pdf: Make, options: Options) -> None:
    def draw(page: pymupdf.Page) -> None:
        column(page, 40, 60, [*rows(3, 0, 16), "他笑了。"])
        write(page, 40 + 120, 60 + 45, "（李四）")

    assert texts(read(pdf(draw), options))[-1] == "他笑了。 （李四）"


def test_a_rule_parts_what_stands_close(pdf: Make, options: Options) -> None:
    def draw(page: pymupdf.Page) -> None:
        write(page, 40, 60, BODY[:10])
        write(page, 148, 60, BODY[10:20])
        page.draw_line((144, 40), (144, 80))

    assert texts(read(pdf(draw), options)) == [BODY[:10], BODY[10:20]]


def test_imitation_bold_is_read_once(pdf: Make, options: Options) -> None:
    def draw(page: pymupdf.Page) -> None:
        write(page, 40, 60, "加粗的标题都来看看呀朋友", 20)
        write(page, 40.6, 60, "加粗的标题都来看看呀朋友", 20)

    (line,) = read(pdf(draw), options).lines
    assert line.text == "加粗的标题都来看看呀朋友"
    assert line.bold


def test_what_does_not_show_is_not_read(pdf: Make, options: Options) -> None:
    def draw(page: pymupdf.Page) -> None:
        write(page, 40, 40, "看不见的文字", render_mode=3)
        write(page, 40, 70, "白纸上的白字", color=(1, 1, 1))
        write(page, 40, 100, "被盖住的文字")
        page.draw_rect((30, 85, 200, 110), fill=(1, 1, 1), color=None)
        page.draw_rect((30, 120, 300, 150), fill=(0.1, 0.1, 0.3), color=None)
        write(page, 40, 140, "黑底上的白字", color=(1, 1, 1))
        write(page, 40, 170, BODY[:12])

    sheet = read(pdf(draw), options)
    assert texts(sheet) == ["黑底上的白字", BODY[:12]]
    assert [line.tone for line in sheet.lines] == ["reversed", "normal"]
    assert [f.kind for f in sheet.frames] == ["reversed"]


def test_old_ocr_layer_under_a_scan_is_left_to_ocr(pdf: Make, options: Options) -> None:
    def draw(page: pymupdf.Page) -> None:
        column(page, 40, 60, rows(10, 0))
        grey = pymupdf.Pixmap(pymupdf.csGRAY, (0, 0, 400, 600), False)
        grey.clear_with(230)
        page.insert_image(page.rect, pixmap=grey)
        for i, line in enumerate(rows(10, 0)):
            write(page, 40, 60 + 15 * i, line, render_mode=3)

    ref = pdf(draw)
    assert read_text_layer(ref, options, None) is None
    kept = read_text_layer(ref, Options(text_layer="always"), None)
    assert kept is not None
    assert texts(kept) == rows(10, 0)


def test_policies_and_empty_pages(pdf: Make, options: Options) -> None:
    full = pdf(lambda page: write(page, 40, 60, BODY))
    assert read_text_layer(full, Options(text_layer="never"), None) is None
    bare = pdf(lambda page: page.draw_rect((10, 10, 90, 90)), name="bare.pdf")
    assert read_text_layer(bare, options, None) is None


def test_radicals_become_characters(pdf: Make, options: Options) -> None:
    from digitise.sources.radicals import unified

    assert [unified(c) for c in "⼀⼈⻓Ａ（"] == ["一", "人", "长", "Ａ", "（"]


def glyph(text: str, x: float, y: float, order: int, size: float = 40.0) -> Glyph:
    cell = Rect(x, y, x + size, y + size)
    return Glyph(text, cell, size, "F", False, 0.0, (1, 0), order, 0, "F")


@settings(deadline=None, max_examples=60)
@given(
    lengths=st.lists(st.lists(st.integers(1, 14), min_size=4, max_size=9), min_size=1, max_size=4),
    gutter=st.floats(0.9, 3.0),
    leading=st.floats(1.25, 2.0),
    tracking=st.floats(0.0, 0.1),
)
def test_solid_columns_come_back_line_by_line(
    lengths: list[list[int]], gutter: float, leading: float, tracking: float
) -> None:
    """Set-solid columns of ragged lines: as many lines as were set, none over a gutter, every
    character once."""
    em, width = 40.0, 14
    glyphs: list[Glyph] = []
    expected: list[str] = []
    for c, column_lengths in enumerate(lengths):
        # Full lines but the last one of each column, as newspapers set them.
        *full, last = column_lengths
        for row, n in enumerate([*(width for _ in full), last]):
            text = "".join(BODY[(c * 7 + row * 5 + k) % len(BODY)] for k in range(n))
            expected.append(text)
            for k, char in enumerate(text):
                x = c * (width * (1 + tracking) + gutter) * em + k * (1 + tracking) * em
                glyphs.append(glyph(char, x, row * leading * em, len(glyphs) + 1))
    lines = build_lines(glyphs, ())
    found = ["".join(g.text for u in run for g in u.glyphs) for run, _ in lines]
    assert sorted(found) == sorted(expected)
    assert not any(vertical for _, vertical in lines)


def test_two_headlines_fitted_to_their_columns_are_two_lines(pdf: Make, options: Options) -> None:
    """Side by side in one face, hardly apart, one of 35 points and one of 36."""

    def draw(page: pymupdf.Page) -> None:
        write(page, 40, 80, "夜访菜市场", 35)
        write(page, 40 + 5 * 35 + 16, 80, "点亮回家路", 36)
        column(page, 40, 120, rows(4, 0))

    assert texts(read(pdf(draw), options))[:-4] == ["夜访菜市场", "点亮回家路"]


def test_a_headline_with_a_pause_is_one_line(pdf: Make, options: Options) -> None:
    def draw(page: pymupdf.Page) -> None:
        write(page, 40, 80, "夜访菜市场", 36)
        write(page, 40 + 5 * 36 + 16, 80, "点亮回家路", 36)
        column(page, 40, 120, rows(4, 0))

    assert texts(read(pdf(draw), options))[:-4] == ["夜访菜市场 点亮回家路"]
