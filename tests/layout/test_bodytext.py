"""Lines of a body measured against their column."""

from __future__ import annotations

from digitise.layout.blocks import Block, Row, make_block
from digitise.layout.bodytext import read_body, right_edge
from digitise.text.paragraphs import join

from .setting import EM, LEAD, line


def _block(rows: list[tuple[str, float]]) -> Block:
    """Rows of type under each other, each with its text and its x."""
    lines = [line(text, 100 + x, 100 + k * LEAD) for k, (text, x) in enumerate(rows)]
    return make_block([Row((x,)) for x in lines], -1)


def test_stops_that_hang_out_are_not_the_measure() -> None:
    full = "清晨六点码头上的第一班渡船"
    block = _block([(full[2:], 2 * EM), (full, 0), (full + "，", 0), (full, 0), (full[:5], 0)])
    assert right_edge(block) == 100 + len(full) * EM


def test_ragged_lines_are_measured_by_the_longest() -> None:
    block = _block([("清晨六点", 0), ("码头上的第一班渡船", 0), ("缓缓离岸", 0)])
    assert right_edge(block) == 100 + 9 * EM


def test_a_title_in_the_type_of_the_body() -> None:
    rows = [
        ("清晨六点，码头上的第一班", 2 * EM), ("渡船载着赶早市的乡亲缓缓离岸", 0), ("靠了岸。", 0),
        ("稻香深处", 2 * EM), ("老商户新故事", 2 * EM),
        ("夜校开在小学的教室里，来", 2 * EM), ("听课的多是白天做工的年轻人。", 0),
    ]  # fmt: skip
    body = read_body([_block(rows)], [False])
    assert join(body.lines) == (
        "清晨六点，码头上的第一班渡船载着赶早市的乡亲缓缓离岸靠了岸。",
        "稻香深处 老商户新故事",
        "夜校开在小学的教室里，来听课的多是白天做工的年轻人。",
    )


def test_three_short_lines_are_verse() -> None:
    rows = [
        ("清晨六点，码头上的第一班", 2 * EM), ("渡船缓缓离岸。", 0),
        ("青山隔水望", 2 * EM), ("白鹭过江来", 2 * EM), ("一橹摇春色", 2 * EM),
        ("夜校开在小学的教室里，来", 2 * EM), ("听课的多是白天做工的年轻人。", 0),
    ]  # fmt: skip
    assert all(x.kind == "body" for x in read_body([_block(rows)], [False]).lines)
