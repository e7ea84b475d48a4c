"""Signatures that stand on a line of their own in front of, inside or behind a block.

Where fonts are known they keep the two apart; on a scan a signature of the body's size is
just the next line.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..text.clues import byline_score, is_dash_led
from .blocks import Block, Row, make_block
from .sigtext import BARE, level, names_alone, signature_score


def parted_signatures(blocks: Sequence[Block]) -> list[Block]:
    """`blocks` with each row that is a signature, set short of the measure and away from the
    left edge of the other rows, made a block of its own."""
    out: list[Block] = []
    for block in blocks:
        if block.vertical or len(block.rows) < 2 or not any(_signs(block, r) for r in block.rows):
            out.append(block)
            continue
        run: list[Row] = []
        for row in block.rows:
            if not _signs(block, row):
                run.append(row)
                continue
            if run:
                out.append(make_block(run, block.cell))
                run = []
            out.append(make_block([row], block.cell))
        if run:
            out.append(make_block(run, block.cell))
    return out


def _signs(block: Block, row: Row) -> bool:
    if is_dash_led(block.rows[0].text) and row is block.rows[-1]:
        return signature_score(level(row.text)) >= 0.8  # under a deck, in its type
    x0 = min(line.box.x0 for line in row.lines)
    x1 = max(line.box.x1 for line in row.lines)
    edge = min(line.box.x0 for other in block.rows if other is not row for line in other.lines)
    if x1 - x0 > 0.85 * block.box.width or abs(x0 - edge) < 1.5 * block.size:
        return False
    if _opens_paragraph(block, row, edge):
        return False
    if _over_the_rest(block, row):
        return True
    text = level(row.text)
    if signature_score(text) >= 0.8:
        return True
    bracketed = text[:1] in "（(" and text[-1:] in "）)" and BARE.match(text) is not None
    return bracketed and byline_score(text) >= 0.5


def _over_the_rest(block: Block, row: Row) -> bool:
    """Whether the first row of a block is names, looser over the second than that over the third:
    the poet's over the poem."""
    if row is not block.rows[0] or len(block.rows) < 3 or names_alone(row.text) < 0.5:
        return False
    a, b, c = (r.box.cy for r in block.rows[:3])
    return b - a > 1.12 * (c - b)


def _opens_paragraph(block: Block, row: Row, edge: float) -> bool:
    """Whether a row is set in by two ems and full, and the next begins flush: 记者：… is then the
    beginning of what somebody says."""
    at = block.rows.index(row)
    if at + 1 == len(block.rows):
        return False
    em = block.size
    after = block.rows[at + 1].box
    full = block.box.x1 - row.box.x1 < 0.9 * em
    return full and row.box.x0 - edge < 2.6 * em and after.x0 - edge < 0.6 * em
