"""Whether the confidence of articles tells which of them are right.

    python scripts/measure_confidence.py DIR... --work OUT [--scans]

DIR holds issues beside their <issue-id>.truth.json. An article is right when its text is within
1 % of a true article's. Told are, for tenths of the articles from the least confident up, the mean
confidence beside the share that is right; the expected calibration error (the mean distance of the
two, weighted by articles: Naeini et al. 2015); and how often a wrong article is less confident than
a right one (area under the ROC curve), which is what showing the worst first needs.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from digitise.evaluation.matching import Similarities
from digitise.evaluation.strings import article_text
from digitise.model import Issue
from scripts.provingground import cases, laid_out, parser_of_issues

NEAR = 0.01
"""Share of the true text that may be wrong in an article that is right."""
BINS = 10

Judged = list[tuple[float, bool]]


def judged(predicted: Issue, true: Issue) -> Judged:
    """(confidence, right) of each article that was found."""
    ours = [a for a in predicted.articles if a.kind == "article"]
    theirs = [article_text(a) for a in true.articles if a.kind == "article"]
    matches = Similarities([article_text(a) for a in ours], theirs).match()
    right = {m.predicted for m in matches if m.edits <= NEAR * len(theirs[m.true])}
    return [(a.confidence, k in right) for k, a in enumerate(ours)]


def calibration_error(rows: Judged, bins: int = BINS) -> float:
    """The expected calibration error over `bins` equal parts of the rows, by confidence."""
    return sum(len(p) * abs(_mean(p, 0) - _mean(p, 1)) for p in parts(rows, bins)) / len(rows)


def parts(rows: Judged, bins: int = BINS) -> list[Judged]:
    """The rows in `bins` parts of one size, the least confident first."""
    ordered = sorted(rows, key=lambda row: row[0])  # of alike ones, as they come
    cuts = np.linspace(0, len(ordered), bins + 1).astype(int)
    return [ordered[a:b] for a, b in itertools.pairwise(cuts) if b > a]


def ranking(rows: Judged) -> float:
    """How often a wrong article is less confident than a right one; ties count half."""
    right = np.array([c for c, ok in rows if ok])
    wrong = np.array([c for c, ok in rows if not ok])
    if not len(right) or not len(wrong):
        return float("nan")
    less = (wrong[:, None] < right[None, :]).mean()
    return float(less + 0.5 * (wrong[:, None] == right[None, :]).mean())


def found_first(rows: Judged, share: float) -> float:
    """Share of the wrong articles among the least confident `share` of all."""
    ordered = sorted(rows, key=lambda row: row[0])  # of alike ones, as they come
    shown = ordered[: max(1, round(share * len(ordered)))]
    return sum(not ok for _, ok in shown) / max(1, sum(not ok for _, ok in rows))


def _mean(rows: Iterable[tuple[float, bool]], place: int) -> float:
    return float(np.mean([row[place] for row in rows]))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = parser_of_issues(__doc__)
    options = parser.parse_args(arguments)
    rows: Judged = []
    for folder in options.issues:
        for case in cases(folder, options.work, options.scans):
            rows += judged(laid_out(case), case.truth)
    if not rows:
        parser.error("no issues with a truth there")
    print("| articles | mean confidence | right |\n|---|---|---|")
    for part in parts(rows):
        print(f"| {len(part)} | {_mean(part, 0):.3f} | {_mean(part, 1):.3f} |")
    print(f"\n{len(rows)} articles, {_mean(rows, 1):.3f} right;", end=" ")
    print(f"expected calibration error {calibration_error(rows):.3f};", end=" ")
    print(f"a wrong one below a right one {ranking(rows):.3f};", end=" ")
    print(f"wrong ones among the least confident tenth {found_first(rows, 0.1):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
