"""What rules say on pages set downwards: compartments, and lines between the columns of a serial."""

from __future__ import annotations

from digitise.layout import analyse
from digitise.layout.barriers import Barriers
from digitise.layout.columnrules import without_column_rules
from digitise.layout.compartments import compartments
from digitise.model import Rect, Rule, TextLine

from .setting import EM, Paper, downward, line

_TEXT = "今天下可傳之事甚多、而湮沒不彰者。"


def _bands(count: int) -> list[TextLine]:
    return [
        downward(_TEXT, 2200 - 62 * k, 260 + 760 * band) for band in range(2) for k in range(count)
    ]


def test_rules_cut_a_page_into_compartments() -> None:
    """A rule drawn in two pieces goes through; a short one does not, nor the side of the page."""
    page = Rect(0, 0, 2000, 3000)
    across = [Rule(Rect(0, 1500, 1100, 1503)), Rule(Rect(1120, 1508, 2000, 1511))]
    down = [Rule(Rect(900, 1520, 903, 3000)), Rule(Rect(1400, 0, 1403, 600))]
    side = Rule(Rect(0, 2, 2000, 6))
    found = compartments(page, Barriers([*across, *down, side]), EM)
    assert [(round(p.x0), round(p.x1)) for p in found] == [(0, 2000), (0, 902), (902, 2000)]
    assert all(abs(p.y0 - 1505) < 5 for p in found[1:])


def test_all_in_a_ruled_compartment_without_running_text_is_one_advertisement() -> None:
    """Names, wares and a rule of its own between them: no frame was seen round it."""
    paper = Paper().put(*_bands(18))
    paper.rule(1060, 200, 1064, 1700).rule(200, 1720, 2260, 1724)
    shown = [
        downward("石路二馬路口", 940, 300, 1.5 * EM),
        downward("鴻昌", 640, 300, 5 * EM),
        downward("電話九一五七", 320, 300, 1.5 * EM),
        downward("估衣部", 900, 1100, 1.6 * EM),
        downward("皮貨部", 500, 1150, 1.6 * EM),
        downward("精選大當", 700, 1100),
    ]
    layout = analyse(paper.rule(420, 1000, 1000, 1004).put(*shown).sheet())
    (piece,) = [p for p in layout.pieces if p.kind == "advertisement"]
    regions = [layout.page.region(name) for name in piece.regions]
    assert {x.text for r in regions for x in r.lines} == {x.text for x in shown}


def test_rules_between_the_columns_of_a_serial_part_nothing() -> None:
    lines = [line(_TEXT, 100, 100 + 70 * k) for k in range(6)]
    columns = [Rule(Rect(100, 154 + 70 * k, 780, 157 + 70 * k)) for k in range(5)]
    over, under = Rule(Rect(100, 80, 780, 83)), Rule(Rect(100, 520, 780, 523))
    kept = without_column_rules([over, *columns, under], lines, EM)
    assert kept == (over, under)


def test_two_rules_between_lines_stay() -> None:
    """They may be the sides of a box, or part an article from the next."""
    lines = [line(_TEXT, 100, 100 + 70 * k) for k in range(6)]
    rules = (Rule(Rect(100, 224, 780, 227)), Rule(Rect(100, 364, 780, 367)))
    assert without_column_rules(rules, lines, EM) == rules


def test_a_serial_is_one_region() -> None:
    paper = Paper().put(*_bands(30))
    for k in range(29):
        paper.rule(2189 - 62 * k, 250, 2192 - 62 * k, 950)
    layout = analyse(paper.sheet())
    assert [len(r.lines) for r in layout.page.regions] == [30, 30]


def test_the_side_of_a_title_box_does_not_part_it_from_its_text() -> None:
    """On a scan the sides of the box are rules as well; a text without a headline of its own
    would go on from the one over it."""
    paper = Paper().put(*_bands(28), downward("美對日強硬", 2268, 300, 2.4 * EM))
    box = Rect(2260, 1010, 2396, 1720)
    paper.frame(box).rule(2259, 1010, 2262, 1720)
    layout = analyse(paper.put(downward("新海春秋", 2268, 1090, 3 * EM)).sheet())
    found = {p.headline: len(p.lines) for p in layout.pieces}
    assert found == {"美對日強硬": 28, "新海春秋": 28}


def test_what_runs_down_the_margin_outside_the_border_is_one_region() -> None:
    """Rates and terms, in pieces far apart; without a border they are left as they are."""
    rates = ("廣告刊例", "每日每行九角", "長行計七寸半")
    terms = ("本埠每月五角", "外埠每月六角")
    outside = [downward(t, 2290, 280 + 520 * k, 1.5 * EM) for k, t in enumerate(rates)]
    outside += [downward(t, 330, 280 + 700 * k, 1.5 * EM) for k, t in enumerate(terms)]
    paper = Paper().put(*_bands(28), *outside)
    assert not {rates, terms} & _regions(paper)
    paper.rule(2262, 200, 2266, 1800).rule(440, 200, 444, 1800)
    assert {rates, terms} <= _regions(paper)


def _regions(paper: Paper) -> set[tuple[str, ...]]:
    page = analyse(paper.sheet()).page
    return {tuple(x.text for x in r.lines) for r in page.regions}
