"""What each kind of evidence is worth to the grouping: each switched off in turn.

    python scripts/make_samples.py --random 10 --seed N --out DIR
    python scripts/ablate_layout.py DIR --work OUT

DIR holds issues beside their <issue-id>.truth.json. Pages are read once, into OUT, and laid out
anew for every row. A judge that was trained with a kind of evidence leans on it: rows of the
second table switch the judges off as well, and tell what the evidence is worth to hand-set costs.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from digitise.evaluation import Figures, evaluate
from digitise.layout import Heed
from scripts.provingground import Case, cases, laid_out, parser_of_issues

GROUPS: Mapping[str, tuple[str, ...]] = {
    "typography": ("size", "face", "width", "rules", "frames", "level"),
    "structure": ("span", "datelines", "signatures", "stops"),
    "language": ("indents", "wording"),
}


def variants(judges: bool) -> dict[str, Heed]:
    """Everything, then each kind and each group of kinds switched off, by what is missing."""
    base = Heed() if judges else Heed().without("judges")
    out = {"nothing" if judges else "judges": base}
    for field in fields(Heed):
        if field.name != "judges" and (judges or field.name != "second"):
            out[field.name] = base.without(field.name)
    for group, names in GROUPS.items():
        out[f"all {group}"] = base.without(*names)
    return out


def figures_of(found: Sequence[Case], heed: Heed) -> Figures:
    """The figures of all issues together, laid out by what `heed` leaves."""
    return sum((evaluate(laid_out(case, heed), case.truth).figures for case in found), Figures())


def table(found: Sequence[Case], judges: bool) -> None:
    print("| without | article F1 | article CER | order | paragraph F1 | headlines | jumps P/R |")
    print("|---|---|---|---|---|---|---|")
    first: Figures | None = None
    for name, heed in variants(judges).items():
        f = figures_of(found, heed)
        first = first or f
        change = f.article_f1 - first.article_f1
        less = "" if f is first else f" ({change:+.3f})"
        print(
            f"| {name} | {f.article_f1:.3f}{less} | {f.article_cer:.1%} | {f.order:.1%}"
            f" | {f.paragraph_f1:.3f} | {f.headlines:.3f}"
            f" | {f.jump_precision:.2f} / {f.jump_recall:.2f} |",
            flush=True,
        )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = parser_of_issues(__doc__)
    options = parser.parse_args(arguments)
    found = [
        c
        for folder in options.issues
        for c in cases(folder, options.work, options.scans, options.kept)
    ]
    pages = sum(len(case.sheets) for case in found)
    print(f"{len(found)} issues, {pages} pages\n")
    table(found, judges=True)
    print()
    table(found, judges=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
