"""Three voices on the unsure characters of vertical lines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitise.model import Gray
from digitise.ocr.engine import Detection, LineImage, Recognition
from digitise.ocr.glyphs import Judged
from digitise.ocr.voices import CLOSEST, bond, heard_again

OLD = "國會報聞東語說時間問題"
KNOWN = (*OLD, "將", "特", "曾")


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
        self.asked = 0

    def detect(self, gray: Gray, em: float | None = None) -> tuple[Detection, ...]:
        return ()

    def recognise(self, lines: Sequence[LineImage]) -> tuple[Recognition, ...]:
        assert all(not x.vertical for x in lines)
        read = line(self._upright, [0.9] * len(self._upright), {})
        return tuple(read for _ in lines)

    def glyphs(self, cells: Sequence[Gray]) -> Judged | None:
        self.asked += len(cells)
        logs = np.full((len(cells), len(KNOWN)), -9.0, np.float32)
        logs[:, KNOWN.index(self._alone)] = -0.1
        return Judged({c: i for i, c in enumerate(KNOWN)}, logs)


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
    assert engine.asked == 1
    assert found.rivals[0][0] == ("特", 0.5)
    assert 0 < found.confidences[0] <= 1


def test_one_voice_alone_changes_nothing() -> None:
    assert heard(Engine(READ, "曾"), READ, UNSURE).text == READ


def test_what_the_recogniser_is_sure_of_stands() -> None:
    engine = Engine("將" + OLD, "將")
    assert heard(engine, READ, [0.99] * len(READ)).text == READ
    assert engine.asked == 0


def test_a_character_the_classifier_does_not_know_stands() -> None:
    text = "龘" + OLD
    assert heard(Engine("將" + OLD, "將"), text, UNSURE).text == text


@pytest.mark.parametrize("text", ["特国会报闻东语说时间问题", "特上下左右中大小人口手足"])
def test_print_that_is_not_traditional_is_left_alone(text: str) -> None:
    engine = Engine("將" + text[1:], "將")
    assert heard(engine, text, [0.5] + [0.99] * (len(text) - 1)).text == text
    assert engine.asked == 0


def test_an_engine_that_knows_no_single_characters_is_left_alone() -> None:
    assert heard(Plain("將" + OLD, "將"), READ, UNSURE).text == READ


def test_level_lines_are_left_alone() -> None:
    level = LineImage(np.full((48, 480), 250, np.uint8), rivals=20)
    engine = Engine("將" + OLD, "將")
    read = line(READ, UNSURE, {0: ("將", 0.3)})
    assert heard_again(engine, [level], [read])[0].text == READ


def test_a_word_binds_and_a_chance_neighbour_does_not() -> None:
    assert bond("政口", 1, "府") > 3
    assert bond("政口", 1, "口") == 0
    assert bond("口", 0, "國") == 0


def test_either_neighbour_will_do() -> None:
    assert bond("口際", 0, "國") == bond("國口", 1, "際") > 1


@given(st.text(alphabet="政府國際蝴蝶口A，", min_size=1, max_size=3), st.sampled_from("府際蝶，"))
def test_no_bond_is_worth_more_than_the_most(text: str, char: str) -> None:
    assert all(0 <= bond(text, place, char) <= CLOSEST for place in range(len(text)))
