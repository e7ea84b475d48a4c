"""Titles hardly larger than their text, on scans."""

from __future__ import annotations

from dataclasses import replace

from digitise.layout import analyse
from digitise.model import Rect

from .setting import EM, LEAD, Paper, centred, filled, line

COLUMN = Rect(100, 600, 100 + 12 * EM, 2200)
TITLE = "山外来客点赞跨境电商"


def headlines(opening: str, above: bool) -> list[str]:
    """Those of a page with a large headline, and a small title over a text that begins so."""
    paper = Paper(width=1900).put(line("渡口边的老戏台", 900, 300, 120))
    paper.put(*filled(3, [Rect(900, 500, 900 + 20 * EM, 2200)])[1])
    paper.put(centred(TITLE, COLUMN, COLUMN.y0, 1.2 * EM))
    top = COLUMN.y0 + 2.2 * EM
    paper.put(line(opening, COLUMN.x0 + 2 * EM, top))
    paper.put(*filled(9, [replace(COLUMN, y0=top + LEAD)])[1])
    if above:
        paper.put(*filled(6, [Rect(COLUMN.x0, 100, COLUMN.x1, COLUMN.y0 - 0.4 * EM)])[1])
    return [p.headline for p in analyse(replace(paper.sheet(), origin="ocr")).pieces]


def test_a_small_title_over_the_opening_of_an_interview_or_a_report() -> None:
    assert TITLE in headlines("问：织密防护网，", above=False)
    assert TITLE in headlines("本报讯 清晨六点，", above=False)


def test_a_subhead_in_running_text_is_none() -> None:
    assert TITLE not in headlines("问：织密防护网，", above=True)
