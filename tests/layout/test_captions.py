"""Captions that are set in the type of the body round them."""

from __future__ import annotations

from dataclasses import replace

from digitise.layout import Piece, analyse
from digitise.model import Rect
from digitise.text.paragraphs import join

from .setting import EM, LEAD, Paper, centred, columns, filled, line

_FONT = "Song"


def _page(caption: list[tuple[str, float]], gap: float) -> tuple[list[str], Piece]:
    """A report in two columns with a picture at the head of the right one; `caption` are lines
    of the body's type under it with their x, `gap` the blank under them. (body, piece)."""
    left, right = columns(100, 400, 2, 16, 20)
    picture = Rect(right.x0, 400, right.x1, 800)
    y = 812.0
    printed = []
    for text, x in caption:
        printed.append(line(text, right.x0 + x, y, font=_FONT))
        y += 1.28 * EM
    body, lines = filled(3, [left, replace(right, y0=y + gap)])
    paper = Paper(width=1700).put(centred("水尺旁的值班员", Rect(100, 0, 1440, 0), 200, 100))
    paper.picture(picture).put(*printed).put(*(replace(x, font=_FONT) for x in lines))
    (piece,) = [p for p in analyse(paper.sheet()).pieces if p.kind == "article"]
    return body, piece


def _captions(piece: Piece) -> list[str]:
    return ["".join(text.split()) for text in piece.captions]


def test_a_caption_with_its_credit_is_cut_from_the_text_below() -> None:
    rows = [("上图：丰源食品公司的包装车间", 0.0), ("一角。本报记者 林远舟 摄", 0.0)]
    body, piece = _page(rows, LEAD - 1.28 * EM)
    assert _captions(piece) == ["上图：丰源食品公司的包装车间一角。本报记者林远舟摄"]
    assert list(join(piece.lines)) == body


def test_the_credit_may_stand_at_the_right_on_a_line_of_its_own() -> None:
    rows = [("入秋以来，村民在园区铺设管道。", 0.0), ("本报记者 林远舟 摄", 240.0)]
    body, piece = _page(rows, 0.5 * LEAD)
    assert _captions(piece) == ["入秋以来，村民在园区铺设管道。本报记者林远舟摄"]
    assert piece.byline == ""
    assert list(join(piece.lines)) == body


def test_a_body_that_goes_on_under_a_picture_is_no_caption() -> None:
    body, piece = _page([], 0.0)
    assert piece.captions == ()
    assert list(join(piece.lines)) == body
