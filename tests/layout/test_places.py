"""What place the pieces of a page take: with their grounds and borders, without their strays."""

from __future__ import annotations

from digitise.layout.barriers import Barriers
from digitise.layout.footprint import footprints, topped
from digitise.layout.strays import without_strays
from digitise.model import Rect, Rule

from .setting import EM

NO_RULES = Barriers(())


def test_a_headline_on_a_tint_begins_where_the_tint_begins() -> None:
    head, body = Rect(20, 130, 480, 200), Rect(0, 260, 500, 900)
    beside = Rect(600, 100, 1100, 900)
    tint = Rect(0, 100, 500, 230)
    places = footprints([head.union(body), beside], [[head, body], [beside]], [tint], NO_RULES, EM)
    assert places == [Rect(0, 100, 500, 900), beside]


def test_a_ground_under_two_pieces_is_neithers() -> None:
    upper, lower = Rect(20, 130, 480, 400), Rect(20, 450, 480, 900)
    tint = Rect(0, 100, 500, 920)
    assert footprints([upper, lower], [[upper], [lower]], [tint], NO_RULES, EM) == [upper, lower]


def test_the_frame_of_a_picture_beside_the_text_is_not_its_ground() -> None:
    text, picture = Rect(0, 0, 500, 900), Rect(620, 520, 1080, 880)
    frame = Rect(600, 500, 1100, 900)
    assert footprints([text], [[text, picture]], [frame], NO_RULES, EM) == [text]


def test_a_picture_at_the_top_of_a_report_is_where_it_begins() -> None:
    """But for one that stands beside the text, far over it, or on another report's."""
    picture, text = Rect(0, 0, 300, 240), Rect(0, 260, 640, 900)
    assert topped([text], [[text, picture]], EM) == [Rect(0, 0, 640, 900)]
    caption, far = Rect(0, 245, 300, 258), Rect(0, -400, 300, -140)
    assert topped([text], [[text, caption, picture, far]], EM) == [Rect(0, 0, 640, 900)]
    beside = Rect(660, 0, 900, 240)
    assert topped([text], [[text, beside]], EM) == [text]
    other = Rect(200, 100, 500, 250)
    assert topped([text, other], [[text, picture], [other]], EM) == [text, other]


def test_a_border_of_ruling_lines_is_part_of_what_it_holds() -> None:
    """Four lines whose lowest runs on under the neighbour's; rules that part columns and bands
    do not meet at the corners and are no border."""
    text = Rect(50, 50, 450, 900)
    lines = [
        Rect(0, -2, 500, 2),
        Rect(-2, 0, 2, 950),
        Rect(498, 0, 502, 950),
        Rect(0, 948, 1100, 952),
    ]
    border = Barriers([Rule(x) for x in lines])
    assert footprints([text], [[text]], [], border, EM) == [Rect(0, 0, 500, 900)]
    parting = Barriers([Rule(Rect(x.x0, x.y0 + 30, x.x1, x.y1)) for x in lines[1:3]])
    both = Barriers([Rule(Rect(0, -2, 500, 2)), *(Rule(r) for r in parting.vertical)])
    assert footprints([text], [[text]], [], both, EM) == [text]


def test_the_side_of_the_box_beside_is_no_border() -> None:
    """Two boxes side by side whose upper lines are a third of an em apart."""
    text = Rect(600, 40, 1000, 500)
    lines = [
        *(Rect(580, 18, 1020, 22), Rect(578, 20, 582, 510), Rect(1018, 20, 1022, 510)),
        *(Rect(0, 30, 530, 34), Rect(528, 32, 532, 900)),
    ]
    border = Barriers([Rule(x) for x in lines])
    assert footprints([text], [[text]], [], border, EM) == [Rect(580, 20, 1020, 500)]


def test_a_line_in_anothers_column_does_not_count() -> None:
    """The byline that stands under the neighbour's picture was given to the wrong article."""
    left, right = Rect(0, 0, 500, 900), Rect(600, 0, 1100, 1500)
    byline = Rect(350, 700, 480, 740)
    boxes = [left, right.union(byline)]
    assert without_strays(boxes, [[left], [right, byline]], EM, NO_RULES) == [left, right]


def test_a_column_far_under_its_article_does_not_count() -> None:
    """A text that was taken to go on under the advertisement below it."""
    wide, column = Rect(0, 0, 1100, 500), Rect(800, 1300, 1100, 1600)
    advert = Rect(0, 600, 1100, 1200)
    boxes = [wide.union(column), advert]
    assert without_strays(boxes, [[wide, column], [advert]], EM, NO_RULES) == [wide, advert]


def test_of_two_that_overlap_along_an_edge_the_empty_one_is_cut_off() -> None:
    """A headline that reaches a little into the next column, where that has its last line."""
    head, body = Rect(460, 0, 1100, 80), Rect(600, 100, 1100, 900)
    column, last = Rect(0, 0, 400, 900), Rect(0, 30, 500, 60)
    boxes = [head.union(body), column.union(last)]
    cut, whole = without_strays(boxes, [[head, body], [column, last]], EM, NO_RULES)
    assert cut.overlap_x(whole) == 0
    assert cut.union(whole) == Rect(0, 0, 1100, 900)


def test_what_is_bent_round_another_stays_whole() -> None:
    head, column, inner = Rect(0, 0, 1100, 100), Rect(0, 120, 500, 900), Rect(600, 300, 1100, 900)
    over = Rect(600, 120, 1100, 280)
    outer = Rect(0, 0, 1100, 900)
    parts = [[head, column, over], [inner]]
    assert without_strays([outer, inner], parts, EM, NO_RULES) == [outer, inner]


def test_a_report_that_goes_on_at_the_head_of_the_next_column_stays_whole() -> None:
    first, foot, top = Rect(0, 0, 500, 500), Rect(0, 550, 500, 1000), Rect(600, 0, 1100, 100)
    third = Rect(600, 150, 1100, 1000)
    boxes = [first, foot.union(top), third]
    assert without_strays(boxes, [[first], [foot, top], [third]], EM, NO_RULES) == boxes


def test_the_last_line_at_the_head_of_the_next_column_cuts_nothing_off_under_it() -> None:
    """What begins under it keeps its edge, and the two stay one run of reports."""
    text, last = Rect(0, 0, 500, 900), Rect(560, 0, 600, 40)
    title, body = Rect(560, 150, 800, 210), Rect(560, 260, 1060, 900)
    boxes = [text.union(last), title.union(body)]
    assert without_strays(boxes, [[text, last], [title, body]], EM, NO_RULES) == boxes


def test_what_a_rule_between_bands_parts_from_a_piece_does_not_count() -> None:
    """A headline over the rule was given to the text under it. A rule as wide as the piece is its
    own, between its title and its text."""
    title, text = Rect(0, 0, 500, 80), Rect(0, 160, 500, 900)
    whole = [title.union(text)]
    band = Barriers([Rule(Rect(0, 119, 1100, 121))])
    assert without_strays(whole, [[title, text]], EM, band) == [text]
    own = Barriers([Rule(Rect(0, 119, 500, 121))])
    assert without_strays(whole, [[title, text]], EM, own) == whole


def test_a_signature_an_em_under_its_piece_is_no_place_of_it() -> None:
    """It reaches down to where the next report begins in the neighbouring column. One on the next
    line of the text is part of it."""
    text, below = Rect(0, 0, 1100, 700), Rect(0, 780, 500, 1500)
    apart, next_line = Rect(900, 770, 1100, 810), Rect(900, 715, 1100, 790)
    parts = [[text, apart], [below]]
    assert without_strays([text.union(apart), below], parts, EM, NO_RULES)[0] == text
    parts = [[text, next_line], [below]]
    held = without_strays([text.union(next_line), below], parts, EM, NO_RULES)[0]
    assert held == text.union(next_line)
