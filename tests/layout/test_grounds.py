"""A headline's own ground, and vertical text in the body's face."""

from __future__ import annotations

import pytest

from digitise.layout import analyse
from digitise.layout.ground import read_ground
from digitise.layout.vertical import with_marks
from digitise.model import Rect

from .setting import EM, LEAD, Paper, centred, columns, downward, filled, line

DARK = Rect(100, 200, 1380, 1000)


def _headline_on_dark(picture: bool) -> Paper:
    """Kicker, headline and deck, two lines each of the latter, reversed, over a column and, beside
    it, a picture or nothing."""
    paper = Paper().folio("2", "要闻").frame(DARK, "reversed")
    left, right = columns(100, 1060, 2, 15, 14)
    rows = (("环环相扣二十载", 60), ("一碗水端平", 150), ("茶山问路", 150), ("老兵重返码头", 64),
            ("谁动了车位", 64))  # fmt: skip
    y = 230.0
    for text, size in rows:
        paper.put(centred(text, DARK, y, size, tone="reversed"))
        y += size + 40
    if picture:
        paper.picture(Rect(left.x0, left.y0, left.x1, left.y1))
    paper.put(*filled(3, [right])[1])
    return paper


@pytest.mark.parametrize("picture", [True, False])
def test_a_dark_ground_over_columns_is_the_headlines(picture: bool) -> None:
    sheet = _headline_on_dark(picture).sheet()
    assert len(read_ground(sheet, EM).bars) == picture


def test_the_text_under_a_headline_on_its_ground_is_its_own() -> None:
    found = [p for p in analyse(_headline_on_dark(True).sheet()).pieces if p.kind == "article"]
    assert [p.headline for p in found] == ["一碗水端平 茶山问路"]
    assert found[0].lines


def test_marks_beside_vertical_text_of_the_bodys_size_are_put_into_it() -> None:
    """Drawn half an em to the right and up, where the size of each mark is known."""
    text = downward("项目负责人告诉记者　难就难在经验可循", 600, 400, font="Song")
    mark = line("，", 622, 400 + 9 * EM - 22, font="Song")
    (found,) = with_marks([text, mark], EM)
    assert found.text == "项目负责人告诉记者，难就难在经验可循"


def test_a_report_set_downwards_in_the_bodys_face_is_no_headline() -> None:
    paper = Paper().folio("2", "要闻")
    lines = filled(0, columns(100, 300, 2, 15, 14))[1]
    paper.put(centred("新桥通了路也宽了", Rect(100, 160, 1380, 300), 180, 90, font="Hei"))
    paper.put(*(line(x.text, x.box.x0, x.box.y0, font="Song") for x in lines))
    size = 46.0
    paper.put(downward("襄阳纪事", 1700, 300, 110, font="Kai"))
    for k, text in enumerate(("项目负责人告诉记者说难就难", "在展销会没有现成经验可循的")):
        paper.put(downward(text, 1600 - k * 70, 300, size, font="Song"))
    titles = {p.headline for p in analyse(paper.sheet()).pieces if p.headline}
    assert titles == {"新桥通了路也宽了", "襄阳纪事"}


def test_columns_on_the_same_ground_stay_in_their_box() -> None:
    """A box of text under a headline is a box, whatever is under it."""
    paper = Paper().frame(Rect(80, 180, 1400, 1260), "tint")
    paper.put(centred("一碗水端平", Rect(80, 180, 1400, 400), 220, 100))
    paper.put(*filled(3, columns(100, 380, 2, 15, 14))[1])
    paper.put(*filled(7, columns(100, 1260 + LEAD, 2, 15, 14))[1])
    assert len(read_ground(paper.sheet(), EM).cells) == 1
