"""The short last line of a paragraph is in the type of the paragraph."""

from __future__ import annotations

from dataclasses import replace

from digitise.layout.lastlines import with_last_lines
from digitise.model import TextLine

from .setting import EM, LEAD, line

FULL = line("要坚持络绎不绝分类施策决不搞", 100, 100)


def _size(last: TextLine, over: TextLine = FULL) -> float:
    return with_last_lines([over, last])[1].size


def _last(text: str = "“一刀切”。", x: float = 100, y: float = 100 + LEAD) -> TextLine:
    return replace(line(text, x, y), size=0.76 * EM)


def test_a_few_low_characters_that_end_a_paragraph() -> None:
    assert _size(_last()) == EM
    assert _size(_last(x=116)) == EM


def test_what_may_be_a_title_a_note_or_another_column_keeps_its_size() -> None:
    kept = 0.76 * EM
    assert _size(_last("一刀切")) == kept  # no end of a paragraph
    assert _size(_last(x=180)) == kept  # set in
    assert _size(_last(y=100 + 2.5 * EM)) == kept  # farther off
    assert _size(_last("那年的人们走进了一个新的春天。")) == kept  # a full line
    assert _size(replace(line("王小二说。", 100, 100 + LEAD, 0.76 * EM))) == kept  # smaller type


def test_a_text_layer_knows_its_sizes() -> None:
    known = replace(_last(), font="Song")
    assert _size(known) == 0.76 * EM
