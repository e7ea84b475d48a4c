"""The page as the layout sees it: blocks with a growing knowledge of what each one is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..model import Picture, Rect, RegionKind, Sheet
from ..text.clues import dateline
from .barriers import Barriers
from .begun import Begun
from .blocks import Block
from .ground import Ground
from .heed import EVERYTHING, Heed


@dataclass(slots=True)
class Scene:
    """Blocks of one sheet and what has been decided about them so far.

    `kind[i]` is the kind of `blocks[i]`; a block without one is running text or a headline still
    to be told apart. `em` is the body size in pixels, `lead` the body's leading.
    """

    sheet: Sheet
    em: float
    lead: float
    blocks: list[Block]
    ground: Ground
    barriers: Barriers
    pictures: list[Picture]
    body_font: str = ""
    downward: bool = False  # a page in bands set downwards, now turned
    heed: Heed = EVERYTHING
    begun: Sequence[Begun] = ()  # on other pages, and taken up on this one
    kind: dict[int, RegionKind] = field(default_factory=dict)
    tables: list[Rect] = field(default_factory=list)
    caption_of: dict[int, int] = field(default_factory=dict)
    drawn_in: dict[int, int] = field(default_factory=dict)  # block -> the picture it is part of

    def free(self) -> list[int]:
        """Blocks not told apart yet, in order of their tops."""
        return [i for i in range(len(self.blocks)) if i not in self.kind]

    def ratio(self, i: int) -> float:
        """Size of a block against the body's."""
        return self.blocks[i].size / self.em

    def is_running(self, i: int) -> bool:
        """Several full lines of one measure: text to be read, whatever its size."""
        b = self.blocks[i]
        return len(b.rows) >= 3 and b.chars >= 8 * len(b.rows) * 0.7 and self.ratio(i) < 1.75

    def column_round(self, i: int) -> Block | None:
        """The nearest block of three lines or more in whose column block `i` stands."""
        b = self.blocks[i]
        found = [
            o
            for k, o in enumerate(self.blocks)
            if k != i
            and len(o.rows) >= 3
            and not o.vertical
            and o.cell == b.cell
            and abs(o.size / b.size - 1) < 0.4
            and b.box.x0 > o.box.x0 - self.em
            and b.box.x1 < o.box.x1 + self.em
        ]
        return min(found, key=lambda o: abs(o.box.cy - b.box.cy), default=None)

    def title_like(self, i: int) -> float:
        """How far a small block looks like a title inside a body (小标题): short, unfinished as
        a sentence, set apart by weight, face, size or by standing in the middle of its column.
        From 1 up it is one."""
        b = self.blocks[i]
        if len(b.rows) > 3 or b.chars > 24 * len(b.rows) or b.vertical or b.chars < 2:
            return 0.0
        if b.text.endswith(("，", "；", "、")) or "。" in b.text or self.ratio(i) > 1.62:
            return 0.0
        if dateline(b.rows[0].text):
            return 0.0
        column = self.column_round(i)
        if column is None:
            return 0.0
        points = 0.0
        if b.bold is True and column.bold is not True:
            points += 1.0
        if b.font and column.font and b.font != column.font:
            points += 0.7
        taller = b.rows[0].box.height > 1.06 * column.rows[0].box.height
        if b.size > 1.07 * column.size and (b.font != "" or taller):
            points += 1.0
        left = min(row.box.x0 for row in b.rows) - column.box.x0
        right = column.box.x1 - max(row.box.x1 for row in b.rows)
        # three lines in the type of the column are text that runs round something
        if left > 1.2 * b.size and abs(left - right) < 1.3 * b.size and (points or len(b.rows) < 3):
            points += 0.7
        if left > 2.9 * b.size and right > 1.2 * b.size:
            points += 0.4
        if b.font == "" and left < 0.8 * b.size and right < 1.2 * b.size:
            points -= 0.6  # fills its column like any line of it
        return points
