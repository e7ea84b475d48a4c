"""Lines begin and end with what they may, and fill their measure."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.typesetter.fonts import FACES
from scripts.typesetter.linebreak import CLOSING, OPENING, Setting, set_paragraph

pytestmark = pytest.mark.skipif(
    not all(f.path.is_file() for f in FACES.values()), reason="the font packages are not installed"
)

words = st.sampled_from(
    ["的", "江", "水", "厂", "改造", "“织娘”", "《公约》", "2026年", "98.7%", "AI", "ISO9001", "，",
     "。", "——", "……", "（见图）", "、", "：“", "。”", "１２", "12.5万", "℃"]
)  # fmt: skip
sentences = st.lists(words, min_size=1, max_size=90).map("".join)
manners = st.sampled_from(["squeeze", "hang", "push"])


@settings(max_examples=120, deadline=None)
@given(sentences, st.integers(9, 30), manners, st.booleans())
def test_nothing_is_lost_or_added(text: str, measure: int, manner: str, trim: bool) -> None:
    lines = set_paragraph(text, measure, Setting(manner=manner, trim_quote=trim))  # type: ignore[arg-type]
    assert "".join(line.text for line in lines) == text


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.sampled_from("江水厂里织出新经纬，。、；“”（）《》"), min_size=30, max_size=200),
    manners,
)
def test_marks_keep_off_the_wrong_ends(chars: list[str], manner: str) -> None:
    text = "字"
    for c in chars:  # no two marks in a row: a run of them may leave no place to break at
        marks = CLOSING | OPENING
        text += c if not (c in marks and text[-1] in marks) else "字"
    lines = set_paragraph(text, 12, Setting(manner=manner))  # type: ignore[arg-type]
    for line in lines[1:]:
        assert line.text[0] not in CLOSING
    for line in lines[:-1]:
        assert line.text[-1] not in OPENING


@settings(max_examples=80, deadline=None)
@given(sentences, st.integers(12, 30), manners)
def test_full_lines_end_at_the_measure(text: str, measure: int, manner: str) -> None:
    setting = Setting(manner=manner)  # type: ignore[arg-type]
    lines = set_paragraph(text, measure, setting)
    slack = 1.0 if manner == "hang" else 0.0
    for line in lines[:-1]:
        assert (
            line.right == pytest.approx(measure, abs=0.02)
            or (slack and line.right == pytest.approx(measure + slack, abs=0.02))
            or line.right < measure
        )  # a line of one word alone cannot be spread
        assert line.right <= measure + slack + 0.6
    for line in lines:
        assert list(line.offsets) == sorted(line.offsets)


def test_numbers_and_words_stay_whole() -> None:
    text = "全线长度达到一二三四五六七八12345.6万米并通过了ISO9001认证审核并投入使用了"
    lines = [line.text for line in set_paragraph(text, 15, Setting())]
    joined = "|".join(lines)
    assert "12345.6" in joined
    assert "ISO9001" in joined


def test_the_first_line_is_indented_by_two_ems() -> None:
    lines = set_paragraph("江水东流" * 10, 10, Setting())
    assert lines[0].offsets[0] == 2.0
    assert lines[1].offsets[0] == 0.0


def test_a_stop_at_the_end_is_squeezed_hung_or_pushed() -> None:
    text = "一二三四五六七八，九十"
    marks = "一、三，五六七八，九十"
    squeezed = set_paragraph(marks, 10, Setting(manner="squeeze"))
    assert squeezed[0].text == "一、三，五六七八，"
    hung = set_paragraph(text, 10, Setting(manner="hang"))
    assert hung[0].text.endswith("，")
    pushed = set_paragraph(text, 10, Setting(manner="push"))
    assert pushed[1].text[0] == "八"
