"""Advertisements set in display type without a frame round them, on pages set downwards."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Rect, bounding
from .flow import Chain
from .matter import REGION_KIND, UNSTOPPED, Matter, under_title
from .scene import Scene

LARGE = 2.8
"""A name or a word that is to be seen across the street is so many times the size of the body."""

HUGE = 6.0
"""Nothing but a name over an advertisement is so many times its size, whatever the text."""

FEW = 40
"""Fewer characters than these under such type are no report."""

FILLED = 0.15
"""Share of a drawn box that such type and what belongs to it takes up when all of the box does."""


def display_adverts(
    scene: Scene, chains: Sequence[Chain], spare: Sequence[int]
) -> tuple[list[Chain], list[Matter], list[int]]:
    """(chains that are articles, advertisements, spare blocks that are left).

    Large type without a body, or over a text that has no stops, advertises; what stands between
    its parts, and touches them, belongs to it.
    """
    if not scene.downward:
        return list(chains), [], list(spare)
    shown = [c for c in chains if _advertises(scene, c)]
    hulls = _joined(scene, [_hull(scene, c) for c in shown])
    boxes = [_box_round(scene, hull, chains, shown) for hull in hulls]
    hulls = list(dict.fromkeys(box or hull for box, hull in zip(boxes, hulls, strict=True)))
    kept = []
    inside: list[list[int]] = [[] for _ in hulls]
    for chain in chains:
        home = _home(_hull(scene, chain), hulls)
        boxed = home is not None and hulls[home] in boxes
        if chain in shown or boxed or (home is not None and _small(scene, chain)):
            assert home is not None
            inside[home] += [*(chain.head.members if chain.head else ()), *chain.blocks]
        else:
            kept.append(chain)
    loose = [i for i, kind in scene.kind.items() if kind in ("column-label", "other")]
    for i in sorted({*spare, *loose}):
        home = _home(scene.blocks[i].box, hulls)
        if home is not None:
            inside[home].append(i)
    gone = {i for group in inside for i in group}
    found = []
    # A hull all of whose parts stand in a larger one, behind a rule, is left without any.
    for hull, group in zip(hulls, inside, strict=True):
        if not group:
            continue
        ordered = under_title(scene, sorted(set(group)))
        for i in ordered:
            scene.kind[i] = REGION_KIND["advertisement"]
            scene.caption_of.pop(i, None)
        held = bounding(scene.blocks[i].box for i in ordered)
        box = hull if hull in boxes else held
        found.append(Matter("advertisement", tuple(ordered), box))
    return kept, found, [i for i in spare if i not in gone]


def _box_round(
    scene: Scene, hull: Rect, chains: Sequence[Chain], shown: Sequence[Chain]
) -> Rect | None:
    """The smallest drawn box round a hull that fills a good part of it, if no report stands in it."""
    drawn = [
        cell.box
        for cell in scene.ground.cells
        if cell.kind == "frame"
        and cell.box.overlap(hull) > 0.9 * hull.area
        and hull.area > FILLED * cell.box.area
    ]
    box = min(drawn, key=lambda b: b.area, default=None)
    if box is None:
        return None
    for chain in chains:
        text = "".join(scene.blocks[i].text for i in chain.blocks)
        stops = sum(map(text.count, "、，。"))
        report = len(text) >= 2 * FEW and stops >= UNSTOPPED * len(text)
        if report and chain not in shown and _home(_hull(scene, chain), [box]) is not None:
            return None
    return box


def _advertises(scene: Scene, chain: Chain) -> bool:
    head = chain.head
    largest = max((scene.ratio(i) for i in head.headline), default=0.0) if head else 0.0
    if largest < LARGE or largest >= HUGE:
        return largest >= HUGE
    text = "".join(scene.blocks[i].text for i in chain.blocks)
    if len(text) < FEW and _over_body(scene, chain):
        return False
    return len(text) < FEW or sum(map(text.count, "、，。")) < UNSTOPPED * len(text)


def _over_body(scene: Scene, chain: Chain) -> bool:
    """Whether running text begins right behind a head, as if it were the head's own."""
    hull = _hull(scene, chain)
    for i, b in enumerate(scene.blocks):
        if i in chain.blocks or not scene.is_running(i) or not set(b.text) & set("、，。"):
            continue
        shared = b.box.overlap_x(hull)
        near = -0.5 * scene.em < b.box.y0 - hull.y1 < 3 * scene.em
        if near and shared > 0.4 * min(b.box.width, hull.width):
            return not scene.barriers.between(hull, b.box)
    return False


def _small(scene: Scene, chain: Chain) -> bool:
    """Whether a chain is scraps: no head of an article with a body under it."""
    return sum(scene.blocks[i].chars for i in chain.blocks) < FEW


def _hull(scene: Scene, chain: Chain) -> Rect:
    members = [*(chain.head.members if chain.head else ()), *chain.blocks]
    return bounding(scene.blocks[i].box for i in members)


def _joined(scene: Scene, hulls: Sequence[Rect]) -> list[Rect]:
    """Hulls that touch, and that no rule parts, made one."""
    out = list(hulls)
    for i, a in enumerate(out):
        for k in range(i + 1, len(out)):
            b = out[k]
            if a.grow(scene.em).overlap(b) > 0 and not scene.barriers.between(a, b):
                rest = [x for n, x in enumerate(out) if n not in (i, k)]
                return _joined(scene, [*rest, a.union(b)])
    return out


def _home(box: Rect, hulls: Sequence[Rect]) -> int | None:
    """The hull that most of a box stands in."""
    held = [(hull.overlap(box), k) for k, hull in enumerate(hulls)]
    best = max(held, default=(0.0, 0))
    return best[1] if best[0] > 0.6 * max(1.0, box.area) else None
