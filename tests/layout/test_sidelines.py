"""Two headlines set downwards, side by side, kept apart."""

from __future__ import annotations

import pytest

from digitise.layout import analyse

from .setting import Paper, downward, filled, line
from .setting import columns as set_columns

LEFT, RIGHT = ("雾锁大江", "桥下风光"), ("夜访菜场", "书声琅琅")


def _page(apart: float, fonts: tuple[str, str], within: float = 20) -> Paper:
    """Text, a headline of two lines, white `apart` pixels wide, another, and its text."""
    size = 110.0
    paper = Paper().folio("2", "要闻")
    first, last = set_columns(100, 240, 1, 14, 20)[0], set_columns(1640, 240, 1, 14, 20)[0]
    for start, area in ((0, first), (8, last)):
        paper.put(*filled(start, [area])[1])
    x = first.x1 + 60
    for title, font in ((LEFT, fonts[0]), (RIGHT, fonts[1])):
        for k, text in enumerate(title):
            paper.put(downward(text, x + (1 - k) * (size + within), 300, size, font=font))
        x += 2 * size + within + apart
    return paper


def _titles(paper: Paper) -> list[str]:
    return sorted(p.headline for p in analyse(paper.sheet()).pieces if p.headline)


@pytest.mark.parametrize(
    ("apart", "fonts"), [(100, ("", "")), (40, ("Kai", "Hei")), (100, ("Song", "Song"))]
)
def test_wide_white_or_another_face_parts_two_headlines(
    apart: float, fonts: tuple[str, str]
) -> None:
    assert _titles(_page(apart, fonts)) == sorted([" ".join(LEFT), " ".join(RIGHT)])


@pytest.mark.parametrize("before", range(8))
def test_the_lines_of_a_headline_are_read_from_the_right(before: int) -> None:
    """So far apart that each line is a block of its own, whatever stands elsewhere on the page."""
    paper = Paper().folio("2", "要闻")
    first = set_columns(100, 240, 1, 14, 20)[0]
    paper.put(*filled(0, [first])[1])
    for k, text in enumerate(("夜访菜场", "书声琅琅")):
        paper.put(downward(text, first.x1 + 60 + (1 - k) * 230, 300, 110))
    for k in range(before):
        paper.put(line("渔歌", 1900, 300 + 300 * k, 60 + 10 * k))
    assert "夜访菜场 书声琅琅" in _titles(paper)


def test_lines_evenly_apart_are_one_headline() -> None:
    assert _titles(_page(30, ("Song", "Song"), within=30)) == [" ".join((*RIGHT, *LEFT))]
