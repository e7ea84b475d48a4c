"""The classifier of single characters as it is shipped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from digitise.model import Gray
from digitise.ocr import rapid
from digitise.ocr.engine import Recognition
from digitise.ocr.glyphs import Glyphs, evened, glyphs_file
from digitise.ocr.layoutparser_engine import LayoutParserEngine
from digitise.ocr.null import NullEngine
from digitise.ocr.rapid import RapidEngine
from digitise.ocr.upright import cell, column_of

TEXT = "中華民國政府發表談話謂英法將曾"


def test_it_reads_clear_type(set_column: Callable[[str, float], Gray]) -> None:
    page = set_column(TEXT, 9.0)
    share = 1 / len(TEXT)
    spans = tuple((i * share, (i + 1) * share) for i in range(len(TEXT)))
    column = column_of(Recognition(TEXT, spans, (1.0,) * len(TEXT)), page)
    file = glyphs_file()
    assert column is not None and file is not None
    judged = Glyphs(file, 1)([cell(page, column, i) for i in range(len(TEXT))])
    names = list(judged.places)
    told = "".join(names[i] for i in judged.logs.argmax(axis=1))
    assert sum(a == b for a, b in zip(told, TEXT, strict=True)) >= len(TEXT) - 2
    assert np.allclose(np.exp(judged.logs).sum(axis=1), 1, atol=1e-3)


def test_it_does_not_care_how_pale_the_print_is() -> None:
    square = np.full((1, 32, 32), 240, np.uint8)
    square[0, 8:24, 8:24] = 40
    pale = (240 - (240 - square.astype(int)) // 2).astype(np.uint8)
    assert np.allclose(evened(square), evened(pale), atol=0.02)


def test_without_its_file_the_engine_knows_no_single_characters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rapid, "glyphs_file", lambda: None)
    assert RapidEngine(1).glyphs([np.zeros((32, 32), np.uint8)]) is None


class NoModel:
    def detect(self, image: NDArray[np.uint8]) -> Any:
        raise AssertionError("no layout is asked for")


def test_the_layoutparser_engine_asks_the_engine_it_reads_with() -> None:
    pytest.importorskip("layoutparser")
    square = np.full((32, 32), 240, np.uint8)
    square[8:24, 8:24] = 40
    told = LayoutParserEngine(RapidEngine(1), NoModel()).glyphs([square])
    assert told is not None and told.logs.shape[0] == 1
    assert LayoutParserEngine(NullEngine(), NoModel()).glyphs([square]) is None
