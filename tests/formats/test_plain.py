from __future__ import annotations

from dataclasses import replace
from typing import Any

from digitise.formats.plain import issue_text, ordered_regions, page_text
from digitise.model import Issue


def test_golden_text(issue: Issue, golden: Any) -> None:
    golden("issue.txt", issue_text(issue).encode())
    for page in issue.pages:
        golden(f"{page.id}.txt", page_text(page, issue.articles).encode())


def test_a_hanging_quotation_mark_begins_no_paragraph(issue: Issue) -> None:
    text = page_text(issue.pages[0], issue.articles)
    assert "队长说：\n“雨没来，火就可能先来。”\n\n　　“带上水" in text


def test_every_printed_line_stands_once_on_its_own_line(issue: Issue) -> None:
    for page in issue.pages:
        lines = [line.text for r in ordered_regions(page) for line in r.lines]
        assert [x for x in page_text(page, issue.articles).split("\n") if x] == lines


def test_without_articles_only_regions_are_set_apart(issue: Issue) -> None:
    page = issue.pages[1]
    assert page_text(page).count("\n\n") == len(page.regions) - 1


def test_regions_the_order_leaves_out_are_not_lost(issue: Issue) -> None:
    page = replace(issue.pages[1], reading_order=("p0002-r003", "gone", "p0002-r003"))
    assert [r.id[-1] for r in ordered_regions(page)] == ["3", "1", "2", "4"]


def test_a_line_break_inside_a_line_does_not_make_two(issue: Issue) -> None:
    page = issue.pages[1]
    line = replace(page.regions[0].lines[0], text="上\u2028下\n左")
    page = replace(page, regions=(replace(page.regions[0], lines=(line,)),))
    assert page_text(page) == "上 下 左\n"


def test_a_short_line_that_looks_like_a_beginning_is_not_one(issue: Issue) -> None:
    # "但是" opens the third paragraph, and stands alone on a line inside the second.
    page = issue.pages[1]
    region = page.regions[1]
    texts = [
        "第一段到这里为止了。",
        "第二段写得长一些，",
        "但是",
        "还没有完。",
        "但是，第三段来了。",
    ]
    lines = tuple(replace(region.lines[0], id=f"l{i}", text=t) for i, t in enumerate(texts))
    page = replace(page, regions=(replace(region, lines=lines),), reading_order=())
    paragraphs = (texts[0], "".join(texts[1:4]), texts[4])
    article = replace(issue.articles[1], paragraphs=paragraphs)
    assert page_text(page, (article,)) == (
        "第一段到这里为止了。\n\n第二段写得长一些，\n但是\n还没有完。\n\n但是，第三段来了。\n"
    )


def test_a_page_that_could_not_be_read_says_so(issue: Issue) -> None:
    assert page_text(issue.pages[2], issue.articles) == ""
    assert "===== 3 =====\n\n[a3.tif is cut short at byte 4096.]\n" in issue_text(issue)
