"""Boxes on grey or coloured ground, and labels on a ground of their own inside them."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from ..model import Gray, Rect
from .grids import closed, components, opened, threshold_mask, window

STEP = 7
"""Least difference of a tint from the ground round it, in grey levels."""

CLEAR_STEP = 12
"""The same for labels, which shade and show-through could pass for."""

ALIKE = 3
"""Most by which the tone of a tint changes within half an em."""

LEVELS = (6, 14, 22, 32)
"""How far below paper tints are looked for: faint ones run together with shade, darker ones
stand clear of it."""


def tints(ground: Gray, paper: int, em: float) -> tuple[Rect, ...]:
    """Rectangles of an even grey ground lighter than ink, in the pixels of `ground`, from the
    top left; smaller ones of a darker tone inside larger ones count too.

    `ground` is the page with its type closed away (see `pictures.ground_of`). Shade has no
    edges and photographs are not even: a tint is even from place to place, though it may
    fade from one end of a large box to the other, and has an edge on three sides at least.
    """
    out: list[Rect] = []
    for below in LEVELS:
        for box in _found(ground, paper - below, paper, em):
            if not any(box.overlap(o) > 0.5 * min(box.area, o.area) for o in out):
                out.append(box)
    out = _bridged([_whole(box, ground, em) for box in out], ground, em)
    for box in tuple(out):
        inner = window(ground, box.grow(-0.3 * em))
        if min(inner.shape) < 4 * em:
            continue
        tone = float(np.percentile(inner, 60))
        for part in _found(np.ascontiguousarray(inner), tone - 12, paper, em):
            if part.area < 0.5 * box.area:
                out.append(part.shift(int(max(0.0, box.x0 + 0.3 * em)),
                                      int(max(0.0, box.y0 + 0.3 * em))))  # fmt: skip
    return tuple(sorted(out, key=lambda r: (r.y0, r.x0, r.y1, r.x1)))


def _whole(box: Rect, ground: Gray, em: float) -> Rect:
    """The box with what goes on over or under it in nearly its tone and is set off from the ground
    at both sides as it is: the lighter end of a tint on which light falls unevenly."""
    step, inset, off = max(2, round(0.5 * em)), 0.3 * em, 0.6 * em
    for way in (-1, 1):
        while True:
            edge = box.y0 if way < 0 else box.y1
            y0, y1 = min(edge, edge + way * step), max(edge, edge + way * step)
            if y0 < 0 or y1 > ground.shape[0]:
                break
            beyond = float(
                np.percentile(window(ground, Rect(box.x0 + inset, y0, box.x1 - inset, y1)), 60)
            )
            own = window(
                ground, Rect(box.x0 + inset, y0 - way * step, box.x1 - inset, y1 - way * step)
            )
            sides = [
                window(ground, Rect(x0, y0, x1, y1))
                for x0, x1 in (
                    (box.x0 - off - step, box.x0 - off),
                    (box.x1 + off, box.x1 + off + step),
                )
            ]
            if not own.size or any(not side.size for side in sides):
                break
            set_off = all(float(np.median(side)) - beyond >= STEP for side in sides)
            if not set_off or abs(beyond - float(np.percentile(own, 60))) > ALIKE:
                break
            box = replace(box, y0=min(box.y0, y0), y1=max(box.y1, y1))
    return box


def _bridged(boxes: list[Rect], ground: Gray, em: float) -> list[Rect]:
    """`boxes` with those made one that lie in a row, or in a column, and between which the ground
    is tinted too, only lighter: light falls unevenly on a large tint."""
    out = list(boxes)
    pairs = [(a, b) for a in boxes for b in boxes if a is not b]
    for a, b in pairs:
        if a not in out or b not in out:
            continue
        slack = 0.5 * em
        if abs(a.y0 - b.y0) < slack and abs(a.y1 - b.y1) < slack and a.x1 < b.x0:
            between, first = Rect(a.x1, a.y0, b.x0, a.y1), 0
        elif abs(a.x0 - b.x0) < slack and abs(a.x1 - b.x1) < slack and a.y1 < b.y0:
            between, first = Rect(a.x0, a.y1, a.x1, b.y0), 2
        else:
            continue
        sides = steps(ground, between, em)
        if len(sides) == 4 and min(sides[first : first + 2]) >= STEP:
            out = [box for box in out if box not in (a, b)] + [a.union(b)]
    return out


def _found(ground: Gray, level: float, paper: int, em: float) -> list[Rect]:
    mask = threshold_mask(255 - ground, 255 - round(level))
    mask = opened(mask, round(1.2 * em), round(1.2 * em))
    mask = closed(mask, round(0.8 * em), round(0.8 * em))
    _, labels = cv2.connectedComponents(mask, connectivity=8)
    boxes = []
    for box, area, label in components(mask):
        if box.width < 3 * em or box.height < 1.3 * em or area < 0.8 * box.area:
            continue
        x0, y0, x1, y1 = int(box.x0), int(box.y0), int(box.x1), int(box.y1)
        tones = ground[y0:y1, x0:x1][labels[y0:y1, x0:x1] == label]
        if float(np.percentile(tones, 70)) <= 0.55 * paper:
            continue
        if _even(ground[y0:y1, x0:x1], em) and _edged(ground, box, em):
            boxes.append(box)
    return boxes


def _even(part: Gray, em: float) -> bool:
    """Whether a tone hardly changes from one place to the next. Heavy type that was not closed
    away leaves dark spots, a label a box of another tone; neither takes up the greater part."""
    inset = max(1, round(0.15 * em))
    part = part[inset:-inset, inset:-inset]
    height, width = part.shape
    if height <= 3.5 * em:
        # A label: its type is as heavy as the box is high, and is closed away anew.
        part = closed(part, round(1.8 * em), round(1.8 * em))
    high = float(np.percentile(part, 95))
    low = float(np.percentile(part, 30))
    fade = 12 + 0.4 * max(height, width) / em
    if high - low > fade:
        return False
    step = max(2, round(0.5 * em))
    cells = part[: height // step * step : step, : width // step * step : step].astype(np.int16)
    if min(cells.shape) < 2:
        return True
    turns = np.concatenate(
        [np.abs(np.diff(cells, axis=0)).ravel(), np.abs(np.diff(cells, axis=1)).ravel()]
    )
    return float((turns <= 4).mean()) >= 0.6


def _edged(ground: Gray, box: Rect, em: float) -> bool:
    """Whether the tone steps up by about as much across three sides at least: four round a
    label, which heavy type or what shows through could pass for."""
    label = box.height <= 3.5 * em
    clear = [s for s in steps(ground, box, em) if s >= (CLEAR_STEP if label else STEP)]
    usual = float(np.median(clear)) if clear else 0.0
    alike = [s for s in clear if abs(s - usual) <= max(8.0, 0.35 * usual)]
    return len(alike) >= (4 if label else 3)


def steps(ground: Gray, box: Rect, em: float) -> list[float]:
    """By how many levels the ground grows lighter across each side of a box that has ground on
    both sides of it."""
    deep, off = max(2.0, 0.5 * em), max(1.0, 0.25 * em)
    sides = (
        (Rect(box.x0, box.y0 - off - deep, box.x1, box.y0 - off),
         Rect(box.x0, box.y0 + off, box.x1, box.y0 + off + deep)),
        (Rect(box.x0, box.y1 + off, box.x1, box.y1 + off + deep),
         Rect(box.x0, box.y1 - off - deep, box.x1, box.y1 - off)),
        (Rect(box.x0 - off - deep, box.y0, box.x0 - off, box.y1),
         Rect(box.x0 + off, box.y0, box.x0 + off + deep, box.y1)),
        (Rect(box.x1 + off, box.y0, box.x1 + off + deep, box.y1),
         Rect(box.x1 - off - deep, box.y0, box.x1 - off, box.y1)),
    )  # fmt: skip
    out = []
    for outside, inside in sides:
        around, own = window(ground, outside), window(ground, inside)
        if around.size and own.size:
            out.append(float(np.median(around)) - float(np.percentile(own, 75)))
    return out
