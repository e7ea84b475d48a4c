"""The page as the layout sees it: blocks with a growing knowledge of what each one is."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..model import Picture, Rect, RegionKind, Sheet
from .barriers import Barriers
from .blocks import Block
from .ground import Ground


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
    kind: dict[int, RegionKind] = field(default_factory=dict)
    tables: list[Rect] = field(default_factory=list)
    caption_of: dict[int, int] = field(default_factory=dict)

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
