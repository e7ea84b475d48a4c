from __future__ import annotations

from dataclasses import replace

from digitise.model import Char, Rect, TextLine
from digitise.ocr.strokes import without_strokes_read

EM = 40.0


def _line(text: str, box: Rect, size: float) -> TextLine:
    return TextLine(box, tuple(Char(c, box) for c in text), size)


HEAD = _line("订单排到年底", Rect(1000, 100, 1200, 1400), 200.0)


def test_letters_read_out_of_a_large_character_are_dropped() -> None:
    stroke = _line("T E", Rect(1010, 1350, 1180, 1390), 45.0)
    dash = _line("一", Rect(1010, 1350, 1180, 1390), 45.0)
    assert without_strokes_read([HEAD, stroke, dash], EM) == (HEAD,)


def test_words_and_what_stands_beside_are_kept() -> None:
    inside = Rect(1010, 1350, 1180, 1390)
    kept = [
        HEAD,
        _line("本报", inside, 45.0),  # printed on the headline, perhaps
        _line("T E", inside.shift(150, 0), 45.0),
        _line("TE", inside, 120.0),  # no small type
    ]
    assert without_strokes_read(kept, EM) == tuple(kept)
    small = [replace(HEAD, size=50.0), _line("7", inside, 20.0)]
    assert len(without_strokes_read(small, EM)) == 2
