"""Make the sample newspaper, or any number of random ones, with the truth of what they say.

python scripts/make_samples.py --out samples
python scripts/make_samples.py --random 20 --seed 7 --out DIR [--scan] [--pages K] [--old]

--old: papers as they were before 1950, set down the page in traditional characters.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pymupdf

sys.path.insert(0, str(Path(__file__).parents[1]))

from digitise.errors import DigitiseError
from digitise.model import Affine
from scripts.typesetter import degrade, oldpages, pages, pdf
from scripts.typesetter.canvas import PageDraft
from scripts.typesetter.sample_first import first_issue
from scripts.typesetter.sample_second import second_issue
from scripts.typesetter.story import IssueDraft
from scripts.typesetter.truth import truth


def _save(path: Path, value: dict[str, Any]) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def make_random(
    count: int, seed: int, out: Path, scan: bool, page_count: int, old: bool = False
) -> None:
    """`count` random issues into `out`."""
    make = oldpages.random_old_issue if old else pages.random_issue
    for number in range(1, count + 1):
        issue, drafts = make(seed, number, page_count)
        data = pdf.write(drafts, issue.title)
        folder = out / issue.id
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "issue.pdf").write_bytes(data)
        _save(out / f"{issue.id}.truth.json", truth(issue, drafts))
        if scan:
            make_scans(issue, drafts, data, out, seed * 1000 + number, gentle=False)
        print(f"{issue.id}: {len(drafts)} pages, {len(issue.entries)} entries", flush=True)


def make_written(out: Path) -> None:
    """The two issues of the sample newspaper, as PDF and as scans."""
    for n, make in enumerate((first_issue, second_issue), 1):
        issue, drafts = make()
        data = pdf.write(drafts, issue.title)
        folder = out / issue.id
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "issue.pdf").write_bytes(data)
        _save(out / f"{issue.id}.truth.json", truth(issue, drafts))
        make_scans(issue, drafts, data, out, n, gentle=True)
        print(f"{issue.id}: {len(drafts)} pages, {len(issue.entries)} entries", flush=True)


def make_scans(
    issue: IssueDraft, drafts: list[PageDraft], data: bytes, out: Path, seed: int, gentle: bool
) -> None:
    """The same issue as spoilt scans, with the truth in the pixels of the scans."""
    folder = out / f"{issue.id}-scan"
    folder.mkdir(parents=True, exist_ok=True)
    maps: list[Affine] = []
    sizes: list[tuple[int, int]] = []
    doc: Any = pymupdf.open(stream=data, filetype="pdf")  # type: ignore[no-untyped-call]
    with doc:
        for n, page in enumerate(doc):
            rng = np.random.default_rng([seed, n])
            wear = degrade.random_wear(rng, gentle)
            # A sheet has pages 1 and 2 back to back, 3 and 4, and so on.
            other = n + 1 if n % 2 == 0 else n - 1
            back = degrade.render(doc[other]) if other < len(doc) else None
            image, turn = degrade.scan(degrade.render(page), back, wear, seed * 100 + n)
            (folder / f"p{n + 1}.jpg").write_bytes(degrade.jpeg(image, wear.quality))
            maps.append(turn)
            sizes.append((image.shape[1], image.shape[0]))
    value = truth(issue, drafts, lambda n, x, y: maps[n](x, y), sizes, "-scan")
    _save(out / f"{issue.id}-scan.truth.json", value)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--random", type=int, default=0, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", type=int, default=0, metavar="K")
    parser.add_argument("--scan", action="store_true")
    parser.add_argument("--old", action="store_true", help="set down the page, from right to left")
    options = parser.parse_args(arguments)
    try:
        if options.random:
            make_random(
                options.random, options.seed, options.out, options.scan, options.pages, options.old
            )
        else:
            make_written(options.out)
    except DigitiseError as error:
        print(error.text(), file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
