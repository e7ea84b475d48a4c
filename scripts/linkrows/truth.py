"""Which article, and which place in it, each block of a laid-out page truly has."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from digitise.layout.nodes import Node
from digitise.layout.scene import Scene
from digitise.model import Rect, polygon_bounds

TITLES = ("headline", "kicker", "subheadline")
RUNNING = (*TITLES, "body", "subhead", "byline")


@dataclass(frozen=True, slots=True)
class Place:
    """`article`: index in the truth; `order`: place of the first line in it; `kind`: the region's."""

    article: int
    order: int
    kind: str


@dataclass(frozen=True, slots=True)
class _Line:
    box: Rect
    place: Place


class Truth:
    """The lines of a truth file by page, boxes in pixels of the page image."""

    def __init__(self, path: Path) -> None:
        data = json.loads(path.read_text(encoding="utf-8"))
        owner: dict[str, tuple[int, int]] = {}
        for a, article in enumerate(data["articles"]):
            for part in article["parts"]:
                for k, region in enumerate(part["regions"]):
                    owner[region] = (a, k)
        self.pages: list[list[_Line]] = []
        for page in data["pages"]:
            lines = []
            for region in page["regions"]:
                a, k = owner[region["id"]]
                for m, line in enumerate(region["lines"]):
                    box = polygon_bounds(tuple((x, y) for x, y in line["polygon"]))
                    lines.append(_Line(box, Place(a, 1000 * k + m, region["kind"])))
            self.pages.append(lines)

    def place(self, page: int, box: Rect) -> Place | None:
        """Of the printed line that lies under `box`."""
        best = max(self.pages[page], key=lambda line: line.box.overlap(box), default=None)
        if best is None:
            return None
        shared = best.box.overlap(box)
        return best.place if shared > 0.3 * min(box.area, best.box.area) else None

    def places(self, scene: Scene, page: int) -> list[Place | None]:
        """Of each block: the article most of its characters belong to."""
        to = scene.sheet.to_original
        out: list[Place | None] = []
        for block in scene.blocks:
            found = [
                (place, len(line.chars))
                for line in block.lines
                for place in [self.place(page, polygon_bounds(to.polygon(line.box.polygon)))]
                if place is not None
            ]
            if not found:
                out.append(None)
                continue
            share: Counter[int] = Counter()
            kinds: Counter[str] = Counter()
            for place, n in found:
                share[place.article] += n
            article = share.most_common(1)[0][0]
            for place, n in found:
                if place.article == article:
                    kinds[place.kind] += n
            order = min(place.order for place, _ in found if place.article == article)
            out.append(Place(article, order, kinds.most_common(1)[0][0]))
        return out


def true_links(
    nodes: Sequence[Node], places: Sequence[Place | None]
) -> tuple[dict[int, int | None], dict[int, int | None]]:
    """(what comes before, what comes after) each node whose place is known to be in running
    text; None at the beginning and at the end of an article's part on the page."""
    groups: dict[int, list[tuple[bool, int, int]]] = {}
    for k, node in enumerate(nodes):
        place = places[node.block if node.head is None else node.head.headline[0]]
        if place is not None and place.kind in RUNNING:
            title = node.head is not None and place.kind in TITLES
            groups.setdefault(place.article, []).append((not title, place.order, k))
    before: dict[int, int | None] = {}
    after: dict[int, int | None] = {}
    for group in groups.values():
        chain = [k for _, _, k in sorted(group)]
        for a, b in zip([None, *chain], [*chain, None], strict=True):
            if b is not None:
                before[b] = a
            if a is not None:
                after[a] = b
    return before, after
