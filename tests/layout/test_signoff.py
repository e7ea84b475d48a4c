"""Signatures cut from the bodies they stand in."""

from __future__ import annotations

from digitise.layout import analyse
from digitise.layout.blocks import Row, make_block
from digitise.layout.signoff import signed_off, signed_on

from .setting import EM, LEAD, Paper, columns, filled, line


def _rows(*texts: str) -> list[Row]:
    return [Row((line(text, 100, 100 + k * LEAD),)) for k, text in enumerate(texts)]


def test_behind_the_last_sentence() -> None:
    block = make_block(_rows("码头上的第一班渡船缓缓", "离岸。 （林远舟）"), -1)
    found = signed_off(block, "（林远舟）")
    assert found is not None
    rest, signed = found
    assert rest is not None
    assert (rest.text, signed.text) == ("码头上的第一班渡船缓缓离岸。", "（林远舟）")
    assert rest.rows[-1].box.x1 == 100 + 3 * EM
    assert signed.box.x0 == 100 + 4 * EM


def test_on_a_line_of_its_own_and_alone() -> None:
    rest, signed = signed_off(make_block(_rows("离岸。", "林远舟 乔木生"), -1), "林远舟乔木生") or (
        None, None,
    )  # fmt: skip
    assert rest is not None and rest.text == "离岸。"
    assert signed is not None and signed.text == "林远舟 乔木生"
    only = signed_off(make_block(_rows("林远舟"), -1), "林远舟")
    assert only is not None and only[0] is None


def test_nothing_is_cut_that_is_not_there() -> None:
    block = make_block(_rows("离岸。", "林远舟说"), -1)
    assert signed_off(block, "林远舟") is None
    assert signed_on(block, "林远舟") is None


def test_the_region_of_a_signature_is_a_byline() -> None:
    (area,) = columns(100, 400, 1, 24, 14)
    _, lines = filled(6, [area.grow(0, -LEAD)])
    name = "（林远舟）"
    signed = line(name, area.x1 - len(name) * EM, lines[-1].box.y0 + LEAD)
    head = line("水尺旁的值班员", 100, 190, 84)
    layout = analyse(Paper(width=1500).put(head, *lines, signed).sheet())
    assert [r.text for r in layout.page.regions if r.kind == "byline"] == [name]
    assert all(name not in r.text for r in layout.page.regions if r.kind == "body")
