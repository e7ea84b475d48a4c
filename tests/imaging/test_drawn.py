"""What is drawn and what is type, once the lines have been read."""

from __future__ import annotations

import numpy as np

from digitise.imaging.drawn import told_apart
from digitise.imaging.marks import Marks
from digitise.model import Char, Frame, Picture, Rect, TextLine, WritingMode

EM = 30.0
BOX = Rect(100, 100, 500, 900)


def _told(mode: WritingMode) -> int:
    """How many pictures are left of one under three lines of type that cover 0.4 of it."""
    boxes = [Rect(x, 120, x + 55, 880) for x in (120, 250, 380)]
    lines = tuple(
        TextLine(b, tuple(Char(c, b) for c in "專營上等罐頭"), 50.0, mode, confidence=0.95)
        for b in boxes
    )
    ink = np.zeros((1000, 600), np.uint8)
    for x in (120, 250, 380):
        ink[130:870, x + 8 : x + 48 : 4] = 255
    ink[300:700, 180:245] = 255  # something that is no type
    found, _ = told_apart(Marks(pictures=(Picture(BOX),)), lines, ink, EM)
    return len([p for p in found if p.box == BOX])


def test_large_type_set_downwards_is_no_picture() -> None:
    assert _told("vertical-rl") == 0


def test_lines_across_a_picture_leave_it_one() -> None:
    assert _told("horizontal-tb") == 1


def _dark_box(*lines: TextLine) -> tuple[Picture, ...]:
    """What is a picture of a dark box with some light in it."""
    ink = np.zeros((1000, 600), np.uint8)
    ink[300:500, 180:245] = 255
    return told_apart(Marks(frames=(Frame(BOX, "reversed"),)), lines, ink, EM)[0]


def _read(confidence: float) -> TextLine:
    box = Rect(120, 300, 480, 360)
    return TextLine(box, tuple(Char(c, box) for c in "洛阳飞来订单"), 60.0, confidence=confidence)


def test_a_dark_box_in_which_no_type_was_read_is_a_picture() -> None:
    assert _dark_box() == (Picture(BOX),)
    assert _dark_box(_read(0.3)) == (Picture(BOX),)


def test_a_headline_on_a_dark_box_leaves_it_one() -> None:
    assert _dark_box(_read(0.6)) == ()


def test_what_was_drawn_right_against_a_picture_is_part_of_it() -> None:
    ink = np.zeros((1000, 900), np.uint8)
    ink[200:500, 510:516] = ink[200:206, 510:700] = ink[494:500, 510:700] = 255
    picture = Picture(Rect(100, 180, 500, 510))
    assert told_apart(Marks(pictures=(picture,)), (), ink, EM)[0] == (
        Picture(Rect(100, 180, 700, 510)),
    )
    aside = np.roll(ink, 60, axis=1)
    assert len(told_apart(Marks(pictures=(picture,)), (), aside, EM)[0]) == 2
