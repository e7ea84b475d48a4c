"""What is too little to be an article."""

from __future__ import annotations

import pytest

from digitise.layout.scrap import is_scrap


@pytest.mark.parametrize(
    ("head", "body"), [("N N", ""), ("口", ""), ("", "市上演。"), ("", "冗"), ("", "")]
)
def test_scraps(head: str, body: str) -> None:
    assert is_scrap(head, body)


@pytest.mark.parametrize(
    ("head", "body"), [("踏浪而行", ""), ("短波", "市上演。"), ("", "本报讯昨日大雨。")]
)
def test_small_articles(head: str, body: str) -> None:
    assert not is_scrap(head, body)
