"""What a page can bear: pages spoilt in one way at a time, and what is left of their articles.

    python scripts/degradation_ladder.py [ISSUE.pdf TRUTH.json] [--steps clean,skew-2,...] [--page N]
    python scripts/degradation_ladder.py --random 4 --seed 9 --steps goals --kept OUT/ladder.jsonl

Every step starts from the same 300 dpi rendering. Printed are the article F1 and CER as
docs/evaluation.md counts them, with the preparation of the picture and, under --both, without;
with --random those of N pages of newly made issues: the mean, the worst page's, and what the
step costs on the average page against the same page clean, in points of F1 and of CER. What has
been read is kept in the file of --kept and not read again.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pymupdf

sys.path[:0] = [str(Path(__file__).parents[1])]

from digitise.articles import assemble  # noqa: E402
from digitise.evaluation import evaluate  # noqa: E402
from digitise.formats.issue_json import load_issue  # noqa: E402
from digitise.layout import analyse, pages_of  # noqa: E402
from digitise.model import Issue, Scan  # noqa: E402
from digitise.ocr.reading import read_scan  # noqa: E402
from digitise.ocr.registry import get_engine  # noqa: E402
from digitise.options import Options  # noqa: E402
from scripts.spoiling import FEW, GOALS, STEPS, Gray, Spoil  # noqa: E402
from scripts.typesetter import pages as typeset  # noqa: E402
from scripts.typesetter import pdf  # noqa: E402
from scripts.typesetter.truth import truth as truth_of  # noqa: E402

SAMPLE = Path("samples/lanjiang-2026-03-13")
SETS = {"few": FEW, "goals": GOALS}


@dataclass(frozen=True, slots=True)
class Figures:
    """What was read of one page at one step; `cer` as a share."""

    f1: float
    cer: float


Readings = dict[tuple[str, str, bool], Figures]
"""By the name of the page, the step, and whether the picture was prepared."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Something to spoil: its pages by number, rendered, and what they say."""

    name: str
    pages: tuple[tuple[int, Gray], ...]
    truth: Issue


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("issue", type=Path, nargs="?", default=SAMPLE / "issue.pdf")
    parser.add_argument("truth", type=Path, nargs="?", default=SAMPLE.with_suffix(".truth.json"))
    parser.add_argument(
        "--steps", default="", help="names, separated by commas, `few` or `goals`; all by default"
    )
    parser.add_argument("--page", type=int, default=0, help="only this page")
    parser.add_argument("--both", action="store_true", help="also without preparation")
    parser.add_argument("--random", type=int, default=0, metavar="N", help="pages made anew")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kept", type=Path, metavar="FILE", help="where readings are kept")
    options = parser.parse_args(arguments)
    chosen = SETS.get(options.steps) or options.steps.split(",") if options.steps else list(STEPS)
    if unknown := [step for step in chosen if step not in STEPS]:
        parser.error(f"no such step: {', '.join(unknown)}")
    ways = (True, False) if options.both else (True,)
    readings = kept_in(options.kept)
    names = []
    for subject in _subjects(options):
        names.append(subject.name)
        for step in chosen:
            for prepare in ways:
                key = subject.name, step, prepare
                if key not in readings:
                    issue = _read(subject.pages, STEPS[step], prepare)
                    found = evaluate(issue, subject.truth).figures
                    readings[key] = Figures(found.article_f1, found.article_cer)
                    keep(options.kept, key, readings[key])
    print(table(readings, names, chosen, ways))
    return 0


def table(
    readings: Readings, names: Sequence[str], steps: Sequence[str], ways: Sequence[bool]
) -> str:
    """A row for each step: for each way the mean and the worst page's F1 and CER, and by how much
    they are on average worse than those of the same page clean, where that was read."""
    columns = "".join(f"{c:>9}" for c in ("F1", "worst", "loss", "CER", "worst", "loss"))
    lines = [f"{'step':<14}" + "".join(columns for _ in ways)]
    for step in steps:
        row = f"{step:<14}"
        for way in ways:
            here = [readings[name, step, way] for name in names]
            clean = [readings.get((name, "clean", True)) for name in names]
            known = [(x, y) for x, y in zip(here, clean, strict=True) if y is not None]
            f1, cer = [x.f1 for x in here], [100 * x.cer for x in here]
            row += f"{np.mean(f1):>9.3f}{min(f1):>9.3f}" + (
                f"{np.mean([y.f1 - x.f1 for x, y in known]):>9.3f}" if known else f"{'-':>9}"
            )
            row += f"{np.mean(cer):>8.2f}%{max(cer):>8.2f}%" + (
                f"{100 * np.mean([x.cer - y.cer for x, y in known]):>9.2f}"
                if known
                else f"{'-':>9}"
            )
        lines.append(row)
    return "\n".join(lines)


def kept_in(path: Path | None) -> Readings:
    """The readings of a file of one JSON object a line; none where there is no file. A line that
    was cut off is left out."""
    out: Readings = {}
    if path is not None and path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            with contextlib.suppress(json.JSONDecodeError):
                one = json.loads(line)
                key = one["page"], one["step"], one["prepared"]
                out[key] = Figures(one["f1"], one["cer"])
    return out


def keep(path: Path | None, key: tuple[str, str, bool], figures: Figures) -> None:
    """Put a reading to those in the file, or just print it."""
    page, step, prepared = key
    line = json.dumps(
        {"page": page, "step": step, "prepared": prepared, "f1": figures.f1, "cer": figures.cer}
    )
    print(line, file=sys.stderr, flush=True)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        torn = path.exists() and not path.read_bytes().endswith(b"\n")
        with path.open("a", encoding="utf-8") as out:
            out.write("\n" * torn + line + "\n")


def _subjects(options: argparse.Namespace) -> Iterator[Subject]:
    if not options.random:
        truth = load_issue(options.truth.read_bytes())
        if options.page:
            truth = _one_page(truth, options.page)
        pages = tuple(rendered(options.issue.read_bytes(), options.page))
        yield Subject(truth.id, pages, truth)
    for number in range(1, options.random + 1):
        issue, drafts = typeset.random_issue(options.seed, number, 1)
        truth = load_issue(json.dumps(truth_of(issue, drafts)).encode())
        yield Subject(issue.id, tuple(rendered(pdf.write(drafts, issue.title), 0)), truth)


def rendered(data: bytes, page: int) -> list[tuple[int, Gray]]:
    out = []
    doc: Any = pymupdf.open(stream=data, filetype="pdf")  # type: ignore[no-untyped-call]
    with doc:
        for number, sheet in enumerate(doc, 1):
            if page in (0, number):
                pix = sheet.get_pixmap(dpi=300, colorspace=pymupdf.csGRAY, alpha=False)
                flat = np.frombuffer(pix.samples, np.uint8).reshape(pix.height, pix.stride)
                out.append((number, flat[:, : pix.width].copy()))
    return out


def _one_page(issue: Issue, number: int) -> Issue:
    """The articles printed on one page alone."""
    ids = {p.id for p in issue.pages if p.number == number}
    return replace(
        issue,
        pages=tuple(p for p in issue.pages if p.id in ids),
        articles=tuple(a for a in issue.articles if {part.page for part in a.parts} <= ids),
    )


def _read(pages: Sequence[tuple[int, Gray]], spoil: Spoil, prepare: bool) -> Issue:
    engine = get_engine("rapid")
    layouts = []
    for number, pixels in pages:
        spoilt, dpi = spoil(pixels)
        scan = Scan(spoilt, dpi, f"page {number}")
        options = replace(Options(), prepare=prepare)
        sheet = read_scan(scan, engine, options, f"p{number:04d}", number)
        layouts += [analyse(part) for part in pages_of(sheet)]
    return assemble("ladder", layouts)


if __name__ == "__main__":
    sys.exit(main())
