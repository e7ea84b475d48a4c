"""Headlines, decks and titles as a scan shows them: no fonts, sizes measured from the ink."""

from __future__ import annotations

from dataclasses import replace

from digitise.layout import Piece, analyse
from digitise.layout.barriers import Barriers
from digitise.layout.spaced import join_spaced
from digitise.model import Rect

from .setting import EM, LEAD, Paper, centred, columns, filled, line, spread

AREA = Rect(100, 0, 1460, 0)


def _pieces(paper: Paper) -> list[Piece]:
    return list(analyse(replace(paper.sheet(), origin="ocr")).pieces)


def _report(paper: Paper, top: float = 700) -> None:
    paper.put(*filled(3, columns(100, top, 2, 16, 14))[1])


def test_a_deck_read_in_two_pieces_is_one_line() -> None:
    paper = Paper(width=1700).put(centred("渡口边的老戏台", AREA, 300, 130))
    for y in (480, 570):
        paper.put(line("小小戏台", 500, y, 60), line("大有可为", 500 + 4 * 60 + 55, y, 60))
    _report(paper)
    (piece,) = _pieces(paper)
    assert piece.subheadline.replace(" ", "") == "小小戏台大有可为" * 2


def test_lines_of_one_pitch_are_one_headline_though_their_ink_differs() -> None:
    upper = centred("雾锁大江", AREA, 250, 120)
    lower = centred("渔火归来", AREA, 420, 120)
    # Brush type: the ink of the second line is a fifth higher at the same pitch.
    tall = [replace(c, box=replace(c.box, y1=c.box.y1 + 26)) for c in lower.chars]
    lower = replace(lower, chars=tuple(tall), box=replace(lower.box, y1=566), size=146)
    paper = Paper(width=1700).put(upper, lower)
    _report(paper)
    (piece,) = _pieces(paper)
    assert (piece.kicker, piece.headline) == ("", "雾锁大江 渔火归来")


def test_a_dash_led_deck_in_the_bodys_type_ends_where_the_dateline_stands() -> None:
    paper = Paper(width=1700).put(centred("渡口边的老戏台", AREA, 300, 130))
    (column,) = columns(100, 600, 1, 34, 12)
    paper.put(
        line("——因地制宜三十载", 100 + 2 * EM, 480), line("快递进村不再难", 100 + 2 * EM, 540)
    )
    _, body = filled(3, [column])
    opening = line("本报讯 " + body[0].text[4:], body[0].box.x0, body[0].box.y0)
    paper.put(opening, *body[1:])
    (piece,) = _pieces(paper)
    assert piece.subheadline.replace(" ", "") == "——因地制宜三十载快递进村不再难"
    assert piece.lines[0].text.startswith("本报讯")


def test_a_short_line_over_a_picture_is_its_title_and_no_label() -> None:
    picture = Rect(300, 1000, 1100, 1500)
    paper = Paper(width=1700, height=2400).picture(picture)
    paper.put(centred("从零开始", picture, 900, 76))
    paper.put(line("图为学生在图书室参加活动。 林远舟 摄", 300, 1510, 34))
    paper.put(centred("渡口边的老戏台", AREA, 200, 130))
    paper.put(*filled(3, columns(100, 380, 2, 16, 7))[1])
    titled = [p for p in _pieces(paper) if p.kind == "picture"]
    assert [p.headline for p in titled] == ["从零开始"]
    assert titled[0].captions


def test_two_headlines_side_by_side_are_two_where_one_is_set_wide() -> None:
    """The white between them is that between the characters of the wide one."""
    first = line("渡口边的老戏台", 100, 300, 130)
    second = spread("雾锁大江", first.box.x1 + 200, 300, 130, 2.4)
    assert join_spaced([first, second], EM, Barriers(())) == [first, second]
    (whole,) = join_spaced(
        [spread("渔火归来", second.box.x0 - 4 * 2.4 * 130, 300, 130, 2.4), second], EM, Barriers(())
    )
    assert whole.text == "渔火归来雾锁大江"


def test_lines_whose_characters_stand_equally_far_apart_are_one_headline() -> None:
    """Type set a little wide: of one line the pitch was taken for the size, of the other the ink."""
    upper = centred("雾锁大江", AREA, 250, 120)
    lower = centred("渔火归来又一年", AREA, 420, 120)
    lower = replace(lower, size=98, box=replace(lower.box, y0=431, y1=529))
    paper = Paper(width=1700).put(upper, lower)
    _report(paper)
    (piece,) = _pieces(paper)
    assert piece.headline == "雾锁大江 渔火归来又一年"


def test_a_small_headline_beside_a_large_one_across_a_rule_is_no_label() -> None:
    """Two reports in columns that a rule parts: the short headline of the left one is level with
    the large one of the right."""
    left, right = columns(100, 420, 1, 12, 12) + columns(700, 420, 1, 20, 12)
    paper = Paper(width=1700).put(centred("不误农时", left, 330, 60))
    paper.put(line("渡口边的老戏台", 720, 290, 100))
    paper.put(*filled(2, [left])[1]).put(*filled(2, [right])[1])
    paper.rule(630, 260, 634, 1200)
    assert {p.headline for p in _pieces(paper) if p.kind == "article"} == {
        "不误农时",
        "渡口边的老戏台",
    }


def test_a_small_headline_over_its_own_text_beside_a_large_one_is_no_label() -> None:
    """No rule parts the two; the text under the small one begins beside the large one."""
    left, right = columns(100, 420, 1, 12, 12) + columns(700, 620, 1, 20, 8)
    paper = Paper(width=1700).put(centred("不误农时", left, 340, 60))
    paper.put(line("渡口边的老戏台", 720, 330, 100), line("送到家门口", 720, 480, 100))
    paper.put(*filled(2, [left])[1]).put(*filled(2, [right])[1])
    heads = {p.headline for p in _pieces(paper) if p.kind == "article"}
    assert heads == {"不误农时", "渡口边的老戏台 送到家门口"}


def test_strokes_of_a_picture_read_as_type_are_part_of_it() -> None:
    """A drawing in whose strokes two large characters were read, over its lower border, between
    the text it belongs to and another report's headline."""
    paper = Paper(width=1700, height=2800)
    paper.put(centred("渡口边的老戏台", AREA, 200, 130))
    picture = Rect(100, 900, 740, 1420)
    paper.put(*filled(3, columns(100, 380, 2, 16, 7))[1]).picture(picture).put(
        line("X，", 300, 1250, 120)
    )
    paper.rule(98, 1424, 742, 1428)
    paper.put(centred("送到家门口", Rect(100, 0, 740, 0), 1500, 100))
    paper.put(*filled(2, columns(100, 1640, 1, 16, 10))[1])
    page = analyse(replace(paper.sheet(), origin="ocr"))
    assert {p.kind for p in page.pieces} <= {"article", "picture"}
    kinds = {r.id: r.kind for r in page.page.regions}
    (own,) = [p for p in page.pieces if "picture" in map(kinds.get, p.regions)]
    (read,) = [r for r in page.page.regions if any("X" in x.text for x in r.lines)]
    assert read.kind == "other"
    assert read.id in own.regions
    assert not any("X" in p.headline + "".join(x.text for x in p.lines) for p in page.pieces)


def test_the_second_phrase_of_a_headline_with_no_text_of_its_own_goes_to_the_first() -> None:
    """Two phrases with the width of a character between them; with a rule between, they are two."""
    for ruled in (False, True):
        paper = Paper(width=1700)
        first, second = (
            line("小小戏台", 100, 300, 130),
            line("大有可为", 100 + 5.15 * 130, 300, 130),
        )
        paper.put(first, second)
        if ruled:
            x = (first.box.x1 + second.box.x0) / 2
            paper.rule(x - 2, 280, x + 2, 450)
        _report(paper, 500)
        heads = {p.headline.replace(" ", "") for p in _pieces(paper)}
        assert heads == ({"小小戏台", "大有可为"} if ruled else {"小小戏台大有可为"})


def test_what_is_called_like_a_label_is_one_over_text_of_its_own_too() -> None:
    """区域风采 over the first column of a report whose headline stands over the others."""
    left, right = columns(100, 420, 1, 12, 12) + columns(700, 620, 1, 20, 8)
    paper = Paper(width=1700).put(centred("区域风采", left, 340, 60))
    paper.put(line("渡口边的老戏台", 720, 330, 100), line("送到家门口", 720, 480, 100))
    paper.put(*filled(2, [left, right])[1])
    heads = {p.headline for p in _pieces(paper) if p.kind == "article"}
    assert heads == {"渡口边的老戏台 送到家门口"}


def test_a_title_at_the_head_of_one_column_among_several_is_no_deck() -> None:
    """The rest of a story under its headline: the column beside begins level with the title."""
    left, middle, right = columns(100, 500, 3, 14, 16)
    paper = Paper(width=2200, height=2400)
    paper.put(centred("渡口边的老戏台", Rect(100, 0, 1940, 0), 340, 110))
    under = Rect(middle.x0, middle.y0 + 2 * LEAD, middle.x1, middle.y1)
    paper.put(centred("青石板上的年轮", middle, 502, 1.08 * EM))
    paper.put(*filled(3, [left, under, right])[1])
    found = [(p.headline, p.subheadline) for p in _pieces(paper) if p.headline]
    assert found == [("渡口边的老戏台", "")]
    # over the columns, where none begins beside it, it is one
    paper = Paper(width=2200, height=2400)
    paper.put(centred("渡口边的老戏台", Rect(100, 0, 1940, 0), 240, 110))
    paper.put(centred("青石板上的年轮", middle, 390, 1.08 * EM))
    paper.put(*filled(3, [left, middle, right])[1])
    assert [p.subheadline for p in _pieces(paper) if p.headline] == ["青石板上的年轮"]


def test_names_set_off_over_a_body_are_its_signature() -> None:
    (column,) = columns(100, 500, 1, 24, 12)
    for gap, signed in ((70, True), (LEAD - EM, False)):
        paper = Paper(width=1300, height=1700).put(centred("渡口边的老戏台", column, 240, 110))
        paper.put(line("李明华", 100, 500 - EM - gap))
        paper.put(*filled(3, [column])[1])
        (piece,) = [p for p in _pieces(paper) if p.headline]
        assert bool(piece.byline) == signed
