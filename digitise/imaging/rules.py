"""Ruling lines: thick, thin, double, broken, dashed, dotted, wavy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from ..model import Gray, Rect, Rule
from .faintrules import prolonged
from .grids import closed, components, dilate, opened

DISPLAY = 1.45
"""Body ems from which type is a headline's."""

BORDER, SIDE = 0.85, 14.0
"""Ems that a heavy border is thick at most and its sides are long at least."""

_Boxes = list[Rect]

_Pieces = NDArray[np.int32]
"""Connected pieces of ink, (n, 5): left, top, width, height, area, px."""


class _Row(NamedTuple):
    """What makes marks a row: their least number, the widest gap between two, the least length
    and the most height of the whole, px."""

    least: int
    gap: float
    long: float
    high: float


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
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    pieces = cast(_Pieces, stats[1:])
    rows = _dashes(ink, pieces, em) + _ornaments(ink, pieces, em)
    joined = _bridge(_solid(ink, em) + rows + _waves(pieces, em), em)
    joined = [box for box in joined if box.width >= 2.5 * em]
    return _double(_bridge(prolonged(joined, pieces, ink, em), em), em)


def _solid(ink: Gray, em: float) -> _Boxes:
    """Long thin runs. One row of slack lets a slightly tilted or wavy hairline pass."""
    length = round(2.2 * em)
    thick = dilate(ink, 1, 2) if em >= 8 else ink
    runs = opened(thick, length, 1)
    boxes = []
    for box, area, _ in components(runs):
        height = area / box.width - (thick is not ink)
        # Wide heavy bars are rules up to half an em, the borders of advertisements up to more;
        # anything fatter is a bar or a picture.
        heavy = BORDER if box.width >= SIDE * em else 0.55
        leaning = max((heavy + 0.35) * em, 0.02 * box.width)
        thin = height <= max(3.0, heavy * em) and box.height <= leaning
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


def _dashes(ink: Gray, pieces: _Pieces, em: float) -> _Boxes:
    """Rows of at least five small marks of one height at an even pitch, with white about them."""
    flat = (pieces[:, 3] <= max(2.0, 0.34 * em)) & (pieces[:, 2] <= 2.2 * em)
    flat &= pieces[:, 4] >= 0.55 * pieces[:, 2] * pieces[:, 3]
    rows = _rows(ink, pieces[flat], _Row(5, 1.3 * em, 3 * em, max(4.0, 0.5 * em)))
    return [b for b, marks in rows if not _sparse(marks, em) and not _points(ink, marks, em)]


def _sparse(members: _Pieces, em: float) -> bool:
    """Whether marks are as far apart as lines of type are and small against that: commas and
    question marks one under the other."""
    pitch = float(np.median(np.diff(members[:, 0] + members[:, 2] / 2)))
    return pitch > max(1.05 * em, 2.5 * float(np.median(members[:, 2])))


def _rows(ink: Gray, marks: _Pieces, row: _Row) -> list[tuple[Rect, _Pieces]]:
    """Rows of marks at an even pitch: their box, and themselves from the left."""
    if len(marks) < row.least:
        return []
    canvas = np.zeros_like(ink)
    for x, y, w, h in marks[:, :4].tolist():
        canvas[y : y + h, x : x + w] = 255
    strips = opened(closed(dilate(canvas, 1, 2), round(row.gap), 1), round(row.long), 1)
    centres_x = marks[:, 0] + marks[:, 2] / 2
    centres_y = marks[:, 1] + marks[:, 3] / 2
    found = []
    for box, _, _ in components(strips):
        if box.height > row.high:
            continue
        inside = (centres_x >= box.x0) & (centres_x < box.x1)
        inside &= (centres_y >= box.y0 - 1) & (centres_y < box.y1 + 1)
        members = marks[inside][np.argsort(centres_x[inside], kind="stable")]
        if len(members) >= row.least and _even(members):
            found.append((box, members))
    return found


def _points(ink: Gray, members: _Pieces, em: float) -> bool:
    """Whether marks have ink close by on both sides: decimal points one under the other."""
    reach = max(2, round(0.35 * em))
    between = 0
    for x, y, w, h in members[:, :4].tolist():
        x0, x1 = max(0, x - 1), x + w + 1
        above = ink[max(0, y - reach) : max(0, y - 1), x0:x1]
        below = ink[y + h + 1 : y + h + reach, x0:x1]
        between += bool(above.any() and below.any())
    return between >= 0.5 * len(members)


def _ornaments(ink: Gray, pieces: _Pieces, em: float) -> _Boxes:
    """Rows of at least eight small equal figures at an even pitch (花边): squares, discs and the
    like, larger than the marks of a dotted line."""
    sizes = pieces[:, 2:4]
    fit = (sizes.min(axis=1) >= 0.2 * em) & (sizes.max(axis=1) <= 0.75 * em)
    fit &= sizes.max(axis=1) <= 1.5 * sizes.min(axis=1)
    fit &= pieces[:, 4] >= 0.5 * sizes.prod(axis=1)
    rows = _rows(ink, pieces[fit], _Row(8, 2.2 * em, 6 * em, 1.2 * em))
    return [box for box, members in rows if _in_course(members, em)]


def _in_course(members: _Pieces, em: float) -> bool:
    """Whether figures stand in one straight course, as those of a border do."""
    off = np.diff(members[:, 1] + members[:, 3] / 2)
    return float((np.abs(off) <= max(1.0, 0.08 * em)).mean()) >= 0.9


def _even(members: _Pieces) -> bool:
    pitches = np.diff(members[:, 0] + members[:, 2] / 2)
    pitch = float(np.median(pitches))
    if pitch <= 0:
        return False
    regular = np.abs(pitches - pitch) <= max(1.5, 0.25 * pitch)
    heights = members[:, 3]
    same = np.abs(heights - np.median(heights)) <= max(1.0, 0.3 * float(np.median(heights)))
    return float(regular.mean()) >= 0.75 and float(same.mean()) >= 0.8


def _waves(pieces: _Pieces, em: float) -> _Boxes:
    """Wavy and ornamental rules: one connected piece, long and low."""
    return [
        Rect(float(x), float(y), float(x + w), float(y + h))
        for x, y, w, h, area in pieces.tolist()
        if w >= 8 * em and h <= min(0.75 * em, w / 14) and area <= 0.75 * w * h
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
    return max(1.3 * size, min(3.2 * size, 0.75 * length))


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
            if length <= 1.6 * min(word.width, word.height)
            or (rule.horizontal is (word.width >= word.height))
        )
        if inside < 0.5 * rule.box.area:
            kept.append(rule)
    return tuple(kept)


def without_openings(rules: Sequence[Rule], words: Sequence[Rect], em: float) -> tuple[Rule, ...]:
    """The rules less those that are an 一 in front of a headline of which a detector saw only what
    follows: as long as a character, at half the height of the row, with nothing else where that
    character stands and no second one at the row's other end."""
    heads = [w for w in words if w.height >= DISPLAY * em and w.width > 1.5 * w.height]
    return tuple(
        rule
        for rule in rules
        if not rule.horizontal or not any(_opens(rule.box, h, words, rules) for h in heads)
    )


def _opens(rule: Rect, head: Rect, words: Sequence[Rect], rules: Sequence[Rule]) -> bool:
    size = head.height
    cell = Rect(head.x0 - 1.8 * size, head.y0, head.x0, head.y1)
    if not 0.5 * size < rule.width < 1.1 * size or rule.x0 < cell.x0 or rule.x1 > head.x0:
        return False
    if abs(rule.cy - head.cy) > 0.15 * size or any(w.overlap(cell) > 0 for w in words):
        return False
    return not any(
        r.horizontal
        and head.x1 <= r.box.x0 < head.x1 + 1.8 * size
        and abs(r.box.cy - rule.cy) < 0.15 * size
        for r in rules
    )
