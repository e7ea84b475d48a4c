"""The default engine reads real print."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitise.model import Gray, Rect, polygon_bounds
from digitise.ocr import detection, session
from digitise.ocr.engine import LineImage
from digitise.ocr.rapid import RapidEngine
from digitise.ocr.session import package_version

TEXTS = (
    "春天里田野上的麦苗返青拔节",
    "农民们忙着浇水施肥",
    "第三季度产值",
    "会议强调要坚持问题导向聚焦群众急难愁盼把实事办好",
)


@pytest.fixture(scope="module")
def engine() -> RapidEngine:
    return RapidEngine(threads=1)


def two_columns(set_type: Callable[..., Gray]) -> tuple[Gray, list[Rect]]:
    """Two columns of eight lines of 13 characters, and where they were set, in pixels."""
    items, boxes = [], []
    for x in (20.0, 170.0):
        for row in range(8):
            y = 20.0 + 15.0 * row
            items.append((x, y, 10.0, TEXTS[0]))
            boxes.append(Rect(x, y, x + 130, y + 10).scale(300 / 72))
    return set_type(items, 320, 160), boxes


@pytest.mark.parametrize("text", TEXTS)
def test_reads_a_line(engine: RapidEngine, set_strip: Callable[..., Gray], text: str) -> None:
    (read,) = engine.recognise([LineImage(set_strip(text))])
    assert read.text == text
    assert read.confidence > 0.9


def test_characters_are_where_they_were_set(
    engine: RapidEngine, set_strip: Callable[..., Gray]
) -> None:
    text = TEXTS[0]
    (read,) = engine.recognise([LineImage(set_strip(text))])
    length = len(text) + 0.2
    for i, (start, end) in enumerate(read.spans):
        assert (start + end) / 2 == pytest.approx((i + 0.6) / length, abs=0.3 / length)
    assert len(read.confidences) == len(text)


@pytest.mark.parametrize("text", ["城乡融合发展迈出新步伐", "一二三大会在京召开"])
def test_reads_a_vertical_line(
    engine: RapidEngine, set_column: Callable[..., Gray], text: str
) -> None:
    (read,) = engine.recognise([LineImage(set_column(text, 18.0), vertical=True)])
    assert read.text == text
    for i, (start, end) in enumerate(read.spans):
        assert (start + end) / 2 == pytest.approx((i + 0.6) / (len(text) + 0.2), abs=0.06)


def test_a_line_longer_than_the_recogniser_takes_is_whole(
    engine: RapidEngine, set_strip: Callable[..., Gray]
) -> None:
    text = "".join(TEXTS) * 2
    (read,) = engine.recognise([LineImage(set_strip(text))])
    assert read.text == text
    assert all(a <= b for a, b in read.spans)
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in pairwise(read.spans))


@settings(max_examples=5, deadline=None)
@given(order=st.permutations(range(len(TEXTS))))
def test_a_line_reads_the_same_in_any_company(
    engine: RapidEngine, set_strip: Callable[..., Gray], order: list[int]
) -> None:
    images = [LineImage(set_strip(TEXTS[i])) for i in order]
    together = engine.recognise(images)
    assert [r.text for r in together] == [TEXTS[i] for i in order]
    alone = engine.recognise(images[:1])[0]
    assert alone.spans == together[0].spans


def test_nothing_printed_reads_as_nothing(engine: RapidEngine) -> None:
    white = np.full((50, 300), 255, np.uint8)
    assert engine.recognise([LineImage(white), LineImage(white.T.copy(), vertical=True)]) == (
        engine.recognise([LineImage(white)])[0],
        engine.recognise([LineImage(white)])[0],
    )
    assert engine.recognise([LineImage(white)])[0].text == ""
    assert engine.recognise([LineImage(np.zeros((0, 0), np.uint8))])[0].text == ""
    assert engine.recognise([]) == ()
    assert engine.detect(np.full((400, 300), 255, np.uint8), 40.0) == ()
    assert engine.detect(np.zeros((1, 1), np.uint8)) == ()


def test_finds_each_line_of_two_columns(engine: RapidEngine, set_type: Callable[..., Gray]) -> None:
    page, boxes = two_columns(set_type)
    found = [polygon_bounds(d.polygon) for d in engine.detect(page, 41.7)]
    assert len(found) == len(boxes)
    for box in boxes:
        assert max(box.overlap(f) / max(box.area, f.area) for f in found) > 0.6


@pytest.mark.parametrize("dpi", [110, 300, 600])
def test_finds_them_without_being_told_their_size(
    engine: RapidEngine, set_type: Callable[..., Gray], dpi: int
) -> None:
    items = [(x, 20.0 + 15.0 * i, 10.0, TEXTS[0]) for x in (20.0, 170.0) for i in range(8)]
    found = engine.detect(set_type(items, 320, 160, dpi))
    assert len(found) == 16


def test_finds_a_vertical_headline_beside_lines(
    engine: RapidEngine, set_type: Callable[..., Gray]
) -> None:
    rows = [(60.0, 20.0 + 15.0 * i, 10.0, TEXTS[0]) for i in range(12)]
    page = set_type([(20.0, 20.0, 20.0, "|城乡融合新步伐"), *rows], 220, 220)
    found = [polygon_bounds(d.polygon) for d in engine.detect(page, 41.7)]
    tall = [f for f in found if f.height > 3 * f.width]
    assert len(tall) == 1
    assert tall[0].overlap(Rect(20, 20, 40, 160).scale(300 / 72)) > 0.9 * 20 * 140 * (300 / 72) ** 2


def test_tiles_leave_no_seam(engine: RapidEngine, set_type: Callable[..., Gray]) -> None:
    page, _ = two_columns(set_type)
    engine.detect(page, 41.7)
    session = engine._detector
    assert session is not None
    half = page[::2, ::2].copy()
    whole = detection.lines(detection.probability(session, half), 0.5)
    tiled = detection.lines(detection.probability(session, half, tile=256, overlap=96), 0.5)
    assert len(detection.cuts(half.shape[1], 256, 96)) > 2
    assert len(tiled) == len(whole)
    others = [polygon_bounds(d.polygon) for d in tiled]
    for line in whole:
        box = polygon_bounds(line.polygon)
        assert max(box.overlap(o) / max(box.area, o.area) for o in others) > 0.8


@given(st.integers(1, 20000), st.integers(64, 2000), st.integers(0, 60))
def test_tiles_cover_everything(length: int, tile: int, overlap: int) -> None:
    pieces = detection.cuts(length, tile, overlap)
    assert pieces[0][0] == 0
    assert pieces[-1][1] == length
    for (a0, a1), (b0, b1) in pairwise(pieces):
        assert a0 < b0 <= a1 < b1
    # A tile is rounded up to what the network can take.
    assert all(b - a < tile + detection.STRIDE for a, b in pieces)


def test_same_page_same_lines(engine: RapidEngine, set_type: Callable[..., Gray]) -> None:
    page, _ = two_columns(set_type)
    assert engine.detect(page, 41.7) == engine.detect(page, 41.7)


def test_memory_given_back_changes_nothing(
    engine: RapidEngine, set_type: Callable[..., Gray], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "_LARGE", 0)
    page, _ = two_columns(set_type)
    found = engine.detect(page)
    session.release_memory()
    assert engine.detect(page) == found


def test_onnxruntime_reads_the_same(set_strip: Callable[..., Gray]) -> None:
    pytest.importorskip("onnxruntime")
    engine = RapidEngine(threads=1, backend="onnxruntime")
    (read,) = engine.recognise([LineImage(set_strip(TEXTS[0]))])
    assert read.text == TEXTS[0]


SEALED = """
import os, pathlib, socket, sys
import numpy as np

def caught(*args, **kwargs):
    pathlib.Path(sys.argv[1]).write_text(repr(args))
    raise OSError("sealed")

socket.getaddrinfo = socket.socket.connect = caught
from digitise.ocr.engine import LineImage
from digitise.ocr.rapid import RapidEngine

page = np.full((96, 400), 255, np.uint8)
for backend in ("openvino", "onnxruntime"):
    engine = RapidEngine(1, backend)
    engine.detect(page, 40.0)
    engine.recognise([LineImage(page)])
"""


def test_nothing_is_looked_up_on_the_network(tmp_path: Path) -> None:
    pytest.importorskip("openvino")
    attempt = tmp_path / "attempt"
    environment = {k: v for k, v in os.environ.items() if k != "CI"} | {"HOME": str(tmp_path)}
    subprocess.run(
        [sys.executable, "-c", SEALED, str(attempt)],
        cwd=Path(__file__).parents[2],
        env=environment,
        check=True,
    )
    assert not attempt.exists()
    assert not (tmp_path / "intel").exists()


def test_engine_says_what_it_is(engine: RapidEngine) -> None:
    assert (engine.name, engine.version) == ("rapid", package_version("rapidocr"))
