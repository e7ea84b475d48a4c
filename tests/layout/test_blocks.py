"""Lines to blocks, and lines cut at the gutters they were read across."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from digitise.layout.baretables import part_tables
from digitise.layout.barriers import Barriers
from digitise.layout.blocks import build_blocks, leading_of
from digitise.layout.ground import Ground, read_ground
from digitise.layout.gutters import cut_at_gutters
from digitise.model import Rect, Rule, TextLine, bounding

from .setting import EM, LEAD, Paper, columns, filled, line

NO_GROUND = Ground((), ())
NO_RULES = Barriers(())


def test_each_column_is_a_block() -> None:
    areas = columns(100, 100, 3, 12, 10)
    _, lines = filled(0, areas)
    blocks = build_blocks(lines, EM, NO_RULES, NO_GROUND)
    held = [x for a in areas if (x := [n for n in lines if a.grow(4).contains(n.box)])]
    assert sorted(len(b.rows) for b in blocks) == sorted(map(len, held))
    for block in blocks:
        assert sum(area.grow(4).contains(block.box) for area in areas) == 1


def test_a_rule_and_another_size_end_a_block() -> None:
    (area,) = columns(100, 100, 1, 14, 12)
    _, lines = filled(0, [area])
    (whole,) = build_blocks(lines, EM, NO_RULES, NO_GROUND)
    y = (lines[4].box.y1 + lines[5].box.y0) / 2
    ruled = Barriers([Rule(Rect(area.x0, y - 1, area.x1, y + 1))])
    assert [len(b.rows) for b in build_blocks(lines, EM, ruled, NO_GROUND)] == [
        5,
        len(whole.rows) - 5,
    ]
    title = line("小标题", area.x0, lines[-1].box.y0 + LEAD, 1.4 * EM)
    sizes = [b.size for b in build_blocks([*lines, title], EM, NO_RULES, NO_GROUND)]
    assert sizes == [EM, 1.4 * EM]


def test_leading_is_measured() -> None:
    assert leading_of(filled(0, columns(0, 0, 1, 14, 12))[1], EM) == LEAD
    assert leading_of([], EM) == 1.5 * EM


def _read_across(lines: list[TextLine], areas: list[Rect]) -> list[TextLine]:
    """What stands on one row of two columns as one line."""
    out = []
    for a in (x for x in lines if x.box.cx < areas[0].x1):
        level = [b for b in lines if b is not a and abs(b.box.cy - a.box.cy) < 1]
        chars = a.chars + tuple(c for b in level for c in b.chars)
        out.append(replace(a, chars=chars, box=bounding(c.box for c in chars)))
    return out


def test_lines_read_across_a_gutter_are_cut_there() -> None:
    """One row in three was read across; its neighbours show where the gutter is."""
    areas = columns(100, 100, 2, 12, 12)
    _, lines = filled(0, areas)
    across = _read_across(lines, areas)[2:9:3]
    gone = {round(x.box.cy) for x in across}
    given = [*across, *(x for x in lines if round(x.box.cy) not in gone)]
    cut = cut_at_gutters(given, EM, LEAD)
    assert sorted(x.text for x in cut) == sorted(x.text for x in lines)


@given(st.integers(0, 15), st.integers(8, 16), st.sets(st.integers(0, 9)))
def test_cutting_keeps_every_character(start: int, ems: int, rows: set[int]) -> None:
    areas = columns(100, 100, 2, ems, 14)
    _, lines = filled(start, areas)
    across = _read_across(lines, areas)
    chosen = [x for k, x in enumerate(across) if k in rows]
    gone = {round(x.box.cy) for x in chosen}
    given = [*chosen, *(x for x in lines if round(x.box.cy) not in gone)]
    cut = cut_at_gutters(given, EM, LEAD)
    assert _characters(cut) == _characters(given)
    for x in cut:
        assert x.box.x0 == min(c.box.x0 for c in x.chars)
        assert x.box.x1 == max(c.box.x1 for c in x.chars)


def _characters(lines: list[TextLine]) -> list[tuple[str, float, float]]:
    return sorted((c.text, c.box.x0, c.box.y0) for x in lines for c in x.chars)


def _pale(x: TextLine, share: float) -> TextLine:
    """The line as it would be measured whose ink is lower than that of its neighbours."""
    box = replace(x.box, y0=x.box.y0 + (1 - share) * x.box.height / 2,
                  y1=x.box.y1 - (1 - share) * x.box.height / 2)  # fmt: skip
    return replace(x, box=box, size=share * x.size)


def test_a_first_line_that_measures_small_belongs_to_its_paragraph() -> None:
    """1月14日上午32时，: figures and a stop, and type of the column under it."""
    _, lines = filled(0, columns(100, 100, 1, 14, 8))
    first = _pale(lines[0], 0.86)
    (block,) = build_blocks([first, *lines[1:]], EM, NO_RULES, NO_GROUND)
    assert len(block.rows) == len(lines)
    # twice as far off as lines follow each other, it is something else
    apart = replace(first, box=replace(first.box, y0=first.box.y0 - 40, y1=first.box.y1 - 40))
    assert len(build_blocks([apart, *lines[1:]], EM, NO_RULES, NO_GROUND)) == 2


def test_a_last_line_that_measures_small_keeps_the_leading_of_its_own_block() -> None:
    """A page of two leadings: what is usual on it is not what is usual in this column."""
    _, many = filled(0, columns(100, 100, 3, 14, 20))
    loose = [
        line(x, 2400, 100 + 68 * k) for k, x in enumerate(("春耕时节的山村" * 2, "农机手们起得早"))
    ]
    short = _pale(line("趁着好天气犁地。", 2400, 100 + 68 * 2), 0.86)
    blocks = build_blocks([*many, *loose, short], EM, NO_RULES, NO_GROUND)
    assert [len(b.rows) for b in blocks if b.box.x0 >= 2390] == [3]


def test_a_ground_whose_side_runs_through_lines_shines_through_from_the_back() -> None:
    _, lines = filled(0, columns(100, 100, 1, 16, 12))
    across = Rect(60, lines[3].box.y0 - 10, 100 + 8 * EM, lines[9].box.y1 + 10)
    round_all = Rect(60, lines[3].box.y0 - 10, 140 + 16 * EM, lines[9].box.y1 + 10)
    for box, cells in ((across, 0), (round_all, 1)):
        sheet = Paper().put(*lines).put(*filled(3, columns(1200, 100, 1, 16, 40))[1])
        assert len(read_ground(sheet.frame(box, "tint").sheet(), EM).cells) == cells


def test_a_row_of_a_table_is_whole_whatever_stands_in_the_columns_beside() -> None:
    """Lines of another column fall between the rows: one of them begins the count too early."""
    cells = [
        line(text, 100 + 260 * column, 100 + 50 * row + 0.5 * (column == 1), 34)
        for row in range(8)
        for column, text in enumerate((f"60{row}519", "隆荆软件", f"4{row}.60", f"+1.{row}3"))
    ]
    beside = [line("茶厂改用电炒锅", 1500, 61.35 + LEAD * k) for k in range(7)]
    rest, tables = part_tables([*beside, *cells], EM, NO_RULES, NO_GROUND)
    assert [[len(row.lines) for row in table.rows] for table in tables] == [[4] * 8]
    assert len(rest) == len(beside)
