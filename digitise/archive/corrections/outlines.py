"""Outlines of regions that hold their lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ...model import Polygon, Rect, Region, bounding, polygon_bounds


def round_lines(region: Region) -> Region:
    """The region, grown where a line of it stands outside."""
    outline = grown(region.polygon, [line.box for line in region.lines if line.polygon])
    return region if outline == region.polygon else replace(region, polygon=outline)


def grown(outline: Polygon, boxes: Iterable[Rect]) -> Polygon:
    """The outline itself where its bounds hold all the boxes, else the rectangle round it and
    them. Of what has no outline: the rectangle round the boxes, if there are any."""
    within = list(boxes)
    if not within:
        return outline
    if not outline:
        return bounding(within).polygon
    bounds = polygon_bounds(outline)
    if all(bounds.contains(box) for box in within):
        return outline
    return bounding([bounds, *within]).polygon
