"""How far what was found on a page that lay askew, curled or small is from where it is on it.

    python scripts/measure_coordinates.py [ISSUE.pdf] [--page N] [--steps skew-3,curl-1.2,...]

The page is read clean, at 300 dpi, and spoilt in ways whose geometry is known. Of each line that was
read alike both times, the middles of its four sides are put where they lie in the spoilt picture
and compared with those that were found there. Printed are the median, the 95th percentile and the
greatest of the distances, in pixels of 300 dpi, and the share within 3.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

sys.path[:0] = [str(Path(__file__).parents[1])]

from digitise.model import Rect, Scan, Sheet  # noqa: E402
from digitise.ocr.reading import read_scan  # noqa: E402
from digitise.ocr.registry import get_engine  # noqa: E402
from digitise.options import Options  # noqa: E402
from scripts.degradation_ladder import SAMPLE, rendered  # noqa: E402
from scripts.spoiling import STEPS, Gray  # noqa: E402

LONG = 6
"""Least characters of a line that is compared."""


class Lie(NamedTuple):
    """How a step of the ladder moves what is on the page: turned by `degrees`, then sunk by `curl`
    of the width, then reduced to `dpi`."""

    degrees: float = 0.0
    curl: float = 0.0
    dpi: int = 300

    def __call__(self, points: NDArray[np.float64], width: int, height: int) -> NDArray[np.float64]:
        """Where `points`, (n, 2), of the clean page of `width` by `height` lie in the picture."""
        angle = np.radians(self.degrees)
        turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        middle = np.array([width / 2, height / 2])
        moved = (points - middle) @ turn.T + middle
        moved[:, 1] += self.curl * width * np.maximum(0, (moved[:, 0] / width - 0.4) / 0.6) ** 2
        return np.asarray(moved * (self.dpi / 300), np.float64)


LIES: Mapping[str, Lie] = {
    "clean": Lie(),
    "skew-1": Lie(1),
    "skew-3": Lie(3),
    "curl-0.6": Lie(curl=0.006),
    "curl-1.2": Lie(curl=0.012),
    "dpi-150": Lie(dpi=150),
    "worn-200": Lie(1, 0.006, 200),
    "worn-150": Lie(1, 0.006, 150),
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("issue", type=Path, nargs="?", default=SAMPLE / "issue.pdf")
    parser.add_argument("--page", type=int, default=1)
    parser.add_argument("--steps", default="skew-3,curl-1.2,dpi-150,worn-200")
    options = parser.parse_args(arguments)
    ((number, page),) = rendered(options.issue.read_bytes(), options.page)
    height, width = page.shape
    clean = _sides(_sheet(page, 300, number))
    print(f"{'step':<12}{'lines':>7}{'median':>9}{'95 %':>8}{'most':>8}{'within 3':>10}")
    for step in options.steps.split(","):
        picture, dpi = STEPS[step](page)
        found = _sides(_sheet(picture, dpi, number))
        alike = sorted(clean.keys() & found.keys())
        there = LIES[step](np.concatenate([clean[text] for text in alike]), width, height)
        off = np.concatenate([found[text] for text in alike]) - there
        far = np.hypot(*off.T) * 300 / dpi
        print(
            f"{step:<12}{len(alike):>7}{np.median(far):>9.2f}{np.percentile(far, 95):>8.2f}"
            f"{far.max():>8.2f}{np.mean(far <= 3):>10.3f}",
            flush=True,
        )
    return 0


def _sheet(picture: Gray, dpi: int, number: int) -> Sheet:
    return read_scan(Scan(picture, dpi, "page"), get_engine("rapid"), Options(), "p0001", number)


def _sides(sheet: Sheet) -> dict[str, NDArray[np.float64]]:
    """By the text of each line that stands on the page once, the middles of its sides, (4, 2), in
    pixels of the picture that was read."""
    often = Counter(line.text for line in sheet.lines)
    return {
        line.text: np.array([sheet.to_original(x, y) for x, y in _middles(line.box)])
        for line in sheet.lines
        if len(line.text) >= LONG and often[line.text] == 1
    }


def _middles(box: Rect) -> list[tuple[float, float]]:
    return [(box.x0, box.cy), (box.x1, box.cy), (box.cx, box.y0), (box.cx, box.y1)]


if __name__ == "__main__":
    sys.exit(main())
