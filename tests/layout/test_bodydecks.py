"""Decks in the type of the body, on pictures of pages: no fonts are known there."""

from __future__ import annotations

import pytest

from digitise.layout import analyse
from digitise.model import Rect

from .setting import LEAD, Paper, centred, columns, filled, line


def _page(*deck: str, shift: float = 0.0, stop: str = "") -> tuple[str, str]:
    """The subheadline and the text of a report over two columns, with rows centred under its
    headline, `shift` px off its middle, that end in `stop`."""
    areas = columns(100, 560, 2, 14, 5)
    over = Rect(areas[0].x0, 200, areas[1].x1, 300)
    paper = Paper().folio("2", "要闻").put(centred("老茶厂的新日子", over, 240, 90))
    aside = Rect(over.x0 + shift, 0, over.x1 + shift, 0)
    rows = [centred(row + stop, aside, 370 + k * LEAD, 40) for k, row in enumerate(deck)]
    _, body = filled(3, areas)
    lower = columns(100, 1300, 2, 14, 14)
    _, more = filled(9, lower)
    paper.put(*rows, *body, line("新桥通了路也宽了", 100, 1130, 90), *more)
    pieces = [p for p in analyse(paper.sheet()).pieces if p.headline == "老茶厂的新日子"]
    (piece,) = pieces
    return piece.subheadline, "".join(x.text for x in piece.lines)


def test_rows_centred_under_a_headline_over_two_columns_are_its_deck() -> None:
    deck, text = _page("飞许镇上赶大集", "居民的烦心事有人管")
    assert deck == "飞许镇上赶大集 居民的烦心事有人管"
    assert "烦心事" not in text


@pytest.mark.parametrize(("shift", "stop"), [(90.0, ""), (0.0, "。")])
def test_rows_out_of_the_middle_or_that_end_a_sentence_are_none(shift: float, stop: str) -> None:
    assert _page("飞许镇上赶大集", "居民的烦心事有人管", shift=shift, stop=stop)[0] == ""
