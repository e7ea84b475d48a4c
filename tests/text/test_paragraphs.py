"""Printed lines become the paragraphs they were set from."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitise.text.marks import NO_LINE_END, NO_LINE_START, is_wide
from digitise.text.paragraphs import BodyLine, glue, join, tidy
from digitise.text.spaces import tidy_headline, tidy_names

HAN = "山水田林路村镇城春秋风雨人民工农商学兵科技金融改革开放发展新旧老少南北东西上下左右大小多中年月日"

phrase = st.text(alphabet=HAN, min_size=1, max_size=18)
quoted = phrase.map(lambda s: f"“{s}”")
number = st.integers(1, 99_999).map(str)
piece = st.one_of(phrase, phrase, quoted, number, st.just("《村志》"), st.just("GDP"))


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """One sentence; pieces follow each other so that no two numbers or words touch."""
    out = ""
    for bit in draw(st.lists(piece, min_size=1, max_size=6)):
        if out and not is_wide(out[-1]) and not is_wide(bit[0]):
            out += "的"
        out += bit + draw(st.sampled_from(("", "", "，", "、")))
    return out.rstrip("，、") + draw(st.sampled_from(("。", "。", "！", "？”", "……")))


paragraph = st.lists(sentences(), min_size=1, max_size=5).map("".join)


def units(text: str) -> list[str]:
    """What may not be broken: a number or word, and marks with the character they cling to."""
    out: list[str] = []
    glued = False
    for c in text:
        run = bool(out) and not is_wide(c) and not is_wide(out[-1][-1])
        if out and (run or c in NO_LINE_START or glued or (c in "…—" and out[-1][-1] == c)):
            out[-1] += c
        else:
            out.append(c)
        glued = c in NO_LINE_END
    return out


def width(text: str) -> float:
    return sum(1.0 if is_wide(c) else 0.55 for c in text)


def typeset(text: str, measures: list[int], justified: bool, hang: bool) -> list[BodyLine]:
    """The lines of a paragraph with a two-em indent, over columns of changing width."""
    lines: list[BodyLine] = []
    todo = units(text)
    while todo:
        measure = float(measures[len(lines) % len(measures)])
        indent = 0.0 if lines else 2.0
        line, used = "", indent
        while todo and (used + width(todo[0]) <= measure or not line):
            used += width(todo[0])
            line += todo.pop(0)
        slack = max(0.0, measure - used)
        if todo and justified:
            slack = 0.0
        if hang and line[0] in "“《":
            indent -= 0.5
        lines.append(BodyLine(line, indent, slack))
    return lines


@settings(deadline=None)
@given(
    texts=st.lists(paragraph, min_size=1, max_size=5),
    measures=st.lists(st.integers(13, 30), min_size=1, max_size=6),
    justified=st.booleans(),
    hang=st.booleans(),
)
def test_paragraphs_survive_typesetting(
    texts: list[str], measures: list[int], justified: bool, hang: bool
) -> None:
    lines = [k for t in texts for k in typeset(t, measures, justified, hang)]
    assert join(lines) == tuple(texts)


@settings(deadline=None)
@given(
    texts=st.lists(paragraph, min_size=1, max_size=4),
    measure=st.integers(13, 30),
    noise=st.lists(st.floats(-0.45, 0.45), min_size=40, max_size=40),
)
def test_small_errors_of_measuring_change_nothing(
    texts: list[str], measure: int, noise: list[float]
) -> None:
    lines = [k for t in texts for k in typeset(t, [measure], True, False)]
    shaken = [
        BodyLine(k.text, k.indent + noise[i % 40], max(0.0, k.slack + noise[-1 - i % 40]))
        for i, k in enumerate(lines)
    ]
    assert join(shaken) == tuple(texts)


def body(text: str, indent: float = 0.0, slack: float = 0.0, **more: bool) -> BodyLine:
    return BodyLine(text, indent, slack, **more)


def test_hung_quotation_mark_does_not_open_a_paragraph() -> None:
    lines = [
        body("全县上下紧扣", 2.0, 0.3),
        body("“三年行动”，把路修到每个", -0.5),
        body("村口。", 0, 9),
        body("“路通了！”老周说。", 1.5, 2.0),
    ]
    assert join(lines) == ("全县上下紧扣“三年行动”，把路修到每个村口。", "“路通了！”老周说。")


def test_indent_behind_an_open_sentence_is_a_fault_of_measuring() -> None:
    assert join([body("镇里请来农技员，", 2), body("手把手地教。", 2.1, 5)]) == (
        "镇里请来农技员，手把手地教。",
    )
    assert join([body("镇里请来的农技员", 2), body("手把手地教。", 1.9, 5)]) == (
        "镇里请来的农技员手把手地教。",
    )


def test_full_stop_lost_at_a_line_end_still_ends_the_paragraph() -> None:
    assert join([body("农技员手把手地教", 2, 0.9), body("到了秋天，收成不错。", 2, 1)]) == (
        "农技员手把手地教",
        "到了秋天，收成不错。",
    )


def test_last_line_that_fills_the_measure() -> None:
    assert join([body("稻子熟了。", 2, 0), body("乡亲们下了田。", 2, 3)]) == (
        "稻子熟了。",
        "乡亲们下了田。",
    )


def test_short_line_without_a_stop_runs_on_over_a_jump() -> None:
    assert join([body("企业研发活动“清零”，", 0, 7), body("项目两年建成。", 0, 3)]) == (
        "企业研发活动“清零”，项目两年建成。",
    )


def test_paragraphs_without_any_indent_end_with_their_short_lines() -> None:
    lines = [body("昨日开馆的新馆共三"), body("层。", 0, 8), body("首日来了两千人。", 0, 1)]
    assert join(lines) == ("昨日开馆的新馆共三层。", "首日来了两千人。")


def test_line_that_had_no_room_for_the_next_word_is_not_short() -> None:
    lines = [
        body("新机型今年上市。", 0, 2.0),
        body("Transformer模型", 0, 0.2),
        body("已装上。", 0, 5),
    ]
    assert join(lines) == ("新机型今年上市。Transformer模型已装上。",)


def test_subheads_verse_and_forced_openings() -> None:
    lines = [
        body("田里一片金黄。", 2, 4),
        BodyLine("全 力 抢 收", 3, 3, kind="subhead"),
        BodyLine("颗粒归仓", 3, 3, kind="subhead"),
        BodyLine("再添动力", 3, 3, opens=True, kind="subhead"),
        body("机手连夜出车", 0, 0, opens=True),
        body("春种一粒粟", 1, 1, keep=True),
        body("秋收万颗子", 1, 1, keep=True),
    ]
    assert join(lines) == (
        "田里一片金黄。",
        "全力抢收 颗粒归仓",
        "再添动力",
        "机手连夜出车",
        "春种一粒粟",
        "秋收万颗子",
    )


def test_empty_lines_are_passed_over() -> None:
    assert join([body("  ", 0, 9), body("雨停了。", 2, 1), body("", 0, 0)]) == ("雨停了。",)
    assert join([]) == ()


@pytest.mark.parametrize(
    ("a", "b", "whole"),
    [
        ("全省实现", "增收", "全省实现增收"),
        ("到2023", "年底", "到2023年底"),
        ("共投入1", "200万元", "共投入1200万元"),
        ("建成5", "G基站", "建成5G基站"),
        ("达3.", "4%", "达3.4%"),
        ("an inter-", "national fair", "an international fair"),
        ("防控COVID-", "19期间", "防控COVID-19期间"),
        ("名为Open", "Day的活动", "名为Open Day的活动"),
        ("新款iPhone", "15上市", "新款iPhone 15上市"),
        ("使用A", "4纸", "使用A4纸"),
        ("网址www.exam", "ple.cn", "网址www.example.cn"),
        ("Good,", "he said", "Good, he said"),
    ],
)
def test_glue(a: str, b: str, whole: str) -> None:
    assert glue(a, b) == whole


@pytest.mark.parametrize(
    ("printed", "tidied"),
    [
        ("今年 9月，全省  科技系统", "今年9月，全省科技系统"),
        ("增长 3.4% ，创新高", "增长3.4%，创新高"),
        ("　　本报讯　昨日清晨", "本报讯 昨日清晨"),
        ("发布 Open AI 模型", "发布 Open AI 模型"),
        ("更加可持续。　　本报记者　赵琦明", "更加可持续。 本报记者 赵琦明"),
        ("全角１２３与（括号）", "全角１２３与（括号）"),
    ],
)
def test_tidy(printed: str, tidied: str) -> None:
    assert tidy(printed) == tidied


@pytest.mark.parametrize(
    ("printed", "tidied"),
    [
        ("为 有 源 头 活 水 来", "为有源头活水来"),
        ("通　知", "通知"),
        ("成都 明年蔬菜可实现溯源", "成都 明年蔬菜可实现溯源"),
        ("春 风   化 雨", "春风 化雨"),
        ("两 会 2023 特 别 报 道", "两会2023特别报道"),
        ("稻花香里", "稻花香里"),
    ],
)
def test_tidy_headline(printed: str, tidied: str) -> None:
    assert tidy_headline(printed) == tidied


def test_tidy_names_keeps_printed_gaps() -> None:
    assert tidy_names("本报记者  徐　军   施洋洋") == "本报记者 徐　军 施洋洋"
    assert tidy_names(" 刘成禾   摄 ") == "刘成禾 摄"


@given(st.text(alphabet=HAN + "，。“”（）１２12aB", max_size=40))
def test_tidying_changes_only_white_space(text: str) -> None:
    spaced = "  ".join(text)
    for f in (tidy, tidy_headline, tidy_names):
        assert "".join(f(spaced).split()) == "".join(text.split())
