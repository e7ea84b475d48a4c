"""Photographs of which only black and white is left."""

from __future__ import annotations

import cv2
import numpy as np

from digitise.imaging.ground import ink_mask
from digitise.imaging.marks import Marks, find_marks
from digitise.model import Gray, Rect

from .drawing import EM, around, paper, row


def marks_of(page: Gray) -> Marks:
    return find_marks(page, ink_mask(page, EM), EM)


def photograph(page: Gray, box: Rect) -> None:
    """A bright sky over dark ground, thresholded: specks at the top, plain ink below."""
    height, width = int(box.height), int(box.width)
    rows = np.linspace(1.6, -1.0, height)[:, None]
    hills = 0.4 * np.sin(np.linspace(0, 5, width))[None, :]
    noise = np.random.default_rng(3).normal(0, 0.12, (height // 4 + 1, width // 4 + 1))
    grain = np.kron(noise, np.ones((4, 4)))[:height, :width]
    dark = rows + hills + grain < 0.5
    page[int(box.y0) : int(box.y0) + height, int(box.x0) : int(box.x0) + width][dark] = 0


def set_round(page: Gray, box: Rect) -> None:
    for k in range(4):
        row(page, box.x0, box.y0 - (2 + 1.5 * k) * EM, int(box.width // EM))
        row(page, box.x0, box.y1 + (0.6 + 1.5 * k) * EM, int(box.width // EM))


def test_a_photograph_without_tones_is_a_picture_and_its_edge_no_rule() -> None:
    page = paper(level=255)
    box = Rect(300, 300, 840, 600)
    photograph(page, box)
    set_round(page, box)
    found = marks_of(page)
    (picture,) = found.pictures
    assert box.contains(picture.box, 6)
    assert picture.box.width > 0.95 * box.width and picture.box.height > 0.5 * box.height
    assert abs(picture.box.y1 - box.y1) < 6
    assert found.rules == ()


def test_of_a_bright_photograph_a_low_strip_is_left() -> None:
    page = paper(level=255)
    box = Rect(300, 300, 840, 490)
    photograph(page, Rect(300, 300, 840, 600))
    page[int(box.y1) :] = page[: int(box.y1) - 100] = 255
    set_round(page, box)
    (picture,) = marks_of(page).pictures
    assert around(picture.box, Rect(300, 390, 840, 490), 8)


def test_a_photograph_is_found_beside_another() -> None:
    page = paper(level=255)
    boxes = [Rect(100, 300, 500, 500), Rect(700, 300, 1100, 500)]
    for box in boxes:
        photograph(page, box)
    assert [around(p.box, b, 100) for p, b in zip(marks_of(page).pictures, boxes, strict=True)] == [
        True, True,
    ]  # fmt: skip


def test_what_is_left_of_one_photograph_is_one_picture() -> None:
    """A bright shape that runs through it from side to side, aslant."""
    page = paper(level=255)
    box = Rect(200, 200, 1000, 700)
    photograph(page, box)
    shape = np.array([[200, 350], [200, 450], [1000, 650], [1000, 550]], np.int32)
    cv2.fillPoly(page, [shape], 255)
    (picture,) = marks_of(page).pictures
    assert abs(picture.box.y1 - box.y1) < 6 and picture.box.width > 0.95 * box.width


def _two_masses(page: Gray, inner: int, between: int) -> int:
    """How many pictures are two pieces of dark ground with straight outer sides whose inner sides
    lean by `inner` px, with rows of so many characters of type between them."""
    left = [[200, 400], [500 - inner, 400], [500, 600], [200, 600]]
    right = [[700 + inner, 400], [1000, 400], [1000, 600], [700, 600]]
    for corners in (left, right):
        cv2.fillPoly(page, [np.array(corners, np.int32)], 0)
    for box in (Rect(200, 330, 290, 400), Rect(910, 320, 1000, 400)):  # a ragged horizon
        page[int(box.y0) : int(box.y1), int(box.x0) : int(box.x1)] = 0
    for k in range(8 if between else 0):
        row(page, 600 - between * EM / 2, 335 + 1.1 * EM * k, between)
    return len(marks_of(page).pictures)


def test_a_bright_shape_from_top_to_bottom_leaves_one_photograph() -> None:
    assert _two_masses(paper(level=255), 150, 0) == 1


def test_photographs_with_straight_sides_or_with_type_between_them_are_two() -> None:
    assert _two_masses(paper(level=255), 0, 0) == 2
    assert _two_masses(paper(level=255), 150, 4) == 2


def test_characters_of_any_size_are_no_pictures() -> None:
    page = paper(2400, 1000, level=255)
    row(page, 60, 100, 6, 12 * EM)
    page[60:540] = np.minimum(page[60:540], np.roll(page[60:540], EM, axis=1))  # heavier still
    assert marks_of(page).pictures == ()


def test_a_plain_block_and_the_shadow_at_the_edge_of_a_scan_are_no_pictures() -> None:
    page = paper(level=255)
    page[300:500, 300:800] = 0
    photograph(page, Rect(0, 700, 400, 1000))
    assert marks_of(page).pictures == ()


def test_a_blot_makes_no_picture_of_the_tight_type_it_fell_on() -> None:
    page = paper(level=255)
    for k in range(20):
        row(page, 100, 100 + 1.1 * EM * k, 20)
    cv2.circle(page, (400, 400), 3 * EM, 0, -1)
    assert marks_of(page).pictures == ()
