"""Boxes: drawn frames with square or round corners, tints, reversed bars."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from ..model import Gray, Rect, Rule
from .grids import closed, components, dilate, opened, threshold_mask, window


def drawn_frames(ink: Gray, rules: Sequence[Rule], em: float) -> tuple[Rect, ...]:
    """Outer boxes of closed drawn frames, in the mask's pixels.

    Rules (already bridged over their gaps) are drawn afresh together with the ink that is
    connected to them (round corners, ornaments); every hole of that drawing that is
    nearly a rectangle and large enough to hold type is a frame. Frames are sorted from the
    top left.
    """
    if not rules:
        return ()
    canvas = np.zeros_like(ink)
    reach = max(1, round(0.25 * em))
    for rule in rules:
        box = rule.box.grow(reach, 0) if rule.horizontal else rule.box.grow(0, reach)
        window(canvas, box)[...] = 255
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    touched = np.unique(labels[canvas > 0])
    # A letter that touches a rule does no harm; a picture must not be drawn in.
    sparse = [
        int(i) for i in touched.tolist()
        if i and stats[i, 4] < 0.4 * stats[i, 2] * stats[i, 3]
    ]  # fmt: skip
    canvas[np.isin(labels, sparse)] = 255
    drawing = dilate(canvas, 3, 3)
    contours, tree = cv2.findContours(drawing, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if tree is None:
        return ()
    boxes = []
    for contour, (_, _, _, parent) in zip(contours, tree[0].tolist(), strict=True):
        if parent < 0:
            continue
        x, y, w, h = cv2.boundingRect(contour)
        if w < 3 * em or h < 1.5 * em:
            continue
        if cv2.contourArea(contour) >= 0.88 * w * h:
            boxes.append(Rect(float(x), float(y), float(x + w), float(y + h)).grow(1))
    return tuple(sorted(boxes, key=lambda r: (r.y0, r.x0, r.y1, r.x1)))


def reversed_bars(gray: Gray, ink: Gray, em: float) -> tuple[Rect, ...]:
    """Dark rectangles with light type in them, in the mask's pixels.

    `gray` has the mask's shape. A bar is a connected dark piece that fills its outline, is at
    least 0.9 em high, and has light marks inside which themselves take 6 to 60 percent of it;
    its dark parts are all of one tone, which a photograph's are not.
    """
    solid = opened(ink, max(2, round(0.12 * em)), max(2, round(0.12 * em)))
    contours, tree = cv2.findContours(solid, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if tree is None:
        return ()
    bars = []
    for i, (contour, (_, _, child, parent)) in enumerate(
        zip(contours, tree[0].tolist(), strict=True)
    ):
        if parent >= 0:
            continue
        x, y, w, h = cv2.boundingRect(contour)
        if min(w, h) < 0.9 * em or max(w, h) < 1.6 * em:
            continue
        inner = np.zeros((h, w), np.uint8)
        cv2.drawContours(inner, contours, i, 255, cv2.FILLED, offset=(-x, -y))
        filled = inner > 0
        if filled.mean() < 0.82:
            continue
        dark = (ink[y : y + h, x : x + w] > 0) & filled
        share = float(dark.sum()) / float(filled.sum())
        if not 0.4 <= share <= 0.94 or child < 0:
            continue
        tones = gray[y : y + h, x : x + w][cv2.erode(dark.astype(np.uint8), np.ones((3, 3))) > 0]
        if len(tones) == 0 or float(np.subtract(*np.percentile(tones, (85, 15)))) > 40:
            continue
        bars.append(Rect(float(x), float(y), float(x + w), float(y + h)))
    return tuple(sorted(bars, key=lambda r: (r.y0, r.x0, r.y1, r.x1)))


def tints(ground: Gray, paper: int, em: float) -> tuple[Rect, ...]:
    """Rectangles of an even grey ground lighter than ink, in the pixels of `ground`.

    `ground` is the page with its type closed away (see `pictures.ground_of`).
    """
    mask = threshold_mask(255 - ground, 255 - (paper - 6))
    mask = opened(mask, round(1.2 * em), round(1.2 * em))
    boxes = []
    labels_source = closed(mask, round(0.8 * em), round(0.8 * em))
    _, labels = cv2.connectedComponents(labels_source, connectivity=8)
    for box, area, label in components(labels_source):
        if box.width < 3 * em or box.height < 1.3 * em or area < 0.8 * box.area:
            continue
        inside = window(labels.astype(np.int32), box) == label  # type: ignore[arg-type]
        tones = window(ground, box)[inside]
        low, middle, high = np.percentile(tones, (10, 50, 90)).tolist()
        if high - low <= 14 and middle > 0.55 * paper:
            boxes.append(box)
    return tuple(boxes)
