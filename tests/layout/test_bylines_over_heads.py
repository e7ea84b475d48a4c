"""A signature that stands over a headline, at the right end of the article."""

from __future__ import annotations

from digitise.layout import Piece, analyse
from digitise.model import Rect

from .setting import Paper, centred, columns, filled, line


def _page(x: float, y: float, rule: bool = False) -> list[Piece]:
    """A report in three columns, and over it the signature, its left end at (x, y)."""
    areas = columns(100, 700, 3, 16, 12)
    _, lines = filled(3, areas)
    paper = Paper(width=2300, height=2400)
    paper.put(centred("山村修路记", Rect(100, 0, 2080, 0), 500, 120)).put(*lines)
    paper.put(line("本报记者 裴知远", x, y))
    if rule:
        paper.rule(100, 440, 2180, 444)
    return [p for p in analyse(paper.sheet()).pieces if p.kind == "article"]


def test_a_signature_over_the_headline_at_the_right_is_the_articles() -> None:
    (piece,) = _page(1800, 380)
    assert (piece.headline, piece.byline) == ("山村修路记", "本报记者 裴知远")


def test_not_over_a_rule_that_parts_them() -> None:
    (piece,) = [p for p in _page(1800, 380, rule=True) if p.headline]
    assert piece.byline == ""


def test_nor_from_far_above() -> None:
    (piece,) = [p for p in _page(1800, 120) if p.headline]
    assert piece.byline == ""
