"""Corner brackets of vertical lines, told from their ink."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitise.model import Char, Gray, Rect, TextLine
from digitise.ocr.brackets import bow, corner, with_brackets

EM = 40


def bracket(kind: str, size: int = 22, stroke: int = 4) -> Gray:
    """The vertical form of 「 or 」 as a tight 0/255 mask."""
    ink = np.zeros((size, size), np.uint8)
    if kind == "「":
        ink[:stroke] = 255
        ink[:, -stroke:] = 255
    else:
        ink[-stroke:] = 255
        ink[:, :stroke] = 255
    return ink


def line(at: list[int]) -> TextLine:
    chars = tuple(Char("国", Rect(0, y, EM, y + EM)) for y in at)
    return TextLine(Rect(0, 0, EM, 5 * EM), chars, float(EM), mode="vertical-rl")


@given(st.sampled_from("「」"), st.integers(14, 34), st.integers(2, 4))
def test_a_corner_is_told_at_any_size(kind: str, size: int, stroke: int) -> None:
    assert corner(bracket(kind, size, stroke), EM) == kind


@pytest.mark.parametrize(
    "ink", [np.full((20, 20), 255, np.uint8), np.eye(20, dtype=np.uint8) * 255]
)
def test_other_ink_is_no_corner(ink: Gray) -> None:
    assert corner(ink, EM) == ""


def test_what_was_passed_over_is_put_back_in_its_place() -> None:
    ink = np.zeros((5 * EM, EM), np.uint8)
    ink[EM - 24 : EM - 2, 14:36] = bracket("「")
    ink[EM + 4 : 4 * EM - 4, 4:36] = 255
    ink[4 * EM + 2 : 4 * EM + 24, 4:26] = bracket("」")
    read = line([EM, 2 * EM, 3 * EM])
    assert with_brackets(read, ink).text == "「国国国」"


def test_a_part_of_a_character_stays_a_part() -> None:
    ink = np.zeros((5 * EM, EM), np.uint8)
    ink[EM + 2 : EM + 14, 4:30] = bracket("」", 26)[-12:]
    ink[EM + 20 : 2 * EM, 4:36] = 255
    assert with_brackets(line([EM]), ink).text == "国"


def lying(kind: str, width: int = 30, height: int = 9, stroke: int = 3) -> Gray:
    """The vertical form of （ or ） as a tight 0/255 mask."""
    ink = np.zeros((4 * height, 2 * width), np.uint8)
    cv2.ellipse(ink, (width, 3 * height), (width * 10 // 16, 2 * height), 0, 215, 325, 255, stroke)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    tight = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return np.ascontiguousarray(tight if kind == "（" else tight[::-1])


@given(st.sampled_from("（）"), st.integers(24, 34), st.integers(8, 12), st.integers(2, 4))
def test_a_lying_round_bracket_is_told_at_any_size(
    kind: str, width: int, height: int, stroke: int
) -> None:
    assert bow(lying(kind, width, height, stroke), EM) == kind


@pytest.mark.parametrize(
    "ink",
    [
        np.full((6, 34), 255, np.uint8),  # 一
        np.full((20, 20), 255, np.uint8),
        np.eye(30, dtype=np.uint8)[::-3] * 255,
    ],
)
def test_other_ink_is_no_bow(ink: Gray) -> None:
    assert bow(ink, EM) == ""


def test_a_dispatch_gets_its_round_brackets_back() -> None:
    ink = np.zeros((5 * EM, EM), np.uint8)
    opening, closing = lying("（"), lying("）")
    ink[20 : 20 + opening.shape[0], 3 : 3 + opening.shape[1]] = opening
    ink[EM + 4 : 4 * EM - 4, 4:36] = 255
    ink[4 * EM + 6 : 4 * EM + 6 + closing.shape[0], 3 : 3 + closing.shape[1]] = closing
    assert with_brackets(line([EM, 2 * EM, 3 * EM]), ink).text == "（国国国）"
