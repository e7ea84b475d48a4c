"""Ruling lines: thick, thin, double, broken, dashed, dotted, wavy."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from ..model import Gray, Rect, Rule
from .grids import closed, components, dilate, opened

_Boxes = list[Rect]


def find_rules(ink: Gray, em: float) -> tuple[Rule, ...]:
    """Rules of a 0/255 ink mask whose body em is `em` px, in the mask's pixels.

    Best on a mask reduced to an em of about 16 px. Horizontal rules come from the mask,
    vertical ones from its transpose by the same code; sorted from the top, then the left.
    """
    across = _horizontal(ink, em)
    turned = np.ascontiguousarray(ink.T)
    down = [_turn(box) for box in _horizontal(turned, em)]
    boxes = sorted(across + down, key=lambda r: (r.y0, r.x0, r.y1, r.x1))
    return tuple(Rule(box) for box in boxes)


def _turn(box: Rect) -> Rect:
    return Rect(box.y0, box.x0, box.y1, box.x1)


def _horizontal(ink: Gray, em: float) -> _Boxes:
    joined = _bridge(_solid(ink, em) + _dashes(ink, em) + _ornaments(ink, em) + _waves(ink, em), em)
    joined = [box for box in joined if box.width >= 2.5 * em]
    return _double(joined, em)


def _solid(ink: Gray, em: float) -> _Boxes:
    """Long thin runs. One row of slack lets a slightly tilted or wavy hairline pass."""
    length = round(2.2 * em)
    thick = dilate(ink, 1, 2) if em >= 8 else ink
    runs = opened(thick, length, 1)
    boxes = []
    for box, area, _ in components(runs):
        height = area / box.width - (thick is not ink)
        # Wide heavy bars are rules up to half an em; anything fatter is a bar or a picture.
        thin = height <= max(3.0, 0.55 * em) and box.height <= max(0.9 * em, 0.02 * box.width)
        if thin and box.width >= 6 * height and _bare(ink, box, em):
            boxes.append(Rect(box.x0, box.y0, box.x1, max(box.y0 + 1, box.y1 - 1)))
    return boxes


def _bare(ink: Gray, box: Rect, em: float) -> bool:
    """Whether white lies along at least one side of a run: rows inside a dark bar, a
    picture or a heavy stroke have ink on both."""
    reach = max(2, round(0.2 * em))
    x0, x1 = int(box.x0), int(box.x1)
    above = ink[max(0, int(box.y0) - reach) : max(0, int(box.y0) - 1), x0:x1]
    below = ink[int(box.y1) + 1 : int(box.y1) + reach, x0:x1]
    shares = [float(side.mean()) / 255 if side.size else 0.0 for side in (above, below)]
    return min(shares) < 0.25 and sum(shares) < 0.9


def _dashes(ink: Gray, em: float) -> _Boxes:
    """Rows of at least five small marks of one height at an even pitch, with white about them."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    stats = stats[1:]
    flat = (stats[:, 3] <= max(2.0, 0.34 * em)) & (stats[:, 2] <= 2.2 * em)
    flat &= stats[:, 4] >= 0.55 * stats[:, 2] * stats[:, 3]
    marks = stats[flat][:, :4]
    if len(marks) < 5:
        return []
    canvas = np.zeros_like(ink)
    for x, y, w, h in marks.tolist():
        canvas[y : y + h, x : x + w] = 255
    strips = opened(closed(dilate(canvas, 1, 2), round(1.3 * em), 1), round(3 * em), 1)
    centres_x = marks[:, 0] + marks[:, 2] / 2
    centres_y = marks[:, 1] + marks[:, 3] / 2
    boxes = []
    for box, _, _ in components(strips):
        if box.height > max(4.0, 0.5 * em):
            continue
        inside = (centres_x >= box.x0) & (centres_x < box.x1)
        inside &= (centres_y >= box.y0 - 1) & (centres_y < box.y1 + 1)
        members = marks[inside][np.argsort(centres_x[inside], kind="stable")]
        if len(members) >= 5 and _even(members) and not _points(ink, members, em):
            boxes.append(box)
    return boxes


def _points(ink: Gray, members: NDArray[np.number], em: float) -> bool:
    """Whether marks have ink close by on both sides: decimal points one under the other."""
    reach = max(2, round(0.35 * em))
    between = 0
    for x, y, w, h in members.astype(int).tolist():
        x0, x1 = max(0, x - 1), x + w + 1
        above = ink[max(0, y - reach) : max(0, y - 1), x0:x1]
        below = ink[y + h + 1 : y + h + reach, x0:x1]
        between += bool(above.any() and below.any())
    return between >= 0.5 * len(members)


def _ornaments(ink: Gray, em: float) -> _Boxes:
    """Rows of at least eight small equal figures at an even pitch (花边): squares, discs and the
    like, larger than the marks of a dotted line."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    sizes = stats[1:, 2:4]
    fit = (sizes.min(axis=1) >= 0.2 * em) & (sizes.max(axis=1) <= 0.75 * em)
    fit &= sizes.max(axis=1) <= 1.5 * sizes.min(axis=1)
    fit &= stats[1:, 4] >= 0.5 * sizes.prod(axis=1)
    figures = stats[1:][fit][:, :4]
    if len(figures) < 8:
        return []
    canvas = np.zeros_like(ink)
    for x, y, w, h in figures.tolist():
        canvas[y : y + h, x : x + w] = 255
    strips = opened(closed(dilate(canvas, 1, 2), round(2.2 * em), 1), round(6 * em), 1)
    middle_x = figures[:, 0] + figures[:, 2] / 2
    middle_y = figures[:, 1] + figures[:, 3] / 2
    boxes = []
    for box, _, _ in components(strips):
        if box.height > 1.2 * em:
            continue
        inside = (middle_x >= box.x0) & (middle_x < box.x1)
        inside &= (middle_y >= box.y0 - 1) & (middle_y < box.y1 + 1)
        members = figures[inside][np.argsort(middle_x[inside], kind="stable")]
        if len(members) >= 8 and _even(members) and _in_course(members, em):
            boxes.append(box)
    return boxes


def _in_course(members: NDArray[np.number], em: float) -> bool:
    """Whether figures stand in one straight course, as those of a border do."""
    off = np.diff(members[:, 1] + members[:, 3] / 2)
    return float((np.abs(off) <= max(1.0, 0.08 * em)).mean()) >= 0.9


def _even(members: NDArray[np.number]) -> bool:
    pitches = np.diff(members[:, 0] + members[:, 2] / 2)
    pitch = float(np.median(pitches))
    if pitch <= 0:
        return False
    regular = np.abs(pitches - pitch) <= max(1.5, 0.25 * pitch)
    heights = members[:, 3]
    same = np.abs(heights - np.median(heights)) <= max(1.0, 0.3 * float(np.median(heights)))
    return float(regular.mean()) >= 0.75 and float(same.mean()) >= 0.8


def _waves(ink: Gray, em: float) -> _Boxes:
    """Wavy and ornamental rules: one connected piece, long and low."""
    return [
        box
        for box, area, _ in components(ink)
        if box.width >= 8 * em
        and box.height <= min(0.75 * em, box.width / 14)
        and area <= 0.75 * box.width * box.height
    ]


def _bridge(boxes: Sequence[Rect], em: float) -> _Boxes:
    """Pieces in one row joined over gaps of up to 1.2 em; long ones, which end where the
    column beside them ends, only over short breaks."""
    rest = sorted(boxes, key=lambda r: (r.x0, r.y0, r.x1))
    out: _Boxes = []
    for box in rest:
        for i, other in enumerate(out):
            gap = box.x0 - other.x1
            reach = 1.2 * em if min(box.width, other.width) < 5 * em else 0.8 * em
            level = abs(box.cy - other.cy) <= max(
                2.0, 0.12 * em, 0.003 * max(box.width, other.width)
            )
            if level and gap <= reach:
                out[i] = other.union(box)
                break
        else:
            out.append(box)
    return out if len(out) == len(rest) else _bridge(out, em)


def _double(boxes: Sequence[Rect], em: float) -> _Boxes:
    """Parallel rules within 0.45 em that run together are one rule."""
    rest = sorted(boxes, key=lambda r: (r.y0, r.x0))
    out: _Boxes = []
    for box in rest:
        for i, other in enumerate(out):
            near = box.y0 - other.y1 <= 0.45 * em and box.y1 - other.y0 <= 1.1 * em
            shared = box.overlap_x(other)
            least = max(0.85 * min(box.width, other.width), 0.6 * max(box.width, other.width))
            if near and shared >= least:
                out[i] = other.union(box)
                break
        else:
            out.append(box)
    return out


def _stroke(word: Rect) -> float:
    """How long a stroke of a line of type can be: strokes of two characters side by side may
    have been joined, but no rule under or over a headline is so short against it."""
    size, length = min(word.width, word.height), max(word.width, word.height)
    return max(1.3 * size, min(3.2 * size, 0.6 * length))


def without_strokes(rules: Sequence[Rule], words: Sequence[Rect]) -> tuple[Rule, ...]:
    """The rules less those that are strokes of characters (一, 十) or leaders: the ones that
    lie for the most part well inside the boxes of lines of type."""
    hearts = [
        w.grow(0.0, -0.16 * w.height) if w.height <= 1.5 * w.width else w.grow(-0.16 * w.width, 0.0)
        for w in words
    ]
    kept = []
    for rule in rules:
        length = max(rule.box.width, rule.box.height)
        inside = sum(
            rule.box.overlap(word if length <= _stroke(word) else heart)
            for word, heart in zip(words, hearts, strict=True)
            # No stroke across a line is longer than the line is thick.
            if rule.horizontal or word.height > word.width or length <= 1.6 * word.height
        )
        if inside < 0.5 * rule.box.area:
            kept.append(rule)
    return tuple(kept)
