"""Columns that run over two bands of a page set downwards are taken apart."""

from __future__ import annotations

from digitise.imaging.bands import parted
from digitise.imaging.ground import ink_mask
from digitise.imaging.pieces import Piece
from digitise.model import Gray, Rect

from .drawing import EM, column, paper


def bands(page: Gray, gap: float) -> tuple[list[Rect], list[Rect]]:
    """Five columns in an upper band, and as many in a lower one, `gap` ems under it."""
    upper = [column(page, 60 + 45 * k, 40, 10) for k in range(5)]
    lower = [column(page, 60 + 45 * k, 40 + (10 + gap) * EM, 10) for k in range(5)]
    return upper, lower


def test_a_line_over_two_bands_is_cut_where_its_neighbours_end_and_begin() -> None:
    page = paper(400, 800)
    upper, lower = bands(page, 1.0)
    long = upper[2].union(lower[2])
    pieces = [Piece(b) for k in (0, 1, 3, 4) for b in (upper[k], lower[k])]
    found = [p.box for p in parted([*pieces, Piece(long)], ink_mask(page), EM)]
    assert len(found) == 10
    assert abs(found[-2].y1 - upper[2].y1) < 4 and abs(found[-1].y0 - lower[2].y0) < 4


def test_white_in_a_line_between_lines_that_run_on_is_a_stop() -> None:
    page = paper(400, 800)
    upper, lower = bands(page, 1.0)
    whole = [a.union(b) for a, b in zip(upper, lower, strict=True)]
    assert [p.box for p in parted([Piece(b) for b in whole], ink_mask(page), EM)] == whole


def test_a_line_whose_band_begins_with_a_bracket_is_cut_there_too() -> None:
    page = paper(400, 800)
    upper, lower = bands(page, 0.7)
    long = upper[2].union(lower[2])
    top = round(lower[2].y0)
    page[top : top + round(0.6 * EM), round(long.x0) : round(long.x1)] = 250  # its cell is low
    pieces = [Piece(b) for k in (0, 1, 3, 4) for b in (upper[k], lower[k])]
    found = [p.box for p in parted([*pieces, Piece(long)], ink_mask(page), EM)]
    assert len(found) == 10
