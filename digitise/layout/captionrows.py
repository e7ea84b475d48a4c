"""Captions in the body's own type, told from the text that goes on under them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ..model import Picture, Rect
from ..text.clues import credit_score, split_trailing_credit
from .blocks import Block, make_block

MOST_ROWS = 6
SHORTEST = 8  # characters: less is the end of something
STANDS_OFF = 1.22  # times the usual leading: the blank between a caption and the text below
FLUSH = 0.8  # em: how far a caption's first or last row may be off the edge of its picture
TITLE = 1.3  # times a caption's size: the type of titles is larger


def part_captions(blocks: Sequence[Block], pictures: Sequence[Picture], lead: float) -> list[Block]:
    """`blocks` with each one cut that begins right under a picture with the picture's caption
    and goes on as body: after the row that has the credit, or where a blank is left."""
    out: list[Block] = []
    for block in blocks:
        at = _end_of_caption(block, lead) if _under(block, pictures) else 0
        if at:
            out += [make_block(part, block.cell) for part in (block.rows[:at], block.rows[at:])]
        else:
            out.append(block)
    return out


def _under(block: Block, pictures: Sequence[Picture]) -> bool:
    em = block.size
    return not block.vertical and any(
        -0.6 * em < block.box.y0 - p.box.y1 < 1.2 * em
        and block.box.overlap_x(p.box) > 0.6 * block.box.width
        for p in pictures
    )


def _end_of_caption(block: Block, lead: float) -> int:
    """How many rows at the head of a block are a caption; 0 where that is not seen."""
    rows = block.rows
    for k in range(1, min(MOST_ROWS, len(rows) - 1) + 1):
        text = "".join(row.text for row in rows[:k])
        if credit_score(rows[k - 1].text) >= 0.6 or split_trailing_credit(text).byline:
            return k
        if k < len(rows) and rows[k].box.cy - rows[k - 1].box.cy > STANDS_OFF * lead:
            return k
    return 0


def set_apart(block: Block, picture: Rect, blocks: Sequence[Block], lead: float) -> float:
    """What speaks for a block under a picture being its caption though it is set in the body's
    type, 0 to about 4: closer leading, a measure of several columns, the credit on a line of
    its own, a blank between it and the body below."""
    em = block.size
    points = 0.0
    if block.chars < SHORTEST:
        return points
    pitches = [b.box.cy - a.box.cy for a, b in itertools.pairwise(block.rows)]
    close = 0.965 if len(pitches) >= 3 else 0.94  # of more rows the mean is surer
    if pitches and sum(pitches) / len(pitches) < close * lead:
        points += 1.2
    columns = sorted(
        b.box.width for b in blocks if len(b.rows) >= 4 and abs(b.size / em - 1) < 0.12
    )
    usual = columns[len(columns) // 2] if columns else block.box.width
    if block.box.width > 1.3 * usual and abs(block.box.width - picture.width) < 2.5 * em:
        points += 1.0
    if credit_under(block, picture, blocks) is not None:
        points += 2.0
    below = [
        b.box.y0 - block.box.y1
        for b in blocks
        if b is not block and b.box.y0 > block.box.y1 - 0.3 * em and b.box.overlap_x(block.box) > em
    ]
    if len(block.rows) <= 4 and min(below, default=9 * em) > STANDS_OFF * lead - em:
        points += 0.5
    return points


def set_like_around(block: Block, picture: Rect, blocks: Sequence[Block]) -> bool:
    """Whether text that stands above the picture, or in the next column beside picture and block,
    is in the fount and the size of the block: a report in a fount of its own goes on there, and no
    caption is told by it."""
    em = block.size
    both = picture.union(block.box)

    def near(box: Rect) -> bool:
        above = -0.6 * em < picture.y0 - box.y1 < 3.0 * em
        if above and box.overlap_x(picture) > 0.6 * box.width:
            return True
        apart = max(box.x0 - both.x1, both.x0 - box.x1)
        return -0.6 * em < apart < 3.0 * em and box.overlap_y(both) > 0.6 * box.height

    return block.font != "" and any(
        b is not block
        and b.font == block.font
        and abs(b.size / em - 1) < 0.03
        and len(b.rows) >= 3
        and near(b.box)
        for b in blocks
    )


def credit_under(block: Block, picture: Rect, blocks: Sequence[Block]) -> int | None:
    """The block with nothing but the credit, at the right on the last row of a caption or on
    the next row, within the picture's width. On a scan the caption's last row may be a block of
    its own."""
    em = block.size
    last = block.rows[-1].box
    for row in (last, *_rows_under(block, blocks)):
        for k, b in enumerate(blocks):
            if b is block or len(b.rows) > 1 or credit_score(b.text) < 0.6:
                continue
            level = -0.6 * em < b.box.cy - row.cy < 2.2 * em
            inside = b.box.x0 > picture.x0 - em and b.box.x1 < picture.x1 + em
            # of a caption let into the picture, at the right of its own box
            end = picture.x1 - 2 * em if block.box.y0 > picture.y1 - 0.6 * em else row.cx
            if level and inside and b.box.x1 > end:
                return k
    return None


def _rows_under(block: Block, blocks: Sequence[Block]) -> list[Rect]:
    """What stands right under a block, flush with it at the left, as one shorter row."""
    em = block.size
    return [
        b.box
        for b in blocks
        if len(b.rows) == 1
        and not b.font
        and -0.3 * em < b.box.y0 - block.box.y1 < em
        and abs(b.box.x0 - block.box.x0) < 0.6 * em
        and b.box.x1 < block.box.x1
    ]


def alone_beside(block: Block, picture: Rect, blocks: Sequence[Block]) -> bool:
    """Whether a block at the side of a picture begins level with its top or ends level with its
    foot, takes up less than half of its height, and has no other text over or under it there but
    the credit: text that runs on beside a picture fills the height of it or goes on past it. Over
    a block that ends with the credit there may be the title of the picture."""
    em = block.size
    level = min(abs(block.box.y0 - picture.y0), abs(block.box.y1 - picture.y1)) < FLUSH * em
    if not level or len(block.rows) > MOST_ROWS or block.chars < SHORTEST:
        return False
    if block.box.height > 0.5 * picture.height:
        return False
    side = Rect(block.box.x0, picture.y0 - 2 * em, block.box.x1, picture.y1 + 2 * em)
    signed = credit_score(block.rows[-1].text) >= 0.6
    return not any(
        b is not block
        and b.box.overlap(side) > 0
        and credit_score(b.text) < 0.6
        and not (signed and b.size > TITLE * em and b.box.cy < block.box.y0)
        for b in blocks
    )


def goes_on_beside(b: Block, c: Block, picture: Rect, em: float) -> bool:
    """Whether a block of one row goes on with a caption's one row, under the picture."""
    apart = max(b.box.x0 - c.box.x1, c.box.x0 - b.box.x1)
    return (
        len(b.rows) == len(c.rows) == 1
        and abs(b.box.cy - c.box.cy) < 0.3 * em
        and abs(b.size / c.size - 1) < 0.12
        and -0.3 * em < apart < 1.3 * em
        and picture.x0 - em < b.box.x0
        and b.box.x1 < picture.x1 + em
        and b.cell == c.cell
    )
