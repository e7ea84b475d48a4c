"""The order in which what stands on a page is read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitise.layout.barriers import Barriers
from digitise.layout.order import reading_order
from digitise.model import Rect, Rule

from .setting import EM

NO_RULES = Barriers(())

_SIDE = st.integers(20, 900)
_BOXES = st.lists(
    st.builds(
        lambda x, y, w, h: Rect(x, y, x + w, y + h),
        st.integers(0, 2000),
        st.integers(0, 3000),
        _SIDE,
        _SIDE,
    ),
    max_size=14,
)


@given(_BOXES, st.data())
def test_it_is_a_permutation(boxes: list[Rect], data: st.DataObject) -> None:
    cells = data.draw(st.lists(st.integers(-1, 2), min_size=len(boxes), max_size=len(boxes)))
    rules = [Rule(Rect(b.x1, b.y0, b.x1 + 3, b.y1)) for b in boxes[:3]]
    order = reading_order(boxes, cells, EM, Barriers(rules))
    assert sorted(order) == list(range(len(boxes)))
    for cell in set(cells) - {-1}:
        places = [order.index(i) for i, c in enumerate(cells) if c == cell]
        assert max(places) - min(places) == len(places) - 1


@given(st.integers(1, 4), st.integers(1, 4), st.randoms(use_true_random=False))
def test_a_grid_is_read_row_by_row(rows: int, columns: int, random: object) -> None:
    boxes = [
        Rect(600 * c, 800 * r, 600 * c + 500, 800 * r + 700)
        for r in range(rows)
        for c in range(columns)
    ]
    shuffled = list(range(len(boxes)))
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    order = reading_order([boxes[i] for i in shuffled], [-1] * len(boxes), EM, NO_RULES)
    assert [shuffled[i] for i in order] == list(range(len(boxes)))


def test_a_drawn_cut_goes_before_a_blank_one() -> None:
    """Four boxes in two columns with a rule between: down the left one first."""
    boxes = [Rect(600 * c, 800 * r, 600 * c + 500, 800 * r + 700) for r in (0, 1) for c in (0, 1)]
    rule = Barriers([Rule(Rect(549, 0, 551, 1500))])
    assert reading_order(boxes, [-1] * 4, EM, rule) == [0, 2, 1, 3]


@pytest.mark.parametrize("turned", [False, True])
def test_interlocked_articles(turned: bool) -> None:
    """Four round a fifth, like the blades of a mill: no cut goes through."""
    boxes = [
        Rect(0, 0, 1200, 500),  # along the top, from the left
        Rect(1300, 0, 1800, 1200),  # down the right
        Rect(600, 600, 1200, 1200),  # in the middle
        Rect(0, 600, 500, 1800),  # down the left
        Rect(600, 1300, 1800, 1800),  # along the foot
    ]
    given = boxes[::-1] if turned else boxes
    order = [boxes.index(given[i]) for i in reading_order(given, [-1] * 5, EM, NO_RULES)]
    assert order[0] == 0
    assert order[-1] == 4
    assert order.index(3) < order.index(2) < order.index(4)


def test_columns_whose_articles_end_at_about_one_height_stay_columns() -> None:
    """Two columns of two articles each; a blank runs across, but what begins under it does so
    at two heights: nobody cut the page there."""
    boxes = [
        Rect(0, 0, 500, 700),
        Rect(0, 780, 500, 1500),
        Rect(600, 0, 1100, 690),
        Rect(600, 850, 1100, 1500),
    ]
    assert reading_order(boxes, [-1] * 4, EM, NO_RULES) == [0, 1, 2, 3]


def test_columns_with_one_level_cut_through_them_are_two_bands() -> None:
    """At the left two bands of two columns, at the right one tall article: the left part is
    read band by band before the right one."""
    boxes = [
        Rect(0, 0, 500, 700),
        Rect(600, 0, 1100, 690),
        Rect(0, 800, 500, 1500),
        Rect(600, 800, 1100, 1500),
        Rect(1200, 0, 1700, 1500),
    ]
    assert reading_order(boxes, [-1] * 5, EM, NO_RULES) == [0, 1, 2, 3, 4]


def test_a_frame_counts_with_its_edge() -> None:
    """Text in a frame begins lower than its neighbour, the frame does not."""
    boxes = [
        Rect(0, 0, 500, 700),
        Rect(600, 0, 1100, 700),
        Rect(50, 850, 450, 1450),
        Rect(600, 800, 1100, 1500),
    ]
    frames = [Rect(0, 800, 500, 1500)]
    assert reading_order(boxes, [-1, -1, 0, -1], EM, NO_RULES, frames) == [0, 1, 2, 3]


def test_of_two_that_lie_upon_each_other_the_one_that_begins_first_comes_first() -> None:
    """An article that begins at the right of a short one and goes on under it."""
    boxes = [Rect(0, 0, 1100, 1200), Rect(0, 0, 500, 700)]
    laid = [
        [Rect(600, 0, 1100, 300), Rect(600, 0, 1100, 1200), Rect(0, 750, 500, 1200)],
        [Rect(0, 0, 500, 120), boxes[1]],
    ]
    assert reading_order(boxes, [-1, -1], EM, NO_RULES, laid=laid) == [1, 0]


def test_reports_that_flow_through_columns_are_read_as_they_begin() -> None:
    """Three short reports in two columns: the second goes on at the top of the second column,
    over the third."""
    columns = [Rect(0, 0, 500, 500), Rect(0, 550, 500, 1000), Rect(600, 400, 1100, 1000)]
    top = Rect(600, 0, 1100, 350)
    laid = [[c, c] for c in columns]
    laid[1].append(top)
    boxes = [columns[0], columns[1].union(top), columns[2]]
    shuffled = [2, 1, 0]
    order = reading_order(
        [boxes[i] for i in shuffled], [-1] * 3, EM, NO_RULES, laid=[laid[i] for i in shuffled]
    )
    assert [shuffled[i] for i in order] == [0, 1, 2]


def test_rules_drawn_at_one_height_tell_a_band_and_at_two_heights_none() -> None:
    """Two columns of two articles, whose lower ones begin at two heights by two ems under one
    height of rules: bands. Level ones under rules at two heights: columns."""
    boxes = [
        Rect(0, 0, 500, 700),
        Rect(600, 0, 1100, 690),
        Rect(0, 780, 500, 1500),
        Rect(600, 780 + 2 * EM, 1100, 1500),
    ]
    lines = [Rule(Rect(0, 749, 500, 751)), Rule(Rect(600, 749, 1100, 751))]
    assert reading_order(boxes, [-1] * 4, EM, Barriers(lines)) == [0, 1, 2, 3]
    level = [*boxes[:3], Rect(600, 780, 1100, 1500)]
    assert reading_order(level, [-1] * 4, EM, NO_RULES) == [0, 1, 2, 3]
    apart = [Rule(Rect(0, 719, 500, 721)), Rule(Rect(600, 754, 1100, 756))]
    assert reading_order(level, [-1] * 4, EM, Barriers(apart)) == [0, 2, 1, 3]


def test_one_among_four_may_begin_lower_in_a_band() -> None:
    """Two bands of four: the last of the lower ones begins lower by two ems, the others level."""
    upper = [Rect(600 * c, 0, 600 * c + 500, 700) for c in range(4)]
    lower = [Rect(600 * c, 780, 600 * c + 500, 1500) for c in range(4)]
    lower[3] = Rect(1800, 780 + 2 * EM, 2300, 1500)
    assert reading_order([*upper, *lower], [-1] * 8, EM, NO_RULES) == list(range(8))


def test_the_sides_of_a_box_do_not_say_how_the_page_was_cut() -> None:
    """Two bands of three, ruled over all of the second; the middle one of it is an advertisement
    in a box, whose sides a scan gives as rules. Its upper side is lower than the rule over the
    band, and by it the band would not seem to begin level."""
    boxes = [
        Rect(620 * c, 800 * r, 620 * c + 520, 800 * r + 660) for r in (0, 1) for c in (0, 1, 2)
    ]
    frame = boxes[4]
    boxes[0], boxes[2] = (replace(boxes[k], y1=boxes[k].y1 - 300) for k in (0, 2))
    through = Rule(Rect(0, 760, 1760, 763))
    side = Rule(Rect(frame.x0, frame.y0 - 3, frame.x1, frame.y0))
    ties = [-1, -1, -1, -1, 0, -1]
    order = reading_order(boxes, ties, EM, Barriers([through, side]), [frame])
    assert order == [0, 1, 2, 3, 4, 5]


def test_an_odd_one_under_a_rule_of_its_own_is_no_member_of_the_band() -> None:
    """The same, but over the last one a rule is drawn lower than the others begin: it stands
    under what is over it, and the columns are read down."""
    upper = [Rect(600 * c, 0, 600 * c + 500, 700) for c in range(4)]
    lower = [Rect(600 * c, 780, 600 * c + 500, 1500) for c in range(4)]
    lower[3] = Rect(1800, 780 + 2 * EM, 2300, 1500)
    own = Barriers([Rule(Rect(1800, 819, 2300, 821))])
    order = reading_order([*upper, *lower], [-1] * 8, EM, own)
    assert order == [0, 1, 2, 4, 5, 6, 3, 7]


def test_two_pairs_of_columns_are_bands_each_for_itself() -> None:
    """A level lane through the first two of four columns and another, at another height, through
    the last two."""
    boxes = [
        Rect(0, 0, 500, 700),
        Rect(600, 0, 1100, 690),
        Rect(0, 800, 500, 1900),
        Rect(600, 800, 1100, 1900),
        Rect(1200, 0, 1700, 1200),
        Rect(1800, 0, 2300, 1190),
        Rect(1200, 1300, 1700, 1900),
        Rect(1800, 1300, 2300, 1900),
    ]
    assert reading_order(boxes, [-1] * 8, EM, NO_RULES) == list(range(8))


def test_a_lane_that_is_ruled_through_leaves_the_level_one_beside_it() -> None:
    """Two columns with two lanes across, the lower one neither level nor free of the rule between
    the columns; the upper one makes two bands of them, beside a third column."""
    boxes = [
        Rect(0, 0, 500, 500),
        Rect(600, 0, 1100, 500),
        Rect(0, 600, 500, 1000),
        Rect(600, 600, 1100, 1010),
        Rect(0, 1150, 500, 1900),
        Rect(600, 1070, 1100, 1900),
        Rect(1200, 0, 1700, 1900),
    ]
    down = Barriers([Rule(Rect(549, 600, 551, 1900))])
    assert reading_order(boxes, [-1] * 7, EM, down) == [0, 1, 2, 4, 3, 5, 6]


def test_the_lines_of_frames_are_no_rules_over_articles() -> None:
    """Two bands of a framed article and an open one: neither the upper line of the lower frame
    nor the lower line of the upper one is a rule between two bands."""
    boxes = [
        Rect(0, 0, 500, 700),
        Rect(600, 0, 1100, 690),
        Rect(0, 800, 500, 1500),
        Rect(600, 800, 1100, 1500),
    ]
    under = Rule(Rect(600, 766, 1100, 768))
    for line in (Rule(Rect(0, 799, 500, 803)), Rule(Rect(0, 697, 500, 701))):
        assert reading_order(boxes, [-1] * 4, EM, Barriers([line, under])) == [0, 1, 2, 3]


def test_under_the_masthead_all_begins_anew() -> None:
    """Beside the masthead an article; under both three, the last of them much lower."""
    boxes = [
        Rect(0, 0, 1100, 300),
        Rect(1200, 0, 1700, 300),
        Rect(0, 400, 1100, 1500),
        Rect(1200, 400, 1400, 1500),
        Rect(1500, 500, 1700, 1500),
    ]
    assert reading_order(boxes, [-1] * 5, EM, NO_RULES, title=0) == [0, 1, 2, 3, 4]


def test_a_scrap_in_an_article_does_not_make_its_band_begin_unevenly() -> None:
    boxes = [
        Rect(620 * c, 800 * r, 620 * c + 520, 800 * r + 660) for r in (0, 1) for c in (0, 1, 2)
    ]
    boxes[0], boxes[2] = (replace(boxes[k], y1=boxes[k].y1 - 300) for k in (0, 2))
    scrap = Rect(620, 1020, 632, 1050)
    order = reading_order([*boxes, scrap], [-1] * 7, EM, NO_RULES)
    assert [k for k in order if k != 6] == [0, 1, 2, 3, 4, 5]


def test_the_last_line_of_a_table_is_no_rule_over_what_stands_under_it() -> None:
    """Two bands; at the left a rule parts them, at the right only the lower line of a table ends
    the upper one, farther from what begins under it."""
    boxes = [
        Rect(0, 0, 500, 700),
        Rect(600, 0, 1100, 680),
        Rect(0, 800, 500, 1500),
        Rect(600, 800, 1100, 1500),
    ]
    parting = Rule(Rect(0, 767, 500, 769))
    table = Rule(Rect(600, 800 - 1.9 * EM, 1100, 803 - 1.9 * EM))
    assert reading_order(boxes, [-1] * 4, EM, Barriers([parting, table])) == [0, 1, 2, 3]


def test_a_box_among_ruled_reports_begins_where_its_border_does() -> None:
    """Two bands of three; over the reports of the second rules are drawn, at the height at which
    the box in their midst begins: their text begins lower by all the white under a rule."""
    upper = [Rect(600 * c, 0, 600 * c + 500, 700 - 3 * c) for c in range(3)]
    top = 760.0
    lower = [Rect(600 * c, top + 0.95 * EM, 600 * c + 500, 1500) for c in range(3)]
    lower[1] = Rect(600, top, 1100, 1500)
    rules = Barriers([Rule(Rect(600 * c, top, 600 * c + 500, top + 2)) for c in (0, 2)])
    ties = [-1, -1, -1, -1, 0, -1]
    order = reading_order([*upper, *lower], ties, EM, rules, [lower[1]])
    assert order == list(range(6))
    unruled = reading_order([*upper, *lower], ties, EM, NO_RULES, [lower[1]])
    assert unruled == [0, 3, 1, 4, 2, 5]


def test_one_among_four_begins_a_column_where_that_over_it_ends_under_the_others_tops() -> None:
    """The last of four begins lower, and what is over it ends a little under where the others
    begin: a column of its own, with no lane through all of them."""
    upper = [Rect(600 * c, 0, 600 * c + 500, 700) for c in range(4)]
    lower = [Rect(600 * c, 780, 600 * c + 500, 1500) for c in range(4)]
    upper[3] = Rect(1800, 0, 2300, 780 + 0.25 * EM)
    lower[3] = Rect(1800, 780 + 2 * EM, 2300, 1500)
    order = reading_order([*upper, *lower], [-1] * 8, EM, NO_RULES)
    assert order == [0, 1, 2, 4, 5, 6, 3, 7]


def test_a_rule_runs_through_the_white_of_the_columns_it_parts() -> None:
    """Two bands of two, a rule down between the upper ones to the end of their place; in a third
    column the lane is higher, and that rule ends under it."""
    pairs = [Rect(600 * c, 780 * r, 600 * c + 500, 780 * r + 700) for r in (0, 1) for c in (0, 1)]
    third = [Rect(1200, 0, 1700, 650), Rect(1200, 665, 1700, 1480)]
    rule = Barriers([Rule(Rect(549, 0, 551, 740))])
    assert reading_order([*pairs, *third], [-1] * 6, EM, rule) == list(range(6))


def test_columns_under_one_rule_begin_together() -> None:
    """At the right one rule runs over two columns, the second of which begins lower."""
    upper = [Rect(0, 0, 500, 700), Rect(600, 0, 1700, 700)]
    lower = [Rect(0, 780, 500, 1500), Rect(600, 794, 1100, 1500), Rect(1200, 880, 1700, 1500)]
    apart = Barriers([Rule(Rect(600, 754, 1100, 756)), Rule(Rect(1200, 754, 1700, 756))])
    assert reading_order([*upper, *lower], [-1] * 5, EM, apart) == [0, 2, 1, 3, 4]
    one = Barriers([Rule(Rect(600, 754, 1700, 756))])
    assert reading_order([*upper, *lower], [-1] * 5, EM, one) == list(range(5))


def _band(last: float, over: float = 700.0) -> list[Rect]:
    """Two bands of four; over the last column the upper one ends at `over`, and the lower begins
    at `last`."""
    upper = [Rect(600 * c, 0, 600 * c + 500, 700) for c in range(4)]
    lower = [Rect(600 * c, 780, 600 * c + 500, 1500) for c in range(4)]
    return [
        *upper[:3],
        replace(upper[3], y1=over),
        *lower[:3],
        replace(lower[3], y0=last),
    ]


def test_an_odd_one_right_under_a_rule_far_from_what_is_over_it_is_one_of_the_band() -> None:
    """The next of several reports that flow through columns, at the head of one."""
    own = Barriers([Rule(Rect(1800, 839, 2300, 841))])
    assert reading_order(_band(780 + 2 * EM), [-1] * 8, EM, own) == list(range(8))


def test_where_what_is_over_the_odd_one_reaches_as_much_lower_it_is_not() -> None:
    down = [0, 1, 2, 4, 5, 6, 3, 7]
    assert reading_order(_band(780 + 2 * EM, 700 + 2 * EM), [-1] * 8, EM, NO_RULES) == down
    # nor is one that begins an em lower, as a report in a box may that was laid in its column
    assert reading_order(_band(780 + 1.2 * EM), [-1] * 8, EM, NO_RULES) == down


def test_what_has_another_reports_last_lines_over_it_does_not_tell_where_the_band_begins() -> None:
    """The last but one goes on at the head of the last column, over another's title; its place is
    its own column."""
    boxes = _band(780 + 3 * EM)
    laid = [(box, box) for box in boxes]
    laid[6] = (boxes[6], boxes[6], Rect(1800, 780, 2300, 860))
    assert reading_order(boxes, [-1] * 8, EM, Barriers(()), laid=laid) == list(range(8))
    own = Barriers([Rule(Rect(1800, 879, 2300, 881))])
    assert reading_order(boxes, [-1] * 8, EM, own, laid=laid) == list(range(8))
