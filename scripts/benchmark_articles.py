"""The proving ground: random issues, what digitise makes of them, and what others make of them.

    python scripts/benchmark_articles.py --random 8 --seed N --work OUT
    python scripts/benchmark_articles.py --random 4 --seed N --work OUT --scans --peers none

Order is the edit distance of a page's text over the longer of the two, as in `digitise evaluate`.
Article F1 of a peer counts its groups (scripts/peers) as articles: they cannot go over pages, and
headlines that it sets apart cost it their article. Peers that read pixels do so on the first
`--pixel-pages` pages; digitise's order on those same pages, from the text layer, stands beside.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

from digitise.evaluation import Evaluation, evaluate, evaluation_text
from digitise.evaluation.matching import Similarities
from digitise.evaluation.strings import article_text, distance, normal
from digitise.formats.plain import ordered_regions
from digitise.model import Issue
from scripts.make_samples import make_random
from scripts.peers.readers import PEERS, READS_PIXELS
from scripts.provingground import Case, cases, laid_out


@dataclass(slots=True)
class Score:
    """Counts of one reader over pages and articles."""

    pages: int = 0
    edits: int = 0
    longer: int = 0
    own_edits: int = 0
    own_longer: int = 0
    counted: int = 0
    groups: int = 0
    articles: int = 0
    seconds: float = 0.0


def page_texts(issue: Issue) -> list[str]:
    return [normal("\n".join(r.text for r in ordered_regions(page))) for page in issue.pages]


def ask(name: str, found: Sequence[tuple[Case, Issue]], most: int) -> Score | str:
    """What a peer makes of the issues, of `most` pages at most; why it cannot be asked."""
    try:
        read = PEERS[name]()
    except Exception as error:  # whatever a foreign package fails with when it is opened
        return f"{name}: not here ({type(error).__name__}: {str(error).splitlines()[0][:90]})"
    score = Score()
    for case, ours in found:
        texts, own = page_texts(case.truth), page_texts(ours)
        groups: list[str] = []
        whole = score.pages + len(texts) <= most
        for number, (text, mine) in enumerate(zip(texts, own, strict=True)):
            if score.pages >= most:
                break
            start = perf_counter()
            got = read(case.folder / "issue.pdf", number, case.sheets[number])
            score.seconds += perf_counter() - start
            theirs = normal("".join(got))
            score.pages += 1
            score.edits += distance(theirs, text)
            score.longer += max(len(theirs), len(text))
            score.own_edits += distance(mine, text)
            score.own_longer += max(len(mine), len(text))
            groups += [normal(g) for g in got]
        if whole:
            wanted = [article_text(a) for a in case.truth.articles if a.kind == "article"]
            score.counted += sum(m.counts for m in Similarities(groups, wanted).match())
            score.groups += len(groups)
            score.articles += len(wanted)
    return score


def peers_table(found: Sequence[tuple[Case, Issue]], names: Sequence[str], most: int) -> None:
    rows, missing = [], []
    for name in names:
        score = ask(name, found, most if name in READS_PIXELS else 1_000_000)
        if isinstance(score, str):
            missing.append(score)
            continue
        f1 = 2 * score.counted / max(1, score.groups + score.articles)
        rows.append(
            f"| {name} | {score.pages} | {score.edits / max(1, score.longer):.1%}"
            f" | {score.own_edits / max(1, score.own_longer):.1%}"
            f" | {f'{f1:.3f}' if score.articles else '-'}"
            f" | {score.seconds / max(1, score.pages):.1f} |"
        )
    # at the end: some peers have something to say of their own
    print("\n| reader | pages | order | digitise, same pages | article F1 | seconds a page |")
    print("|---|---|---|---|---|---|")
    print("\n".join([*rows, "", *missing]))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--random", type=int, default=8, metavar="N")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--pages", type=int, default=0, metavar="K", help="pages an issue")
    parser.add_argument("--scans", action="store_true", help="the issues as 300 dpi scans")
    parser.add_argument("--work", type=Path, required=True, metavar="OUT")
    parser.add_argument("--peers", default=",".join(PEERS), help='names, or "none"')
    parser.add_argument("--pixel-pages", type=int, default=3)
    options = parser.parse_args(arguments)
    made = options.work / f"issues-{options.seed}"
    if not made.is_dir():
        make_random(options.random, options.seed, made, options.scans, options.pages)
    found = []
    evaluations: list[Evaluation] = []
    for case in cases(made, options.work / "read", options.scans):
        issue = laid_out(case)
        found.append((case, issue))
        evaluations.append(evaluate(issue, case.truth))
    print(evaluation_text(evaluations, details=False))
    names = [n for n in options.peers.split(",") if n in PEERS]
    if names and not options.scans:
        peers_table(found, names, options.pixel_pages)
    return 0


if __name__ == "__main__":
    sys.exit(main())
