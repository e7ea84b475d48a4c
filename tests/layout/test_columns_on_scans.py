"""Body type as a scan shows it: sizes measured from a few characters, lines read in pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from digitise.layout import analyse
from digitise.layout.analyse import body_size
from digitise.layout.barriers import Barriers
from digitise.layout.blocks import build_blocks
from digitise.layout.flow import Weighed, weigh
from digitise.layout.ground import Ground
from digitise.layout.gutters import cut_at_gutters
from digitise.layout.heads import Head
from digitise.layout.scene import Scene
from digitise.layout.torn import with_torn_lines
from digitise.layout.vertical import lay_grids, with_feet
from digitise.model import Rect, Rule, TextLine, bounding

from .setting import EM, LEAD, Paper, centred, columns, downward, filled, line


def _blocks(lines: list[TextLine]) -> list[list[str]]:
    found = build_blocks(lines, EM, Barriers(()), Ground((), ()))
    return [[row.text for row in block.rows] for block in found]


def test_a_short_line_measured_smaller_does_not_part_a_column() -> None:
    (area,) = columns(100, 100, 1, 14, 9)
    _, lines = filled(0, [area])
    k = len(lines) // 2
    odd = [replace(x, size=x.size * 0.84) if i == k else x for i, x in enumerate(lines)]
    assert len(_blocks(odd)) == 1
    known = [replace(x, font="Song") for x in odd]
    assert len(_blocks(known)) > 1


@pytest.mark.parametrize(("first", "together"), [("“", True), ("的", False)])
def test_a_line_that_begins_with_a_quotation_mark_goes_on_in_its_column(
    first: str, together: bool
) -> None:
    """Its ink begins half an em further in, and is lower than that of the line over it."""
    (area,) = columns(100, 100, 1, 14, 9)
    _, lines = filled(0, [area])
    text = first + "日子有了奔头，下个月还有订单"
    whole = line(text, 100, lines[4].box.y0)
    box = replace(
        whole.box, x0=100 + 0.5 * EM, y0=whole.box.y0 + 0.08 * EM, y1=whole.box.y1 - 0.08 * EM
    )
    lines[4] = replace(whole, box=box, size=whole.size * 0.87)
    assert (len(_blocks(lines)) == 1) == together


def test_a_last_line_shorter_than_the_next_indent_stays_in_its_column() -> None:
    (area,) = columns(100, 100 + LEAD, 1, 14, 6)
    _, lines = filled(0, [area])
    assert len(_blocks([line("趟。", 100, 100), *lines])) == 1
    assert len(_blocks([line("记者", 100, 100), *lines])) == 2


def _torn(line: TextLine, at: int, gap: float) -> list[TextLine]:
    """A line in two pieces, the second moved to the right by `gap`."""
    left, right = line.chars[:at], line.chars[at:]
    a = replace(line, chars=left, box=replace(line.box, x1=left[-1].box.x1 - 0.5 * EM))
    b = replace(line, chars=right, box=replace(line.box, x0=right[0].box.x0))
    return [a, b.shift(gap, 0)]


def _with_a_torn_line(stop: str, gap: float) -> tuple[list[TextLine], int]:
    (area,) = columns(100, 100, 1, 14, 7)
    _, lines = filled(0, [area])
    text = "清晨六点钟" + stop + "码头上的渡船已经"
    lines[3] = line(text, lines[3].box.x0, lines[3].box.y0)
    return lines[:3] + _torn(lines[3], 6, gap) + lines[4:], len(lines)


def test_two_pieces_after_a_stop_are_one_line_where_the_column_runs_through() -> None:
    torn, count = _with_a_torn_line("，", 0.0)
    assert len(with_torn_lines(torn, EM, LEAD, Barriers(()))) == count
    # without a stop, with a gutter between, across a rule: two lines
    for other in (_with_a_torn_line("的", 0.0)[0], _with_a_torn_line("，", 1.4 * EM)[0]):
        assert len(with_torn_lines(other, EM, LEAD, Barriers(()))) == count + 1
    x = torn[3].box.x1 + 0.25 * EM
    rule = Rule(Rect(x - 1, 0, x + 1, 900))
    assert len(with_torn_lines(torn, EM, LEAD, Barriers((rule,)))) == count + 1


def test_a_line_behind_a_rule_says_nothing_of_the_columns_over_it() -> None:
    pieces = [line("家门口的变化，", 100, 300), line("渡口边的老戏台", 100 + 7.9 * EM, 300)]
    below = line("老街尽头的茶馆里乡亲们摇着蒲扇", 100, 300 + 2 * LEAD)
    assert len(with_torn_lines([*pieces, below], EM, LEAD, Barriers(()))) == 2
    rule = Rule(Rect(60, 300 + LEAD, 800, 303 + LEAD))
    assert len(with_torn_lines([*pieces, below], EM, LEAD, Barriers((rule,)))) == 3


@pytest.mark.parametrize("before", [0, 1])
@pytest.mark.parametrize("rows", [2, 4])
def test_a_row_that_runs_on_past_the_end_of_its_column_is_cut_there(rows: int, before: int) -> None:
    """Behind the gutter there is one row only, over a picture; two rows are no column yet."""
    column = [line("码头上的第一班渡船", 100, 300 + k * LEAD) for k in range(rows)]
    indent = 2 * before
    text = "码头上的第一班渡船"[indent:]
    row = line(text + "载着赶早市的乡亲", 100 + indent * EM, 300 - LEAD)
    k = len(text)
    chars = (*row.chars[:k], *(replace(c, box=c.box.shift(0.8 * EM, 0)) for c in row.chars[k:]))
    row = replace(row, chars=chars, box=bounding(c.box for c in chars))
    cut = cut_at_gutters([row, *column], EM, LEAD)
    assert len(cut) == rows + (2 if rows > 2 else 1)


@pytest.mark.parametrize("cells", [False, True])
def test_marks_in_cells_of_their_own_under_each_other_are_no_gutter(cells: bool) -> None:
    """A line whose own mark was passed over, of type set downwards and turned: the lines beside it
    have theirs in the same place. Where they have white there, it is a gutter."""

    def with_white(text: str, y: float) -> TextLine:
        whole = line(text, 100, y)
        chars = [c for c in whole.chars if c.text != "　"]
        marked = (
            replace(c, box=replace(c.box, x1=c.box.x0 + 0.3 * EM)) if c.text == "、" else c
            for c in chars
        )
        return replace(whole, chars=tuple(marked))

    mark = "、" if cells else "　"
    texts = [f"求新{mark}爲了龍舟賽的一", f"陽珠{mark}海等地已有先例", f"個參{mark}數常常爭得面紅"]
    near = [with_white(t, 300 + k * LEAD) for k, t in enumerate(texts)]
    row = with_white("赤色　此前贛州襄樊兩", 300 + 3 * LEAD)
    cut = cut_at_gutters([*near, row], EM, LEAD, marks_aside=True)
    assert (len(cut) == 4) == cells


def test_a_jump_at_the_far_end_of_a_line_belongs_to_it() -> None:
    (area,) = columns(100, 100, 1, 16, 6)
    _, lines = filled(0, [area])
    y = lines[-1].box.y0 + LEAD
    last = line("按每人六元", 100, y)
    jump = line("（下转A2版）", area.x1 - 7 * EM, y)
    joined = with_torn_lines([*lines, last, jump], EM, LEAD, Barriers(()))
    assert joined[-1].text == "按每人六元（下转A2版）"
    name = line("通讯员林远舟", area.x1 - 6 * EM, y)
    assert len(with_torn_lines([*lines, last, name], EM, LEAD, Barriers(()))) == len(lines) + 2


def test_justified_lines_do_not_make_the_body_look_larger() -> None:
    lines = tuple(line("码头上的第一班渡船载着乡亲", 0, k * LEAD) for k in range(40))
    wide = tuple(replace(x, size=x.size * 1.06) if k % 10 < 7 else x for k, x in enumerate(lines))
    assert abs(body_size(wide) / EM - 1) < 0.01


def test_a_column_read_downwards_goes_to_the_spaced_lines_it_ends() -> None:
    size, pitch = 120.0, 200.0
    rows = []
    for y, text in ((100, "半亩方"), (280, "烟台纪")):
        chars = [line(c, 100 + k * pitch, y, size) for k, c in enumerate(text)]
        whole = replace(chars[0], chars=tuple(x.chars[0] for x in chars))
        rows.append(replace(whole, box=Rect(100, y, 100 + 2 * pitch + size, y + size)))
    column = downward("塘事", 100 + 3 * pitch, 100, size)
    column = replace(
        column,
        chars=(column.chars[0], replace(column.chars[1], box=column.chars[1].box.shift(0, 60))),
        box=replace(column.box, y1=column.box.y1 + 60),
    )
    assert sorted(x.text for x in lay_grids([*rows, column], EM)) == ["半亩方塘", "烟台纪事"]


def test_the_last_character_of_a_vertical_headline_read_alone_is_put_to_it() -> None:
    spaced = downward("订单排到年", 500, 100, 120)
    chars = tuple(replace(c, box=c.box.shift(0, k * 80)) for k, c in enumerate(spaced.chars))
    top = replace(spaced, chars=chars, box=replace(spaced.box, y1=chars[-1].box.y1))
    foot = line("底", 500, 100 + 5 * 200, 120)
    comma = replace(chars[-1], text="，", box=foot.box)
    (whole,) = with_feet([replace(top, chars=(*chars, comma)), foot], EM)
    assert whole.text == "订单排到年底"
    far = line("底", 500, 100 + 7 * 200, 120)
    assert len(with_feet([top, far], EM)) == 2


def test_the_first_row_is_the_header_though_its_rule_was_not_seen() -> None:
    paper = Paper(width=1700)
    words = (("2005年3月29日 星期二", 100), ("责编：卫涛子", 700), ("生活", 1050), ("A02", 1500))
    paper.put(*(line(text, x, 150, 30) for text, x in words))
    paper.put(centred("渡口边的老戏台", Rect(100, 0, 1460, 0), 300, 130))
    paper.put(*filled(3, columns(100, 520, 2, 16, 14))[1])
    layout = analyse(replace(paper.sheet(), origin="ocr"))
    kinds = {r.kind for r in layout.page.regions if "".join(x.text for x in r.lines) in dict(words)}
    assert kinds == {"page-header"}


def test_figures_at_a_table_are_of_it() -> None:
    paper = Paper(width=1700, height=2400)
    for k in range(12):
        cells = (("锐昌精密", 500), ("73.52", 800), ("-1.24", 1000), ("88986", 1200))
        paper.put(*(line(text, x, 300 + k * LEAD, 34) for text, x in cells))
    paper.put(*(line("611087", 250, 300 + (k + 2.5) * LEAD, 34) for k in range(4)))
    paper.put(*filled(3, columns(100, 1300, 2, 16, 10))[1])
    layout = analyse(replace(paper.sheet(), origin="ocr"))
    assert not [p for p in layout.pieces if p.kind == "article" and "611087" in p.lines[0].text]


def test_a_line_read_across_the_gutter_is_cut_behind_the_stop_that_filled_it() -> None:
    """The stop hangs out of its column, and the characters were given places side by side."""
    (left,) = columns(100, 100, 1, 14, 10)
    right = left.shift(15 * EM, 0)
    _, one = filled(0, [left])
    _, two = filled(5, [right])
    assert two[3].box.x0 == right.x0
    text = "清晨六点码头上的第一班渡船呢。" + two[3].text
    width = (two[3].box.x1 - left.x0) / len(text)
    chars = tuple(
        replace(c, box=replace(c.box, x0=left.x0 + k * width, x1=left.x0 + (k + 1) * width))
        for k, c in enumerate(line(text, left.x0, one[3].box.y0).chars)
    )
    across = replace(one[3], chars=chars, box=replace(one[3].box, x0=left.x0, x1=two[3].box.x1))
    rest = [x for k, x in enumerate(one) if k != 3] + [x for k, x in enumerate(two) if k != 3]
    found = {x.text for x in cut_at_gutters([*rest, across], EM, LEAD)}
    assert {"清晨六点码头上的第一班渡船呢。", two[3].text} <= found
    known = [replace(x, font="Song") for x in (*rest, across)]
    assert text in {x.text for x in cut_at_gutters(known, EM, LEAD)}


def test_a_role_and_the_name_behind_it_are_one_line() -> None:
    """◎本报记者 and the name read apart; a role that ends a text, or a rule between, is another's."""
    role = line("◎本报记者", 100, 300)
    name = line("林远舟 通讯员 陈晓梅", role.box.x1 + EM, 300)
    (whole,) = with_torn_lines([role, name], EM, LEAD, Barriers(()))
    assert whole.text == "◎本报记者 林远舟 通讯员 陈晓梅"
    rule = Rule(Rect(role.box.x1 + 10, 280, role.box.x1 + 12, 360))
    assert len(with_torn_lines([role, name], EM, LEAD, Barriers((rule,)))) == 2
    text = line("昨天他告诉本报记者", 100, 300)
    other = name.shift(text.box.x1 + EM - name.box.x0, 0)
    assert len(with_torn_lines([text, other], EM, LEAD, Barriers(()))) == 2


@pytest.mark.parametrize(("measured", "own"), [(1.0, 5), (0.96, 5), (0.85, 3)])
def test_a_title_over_the_middle_of_columns_measured_a_little_apart_heads_them_all(
    monkeypatch: pytest.MonkeyPatch, measured: float, own: int
) -> None:
    """Type that differs by a few hundredths on a scan is one type."""
    found: list[Weighed] = []

    def note(scene: Scene, heads: Sequence[Head], bodies: Sequence[int]) -> Weighed:
        found.append(weigh(scene, heads, bodies))
        return found[-1]

    monkeypatch.setattr("digitise.layout.flow.weigh", note)
    areas = columns(100, 520, 5, 8, 9)
    _, body = filled(5, areas)
    last = areas[-1].x0 - EM
    body = [replace(x, size=x.size * measured) if x.box.x0 > last else x for x in body]
    page = Paper().put(centred("一周简讯", areas[2], 400, 2 * EM), *body)
    analyse(page.sheet())
    assert sum(roof >= 0 for roof in found[0].links.roof.values()) == own


def _over_a_picture(torn: bool) -> list[TextLine]:
    """Two columns; of the right one only its first two rows stand over a picture, and both were
    read in one with the rows of the left column, the white between them a little too small."""
    (left,) = columns(100, 100, 1, 14, 10)
    right = left.shift(15 * EM, 0)
    _, one = filled(0, [left])
    _, under = filled(9, [right.shift(0, 1500)])
    joined = []
    for k, text in enumerate(("据了解这条山路去年秋天完成了", "镇上的图书室添了两千册新书放")):
        y = 100 + k * LEAD
        a, b = line(text, left.x0, y), line(text[::-1], right.x0 - 0.15 * EM, y)
        joined.append(replace(a, chars=(*a.chars, *b.chars), box=a.box.union(b.box)))
    if torn:
        chars = joined[1].chars
        pieces = [chars[:5], chars[5:]]
        joined[1:] = [
            replace(joined[1], chars=part, box=bounding(c.box for c in part)) for part in pieces
        ]
    return [*joined, *one[2:], *under]


@pytest.mark.parametrize("torn", [False, True])
def test_white_between_hanzi_at_the_edge_of_a_column_of_the_page_is_the_gutter(torn: bool) -> None:
    edge = 100 + 15 * EM
    rows = [x for x in cut_at_gutters(_over_a_picture(torn), EM, LEAD) if x.box.y0 < 100 + LEAD + 1]
    assert not any(x.box.x0 < edge - EM and x.box.x1 > edge + EM for x in rows)


def test_the_size_of_a_few_characters_is_that_of_the_column_they_end() -> None:
    """The end of a story's first column, its marker over it, and a subhead under it."""
    one, two = columns(100, 400, 2, 14, 16)
    marker = line("［上接1版］", 100, 400, 0.82 * EM)
    end = line("开。", 100, 400 + LEAD, 0.86 * EM)
    head = line("一张蓝图绘到底", 100 + 3 * EM, 400 + 2.5 * LEAD, 1.2 * EM)
    _, body = filled(0, [replace(one, y0=400 + 4.5 * LEAD), two])
    title = centred("蒋峰洋按图索骥", Rect(100, 0, two.x1, 0), 250, 90)
    (other,) = columns(100, 1700, 1, 30, 6)
    _, rest = filled(8, [other])
    paper = Paper(width=1500).put(title, marker, end, head, *body, *rest)
    pieces = [p for p in analyse(paper.sheet()).pieces if p.headline.startswith("蒋峰洋")]
    assert len(pieces) == 1
    text = "".join(x.text for x in pieces[0].lines)
    assert "开。" in text and body[-1].text in text
