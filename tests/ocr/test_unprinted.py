"""Characters read where there is no ink are no characters."""

from __future__ import annotations

import numpy as np

from digitise.model import Char, Gray, Rect, TextLine, bounding
from digitise.ocr.unprinted import without_unprinted

EM = 40.0


def line(text: str, sure: float = 1.0, pale: str = "", mode: str = "horizontal-tb") -> TextLine:
    """Set solid; the characters of `pale` were read with a confidence of a half."""
    chars = []
    for i, c in enumerate(text):
        a, b = 100 + i * EM, 100 + (i + 1) * EM
        box = Rect(100, a, 100 + EM, b) if mode == "vertical-rl" else Rect(a, 100, b, 100 + EM)
        chars.append(Char(c, box, 0.5 if c in pale else sure))
    return TextLine(bounding(c.box for c in chars), tuple(chars), EM, mode, confidence=0.9)  # type: ignore[arg-type]


def printed(shown: TextLine, without: str = "") -> Gray:
    ink = np.zeros((900, 900), np.uint8)
    for c in shown.chars:
        if c.text not in without:
            x, y = int(c.box.cx), int(c.box.cy)
            ink[y - 15 : y + 15, x - 3 : x + 3] = 255
    return ink


def test_a_line_is_parted_where_the_back_shines_through() -> None:
    for mode in ("horizontal-tb", "vertical-rl"):
        one = line("三十八年一件事书事电梯终于动了", pale="书事", mode=mode)
        texts = [x.text for x in without_unprinted([one], printed(one, "书事"))]
        # the 事 before them is of the headline, but as pale as they in this picture
        assert texts == ["三十八年一件", "电梯终于动了"]


def test_a_single_one_leaves_the_line_whole() -> None:
    one = line("电梯终于动了", pale="终")
    (found,) = without_unprinted([one], printed(one, "终"))
    assert found.text == "电梯于动了"
    assert found.box == one.box


def test_what_has_ink_or_is_read_surely_stays() -> None:
    one = line("电梯终于动了", pale="终")
    assert without_unprinted([one], printed(one)) == (one,)
    sure = line("电梯终于动了")
    assert without_unprinted([sure], printed(sure, "终")) == (sure,)


def test_a_line_without_any_ink_is_left_to_others() -> None:
    one = line("事书", pale="事书")
    assert without_unprinted([one], printed(one, "事书")) == (one,)
