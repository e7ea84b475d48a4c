from __future__ import annotations

import cv2
import numpy as np
import pytest

from digitise.imaging.edges import is_ghost
from digitise.imaging.grids import window
from digitise.imaging.ground import ink_mask
from digitise.imaging.marks import Marks, find_marks
from digitise.imaging.rules import without_openings, without_strokes
from digitise.imaging.tints import tints
from digitise.model import Gray, Rect, Rule

from .drawing import EM, around, glyph, paper, row, text_page


def marks_of(page: Gray) -> Marks:
    return find_marks(page, ink_mask(page, EM), EM)


def line(page: Gray, x0: int, y0: int, x1: int, y1: int) -> None:
    page[y0:y1, x0:x1] = 20


@pytest.mark.parametrize("thick", [1, 2, 4, 10])
def test_solid_rules_of_any_weight(thick: int) -> None:
    page = paper()
    line(page, 100, 300, 1000, 300 + thick)
    line(page, 600, 400, 600 + thick, 900)
    rules = marks_of(page).rules
    assert [rule.horizontal for rule in rules] == [True, False]
    assert around(rules[0].box, Rect(100, 300, 1000, 300 + thick), 6)
    assert around(rules[1].box, Rect(600, 400, 600 + thick, 900), 6)


def test_broken_dashed_and_dotted_rules_are_one_each() -> None:
    page = paper()
    line(page, 100, 200, 480, 203)
    line(page, 500, 200, 1000, 203)
    for x in range(100, 1000, 30):
        line(page, x, 400, x + 18, 403)
    for x in range(100, 1000, 14):
        cv2.circle(page, (x, 600), 3, 20, -1)
    rules = marks_of(page).rules
    assert [round(rule.box.cy, -1) for rule in rules] == [200, 400, 600]
    assert all(rule.box.width > 860 for rule in rules)


def test_a_double_rule_is_one() -> None:
    page = paper()
    line(page, 100, 300, 1000, 306)
    line(page, 100, 312, 1000, 314)
    (rule,) = marks_of(page).rules
    assert around(rule.box, Rect(100, 300, 1000, 314), 6)


def test_a_wavy_or_slightly_tilted_rule_is_found_whole() -> None:
    page = paper()
    xs = np.arange(100, 1000)
    ys = 300 + 5 * np.sin(xs / 9) + xs * 0.003
    cv2.polylines(page, [np.stack([xs, ys], 1).astype(np.int32)], False, 20, 2)
    (rule,) = marks_of(page).rules
    assert rule.box.width > 860


def test_type_is_no_rule() -> None:
    assert marks_of(text_page()) == Marks()


def test_strokes_of_large_characters_are_dropped() -> None:
    stroke, real = Rule(Rect(110, 150, 190, 156)), Rule(Rect(100, 220, 700, 223))
    word = Rect(100, 100, 500, 200)
    assert without_strokes([stroke, real], [word]) == (real,)


def test_strokes_of_two_characters_in_one_course_are_dropped() -> None:
    """The upper strokes of 蓝 and 图 in a long headline; a rule under it stays."""
    stroke, real = Rule(Rect(400, 104, 610, 110)), Rule(Rect(100, 220, 800, 223))
    word = Rect(100, 100, 800, 200)
    assert without_strokes([stroke, real], [word]) == (real,)


def test_strokes_of_three_of_four_characters_in_one_course_are_dropped() -> None:
    """The lowest strokes of the last three of 背篓医生; a rule under all four stays."""
    word = Rect(100, 100, 628, 228)
    stroke, real = Rule(Rect(237, 204, 624, 222)), Rule(Rect(100, 236, 628, 240))
    assert without_strokes([stroke, real], [word]) == (real,)


def test_a_square_frame() -> None:
    page = paper()
    cv2.rectangle(page, (200, 200), (900, 700), 20, 3)
    row(page, 240, 240, 12)
    (frame,) = marks_of(page).frames
    assert frame.kind == "frame"
    assert around(frame.box, Rect(200, 200, 900, 700), 10)


def test_a_frame_with_round_corners_and_a_label_in_its_top_edge() -> None:
    page = paper()
    x0, y0, x1, y1, r = 200, 200, 900, 700, 40
    for a, b in (
        ((x0 + r, y0), (x1 - r, y0)), ((x0 + r, y1), (x1 - r, y1)),
        ((x0, y0 + r), (x0, y1 - r)), ((x1, y0 + r), (x1, y1 - r)),
    ):  # fmt: skip
        cv2.line(page, a, b, 20, 3)
    for centre, start in (
        ((x0 + r, y0 + r), 180), ((x1 - r, y0 + r), 270), ((x1 - r, y1 - r), 0),
        ((x0 + r, y1 - r), 90),
    ):  # fmt: skip
        cv2.ellipse(page, centre, (r, r), start, 0, 90, 20, 3)
    page[180:222, 440:640] = 250
    row(page, 455, 185, 5, 34)
    frames = [f for f in marks_of(page).frames if f.kind == "frame"]
    assert len(frames) == 1
    assert around(frames[0].box, Rect(x0, y0, x1, y1), 12)


def test_a_reversed_bar() -> None:
    page = text_page()
    page[500:550, 60:400] = 30
    row(page, 80, 508, 9, 34, ink=245)
    bars = [f for f in marks_of(page).frames if f.kind == "reversed"]
    assert len(bars) == 1
    assert around(bars[0].box, Rect(60, 500, 400, 550), 8)


def test_a_tint_behind_type() -> None:
    page = paper()
    page[200:700, 200:800] = 222
    for i in range(8):
        row(page, 230, 230 + i * 50, 16)
    (frame,) = marks_of(page).frames
    assert frame.kind == "tint"
    assert around(frame.box, Rect(200, 200, 800, 700), 12)


def test_a_photograph_on_a_tint() -> None:
    page = paper()
    page[200:700, 200:800] = 222
    for i in range(8):
        row(page, 230, 230 + i * 50, 8)
    page[400:620, 520:770] = np.minimum(picture(250, 220), 190)
    marks = marks_of(page)
    (frame,), (found,) = marks.frames, marks.pictures
    assert frame.kind == "tint" and around(frame.box, Rect(200, 200, 800, 700), 12)
    assert around(found.box, Rect(520, 400, 770, 620), 20)


def test_large_type_on_a_tint_is_no_picture() -> None:
    page = paper()
    page[200:700, 200:800] = 222
    row(page, 230, 230, 5, 100)
    for i in range(6):
        row(page, 230, 380 + i * 50, 17)
    assert marks_of(page).pictures == ()


def test_what_shines_through_from_the_back_is_no_tint() -> None:
    for blurred in (False, True):
        page = paper()
        page[200:700, 200:800] = 222
        if blurred:
            page = np.asarray(cv2.GaussianBlur(page, (0, 0), 3.1), np.uint8)
        for i in range(8):
            row(page, 230, 230 + i * 50, 16)
        noise = np.random.default_rng(3).normal(0, 3, page.shape)
        page = np.clip(page + noise, 0, 255).astype(np.uint8)
        assert [f.kind for f in marks_of(page).frames] == ([] if blurred else ["tint"])


def picture(width: int, height: int) -> Gray:
    noise = np.random.default_rng(3).normal(0, 60, (height // 20 + 1, width // 20 + 1))
    tones = cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.clip(120 + tones, 10, 215).astype(np.uint8)


def test_a_photograph_with_a_caption_box_in_its_corner() -> None:
    page = text_page()
    page[300:700, 300:900] = 250
    page[320:680, 320:880] = picture(560, 360)
    page[600:680, 640:880] = 250
    row(page, 655, 620, 6)
    (found,) = marks_of(page).pictures
    assert around(found.box, Rect(320, 320, 880, 680), 20)


def test_a_photograph_on_the_back_is_no_picture() -> None:
    page = paper()
    page[200:700, 200:800] = 250 - (250 - picture(600, 500)) * 0.45
    page = np.asarray(cv2.GaussianBlur(page, (0, 0), 3.1), np.uint8)
    for i in range(8):
        row(page, 230, 230 + i * 50, 16)
    assert marks_of(page).pictures == ()


def test_a_light_picture_with_the_edges_of_print_is_no_ghost() -> None:
    box = Rect(200, 200, 800, 700)
    page = paper()
    page[200:700, 200:800] = 250 - (250 - picture(600, 500)) * 0.35
    assert not is_ghost(page, box, 250, EM)
    assert is_ghost(np.asarray(cv2.GaussianBlur(page, (0, 0), 3.1), np.uint8), box, 250, EM)


def test_a_large_headline_is_no_picture() -> None:
    page = paper()
    for i in range(4):
        glyph(page, 100 + i * 220, 200, 200)
    assert marks_of(page).pictures == ()


def test_rules_that_stop_short_of_each_other_are_no_frame() -> None:
    page = paper()
    for y in (200, 700):
        line(page, 200, y, 900, y + 2)
    for x in (184, 914):
        line(page, x, 216, x + 2, 686)
    for i in range(8):
        row(page, 230, 240 + i * 50, 20)
    assert marks_of(page).frames == ()


def test_type_between_two_boxes_of_one_width_is_in_no_frame() -> None:
    page, em = paper(), 27
    upper, lower = Rect(200, 80, 900, 260), Rect(200, 640, 900, 940)
    for box in (upper, lower):
        x0, y0, x1, y1 = (round(v) for v in (box.x0, box.y0, box.x1, box.y1))
        cv2.rectangle(page, (x0, y0), (x1, y1), 20, 3)
        row(page, x0 + 60, y0 + 60, 12, em)
    for i in range(8):
        row(page, 190, 280 + i * 45, 20, 36)
    frames = [frame.box for frame in find_marks(page, ink_mask(page, em), em).frames]
    assert len(frames) == 2
    assert around(frames[0], upper, 12) and around(frames[1], lower, 12)


def test_a_heavy_border_is_a_frame() -> None:
    page = paper()
    cv2.rectangle(page, (200, 150), (700, 900), 20, -1)
    cv2.rectangle(page, (221, 171), (679, 879), 250, -1)  # 0.7 ems of black all round
    for i in range(4):
        row(page, 260, 240 + i * 100, 10)
    (frame,) = [f for f in marks_of(page).frames if f.kind == "frame"]
    assert around(frame.box, Rect(210, 160, 690, 890), 16)


@pytest.mark.parametrize("through", [False, True])
def test_a_band_between_two_long_lines_is_no_box(through: bool) -> None:
    page = paper(1500, 1400)
    line(page, 100, 60, 1400, 63)
    line(page, 100, 700, 1400, 703)
    for x in (100, 1398):
        line(page, x, 60, x + 3, 1300 if through else 703)
    for i in range(8):
        row(page, 160, 120 + i * 60, 36)
    frames = [f.box for f in marks_of(page).frames if f.box.y1 < 800]
    assert len(frames) == (0 if through else 1)


@pytest.mark.parametrize("own", [False, True])
def test_a_box_of_its_own_between_two_long_lines_is_one(own: bool) -> None:
    page = paper(1500, 1400)
    for x in (100, 1397):
        line(page, x, 60, x + 3, 1300)
    left, right = (125, 1375) if own else (100, 1397)
    for y in (500, 900):
        line(page, left, y, right + 3, y + 3)
    if own:
        for x in (left, right):
            line(page, x, 500, x + 3, 903)
    for i in range(5):
        row(page, 180, 560 + i * 60, 36)
    inner = Rect(left, 500, right + 3, 903)
    frames = [f.box for f in marks_of(page).frames]
    assert any(around(f, inner, 12) for f in frames) == own


def test_a_table_is_one_frame() -> None:
    page = paper()
    for i in range(8):
        line(page, 200, 200 + i * 60, 900, 202 + i * 60)
    for x in (200, 430, 660, 898):
        line(page, x, 200, x + 2, 622)
    for i in range(7):
        for x in (220, 450, 680):
            row(page, x, 214 + i * 60, 4)
    frames = [f.box for f in marks_of(page).frames]
    assert len(frames) == 1
    assert around(frames[0], Rect(200, 200, 900, 622), 12)


def test_a_tint_under_a_headline() -> None:
    page = paper()
    page[200:360, 100:1000] = 215
    row(page, 130, 220, 6, 120, 1.2)
    found = marks_of(page)
    assert [f.kind for f in found.frames] == ["tint"]
    assert around(found.frames[0].box, Rect(100, 200, 1000, 360), 12)
    assert found.pictures == ()


def test_two_photographs_side_by_side_are_two() -> None:
    page = text_page()
    shades = np.random.default_rng(5).integers(60, 190, (12, 10)).astype(np.uint8)
    photo = cv2.resize(shades, (300, 260), interpolation=cv2.INTER_CUBIC)
    page[380:660, 200:880] = 250
    page[390:650, 210:510] = photo
    page[390:650, 560:860] = photo[:, ::-1]
    assert len(marks_of(page).pictures) == 2


def strip(page: Gray, box: Rect, ink: int = 110) -> None:
    window(page, box)[...] = ink


def test_a_slim_strip_whose_type_touches_its_edges() -> None:
    page = paper()
    strip(page, Rect(100, 60, 900, 60 + EM))
    row(page, 110, 60, 12, size=1.06 * EM, pitch=1.1, ink=230)  # as high as the strip
    for k in range(12):
        row(page, 100, 300 + 45 * k, 26)
    (bar,) = [f.box for f in marks_of(page).frames if f.kind == "reversed"]
    assert (bar.x0, bar.x1) == pytest.approx((100, 900), abs=6)
    assert (bar.y0, bar.y1) == pytest.approx((60, 60 + EM), abs=4)


def test_black_type_at_the_end_of_a_thick_rule_is_no_strip() -> None:
    page = paper()
    strip(page, Rect(500, 60, 1000, 60 + EM), ink=20)
    row(page, 100, 60, 13)
    for k in range(12):
        row(page, 100, 300 + 45 * k, 26)
    assert not [f for f in marks_of(page).frames if f.kind == "reversed"]


def test_a_dark_advertisement_whose_lower_half_is_empty() -> None:
    page = paper(1000, 1300)
    box = Rect(100, 100, 700, 1200)
    strip(page, box)
    for k in range(8):
        row(page, 130, 140 + 50 * k, 10, ink=230)
    (bar,) = [f.box for f in marks_of(page).frames if f.kind == "reversed"]
    assert bar.overlap(box) > 0.97 * box.area
    assert not marks_of(page).pictures


def test_decimal_points_under_each_other_are_no_rule() -> None:
    page = paper()
    for k in range(14):
        y = 100 + 1.2 * EM * k
        row(page, 300, y, 2)
        row(page, 300 + 2.3 * EM, y, 2)
        x = round(300 + 2.1 * EM)
        page[round(y + 0.8 * EM) : round(y + 0.95 * EM), x : x + 4] = 20
    assert not marks_of(page).rules


def test_a_heavy_rule_over_the_page_is_one() -> None:
    page = text_page()
    page[10:50] = 250
    line(page, 40, 22, 1160, 22 + round(0.55 * EM))
    assert [r.box.width > 1000 for r in marks_of(page).rules if r.horizontal] == [True]


def test_a_border_of_large_ornaments_is_a_frame() -> None:
    page = paper()
    side, pitch = round(0.45 * EM), EM
    box = Rect(200, 200, 200 + 20 * pitch, 200 + 12 * pitch)
    for k in range(21):
        for y in (box.y0, box.y1):
            x = round(box.x0 + k * pitch)
            page[round(y) : round(y) + side, x : x + side] = 20
    for k in range(13):
        for x in (box.x0, box.x1):
            y = round(box.y0 + k * pitch)
            page[y : y + side, round(x) : round(x) + side] = 20
    for k in range(6):
        row(page, 260, 260 + 1.5 * EM * k, 14)
    (frame,) = [f for f in marks_of(page).frames if f.kind == "frame"]
    assert around(frame.box, box, 1.2 * EM)


def test_a_reversed_box_with_a_photograph_in_it() -> None:
    page = paper(1200, 1000)
    page[100:800, 100:900] = 60
    shade = np.linspace(80, 220, 560).astype(np.uint8)[:, None].repeat(180, 1)
    page[150:710, 140:320] = shade
    for k in range(8):
        row(page, 380, 160 + 2 * EM * k, 14, ink=240)
    kinds = {f.kind for f in marks_of(page).frames}
    assert "reversed" in kinds


def test_a_tint_on_which_light_falls_unevenly_is_one() -> None:
    """Darker at both ends, though nowhere of the paper's tone; a white between two is a white."""
    ground = paper(900, 500)
    box = Rect(80, 100, 820, 320)
    shade = 243 - 18 * np.abs(np.linspace(-1, 1, 740))
    window(ground, Rect(80, 320, 300, 480))[...] = 243  # a shadow that runs into it
    window(ground, box)[...] = shade.astype(np.uint8)
    assert [around(b, box, 8) for b in tints(ground, 250, 14.0)] == [True]
    window(ground, Rect(400, 90, 480, 330))[...] = 250
    assert len(tints(ground, 250, 14.0)) == 2


def test_a_tint_that_fades_goes_on_to_its_edge() -> None:
    ground = paper(700, 800)
    box = Rect(100, 100, 400, 600)
    window(ground, Rect(400, 450, 560, 640))[...] = 243  # a shadow that runs into its dark end
    window(ground, box)[...] = np.linspace(241, 231, 500)[:, None].astype(np.uint8)
    assert [around(b, box, 8) for b in tints(ground, 250, 14.0)] == [True]


def test_commas_under_each_other_are_no_rule() -> None:
    """Seven lines of type in which a mark stands at the same place: small marks, with white over
    their right half, as far from each other as the lines are."""
    page = paper()
    for n in range(7):
        y = 200 + n * 1.4 * EM
        row(page, 200, y, 6)
        cv2.ellipse(page, (200 + 6 * EM + 5, round(y + 0.85 * EM)), (3, 5), 0, 0, 360, 20, -1)
        row(page, 200 + 7 * EM, y, 6)
    assert not marks_of(page).rules


def test_an_opening_stroke_in_front_of_a_headline_is_no_rule() -> None:
    """一封家书 of which a detector found only 封家书: the 一 is a short rule at half the height of
    the row. A line at the foot, one as long as a column, a pair of ornaments and a line before
    body type are rules."""
    head = Rect(300, 100, 600, 200)
    stroke, foot = Rule(Rect(200, 146, 285, 154)), Rule(Rect(200, 190, 285, 194))
    long = Rule(Rect(50, 148, 290, 152))
    assert without_openings((stroke, foot, long), [head], EM) == (foot, long)
    pair = (stroke, Rule(Rect(615, 146, 700, 154)))
    assert without_openings(pair, [head], EM) == pair
    assert without_openings((stroke,), [head, Rect(190, 100, 290, 200)], EM) == (stroke,)
    assert without_openings((stroke,), [Rect(300, 135, 600, 165)], EM) == (stroke,)
