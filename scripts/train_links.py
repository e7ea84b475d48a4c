"""Train the judges of links between pieces of a page (models/links.npz) on random issues.

python scripts/make_samples.py --random 40 --seed 1000 --out DIR
python scripts/train_links.py rows DIR... --out rows.npz
python scripts/train_links.py fit rows.npz --out models/links.npz

The judges of pages set downwards (models/links-downward.npz) likewise, from issues made with
--old and rows with --downward.

The judges of the second hearing (models/links-second.npz) likewise, with --second in both
commands, from other issues than those the first were made from, which they know too well.

`rows` lays every page out with the hand-set costs, once as it is and once worn down to what a
scan leaves of it, and notes the evidence of every candidate link beside whether it is true.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from digitise.layout.context import LINK_NAMES
from digitise.layout.evidence import END_NAMES, PAIR_NAMES, START_NAMES
from digitise.layout.trees import Trees, save_trees
from scripts.linkrows.gather import JUDGES, rows_of_issue, second_rows_of_issue

TREES = {"pair": 200, "start": 120, "end": 120}
PARAMETERS = {
    "objective": "binary",
    "learning_rate": 0.06,
    "num_leaves": 24,
    "max_depth": 7,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbosity": -1,
}

SECOND_TREES = {"pair": 450, "start": 400, "end": 350}
SECOND = {"learning_rate": 0.04, "num_leaves": 16, "max_depth": 6, "min_data_in_leaf": 80,
          "lambda_l2": 10.0}  # fmt: skip
"""Of the second hearing, which adds to what the first said."""


def gather(folders: list[Path], out: Path, downward: bool, second: bool) -> None:
    """Rows of every issue in `folders` into one archive."""
    kinds = "xys" if second else "xy"
    parts: dict[str, list[Any]] = {f"{j}.{k}": [] for j in JUDGES for k in kinds}
    for folder in folders:
        for truth in sorted(folder.glob("*.truth.json")):
            found: Mapping[str, tuple[Any, ...]] = (
                second_rows_of_issue(truth) if second else rows_of_issue(truth, downward)
            )
            for judge, row in found.items():
                for kind, values in zip(kinds, row, strict=True):
                    parts[f"{judge}.{kind}"].append(values)
            print(truth.name, sum(len(y) for y in parts["pair.y"]), flush=True)
    np.savez_compressed(out, allow_pickle=False, **{k: np.concatenate(v) for k, v in parts.items()})


def fit(rows: Path, out: Path, second: bool) -> None:
    """The judges, trained and written."""
    import lightgbm

    made: dict[str, Trees] = {}
    names: dict[str, tuple[str, ...]] = {
        "pair": PAIR_NAMES, "start": START_NAMES, "end": END_NAMES,
    }  # fmt: skip
    if second:
        names = {judge: (*own, *LINK_NAMES) for judge, own in names.items()}
    with np.load(rows, allow_pickle=False) as data:
        for judge in JUDGES:
            x, y = data[f"{judge}.x"].astype(np.float64), data[f"{judge}.y"]
            known = data[f"{judge}.s"] if second else None
            booster = lightgbm.train(
                PARAMETERS | (SECOND if second else {}),
                lightgbm.Dataset(x, y, init_score=known),
                num_boost_round=(SECOND_TREES if second else TREES)[judge],
            )
            made[judge] = _trees(booster.dump_model())
            ours, theirs = made[judge].score(x[:2000]), booster.predict(x[:2000], raw_score=True)
            print(
                f"{judge}: {len(y)} rows, {y.mean():.3f} true, {len(made[judge].value)} nodes,"
                f" differs from the trainer by {np.abs(ours - theirs).max():.1e}"
            )
            gain = booster.feature_importance("gain")
            order = np.argsort(-gain)[:14]
            print("   ", ", ".join(f"{names[judge][k]} {gain[k] / gain.sum():.3f}" for k in order))
    save_trees(out, made)
    print(out, out.stat().st_size, hashlib.sha256(out.read_bytes()).hexdigest())


def _below(number: float) -> np.float32:
    """The largest float32 that is at most `number`."""
    single = np.float32(number)
    return single if float(single) <= number else np.nextafter(single, np.float32(-np.inf))


def _trees(model: dict[str, Any]) -> Trees:
    rows: list[tuple[int, float, int, int, bool, float]] = []
    roots: list[int] = []

    def add(node: dict[str, Any]) -> int:
        at = len(rows)
        if "leaf_value" in node and "split_feature" not in node:
            rows.append((0, 0.0, at, at, True, float(node["leaf_value"])))
            return at
        rows.append((0, 0.0, 0, 0, True, 0.0))
        # float32 all through, rounded down: what was above the threshold stays so
        threshold = float(_below(min(node["threshold"], 3e38)))
        left, right = add(node["left_child"]), add(node["right_child"])
        nan = node["default_left"] if node["missing_type"] == "NaN" else threshold >= 0.0
        rows[at] = (int(node["split_feature"]), threshold, left, right, bool(nan), 0.0)
        return at

    for tree in model["tree_info"]:
        roots.append(add(tree["tree_structure"]))
    feature, threshold, lefts, rights, unknown, value = zip(*rows, strict=True)
    return Trees(
        np.array(feature, dtype=np.int16),
        np.array(threshold, dtype=np.float32),
        np.array(lefts, dtype=np.int32),
        np.array(rights, dtype=np.int32),
        np.array(unknown, dtype=np.bool_),
        np.array(value, dtype=np.float32),
        np.array(roots, dtype=np.int32),
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("rows")
    one.add_argument("folders", nargs="+", type=Path)
    one.add_argument("--out", type=Path, required=True)
    one.add_argument("--second", action="store_true", help="for the second hearing")
    one.add_argument("--downward", action="store_true", help="of pages set downwards")
    two = commands.add_parser("fit")
    two.add_argument("rows", type=Path)
    two.add_argument("--out", type=Path, required=True)
    two.add_argument("--second", action="store_true", help="for the second hearing")
    options = parser.parse_args()
    if options.command == "rows":
        gather(options.folders, options.out, options.downward, options.second)
    else:
        fit(options.rows, options.out, options.second)
    return 0


if __name__ == "__main__":
    sys.exit(main())
