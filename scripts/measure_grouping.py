"""What layout and grouping cost beside the reading of the same pages.

    python scripts/measure_grouping.py samples/lanjiang-2026-03-13-scan

Pages are read from their pixels, then laid out and put together to an issue, `--rounds` times
each; the first reading opens the models and is not counted. Times are of this process and its
threads.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).parents[1]))

from digitise.ocr.reading import read_scan
from digitise.ocr.registry import get_engine
from digitise.options import Options
from digitise.sources import expand, load_scan
from scripts.provingground import laid_out_in_parts

MOST = 0.1
"""Share of the reading that layout and grouping may take."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("scans", type=Path, nargs="+", help="scanned pages of one issue")
    parser.add_argument("--rounds", type=int, default=1)
    chosen = parser.parse_args(arguments)
    options = Options()
    engine = get_engine(options.engine, options.lang, options.threads)
    refs = expand(chosen.scans, options)
    read_scan(load_scan(refs[0], options), engine, options, refs[0].id, 1)
    clock: list[float] = []
    work: list[float] = []
    for _ in range(chosen.rounds):
        times = [(perf_counter(), process_time())]
        sheets = [
            replace(read_scan(load_scan(r, options), engine, options, f"p{n:04d}", n), number=n)
            for n, r in enumerate(refs, 1)
        ]
        times.append((perf_counter(), process_time()))
        issue, _ = laid_out_in_parts("issue", sheets)
        times.append((perf_counter(), process_time()))
        clock.append((times[2][0] - times[1][0]) / (times[1][0] - times[0][0]))
        work.append((times[2][1] - times[1][1]) / (times[1][1] - times[0][1]))
        print(f"{len(sheets)} pages, {len(issue.articles)} entries,", end=" ")
        print(f"read in {times[1][0] - times[0][0]:.1f} s, grouped in", end=" ")
        print(f"{times[2][0] - times[1][0]:.2f} s: {clock[-1]:.3f} of it by the clock,", end=" ")
        print(f"{work[-1]:.3f} of its processor time", flush=True)
    print(f"median {median(clock):.3f} by the clock, {median(work):.3f} of processor time")
    return 0 if median(clock) < MOST else 1


if __name__ == "__main__":
    sys.exit(main())
