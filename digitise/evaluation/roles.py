"""Whether each printed line was given the part it plays: headline, byline, caption, body …"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..model import Issue, Page
from .strings import normal


@dataclass(frozen=True, slots=True)
class RoleCount:
    """Of `total` characters printed in regions of one true kind, those that stand in a region
    of the same kind in what was predicted (`right`), and the kind most of the others went to."""

    kind: str
    right: int
    total: int
    mistaken_for: str = ""


def role_counts(predicted: Issue, true: Issue) -> tuple[RoleCount, ...]:
    """Counts for each kind of region that the truth has, in the order of their names.

    Lines are told by their place: a true line is of the kind whose predicted lines cover most
    of it; one that nothing covers was lost and is wrong. Pages are matched by number; where
    their sizes differ, places are scaled. Lines without a place in the truth are not counted.
    """
    went: dict[str, dict[str, int]] = {}
    pages = {page.number: page for page in predicted.pages}
    for page in true.pages:
        for kind, found, length in _lines(pages.get(page.number), page):
            ends = went.setdefault(kind, {})
            ends[found] = ends.get(found, 0) + length
    out = []
    for kind, ends in sorted(went.items()):
        wrong = {found: n for found, n in ends.items() if found != kind}
        worst = min(wrong, key=lambda found: (-wrong[found], found), default="")
        out.append(RoleCount(kind, ends.get(kind, 0), sum(ends.values()), worst))
    return tuple(out)


def total_roles(counts: Sequence[Sequence[RoleCount]]) -> tuple[RoleCount, ...]:
    """The counts of several issues added up; `mistaken_for` is that of the most mistakes."""
    kinds: dict[str, list[RoleCount]] = {}
    for issue in counts:
        for count in issue:
            kinds.setdefault(count.kind, []).append(count)
    return tuple(
        RoleCount(
            kind,
            sum(c.right for c in found),
            sum(c.total for c in found),
            max(found, key=lambda c: c.total - c.right).mistaken_for,
        )
        for kind, found in sorted(kinds.items())
    )


def _lines(predicted: Page | None, true: Page) -> list[tuple[str, str, int]]:
    """(true kind, predicted kind or "nothing", characters) of each line of a page."""
    wanted = [
        (region.kind, line.box, len(normal(line.text)))
        for region in true.regions
        for line in region.lines
        if line.box.area > 0
    ]
    found = (
        [(region.kind, line.box) for region in predicted.regions for line in region.lines]
        if predicted is not None
        else []
    )
    if predicted is None or not found:
        return [(kind, "nothing", length) for kind, _, length in wanted]
    sx = true.width / predicted.width if predicted.width and true.width else 1.0
    sy = true.height / predicted.height if predicted.height and true.height else 1.0
    boxes = np.array([(b.x0 * sx, b.y0 * sy, b.x1 * sx, b.y1 * sy) for _, b in found])
    out: list[tuple[str, str, int]] = []
    for kind, box, length in wanted:
        wide = np.minimum(boxes[:, 2], box.x1) - np.maximum(boxes[:, 0], box.x0)
        high = np.minimum(boxes[:, 3], box.y1) - np.maximum(boxes[:, 1], box.y0)
        shared = np.clip(wide, 0, None) * np.clip(high, 0, None)
        by_kind: dict[str, float] = {}
        for k in np.flatnonzero(shared):
            name = found[int(k)][0]
            by_kind[name] = by_kind.get(name, 0.0) + float(shared[k])
        best = max(by_kind, key=lambda name: (by_kind[name], name == kind), default="nothing")
        out.append((kind, best, length))
    return out
