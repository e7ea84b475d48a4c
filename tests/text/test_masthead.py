"""Mastheads and page heads, their pieces in any order."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitise.model import Masthead
from digitise.text.calendar import lunar_text, weekday_text
from digitise.text.identifiers import (
    find_cn,
    find_issn,
    find_issue_number,
    find_postal,
    issn_check_digit,
    issn_valid,
)
from digitise.text.masthead import HeaderLine, PageHeader, read_masthead, read_page_header


def line(text: str, size: float = 1.0, x: float = 0.1, y: float = 0.05) -> HeaderLine:
    return HeaderLine(text, size, x, y, x + 0.012 * size * len(text), y + 0.01 * size)


def stack(*texts: str) -> list[HeaderLine]:
    return [line(t, y=0.02 + 0.02 * i) for i, t in enumerate(texts)]


FULL = [
    line("星火晨报", 9, 0.3, 0.02),
    *stack(
        "Spark Morning Post",
        "邮发代号:31-7 报料热线:0571-87790000",
        "国内统一连续出版物号:CN33-0119",
        "传递田野力量 成就丰收梦想",
        "2023年12月8日 星期五",
        "农历癸卯年十月廿六",
        "官方微信:xhcb或星火晨报",
        "总第5241期",
        "ISSN 2096-1235",
        "主办：星火晨报社",
        "今日8版",
    ),
]
TRUTH = Masthead(
    "星火晨报", "2023-12-08", "星期五", "癸卯年十月廿六", "5241", "CN33-0119", "2096-1235", "31-7", "星火晨报社"
)  # fmt: skip


def test_full_masthead() -> None:
    reading = read_masthead(FULL)
    assert reading.masthead == TRUTH
    assert reading.warnings == ()


@given(st.randoms(use_true_random=False))
def test_order_does_not_matter(rng: random.Random) -> None:
    lines = FULL[:]
    rng.shuffle(lines)
    assert read_masthead(lines).masthead == TRUTH


@given(st.integers(0, 10), st.integers(0, 10))
def test_what_is_not_printed_is_empty(i: int, j: int) -> None:
    lines = [k for n, k in enumerate(FULL) if n not in (i + 1, j + 1)]
    read = read_masthead(lines).masthead
    for name in Masthead.__slots__:
        value = getattr(read, name)
        assert value in ("", getattr(TRUTH, name)), name
    assert read.title == TRUTH.title


@given(
    day=st.dates(dt.date(1950, 1, 1), dt.date(2030, 12, 31)),
    number=st.integers(1, 99_999),
    cn=st.tuples(st.integers(11, 65), st.integers(1, 9999)),
    post=st.tuples(st.integers(1, 85), st.integers(1, 399)),
    seven=st.integers(1_000_000, 2_999_999),
    colon=st.sampled_from(("：", ":", " ", "")),
    publisher=st.sampled_from(
        ("主办：{}", "{}出版", "主办单位：{}", "{}主办", "{} 主办", "主管：某省总社 主办：{}")
    ),
    house=st.sampled_from(("星火晨报社", "青原报业集团", "东湖新闻传媒中心", "长河出版社有限公司")),
)
def test_random_mastheads(
    day: dt.date,
    number: int,
    cn: tuple[int, int],
    post: tuple[int, int],
    seven: int,
    colon: str,
    publisher: str,
    house: str,
) -> None:
    issn = f"{str(seven)[:4]}-{str(seven)[4:]}{issn_check_digit(str(seven))}"
    lines = [
        line("星火晨报", 9),
        *stack(
            f"{day.year}年{day.month}月{day.day}日",
            weekday_text(day),
            f"农历{lunar_text(day)}",
            f"总第{number}期",
            f"国内统一刊号{colon}CN{cn[0]}-{cn[1]:04d}",
            f"ISSN {issn}",
            f"邮发代号{colon}{post[0]}-{post[1]}",
            publisher.format(house),
        ),
    ]
    reading = read_masthead(lines)
    assert reading.masthead == Masthead(
        "星火晨报", day.isoformat(), weekday_text(day), lunar_text(day), str(number),
        f"CN{cn[0]}-{cn[1]:04d}", issn, f"{post[0]}-{post[1]}", house,
    )  # fmt: skip
    assert reading.warnings == ()


def test_misread_title_is_put_right_by_the_page_heads() -> None:
    lines = [line("呈火晨根", 9), *FULL[1:]]
    reading = read_masthead(lines, ["星火晨报", "星火晨报", "星火"])
    assert reading.masthead.title == "星火晨报"
    assert any("呈火晨根" in w for w in reading.warnings)


def test_title_that_is_a_picture() -> None:
    assert read_masthead(FULL[1:], ["星火晨报"]).masthead.title == "星火晨报"
    assert read_masthead(FULL[1:]).masthead.title == "星火晨报"


def test_title_found_character_by_character() -> None:
    big = [
        HeaderLine(c, 9, 0.2 + 0.12 * i, 0.02, 0.3 + 0.12 * i, 0.11)
        for i, c in enumerate("星火晨报")
    ]
    assert read_masthead([*FULL[1:], *big]).masthead.title == "星火晨报"


def test_day_in_large_type() -> None:
    lines = [
        line("星火晨报", 9),
        line("2023年12月", y=0.1),
        line("8", 4, y=0.12),
        line("星期五", y=0.15),
    ]
    assert read_masthead(lines).masthead.date == "2023-12-08"


@pytest.mark.parametrize(
    ("date", "lunar"),
    [
        ("2023年12月8日 星期玉", "农历癸卯年十月甘六"),
        ("2023年12月8日 星期五", "农历癸卯年十月卡六"),
        ("2023年12月3日 星期五", "农历癸卯年十月廿六"),
        ("2023年12月8日 星期三", "农历癸卵年十月廿六"),
    ],
)
def test_one_misreading_is_put_right(date: str, lunar: str) -> None:
    read = read_masthead([line("星火晨报", 9), *stack(date, lunar)]).masthead
    assert (read.date, read.weekday, read.lunar_date) == (
        TRUTH.date,
        TRUTH.weekday,
        TRUTH.lunar_date,
    )


def test_contradictions_are_told() -> None:
    lines = [
        line("星火晨报", 9),
        *stack("2023年12月8日 星期六", "农历癸卯年十月廿六", "ISSN 2096-1230"),
    ]
    reading = read_masthead(lines)
    assert reading.masthead.weekday == "星期五"
    assert len(reading.warnings) == 2


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("国内统一连续出版物号:CN 33-0111", "CN33-0111"),
        ("国内统一刊号 CN33—0111", "CN33-0111"),
        ("国内统一刊号：CN—33—0111", "CN33-0111"),
        ("刊号：CN(Q)33-0111", "CN33-0111"),
        ("CN33-O1l1", "CN33-0111"),
        ("ＣＮ３３－０１１１", "CN33-0111"),
        ("国内统一刊号：33-0111", "CN33-0111"),
    ],
)
def test_cn_forms(text: str, value: str) -> None:
    found = find_cn(text)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("总第5241期", "5241"), ("第12期（总第5241期）", "5241"), ("总第 5 241 期", "5241"), ("第 12345 号", "12345"),
        ("总第五千二百四十一期", "5241"), ("总5241期", "5241"), ("总第０５２４１期", "05241"),
    ],
)  # fmt: skip
def test_issue_number_forms(text: str, value: str) -> None:
    found = find_issue_number(text)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize("text", ["第76期", "第4316号", "第9版", "总第52Al期"])
def test_no_issue_number(text: str) -> None:
    assert find_issue_number(text) is None


def test_the_english_title_is_no_second_publisher() -> None:
    lines = [
        HeaderLine("松原河晨报", 6.0, 0.1, 0.02, 0.6, 0.06),
        HeaderLine("主办：松原河报业集团", 0.9, 0.7, 0.02, 0.9, 0.03),
        HeaderLine("BEITING POST", 0.9, 0.7, 0.03, 0.9, 0.04),
    ]
    assert read_masthead(lines).masthead.publisher == "松原河报业集团"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("邮发代号:31-7", "31-7"),
        ("邮发代号 31－7", "31-7"),
        ("代号 1-55", "1-55"),
        ("邮发代号：31一7", "31-7"),
        ("由发代号:l-55", "1-55"),
    ],
)
def test_postal_forms(text: str, value: str) -> None:
    found = find_postal(text)
    assert found is not None
    assert found.value == value


def test_code_for_abroad_is_not_the_postal_code() -> None:
    assert find_postal("国外代号：31-7") is None
    assert find_postal("国外发行代号：D797") is None


@given(st.integers(0, 9_999_999))
def test_issn_check_digit(n: int) -> None:
    seven = f"{n:07d}"
    good = issn_check_digit(seven)
    issn = f"{seven[:4]}-{seven[4:]}{good}"
    assert issn_valid(issn)
    assert all(not issn_valid(issn[:-1] + c) for c in "0123456789X" if c != good)
    found = find_issn(f"国际标准刊号：ISSN {issn}")
    assert found is not None
    assert found.value == issn


def test_known_issn() -> None:
    assert issn_valid("0378-5955")
    assert issn_valid("2434-561X")
    assert not issn_valid("0378-5956")
    assert not issn_valid("2096-123")


@pytest.mark.parametrize(
    ("pieces", "label", "name"),
    [
        (["A2 要闻", "2023年12月8日 星期五 责编:张三丰 版式:李四光"], "A2", "要闻"),
        (["第 7 版"], "7", ""),
        (["综合新闻 03"], "03", "综合新闻"),
        (["A02", "经 济", "星火晨报", "责编：周明 版式：于　步 校对：李小四"], "A02", "经济"),
        (
            [
                "第七版",
                "农产品质量标准",
                "2010 年12 月16 日 星期四",
                "编辑：王小明 电话：010-84390000",
            ],
            "7",
            "农产品质量标准",
        ),
        (["要闻2版"], "2", "要闻"),
        (["4版", "副刊"], "4", "副刊"),
        (["2023年12月8日 星期五 A4版 科技·教育 星火晨报"], "A4", "科技·教育"),
        (["责任编辑/张三丰 美编/李四光", "B12", "文化周刊"], "B12", "文化周刊"),
        (["05", "民生"], "05", "民生"),
        (["科教文卫 责编 王晓丽 02"], "02", "科教文卫"),
        (["A02版", "三农", "星火晨报"], "A02", "三农"),
        (["总第5241期 今日8版", "星火晨报"], "", ""),
        ([], "", ""),
    ],
)
def test_page_heads(pieces: list[str], label: str, name: str) -> None:
    lines = [line(t, 1.8 if len(t) < 6 else 1.0, x=0.05 + 0.25 * i) for i, t in enumerate(pieces)]
    header = read_page_header(lines, 7)
    assert (header.label, header.name) == (label, name)


def test_everything_in_a_page_head() -> None:
    lines = [
        line("A2 要闻", 2),
        line("2023年12月8日 星期五", x=0.4),
        line("星火晨报", 1.5, 0.8),
        line("责编：张三丰", x=0.6),
    ]
    assert read_page_header(lines, 2) == PageHeader(
        "A2", "要闻", "星火晨报", "2023-12-08", "星期五", "责编：张三丰"
    )


def test_a_serial_number_whose_letters_stand_apart_names_no_page() -> None:
    row = HeaderLine("国内统一刊号：C N25-1677", 1.0, 0.1, 0.05, 0.3, 0.06)
    assert read_page_header([row], 1).label == ""
