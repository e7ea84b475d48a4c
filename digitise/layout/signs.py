"""What the layout of a page knows of how sure each piece of an article is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..model import Rect
from .drafts import Draft
from .flow import Hold
from .scene import Scene


@dataclass(frozen=True, slots=True)
class Signs:
    """Of one piece. `scan`: read from pixels. `head`: it has a headline, `weak` one that could be
    a title inside a body. `intruders`: the share of the piece's hull that text of other articles
    covers; `intruding`: of its own text that lies in another's hull. `rivals`: other headlines in
    its hull or within two ems of it. `loose`: characters there that found no place. `share`: of
    the page that its hull covers. `headless`: articles of the page without a headline."""

    hold: Hold = field(default_factory=Hold)
    scan: bool = False
    head: bool = False
    weak: bool = False
    intruders: float = 0.0
    intruding: float = 0.0
    rivals: int = 0
    loose: int = 0
    share: float = 0.0
    headless: int = 0


def doubt_of(hold: Hold) -> float:
    """How many of a chain's decisions are to be doubted: one that is as good as the next best
    counts as one."""
    return math.fsum(math.exp(-m) for m in hold.margins)


def signs_of(scene: Scene, drafts: Sequence[Draft]) -> list[Signs]:
    """The signs of each piece of a page, in the order of `drafts`."""
    sheet, em = scene.sheet, scene.em
    page = float(max(1, sheet.width * sheet.height))
    texts = [_texts(d) for d in drafts]
    articles = [k for k, d in enumerate(drafts) if d.chain is not None]
    tops = [
        (k, scene.blocks[i].box)
        for k in articles
        for chain in [drafts[k].chain]
        if chain is not None and chain.head is not None
        for i in chain.head.headline[:1]
    ]
    loose = [
        scene.blocks[i]
        for d in drafts
        if d.kind == "furniture"
        for i, kind, _ in d.members
        if i is not None and kind == "other"
    ]
    headless = len(articles) - len(tops)
    out = []
    for k, draft in enumerate(drafts):
        chain = draft.chain
        head = chain.head if chain is not None else None
        near = draft.box.grow(2 * em)
        others = [box for j in articles if j != k for box in texts[j]]
        hulls = [drafts[j].box for j in articles if j != k]
        own = math.fsum(box.area for box in texts[k])
        out.append(
            Signs(
                hold=chain.hold if chain is not None else Hold(),
                scan=sheet.origin == "ocr",
                head=head is not None,
                weak=head is not None and head.weak,
                intruders=_covered(draft.box, others) / max(1.0, draft.box.area),
                intruding=math.fsum(
                    max((box.overlap(hull) for hull in hulls), default=0.0) for box in texts[k]
                )
                / max(1.0, own),
                rivals=sum(1 for j, box in tops if j != k and near.overlap(box) > 0),
                loose=sum(b.chars for b in loose if near.overlap(b.box) > 0),
                share=draft.box.area / page,
                headless=headless,
            )
        )
    return out


def _texts(draft: Draft) -> list[Rect]:
    return [box for i, _, box in draft.members if i is not None]


def _covered(hull: Rect, boxes: Sequence[Rect]) -> float:
    return math.fsum(hull.overlap(box) for box in boxes)
