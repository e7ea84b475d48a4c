"""Text that a born-digital page has as a picture or as outlines; text nobody sees."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pymupdf
import pytest

from digitise.layout import analyse
from digitise.model import Sheet
from digitise.options import Options
from digitise.pipeline import read_page
from digitise.sources import expand

BODY = (
    "清晨六点，码头上的第一班渡船载着赶早市的乡亲缓缓离岸。合作社的社员把刚摘下的鲜笋装进竹筐，"
    "准备送往城里的菜场。镇上的图书室添了两千册新书，放学后常有孩子在那里读到天黑。"
)
TITLE = "新桥今日通车"
SHOP = ("江畔茶楼", "地址：江滨路一百零八号", "订座电话：5550123")

Draw = Callable[[Any], None]


def document(width: float, height: float, draw: Draw) -> Any:
    made: Any = pymupdf.open()  # type: ignore[no-untyped-call]
    draw(made.new_page(width=width, height=height))
    return made


def write(page: Any, x: float, y: float, text: str, size: float = 9, **more: Any) -> None:
    page.insert_text((x, y + 0.88 * size), text, fontname="china-s", fontsize=size, **more)


def article(page: Any, x: float, y: float, title: str, rows: int) -> None:
    write(page, x, y, title, 22)
    for k in range(rows):
        write(page, x, y + 40 + 14 * k, (BODY * 9)[k * 24 : k * 24 + 24])


def shop(page: Any, ground: tuple[float, ...], ink: tuple[float, ...]) -> None:
    page.draw_rect(page.rect, fill=ground, color=None)
    for text, y, size in zip(SHOP, (20, 80, 104), (32, 12, 12), strict=True):
        write(page, 20, y, text, size, color=ink)


def png(made: Any, dpi: int = 220) -> bytes:
    data: bytes = made[0].get_pixmap(dpi=dpi).tobytes("png")
    return data


def outlines(made: Any) -> Any:
    """The page with its type turned into paths."""
    svg = made[0].get_svg_image(text_as_path=True).encode()
    drawn: Any = pymupdf.open(stream=svg, filetype="svg")  # type: ignore[no-untyped-call]
    return pymupdf.open("pdf", drawn.convert_to_pdf())  # type: ignore[no-untyped-call]


def read(tmp_path: Path, more: Draw) -> Sheet:
    """A page with one live article and what `more` draws on it."""

    def draw(page: Any) -> None:
        article(page, 40, 40, "水尺旁的值班员", 24)
        more(page)

    document(600, 600, draw).save(tmp_path / "page.pdf")
    (ref,) = expand([tmp_path / "page.pdf"], Options())
    return read_page(ref, Options(threads=1))


def texts(sheet: Sheet) -> list[str]:
    return ["".join(line.text.split()) for line in sheet.lines]


def test_an_article_placed_as_a_picture_is_read(tmp_path: Path) -> None:
    inset = document(240, 260, lambda page: article(page, 10, 8, TITLE, 14))
    area = pymupdf.Rect(320, 40, 560, 300)
    sheet = read(tmp_path, lambda page: page.insert_image(area, stream=png(inset)))
    pieces = [p for p in analyse(sheet).pieces if p.headline == TITLE]
    assert [len(p.lines) for p in pieces] == [14]
    assert not sheet.pictures
    assert "inlays" in [step.name for step in sheet.steps]


@pytest.mark.parametrize(
    ("ground", "ink"),
    [((1, 1, 1), (0.1, 0.1, 0.5)), ((1, 0.9, 0.4), (0, 0, 0)), ((0.7, 0, 0), (1, 1, 1))],
    ids=["white", "yellow", "red"],
)
def test_an_advertisement_placed_as_a_picture_is_read(
    tmp_path: Path, ground: tuple[float, ...], ink: tuple[float, ...]
) -> None:
    inset = document(240, 140, lambda page: shop(page, ground, ink))
    area = pymupdf.Rect(320, 40, 560, 180)
    sheet = read(tmp_path, lambda page: page.insert_image(area, stream=png(inset)))
    assert texts(sheet)[-3:] == list(SHOP)
    assert [p.kind for p in analyse(sheet).pieces] == ["article", "advertisement"]


def test_a_headline_in_outlines_is_read(tmp_path: Path) -> None:
    inset = document(240, 40, lambda page: write(page, 4, 4, TITLE, 30))
    area = pymupdf.Rect(320, 40, 560, 80)
    sheet = read(tmp_path, lambda page: page.show_pdf_page(area, outlines(inset), 0))
    (line,) = [x for x in sheet.lines if x.text == TITLE]
    assert line.size == pytest.approx(30 * 300 / 72, rel=0.06)
    assert not sheet.pictures
    assert not sheet.rules


def test_a_headline_in_outlines_down_the_page_is_read_whole(tmp_path: Path) -> None:
    def down(page: Any) -> None:
        for k, char in enumerate("老戏台修缮一新开台"):
            write(page, 8, 6 + 34 * k, char, 30)

    inset = document(50, 320, down)
    area = pymupdf.Rect(420, 40, 470, 360)
    sheet = read(tmp_path, lambda page: page.show_pdf_page(area, outlines(inset), 0))
    assert texts(sheet)[-1] == "老戏台修缮一新开台"
    assert sheet.lines[-1].mode == "vertical-rl"


def test_an_article_in_outlines_is_read_and_its_strokes_are_no_rules(tmp_path: Path) -> None:
    inset = document(240, 260, lambda page: article(page, 10, 8, TITLE, 14))
    area = pymupdf.Rect(320, 40, 560, 300)
    sheet = read(tmp_path, lambda page: page.show_pdf_page(area, outlines(inset), 0))
    assert texts(sheet)[-15:] == [TITLE, *((BODY * 9)[k * 24 : k * 24 + 24] for k in range(14))]
    assert (sheet.rules, sheet.frames, sheet.pictures) == ((), (), ())


def test_a_photograph_stays_a_picture(tmp_path: Path) -> None:
    field = np.random.default_rng(1).normal(0, 1, (40, 60)).astype(np.float32)
    tone = np.clip(cv2.resize(field, (900, 600), interpolation=cv2.INTER_CUBIC) * 40 + 128, 0, 255)
    photo = cv2.imencode(".jpg", tone.astype(np.uint8))[1].tobytes()
    area = pymupdf.Rect(320, 40, 560, 200)
    sheet = read(tmp_path, lambda page: page.insert_image(area, stream=photo))
    assert len(sheet.lines) == 25
    assert len(sheet.pictures) == 1


def test_a_turned_page_is_looked_at_the_way_it_is_read(tmp_path: Path) -> None:
    inset = document(240, 40, lambda page: write(page, 4, 4, TITLE, 30))

    def draw(page: Any) -> None:
        page.show_pdf_page(pymupdf.Rect(320, 40, 560, 80), outlines(inset), 0)
        page.set_rotation(90)

    assert TITLE in texts(read(tmp_path, draw))


def test_text_under_a_white_box_is_not_read(tmp_path: Path) -> None:
    def draw(page: Any) -> None:
        write(page, 340, 100, "盖住的文字", 12)
        page.draw_rect(pymupdf.Rect(330, 90, 460, 120), fill=(1, 1, 1), color=None)
        write(page, 340, 150, "看得见的文字", 12)

    assert texts(read(tmp_path, draw))[-1] == "看得见的文字"
    assert "盖住的文字" not in texts(read(tmp_path, draw))


def test_text_under_a_white_picture_is_not_read(tmp_path: Path) -> None:
    def draw(page: Any) -> None:
        write(page, 340, 100, "盖住的文字", 12)
        white = document(130, 30, lambda inset: inset.draw_rect(inset.rect, fill=(1, 1, 1)))
        page.insert_image(pymupdf.Rect(330, 90, 460, 120), stream=png(white))

    assert not [text for text in texts(read(tmp_path, draw)) if "盖" in text]


def test_text_cut_away_by_a_clip_is_not_read(tmp_path: Path) -> None:
    def draw(page: Any) -> None:
        page.clean_contents()
        write(page, 340, 100, "留下的字裁去的字", 12)
        (first, *_, last) = page.get_contents()
        del first
        stream = page.parent.xref_stream(last).decode("latin-1")
        # A clip that ends in the middle of the line: 600 pt high, from x 330 to 388.
        page.parent.update_stream(last, f"q 330 0 58 600 re W n {stream} Q".encode("latin-1"))

    assert texts(read(tmp_path, draw))[-1] == "留下的字"


def test_a_line_to_write_on_is_kept_though_it_lies_under_its_cells(tmp_path: Path) -> None:
    sheet = read(tmp_path, lambda page: page.insert_text((340, 100), "Name ______", fontsize=12))
    assert texts(sheet)[-1] == "Name______"
