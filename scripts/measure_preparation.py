"""What the preparation of the picture costs on a page that needs none, or little.

    python scripts/measure_preparation.py PICTURE [--rounds N]

The page is read with and without preparation by turns, in one process; printed are the seconds of
the processor for each, the least of the rounds, their ratio, and the steps that were taken.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1])]

from digitise.grouping import batches  # noqa: E402
from digitise.ocr.reading import read_scan  # noqa: E402
from digitise.ocr.registry import get_engine  # noqa: E402
from digitise.options import Options  # noqa: E402
from digitise.sources import load_scan  # noqa: E402


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("picture", type=Path)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args(arguments)
    ref = batches([options.picture], Options(), "", False)[0].pages[0]
    scan = load_scan(ref, Options())
    engine = get_engine("rapid")
    least: dict[bool, float] = {}
    for _ in range(options.rounds):
        for prepare in (True, False):
            start = time.process_time()
            sheet = read_scan(scan, engine, replace(Options(), prepare=prepare), "p0001", 1)
            spent = time.process_time() - start
            least[prepare] = min(spent, least.get(prepare, spent))
            if prepare:
                steps = ", ".join(f"{s.name} {s.detail}".strip() for s in sheet.steps)
    print(
        f"with {least[True]:.1f} s, without {least[False]:.1f} s, ratio"
        f" {least[True] / least[False]:.2f}; steps: {steps}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
