"""Regions of issues that were digitised against their truth.

    digitise run OUT/issues/*-scan -o OUT/found
    python scripts/measure_regions.py OUT/found OUT/issues

FOUND holds a folder with an issue.json for each issue, TRUTH a file NAME.truth.json for each, as
scripts/make_samples.py writes them; only issues of which both are there count. As on the
transcribed opening (scripts/measure_opening.py), the head of an article (kicker, headline and deck)
is one region, and so is an advertisement or a masthead; every other region of an article counts by
itself. Two regions match that have half of what they cover together in common. Printed are
precision, recall and F1 for each issue and for all.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1])]

from digitise.formats.issue_json import load_issue  # noqa: E402
from digitise.model import Article, Issue, Region  # noqa: E402
from scripts.measure_opening import HEAD  # noqa: E402
from scripts.openings.regions import Shape, region_f1, shape  # noqa: E402

WHOLE = frozenset(("advertisement", "masthead"))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("found", type=Path)
    parser.add_argument("truth", type=Path)
    options = parser.parse_args(arguments)
    hits, ours, theirs = 0.0, 0, 0
    for file in sorted(options.truth.glob("*.truth.json")):
        name = file.name.removesuffix(".truth.json")
        made = options.found / name / "issue.json"
        if not made.exists():
            continue
        found, true = (shapes_of(load_issue(f.read_bytes())) for f in (made, file))
        precision, recall, f1 = region_f1(found, true)
        print(f"{name:<24}{precision:7.3f}{recall:7.3f}{f1:7.3f}")
        hits += precision * len(found)
        ours, theirs = ours + len(found), theirs + len(true)
    if not ours or not theirs:
        print("no issue has both an issue.json and a truth", file=sys.stderr)
        return 1
    print(
        f"{'all':<24}{hits / ours:7.3f}{hits / theirs:7.3f}{2 * hits / (ours + theirs):7.3f}"
        f"  ({ours} found, {theirs} true)"
    )
    return 0


def shapes_of(issue: Issue) -> list[Shape]:
    """What counts as a region of the articles of an issue."""
    regions = {(p.id, r.id): r for p in issue.pages for r in p.regions}
    out: list[Shape] = []
    for article in issue.articles:
        for group in _groups(article, regions):
            out.append(shape([r.polygon for r in group], hull=article.kind in WHOLE))
    return out


def _groups(article: Article, regions: dict[tuple[str, str], Region]) -> list[list[Region]]:
    groups: list[list[Region]] = []
    for part in article.parts:
        own = [regions[part.page, name] for name in part.regions if (part.page, name) in regions]
        if article.kind in WHOLE:
            groups.append(own)
            continue
        groups.append([r for r in own if r.kind in HEAD])
        groups += [[r] for r in own if r.kind not in HEAD]
    return [group for group in groups if group]


if __name__ == "__main__":
    sys.exit(main())
