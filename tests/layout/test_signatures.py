"""To which of two reports a signature between them belongs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digitise.layout import analyse
from digitise.model import Rect

from .setting import EM, LEAD, Paper, centred, columns, downward, filled, line

WIDE = 18


def _stacked(signature: str, off: float, left: float, rule: float = 0.0) -> dict[str, str]:
    """Two reports under each other, and `signature` between them, `off` ems under the upper one
    and set in by `left` ems; the bylines by headline. `rule`: ems under the upper text, where one
    is drawn."""
    (area,) = columns(100, 400, 1, WIDE, 12)
    upper, first = filled(1, [area])
    end = first[-1].box.y1
    if not upper[-1].endswith(("。", "”")):
        raise AssertionError("the text is to end in a stop")
    paper = Paper().put(centred("山村修路记", area, 220, 100), *first)
    paper.put(line(signature, area.x0 + left * EM, end + off * EM, font="Kai"))
    (area,) = columns(100, end + (off + 3) * EM, 1, WIDE, 12)
    paper.put(*filled(7, [area])[1])
    paper.put(centred("夜校开课", columns(1000, 0, 1, WIDE, 1)[0], 220, 100))
    paper.put(*filled(3, columns(1000, 400, 1, WIDE, 30))[1])
    if rule:
        paper.rule(80, end + rule * EM, area.x1 + 20, end + rule * EM + 3)
    return {p.headline: p.byline for p in analyse(paper.sheet()).pieces if p.kind == "article"}


def _over_a_title(text: str, left: float) -> dict[str, tuple[str, str]]:
    """`text` under a column, and a report's title under those: (kicker, byline) by headline."""
    (area,) = columns(100, 400, 1, WIDE, 12)
    first = [replace(x, font="Song") for x in filled(1, [area])[1]]
    end = first[-1].box.y1
    paper = Paper().put(centred("山村修路记", area, 220, 100), *first)
    paper.put(line(text, area.x0 + left * EM, end + LEAD - EM, font="Kai"))
    paper.put(centred("夜校开课", area, end + 3.4 * EM, 120))
    (area,) = columns(100, end + 8 * EM, 1, WIDE, 12)
    paper.put(*(replace(x, font="Song") for x in filled(7, [area])[1]))
    pieces = [p for p in analyse(paper.sheet()).pieces if p.kind == "article"]
    return {p.headline: (p.kicker, p.byline) for p in pieces}


def test_names_at_the_foot_of_a_column_are_no_kicker_of_the_title_under_it() -> None:
    found = _over_a_title("闵芷睿 虞羽建", WIDE - 7)
    assert found["夜校开课"][0] == ""
    assert found["山村修路记"][1].replace(" ", "") == "闵芷睿虞羽建"


def test_nor_is_a_question_that_goes_on_in_the_next_column() -> None:
    assert _over_a_title("问：盘活“沉睡”资", 6)["夜校开课"][0] == ""
    assert _over_a_title("渡口的清晨夜里亮", 6)["夜校开课"][0] != ""


def test_under_a_text_it_is_that_texts() -> None:
    assert _stacked("本报记者 裴知远", 0.6, WIDE - 8)["山村修路记"] == "本报记者 裴知远"


@pytest.mark.parametrize(("off", "rule"), [(2.0, 0.0), (1.3, 0.6)])
def test_as_far_from_a_text_as_from_the_next_or_across_a_rule_it_is_the_nexts(
    off: float, rule: float
) -> None:
    assert "裴知远" not in _stacked("本报记者 裴知远", off, 5, rule).get("山村修路记", "")


def test_far_under_the_title_of_a_picture_it_is_the_texts() -> None:
    """Under a picture with title and caption a report begins beside its vertical headline."""
    (area,) = columns(100, 200, 1, 20, 1)
    paper = Paper().put(centred("晨雾里的渡口", area, 200, 2 * EM))
    paper.picture(Rect(100, 300, 900, 1300))
    paper.put(line("图为渡口的清晨。林水生 摄", 920, 300, 0.85 * EM))
    left, right = columns(300, 1500, 2, 14, 30)
    paper.put(downward("老茶厂的新日子", 120, 1640, 100))
    paper.put(line("■ 本报记者 裴知远", left.x0 + 2 * EM, 1500, font="Kai"))
    lower = Rect(left.x0, left.y0 + 2 * LEAD, left.x1, left.y1)
    paper.put(*filled(3, [lower, right])[1])
    found = {p.headline: p.byline for p in analyse(paper.sheet()).pieces}
    assert "裴知远" in found["老茶厂的新日子"]
    assert not found.get("晨雾里的渡口")
