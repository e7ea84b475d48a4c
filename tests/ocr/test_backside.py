"""What shows through from the back is not read."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from digitise.model import Char, Gray, Rect, TextLine
from digitise.ocr.backside import printed_here
from digitise.ocr.engine import Detection, LineImage, Recognition

EM = 40


class Mirrored:
    """An engine that reads lines well only where a stroke stands at their left."""

    name, version = "mirrored", "1"

    def detect(self, gray: Gray, em: float | None = None) -> tuple[Detection, ...]:
        return ()

    def recognise(self, lines: Sequence[LineImage]) -> tuple[Recognition, ...]:
        out = []
        for line in lines:
            width = line.pixels.shape[1]
            left, right = line.pixels[:, : width // 2].mean(), line.pixels[:, width // 2 :].mean()
            sure = 0.9 if left < right else 0.3
            out.append(Recognition("国", ((0.0, 1.0),), (sure,)))
        return tuple(out)


def page_of(tones: Sequence[tuple[int, int]]) -> tuple[Gray, Gray, list[TextLine]]:
    """(page, ink, lines): one line for each (tone of its left half, of its right half)."""
    page = np.full((100 * len(tones), 600), 250, np.uint8)
    lines = []
    for k, halves in enumerate(tones):
        y = 100 * k + 30
        for half, tone in enumerate(halves):
            for i in range(3):
                x = 60 + 240 * half + 60 * i
                # Strokes are thinner at the right: which side is which can be told.
                page[y + 4 : y + 36, x : x + 20 - 8 * half] = tone
        chars = tuple(
            Char("国", Rect(50 + 60 * i, y, 100 + 60 * i, y + EM)) for i in range(7) if i != 3
        )
        mean = 0.5 if min(halves) > 150 else 0.99
        lines.append(TextLine(Rect(50, y, 470, y + EM), chars, float(EM), confidence=mean))
    return page, (page < 215).astype(np.uint8) * 255, lines


def test_pale_lines_that_read_better_mirrored_are_left_out() -> None:
    page, ink, lines = page_of([(20, 20), (20, 20), (180, 180), (20, 20), (180, 180)])
    page[200:300] = cv2.flip(page[200:300], 1)
    page[400:500] = cv2.flip(page[400:500], 1)
    lines[2:5:2] = [
        TextLine(
            Rect(600 - x.box.x1, x.box.y0, 600 - x.box.x0, x.box.y1),
            x.chars,
            x.size,
            confidence=0.5,
        )
        for x in lines[2:5:2]
    ]
    ink = (page < 215).astype(np.uint8) * 255
    kept, steps = printed_here(lines, page, ink, 250, Mirrored())
    assert kept == (lines[0], lines[1], lines[3])
    assert [step.name for step in steps] == ["show-through"]


def test_pale_type_that_reads_well_as_it_stands_is_kept() -> None:
    page, ink, lines = page_of([(20, 20), (20, 20), (180, 180), (180, 180), (180, 180)])
    kept, steps = printed_here(lines, page, ink, 250, Mirrored())
    assert kept == tuple(lines) and steps == ()


def test_a_line_that_runs_into_the_back_is_cut() -> None:
    page, ink, lines = page_of([(20, 20), (20, 20), (20, 180), (180, 180), (180, 180)])
    page[300:] = cv2.flip(page[300:], 1)
    lines[3:] = [
        TextLine(
            Rect(600 - x.box.x1, x.box.y0, 600 - x.box.x0, x.box.y1),
            x.chars,
            x.size,
            confidence=0.5,
        )
        for x in lines[3:]
    ]
    ink = (page < 215).astype(np.uint8) * 255
    kept, _ = printed_here(lines, page, ink, 250, Mirrored())
    assert [len(x.chars) for x in kept] == [6, 6, 3]
    assert kept[2].box.x1 < 300
