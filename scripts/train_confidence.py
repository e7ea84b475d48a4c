"""Fit what tells how likely an article is right (models/confidence.json) on random issues.

python scripts/make_samples.py --random 50 --seed 9610 --out DIR
python scripts/train_confidence.py rows DIR... --work OUT --worn --out born.npz
python scripts/train_confidence.py rows DIR... --work OUT --scans --out scans.npz
python scripts/train_confidence.py fit born.npz scans.npz --out models/confidence.json

`rows` lays every issue out and notes the evidence of each entry beside whether it is right,
`--worn` a second time with the pages worn down to what a scan leaves of them. `fit` weighs the
evidence by a logistic with ridge penalty; the sum is then scaled twice (Platt 1999), for text
from a text layer and for text read from pixels, by sums from weights that were fitted without the
issue in question, so that the scale knows how far they can be trusted. Worn pages have a part in
the weights alone.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1]))

from digitise.articles.confidence import Judge, Scale, group_of, save_judges
from digitise.articles.evidence import KINDS, evidence_of
from digitise.evaluation import right_entries
from scripts.linkrows.wear import worn
from scripts.provingground import Case, cases, laid_out_in_parts, parser_of_issues

Array = NDArray[np.float64]

RIDGE = 10.0
FOLDS = 5
GROUPS = ("article", "other")
SOURCES = ("text-layer", "ocr", "worn")

FOR = (
    "margin",
    "second_margin",
    "headline_length",
    "body",
    "stops",
    "named",
    "title_han",
    "byline",
)
AGAINST = (
    "log_doubt", "worst_link", "worst_start", "clashes", "begins_inside", "breaks_off", "no_head",
    "weak_head", "intruders", "intruding", "rivals", "share", "subheads",
)  # fmt: skip
"""What speaks for an article being right, and what against it."""

OTHER_FOR = ("characters",)
OTHER_AGAINST = ("intruders", "intruding", "loose", "share", "headless", "doubtful", "misread")
KIND = tuple(f"is_{kind}" for kind in KINDS)
"""The same for entries of other kinds; the kind itself may speak for or against."""


@dataclass(frozen=True, slots=True)
class Rows:
    """(n,) whether an entry is right, its group, source and issue; `x`, (n, names): evidence."""

    names: tuple[str, ...]
    x: Array
    right: NDArray[np.bool_]
    group: NDArray[np.str_]
    source: NDArray[np.str_]
    issue: NDArray[np.str_]


def rows_of(case: Case, wear: bool) -> Iterator[tuple[str, str, str, bool, Mapping[str, float]]]:
    """(group, source, issue, right, evidence) of each entry of an issue."""
    versions = [("", case.sheets)]
    if wear:
        seed = list(case.truth.id.encode())
        pages = enumerate(case.sheets)
        versions.append(
            ("worn", tuple(worn(s, np.random.default_rng([*seed, k]), 0.0) for k, s in pages))
        )
    for source, sheets in versions:
        issue, parts = laid_out_in_parts(case.truth.id, sheets)
        for made, right in zip(parts, right_entries(issue, case.truth), strict=True):
            evidence = evidence_of(made)
            read = source or ("ocr" if evidence["scan"] else "text-layer")
            yield group_of(made), read, case.truth.id, right, evidence


def gather(options: argparse.Namespace) -> int:
    """Rows of every issue into one archive."""
    found = [
        row
        for folder in options.issues
        for case in cases(folder, options.work, options.scans, options.kept)
        for row in rows_of(case, options.worn)
    ]
    if not found:
        print("no issues with a truth there", file=sys.stderr)
        return 1
    group, source, issue, right, evidence = zip(*found, strict=True)
    np.savez_compressed(
        options.out,
        allow_pickle=False,
        names=np.array(list(evidence[0])),
        x=np.array([list(one.values()) for one in evidence]),
        right=np.array(right),
        group=np.array(group),
        source=np.array(source),
        issue=np.array(issue),
    )
    print(f"{len(found)} entries, {np.mean(right):.3f} right")
    return 0


def load(paths: Sequence[Path]) -> Rows:
    """The rows of several archives as one."""
    parts = []
    for path in paths:
        with np.load(path, allow_pickle=False) as data:
            parts.append({key: data[key] for key in data.files})
    names = tuple(str(n) for n in parts[0]["names"])
    if any(tuple(p["names"]) != names for p in parts):
        raise ValueError("rows of different versions: gather them anew")
    keys = ("x", "right", "group", "source", "issue")
    return Rows(names, *(np.concatenate([p[key] for p in parts]) for key in keys))


def logistic(x: Array, y: Array, ridge: float, prior: Array) -> Array:
    """Weights (features,) of a logistic of `x`, (n, features), for `y`, (n,) of 0 and 1; each but
    the last, which stands for the constant, is held to `prior` by the penalty. By Newton's steps, halved where they overshoot."""
    held = np.full(x.shape[1], ridge)
    held[-1] = 1e-6

    def loss(at: Array) -> float:
        odds = x @ at
        missed = np.logaddexp(0.0, odds) - y * odds
        return float(missed.sum() + 0.5 * held @ (at - prior) ** 2)

    found = prior.copy()
    for _ in range(100):
        p = 1 / (1 + np.exp(-np.clip(x @ found, -30, 30)))
        slope = x.T @ (p - y) + held * (found - prior)
        bend = (x * (p * (1 - p))[:, None]).T @ x + np.diag(held)
        step = np.linalg.solve(bend, slope)
        least = loss(found)
        while loss(found - step) > least and np.abs(step).max() > 1e-9:
            step = step / 2  # too far: the loss is steeper there
        found = found - step
        if np.abs(step).max() < 1e-9:
            break
    return found


def weights_of(x: Array, y: Array) -> Array:
    """Weights of the evidence as it is, fitted on its standard deviations."""
    deviation = x.std(axis=0)
    scale = np.where(deviation > 1e-9, deviation, np.inf)
    one = np.ones((len(x), 1))
    found = logistic(
        np.hstack([(x - x.mean(axis=0)) / scale, one]), y, RIDGE, np.zeros(x.shape[1] + 1)
    )
    return np.asarray(found[:-1] / scale)


def fitted(rows: Rows, group: str, signs: Mapping[str, int]) -> Judge:
    """The judge of one group of kinds, by the evidence that `signs` names: 1 where more of it
    speaks for an entry, -1 against, 0 either way."""
    at = rows.group == group
    source, issue = rows.source[at], rows.issue[at]
    y = rows.right[at].astype(np.float64)
    names = list(signs)
    x = rows.x[at][:, [rows.names.index(name) for name in names]]
    while True:
        final = weights_of(x, y)
        # what came out against its meaning only makes up for something else: the worst goes
        wrong = -final * [signs[name] for name in names] * x.std(axis=0)
        worst = int(wrong.argmax())
        if wrong[worst] <= 0:
            break
        print(f"{group}: without {names[worst]}, which came out the other way round")
        del names[worst]
        x = np.delete(x, worst, axis=1)
    # a scan and the born-digital issue it was made of stand in one fold
    fold = np.array([int(hashlib.sha256(i.encode()).hexdigest(), 16) for i in _papers(issue)])
    fold = (fold % FOLDS).astype(int)
    sums = np.zeros(len(y))
    for k in range(FOLDS):
        rest = fold != k
        sums[~rest] = x[~rest] @ weights_of(x[rest], y[rest])
    scales = {}
    for name in SOURCES[:2]:
        own = source == name
        if own.sum() < 50 or y[own].all():
            raise ValueError(f"too few rows of {name} to scale by")
        middle = sums[own].mean()
        line = np.stack([sums[own] - middle, np.ones(int(own.sum()))], axis=1)
        found = logistic(line, y[own], 1.0, np.array([1.0, 0.0]))
        scales[name] = Scale(_short(found[0]), _short(found[1] - found[0] * middle))
        p = 1 / (1 + np.exp(-(line @ found)))
        print(
            f"{group}, {name}: {own.sum()} entries, {y[own].mean():.3f} right, told {p.mean():.3f}"
        )
    kept = {n: _short(w) for n, w in zip(names, final, strict=True) if abs(w) > 1e-6}
    return Judge(kept, scales["text-layer"], scales["ocr"])


def _papers(issues: NDArray[np.str_]) -> list[str]:
    return [str(i).removesuffix("-scan") for i in issues]


def _short(value: float) -> float:
    """Five digits: as many as tell, so that a file is the same wherever it is fitted."""
    return float(f"{value:.5g}")


def fit(options: argparse.Namespace) -> int:
    """The judges, fitted and written."""
    rows = load(options.rows)
    signs = {
        "article": dict.fromkeys(FOR, 1) | dict.fromkeys(AGAINST, -1),
        "other": dict.fromkeys(OTHER_FOR, 1)
        | dict.fromkeys(OTHER_AGAINST, -1)
        | dict.fromkeys(KIND, 0),
    }
    save_judges(options.out, {group: fitted(rows, group, signs[group]) for group in GROUPS})
    digest = hashlib.sha256(options.out.read_bytes()).hexdigest()
    print(options.out, options.out.stat().st_size, digest)
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("rows", parents=[parser_of_issues(None, helped=False)])
    one.add_argument("--worn", action="store_true", help="worn down as well")
    one.add_argument("--out", type=Path, required=True)
    one.set_defaults(work_on=gather)
    two = commands.add_parser("fit")
    two.add_argument("rows", type=Path, nargs="+")
    two.add_argument("--out", type=Path, required=True)
    two.set_defaults(work_on=fit)
    options = parser.parse_args(arguments)
    return int(options.work_on(options))


if __name__ == "__main__":
    sys.exit(main())
