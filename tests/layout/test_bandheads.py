"""Headings of pages set downwards: beside their bands, or over one from right to left."""

from __future__ import annotations

import importlib

import pytest

from digitise.layout import PageLayout, analyse
from digitise.layout.heads import Head, find_heads
from digitise.layout.scene import Scene
from digitise.model import TextLine

from .setting import EM, LEAD, Paper, downward, line

BAND = 16
FIRST = (
    "　下一步繼續完善制度讓更多人受益",
    "縣裏還將在沿河各處增設渡口以便往",
    "來行人並請各家協力。",
)
SECOND = (
    "　渡口的老船工說今年水勢平穩來往",
    "客人比往年多了三成夜裏也有人等候",
    "過江到對岸看戲去。",
)


def band(texts: tuple[str, ...], right: float, top: float, columns: int) -> list[TextLine]:
    """Columns from `right` to the left, over and over the same."""
    out = []
    for k in range(columns):
        text = texts[k % len(texts)]
        bare = text.lstrip("　")
        out.append(downward(bare, right - 62 * k - EM, top + (len(text) - len(bare)) * EM))
    return out


def leftward(text: str, right: float, y: float, size: float) -> TextLine:
    """A line from right to left that begins at `right`, as it is read from the left."""
    return line(text[::-1], right - len(text) * size, y, size)


def told(layout: PageLayout) -> list[dict[str, str]]:
    """What stands in each piece that is an article, by the kinds of its regions."""
    out = []
    for piece in layout.pieces:
        if piece.kind == "article":
            said: dict[str, str] = {}
            for name in piece.regions:
                region = layout.page.region(name)
                said[region.kind] = said.get(region.kind, "") + region.text
            out.append(said)
    return out


def test_a_deck_in_the_type_of_the_body_stands_beside_the_headline() -> None:
    head = downward("渡口新風", 2200, 300, 2 * EM)
    deck = downward("老船工的一天", 2130, 300 + 2 * EM)
    page = Paper().put(head, deck, *band(FIRST, 2040, 300, 12), *band(SECOND, 2300, 1080, 15))
    (said,) = [s for s in told(analyse(page.sheet())) if s.get("headline") == "渡口新風"]
    assert said["subheadline"] == "老船工的一天"


def test_a_deck_that_stands_close_to_the_body_is_parted_from_it() -> None:
    head = downward("渡口新風", 2200, 300, 2 * EM)
    body = band(FIRST, 2200 - 1.7 * LEAD + EM, 300, 12)
    deck = downward("老船工的一天", 2200 - 0.55 * LEAD, 300 + 4 * EM)
    page = Paper().put(head, deck, *body, *band(SECOND, 2300, 1080, 15))
    (said,) = [s for s in told(analyse(page.sheet())) if s.get("headline") == "渡口新風"]
    assert said["subheadline"] == "老船工的一天"


def test_headlines_of_two_bands_with_a_rule_between_are_two() -> None:
    foot = 300 + BAND * EM
    upper = downward("豐收在望", 2200, foot - 8 * EM, 2 * EM)
    lower = downward("揹簍醫生", 2200, foot + 1.5 * EM, 2 * EM)
    open_end = (*FIRST[:2], "來行人並請各家協力因爲天氣漸漸冷")
    page = Paper().put(upper, lower, *band(open_end, 2140, 300, 18))
    page.put(*band(FIRST[1:], 2140, lower.box.y0, 18))
    page.rule(500, foot + 0.7 * EM, 2290, foot + 0.7 * EM + 3)
    assert sorted(s.get("headline", "") for s in told(analyse(page.sheet()))) == [
        "揹簍醫生",
        "豐收在望",
    ]


def test_a_headline_from_right_to_left_parts_the_band_under_it_from_the_one_above() -> None:
    """However the text above breaks off, and the one below begins in a sentence."""
    above = downward("揹簍醫生", 2200, 300, 2 * EM)
    over = leftward("穀雨時節", 1800, 300 + (BAND + 2) * EM, 2 * EM)
    top = over.box.y1 + 0.8 * EM
    page = Paper().put(above, over, *band(FIRST, 2140, 300, 18), *band(SECOND, 2290, top, 21))
    page.rule(900, 300 + (BAND + 1) * EM, 2290, 303 + (BAND + 1) * EM)
    said = {s.get("headline"): s["body"] for s in told(analyse(page.sheet()))}
    assert said["揹簍醫生"].startswith("下一步") and "老船工" not in said["揹簍醫生"]
    assert said["穀雨時節"].startswith("渡口的老船工")


def test_a_small_headline_of_a_band_with_its_kicker_and_deck_begins_a_report(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A band has no titles inside a body that are dressed; by itself, one of that size may be."""
    found: list[Head] = []

    def note(scene: Scene) -> list[Head]:
        found.extend(heads := find_heads(scene))
        return heads

    monkeypatch.setattr(importlib.import_module("digitise.layout.analyse"), "find_heads", note)
    page = Paper().put(*band(FIRST, 2300, 300, 10), *band(SECOND, 2300, 1080, 30))
    left = 2300 - 10 * 62
    page.put(
        downward("河口紀事", left - 1.2 * EM, 300, 1.2 * EM),
        downward("渡口新風", left - 3.1 * EM, 300 + 2 * EM, 1.5 * EM),
        downward("老船工的一天", left - 4.8 * EM, 300 + 2 * EM, 1.2 * EM),
        *band(SECOND, left - 5.2 * EM, 300, 10),
    )
    analyse(page.sheet())
    (head,) = found
    assert head.kicker and head.deck
    assert not head.weak


def test_a_headline_beside_the_middle_of_four_bands_begins_with_the_uppermost() -> None:
    """A paragraph of a page set downwards is set in by one character: the first band opens one,
    and so does not go on with the text over it, however that breaks off."""
    upper = (
        "　縣裏還將在沿",
        "河各處增設渡口",
        "便利往來行人、",
    )
    lower = (
        "　渡口的老船工",
        "說今年水勢平穩",
        "來往客人多了三",
    )
    deck = 8.2 * EM
    over = leftward("小站故事多", 2100, 300, 2 * EM)
    top = over.box.y1 + EM
    page = Paper().put(over, *band(upper, 2250, top, 15), *band(upper, 2250, top + deck, 15))
    foot = top + 2 * deck
    page.rule(600, foot - 0.6 * EM, 2290, foot - 0.6 * EM + 3)
    page.put(downward("輪椅上的畫家", 2220, foot + 1.4 * deck, 2 * EM))
    for k in range(4):
        page.put(*band(lower if k == 0 else lower[1:], 2150, foot + k * deck, 12))
    said = {s.get("headline"): s.get("body", "") for s in told(analyse(page.sheet()))}
    assert set(said) == {"小站故事多", "輪椅上的畫家"}
    assert "老船工" not in said["小站故事多"]
    assert said["輪椅上的畫家"].startswith("渡口的老船工")
