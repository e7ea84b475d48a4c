"""Boxes: drawn frames with square or round corners, tints, reversed bars."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from ..model import Gray, Rect, Rule, bounding
from .grids import dilate, fill, opened, threshold_mask, window

SQUARE = 4.5
"""Sides of the smallest nearly square reversed box, in ems."""

RING, HOLE = 0.85, 0.7
"""Share of each side that must be drawn: of a box seen from without, and of one closed all round."""

WIDE = 30.0
"""Ems from which a box may be a band of a page."""

SOLID = 0.8
"""Share of ink in one of its rows above which a stretch is no type."""


def drawn_frames(
    ink: Gray, rules: Sequence[Rule], labels: Sequence[Rect], em: float
) -> tuple[Rect, ...]:
    """Outer boxes of closed drawn frames, in the mask's pixels.

    Rules (already bridged over their gaps) are drawn afresh together with the ink that is
    connected to them (round corners, ornaments) and the `labels` (reversed bars) that sit in
    them; a gap in a rule's course that is taken up by type is closed. Every hole of that
    drawing that is nearly a rectangle and large enough to hold type is a frame. Frames
    are sorted from the top left.
    """
    if not rules:
        return ()
    canvas = np.zeros_like(ink)
    reach = max(1, round(0.25 * em))
    for rule in rules:
        fill(canvas, rule.box.grow(reach, 0) if rule.horizontal else rule.box.grow(0, reach), 255)
    _, components_of, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    touched = np.unique(components_of[canvas > 0]).tolist()
    # A letter that touches a rule does no harm; a picture must not be drawn in.
    sparse = np.zeros(len(stats), np.uint8)
    for i in touched:
        if i and stats[i, 4] < 0.4 * stats[i, 2] * stats[i, 3]:
            sparse[i] = 255
    canvas |= sparse[components_of]
    for box in labels:
        fill(canvas, box.grow(reach), 255)
    for box in _closings(ink, rules, labels, em):
        fill(canvas, box, 255)
    drawing = dilate(canvas, 3, 3)
    sides = _sides_of(rules, labels, ink.shape) | sparse[components_of]
    contours, tree = cv2.findContours(drawing, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    boxes = []
    for i, contour in enumerate(contours):
        x, y, w, h = cv2.boundingRect(contour)
        if w < 3 * em or h < 1.5 * em or cv2.contourArea(contour) < 0.88 * w * h:
            continue
        box = Rect(float(x), float(y), float(x + w), float(y + h))
        if h > 3.5 * em and _corners_met(sides, box, em) < 3:
            continue
        if w > WIDE * em and _cut_off(box, rules, em):
            continue
        if tree[0][i][3] >= 0:
            # What two rules that end at different heights close in is nearly a rectangle too.
            if _ringed(drawing, box, em, HOLE):
                boxes.append(box.grow(2))
        elif _ringed(drawing, box, em, RING):
            boxes.append(box)
    kept = _without_cells(_distinct(boxes, em), em)
    return tuple(sorted(kept, key=lambda r: (r.y0, r.x0, r.y1, r.x1)))


def _sides_of(rules: Sequence[Rule], labels: Sequence[Rect], shape: tuple[int, int]) -> Gray:
    """Rules and labels as they are, not drawn out."""
    canvas = np.zeros(shape, np.uint8)
    for box in (*(rule.box for rule in rules), *labels):
        fill(canvas, box, 255)
    return canvas


def _corners_met(sides: Gray, box: Rect, em: float) -> int:
    """At how many corners of a box the side across and the side down are one piece of ink.

    Column rules and the rules between articles make boxes too, but stop short of each other.
    """
    reach = max(4.0, min(1.6 * em, 0.3 * box.width, 0.3 * box.height))
    slack = max(3.0, 0.35 * em)
    met = 0
    for x, right in ((box.x0, False), (box.x1, True)):
        for y, low in ((box.y0, False), (box.y1, True)):
            part = Rect(
                x - reach if right else x - slack, y - reach if low else y - slack,
                x + slack if right else x + reach, y + slack if low else y + reach,
            )  # fmt: skip
            corner = dilate(window(sides, part), 3, 3)
            if corner.size == 0:
                continue
            _, labels = cv2.connectedComponents(corner, connectivity=8)
            band = round(2 * slack)
            far_x = labels[:, :2] if right else labels[:, -2:]
            far_y = labels[:2] if low else labels[-2:]
            across = far_x[-band:] if low else far_x[:band]
            down = far_y[:, -band:] if right else far_y[:, :band]
            met += bool((set(across.ravel().tolist()) & set(down.ravel().tolist())) - {0})
    return met


def _cut_off(box: Rect, rules: Sequence[Rule], em: float) -> bool:
    """Whether a box is the upper or lower part of what stands between two long lines, cut off by a
    rule across: both its sides go on over or under it, and it has none of its own beside them."""
    through = []
    own = 0
    for x in (box.x0, box.x1):
        side = [r.box for r in rules if not r.horizontal and abs(r.box.cx - x) <= 1.5 * em]
        side = [o for o in side if o.overlap_y(box) > 3 * em]
        own += any(
            abs(o.cx - x) <= 0.5 * em and max(abs(o.y0 - box.y0), abs(o.y1 - box.y1)) <= 0.5 * em
            for o in side
        )
        over = any(o.y0 < box.y0 - 3 * em for o in side)
        under = any(o.y1 > box.y1 + 3 * em for o in side)
        through.append((over, under))
    return own < 2 and any(all(ends) for ends in zip(*through, strict=True))


def _without_cells(boxes: Sequence[Rect], em: float) -> list[Rect]:
    """Boxes with the cells of each table replaced by the table's outline.

    Cells are low and stand in a cluster, three at least, each right beside or below another of
    its height or width.
    """
    rest = [b for b in boxes if b.height <= 3.5 * em]
    out = [b for b in boxes if b.height > 3.5 * em]
    while rest:
        cluster, queue = [], [rest.pop(0)]
        while queue:
            box = queue.pop()
            cluster.append(box)
            beside = [o for o in rest if _neighbours(box, o, em)]
            rest = [o for o in rest if o not in beside]
            queue += beside
        if len(cluster) < 3:
            out += cluster
            continue
        whole = bounding(cluster)
        if whole.height > 3.5 * em and not any(_same(whole, o, em) for o in out):
            out.append(whole)
    return out


def _neighbours(box: Rect, other: Rect, em: float) -> bool:
    alike = min(abs(other.height - box.height), abs(other.width - box.width)) <= 0.5 * em
    same_column = max(abs(other.x0 - box.x0), abs(other.x1 - box.x1)) <= 0.5 * em
    return alike and box.grow(0.5 * em, 4 * em if same_column else 0.5 * em).overlap(other) > 0


def _same(box: Rect, other: Rect, em: float) -> bool:
    return box.contains(other, em) and other.contains(box, em)


def _ringed(drawing: Gray, box: Rect, em: float, least: float) -> bool:
    """Whether of each of the four sides of a box a share of `least` is drawn."""
    deep = max(2.0, 0.3 * em)
    sides = (
        (Rect(box.x0, box.y0, box.x1, box.y0 + deep), 0),
        (Rect(box.x0, box.y1 - deep, box.x1, box.y1), 0),
        (Rect(box.x0, box.y0, box.x0 + deep, box.y1), 1),
        (Rect(box.x1 - deep, box.y0, box.x1, box.y1), 1),
    )
    return all((window(drawing, side).max(axis=axis) > 0).mean() >= least for side, axis in sides)


def _distinct(boxes: Sequence[Rect], em: float) -> list[Rect]:
    """Boxes less the outer edge of a frame whose inner edge is there."""
    out: list[Rect] = []
    for box in sorted(boxes, key=lambda r: r.area):
        if not any(box.contains(o) and o.contains(box.grow(-1.2 * em)) for o in out):
            out.append(box)
    return out


def _closings(ink: Gray, rules: Sequence[Rule], labels: Sequence[Rect], em: float) -> list[Rect]:
    """Gaps between rules in one course that type or a label has taken."""
    out = []
    for horizontal in (True, False):
        boxes = [r.box if horizontal else _turn(r.box) for r in rules if r.horizontal == horizontal]
        marks = [b if horizontal else _turn(b) for b in labels]
        athwart = [
            r.box if horizontal else _turn(r.box) for r in rules if r.horizontal != horizontal
        ]
        boxes.sort(key=lambda r: (r.x0, r.y0))
        for i, a in enumerate(boxes):
            for b in boxes[i + 1 :]:
                gap = b.x0 - a.x1
                if gap <= 0 or abs(a.cy - b.cy) > 0.3 * em or gap > 1.5 * (a.width + b.width):
                    continue
                between = Rect(a.x1, min(a.y0, b.y0), b.x0, max(a.y1, b.y1))
                if any(o.overlap_y(between) > 0 and between.x0 < o.x0 < between.x1 for o in boxes):
                    continue
                if any(
                    between.x0 < o.cx < between.x1 and o.overlap_y(between) > 0 for o in athwart
                ):
                    continue  # the side of another box stands in the gap
                if _cornered(a.x1, a.cy, athwart, em) and _cornered(b.x0, b.cy, athwart, em):
                    continue  # two boxes end at one line
                wide = between.grow(0, 0.5 * em)
                part = window(ink, wide if horizontal else _turn(wide))
                if part.size and float(part.mean(axis=1 if horizontal else 0).max()) > SOLID * 255:
                    continue  # a dark box between two frames
                filled = part.any(axis=0 if horizontal else 1)
                taken = float(filled.mean()) if filled.size else 0.0
                if taken > 0.35 or any(m.overlap(wide) > 0.3 * wide.area for m in marks):
                    out.append(between if horizontal else _turn(between))
    return out


def _cornered(x: float, y: float, athwart: Sequence[Rect], em: float) -> bool:
    """Whether a course that ends at (x, y) turns there into a rule longer than a label is high."""
    near = 0.5 * em
    return any(
        box.height > 3.5 * em
        and abs(box.cx - x) <= near
        and min(abs(box.y0 - y), abs(box.y1 - y)) <= near
        for box in athwart
    )


def _turn(box: Rect) -> Rect:
    return Rect(box.y0, box.x0, box.y1, box.x1)


def reversed_bars(gray: Gray, paper: int, em: float) -> tuple[Rect, ...]:
    """Dark rectangles with light type in them, in the pixels of `gray`, paper at `paper`.

    A bar is a connected dark piece that fills its outline, is at least 0.9 em thick and 1.6
    times as long, and has light strokes inside which take 6 to 65 percent of it; its dark
    parts are nearly of one tone, which a photograph's are not.
    """
    dark = threshold_mask(255 - gray, 255 - round(0.72 * paper))
    solid = opened(_small_holes_filled(dark, em), round(0.7 * em), round(0.7 * em))
    contours, _ = cv2.findContours(solid, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    bars = []
    for contour in contours:
        x, y, w, h = cv2.boundingRect(contour)
        if min(w, h) < 0.9 * em or max(w, h) < 1.6 * em:
            continue
        if cv2.contourArea(contour) < 0.75 * w * h:
            continue
        inner = np.zeros((h, w), np.uint8)
        cv2.drawContours(inner, [contour - (x, y)], 0, 255, cv2.FILLED)
        filled = inner > 0
        tones = gray[y : y + h, x : x + w]
        inside = (dark[y : y + h, x : x + w] > 0) & filled
        large = min(w, h) >= SQUARE * em
        # A dark square with white in it is most often 国 or 居 of a heavy headline.
        if max(w, h) < 1.6 * min(w, h) and not (
            large and (_many(inside, filled) or _many(inside, filled, 60, 0.5))
        ):
            continue
        # A large box may be empty but for some lines of small type.
        most = 0.99 if large and _many(inside, filled, 60, 0.5) else 0.94
        if not 0.35 <= inside.sum() / filled.sum() <= most:
            continue
        stub = max(w, h) < 2.8 * min(w, h) and not large
        if not _edged(inside) or (stub and not _clear(dark, x, y, w, h)):
            continue
        # The white in a bar is strokes, long for their width; in 口 or 量 it is a few patches.
        light = cv2.copyMakeBorder((filled & ~inside).astype(np.uint8), 1, 1, 1, 1, 0)
        radius = max(1.0, float(cv2.distanceTransform(light, cv2.DIST_L2, 3).max()))
        square = max(w, h) >= 1.6 * min(w, h) and cv2.contourArea(contour) > 0.9 * w * h
        if float(light.sum()) < (24 if square else 40) * radius * radius and not (
            large and _many(inside, filled, 60, 0.5)
        ):
            continue
        heart = cv2.erode(inside.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        if not heart.any():
            continue
        if not _one_tone(tones[heart]) and not (
            large and _mostly_one_tone(tones[heart]) and _many(inside, filled, 60, 0.5)
        ):
            continue
        bars.append(Rect(float(x), float(y), float(x + w), float(y + h)))
    return tuple(sorted(bars, key=lambda r: (r.y0, r.x0, r.y1, r.x1)))


def _one_tone(tones: NDArray[np.uint8]) -> bool:
    """Whether the dark parts of a bar have one tone."""
    return float(np.subtract(*np.percentile(tones, (85, 15)))) <= 36


def _mostly_one_tone(tones: NDArray[np.uint8]) -> bool:
    """The same of a large box in which a photograph may stand."""
    counts = np.bincount(tones, minlength=256)
    return float(np.convolve(counts, np.ones(45)).max()) >= 0.7 * len(tones)


def _many(
    inside: NDArray[np.bool_], filled: NDArray[np.bool_], least: int = 8, share: float = 0.0
) -> bool:
    """Whether the light in a dark square is many small pieces, `least` of them, as lines of
    type are, all but `share` of the square at most."""
    light = (filled & ~inside).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(light, connectivity=8)
    small = stats[1:, 4] < 0.05 * filled.size
    large = float(stats[1:, 4][~small].sum()) / filled.size
    return int(small.sum()) >= least and (bool(small.all()) or large <= share)


def _edged(inside: NDArray[np.bool_]) -> bool:
    """Whether a dark margin runs along all four sides; a row of black type has none."""
    deep = max(1, round(0.05 * min(inside.shape)))
    sides = (inside[:deep], inside[-deep:], inside[:, :deep], inside[:, -deep:])
    shares = [float(side.mean()) for side in sides]
    return min(shares) >= 0.25 and sum(shares) >= 2.0


def _clear(dark: Gray, x: int, y: int, w: int, h: int) -> bool:
    """Whether there is white along both long sides of a short bar, as there is none round the
    lower half of 居."""
    deep = max(2, round(0.12 * min(w, h)))
    if w >= h:
        sides = (dark[max(0, y - 1 - deep) : max(0, y - 1), x : x + w],
                 dark[y + h + 1 : y + h + 1 + deep, x : x + w])  # fmt: skip
    else:
        sides = (dark[y : y + h, max(0, x - 1 - deep) : max(0, x - 1)],
                 dark[y : y + h, x + w + 1 : x + w + 1 + deep])  # fmt: skip
    return all(side.size == 0 or float(side.mean()) < 0.1 * 255 for side in sides)


def _small_holes_filled(dark: Gray, em: float) -> Gray:
    """The mask with every hole up to about 8 em square filled: the type in a reversed bar."""
    out = dark.copy()
    contours, tree = cv2.findContours(dark, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    for i, contour in enumerate(contours):
        if tree[0][i][3] >= 0:
            _, _, w, h = cv2.boundingRect(contour)
            if w * h <= 64 * em * em and min(w, h) <= 6 * em:
                cv2.drawContours(out, [contour], 0, 255, cv2.FILLED)
    return out
