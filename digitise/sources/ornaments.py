"""Borders and lines set of small ornaments (花边): squares, dots and the like at an even pitch."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Rect

LARGEST = 25.0
"""Pixels at 300 dpi, six points: a larger figure is no ornament of a border."""
FEWEST = 6
WIDEST_PITCH = 5.0
"""Times the ornament's own width."""
_MOST = 20_000


def ornament_lines(boxes: Sequence[Rect]) -> tuple[list[Rect], set[int]]:
    """(ruling lines that rows and columns of equal small `boxes` make, the indices of the boxes
    they are made of), in the pixels of the boxes."""
    small = [
        k
        for k, b in enumerate(boxes)
        if 0 < b.width <= LARGEST and 0 < b.height <= LARGEST and 0.4 < b.width / b.height < 2.5
    ]
    lines: list[Rect] = []
    used: set[int] = set()
    if len(small) > _MOST:
        return lines, used
    for across in (True, False):
        rows: dict[tuple[int, int, int], list[int]] = {}
        for k in small:
            b = boxes[k]
            at = b.cy if across else b.cx
            rows.setdefault((round(at), round(b.width / 2), round(b.height / 2)), []).append(k)
        for row in rows.values():
            for run in _runs(boxes, row, across):
                hull = boxes[run[0]].union(boxes[run[-1]])
                lines.append(hull)
                used.update(run)
    return lines, used


def _runs(boxes: Sequence[Rect], row: Sequence[int], across: bool) -> list[list[int]]:
    """The parts of a row in which the ornaments stand at one pitch."""

    def at(k: int) -> float:
        return boxes[k].cx if across else boxes[k].cy

    runs: list[list[int]] = []
    run: list[int] = []
    for k in sorted(row, key=at):
        size = boxes[k].width if across else boxes[k].height
        step = at(k) - at(run[-1]) if run else 0.0
        if run and step < 0.2 * size:
            continue  # drawn twice
        pitch = at(run[1]) - at(run[0]) if len(run) > 1 else step
        if run and (step > WIDEST_PITCH * size or abs(step - pitch) > 0.12 * pitch + 1):
            runs.append(run)
            run = []
        run.append(k)
    return [r for r in (*runs, run) if len(r) >= FEWEST]
