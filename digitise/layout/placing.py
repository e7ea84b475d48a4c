"""Which article a picture and its caption belong to."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ..model import Rect, bounding
from ..text.marks import is_han
from .drafts import Draft
from .heads import over_picture
from .scene import Scene

INSIDE = 0.7
"""Share of a picture that stands in an advertisement or a table it belongs to."""


def place_pictures(scene: Scene, drafts: list[Draft]) -> None:
    """Each picture with its captions goes to the article round it, else stands by itself."""
    captions: dict[int, list[int]] = {}
    for i, p in scene.caption_of.items():
        captions.setdefault(p, []).append(i)
    solo: list[Draft] = []
    for p, picture in enumerate(scene.pictures):
        own = sorted(
            captions.get(p, []), key=lambda i: (scene.blocks[i].box.y0, scene.blocks[i].box.x0)
        )
        area = bounding([picture.box, *(scene.blocks[i].box for i in own)])
        title = _titled(scene, area, drafts)
        target = None
        if title is None or not over_picture(scene, title.box):
            target = _host(scene, area, "".join(scene.blocks[i].text for i in own), drafts)
        if target is None and title is None:
            target = _level_host(scene, area, drafts)
        if target is None:
            target = title or Draft("picture", area)
            if target not in drafts:
                solo.append(target)
            else:
                target.kind = "picture"
                target.box = target.box.union(area)
        target.members.append((None, "picture", picture.box))
        for i in (i for i, host in scene.drawn_in.items() if host == p):
            target.members.append((i, "other", scene.blocks[i].box))
        for i in own:
            target.members.append((i, "caption", scene.blocks[i].box))
            target.captions.append(i)
    drafts.extend(solo)


def _host(scene: Scene, area: Rect, caption: str, drafts: Sequence[Draft]) -> Draft | None:
    best, best_score = None, 0.35
    cell = scene.ground.cell_of(area)
    for d in drafts:
        if d.kind in ("masthead", "furniture", "picture"):
            continue
        if d.kind != "article":
            if d.box.overlap(area) > INSIDE * area.area and best_score < 2:
                best, best_score = d, 2.0
            continue
        first = next((i for i, _, _ in d.members if i is not None), None)
        if first is not None and scene.blocks[first].cell != cell and cell >= 0:
            continue
        if first is not None and cell < 0 and scene.blocks[first].cell >= 0:
            continue
        score = d.box.overlap(area) / max(1.0, area.area)
        contact = _contact(scene, area, d)
        score += contact
        if contact > 0.03:
            score += _speaks_of(scene, caption, d)
        if score > best_score:
            best, best_score = d, score
    return best


def _level_host(scene: Scene, area: Rect, drafts: Sequence[Draft]) -> Draft | None:
    """The one article whose columns a picture stands level with, in place of another column: it
    begins under the article's top and ends over its foot, nothing else stands over or under it
    there, and no rule parts them."""
    em = scene.em
    cell = scene.ground.cell_of(area)
    found = []
    for d in drafts:
        first = next((i for i, _, _ in d.members if i is not None), None)
        if d.kind != "article" or first is None or scene.blocks[first].cell != cell:
            continue
        left, right = (d.box, area) if d.box.cx < area.cx else (area, d.box)
        inside = d.box.y0 + 1.5 * em < area.y0 and area.y1 < d.box.y1 + 0.5 * em
        if not (inside and -em < right.x0 - left.x1 < 3.2 * em):
            continue
        column = Rect(area.x0, d.box.y0, area.x1, d.box.y1)
        alone = all(o is d or o.box.overlap(column) < 0.02 * column.area for o in drafts)
        if alone and not any(
            left.cx < r.cx < right.cx and r.overlap_y(area) > 0.4 * area.height
            for r in scene.barriers.vertical
        ):
            found.append(d)
    return found[0] if len(found) == 1 else None


def _titled(scene: Scene, area: Rect, drafts: Sequence[Draft]) -> Draft | None:
    """The headline without a body that stands over a picture: its title."""
    for d in drafts:
        if d.chain is None or d.chain.blocks or d.kind != "article":
            continue
        gap = area.y0 - d.box.y1
        under = area.y1 < d.box.y0 < area.y1 + 3 * scene.em and not scene.barriers.between(
            area, d.box
        )
        if (-scene.em < gap < 4 * scene.em or under) and d.box.overlap_x(area) > 0.5 * min(
            d.box.width, area.width
        ):
            return d
    return None


def _speaks_of(scene: Scene, caption: str, d: Draft) -> float:
    """How much of a caption's wording comes back in an article: the share of its character
    pairs, less what any two Chinese texts have in common."""
    pairs = {a + b for a, b in itertools.pairwise(caption) if is_han(a) and is_han(b)}
    if len(pairs) < 6:
        return 0.0
    text = "".join(scene.blocks[i].text for i, _, _ in d.members if i is not None)
    shared = sum(1 for p in pairs if p in text) / len(pairs)
    return 1.3 * max(0.0, shared - 0.18)


def _contact(scene: Scene, area: Rect, d: Draft) -> float:
    """Share of the picture's outline that an article's own columns stand against."""
    em = scene.em
    total = 2 * (area.width + area.height)
    touch = 0.0
    for i, _, box in d.members:
        if i is None:
            continue
        side = max(box.x0 - area.x1, area.x0 - box.x1)
        if side < 2.6 * em and side > -em and scene.barriers.share_beside(area, box) < 0.5:
            touch += box.overlap_y(area)
        edge = max(box.y0 - area.y1, area.y0 - box.y1)
        if -em < edge < 2.6 * em:
            upper, lower = (area, box) if area.cy < box.cy else (box, area)
            if scene.barriers.share_below(upper, lower) < 0.5:
                touch += box.overlap_x(area)
    return touch / max(1.0, total)
