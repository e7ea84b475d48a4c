"""Jump markers in every notation; sentences that only use their words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitise.text.jumps import find_jumps, find_references, strip_jumps
from digitise.text.numerals import chinese
from digitise.text.pagetargets import PageTarget, matches, parse_label

TO_SHAPES = (
    "（下转{p}版）", "(下转{p}版)", "【下转{p}版】", "[下转 {p} 版]", "（下轉{p}版）", "（下转{p}板）", "（紧接{p}版）",
    "（转{p}版）", "▶▶下转{p}版", "下转{p}版▶", "→下转{p}版", "（下转{p}版", "下转{p}版）", "下转{p}版", "下 转 {p} 版",
    "（下转{p}版①）", "（下转{p}版《麦收时节》）", "（未完，下转{p}版）", "（图文下转{p}版）", "〔下转{p}版〕", "（下接{p}版）",
)  # fmt: skip
FROM_SHAPES = (
    "（上接{p}版）", "[上接{p}版]", "【上接{p}版】", "◀上接{p}版", "◀◀上接 {p} 版", "（上接{p}版《麦收时节》）", "上接{p}版",
    "（接{p}版）", "上接{p}版）", "（上接{p}版", "《上接{p}版》",
)  # fmt: skip


def pages() -> st.SearchStrategy[tuple[str, str, int]]:
    """A page as a marker prints it, with its section and number."""

    def forms(section: str, n: int, form: int) -> tuple[str, str, int]:
        if section:
            return (f"{section}{n}" if form % 2 else f"{section}{n:02d}", section, n)
        return ((f"第{chinese(n)}", f"{n}", f"{n:02d}", f"第{n}", f"第 {n} ")[form % 5], "", n)

    return st.builds(
        forms, st.sampled_from(("", "", "A", "B", "T")), st.integers(1, 48), st.integers(0, 9)
    )


@given(st.sampled_from(TO_SHAPES), pages(), st.sampled_from(("", " ", "　")))
def test_marker_behind_a_text(shape: str, page: tuple[str, str, int], gap: str) -> None:
    printed, section, n = page
    text = "合作社当年就实现了增收，" + gap + shape.format(p=printed)
    (jump,) = find_jumps(text)
    assert jump.direction == "to"
    assert (jump.target.section, jump.target.number) == (section, n)
    assert text[jump.start : jump.end] == jump.marker
    assert strip_jumps(text) == "合作社当年就实现了增收，"


@given(st.sampled_from(FROM_SHAPES), pages(), st.sampled_from((" ", "　", "\n")))
def test_marker_before_a_text(shape: str, page: tuple[str, str, int], gap: str) -> None:
    printed, section, n = page
    text = shape.format(p=printed) + gap + "村里修了新路。"
    (jump,) = find_jumps(text)
    assert jump.direction == "from"
    assert (jump.target.section, jump.target.number) == (section, n)
    assert strip_jumps(text) == "村里修了新路。"


@given(st.sampled_from(TO_SHAPES + FROM_SHAPES), pages())
def test_marker_alone(shape: str, page: tuple[str, str, int]) -> None:
    text = shape.format(p=page[0])
    (jump,) = find_jumps(text)
    assert jump.marker == text
    assert strip_jumps(text) == ""


@pytest.mark.parametrize(
    ("text", "direction", "section", "number"),
    [
        ("下转 A02", "to", "A", 2),
        ("下转 T04", "to", "T", 4),
        ("上接 01 版", "from", "", 1),
        ("（下转第十二版）", "to", "", 12),
        ("（下转Ａ２版）", "to", "A", 2),
        ("（下转Al版）", "to", "A", 1),
        ("（下转AO2版）", "to", "A", 2),
        ("（下转lO版）", "to", "", 10),
        ("（下转第二版第三条）", "to", "", 2),
        ("（上接头版）", "from", "", 1),
        ("（下转要闻2版）", "to", "要闻", 2),
        ("（下转2、3版）", "to", "", 2),
        ("(下转2)", "to", "", 2),
        ("（下转中缝）", "to", "", 0),
        ("（下传A2版）", "to", "A", 2),
        ("开，消费维权、劳动仲下转A2", "to", "A", 2),
        ("间，农贸市场下转2版", "to", "", 2),
        ("间，农贸市场下转 第二版", "to", "", 2),
    ],
)
def test_odd_forms(text: str, direction: str, section: str, number: int) -> None:
    (jump,) = find_jumps(text)
    assert (jump.direction, jump.target.section, jump.target.number) == (direction, section, number)


def test_suffix_and_title() -> None:
    (jump,) = find_jumps("（上接A1版《老城新事》）")
    assert jump.title == "老城新事"
    (jump,) = find_jumps("（下转2版①）")
    assert jump.target == PageTarget("", 2, "①")
    (jump,) = find_jumps("（下转第二版第三条）")
    assert jump.target.suffix == "第三条"


@pytest.mark.parametrize(
    "text",
    [
        "他的职业生涯由上转下。",
        "会议由线下转线上举行。",
        "会议由线下转3个分会场。",
        "此案下转检察院办理。",
        "富余劳力下转第二产业。",
        "（富余劳力下转第二产业）",
        "（会议由线下转线上）",
        "方案上接天线，下接地气。",
        "请在此下车，下接1号线。",
        "他转2次车才到学校。",
        "（转2次车）",
        "乘客可接3路公交。",
        "请转A座3楼。",
        "上接2010年的经验，下接2023年的实践。",
        "上接第一版的报道，本报今起连载。",
        "紧接3天后，又下了一场雨。",
        "气温由零下转15度。",
        "（记者 张三）",
        "（下转第三版块）",
        "资金下转 3 个县",
        "会议要求各乡镇下转 第二轮承包",
        "头版头条刊登了消息。",
        "会议由线下转A2楼",
        "会议由线下转12",
        "由线下转A2厅举行",
        "第二版的文章写得好。",
    ],
)
def test_sentences_are_no_markers(text: str) -> None:
    assert find_jumps(text) == ()
    assert strip_jumps(text) == text


def test_two_markers_in_one_text() -> None:
    text = "（上接A1版）全县种了两万亩。（下转A4版）"
    assert [(j.direction, str(j.target)) for j in find_jumps(text)] == [
        ("from", "A1"),
        ("to", "A4"),
    ]
    assert strip_jumps(text) == "全县种了两万亩。"


def test_marker_on_a_line_of_its_own() -> None:
    assert strip_jumps("全县种了两万亩，\n（下转A4版）") == "全县种了两万亩，"
    assert strip_jumps("（上接A1版）\n又收了一季。") == "又收了一季。"


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("（详见A3版）", "A3"), ("▶A2版", "A2"), ("详见第四版", "4"), ("报道见 4 版", "4"), ("（A3版）", "A3"),
        ("相关报道见A5", "A5"), ("02版→", "2"), ("全文见今日第六版", "6"),
    ],
)  # fmt: skip
def test_references_are_no_jumps(text: str, page: str) -> None:
    assert find_jumps(text) == ()
    (found,) = find_references("老街改造完成" + text)
    assert str(found.target) == page


@pytest.mark.parametrize("text", ["去了3面墙", "会上见3人", "（下转A2版）", "一至三版块"])
def test_no_references(text: str) -> None:
    assert find_references(text) == ()


@pytest.mark.parametrize(
    ("target", "label", "name", "number", "same"),
    [
        (PageTarget("A", 2), "A2", "", 2, True),
        (PageTarget("A", 2), "A02", "要闻", 2, True),
        (PageTarget("A", 2), "A12", "", 12, False),
        (PageTarget("A", 2), "B2", "", 2, False),
        (PageTarget("", 2), "第二版", "", 2, True),
        (PageTarget("", 2), "02版", "", 9, True),
        (PageTarget("", 2), "7", "", 2, False),
        (PageTarget("", 2), "A2", "", 2, True),
        (PageTarget("A", 2), "2", "", 2, True),
        (PageTarget("B", 2), "2", "", 2, False),
        (PageTarget("", 3), "", "", 3, True),
        (PageTarget("", 3), "", "", 2, False),
        (PageTarget("A", 3), "", "", 3, True),
        (PageTarget("A", 5), "", "要闻A5", 9, True),
        (PageTarget("要闻", 2), "2", "要闻", 2, True),
        (PageTarget("要闻", 2), "A4", "要闻2", 4, True),
        (PageTarget("要闻", 2), "2", "副刊", 2, False),
        (PageTarget("", 0, "中缝"), "", "", 0, False),
    ],
)
def test_matches(target: PageTarget, label: str, name: str, number: int, same: bool) -> None:
    assert matches(target, label, name, number) is same


@given(pages())
def test_every_label_form_is_matched_by_its_own_marker(page: tuple[str, str, int]) -> None:
    printed, section, n = page
    assert parse_label(printed + "版") == (section, n)
    (jump,) = find_jumps(f"（下转{printed}版）")
    assert matches(jump.target, printed, "", 0)
