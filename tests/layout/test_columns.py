"""Which columns a headline has, and where two columns or two headlines were read as one."""

from __future__ import annotations

from digitise.layout import analyse
from digitise.layout.blocks import Row, make_block
from digitise.layout.gutters import cut_at_gutters
from digitise.layout.twinheads import part_twins
from digitise.layout.verse import is_verse
from digitise.model import Rect, TextLine
from digitise.text.paragraphs import BodyLine

from .setting import EM, LEAD, Paper, centred, columns, downward, filled, line


def test_a_column_beside_a_vertical_headline_is_none_of_the_one_over_it() -> None:
    """No rule parts the two articles, and the lower one's first column stands right under the
    upper one's: the vertical headline level with it tells."""
    paper = Paper()
    paper.folio("2", "要闻")
    upper = columns(100, 400, 3, 14, 14)
    paper.put(centred("新桥通了路也宽了", Rect(100, 240, 1940, 400), 250, 120))
    above, lines = filled(0, upper)
    paper.put(*lines)
    top = upper[0].y1 + LEAD - EM
    paper.put(downward("老茶厂的新日子", 100, top + 40, 110))
    lower = [Rect(260, top, 900, top + 13 * LEAD + EM), Rect(980, top, 1620, top + 13 * LEAD + EM)]
    below, lines = filled(7, lower)
    paper.put(*lines)
    found = {p.headline: p for p in analyse(paper.sheet()).pieces if p.kind == "article"}
    assert set(found) == {"新桥通了路也宽了", "老茶厂的新日子"}
    text = "".join(x.text for x in found["老茶厂的新日子"].lines)
    assert text == "".join(below)
    assert "".join(x.text for x in found["新桥通了路也宽了"].lines) == "".join(above)


def test_a_vertical_headline_in_the_place_of_its_first_lines_begins_what_is_under_it() -> None:
    """Narrower than its column and centred in it: neither the column before, which another
    headline heads, goes on there, nor does its story begin in the next column."""
    paper = Paper()
    paper.folio("2", "要闻")
    first, second, third = columns(100, 240, 3, 14, 24)
    paper.put(centred("新桥通了路也", first, 250, 80))
    above, lines = filled(0, [Rect(first.x0, 240 + 6 * LEAD, first.x1, first.y1)])
    paper.put(*lines)
    paper.put(downward("老茶厂新日子", second.cx + 20, 400, 130))
    paper.put(downward("有奔头", second.cx - 150, 530, 130))
    under = Rect(second.x0, 240 + 18 * LEAD, second.x1, second.y1)
    beside = Rect(third.x0, third.y0, third.x1, third.y1 - 8 * LEAD)
    paper.picture(Rect(third.x0, beside.y1 + LEAD, third.x1, second.y1))
    below = []
    for start, area in ((7, under), (11, beside)):  # with the column a paragraph ends
        paragraphs, lines = filled(start, [area])
        below += paragraphs
        paper.put(*lines)
    found = {p.headline: p for p in analyse(paper.sheet()).pieces if p.kind == "article"}
    assert set(found) == {"新桥通了路也", "老茶厂新日子 有奔头"}
    assert "".join(x.text for x in found["老茶厂新日子 有奔头"].lines) == "".join(below)
    assert "".join(x.text for x in found["新桥通了路也"].lines) == "".join(above)


def _headline(*rows: str) -> list[Row]:
    return [Row((line(text, 100, 100 + 140 * k, 120, font="Song"),)) for k, text in enumerate(rows)]


def _column(x: float, y: float) -> list[Row]:
    return [Row((line("山路拓宽以后货车可以开", x, y + k * LEAD),)) for k in range(5)]


def test_two_headlines_side_by_side_are_cut_over_the_gutter() -> None:
    blocks = [
        make_block(_headline("山路拓宽 渡船新开", "货车进村 乡亲上岸"), -1),
        make_block(_column(120, 450), -1),
        make_block(_column(690, 450), -1),
    ]
    parted = part_twins(blocks, EM)
    assert [b.text for b in parted[:2]] == ["山路拓宽货车进村", "渡船新开乡亲上岸"]


def test_a_headline_with_a_pause_over_one_column_stays_whole() -> None:
    blocks = [
        make_block(_headline("山路拓宽 渡船新开", "货车进村 乡亲上岸"), -1),
        make_block([Row((line("山" * 28, 100, 450 + k * LEAD),)) for k in range(5)], -1),
    ]
    assert len(part_twins(blocks, EM)) == 2


def test_a_stop_and_a_quotation_mark_upon_each_other_are_of_two_columns() -> None:
    """Both hang into the gutter, from its two sides."""
    left, right = 100.0, 100 + 12 * EM + 52
    lines: list[TextLine] = []
    for k in range(5):
        y = 100 + k * LEAD
        if k == 2:
            a, b = (
                line("据了解这条山路去年秋天，", left, y),
                line("“今年省了不少力气。", right - 20, y),
            )
            a = line("据了解这条山路去年秋天完，", left, y)
            chars = (*a.chars, *b.chars)
            lines.append(TextLine(Rect(left, y, b.box.x1, y + EM), chars, EM, confidence=0.99))
        else:
            lines.append(line("镇上的图书室添了两千册新", left, y))
            lines.append(line("放学后常有孩子在那里读到", right, y))
    cut = [x.text for x in cut_at_gutters(lines, EM, LEAD)]
    assert "据了解这条山路去年秋天完，" in cut
    assert "“今年省了不少力气。" in cut


def test_prose_whose_lines_happen_to_end_in_marks_is_no_verse() -> None:
    prose = [BodyLine("与此同时，镇上还与学校的教师合作，", 2.0, 0.0)]
    prose += [BodyLine("把课堂搬到了田间地头，孩子们都爱去，", 0.0, 0.0)] * 5
    assert not is_verse(prose)
    assert is_verse([BodyLine("山高水又长，", 0.0, 9.0)] * 6)
