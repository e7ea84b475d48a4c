"""Whole pages made up by hand: what becomes of their type."""

from __future__ import annotations

from dataclasses import replace

from digitise.layout import PageLayout, Piece, analyse
from digitise.model import Rect, bounding
from digitise.text.paragraphs import join

from .setting import EM, LEAD, Paper, centred, columns, downward, filled, line


def _articles(layout: PageLayout) -> list[Piece]:
    return [piece for piece in layout.pieces if piece.kind == "article"]


def _titled(layout: PageLayout, headline: str) -> Piece:
    (found,) = [piece for piece in _articles(layout) if piece.headline == headline]
    return found


def _text(piece: Piece) -> list[str]:
    return list(join(piece.lines))


def _kinds(layout: PageLayout, piece: Piece) -> list[str]:
    return [layout.page.region(rid).kind for rid in piece.regions]


def _every_line_once(paper: Paper, layout: PageLayout) -> None:
    printed = sorted(c.text for x in paper.lines for c in x.chars if c.text.strip())
    kept = sorted(c for r in layout.page.regions for x in r.lines for c in x.text if c.strip())
    assert kept == printed


def test_headline_with_kicker_and_deck_over_columns() -> None:
    areas = columns(100, 520, 4, 12, 12)
    body, lines = filled(0, areas)
    roof = bounding(areas)
    paper = (
        Paper()
        .folio("02", "要闻")
        .put(
            centred("山乡新貌 春耕一线见闻", roof, 180, 48),
            centred("老渡口迎来新班船", roof, 260, 96),
            centred("——沿江十一村通了定时渡轮", roof, 390, 52),
            *lines,
        )
    )
    layout = analyse(paper.sheet())
    (piece,) = _articles(layout)
    assert piece.kicker == "山乡新貌 春耕一线见闻"
    assert piece.headline == "老渡口迎来新班船"
    assert piece.subheadline == "——沿江十一村通了定时渡轮"
    assert _text(piece) == body
    assert _kinds(layout, piece)[:3] == ["kicker", "headline", "subheadline"]
    _every_line_once(paper, layout)


def test_body_in_an_l_round_a_picture() -> None:
    """The picture stands at the top right; the columns under it are shorter."""
    left = columns(100, 320, 2, 12, 24)
    right = [Rect(a.x0, 1100, a.x1, left[0].y1) for a in columns(100 + 28 * EM, 320, 2, 12, 24)]
    body, lines = filled(3, [*left, *right])
    picture = Rect(right[0].x0, 320, right[1].x1, 960)
    caption = "图为茶农在雨后的坡地上采摘春茶。林远舟 摄"
    paper = (
        Paper()
        .folio("02", "要闻")
        .picture(picture)
        .put(
            line("雨后茶山又一村", 100, 190, 88),
            line(caption, picture.x0, 985, 34),
            *lines,
        )
    )
    layout = analyse(paper.sheet())
    piece = _titled(layout, "雨后茶山又一村")
    assert _text(piece) == body
    assert len(piece.captions) == 1
    assert piece.captions[0].startswith("图为茶农在雨后的坡地上采摘春茶。")
    assert "picture" in _kinds(layout, piece)
    assert "caption" in _kinds(layout, piece)
    _every_line_once(paper, layout)


def test_two_articles_under_each_other_in_the_same_columns() -> None:
    upper = columns(100, 320, 2, 14, 12)
    low = upper[0].y1
    lower = columns(100, low + 260, 2, 14, 12)
    (first, over), (second, under) = filled(0, upper), filled(7, lower)
    paper = (
        Paper(width=1500)
        .folio("03", "地方")
        .put(
            line("新桥栏杆刷上末遍漆", 100, 190, 80),
            *over,
            line("夜校教室灯火到深夜", 100, low + 130, 80),
            *under,
        )
    )
    layout = analyse(paper.sheet())
    assert [piece.headline for piece in _articles(layout)] == [
        "新桥栏杆刷上末遍漆",
        "夜校教室灯火到深夜",
    ]
    assert _text(_titled(layout, "新桥栏杆刷上末遍漆")) == first
    assert _text(_titled(layout, "夜校教室灯火到深夜")) == second
    _every_line_once(paper, layout)


def test_articles_side_by_side_with_a_rule_between() -> None:
    left, right = columns(100, 320, 2, 20, 15)
    (first, here), (second, there) = filled(1, [left]), filled(9, [right])
    middle = (left.x1 + right.x0) / 2
    paper = Paper(width=1900).folio("03", "地方").rule(middle - 2, 180, middle + 2, left.y1)
    paper.put(
        line("图书室添新书", left.x0, 190, 80),
        line("医疗队走村寨", right.x0, 190, 80),
        *here,
        *there,
    )
    layout = analyse(paper.sheet())
    assert _text(_titled(layout, "图书室添新书")) == first
    assert _text(_titled(layout, "医疗队走村寨")) == second


def test_a_headline_narrower_than_its_columns() -> None:
    """Centred over three columns, but only as wide as the middle one."""
    areas = columns(100, 340, 3, 14, 13)
    body, lines = filled(5, areas)
    paper = Paper(width=2000).folio("04", "副刊")
    paper.put(centred("春雨敲窗", bounding(areas), 200, 88), *lines)
    layout = analyse(paper.sheet())
    (piece,) = _articles(layout)
    assert piece.headline == "春雨敲窗"
    assert _text(piece) == body


def test_a_vertical_headline_beside_its_body() -> None:
    areas = columns(420, 220, 2, 16, 16)
    body, lines = filled(2, areas)
    paper = (
        Paper(width=1900).folio("04", "副刊").put(downward("老戏台前听雨声", 220, 240, 96), *lines)
    )
    layout = analyse(paper.sheet())
    (piece,) = _articles(layout)
    assert piece.headline == "老戏台前听雨声"
    assert _text(piece) == body
    (head,) = [r for r in layout.page.regions if r.kind == "headline"]
    assert head.writing_mode == "vertical-rl"


def test_a_byline_under_the_headline_and_one_at_the_end() -> None:
    for top in (True, False):
        areas = columns(100, 400, 2, 14, 13)
        body, lines = filled(6, [areas[0], areas[1].grow(0, -LEAD)])
        name = "本报记者 林远舟" if top else "（林远舟）"
        paper = Paper(width=1500).folio("03", "地方")
        paper.put(line("水尺旁的值班员", 100, 190, 84), *lines)
        if top:
            paper.put(centred(name, bounding(areas), 315, EM))
        else:
            last = lines[-1].box
            x = areas[-1].x1 - len(name) * EM
            paper.put(line(name, x, last.y0 + LEAD))
        layout = analyse(paper.sheet())
        (piece,) = _articles(layout)
        assert piece.byline.strip("（）") == name.strip("（）")
        assert _text(piece) == body


def test_a_label_on_a_bar_is_no_headline() -> None:
    areas = columns(100, 460, 2, 14, 12)
    body, lines = filled(4, areas)
    bar = Rect(100, 190, 420, 260)
    paper = (
        Paper(width=1500)
        .folio("03", "地方")
        .frame(bar, "reversed")
        .put(
            line("乡村纪事", 180, 204, EM, tone="reversed"),
            line("码头早市的鲜笋", 100, 320, 84),
            *lines,
        )
    )
    layout = analyse(paper.sheet())
    (piece,) = _articles(layout)
    assert piece.headline == "码头早市的鲜笋"
    assert _text(piece) == body
    assert [r.text for r in layout.page.regions if r.kind == "column-label"] == ["乡村纪事"]


def test_what_stands_in_a_frame_stays_in_it() -> None:
    """A boxed article in the area of another one, whose columns run past it."""
    first = columns(100, 320, 3, 14, 24)
    box = Rect(first[1].x0, 320, first[2].x1, 320 + 12 * LEAD)
    inside = columns(box.x0 + EM, box.y0 + 170, 2, 13, 9)
    rest = [Rect(a.x0, box.y1 + 40, a.x1, a.y1) for a in first[1:]]
    (around, outside), (boxed, held) = filled(0, [first[0], *rest]), filled(8, inside)
    paper = (
        Paper(width=2000)
        .folio("05", "经济")
        .frame(box)
        .put(
            line("山路拓宽货车进村口收笋忙", 100, 190, 88),
            *outside,
            centred("小资料", box, box.y0 + 50, 64),
            *held,
        )
    )
    layout = analyse(paper.sheet())
    assert _text(_titled(layout, "小资料")) == boxed
    assert _text(_titled(layout, "山路拓宽货车进村口收笋忙")) == around
    order = [r.id for p in layout.pieces for r in map(layout.page.region, p.regions)]
    place = [order.index(rid) for rid in _titled(layout, "小资料").regions]
    assert place == list(range(place[0], place[0] + len(place)))


def test_a_page_set_downwards() -> None:
    """Vertical text in two bands, read from the right; the headline across the top."""
    body, turned = filled(1, columns(0, 0, 2, 14, 16))
    height = 30 * EM
    lines = []
    for x in turned:
        text, start = x.text, x.box.x0
        lines.append(downward(text, 1400 - x.box.y0, 500 + start))
    paper = Paper(width=1600, height=int(500 + height + 200)).put(
        line("春江水暖", 500, 250, 120), *lines
    )
    layout = analyse(paper.sheet())
    (piece,) = _articles(layout)
    assert piece.headline == "春江水暖"
    assert "".join(_text(piece)) == "".join(body)
    assert {r.writing_mode for r in layout.page.regions if r.kind == "body"} == {"vertical-rl"}
    assert (layout.page.width, layout.page.height) == (paper.width, paper.height)
    assert all(
        paper.width >= c.box.x1 and paper.height >= c.box.y1
        for r in layout.page.regions
        for x in r.lines
        for c in x.chars
    )


def test_the_same_sheet_gives_the_same_layout() -> None:
    areas = columns(100, 320, 3, 14, 14)
    paper = Paper().folio("02", "要闻").put(line("同一张版面", 100, 190, 88), *filled(0, areas)[1])
    forwards = analyse(paper.sheet())
    assert forwards == analyse(paper.sheet())
    paper.lines.reverse()
    backwards = analyse(paper.sheet())
    assert [_text(p) for p in backwards.pieces] == [_text(p) for p in forwards.pieces]


def test_an_empty_sheet_has_no_pieces() -> None:
    layout = analyse(Paper().sheet())
    assert layout.pieces == ()
    assert layout.page.regions == ()


def test_names_alone_over_the_body_are_a_byline() -> None:
    """A name without a role, set clear of the report it stands over, in another face."""
    (area,) = columns(100, 424, 1, 24, 18)
    body, lines = filled(2, [area])
    paper = Paper().put(centred("老游客新故事", area, 140, 100, font="Song"))
    paper.put(centred("梅国芸", area, 300, EM, font="Kai"))
    paper.put(*(replace(x, font="Song") for x in lines))
    (piece,) = _articles(analyse(paper.sheet()))
    assert (piece.headline, piece.subheadline, piece.byline) == ("老游客新故事", "", "梅国芸")
    assert _text(piece) == body
