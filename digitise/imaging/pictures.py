"""Photographs and other continuous-tone areas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from ..model import Gray, Rect, bounding
from .grids import closed, components, opened, threshold_mask, window
from .tints import steps

EDGE = 5
"""Least step in tone, in grey levels, at the edge of a picture."""

DAB = 2.2
"""Longer side, in ems, of what may be dense type of a headline that did not close away."""

MAIN = 0.8
"""Share of a picture's mask in one piece from which dabs beside that piece are none of it."""

STRAIGHT = 0.8
"""Share of a side of that piece, along which the mask comes close to it, from which it is an edge of
the picture."""


MARGIN, MOST = 0.5, 0.7
"""Ems of a tint's edge where no picture on it is looked for, and the share of it one takes up at most:
what is all dark is no tint."""


def ground_of(gray: Gray, em: float, ems: float = 0.8) -> Gray:
    """The page with its type closed away: the brightest grey within about `ems` em.

    A median first settles halftone dots and scanner noise.
    """
    smooth = cv2.medianBlur(gray, 3)
    reach = max(3, round(ems * em) | 1)
    return cast(Gray, cv2.morphologyEx(smooth, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8)))


def find_pictures(
    gray: Gray, ground: Gray, paper: int, em: float, others: Sequence[Rect]
) -> tuple[Rect, ...]:
    """Boxes of pictures: large areas whose ground is not paper and not one even tone.

    `others` (tints, reversed bars) are taken out first. A caption box or a bright patch
    inside a picture stays inside its box.
    """
    mask = threshold_mask(255 - ground, 255 - round(0.9 * paper))
    for box in others:
        window(mask, box.grow(0.3 * em))[...] = 0
    core = opened(mask, round(1.1 * em), round(1.1 * em))
    boxes = []
    for box in _whole(core, em):
        if _spread(window(gray, box)) > 24:
            boxes.append(box)
            window(core, box.grow(1.0))[...] = 0
    joined = closed(core, round(2.2 * em), round(2.2 * em))
    parts = [(box, area) for box, area, _ in components(core)]
    for whole, area, _ in components(joined):
        box = _without_dabs(whole, parts, core, em)
        if min(box.width, box.height) < 3.5 * em or area < 0.3 * whole.area:
            continue
        dark = window(core, box) > 0
        tones = window(gray, box)[dark]
        varied = len(tones) > 0 and _spread(tones) > 24
        varied = varied and _spread(window(ground, box)[dark]) > 12  # not type on a tint
        edges = sum(step >= EDGE for step in steps(ground, box, em))
        if varied and edges >= 2:  # shade has none
            boxes.append(box)
    return _apart(boxes)


def pictures_on(
    gray: Gray, ground: Gray, tint: Rect, em: float, others: Sequence[Rect]
) -> tuple[Rect, ...]:
    """Boxes of pictures that stand on a tint, as `find_pictures` tells them from its tone. `others`:
    bars, which may stand on it too."""
    inner = tint.grow(-MARGIN * em)
    part, level = window(gray, inner), window(ground, inner)
    if min(part.shape) < 3.5 * em:
        return ()
    x, y = float(max(0, int(inner.x0))), float(max(0, int(inner.y0)))
    bars = [o.shift(-x, -y) for o in others if o.overlap(inner) > 0]
    found = find_pictures(part, level, int(np.median(level)), em, bars)
    return tuple(box.shift(x, y) for box in found if box.area < MOST * inner.area)


def _spread(tones: NDArray[np.uint8]) -> float:
    return float(np.subtract(*np.percentile(tones, (90, 10))))


def _whole(core: Gray, em: float) -> list[Rect]:
    """Boxes that a connected piece of the mask nearly fills: photographs printed side by side
    are told apart before pieces of fainter ones are joined over gaps."""
    return [
        box
        for box, area, _ in components(closed(core, round(0.5 * em), round(0.5 * em)))
        if min(box.width, box.height) >= 3.5 * em and area >= 0.92 * box.area
    ]


def _without_dabs(box: Rect, parts: Sequence[tuple[Rect, float]], core: Gray, em: float) -> Rect:
    """The box of a joined piece of the mask `core` without dabs of type that the joining took in,
    such as those of a heading close over the picture: they lie beyond a straight side of the one of
    its `parts` (box, area) that is nearly all of it."""
    own = [(part, area) for part, area in parts if box.contains(part)]
    main, largest = max(own, key=lambda part: part[1], default=(box, 0.0))
    if largest < MAIN * sum(area for _, area in own):
        return box
    kept = bounding([main, *(p for p, _ in own if max(p.width, p.height) > DAB * em)])
    deep = 0.5 * em
    left = window(core, replace(main, x1=main.x0 + deep)).any(axis=1)
    top = window(core, replace(main, y1=main.y0 + deep)).any(axis=0)
    right = window(core, replace(main, x0=main.x1 - deep)).any(axis=1)
    bottom = window(core, replace(main, y0=main.y1 - deep)).any(axis=0)
    return Rect(
        kept.x0 if left.mean() >= STRAIGHT else box.x0,
        kept.y0 if top.mean() >= STRAIGHT else box.y0,
        kept.x1 if right.mean() >= STRAIGHT else box.x1,
        kept.y1 if bottom.mean() >= STRAIGHT else box.y1,
    )


def _apart(boxes: Sequence[Rect]) -> tuple[Rect, ...]:
    """Boxes that overlap by a good part become one."""
    out: list[Rect] = []
    for box in sorted(boxes, key=lambda r: (-r.area, r.y0, r.x0)):
        for i, other in enumerate(out):
            if box.overlap(other) >= 0.3 * box.area:
                out[i] = other.union(box)
                break
        else:
            out.append(box)
    return tuple(sorted(out, key=lambda r: (r.y0, r.x0)))
