"""Pages set down and from right to left, as papers were before the 1950s."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digitise.articles import assemble
from digitise.evaluation import evaluate
from digitise.formats.issue_json import load_issue
from digitise.grouping import batches
from digitise.layout import analyse
from digitise.layout.barriers import Barriers
from digitise.layout.blocks import Block, Row, build_blocks, make_block
from digitise.layout.bodytext import read_body
from digitise.layout.deckrows import part_decks
from digitise.layout.downcolumns import SOLID, rejoined
from digitise.layout.downparas import usual_indent
from digitise.layout.ground import Ground
from digitise.layout.sigtext import names_alone
from digitise.model import Issue, Rect, WritingMode
from digitise.options import Options
from digitise.pipeline import read_page
from digitise.text.paragraphs import join
from scripts.make_samples import make_random

from .setting import EM, Paper, downward, line


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Issue, Issue]:
    """(as digitised, as printed): one random page."""
    out = tmp_path_factory.mktemp("old")
    make_random(1, 5, out, False, 1, old=True)
    (pdf,) = out.glob("*/issue.pdf")
    (truth,) = out.glob("*.truth.json")
    ref = batches([pdf], Options(), "", False)[0].pages[0]
    issue = assemble("old", [analyse(read_page(ref, Options()))])
    return issue, load_issue(truth.read_bytes())


def test_articles_of_a_page_in_bands(made: tuple[Issue, Issue]) -> None:
    figures = evaluate(*made).figures
    assert figures.article_f1 >= 0.95
    assert figures.article_cer <= 0.015


def test_the_title_box_and_the_header_over_it_are_read(made: tuple[Issue, Issue]) -> None:
    found, truth = made
    assert found.masthead == truth.masthead
    assert [a.headline for a in found.articles if a.kind == "masthead"] == [truth.masthead.title]


def test_a_character_alone_stands_in_the_column_of_its_own_band() -> None:
    """完工，在建… below a band whose columns stand half an em to the right."""
    over = downward("統計局一家不行", 1000 + 0.5 * EM, 300)
    alone = replace(downward("工", 1000, 1500), mode="horizontal-tb")
    mark = replace(downward("、", 1000 + 0.3 * EM, 1500 + EM), mode="horizontal-tb")
    below = downward("在建和待建的配電網", 1000, 1500 + 2.1 * EM)
    found = rejoined([over, alone, mark, below], EM, SOLID)
    assert sorted(x.text for x in found) == ["工、在建和待建的配電網", "統計局一家不行"]


def test_a_flat_bracket_at_the_top_of_a_column_is_part_of_it() -> None:
    """︶ taken for type twice as large as the body's, by the width of its line."""
    below = downward("阿姨、您慢點兒走", 1000, 300 + 1.5 * EM)
    mark = downward("）", 1000, 300, mode="vertical-rl", size=1.8 * EM)
    mark = replace(mark, box=replace(mark.box, x1=1000 + 0.9 * EM, y1=300 + 0.3 * EM))
    mark = replace(mark, chars=(replace(mark.chars[0], box=mark.box),))
    (found,) = rejoined([mark, below], EM, SOLID)
    assert found.text == "）阿姨、您慢點兒走"


def test_the_marks_that_end_a_paragraph_are_a_column_when_they_stand_alone() -> None:
    before = downward("理要擺在桌面上", 1000, 300)
    marks = [
        replace(downward(text, 1000 - 1.5 * EM, 300 + k * 1.2 * EM), mode="horizontal-tb")
        for k, text in enumerate("。」")
    ]
    found = rejoined([before, *marks], EM, SOLID)
    assert {x.text: x.mode for x in found} == {
        "理要擺在桌面上": "vertical-rl",
        "。」": "vertical-rl",
    }


@pytest.mark.parametrize(
    ("text", "mode", "size"),
    [("」。", "vertical-rl", 1.8), ("一、", "horizontal-tb", 1.4), ("足", "vertical-rl", 1.36)],
)
def test_marks_that_went_over_into_a_column_of_their_own_are_body(
    text: str, mode: WritingMode, size: float
) -> None:
    """Read as type twice as large, or as a line across, though it is higher than wide."""
    before = downward("現在是「我要幹、把論文寫在大地上", 1000, 300)
    after = downward("更讓人欣喜的是、漁民的想法也在", 1000 - 3 * EM, 300 + EM)
    over = replace(downward(text, 1000 - 1.5 * EM, 300), mode=mode, size=size * EM)
    x0, box = over.box.x0, replace(over.box, y1=300 + 1.4 * EM)
    if mode == "horizontal-tb":
        half = EM / 2
        halves = [replace(box, x0=x0 + k * half, x1=x0 + (k + 1) * half) for k in (0, 1)]
        over = replace(
            over, chars=tuple(replace(c, box=b) for c, b in zip(over.chars, halves, strict=True))
        )
    over = replace(over, box=box)
    found = {x.text: x for x in rejoined([before, over, after], EM, SOLID)}
    assert found[text].mode == "vertical-rl"
    assert found[text].size == EM


def test_the_last_character_of_a_headline_is_part_of_it() -> None:
    head = downward("快遞進村不再", 500, 300, 2 * EM)
    pitch = head.chars[1].box.cy - head.chars[0].box.cy
    last = line("難", 500, head.chars[-1].box.y0 + pitch, 2 * EM)
    (found,) = rejoined([head, last], EM, SOLID)
    assert found.text == "快遞進村不再難"


@pytest.mark.parametrize("text", ["︵李文華︶", "（李文華）", "李文華著", "李文華"])
def test_a_name_set_downwards_is_a_signature(text: str) -> None:
    assert names_alone(text) > 0.4


_FULL = "上幾十桌、垃圾分類自然是席間少不了的話"


def _turned_block(rows: list[tuple[float, str]]) -> Block:
    """Lines in the turned frame: how far they are set in, in ems, and what they say."""
    lines = [line(text, 100 + indent * EM, 100 + 60 * k) for k, (indent, text) in enumerate(rows)]
    return make_block([Row((x,)) for x in lines], -1)


@pytest.mark.parametrize(
    ("indent", "rows"),
    [
        # with one mark for everything, 、, only the indent tells where a paragraph begins
        (1, [(1.0, "每逢農曆六十、嶺閣鄉的老戲臺前總要擺"), (0.0, _FULL), (0.0, "題、你一言我一語、")]),
        # an opening bracket stands at the end of its cell
        (1, [(1.6, "「每逢農曆、嶺閣鄉的老戲臺前總要擺"), (0.0, _FULL), (0.0, "題、你一言我一語。」")]),
        # the stop that ended the paragraph was not read
        (1, [(1.0, "每逢農曆六十、嶺閣鄉的老戲臺前總要擺"), (0.0, _FULL), (0.0, "題、你一言我一語")]),
        # nothing is set in: what is left of the last line tells
        (0, [(0.0, "每逢農曆六十、嶺閣鄉的老戲臺前總要擺上"), (0.0, _FULL), (0.0, "題、你一言我一語、")]),
        (0, [(0.0, "每逢農曆六十、嶺閣鄉的老戲臺前總要擺上"), (0.0, _FULL), (0.0, _FULL[:-2] + "、")]),
        # a mark at the side of its cell begins a line: no other is set in by what it sticks out
        (1, [(1.0, "每逢農曆六十、嶺閣鄉的老戲臺前總要擺"), (0.0, _FULL), (-0.28, "、你一言我一語、")]),
    ],
)  # fmt: skip
def test_paragraphs_of_a_page_set_downwards(indent: int, rows: list[tuple[float, str]]) -> None:
    block = _turned_block(4 * rows)
    assert usual_indent([block], EM) == indent
    found = join(read_body([block], [False], indent).lines)
    assert [p[:3] for p in found] == 4 * [rows[0][1][:3]]


def test_what_may_not_begin_the_next_line_leaves_no_paragraph_behind() -> None:
    """One cell is empty where the next line begins with an opening bracket and what it drags
    along."""
    rows = [(0.0, _FULL), (0.0, _FULL[:-2] + "。"), (0.0, "﹁" + _FULL[1:]), (0.0, "題。")]
    block = _turned_block(4 * rows)
    assert usual_indent([block], EM) == 0
    assert len(join(read_body([block], [False], 0).lines)) == 4


@pytest.mark.parametrize(("last", "indent"), [("腳。", 1.56), ("腳", 1.0)])
def test_a_paragraph_begins_under_a_last_line_shorter_than_its_indent(
    last: str, indent: float
) -> None:
    mark = "" if last.endswith("。") else "。"
    rows = [
        (1.0, _FULL),
        (0.0, _FULL),
        (0.0, last + mark),
        (indent, "「" + _FULL[3:]),
        (0.0, _FULL),
    ]
    lines = [line(text, 100 + inset * EM, 100 + 60 * k) for k, (inset, text) in enumerate(rows)]
    short = lines[2]
    lines[2] = replace(short, box=replace(short.box, x1=100 + min(indent - 0.05, 1.3) * EM))
    (block,) = build_blocks(lines, EM, Barriers(()), Ground((), ()))
    assert len(block.rows) == 5


@pytest.mark.parametrize(
    ("indent", "first", "second"),
    [
        # nothing is set in: a short line within the measure, then one that begins flush
        (0, (2.0, "數字背後的溫度"), (0.0, _FULL)),
        # an opening bracket at the end of its cell
        (0, (2.8, "織密類腦芯片防護網"), (0.6, "（漢口七日本報專電）沒想到變")),
        # in the middle of the measure, over a paragraph set in as far as that
        (2, (5.5, "銀髮課堂開講"), (2.0, _FULL[2:])),
    ],
)
def test_a_deck_in_the_type_of_the_body_is_parted_where_the_indent_is_known(
    indent: int, first: tuple[float, str], second: tuple[float, str]
) -> None:
    body = [(float(indent), _FULL[indent:]), *3 * [(0.0, _FULL)], (0.0, "題。")]
    with_deck = _turned_block([first, second, *3 * [(0.0, _FULL)], (0.0, "題。"), *body])
    rest = _turned_block(3 * body)
    assert usual_indent([with_deck, rest], EM) == indent
    cut = part_decks([with_deck, rest], EM, downward=True)
    assert [b.text for b in cut[:1]] == [first[1]]
    assert len(cut) == 3
    assert len(part_decks([rest], EM, downward=True)) == 1


def test_a_line_beside_the_header_is_in_one_region_only() -> None:
    day = line("中華民國二十八年四月廿三日", 400, 60)
    year = downward("大清同治", 2300, 40)
    bands = [
        downward("今天下可傳之事甚多矣而湮沒不彰者", 2200 - 62 * k, 260 + 720 * band)
        for band in range(2)
        for k in range(20)
    ]
    layout = analyse(Paper().put(day, year, *bands).sheet())
    texts = [x.text for region in layout.page.regions for x in region.lines]
    assert texts.count("大清同治") == 1
    assert len(texts) == 42


def test_large_type_without_a_body_advertises() -> None:
    bands = [
        downward("今天下可傳之事甚多、而湮沒不彰者", 2200 - 62 * k, 260 + 720 * band)
        for band in range(2)
        for k in range(18)
    ]
    shop = downward("老協大祥", 420, 400, 4 * EM)
    wares = downward("綢緞棉布", 250, 460, 3 * EM)
    layout = analyse(Paper().put(*bands, shop, wares).sheet())
    (piece,) = [p for p in layout.pieces if p.kind == "advertisement"]
    regions = [layout.page.region(name) for name in piece.regions]
    assert {x.text for r in regions for x in r.lines} == {"老協大祥", "綢緞棉布"}


def test_the_title_across_the_top_of_an_advertisement_comes_first() -> None:
    box = Rect(900, 400, 1700, 1300)
    shop = line("莊緞綢豐恆", box.x0 + 60, 440, 3 * EM)
    wares = [
        downward(t, box.x1 - 110 - 160 * k, 700, 1.6 * EM)
        for k, t in enumerate(("備有樣本函索卽寄", "承蒙惠顧無任歡迎", "棋盤街八十四號"))
    ]
    rest = [
        downward("昨晚七時三十分突被盜匪四名侵入、搶去財物", 2150 - k * 1.2 * EM, 400)
        for k in range(8)
    ]  # fmt: skip
    assert wares[0].box.x1 > shop.box.x1
    paper = Paper().frame(box).put(shop, *wares, *rest)
    (piece,) = [p for p in analyse(paper.sheet()).pieces if p.kind == "advertisement"]
    assert (piece.headline, [x.text for x in piece.lines]) == (
        "恆豐綢緞莊", [x.text for x in wares]
    )  # fmt: skip


@pytest.mark.parametrize(("times", "kinds"), [(4.5, {"advertisement"}), (1.8, {"article"})])
def test_a_box_filled_with_names_advertises_whatever_its_stops(
    times: float, kinds: set[str]
) -> None:
    """Two names in large type over a text with a stop in every line; and a boxed report."""
    size = times * EM
    box = Rect(1000, 400, 1000 + 2.4 * size + 8 * EM, 400 + 7 * size)
    names = [
        downward(t, box.x1 - (k + 1) * 1.15 * size, 440, size)
        for k, t in enumerate(("秦錫祺醫師", "砂眼好藥水"))
    ]
    text = [
        "本藥水專治砂眼，暴痛，",
        "風火赤眼、模糊怕光。",
        "點用到病除，功效非凡。",
        "各大公司，均有代售。",
    ]
    left = names[-1].box.x0 - 1.5 * EM
    small = [downward(t, left - k * 1.2 * EM, 440) for k, t in enumerate(text)]
    rest = [
        downward("昨晚七時三十分突被盜匪四名侵入、搶去財物", 2100 - k * 1.2 * EM, 400)
        for k in range(8)
    ]  # fmt: skip
    paper = Paper().frame(box).put(*names, *small, *rest)
    found = analyse(paper.sheet()).pieces
    assert {p.kind for p in found if p.box.overlap(box) > 0.5 * p.box.area} == kinds


@pytest.mark.parametrize(("out", "apart"), [(0.25, False), (0.6, True)])
def test_a_picture_that_stands_out_of_its_advertisement_a_little_is_part_of_it(
    out: float, apart: bool
) -> None:
    box = Rect(1000, 400, 1800, 1300)
    names = [downward("秦錫祺醫師", 1600, 440, 4 * EM), downward("砂眼好藥水", 1400, 440, 4 * EM)]
    rest = [
        downward("昨晚七時三十分突被盜匪四名侵入、搶去財物", 2100 - 48 * k, 400) for k in range(8)
    ]
    drawn = Rect(1060, 1000, 1340, 1200).shift(0, 100 + out * 200)
    paper = Paper().frame(box).picture(drawn).put(*names, *rest)
    kinds = [p.kind for p in analyse(paper.sheet()).pieces]
    assert "advertisement" in kinds
    assert ("picture" in kinds) == apart


def test_the_feet_of_large_columns_read_as_a_row_go_back_to_them() -> None:
    big = 2 * EM
    right, left = downward("紛紛設立僞機", 800, 200, big), downward("搜括方法無微", 700, 200, big)
    row = line("至關", 700, 200 + 6.1 * big, big)
    found = {x.text for x in rejoined([right, left, row], EM, SOLID)}
    assert found == {"紛紛設立僞機關", "搜括方法無微至"}


def test_a_row_over_large_columns_stays_one() -> None:
    big = 2 * EM
    right, left = downward("專營上等罐頭", 800, 300, big), downward("糖果餅乾麵包", 700, 300, big)
    row = line("邨梅", 700, 190, big)
    assert "邨梅" in {x.text for x in rejoined([right, left, row], EM, SOLID)}


def test_a_row_of_arrows_is_an_ornament() -> None:
    found = rejoined([downward("→→→→→→→→", 700, 200), downward("上海冰鮮魚行業", 800, 200)], EM)
    assert [x.text for x in found] == ["上海冰鮮魚行業"]
