"""Tables without ruling lines (行情, 赛果, 报价): rows of short cells that stand under each other.

What makes a table of them is the grid alone: line after line at one pitch holds three cells or
more, each flush or centred with the one over it, figures among them, and no sentence anywhere.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ..model import Rect, TextLine, bounding
from .barriers import Barriers
from .blocks import Block, Row, make_block
from .ground import Ground
from .scene import Scene

LONGEST_CELL = 14
"""Characters of a cell, at most."""
FEWEST_ROWS, FEWEST_COLUMNS = 5, 3
WIDEST_GAP = 30.0
"""Ems from a cell to the next one on its row."""
FIGURES = 0.3
"""Least share of the cells with a digit in them."""
LEVEL = 0.35
"""Sizes by which the middles of cells of one row differ at most."""
_SENTENCE = "。，；！？、“”"


def part_tables(
    lines: Sequence[TextLine], em: float, barriers: Barriers, ground: Ground
) -> tuple[list[TextLine], list[Block]]:
    """(`lines` that are in no table, a block for each table: its rows from top to bottom).
    `em`: the body's em in pixels."""
    blocks: list[Block] = []
    taken: set[int] = set()
    for table in _tables(lines, em, barriers):
        for row in table:
            taken.update(id(cell) for cell in row)
        rows = [Row(tuple(row)) for row in table]
        box = bounding(row.box for row in rows)
        blocks.append(make_block(rows, ground.cell_of(box)))
    return [x for x in lines if id(x) not in taken], blocks


def mark_bare_tables(scene: Scene, tables: Sequence[int]) -> None:
    """Enters the blocks that are tables, each with the title right over it."""
    for i in tables:
        box = scene.blocks[i].box
        scene.kind[i] = "table"
        title = _title(scene, box)
        if title is not None:
            scene.kind[title] = "table"
            box = box.union(scene.blocks[title].box)
        scene.tables.append(box)


def _title(scene: Scene, box: Rect) -> int | None:
    over = [
        j
        for j in scene.free()
        for b in [scene.blocks[j]]
        if len(b.rows) == 1
        and not b.vertical
        and 2 <= b.chars <= 16
        and 1.0 < b.size / scene.em * 1.15 < 2.4
        and -0.3 * b.size < box.y0 - b.box.y1 < 2.0 * b.size
        and b.box.x0 > box.x0 - b.size
        and b.box.x1 < box.x1 + b.size
        and not any(c in _SENTENCE for c in b.text)
    ]
    return max(over, key=lambda j: scene.blocks[j].box.y1, default=None)


def _tables(lines: Sequence[TextLine], em: float, barriers: Barriers) -> list[list[list[TextLine]]]:
    open_tables: list[list[list[TextLine]]] = []
    done: list[list[list[TextLine]]] = []
    for run in _runs([x for x in lines if _is_cell(x, em)], lines, barriers):
        above = next((t for t in open_tables if _under(t, run)), None)
        if above is None:
            open_tables.append([run])
        else:
            above.append(_kept(above[-1], run))
        low = run[0].box.cy
        closed = [t for t in open_tables if low - t[-1][0].box.cy > 3 * t[-1][0].size]
        done += closed
        open_tables = [t for t in open_tables if t not in closed]
    return [t for t in (_whole(t) for t in (*done, *open_tables)) if _is_table(t)]


def _is_cell(line: TextLine, em: float) -> bool:
    text = line.text.strip()
    return (
        line.mode == "horizontal-tb"
        and 0 < len(text) <= LONGEST_CELL
        and line.size < 1.3 * em
        and not any(c in _SENTENCE for c in text)
    )


def _runs(
    cells: Sequence[TextLine], lines: Sequence[TextLine], barriers: Barriers
) -> list[list[TextLine]]:
    """Rows of cells, cut where other text, a vertical rule or a wide blank stands between two; from
    the top. What stands level with a cell is told from that cell, and the longest row has it: lines
    of another column stand between two rows of a table."""
    beside: dict[tuple[int, int], bool] = {}

    def follows(a: TextLine, b: TextLine) -> bool:
        key = (id(a), id(b))
        if key not in beside:
            beside[key] = _beside(a, b, lines, barriers)
        return beside[key]

    order = sorted(cells, key=lambda x: x.box.cy)
    heights = [x.box.cy for x in order]
    found: dict[tuple[int, ...], list[TextLine]] = {}
    for cell in order:
        reach = LEVEL * cell.size
        low = bisect_left(heights, cell.box.cy - reach)
        high = bisect_right(heights, cell.box.cy + reach)
        run: list[TextLine] = []
        for other in sorted(order[low:high], key=lambda x: (x.box.x0, x.box.cy)):
            if run and not follows(run[-1], other):
                if cell in run:
                    break
                run = []
            run.append(other)
        if len(run) >= FEWEST_COLUMNS and cell in run:
            found.setdefault(tuple(map(id, run)), run)
    taken: set[int] = set()
    out = []
    for key, run in sorted(found.items(), key=lambda one: -len(one[1])):
        if taken.isdisjoint(key):
            taken.update(key)
            out.append(run)
    return sorted(out, key=lambda run: (run[0].box.cy, run[0].box.x0))


def _beside(a: TextLine, b: TextLine, lines: Sequence[TextLine], barriers: Barriers) -> bool:
    gap = b.box.x0 - a.box.x1
    if not 0.2 * a.size < gap < WIDEST_GAP * a.size or not 0.75 < a.size / b.size < 1.33:
        return False
    if barriers.share_beside(a.box, b.box) > 0.5:
        return False
    between = Rect(a.box.x1, a.box.y0, b.box.x0, a.box.y1)
    return not any(
        x is not a and x is not b and x.box.overlap(between) > 0.2 * between.height * a.size
        for x in lines
    )


def _under(table: Sequence[Sequence[TextLine]], run: Sequence[TextLine]) -> bool:
    """Whether a run of cells is the next row of a table."""
    last = table[-1]
    pitch = run[0].box.cy - last[0].box.cy
    if not 0.9 * run[0].size < pitch < 2.7 * run[0].size:
        return False
    if len(table) > 2:
        usual = (last[0].box.cy - table[0][0].box.cy) / (len(table) - 1)
        if not 0.8 * usual < pitch < 1.25 * usual:
            return False
    return len(_kept(last, run)) >= FEWEST_COLUMNS


def _kept(above: Sequence[TextLine], run: Sequence[TextLine]) -> list[TextLine]:
    """The cells of `run` that stand under one of the row above."""
    return [b for b in run if any(_aligned(a, b) for a in above)]


def _aligned(a: TextLine, b: TextLine) -> bool:
    near = 0.45 * b.size
    return (
        abs(a.box.x0 - b.box.x0) < near
        or abs(a.box.x1 - b.box.x1) < near
        or abs(a.box.cx - b.box.cx) < near
    )


def _whole(table: list[list[TextLine]]) -> list[list[TextLine]]:
    """A table whose first row is cut to the cells that the second stands under."""
    if len(table) < 2:
        return table
    return [_kept(table[1], table[0]), *table[1:]]


def _is_table(table: Sequence[Sequence[TextLine]]) -> bool:
    cells = [cell for row in table for cell in row]
    figures = sum(any(c.isdigit() for c in cell.text) for cell in cells)
    return (
        len(table) >= FEWEST_ROWS
        and len(table[0]) >= FEWEST_COLUMNS
        and figures >= FIGURES * len(cells)
    )


def mark_figures(scene: Scene) -> None:
    """Blocks of nothing but figures at or in a table are of it: the rest of a column whose rows
    were read unevenly."""
    for i in scene.free():
        b = scene.blocks[i]
        text = b.text.replace(" ", "")
        figures = sum(c.isdigit() or c in ".,+-%" for c in text)
        if (
            text
            and figures == len(text)
            and any(
                table.grow(8 * scene.em, 2 * scene.em).overlap(b.box) > 0.6 * b.box.area
                for table in scene.tables
            )
        ):
            scene.kind[i] = "table"
