"""What each voice on unsure characters of vertical lines mends and breaks on an old opening.

    python scripts/measure_voices.py PICTURE TRUTH.json

Read once by the recogniser alone, then with the voices of digitise/ocr/voices.py by twos and all
together, then with the page's own type (specimens.py), then with what was passed over
(passedover.py). TRUTH.json as for measure_opening.py. Mended: characters of the truth that are
right and were not; broken: that were right and are not, both on the lines as read.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path[:0] = [str(Path(__file__).parents[1])]

from digitise.grouping import batches  # noqa: E402
from digitise.model import Gray, Sheet  # noqa: E402
from digitise.ocr import passedover, specimens, voices  # noqa: E402
from digitise.ocr.engine import Detection  # noqa: E402
from digitise.ocr.glyphs import Judged  # noqa: E402
from digitise.ocr.rapid import RapidEngine  # noqa: E402
from digitise.ocr.reading import read_scan  # noqa: E402
from digitise.options import Options  # noqa: E402
from digitise.sources import load_scan  # noqa: E402
from scripts.openings.recall import read_lines, recall  # noqa: E402
from scripts.openings.truth import MARKS, Truth, load_truth  # noqa: E402

ALL = (voices.LYING, voices.UPRIGHT, voices.ALONE)

SETTINGS: tuple[tuple[str, tuple[float, float, float], bool, bool], ...] = (
    ("lying", (1.0, 0.0, 0.0), False, False),
    ("lying and upright", (0.6, 0.4, 0.0), False, False),
    ("lying and alone", (0.55, 0.0, 0.45), False, False),
    ("all three", ALL, False, False),
    ("in the page's own type", ALL, True, False),
    ("and what was passed over", ALL, True, True),
)
"""(name, weights of the three voices, whether the page's own type speaks, whether characters are
put in)"""

OWN, APART = specimens.NATS, passedover.APART


class Patient(RapidEngine):
    """Finds the lines of a page once however often it is asked. `deaf`: knows nothing of single
    characters."""

    deaf = False

    def __init__(self) -> None:
        super().__init__(1)
        self._found: dict[tuple[bytes, float | None], tuple[Detection, ...]] = {}

    def detect(self, gray: Gray, em: float | None = None) -> tuple[Detection, ...]:
        key = gray.tobytes()[::97], em
        if key not in self._found:
            self._found[key] = super().detect(gray, em)
        return self._found[key]

    def glyphs(self, cells: Sequence[Gray]) -> Judged | None:
        told = super().glyphs(cells)
        if not self.deaf or told is None:
            return told
        return replace(told, logs=np.full_like(told.logs, -np.log(len(told.places))))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("picture", type=Path)
    parser.add_argument("truth", type=Path)
    options = parser.parse_args(arguments)
    truth = load_truth(options.truth)
    ref = batches([options.picture], Options(), "", False)[0].pages[0]
    scan = load_scan(ref, Options())
    engine = Patient()
    before: list[bool] | None = None
    for name, (lying, upright, alone), own, put_in in SETTINGS:
        specimens.NATS = OWN if own else 0.0
        passedover.APART = APART if put_in else 1e9
        voices.LYING, voices.UPRIGHT, voices.ALONE = lying, upright, alone
        engine.deaf = alone == 0
        start = time.process_time()
        right = right_ones(truth, read_scan(scan, engine, Options(), "p0001", 1))
        seconds = time.process_time() - start
        before = before or right
        mended = sum(b and not a for a, b in zip(before, right, strict=True))
        broken = sum(a and not b for a, b in zip(before, right, strict=True))
        print(
            f"{name:<26}{len(right)} characters, right {100 * sum(right) / len(right):.1f} %,"
            f" mended {mended}, broken {broken}; {seconds:.0f} s",
            flush=True,
        )
    return 0


def right_ones(truth: Truth, sheet: Sheet) -> list[bool]:
    """Of every character of the truth but marks whether it was read right."""
    read = read_lines(sheet.lines)
    places = recall(truth, sheet.lines).places
    lines = [line for text in truth.texts for line in text.lines]
    return [
        place is not None and read[place[0]].text[place[1]] == char
        for line, row in zip(lines, places, strict=True)
        for char, place in zip(line, row, strict=True)
        if char not in MARKS
    ]


if __name__ == "__main__":
    sys.exit(main())
