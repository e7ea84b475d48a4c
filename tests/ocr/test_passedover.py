"""Characters that the recogniser passed over, read by the classifier as it is shipped."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from digitise.model import Gray
from digitise.ocr.engine import Detection, LineImage, Recognition
from digitise.ocr.glyphs import Glyphs, Judged, glyphs_file
from digitise.ocr.passedover import unread
from digitise.ocr.upright import column_of
from digitise.ocr.voices import heard_again

Setter = Callable[[str, float], Gray]
TEXT = "中華民國政府發表談話謂英法將曾"
SIZE = 9.0
EM = SIZE * 300 / 72


class Alone:
    """Knows single characters and reads nothing upright."""

    name = "alone"
    version = "1"

    def __init__(self) -> None:
        file = glyphs_file()
        assert file is not None
        self.glyphs: Callable[[Sequence[Gray]], Judged] = Glyphs(file, 1)

    def detect(self, gray: Gray, em: float | None = None) -> tuple[Detection, ...]:
        return ()

    def recognise(self, lines: Sequence[LineImage]) -> tuple[Recognition, ...]:
        return tuple(Recognition("", (), ()) for _ in lines)


def reading(text: str, height: int, without: Sequence[int]) -> Recognition:
    """`text` set solid as it is read sure, but for the places `without`."""
    kept = [i for i in range(len(text)) if i not in without]
    spans = tuple(((i + 0.1) * EM / height, (i + 1.1) * EM / height) for i in kept)
    shown = "".join(text[i] for i in kept)
    rivals = tuple((("口", 0.001),) for _ in kept)
    return Recognition(shown, spans, (0.99,) * len(kept), rivals)


@pytest.fixture(scope="module")
def engine() -> Alone:
    return Alone()


def heard(engine: Alone, page: Gray, text: str, without: Sequence[int]) -> Recognition:
    read = reading(text, page.shape[0], without)
    return heard_again(engine, [LineImage(page, vertical=True, rivals=20)], [read])[0]


@pytest.mark.parametrize("without", [[5], [2, 8], [4, 5]])
def test_a_character_that_was_passed_over_comes_back(
    set_column: Setter, engine: Alone, without: list[int]
) -> None:
    page = set_column(TEXT, SIZE)
    found = heard(engine, page, TEXT, without)
    assert found.text == TEXT
    assert len(found.spans) == len(found.confidences) == len(found.rivals) == len(TEXT)
    for place in without:
        start, end = found.spans[place]
        middle = (start + end) / 2 * page.shape[0] / EM
        assert middle == pytest.approx(place + 0.6, abs=0.2)
        assert 0.7 < found.confidences[place] <= 1
    assert all(a[1] <= b[0] + 1e-9 for a, b in zip(found.spans, found.spans[1:], strict=False))


def blank(page: Gray, place: int) -> Gray:
    out = page.copy()
    out[round((place + 0.1) * EM) : round((place + 1.1) * EM)] = 255
    return out


def test_nothing_is_put_into_white(set_column: Setter, engine: Alone) -> None:
    page = blank(set_column(TEXT, SIZE), 5)
    assert heard(engine, page, TEXT, [5]).text == TEXT[:5] + TEXT[6:]


def test_a_stop_is_no_character(set_column: Setter, engine: Alone) -> None:
    text = TEXT[:5] + "、" + TEXT[6:]
    page = blank(set_column(TEXT, SIZE), 5)
    middle = round(5.6 * EM), page.shape[1] // 2
    page[middle[0] - 12 : middle[0] - 2, middle[1] + 2 : middle[1] + 12] = 0
    assert heard(engine, page, text, [5]).text == TEXT[:5] + TEXT[6:]


def test_neither_is_a_rule_across(set_column: Setter, engine: Alone) -> None:
    page = blank(set_column(TEXT, SIZE), 5)
    page[round(5.55 * EM) : round(5.65 * EM)] = 0
    assert heard(engine, page, TEXT, [5]).text == TEXT[:5] + TEXT[6:]


def test_what_is_unclear_stays_out(set_column: Setter, engine: Alone) -> None:
    page = blank(set_column(TEXT, SIZE), 5)
    random = np.random.default_rng(5)
    cell = page[round(5.15 * EM) : round(6.05 * EM), 8:-8]
    cell[...] = np.where(random.random(cell.shape) < 0.4, 0, 255)
    column = column_of(reading(TEXT, page.shape[0], [5]), page)
    assert column is not None
    assert unread(reading(TEXT, page.shape[0], [5]), page, column)
    assert heard(engine, page, TEXT, [5]).text == TEXT[:5] + TEXT[6:]


def test_letter_spaced_lines_have_no_free_cells(set_column: Setter, engine: Alone) -> None:
    text = "中　華　民　國　政　府　發　表"
    page = set_column(text, SIZE)
    assert heard(engine, page, text, range(1, len(text), 2)).text == text.replace("　", "")
