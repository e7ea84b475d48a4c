"""Make the sample newspaper, or any number of random ones, with the truth of what they say.

    python scripts/make_samples.py --out samples
    python scripts/make_samples.py --random 20 --seed 7 --out DIR [--scan] [--pages K]
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from digitise.errors import DigitiseError  # noqa: E402
from typesetter import pages, pdf  # noqa: E402
from typesetter.truth import truth  # noqa: E402


def _save(path: Path, value: dict[str, Any]) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def make_random(count: int, seed: int, out: Path, scan: bool, page_count: int) -> None:
    """`count` random issues into `out`."""
    for number in range(1, count + 1):
        issue, drafts = pages.random_issue(seed, number, page_count)
        data = pdf.write(drafts, issue.title)
        folder = out / issue.id
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "issue.pdf").write_bytes(data)
        _save(out / f"{issue.id}.truth.json", truth(issue, drafts))
        print(f"{issue.id}: {len(drafts)} pages, {len(issue.entries)} entries")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--random", type=int, default=0, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", type=int, default=0, metavar="K")
    parser.add_argument("--scan", action="store_true")
    options = parser.parse_args(arguments)
    try:
        make_random(options.random, options.seed, options.out, options.scan, options.pages)
    except DigitiseError as error:
        print(error.text(), file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
