"""署名 set on lines of their own: found before the bodies are chained, given to them after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Rect, bounding
from .barenames import is_bare_signature
from .flow import Chain
from .leadins import LEAD_MARKS
from .scene import Scene
from .sigtext import signature_score

NEXT_LINE = 1.4  # em: what stands further under a text is not on the line behind its last
OFF_TEXT = 1.5  # em: so much further is it counted


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature block and the chain it belongs to; `leads` when it stands before the body."""

    block: int
    chain: int
    leads: bool


def mark_signatures(scene: Scene) -> list[int]:
    """Blocks that are signatures and nothing else, among those not told apart yet."""
    found = []
    for i in scene.free():
        b = scene.blocks[i]
        if len(b.rows) > 2 or b.chars > 60 or scene.ratio(i) > 1.5 or b.vertical:
            continue
        score = signature_score(" ".join(row.text for row in b.rows))
        if score < 0.9 and (_fills_column(scene, i) or _behind_lead(scene, i)):
            continue  # the bold words a paragraph begins with
        if score >= 0.8 or (len(b.rows) == 1 and is_bare_signature(scene, i)):
            scene.kind[i] = "byline"
            found.append(i)
    return found


def _fills_column(scene: Scene, i: int) -> bool:
    """Whether a line in another face begins where a paragraph does and fills a column, whose type
    is no bolder."""
    b = scene.blocks[i]
    column = scene.column_round(i)
    if column is None or column.bold is True or len(b.rows) > 1:
        return False
    if b.bold is not True and b.font == column.font:
        return False
    indent = (b.box.x0 - column.box.x0) / b.size
    return -0.5 < indent < 2.6 and column.box.x1 - b.box.x1 < 0.9 * b.size


def _behind_lead(scene: Scene, i: int) -> bool:
    """Whether a short row is the rest of one that a run-in title begins: ▲一碗水端平  在红亭社."""
    b = scene.blocks[i]
    return any(
        o is not b
        and abs(o.rows[-1].box.cy - b.box.cy) < 0.3 * b.size
        and 0 < b.box.x0 - o.box.x1 < 2.5 * b.size
        and abs(o.size / b.size - 1) < 0.1
        and (o.text.startswith(LEAD_MARKS) or o.bold is True)
        and o.font != b.font
        for o in scene.blocks
    )


def give_signatures(
    scene: Scene, chains: Sequence[Chain], blocks: Sequence[int]
) -> tuple[list[Signed], list[int]]:
    """(signatures with their chains, those that fit none)."""
    given: list[Signed] = []
    left: list[int] = []
    em, ruled = scene.em, scene.barriers.between
    for i in blocks:
        b = scene.blocks[i].box
        best: tuple[float, Signed] | None = None
        for c, chain in enumerate(chains):
            if not chain.blocks or scene.blocks[chain.blocks[0]].cell != scene.blocks[i].cell:
                continue
            last = scene.blocks[chain.blocks[-1]].box
            first = scene.blocks[chain.blocks[0]].box
            options = []
            under = b.overlap_x(last) > 0.4 * b.width and not ruled(last, b)
            if under and -0.6 * em < b.y0 - last.y1 < 6 * em:
                off = b.y0 - last.y1
                aside = OFF_TEXT if off > NEXT_LINE * em else 0.0
                options.append((abs(off) + aside * em, Signed(i, c, False)))
            over = b.overlap_x(first) > 0.2 * b.width and not ruled(b, first)
            if over and -0.6 * em < first.y0 - b.y1 < 6 * em:
                options.append((abs(first.y0 - b.y1) + 0.1 * em, Signed(i, c, True)))
            for k in chain.head.members if chain.head else ():
                h = scene.blocks[k].box
                if b.overlap_x(h) > 0.4 * b.width and -0.6 * em < b.y0 - h.y1 < 4 * em:
                    options.append((abs(b.y0 - h.y1), Signed(i, c, True)))
            if _over_the_head(scene, chain, i):
                options.append((4 * em, Signed(i, c, True)))
            for k in chain.blocks:
                # over the top of a later column of the body
                o = scene.blocks[k].box
                if b.overlap_x(o) > 0.5 * b.width and -0.6 * em < o.y0 - b.y1 < 3 * em:
                    options.append((abs(o.y0 - b.y1) + 2 * em, Signed(i, c, True)))
            for distance, option in options:
                if best is None or distance < best[0]:
                    best = (distance, option)
        if best is None:
            best = _nearest_chain(scene, chains, i)
        if best is None:
            left.append(i)
        else:
            given.append(best[1])
    return given, left


def _over_the_head(scene: Scene, chain: Chain, i: int) -> bool:
    """Whether a signature stands over the headline of an article, within its width: at its upper
    right, say, level with its label."""
    if chain.head is None:
        return False
    b, em = scene.blocks[i].box, scene.em
    head = bounding(scene.blocks[k].box for k in chain.head.members)
    whole = bounding([head, *(scene.blocks[k].box for k in chain.blocks)])
    if not (whole.x0 - em < b.x0 and b.x1 < whole.x1 + em):
        return False
    if not -0.6 * em < head.y0 - b.y1 < 4 * em or b.y1 > whole.y0 + 0.6 * em:
        return False
    between = Rect(b.x0, b.y1, b.x1, head.y0)
    return not any(
        o.box.overlap(between) > 0.2 * min(o.box.area, max(1.0, between.area))
        for k, o in enumerate(scene.blocks)
        if k != i and k not in chain.head.members
    ) and not any(
        r.overlap_x(b) > 0.5 * b.width and b.y1 - 2 < r.cy < head.y0
        for r in scene.barriers.horizontal
        if r.width > 3 * b.width
    )


def _nearest_chain(scene: Scene, chains: Sequence[Chain], i: int) -> tuple[float, Signed] | None:
    """The chain with a block close to a signature that stands free, in the same frame."""
    b = scene.blocks[i].box
    best: tuple[float, Signed] | None = None
    for c, chain in enumerate(chains):
        for k in chain.blocks:
            o = scene.blocks[k]
            if o.cell != scene.blocks[i].cell:
                continue
            dx = max(0.0, o.box.x0 - b.x1, b.x0 - o.box.x1)
            dy = max(0.0, o.box.y0 - b.y1, b.y0 - o.box.y1)
            distance = dx + dy
            if distance < 5 * scene.em and (best is None or distance < best[0]):
                best = (distance, Signed(i, c, b.cy < o.box.y0 and k == chain.blocks[0]))
    return best
