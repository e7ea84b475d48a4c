"""The second engine, where its program is installed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from rapidfuzz.distance import Levenshtein

from digitise.errors import EngineMissing
from digitise.model import Gray, Rect, polygon_bounds
from digitise.ocr import tesseract
from digitise.ocr.engine import LineImage
from digitise.ocr.hocr import parse
from digitise.ocr.tesseract import TesseractEngine

needs_program = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="the program tesseract is not installed"
)
needs_vertical = pytest.mark.skipif(
    "chi_sim_vert" not in tesseract.languages(), reason="chi_sim_vert is not installed"
)
TEXT = "田野上的麦苗返青拔节"
DOWN = "农民们忙着浇水施肥"


@needs_program
def test_reads_a_line_with_places(set_strip: Callable[..., Gray]) -> None:
    engine = TesseractEngine(threads=1)
    read, empty = engine.recognise(
        [LineImage(set_strip(TEXT)), LineImage(np.zeros((0, 0), np.uint8))]
    )
    assert read.text == TEXT
    assert read.confidence > 0.8
    assert all(0 <= a <= b <= 1 for a, b in read.spans)
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in pairwise(read.spans))
    assert empty.text == ""


@needs_program
@needs_vertical
def test_reads_a_vertical_line(set_column: Callable[..., Gray]) -> None:
    read = TesseractEngine(threads=1).recognise([LineImage(set_column(DOWN, 14.0), vertical=True)])
    assert Levenshtein.distance(read[0].text, DOWN) <= 1
    assert read[0].text[:3] == DOWN[:3]
    assert len(read[0].spans) == len(read[0].text)


@needs_program
def test_finds_lines(set_type: Callable[..., Gray]) -> None:
    page = set_type([(20.0, 20.0 + 18 * i, 11.0, TEXT) for i in range(4)], 200, 110)
    found = [polygon_bounds(d.polygon) for d in TesseractEngine(threads=1).detect(page, 45.8)]
    assert len(found) == 4
    for i, box in enumerate(found):
        line = Rect(20, 20 + 18 * i, 130, 31 + 18 * i).scale(300 / 72)
        assert line.overlap(box) > 0.6 * line.area


def test_a_missing_program_is_named_with_its_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EngineMissing) as caught:
        TesseractEngine("chi_tra")
    assert "tesseract-ocr-chi-tra" in caught.value.text("en")
    assert "tesseract-ocr-chi-tra" in caught.value.text("zh")


@needs_program
def test_a_missing_language_is_named_with_its_package() -> None:
    with pytest.raises(EngineMissing) as caught:
        TesseractEngine("jpn")
    assert "tesseract-ocr-jpn" in caught.value.text("en")


def test_hocr_is_read_with_entities_and_confidences() -> None:
    page = (
        "<div class='ocr_page' title='image \"a b.png\"; bbox 0 0 90 40; ppageno 0'>"
        "<span class='ocr_line' title=\"bbox 5 5 80 35; baseline 0 0\">"
        "<span class='ocrx_word' title='bbox 5 5 30 35; x_wconf 90'>"
        "<span class='ocrx_cinfo' title='x_bboxes 5 5 30 35; x_conf 97.5'>&lt;</span></span>"
        "<span class='ocrx_word' title='bbox 31 5 80 35; x_wconf 90'>"
        "<span class='ocrx_cinfo' title='x_bboxes 31 5 80 35; x_conf 50'>中</span></span>"
        "</span></div>"
    )
    (read,) = parse(page)
    assert read.box == Rect(0, 0, 90, 40)
    assert [(g.text, g.confidence) for g in read.lines[0].glyphs] == [("<", 0.975), ("中", 0.5)]
    assert read.lines[0].glyphs[1].box == Rect(31, 5, 80, 35)
