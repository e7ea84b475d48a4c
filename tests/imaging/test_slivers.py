"""Boxes of columns set close are cut down to their own column."""

from __future__ import annotations

from digitise.imaging.bodysize import em_of_pieces
from digitise.imaging.ground import ink_mask
from digitise.imaging.inkwork import inks_of
from digitise.imaging.pieces import Piece
from digitise.imaging.slivers import without_slivers
from digitise.model import Gray, Rect

from .drawing import EM, column, paper

PITCH = 1.25


def dense(page: Gray) -> list[Rect]:
    """Six columns of twenty characters, a quarter of an em apart."""
    return [column(page, 60 + k * PITCH * EM, 40, 20) for k in range(6)]


def swollen(box: Rect, by: float = 0.35) -> Piece:
    return Piece(box.grow(by * EM, 4))


def test_a_box_that_reaches_into_its_neighbours_is_cut_down_to_its_column() -> None:
    page = paper(400, 800)
    columns = dense(page)
    found = [p.box for p in without_slivers([swollen(c, 0.5) for c in columns], ink_mask(page), EM)]
    assert len(found) == 6
    for box, own in zip(found[1:-1], columns[1:-1], strict=True):
        assert own.x0 - 0.25 * EM < box.x0 < own.x0 + 2 and own.x1 - 2 < box.x1 < own.x1 + 0.25 * EM


def test_a_box_of_two_columns_becomes_two() -> None:
    page = paper(400, 800)
    columns = dense(page)
    both = Piece(columns[2].union(columns[3]).grow(4, 4))
    pieces = [both, *(swollen(columns[k], 0.5) for k in (0, 1, 4, 5))]
    found = [p.box for p in without_slivers(pieces, ink_mask(page), EM)]
    assert len(found) == 6
    assert abs(found[0].x1 - (columns[2].x1 + columns[3].x0) / 2) < 0.15 * EM
    assert found[0].x1 == found[1].x0


def test_the_size_of_the_type_is_told_from_what_is_left() -> None:
    page = paper(400, 800)
    columns = dense(page)
    pieces = [swollen(c, 0.5) for c in columns]
    ink = ink_mask(page)
    real = em_of_pieces([Piece(c) for c in columns], inks_of(ink, EM))
    before = em_of_pieces(pieces, inks_of(ink, EM))
    after = em_of_pieces(without_slivers(pieces, ink, EM), inks_of(ink, EM))
    assert real is not None and before is not None and after is not None
    assert before > 1.4 * real and abs(after - real) < 0.05 * real


def test_columns_that_stand_apart_are_left_alone() -> None:
    page = paper(600, 800)
    pieces = [swollen(column(page, 60 + k * 2 * EM, 40, 20)) for k in range(6)]
    assert without_slivers(pieces, ink_mask(page), EM) == pieces
