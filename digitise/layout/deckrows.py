"""Decks in the body's own type, told from the text that goes on under them."""

from __future__ import annotations

from collections.abc import Sequence

from ..text.clues import dateline, is_dash_led
from ..text.marks import is_han
from .blocks import Block, make_block
from .bodytext import right_edge
from .downparas import flush_edge, steps_in, usual_indent

MOST_ROWS = 4

SHORT = 1.5
"""A deck begins and ends so many ems within the measure at least."""

INSET = 0.7
"""The same where it is known how the page sets its paragraphs in."""


def part_decks(blocks: Sequence[Block], em: float, downward: bool = False) -> list[Block]:
    """`blocks` of a picture of a page, with each one cut that opens with a dash-led deck and goes
    on with the dateline of its report: ——因地制宜35载 / 快递进村不再难 / 本报讯… On a page set
    `downward` also one that opens with a short line before a paragraph as that page sets it in.
    `em`: the body size in pixels."""
    out: list[Block] = []
    indent = usual_indent(blocks, em) if downward else None
    for block in blocks:
        at = _end_of_deck(block)
        if not at and downward:
            at = int(_opens_short(block) or (indent is not None and _opens_apart(block, indent)))
        if at:
            out += [make_block(part, block.cell) for part in (block.rows[:at], block.rows[at:])]
        else:
            out.append(block)
    return out


def _end_of_deck(block: Block) -> int:
    """How many rows at the head of a block are a deck; 0 where that is not seen."""
    rows = block.rows
    if block.font or block.vertical or len(rows) < 2 or not is_dash_led(rows[0].text):
        return 0
    for k in range(1, min(MOST_ROWS, len(rows) - 1) + 1):
        if "。" in rows[k - 1].text:
            return 0
        if dateline(rows[k].text):
            return k
    return 0


def _opens_short(block: Block) -> bool:
    """Whether the first row of a block stands within its measure on both sides, ends in no mark,
    and a paragraph begins under it, somewhat apart."""
    rows = block.rows
    if block.font or block.vertical or len(rows) < 3 or not is_han(rows[0].text[-1:]):
        return False
    em = block.size
    first, second, third = (row.box for row in rows[:3])
    indent = second.x0 - block.box.x0
    within = first.x0 - block.box.x0 > max(SHORT * em, indent + 0.5 * em)
    return (
        within
        and first.x1 < block.box.x1 - SHORT * em
        and 0.7 * em < indent < 2.6 * em
        and second.cy - first.cy > third.cy - second.cy + 0.08 * em
    )


def _opens_apart(block: Block, usual: int) -> bool:
    """The same where the page is known to set its paragraphs in by `usual` ems: the first row
    ends in no mark, and is not where a paragraph's would be or is in the middle of the measure;
    the second begins one."""
    rows = block.rows
    if block.font or block.vertical or len(rows) < 3 or not is_han(rows[0].text[-1:]):
        return False
    em, left, right = block.size, flush_edge(block), right_edge(block)
    before, behind = (rows[0].box.x0 - left) / em, (right - rows[0].box.x1) / em
    centred = abs(before - behind) < 0.4
    inset = usual == 0 or abs(before - usual) > 0.3
    begun = steps_in((rows[1].box.x0 - left) / em, rows[1].text)
    return min(before, behind) > INSET and (centred or inset) and begun == usual
