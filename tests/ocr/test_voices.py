"""Three voices on the unsure characters of vertical lines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitise.model import Gray
from digitise.ocr.bonds import CLOSEST, bond
from digitise.ocr.engine import Detection, LineImage, Recognition
from digitise.ocr.glyphs import Judged
from digitise.ocr.voices import heard_again

OLD = "國會報聞東語說時間問題"
KNOWN = (*OLD, "將", "特", "曾", "一", "二", "十")


def line(text: str, chances: Sequence[float], rivals: dict[int, tuple[str, float]]) -> Recognition:
    share = 1 / len(text)
    spans = tuple((i * share, (i + 1) * share) for i in range(len(text)))
    told = tuple((rivals[i],) if i in rivals else () for i in range(len(text)))
    return Recognition(text, spans, tuple(chances), told)


class Engine:
    """Reads upright lines as `upright`; knows single characters to be `alone`."""

    name = "three"
    version = "1"

    def __init__(self, upright: str, alone: str) -> None:
        self._upright, self._alone = upright, alone
        self.shown: list[int] = []

    def detect(self, gray: Gray, em: float | None = None) -> tuple[Detection, ...]:
        return ()

    def recognise(self, lines: Sequence[LineImage]) -> tuple[Recognition, ...]:
        assert all(not x.vertical for x in lines)
        read = line(self._upright, [0.9] * len(self._upright), {})
        return tuple(read for _ in lines)

    def glyphs(self, cells: Sequence[Gray]) -> Judged | None:
        self.shown.append(len(cells))
        logs = np.full((len(cells), len(KNOWN)), -9.0, np.float32)
        logs[:, KNOWN.index(self._alone)] = -0.1
        seen = np.zeros((len(cells), 2), np.float32)
        return Judged({c: i for i, c in enumerate(KNOWN)}, logs, seen)


class Plain(Engine):
    """One that knows no single characters."""

    glyphs = None  # type: ignore[assignment]


def image(length: int) -> LineImage:
    pixels = np.full((40 * length, 48), 250, np.uint8)
    for i in range(length):
        pixels[40 * i + 4 : 40 * i + 36, 8:40] = 30
    return LineImage(pixels, vertical=True, rivals=20)


def heard(engine: Engine, text: str, chances: Sequence[float], rival: str = "將") -> Recognition:
    unsure = {i: (rival, 0.3) for i, c in enumerate(chances) if c < 0.98}
    return heard_again(engine, [image(len(text))], [line(text, chances, unsure)])[0]


READ = "特" + OLD
UNSURE = [0.5] + [0.99] * len(OLD)


def test_two_voices_outweigh_an_unsure_one() -> None:
    engine = Engine("將" + OLD, "將")
    found = heard(engine, READ, UNSURE)
    assert found.text == "將" + OLD
    assert engine.shown[0] == 1
    assert found.rivals[0][0] == ("特", 0.5)
    assert 0 < found.confidences[0] <= 1


def test_one_voice_alone_changes_nothing() -> None:
    assert heard(Engine(READ, "曾"), READ, UNSURE).text == READ


@pytest.mark.parametrize(("other", "settled"), [("二", "一"), ("十", "十")])
def test_strokes_are_not_counted_anew(other: str, settled: str) -> None:
    found = heard(Engine(other + OLD, other), "一" + OLD, UNSURE, other)
    assert found.text == settled + OLD


def test_what_the_recogniser_is_sure_of_stands() -> None:
    engine = Engine("將" + OLD, "將")
    assert heard(engine, READ, [0.99] * len(READ)).text == READ
    assert not engine.shown


def test_a_character_the_classifier_does_not_know_stands() -> None:
    text = "龘" + OLD
    assert heard(Engine("將" + OLD, "將"), text, UNSURE).text == text


@pytest.mark.parametrize("text", ["特国会报闻东语说时间问题", "特上下左右中大小人口手足"])
def test_print_that_is_not_traditional_is_left_alone(text: str) -> None:
    engine = Engine("將" + text[1:], "將")
    assert heard(engine, text, [0.5] + [0.99] * (len(text) - 1)).text == text
    assert not engine.shown


def test_an_engine_that_knows_no_single_characters_is_left_alone() -> None:
    assert heard(Plain("將" + OLD, "將"), READ, UNSURE).text == READ


def test_level_lines_are_left_alone() -> None:
    level = LineImage(np.full((48, 480), 250, np.uint8), rivals=20)
    engine = Engine("將" + OLD, "將")
    read = line(READ, UNSURE, {0: ("將", 0.3)})
    assert heard_again(engine, [level], [read])[0].text == READ


class Lookalike(Engine):
    """Cannot tell 將 from 特 but sees whether a cell has level or upright strokes."""

    def recognise(self, lines: Sequence[LineImage]) -> tuple[Recognition, ...]:
        return tuple(Recognition("", (), ()) for _ in lines)

    def glyphs(self, cells: Sequence[Gray]) -> Judged | None:
        told = super().glyphs(cells)
        assert told is not None
        told.logs[:, [KNOWN.index("將"), KNOWN.index("特")]] = -0.7
        for i, square in enumerate(cells):
            down, across = (np.abs(np.diff(square.astype(float), axis=a)).sum() for a in (0, 1))
            told.seen[i] = down > across, across > down
        return told


def striped(text: str, level: str) -> LineImage:
    """Cells with strokes, level ones in the places of `level` that are not blank."""
    pixels = np.full((40 * len(text), 48), 250, np.uint8)
    for i, mark in enumerate(level):
        cell = pixels[40 * i + 4 : 40 * i + 36, 8:40]
        for k in range(0, 32, 8):
            if mark.strip():
                cell[k : k + 4] = 30
            else:
                cell[:, k : k + 4] = 30
    return LineImage(pixels, vertical=True, rivals=20)


@pytest.mark.parametrize(("sure", "settled"), [("將", "將"), ("說", "特")])
def test_what_the_page_has_for_certain_speaks_for_what_looks_like_it(
    sure: str, settled: str
) -> None:
    known = "國會" + sure + "報聞東語"
    lines = [striped(READ, "x" + " " * len(OLD)), striped(known, "  x    ")]
    read = [line(READ, UNSURE, {0: ("將", 0.3)}), line(known, [0.99] * 7, {1: ("曾", 0.01)})]
    engine = Lookalike("", "東")
    assert heard_again(engine, lines, read)[0].text == settled + OLD
    assert heard_again(engine, lines, read)[1] == read[1]


def test_a_word_binds_and_a_chance_neighbour_does_not() -> None:
    assert bond("政口", 1, "府") > 3
    assert bond("政口", 1, "口") == 0
    assert bond("口", 0, "國") == 0


def test_either_neighbour_will_do() -> None:
    assert bond("口際", 0, "國") == bond("國口", 1, "際") > 1


@given(st.text(alphabet="政府國際蝴蝶口A，", min_size=1, max_size=3), st.sampled_from("府際蝶，"))
def test_no_bond_is_worth_more_than_the_most(text: str, char: str) -> None:
    assert all(0 <= bond(text, place, char) <= CLOSEST for place in range(len(text)))
