from __future__ import annotations

import numpy as np
import pytest

from digitise.model import Char, Gray, Rect, TextLine
from digitise.ocr.cells import in_cells

EM = 40.0


def printed(text: str, x: float = 100.0, y: float = 200.0) -> tuple[TextLine, Gray, Rect]:
    """(a line boxed by its ink, that ink, the box of its cells) for hanzi and marks set solid;
    a mark's ink is the lower left of its cell, of which the right half is cut off at the end."""
    cells = Rect(x, y, x + EM * len(text), y + EM)
    canvas = np.zeros((400, 1200), np.uint8)
    chars = []
    for i, c in enumerate(text):
        left = x + i * EM
        if c in "，。":
            canvas[int(y + 26) : int(y + 42), int(left + 3) : int(left + 11)] = 255
        else:
            canvas[int(y + 1) : int(y + 38), int(left + 2) : int(left + 39)] = 255
        chars.append(Char(c, Rect(left, y, left + EM, y + EM)))
    rows, columns = np.flatnonzero(canvas.any(axis=1)), np.flatnonzero(canvas.any(axis=0))
    box = Rect(float(columns[0]), float(rows[0]), float(columns[-1] + 1), float(rows[-1] + 1))
    if text[-1] in "，。":
        cells = Rect(cells.x0, cells.y0, cells.x1 - EM / 2, cells.y1)
    ink = canvas[int(box.y0) : int(box.y1), int(box.x0) : int(box.x1)]
    return TextLine(box, tuple(chars), box.height / 0.925), ink, cells


@pytest.mark.parametrize("text", ["从空中俯瞰", "新路通车，", "三天以后。", "来了，走了"])
def test_the_box_is_that_of_the_cells(text: str) -> None:
    line, ink, cells = printed(text)
    got = in_cells(line, ink)
    assert abs(got.size - EM) < 0.06 * EM
    for a, b in zip(
        (got.box.x0, got.box.y0, got.box.x1, got.box.y1),
        (cells.x0, cells.y0, cells.x1, cells.y1),
        strict=True,
    ):
        assert abs(a - b) < 0.12 * EM
    assert got.text == text
    assert got.chars[0].box.x0 == got.box.x0 and got.chars[-1].box.x1 == got.box.x1


def test_a_comma_below_the_line_does_not_make_the_type_larger() -> None:
    plain, with_comma = printed("山高水长"), printed("山高，水长")
    sizes = [in_cells(line, ink).size for line, ink, _ in (plain, with_comma)]
    assert abs(sizes[0] - sizes[1]) < 0.03 * EM


def test_vertical_lines_and_figures_keep_their_boxes() -> None:
    line, ink, _ = printed("2026")
    assert in_cells(line, ink) is line
