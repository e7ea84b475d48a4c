"""How often the right character is among those the workbench offers for a misread one.

The sample issue's lines are cut from a rendering spoilt as a poor scan is, and read as the
workbench reads a line again. Wherever the default engine misread one character as another, it is
looked up at which place the workbench would have offered the right one: from the readings of all
engines alone, and with the default engine's second thoughts.

    python scripts/measure_candidates.py [ISSUE.pdf] [--spoil blur-2,noise-25,dpi-100]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

sys.path[:0] = [str(Path(__file__).parents[1])]

from digitise import Options, run  # noqa: E402
from digitise.model import Gray, Line, WritingMode  # noqa: E402
from digitise.workbench.desk import engines  # noqa: E402
from digitise.workbench.offering import RIVALS, Offers  # noqa: E402
from digitise.workbench.pictures import piece  # noqa: E402
from digitise.workbench.recognising import Task, read  # noqa: E402
from scripts.degradation_ladder import rendered  # noqa: E402
from scripts.spoiling import STEPS  # noqa: E402

SAMPLE = Path(__file__).resolve().parent.parent / "samples" / "lanjiang-2026-03-17" / "issue.pdf"
LIMITS = (0.5, 0.7, 0.85, 0.9, 0.95, 0.98, 0.99, 0.995)


@dataclass
class Tally:
    """Misread characters: how `sure` the engine was of each, and the places at which the right one
    was offered, 0 for not at all, without (`plain`) and with (`rivals`) second thoughts. `right`:
    how sure it was of those it read rightly. `near`, `far`: by how much it preferred what it read
    to its second thought, of the misread and of those read rightly."""

    characters: int = 0
    wrong: int = 0
    sure: list[float] = field(default_factory=list)
    right: list[float] = field(default_factory=list)
    near: list[float] = field(default_factory=list)
    far: list[float] = field(default_factory=list)
    plain: list[int] = field(default_factory=list)
    rivals: list[int] = field(default_factory=list)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("issue", type=Path, nargs="?", default=SAMPLE)
    parser.add_argument("--spoil", default="blur-2,noise-25,dpi-100",
                        help="steps of spoiling.py that keep the shape")  # fmt: skip
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        result = run([given.issue], temporary, Options(engine="null"), issue_id="candidates")
    issue = result.issues[0].issue
    if issue is None:
        raise SystemExit("The issue could not be read.")
    pictures = dict(rendered(given.issue.read_bytes(), 0))
    names = [name for name, usable in engines() if usable]
    print(f"engines: {', '.join(names)}")
    print(f"{'spoilt by':<12}{'characters':>11}{'misread':>9}"
          f"{'1st':>14}{'1st to 3rd':>14}{'1st to 9th':>14}")  # fmt: skip
    all_of = Tally()
    for step in given.spoil.split(","):
        tally = Tally()
        for page in issue.pages:
            spoilt, _ = STEPS[step](pictures[page.number])
            shape = (page.width, page.height)
            spoilt = np.asarray(cv2.resize(spoilt, shape, interpolation=cv2.INTER_CUBIC), np.uint8)
            for region in page.regions:
                for line in region.lines:
                    if len(line.text) >= 4:
                        look(spoilt, line, region.writing_mode, names, tally)
        report(step, tally)
        all_of.sure += tally.sure
        all_of.right += tally.right
        all_of.near += tally.near
        all_of.far += tally.far
    print("\nmarked when less sure than: how many rightly read ones for each 1,000 characters, and "
          "the share of the misread;\nthe share where as many are marked by the distance to the "
          "second thought instead")  # fmt: skip
    for limit in LIMITS:
        marked = sum(s < limit for s in all_of.right)
        found = sum(s < limit for s in all_of.sure) / max(1, len(all_of.sure))
        bar = sorted([*all_of.far, 1.0])[marked]
        by_distance = sum(m < bar for m in all_of.near) / max(1, len(all_of.near))
        extra = 1000 * marked / max(1, len(all_of.right))
        print(f"{limit:>6.3f}{extra:>8.1f}{found:>8.0%}{by_distance:>8.0%}")
    return 0


def look(page: Gray, line: Line, mode: WritingMode, names: Sequence[str], tally: Tally) -> None:
    thick = line.box.width if mode == "vertical-rl" else line.box.height
    part = piece(page, line.box.grow(max(2.0, 0.1 * thick)), 1.0)
    first = read(Task(part, names[0], "chi_sim", mode, whole=True, rivals=RIVALS))
    if not first:
        return
    machine, right = first[0], line.text
    if len(machine.text) != len(right):
        return  # what is lost or added is no matter of candidates
    tally.characters += len(right)
    wrong = [i for i, c in enumerate(right) if machine.text[i] != c and c.strip()]
    if len(wrong) > len(right) / 2:
        return
    sure = [c[4] for c in machine.chars]
    ahead = [
        own - max((chance for _, chance in rivals), default=0.0)
        for own, rivals in zip(sure, machine.rivals or ((),) * len(sure), strict=True)
    ]
    tally.right += [one for i, one in enumerate(sure) if i not in wrong]
    tally.far += [one for i, one in enumerate(ahead) if i not in wrong]
    tally.near += [ahead[i] for i in wrong]
    if not wrong:
        return
    others = [
        line for name in names[1:] for line in read(Task(part, name, "chi_sim", mode, whole=True))
    ]
    plain, full = Offers(machine.text), Offers(machine.text)
    for other in others:
        plain.reading(other)
        full.reading(other)
    full.reading(machine)
    for i in wrong:
        tally.wrong += 1
        tally.sure.append(machine.chars[i][4])
        tally.plain.append(_place(plain, i, right[i]))
        tally.rivals.append(_place(full, i, right[i]))


def _place(offers: Offers, at: int, right: str) -> int:
    texts = [offer.text for offer in offers.best(at)]
    return texts.index(right) + 1 if right in texts else 0


def report(step: str, tally: Tally) -> None:
    shares = []
    for most in (1, 3, 9):
        without, with_them = (
            sum(0 < place <= most for place in places) / max(1, tally.wrong)
            for places in (tally.plain, tally.rivals)
        )
        shares.append(f"{without:>7.0%} {with_them:>6.0%}")
    print(f"{step:<12}{tally.characters:>11}{tally.wrong:>9}{''.join(shares)}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
