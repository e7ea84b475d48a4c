"""Decks in the body's own type, told from the text that goes on under them."""

from __future__ import annotations

from collections.abc import Sequence

from ..text.clues import dateline, is_dash_led
from .blocks import Block, make_block

MOST_ROWS = 4


def part_decks(blocks: Sequence[Block]) -> list[Block]:
    """`blocks` of a picture of a page, with each one cut that opens with a dash-led deck and goes
    on with the dateline of its report: ——因地制宜35载 / 快递进村不再难 / 本报讯…"""
    out: list[Block] = []
    for block in blocks:
        at = _end_of_deck(block)
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
