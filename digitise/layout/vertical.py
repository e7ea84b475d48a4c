"""Vertical lines on a page of horizontal text: headlines and labels set downwards."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import TextLine, bounding
from .blocks import Block, Row, make_block
from .ground import Ground


def vertical_blocks(lines: Sequence[TextLine], ground: Ground) -> list[Block]:
    """Blocks of vertical lines, each block's lines from right to left: neighbours of one size,
    level with each other."""
    rest = sorted(lines, key=lambda line: (-line.box.x1, line.box.y0))
    out: list[Block] = []
    while rest:
        group = [rest.pop(0)]
        changed = True
        while changed:
            changed = False
            last = group[-1]
            for line in rest:
                gap = last.box.x0 - line.box.x1
                level = line.box.overlap_y(last.box) > 0.5 * min(line.box.height, last.box.height)
                same = 0.88 < line.size / last.size < 1.14
                if level and same and -0.3 * last.size < gap < 0.9 * last.size and (
                    line.tone == last.tone
                ):
                    group.append(line)
                    rest.remove(line)
                    changed = True
                    break
        box = bounding(line.box for line in group)
        out.append(make_block([Row((line,)) for line in group], ground.cell_of(box)))
    return out
