"""What runs down the margin of a page set downwards, outside its border: rates, terms, an imprint.

It is one line, spaced so widely that it is read in pieces, which no headline or body is.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ..model import Rule, bounding
from .blocks import Block, Row, make_block

BORDER = 0.75
"""Share of the page's length that a rule has which is its border."""

SLIM = 3.5
"""Ems: what stands outside is no wider."""


def with_margin_rows(blocks: Sequence[Block], rules: Sequence[Rule], em: float) -> list[Block]:
    """`blocks` with those outside the border made one on each side, their lines in one row. The
    page is turned, so that they run across over it and under it; `em` is the body size in pixels."""
    if not blocks:
        return []
    page = bounding(b.box for b in blocks)
    borders = [r.box for r in rules if r.horizontal and r.box.width > BORDER * page.width]
    if not borders:
        return list(blocks)
    top, bottom = min(b.y0 for b in borders), max(b.y1 for b in borders)
    out = list(blocks)
    for outside in (
        [b for b in blocks if b.box.y1 < top + 0.3 * em],
        [b for b in blocks if b.box.y0 > bottom - 0.3 * em],
    ):
        row = sorted(outside, key=lambda b: b.box.x0)
        if len(row) < 2 or any(b.vertical or len(b.rows) > 1 for b in row):
            continue
        hull = bounding(b.box for b in row)
        apart = all(b.box.x0 > a.box.x1 - 0.3 * em for a, b in itertools.pairwise(row))
        level = all(b.box.overlap_y(row[0].box) > 0 for b in row)
        if apart and level and hull.height < SLIM * em < 0.2 * hull.width:
            gone = {id(b) for b in row}
            whole = make_block([Row(tuple(x for b in row for x in b.lines))], row[0].cell)
            out = [b for b in out if id(b) not in gone] + [whole]
    return out
