"""The masthead's lines as they are read."""

from __future__ import annotations

from digitise.layout import analyse

from .setting import Paper, columns, filled, line


def test_a_masthead_is_read_title_ear_and_strip_row_by_row() -> None:
    """An ear beside the title, and under it a strip of two rows whose items stand under each
    other."""
    paper = Paper(number=1)
    paper.put(line("澄江日报", 900, 120, 200))
    ear = ["2026年3月13日", "星期五", "第8132期"]
    paper.put(*(line(text, 100, 130 + 55 * k) for k, text in enumerate(ear)))
    strip = ["国内统一连续出版物号：CN35-0027", "邮发代号：33-17", "澄江日报社主办"]
    second = ["网址：www.cjrb.example", "零售价：2.00元", "今日8版"]
    for row, y in ((strip, 400), (second, 455)):
        paper.put(*(line(text, x, y, 36) for text, x in zip(row, (100, 1100, 1900), strict=True)))
    paper.rule(100, 520, 2300, 526)
    paper.put(line("山里来了放映队", 700, 580, 100))
    _, lines = filled(0, columns(100, 740, 3, 17, 12))
    paper.put(*lines)
    layout = analyse(paper.sheet())
    (piece,) = [p for p in layout.pieces if p.kind == "masthead"]
    read = [layout.page.region(r).text for r in piece.regions]
    assert "".join(read) == "".join(["澄江日报", *ear, *strip, *second])
    assert [x.text for x in piece.lines] == [*ear, *strip, *second]
