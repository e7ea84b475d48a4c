"""Whether confidence tells which articles are right.

    python scripts/measure_confidence.py DIR... --work OUT [--scans] [--kept]

DIR holds issues beside their <issue-id>.truth.json. Right is what confidence is to predict
(digitise/evaluation/rightness.py): an article that counts for the article F1 and has exactly its
headline and its jumps. Told are, for tenths of the articles from the least confident up, the mean
confidence beside the share that is right; the expected calibration error (the mean distance of the
two, weighted by articles: Naeini et al. 2015), with tenths of the articles and with tenths of the
scale; the mean squared distance (Brier 1950); how often a wrong article is less confident than a
right one (area under the ROC curve); and how many of the wrong ones stand in the first tenth and
fifth of a queue, the least confident first. Beside it the same for the mean confidence of the
characters, which knows of the reading alone, and for entries of other kinds.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from digitise.articles.evidence import mean_reading
from digitise.evaluation import right_entries
from scripts.provingground import cases, laid_out_in_parts, parser_of_issues

BINS = 10

Judged = list[tuple[float, bool]]


def calibration_error(rows: Judged, bins: int = BINS) -> float:
    """The expected calibration error over `bins` equal parts of the rows, by confidence."""
    return sum(len(p) * abs(_mean(p, 0) - _mean(p, 1)) for p in parts_of(rows, bins)) / len(rows)


def parts_of(rows: Judged, bins: int = BINS) -> list[Judged]:
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


def scale_error(rows: Judged, bins: int = BINS) -> float:
    """The expected calibration error over `bins` equal parts of the scale from 0 to 1."""
    held: list[Judged] = [[] for _ in range(bins)]
    for row in rows:
        held[min(bins - 1, int(row[0] * bins))].append(row)
    return sum(len(p) * abs(_mean(p, 0) - _mean(p, 1)) for p in held if p) / len(rows)


def squared(rows: Judged) -> float:
    """The mean squared distance of confidence from what came true (Brier score)."""
    return float(np.mean([(c - ok) ** 2 for c, ok in rows]))


def told(name: str, rows: Judged) -> str:
    """One row of the table of figures."""
    return (
        f"| {name} | {len(rows)} | {_mean(rows, 1):.3f} | {_mean(rows, 0):.3f} |"
        f" {calibration_error(rows):.3f} | {scale_error(rows):.3f} | {squared(rows):.3f} |"
        f" {ranking(rows):.3f} | {found_first(rows, 0.1):.2f} | {found_first(rows, 0.2):.2f} |"
    )


def _mean(rows: Iterable[tuple[float, bool]], place: int) -> float:
    return float(np.mean([row[place] for row in rows]))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = parser_of_issues(__doc__)
    options = parser.parse_args(arguments)
    articles: Judged = []
    reading: Judged = []
    others: Judged = []
    for folder in options.issues:
        for case in cases(folder, options.work, options.scans, options.kept):
            issue, parts = laid_out_in_parts(case.truth.id, case.sheets)
            right = right_entries(issue, case.truth)
            for a, made, ok in zip(issue.articles, parts, right, strict=True):
                if a.kind == "article":
                    articles.append((a.confidence, ok))
                    reading.append((mean_reading(made), ok))
                else:
                    others.append((a.confidence, ok))
    if not articles:
        parser.error("no issues with a truth there")
    print("| articles | mean confidence | right |\n|---|---|---|")
    for part in parts_of(articles):
        print(f"| {len(part)} | {_mean(part, 0):.3f} | {_mean(part, 1):.3f} |")
    print(
        "\n| | entries | right | mean confidence | ECE, tenths of the entries | ECE, tenths of the"
        " scale | Brier | wrong below right | wrong in the first tenth | in the first fifth |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    print(told("articles", articles))
    print(told("articles, by the mean confidence of characters", reading))
    if others:
        print(told("other kinds", others))
    return 0


if __name__ == "__main__":
    sys.exit(main())
