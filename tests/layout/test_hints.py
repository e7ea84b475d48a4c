"""What a layout model says of a page, and what the page itself says against it."""

from __future__ import annotations

from dataclasses import replace

from digitise.layout import PageLayout, analyse
from digitise.model import Hint, Rect, RegionKind

from .setting import EM, Paper, centred, columns, filled, line


def _page() -> tuple[Paper, list[Rect]]:
    """A report in three columns under its headline, and the columns."""
    areas = columns(100, 400, 3, 16, 20)
    _, lines = filled(3, areas)
    paper = Paper(width=2300, height=2400)
    paper.put(centred("水尺旁的值班员", Rect(100, 0, 2180, 0), 200, 100)).put(*lines)
    return paper, areas


def _with(paper: Paper, *hints: Hint) -> PageLayout:
    return analyse(replace(paper.sheet(), hints=hints))


def _kinds(layout: PageLayout, kind: RegionKind) -> list[str]:
    return ["".join(r.text.split()) for r in layout.page.regions if r.kind == kind]


def test_a_picture_that_only_the_model_sees_is_one() -> None:
    paper, _ = _page()
    empty = Rect(100, 1800, 1000, 2200)
    assert _kinds(_with(paper), "picture") == []
    layout = _with(paper, Hint("picture", empty, 0.9))
    assert [r.box for r in layout.page.regions if r.kind == "picture"] == [empty]
    assert _kinds(_with(paper, Hint("picture", empty, 0.6)), "picture") == []


def test_columns_are_no_picture_whatever_a_model_says() -> None:
    paper, areas = _page()
    assert _with(paper, Hint("picture", areas[1], 0.99)) == _with(paper)


def test_a_caption_in_the_type_of_the_body_is_found_by_its_hint() -> None:
    areas = columns(100, 400, 3, 16, 20)
    picture = Rect(areas[2].x0, 400, areas[2].x1, 800)
    caption = line("渡船靠岸时的码头", areas[2].x0, 860)
    paper = Paper(width=2300, height=2400).picture(picture).put(caption)
    _, lines = filled(3, [*areas[:2], replace(areas[2], y0=1100)])
    paper.put(centred("水尺旁的值班员", Rect(100, 0, 2180, 0), 200, 100)).put(*lines)
    assert "渡船靠岸时的码头" not in _kinds(_with(paper), "caption")
    hint = Hint("caption", caption.box.grow(6), 0.9)
    assert _kinds(_with(paper, hint), "caption") == ["渡船靠岸时的码头"]


def test_a_table_without_rules_is_one_where_the_model_is_sure_of_it() -> None:
    paper, _ = _page()
    cells = [
        line(text, 200 + 460 * column, 1800 + 80 * row)
        for row, texts in enumerate((("菜名", "今日", "昨日"), ("青菜", "二元", "三元"), ("竹笋", "八元", "七元")))
        for column, text in enumerate(texts)
    ]  # fmt: skip
    paper.put(*cells)
    table = Rect(180, 1780, 1300, 2020)
    assert not [p for p in _with(paper).pieces if p.kind == "table"]
    found = [p for p in _with(paper, Hint("table", table, 0.9)).pieces if p.kind == "table"]
    assert len(found) == 1


def test_prose_is_no_table_whatever_a_model_says() -> None:
    paper, areas = _page()
    assert _with(paper, Hint("table", areas[0], 0.99)) == _with(paper)


LONG = "新班线开进六个村从此赶集看病上学都不必再走十二里山路"


def test_a_title_little_larger_than_the_body_is_found_by_its_hint() -> None:
    """One that is too long to be told by its shape."""
    paper, _ = _page()
    title = line(LONG, 120, 1800, 1.2 * EM)
    _, lines = filled(9, columns(100, 1900, 3, 16, 7))
    paper.put(title).put(*lines)
    assert LONG not in _kinds(_with(paper), "headline")
    hint = Hint("headline", title.box.grow(8), 0.9)
    assert LONG in _kinds(_with(paper, hint), "headline")


def test_an_advertisement_without_a_frame() -> None:
    paper, _ = _page()
    paper.put(line("江畔茶楼", 200, 1900, 70), line("一杯清茶待客来", 200, 2000))
    box = Rect(150, 1850, 900, 2080)
    found = [
        p for p in _with(paper, Hint("advertisement", box, 0.9)).pieces if p.kind == "advertisement"
    ]
    assert len(found) == 1


def test_a_folio_the_rules_do_not_know() -> None:
    paper, _ = _page()
    folio = line("江城晚读", 1000, 40)
    paper.put(folio)
    hint = Hint("page-header", folio.box.grow(4), 0.8)
    assert _kinds(_with(paper, hint), "page-header") == ["江城晚读"]
