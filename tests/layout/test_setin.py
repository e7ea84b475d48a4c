"""Titles in the body's own type that stand in a column of their own."""

from __future__ import annotations

import pytest

from digitise.layout.barriers import Barriers
from digitise.layout.blocks import Row, make_block
from digitise.layout.ground import read_ground
from digitise.layout.scene import Scene
from digitise.layout.setin import set_in_titles

from .setting import EM, LEAD, Paper, line

TEXT = "新聞紙之設原欲以闢新奇廣聞覩冀流佈四方者也使不事遐搜博采"


def _scene(title: str, ems: float, downward: bool = True) -> Scene:
    """A title set in by so many ems over three lines of running text, all in one size."""
    head = line(title, 100 + ems * EM, 100, EM)
    body = [line(TEXT, 100, 100 + (k + 1) * 1.5 * EM, EM) for k in range(4)]
    sheet = Paper().put(head, *body).sheet()
    blocks = [make_block([Row((head,))], -1), make_block([Row((x,)) for x in body], -1)]
    return Scene(
        sheet, EM, LEAD, blocks, read_ground(sheet, EM), Barriers(()), [], downward=downward
    )


def test_a_few_characters_set_in_over_a_long_column_are_its_title() -> None:
    assert set_in_titles(_scene("本館條例", 4)) == [0]


@pytest.mark.parametrize(
    ("title", "ems", "downward"),
    [
        ("本館條例", 0, True),  # the end of a paragraph
        ("申報主人謹白", 22, True),  # a signature at the foot
        ("一切爲幸、", 4, True),
        ("本館條例", 4, False),
    ],
)
def test_what_is_no_such_title(title: str, ems: float, downward: bool) -> None:
    assert set_in_titles(_scene(title, ems, downward)) == []
