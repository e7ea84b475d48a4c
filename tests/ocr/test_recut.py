"""Boxes that hold several columns or rows are read as what they hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import cast

import numpy as np
import pytest

from digitise.imaging.blocks import cuts_of
from digitise.imaging.doubled import doubled
from digitise.imaging.ground import ink_mask
from digitise.model import Gray, Rect
from digitise.ocr.engine import Engine, LineImage, Recognition
from digitise.ocr.rapid import RapidEngine
from digitise.ocr.recut import without_blocks

Setter = Callable[..., Gray]
SIZE = 10.0
EM = SIZE * 300 / 72
COLUMNS = ("开幕期间", "各种货物", "一律廉价", "出售三天")
BODY = (
    "清晨六点码头上的第一班渡船",
    "载着赶早市的乡亲过江去了",
    "桥头的店铺陆续开门迎客",
    "傍晚时分渡船又载他们回家",
)


@pytest.fixture(scope="module")
def engine() -> RapidEngine:
    return RapidEngine(1)


def block(set_type: Setter, down: float, across: float) -> tuple[Gray, Rect]:
    """A page of the COLUMNS, from the right, and four lines of body type, and the box of them;
    pitch of the characters in ems."""
    items = [
        (20 + (3 - k) * across * SIZE, 20 + i * down * SIZE, SIZE, c)
        for k, text in enumerate(COLUMNS) for i, c in enumerate(text)
    ]  # fmt: skip
    items += [(150 + 20 * k, 20, SIZE, "|" + text) for k, text in enumerate(reversed(BODY))]
    page = set_type(items, 240, 180)
    k = EM / SIZE
    x1, y1 = 20 + (3 * across + 1) * SIZE, 20 + (3 * down + 1) * SIZE
    return page, Rect(18 * k, 18 * k, (x1 + 2) * k, (y1 + 2) * k)


def body() -> list[tuple[Rect, bool]]:
    k = EM / SIZE
    return [
        ((Rect((149 + 20 * i) * k, 19 * k, (161 + 20 * i) * k, 152 * k)), True) for i in range(4)
    ]


def cut_out(page: Gray) -> Callable[[Rect, bool], LineImage]:
    def image_of(line: Rect, vertical: bool) -> LineImage:
        box = line.grow(4)
        part = page[int(box.y0) : int(box.y1), int(box.x0) : int(box.x1)]
        return LineImage(np.ascontiguousarray(part), vertical)

    return image_of


def ways(ink: Gray) -> Callable[[Rect], list[list[tuple[Rect, bool]]]]:
    def of(box: Rect) -> list[list[tuple[Rect, bool]]]:
        columns, rows = cuts_of(box, ink, EM)
        found = [[(c, True) for c in columns], [(r, False) for r in rows]]
        return [way for way in found if way]

    return of


def read(engine: RapidEngine, page: Gray, lines: list[tuple[Rect, bool]]) -> list[str]:
    ink = ink_mask(page, EM)
    found = without_blocks(lines, ways(ink), engine, cut_out(page))
    return [r.text for r in engine.recognise([cut_out(page)(*line) for line in found])]


@pytest.mark.parametrize("vertical", [False, True])
def test_a_block_of_columns_in_one_box_is_read_column_by_column(
    set_type: Setter, engine: RapidEngine, vertical: bool
) -> None:
    page, box = block(set_type, 1.1, 1.3)
    texts = read(engine, page, [(box, vertical), *body()])
    assert texts[:4] == list(COLUMNS)
    assert len(texts) == 8


def test_rows_that_are_columns_are_taken_for_columns(set_type: Setter, engine: RapidEngine) -> None:
    page, box = block(set_type, 1.3, 1.3)
    rows = [
        (Rect(box.x0, box.y0 + k * 1.3 * EM, box.x1, box.y0 + (k * 1.3 + 1.1) * EM), False)
        for k in (0, 1, 3)  # one row was not found
    ]
    texts = read(engine, page, [*rows, *body()])
    assert texts[:4] == list(COLUMNS)
    assert len(texts) == 8


def test_two_rows_in_one_box_become_two(set_type: Setter, engine: RapidEngine) -> None:
    rows = ["大世界南隔壁楼上", "八仙桥支店小菜场"]
    items = [(20, 20 + 1.15 * SIZE * i, SIZE, row) for i, row in enumerate(rows)]
    items += [(150 + 20 * k, 20, SIZE, "|" + text) for k, text in enumerate(reversed(BODY))]
    page = set_type(items, 240, 180)
    k = EM / SIZE
    box = Rect(18 * k, 18 * k, (22 + 8 * SIZE) * k, (22 + 2.15 * SIZE) * k)
    assert read(engine, page, [(box, False), *body()])[:2] == rows
    assert len(read(engine, page, [(box, False)])) == 1, "a page set across"


@pytest.mark.parametrize("text", ["二三川小言昌", "江畔茶楼"])
def test_a_headline_stays_whole(set_type: Setter, engine: RapidEngine, text: str) -> None:
    """Its characters part along lanes, but none of them is a column of characters."""
    page = set_type([(20, 20, 30, text)], 300, 80)
    box = Rect(70, 80, 84 + 125 * len(text), 215)
    # four lines set downwards, elsewhere, for the page to be set so
    down = [(Rect(900 + 30 * i, 80, 925 + 30 * i, 215), True) for i in range(4)]
    assert read(engine, page, [(box, False), *down])[0] == text


def test_rules_between_columns_are_no_columns(set_type: Setter) -> None:
    page, box = block(set_type, 1.1, 1.6)
    k = EM / SIZE
    for i in range(3):
        x = round((20 + (i + 1.3) * 1.6 * SIZE - 0.3 * SIZE) * k)
        page[round(box.y0) : round(box.y1), x : x + 3] = 0
    columns, _ = cuts_of(box, ink_mask(page, EM), EM)
    assert [round(c.width / EM) for c in columns] == [1, 1, 1, 1]


def test_what_reaches_into_a_block_is_no_part_of_it(set_type: Setter) -> None:
    page, box = block(set_type, 1.1, 1.6)
    clean, _ = cuts_of(box, ink_mask(page, EM), EM)
    high = replace(box, y0=box.y0 - 0.7 * EM)
    x = round(clean[1].cx)
    page[round(high.y0) - 20 : round(high.y0) + 10, x - 9 : x + 9] = 0
    page[round(box.y0) - 8 : round(box.y0) - 5, round(box.x0) + 20 : round(box.x1) - 20] = 0
    found, _ = cuts_of(high, ink_mask(page, EM), EM)
    assert found == clean


def test_nothing_is_cut_where_there_is_one_line(set_type: Setter) -> None:
    page, _ = block(set_type, 1.1, 1.3)
    for box, _ in body():
        assert cuts_of(box, ink_mask(page, EM), EM) == ((), ())


def test_columns_of_half_the_size_over_a_name_are_read_first(
    set_type: Setter, engine: RapidEngine
) -> None:
    half, size = 16.0, 34.0
    items = [(38, 20, half, "|眼科"), (20, 20, half, "|专家"), (20, 56, size, "|秦锡祺医师")]
    page = set_type(items, 80, 250)
    k = 300 / 72
    box = Rect(18 * k, 18 * k, 58 * k, 230 * k)
    parts = doubled(box, ink_mask(page, EM), EM)
    assert [round(p.width / EM, 1) for p in parts] == pytest.approx([1.5, 1.5, 3.2], abs=0.2)
    found = without_blocks(
        [(box, True)], lambda b: [[(p, True) for p in parts]] if b == box else [], engine,
        cut_out(page),
    )  # fmt: skip
    read = engine.recognise([cut_out(page)(*line) for line in found])
    assert [r.text for r in read] == ["眼科", "专家", "秦锡祺医师"]


def test_a_name_of_open_characters_is_read_as_one_line(
    set_type: Setter, engine: RapidEngine
) -> None:
    """The halves of 北, 非 and 林 could be two columns; nobody reads them so."""
    page = set_type([(20, 20, 34.0, "|川北非林小")], 80, 220)
    box = Rect(78, 78, 230, 800)
    ink = ink_mask(page, EM)
    parts = doubled(box, ink, EM)
    assert len(parts) > 1
    found = without_blocks(
        [(box, True)], lambda _: [[(p, True) for p in parts]], engine, cut_out(page)
    )
    assert found == [(box, True)]


class _Told:
    """An engine that reads whole boxes as one text, `sure` of each character, and parts of them as
    more characters."""

    def __init__(self, whole: str, sure: float, parts: str) -> None:
        self.whole, self.sure, self.parts = whole, sure, parts

    def recognise(self, lines: Sequence[LineImage]) -> list[Recognition]:
        return [
            _recognised(self.whole, self.sure)
            if line.pixels.shape[0] > 400
            else _recognised(self.parts, 0.99)
            for line in lines
        ]


def _recognised(text: str, sure: float) -> Recognition:
    """`　` stands where a character was passed over."""
    places = [(k / len(text), (k + 1) / len(text)) for k, c in enumerate(text) if c != "　"]
    told = text.replace("　", "")
    return Recognition(told, tuple(places), (sure,) * len(told))


@pytest.mark.parametrize(
    ("whole", "sure", "kept"),
    [
        ("冷板坐了", 0.98, True),
        ("冷板坐了", 0.9, False),
        ("坐", 0.98, False),
        ("冷板　坐了", 0.98, False),
    ],
)
def test_a_box_read_beyond_doubt_from_end_to_end_is_not_cut(
    whole: str, sure: float, kept: bool
) -> None:
    page = np.full((500, 140), 255, np.uint8)
    box = Rect(20, 20, 120, 440)
    parts = [(Rect(20, 20, 68, 230), True), (Rect(72, 20, 120, 230), True)]
    parts.append((Rect(20, 230, 120, 440), True))
    engine = cast(Engine, _Told(whole, sure, "人人王熱"))
    found = without_blocks([(box, True)], lambda _: [parts], engine, cut_out(page))
    assert (found == [(box, True)]) == kept


def test_a_box_over_vertical_lines_is_cut_clear_of_them(
    set_type: Setter, engine: RapidEngine
) -> None:
    """Two rows of a headline, and the heads of the columns under it, in one box."""
    rows = ["苏联工匠发明", "新式火炉一具"]
    size = 14.0
    items = [(20, 20 + 1.2 * size * i, size, row) for i, row in enumerate(rows)]
    items += [(20 + 20 * i, 62, SIZE, "|" + text) for i, text in enumerate(BODY)]
    page = set_type(items, 130, 220)
    k = EM / SIZE
    columns = [
        (Rect((19 + 20 * i) * k, 61 * k, (31 + 20 * i) * k, 200 * k), True)
        for i in range(len(BODY))
    ]  # fmt: skip
    head = Rect(18 * k, 18 * k, 106 * k, 74 * k)
    assert read(engine, page, [(head, False), *columns])[:2] == rows


def test_columns_found_by_themselves_are_not_read_twice(
    set_type: Setter, engine: RapidEngine
) -> None:
    """A box over the heads of columns, as what shines through from the back gives one."""
    page = set_type([(20 + 16 * k, 20, SIZE, "|" + text) for k, text in enumerate(BODY)], 110, 170)
    k = EM / SIZE
    columns = [
        (Rect((19 + 16 * i) * k, 19 * k, (31 + 16 * i) * k, 152 * k), True)
        for i in range(len(BODY))
    ]  # fmt: skip
    over = Rect(18 * k, 18 * k, 80 * k, 61 * k)
    found = read(engine, page, [(over, False), *columns])
    assert sorted(found[1:]) == sorted(BODY)
    assert len(found) == 1 + len(BODY)
