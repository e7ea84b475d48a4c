"""How long each export takes a page, and whether memory grows with the number of issues.

    python -m digitise run samples/lanjiang-2026-03-13-scan -o out
    python scripts/benchmark_exports.py out/lanjiang-2026-03-13-scan

The issue's pages are repeated until there are PAGES of them, each with articles of its own. Each
issue is exported as `digitise export` does it, one after the other in one process.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time

from digitise.exporting import bundle_of, export_issue, finder
from digitise.formats.exports import FORMATS, Settings
from digitise.formats.issue_json import load_issue
from digitise.model import Article, Issue, Page

Timed = tuple[float, float]  # seconds by the clock, seconds of processor
FAST = tuple(n for n in FORMATS if n not in ("pdf", "pdfa", "bagit"))


def repeated(issue: Issue, count: int) -> Issue:
    """An issue of `count` pages, those of `issue` over and over."""
    if len(issue.pages) == count:
        return issue
    pages: list[Page] = []
    articles: list[Article] = []
    for turn in range(-(-count // len(issue.pages))):
        new = {page.id: f"p{len(pages) + i + 1:04d}" for i, page in enumerate(issue.pages)}
        for page in issue.pages:
            number = len(pages) + 1
            pages.append(replace(page, id=new[page.id], number=number))
        for article in issue.articles:
            parts = tuple(replace(part, page=new[part.page]) for part in article.parts)
            name = f"a{turn * len(issue.articles) + len(articles) % len(issue.articles) + 1:03d}"
            articles.append(replace(article, id=name, parts=parts, continuations=()))
    kept = tuple(pages[:count])
    known = {page.id for page in kept}
    whole = tuple(a for a in articles if all(part.page in known for part in a.parts))
    return replace(issue, pages=kept, articles=whole)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("folder", type=Path, help="OUT/<issue> of digitise run")
    parser.add_argument("--images", type=Path, nargs="*", default=[], help="where its pages lie")
    parser.add_argument("--pages", type=int, default=8)
    parser.add_argument("--issues", type=int, default=10)
    chosen = parser.parse_args()
    issue = load_issue((chosen.folder / "issue.json").read_bytes())
    find = finder(issue, chosen.folder, chosen.images)
    places = {page.id: find(page) for page in issue.pages}
    whole = repeated(issue, chosen.pages)
    origin = {page.id: issue.pages[i % len(issue.pages)].id for i, page in enumerate(whole.pages)}

    with tempfile.TemporaryDirectory() as scratch:
        start = _now()
        bundle = bundle_of(whole, lambda page: places[origin[page.id]], Path(scratch))
        print(f"{len(whole.pages)} pages, {len(whole.articles)} entries")
        _say("page images found or made", _since(start), chosen.pages)
        total = [0.0, 0.0]
        for name, form in FORMATS.items():
            if name == "bagit":
                continue
            start = _now()
            size = sum(len(data) for _, data in form.export(bundle))
            took = _since(start)
            if name in FAST:
                total = [total[0] + took[0], total[1] + took[1]]
            _say(f"{name} ({size / 1e6:.1f} MB)", took, chosen.pages)
        _say("all but PDF and BagIt", (total[0], total[1]), chosen.pages)

    for what, names in (
        ("whole export but PDF and BagIt", FAST),
        ("whole export but PDF, with BagIt", (*FAST, "bagit")),
    ):
        with tempfile.TemporaryDirectory() as out:
            start = _now()
            export_issue(
                whole, names, Path(out), lambda page: places[origin[page.id]],
                Settings(bagged=FAST),
            )  # fmt: skip
            _say(what, _since(start), chosen.pages)

    peaks = []
    for _ in range(chosen.issues):
        with tempfile.TemporaryDirectory() as out:
            export_issue(whole, list(FORMATS), Path(out), lambda page: places[origin[page.id]])
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    shown = " ".join(f"{peak:.0f}" for peak in peaks)
    print(f"peak memory after each of {chosen.issues} issues in all formats, MB: {shown}")


def _now() -> Timed:
    return perf_counter(), process_time()


def _since(start: Timed) -> Timed:
    return perf_counter() - start[0], process_time() - start[1]


def _say(what: str, took: Timed, pages: int) -> None:
    clock, processor = (seconds / pages for seconds in took)
    print(f"{what:<34} {clock:7.3f} s {processor:7.3f} s of processor, a page")


if __name__ == "__main__":
    main()
