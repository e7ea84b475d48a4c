"""Names alone, without a role or a mark: a signature where they stand like one."""

from __future__ import annotations

from collections.abc import Iterator

from .blocks import Block
from .scene import Scene
from .sigtext import BARE, level, names_alone

ENDS = ("。", "”", "！", "？", "…", "’", "）")


def is_bare_signature(scene: Scene, i: int) -> bool:
    """Whether block `i` is names alone at the foot of a column, or at the head of one."""
    b = scene.blocks[i]
    closed = _closed(scene, i)
    if closed or not _names(b):
        return bool(closed)
    over = (o for o in _columns(scene, i) if -0.5 * b.size < o.box.y0 - b.box.y1 < 2.6 * b.size)
    return closed is None and any(_heads_a_column(scene, i, o) for o in over)


def closes_a_column(scene: Scene, i: int) -> bool:
    """Whether block `i` is names alone right under a column whose last sentence is at its end, set
    to the right or in brackets."""
    return _closed(scene, i) is True


def _closed(scene: Scene, i: int) -> bool | None:
    """The same; None where nothing is right over it."""
    b = scene.blocks[i]
    if not _names(b):
        return None
    bracketed = level(b.text)[:1] in "（("
    for o in _columns(scene, i):
        under = b.box.y0 - o.box.y1
        right = o.box.x1 - b.box.x1 < 2.2 * b.size and b.box.x0 - o.box.x0 > 4 * b.size
        if -0.5 * b.size < under < 1.3 * b.size and (right or bracketed):
            return bracketed or o.text.endswith(ENDS)
    return None


def _names(b: Block) -> bool:
    return BARE.match(level(" ".join(r.text for r in b.rows))) is not None and b.chars <= 18


def _columns(scene: Scene, i: int) -> Iterator[Block]:
    """The blocks of several rows, about as large, over or under a block."""
    b = scene.blocks[i]
    for j, o in enumerate(scene.blocks):
        if j == i or len(o.rows) < 2 or o.cell != b.cell or abs(o.size / b.size - 1) > 0.25:
            continue
        if b.box.overlap_x(o.box) >= 0.7 * b.box.width:
            yield o


def _heads_a_column(scene: Scene, i: int, column: Block) -> bool:
    """Whether names alone stand over the first lines of a body, and not inside one, where they
    would be a title: in another face, or in the middle or at the right of the column."""
    b = scene.blocks[i]
    for o in scene.blocks:
        over = b.box.y0 - o.box.y1
        if (
            o is not b
            and abs(o.size / b.size - 1) < 0.2
            and o.box.overlap_x(b.box) > 0.5 * b.box.width
            and -0.5 * b.size < over < 2.6 * b.size
            and o.cell == b.cell
        ):
            return False
    score = names_alone(" ".join(row.text for row in b.rows))
    centred = abs(b.box.cx - column.box.cx) < 1.2 * b.size
    right = column.box.x1 - b.box.x1 < 2.2 * b.size
    aside = b.box.x0 - column.box.x0 > 3.2 * b.size and (centred or right)
    other = (b.font != "" and b.font != column.font) or (b.bold is True and not column.bold)
    if scene.downward and aside and right and b.box.x0 - column.box.x0 > 5 * b.size:
        return True  # at the foot of a column of its own, where nothing else would stand
    apart = column.box.y0 - b.box.y1 > max(0.9 * b.size, 1.6 * (scene.lead - b.size))
    return ((other or aside) and (score >= 0.4 or (centred and score >= 0.3))) or (
        apart and b.font == "" and score >= 0.4
    )
