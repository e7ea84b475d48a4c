"""How many misread characters the workbench marks as doubtful, and how many others with them.

Lines of scans that were read are laid over the text of the same pages as their PDFs have it; each
character that was read as another one counts as misread. Letters, digits and Chinese characters
are counted apart from marks of punctuation, whose limits differ.

    python scripts/make_samples.py --random 20 --seed 8201 --pages 2 --scan --out TRUTH
    digitise run TRUTH/*-scan -o RUN
    python scripts/measure_doubts.py RUN TRUTH

An issue of RUN is called as the folder of its PDF in TRUTH, or as that with "-scan" behind it.
"""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pymupdf
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

sys.path[:0] = [str(Path(__file__).parents[1])]

from digitise.archive.corrections.standing import DOUBTFUL, DOUBTFUL_MARK, is_word  # noqa: E402
from digitise.formats.issue_json import load_issue  # noqa: E402
from digitise.model import Issue, Line  # noqa: E402

LIMITS = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("run", type=Path)
    parser.add_argument("truth", type=Path)
    given = parser.parse_args()
    told: list[tuple[bool, bool, float]] = []
    issues = 0
    for path in sorted(given.run.glob("*/issue.json")):
        other = given.truth / path.parent.name.removesuffix("-scan") / "issue.pdf"
        if other.is_file():
            issues += 1
            told += compared(load_issue(path.read_bytes(), str(path)), printed(other))
    print(f"{issues} issues, {len(told)} characters")
    for name, word, now in (("characters", True, DOUBTFUL), ("punctuation", False, DOUBTFUL_MARK)):
        right = [sure for wrong, is_one, sure in told if is_one == word and not wrong]
        misread = [sure for wrong, is_one, sure in told if is_one == word and wrong]
        print(f"{name}: {len(right) + len(misread)}, misread {len(misread)}\n"
              f"  below   of the misread   others for each 1,000")  # fmt: skip
        for limit in LIMITS:
            found = sum(sure < limit for sure in misread)
            others = 1000 * sum(sure < limit for sure in right) / max(1, len(told))
            here = "  <- as it is" if limit == now else ""
            print(
                f"{limit:>7.2f}{found:>8} {found / max(1, len(misread)):>7.0%}{others:>14.1f}{here}"
            )
    return 0


def printed(path: Path) -> list[str]:
    """The text of each page of a born-digital PDF."""
    pages = []
    document: Any = pymupdf.open(path)  # type: ignore[no-untyped-call]
    for page in document:
        blocks = [one for one in page.get_text("dict")["blocks"] if one["type"] == 0]
        spans = [span for one in blocks for line in one["lines"] for span in line["spans"]]
        pages.append(plain("".join(span["text"] for span in spans)))
    return pages


def compared(scan: Issue, truth: Sequence[str]) -> Iterator[tuple[bool, bool, float]]:
    """For each character of a line that is found in the truth's page: whether it is misread,
    whether it is more than punctuation, and how sure the recogniser was of it."""
    for read, whole in zip(scan.pages, truth, strict=True):
        for region in read.regions:
            for line in region.lines:
                yield from _line(line, whole)


def _line(line: Line, whole: str) -> Iterator[tuple[bool, bool, float]]:
    chars = [char for char in line.chars if char.text.strip()]
    text = plain("".join(char.text for char in chars))
    if len(line.chars) != len(line.text) or len(text) < 6:
        return
    found = fuzz.partial_ratio_alignment(text, whole)
    if found is None or found.score < 80:
        return
    there = whole[found.dest_start : found.dest_end]
    wrong = {
        at
        for op in Levenshtein.opcodes(text, there)
        if op.tag == "replace"  # what is lost or added cannot be marked
        for at in range(op.src_start, op.src_end)
    }
    for at, char in enumerate(chars):
        yield at in wrong, is_word(char.text), char.confidence


def plain(text: str) -> str:
    """Without white space, and full width as half width, one character for one."""
    folded = (unicodedata.normalize("NFKC", char) for char in "".join(text.split()))
    return "".join(
        f if len(f) == 1 else c for f, c in zip(folded, "".join(text.split()), strict=True)
    )


if __name__ == "__main__":
    sys.exit(main())
