from __future__ import annotations

import pytest

from digitise.model import Char, Rect, TextLine, WritingMode
from digitise.ocr.fitting import DOUBTFUL, fitted

EM = 40.0


def set_line(text: str, cells: list[int], mode: WritingMode = "horizontal-tb") -> TextLine:
    """Characters in the cells of that number along a line."""
    boxes = [Rect(k * EM, 0, (k + 1) * EM, EM) for k in cells]
    if mode == "vertical-rl":
        boxes = [Rect(b.y0, b.x0, b.y1, b.x1) for b in boxes]
    chars = tuple(Char(c, box, 0.97) for c, box in zip(text, boxes, strict=True))
    return TextLine(boxes[0].union(boxes[-1]), chars, EM, mode, confidence=0.97)


def inked(*cells: int) -> list[tuple[float, float]]:
    return [(k * EM + 2, (k + 1) * EM - 2) for k in cells]


def doubtful(line: TextLine) -> str:
    return "".join(c.text for c in line.chars if c.confidence <= DOUBTFUL)


def test_a_line_that_fits_its_ink_stays_as_it_is() -> None:
    line = set_line("春风送暖", [0, 1, 2, 3])
    assert fitted(line, inked(0, 1, 2, 3)) is line


@pytest.mark.parametrize("mode", ["horizontal-tb", "vertical-rl"])
def test_ink_for_characters_left_out_makes_their_neighbours_doubtful(mode: WritingMode) -> None:
    line = fitted(set_line("春风送暖", [0, 1, 4, 5], mode), inked(0, 1, 2, 3, 4, 5))
    assert line.text == "春风送暖"
    assert doubtful(line) == "风送"
    assert line.confidence < 0.97


@pytest.mark.parametrize(("cells", "said"), [([2, 3, 4, 5], "春风"), ([0, 1, 2, 3], "送暖")])
def test_ink_before_and_behind_what_was_read(cells: list[int], said: str) -> None:
    assert doubtful(fitted(set_line("春风送暖", cells), inked(0, 1, 2, 3, 4, 5))) == said


def test_a_character_without_ink_is_doubtful() -> None:
    assert doubtful(fitted(set_line("春风送暖", [0, 1, 3, 5]), inked(0, 1, 3))) == "暖"


def test_white_between_words_is_no_hole_and_a_bullet_none_either() -> None:
    line = set_line("春风送暖", [0, 1, 5, 6])
    assert fitted(line, inked(0, 1, 5, 6)) is line
    specks = [*inked(0, 1), (130.0, 134.0), *inked(5, 6)]
    assert fitted(line, specks) is line


def test_places_that_are_a_little_off_do_not_matter() -> None:
    line = set_line("春风送暖", [0, 1, 2, 3])
    assert fitted(line, [(a + 0.3 * EM, b + 0.3 * EM) for a, b in inked(0, 1, 2, 3)]) is line
