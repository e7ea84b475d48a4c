"""Titles of pictures: what stands over a picture that has a caption needs no text besides."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .surroundings import Surroundings


def photo_titles(s: Surroundings) -> frozenset[int]:
    """The heads (indices of nodes) right over a picture with a caption and no wider."""
    captioned = {n for n in s.scene.caption_of.values() if n < len(s.scene.pictures)}
    boxes = [s.scene.pictures[n].box for n in sorted(captioned)]
    found = set()
    for k, node in enumerate(s.nodes):
        if node.head is None or node.head.vertical or node.head.deck or node.head.byline:
            continue
        h = node.box
        for p in boxes:
            within = h.x0 > p.x0 - s.em and h.x1 < p.x1 + s.em
            if within and -0.6 * s.em < p.y0 - h.y1 < 2.6 * s.em:
                found.add(k)
    return frozenset(found)
