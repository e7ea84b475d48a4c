"""导读 whose box a scan has lost."""

from __future__ import annotations

from dataclasses import replace

from digitise.layout import analyse

from .setting import LEAD, Paper, columns, filled, line


def kinds(rows: list[str], title: str) -> dict[str, str]:
    paper = Paper(width=1900).put(line("渡口边的老戏台", 100, 300, 120))
    paper.put(*filled(3, columns(100, 500, 1, 16, 14))[1])
    paper.put(line(title, 1200, 500, 60))
    paper.put(*(line(text, 1100, 600 + k * LEAD) for k, text in enumerate(rows)))
    pieces = analyse(replace(paper.sheet(), origin="ocr")).pieces
    return {piece.headline: piece.kind for piece in pieces}


ENTRIES = [
    "冷板凳坐热了（见3版）",
    "旧衣回收进社区（见4版）",
    "踏浪而行（见2版）",
    "半亩方塘（见2版）",
]


def test_rows_that_name_their_pages_under_its_title_are_an_index() -> None:
    assert "index" in kinds(ENTRIES, "今日看点").values()


def test_without_such_a_title_or_such_rows_they_are_none() -> None:
    assert "index" not in kinds(ENTRIES, "茶山又一村").values()
    others = ["船工回到码头的那天", *ENTRIES[:1], "夜校开在小学的教室", "水文站的值班员"]
    assert "index" not in kinds(others, "今日看点").values()
