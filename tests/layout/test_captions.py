"""Captions that are set in the type of the body round them."""

from __future__ import annotations

from dataclasses import replace

from digitise.layout import Piece, analyse
from digitise.model import Rect
from digitise.text.paragraphs import join

from .setting import EM, LEAD, Paper, centred, columns, downward, filled, line

_FONT = "Song"


def _page(caption: list[tuple[str, float]], gap: float) -> tuple[list[str], Piece]:
    """A report in two columns with a picture at the head of the right one; `caption` are lines
    of the body's type under it with their x, `gap` the blank under them. (body, piece)."""
    left, right = columns(100, 400, 2, 16, 20)
    picture = Rect(right.x0, 400, right.x1, 800)
    y = 812.0
    printed = []
    for text, x in caption:
        printed.append(line(text, right.x0 + x, y, font=_FONT))
        y += 1.28 * EM
    body, lines = filled(3, [left, replace(right, y0=y + gap)])
    paper = Paper(width=1700).put(centred("水尺旁的值班员", Rect(100, 0, 1440, 0), 200, 100))
    paper.picture(picture).put(*printed).put(*(replace(x, font=_FONT) for x in lines))
    (piece,) = [p for p in analyse(paper.sheet()).pieces if p.kind == "article"]
    return body, piece


def _captions(piece: Piece) -> list[str]:
    return ["".join(text.split()) for text in piece.captions]


def test_a_caption_with_its_credit_is_cut_from_the_text_below() -> None:
    rows = [("上图：丰源食品公司的包装车间", 0.0), ("一角。本报记者 林远舟 摄", 0.0)]
    body, piece = _page(rows, LEAD - 1.28 * EM)
    assert _captions(piece) == ["上图：丰源食品公司的包装车间一角。本报记者林远舟摄"]
    assert list(join(piece.lines)) == body


def test_the_credit_may_stand_at_the_right_on_a_line_of_its_own() -> None:
    rows = [("入秋以来，村民在园区铺设管道。", 0.0), ("本报记者 林远舟 摄", 240.0)]
    body, piece = _page(rows, 0.5 * LEAD)
    assert _captions(piece) == ["入秋以来，村民在园区铺设管道。本报记者林远舟摄"]
    assert piece.byline == ""
    assert list(join(piece.lines)) == body


def test_a_body_that_goes_on_under_a_picture_is_no_caption() -> None:
    body, piece = _page([], 0.0)
    assert piece.captions == ()
    assert list(join(piece.lines)) == body


def _let_in(rows: list[tuple[str, float, float]]) -> list[Piece]:
    """A photograph by itself into whose foot `rows` are let, half of them hanging out of it, with
    a report beside it."""
    picture = Rect(100, 400, 1500, 1300)
    _, lines = filled(3, columns(1600, 400, 1, 16, 20))
    paper = Paper(width=2400).put(line("水尺旁的值班员", 1610, 280, 80)).put(*lines)
    paper.picture(picture).put(*(line(text, x, y) for text, x, y in rows))
    return list(analyse(paper.sheet()).pieces)


LET_IN = [
    ("近年来，江城镇把撂荒的山坡改成茶园，引进三家", 160.0, 1200.0),
    ("加工厂，鲜叶当天采摘当天炒制。图为板桥村的社", 120.0, 1255.0),
    ("员在晾晒新茶，准备送往城里的茶", 120.0, 1310.0),
    ("庄。", 120.0, 1365.0),
]


def test_a_caption_let_into_the_corner_of_a_photograph() -> None:
    found = _let_in([*LET_IN, ("新华社记者 林远舟 摄", 800.0, 1362.0)])
    captions = [text for piece in found for text in _captions(piece)]
    assert captions == [
        "近年来，江城镇把撂荒的山坡改成茶园，引进三家加工厂，鲜叶当天采摘当天炒制。"
        "图为板桥村的社员在晾晒新茶，准备送往城里的茶庄。新华社记者林远舟摄"
    ]
    assert [p.headline for p in found if p.kind == "article"] == ["水尺旁的值班员"]


def test_a_caption_that_tells_its_story_first() -> None:
    found = _let_in(LET_IN)
    (caption,) = [text for piece in found for text in _captions(piece)]
    assert caption.endswith("准备送往城里的茶庄。")


def test_the_border_of_a_picture_does_not_part_it_from_its_article() -> None:
    """A drawing in place of the last column, whose border a scan shows as rules."""
    left, middle, right = columns(100, 500, 3, 12, 12)
    body, lines = filled(3, [left, middle])
    title = centred("水尺旁的值班员", Rect(left.x0, 0, middle.x1, 0), 260, 100)
    box = Rect(right.x0, 600, right.x1, 900)
    paper = Paper(width=1900).put(title, *lines).picture(box)
    paper.put(line("图为值班员在查看水尺。", right.x0, 920, 36))
    for side in ((box.x0 + 6, box.y0, box.x0 + 9, box.y1), (box.x1 - 9, box.y0, box.x1, box.y1)):
        paper.rule(*side)
    (piece,) = analyse(replace(paper.sheet(), origin="ocr")).pieces
    assert _captions(piece) == ["图为值班员在查看水尺。"]
    assert list(join(piece.lines)) == body


def test_a_title_under_a_rule_is_not_that_of_the_picture_over_it() -> None:
    """A report with a picture at the foot of its last column; under a rule the title of the next
    picture, as near to the first one as to its own."""
    left, right = columns(100, 400, 2, 16, 20)
    first = Rect(right.x0, right.y1 - 400, right.x1, right.y1)
    second = Rect(right.x0, right.y1 + 200, right.x1, right.y1 + 700)
    _, lines = filled(3, [left, replace(right, y1=first.y0 - LEAD)])
    title = centred("渡口的清晨", right, right.y1 + 90, 1.6 * EM)
    paper = Paper(width=1700).put(centred("水尺旁的值班员", Rect(100, 0, 1440, 0), 200, 100))
    paper.put(*lines, title).picture(first).picture(second)
    paper.rule(right.x0, right.y1 + 40, right.x1, right.y1 + 43)
    layout = analyse(paper.sheet())
    kinds = {
        p.headline: [k for r in p.regions if (k := layout.page.region(r).kind) == "picture"]
        for p in layout.pieces
    }
    assert kinds == {"水尺旁的值班员": ["picture"], "渡口的清晨": ["picture"]}


def test_a_report_in_a_fount_of_its_own_goes_on_under_its_picture() -> None:
    """Six rows under a picture, in a fount that the page's body has not but the column above the
    picture or beside it has, are no caption."""
    left, right = columns(100, 400, 2, 16, 12)
    below = columns(100, 1500, 2, 16, 18)
    for held, picture in (
        ([left, replace(right, y0=right.y1 - 5.5 * LEAD)], Rect(right.x0, 400, right.x1, 780)),
        (
            [replace(left, y1=left.y0 + 3.5 * LEAD), replace(left, y0=left.y1 - 5.5 * LEAD)],
            Rect(left.x0, 660, left.x1, 780),
        ),
    ):
        body, lines = filled(3, held)
        paper = Paper(width=1700).put(centred("水尺旁的值班员", Rect(100, 0, 1440, 0), 200, 100))
        paper.picture(picture).put(*(replace(x, font="Kai") for x in lines))
        paper.put(line("桥头的老榕树", 100, 1380, 88))
        paper.put(*(replace(x, font=_FONT) for x in filled(7, below)[1]))
        (piece,) = [p for p in analyse(paper.sheet()).pieces if p.headline == "水尺旁的值班员"]
        assert piece.captions == ()
        assert list(join(piece.lines)) == body


def test_a_text_taken_up_from_another_page_is_no_caption() -> None:
    """Though it stands right under a picture, by itself and in another fount than the body."""
    left, right = columns(100, 400, 2, 16, 20)
    picture = Rect(right.x0, 400, right.x1, 800)
    rows = ["（上接A1版）吨的大米运进", "了仓库，保管员林远舟说，够", "全村人吃到明年的秋天。"]
    paper = Paper(width=1700).put(centred("水尺旁的值班员", Rect(100, 0, 1440, 0), 200, 100))
    taken_up = [line(x, right.x0, 812 + k * LEAD, font="Kai") for k, x in enumerate(rows)]
    paper.picture(picture).put(*taken_up)
    paper.put(*(replace(x, font=_FONT) for x in filled(3, [left])[1]))
    pieces = analyse(paper.sheet()).pieces
    assert [p.captions for p in pieces if p.captions] == []
    assert any(p.jump_in is not None for p in pieces)


def _beside(credit: bool) -> list[Piece]:
    """A report under a vertical headline, whose text begins behind a picture with its caption, in
    a narrow measure, at the picture's right."""
    picture = Rect(500, 400, 1100, 1000)
    caption = [("航拍桂头社区的新", 0.0), ("充电桩，方便司机", 0.0), ("就近停车。", 0.0)]
    printed = [line(text, 1120 + x, 410 + k * 1.28 * EM) for k, (text, x) in enumerate(caption)]
    if credit:
        printed.append(line("汤菲霞 摄", 1120 + 3 * EM, 410 + 3 * 1.28 * EM))
    (area,) = columns(1520, 400, 1, 16, 12)
    _, body = filled(2, [area])
    head = [downward("送戏下乡进山来", 380, 400, 84), downward("车轮滚滚向前行", 280, 400, 84)]
    (other,) = columns(280, 1300, 1, 47, 9)
    _, rest = filled(7, [other])
    paper = Paper(width=2400).picture(picture).put(*head, *printed, *body, *rest)
    return [p for p in analyse(paper.sheet()).pieces if p.kind == "article"]


def test_a_caption_beside_its_picture_is_told_from_the_credit_under_it() -> None:
    (piece,) = [p for p in _beside(credit=True) if p.headline.startswith("送戏")]
    assert [c.replace(" ", "") for c in _captions(piece)] == [
        "航拍桂头社区的新充电桩，方便司机就近停车。汤菲霞摄"
    ]
    assert len(piece.lines) >= 12  # the text behind the picture is the headline's


def test_a_caption_read_in_pieces_is_one() -> None:
    pieces = [
        ("图为种植户参加", 100.0, 812.0), ("秸秆还田活动", 100 + 7.5 * EM, 812.0),
    ]  # fmt: skip
    left, right = columns(100, 400, 2, 16, 20)
    picture = Rect(left.x0, 400, left.x1, 800)
    printed = [line(text, x, y) for text, x, y in pieces]
    _, body = filled(3, [replace(left, y0=900), right])
    paper = Paper(width=1700).put(centred("水尺旁的值班员", Rect(100, 0, 1440, 0), 200, 100))
    paper.picture(picture).put(*printed, *body)
    (piece,) = [p for p in analyse(paper.sheet()).pieces if p.kind == "article"]
    assert "秸秆还田活动" not in "".join(x.text for x in piece.lines)
    assert "秸秆还田活动" in "".join(_captions(piece))


def test_the_first_row_of_a_caption_measured_larger_than_the_rest() -> None:
    """On a scan, set in by two ems between the picture and the row that was told."""
    left, right = columns(100, 400, 2, 16, 20)
    picture = Rect(right.x0, right.y1 - 480, right.x1, right.y1 - 150)
    rows = [
        line("村民贺芷轩（右一）", right.x0 + 2 * EM, picture.y1 + 12, 44),
        line("向来访者介绍远程会诊。", right.x0, picture.y1 + 66, 37),
        line("通讯员 龚涛诗 摄", right.x1 - 9 * 37, picture.y1 + 114, 37),
    ]
    body, lines = filled(3, [left, replace(right, y1=picture.y0 - LEAD)])
    paper = Paper(width=1700).put(centred("水尺旁的值班员", Rect(100, 0, 1440, 0), 200, 100))
    paper.picture(picture).put(*lines, *rows)
    (piece,) = analyse(paper.sheet()).pieces
    assert _captions(piece) == ["村民贺芷轩（右一）向来访者介绍远程会诊。通讯员龚涛诗摄"]
    assert list(join(piece.lines)) == body


def _at_the_side(rows: list[str], *, title: str = "", below: bool = False) -> list[Piece]:
    """A picture and `rows` in the body's type at the right of it, level with its top, a `title`
    over both; with `below` the text goes on there. A report stands under them."""
    picture = Rect(100, 500, 700, 1200)
    x = picture.x1 + 0.6 * EM
    printed = [line(row, x, 502 + k * 1.28 * EM) for k, row in enumerate(rows)]
    if title:
        printed.append(centred(title, Rect(100, 0, 1200, 0), 400, 84))
    if below:
        area = Rect(x, 502 + len(rows) * 1.28 * EM + LEAD, x + 12 * EM, 1200)
        printed += filled(5, [area])[1]
    paper = Paper(width=2400).picture(picture).put(*printed)
    (under,) = columns(100, 1560, 1, 47, 9)
    paper.put(line("水尺旁的值班员", 110, 1400, 100)).put(*filled(3, [under])[1])
    return [p for p in analyse(paper.sheet()).pieces if p.headline != "水尺旁的值班员"]


_TWO_ROWS = ["家长诸葛军宁（右一）向", "来访者介绍煤改电。"]


def test_a_caption_alone_at_the_side_of_its_picture() -> None:
    (piece,) = _at_the_side(_TWO_ROWS)
    assert (piece.kind, _captions(piece)) == ("picture", ["".join(_TWO_ROWS)])


def test_text_that_goes_on_at_the_side_of_a_picture_is_no_caption() -> None:
    assert all(piece.captions == () for piece in _at_the_side(_TWO_ROWS, below=True))


def test_a_caption_with_its_credit_at_the_side_of_a_picture_that_has_a_title() -> None:
    rows = ["航拍宁门乡的雨污分流，", "惠及新市民二百九十人。", "（董郝 摄）"]
    (piece,) = _at_the_side(rows, title="探访沙井新区屋顶")
    assert (piece.kind, piece.headline) == ("picture", "探访沙井新区屋顶")
    assert _captions(piece) == ["航拍宁门乡的雨污分流，惠及新市民二百九十人。（董郝摄）"]


def _framed(*parts: Rect) -> list[Rect]:
    """The pictures on a scan in whose frame with a caption `parts` of pictures were found."""
    rows = [line(text, 1100, 900 + k * 1.28 * EM) for k, text in enumerate(_TWO_ROWS)]
    paper = Paper(width=2400).frame(Rect(80, 380, 1620, 1120)).put(*rows)
    for part in parts:
        paper.picture(part)
    (under,) = columns(100, 1560, 1, 47, 9)
    paper.put(line("水尺旁的值班员", 110, 1400, 100)).put(*filled(3, [under])[1])
    layout = analyse(replace(paper.sheet(), origin="ocr"))
    assert [_captions(p) for p in layout.pieces if p.captions] == [["".join(_TWO_ROWS)]]
    return [r.box for r in layout.page.regions if r.kind == "picture"]


def test_the_dark_parts_of_a_picture_in_a_frame_are_one_picture() -> None:
    found = _framed(Rect(100, 400, 1040, 1100), Rect(1200, 400, 1600, 800))
    assert found == [Rect(100, 400, 1600, 1100)]


def test_photographs_side_by_side_in_a_frame_are_not_one() -> None:
    assert len(_framed(Rect(100, 400, 800, 840), Rect(860, 400, 1600, 840))) == 2


def test_a_caption_under_its_picture_is_not_taken_by_a_larger_one_beside_it() -> None:
    large, small = Rect(100, 400, 1100, 1100), Rect(1150, 500, 1790, 900)
    paper = Paper(width=2400)
    paper.put(centred("送戏下乡", Rect(1150, 0, 1790, 0), 380, 90))
    paper.picture(large).picture(small)
    paper.put(line("图为村民在晒场上晾新茶。", 1150, 915, 36), line("林远舟 摄", 1150, 965, 36))
    paper.put(*filled(3, [Rect(1840, 400, 2360, 1900)])[1])
    held = [p for p in analyse(replace(paper.sheet(), origin="ocr")).pieces if p.captions]
    (piece,) = held
    regions = {r.id: r for r in analyse(replace(paper.sheet(), origin="ocr")).page.regions}
    assert any(regions[r].kind == "picture" and regions[r].box == small for r in piece.regions)


def _over_a_line(right: Rect) -> list[Rect]:
    paper = Paper(width=2400).picture(Rect(1150, 600, 1350, 900)).picture(right)
    paper.put(centred("送戏下乡", Rect(1150, 0, 1790, 0), 380, 90))
    paper.put(line("村民在晒场上晾新茶，准备送到城里", 1150, 915, 36))
    paper.put(*filled(3, [Rect(1840, 400, 2360, 1900)])[1])
    page = analyse(replace(paper.sheet(), origin="ocr")).page
    return [r.box for r in page.regions if r.kind == "picture"]


def test_dark_parts_over_one_line_of_a_caption_are_one_picture() -> None:
    assert _over_a_line(Rect(1560, 700, 1780, 902)) == [Rect(1150, 600, 1780, 902)]


def test_pictures_side_by_side_over_one_line_stay_two() -> None:
    assert len(_over_a_line(Rect(1560, 605, 1780, 902))) == 2
