"""Simplified or traditional, character by character."""

from __future__ import annotations

import pytest

from digitise.text.script import is_simplified, is_traditional, leaning


@pytest.mark.parametrize(("old", "new"), ["國国", "報报", "聞闻", "電电", "發发"])
def test_a_pair_is_told_apart(old: str, new: str) -> None:
    assert is_traditional(old) and not is_traditional(new)
    assert is_simplified(new) and not is_simplified(old)


@pytest.mark.parametrize("char", ["人", "水", "后", "里", "，", "A", "3", " "])
def test_what_both_print_is_neither(char: str) -> None:
    assert not is_simplified(char) and not is_traditional(char)


@pytest.mark.parametrize("char", ["强", "着", "却", "脚", "猪", "烟"])
def test_what_old_print_has_beside_the_form_of_big5_is_not_simplified(char: str) -> None:
    assert not is_simplified(char)


def test_a_text_leans_to_the_script_it_is_printed_in() -> None:
    assert leaning("本報上海專電：國際聞人昨日來滬") > 0
    assert leaning("本报上海专电：国际闻人昨日来沪") < 0
    assert leaning("上海三月十日") == 0
