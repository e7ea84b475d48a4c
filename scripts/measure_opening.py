"""Characters, order, regions and articles of an old opening against its truth.

    python scripts/measure_opening.py PICTURE TRUTH.json [--keep SHEET.json] [--missed]

TRUTH.json is a file of the ECPO project: polygons with labels, and texts by printed line.
Found: the characters of the truth for which some character was read, right or wrong; correct:
those read right. Both are counted on the lines as read (`sheet`) and on the finished pages
(`pages`). Succession: of each two lines that follow each other in a text of the truth and were both found, how
many follow each other in the reading order. Articles: how many characters of each article of
the truth are in the one article of ours that holds most of them, and how pure that one is.
--keep reads the sheet from this file where it exists and writes it there where it does not.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1])]

from digitise.articles import assemble  # noqa: E402
from digitise.formats.sheet_json import dump_sheet, load_sheet  # noqa: E402
from digitise.grouping import batches  # noqa: E402
from digitise.layout import analyse, pages_of  # noqa: E402
from digitise.model import Issue, Line, Page, Region, Sheet, TextLine  # noqa: E402
from digitise.options import Options  # noqa: E402
from digitise.pipeline import read_page  # noqa: E402
from scripts.openings.bodies import joined  # noqa: E402
from scripts.openings.recall import Recall, recall  # noqa: E402
from scripts.openings.regions import region_f1, shape  # noqa: E402
from scripts.openings.truth import Truth, load_truth  # noqa: E402

HEAD = frozenset(("kicker", "headline", "subheadline"))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("picture", type=Path)
    parser.add_argument("truth", type=Path)
    parser.add_argument("--keep", type=Path, help="a file for the sheet as read")
    parser.add_argument("--missed", action="store_true", help="list what was not found")
    options = parser.parse_args(arguments)
    truth = load_truth(options.truth)
    sheet = kept_sheet(options.picture, options.keep)
    report("sheet", recall(truth, sheet.lines), options.missed)
    pages = [
        replace(part, page_id=f"p{number:04d}", number=number)
        for number, part in enumerate(pages_of(sheet), 1)
    ]
    issue = assemble("opening", [analyse(page) for page in pages])
    lines = [line for page in issue.pages for line in _lines(page)]
    on_pages = recall(truth, [_text_line(line) for line in lines])
    report("pages", on_pages, False)
    print(f"pages in the opening: {len(pages)}; lines {len(sheet.lines)} -> {len(lines)}")
    _succession(truth, on_pages)
    _articles(truth, on_pages, issue, [line.id for line in lines])
    _regions(truth, issue)
    return 0


def kept_sheet(picture: Path, keep: Path | None) -> Sheet:
    """The sheet of a picture, read anew unless it is kept."""
    if keep is not None and keep.exists():
        return load_sheet(keep.read_bytes())
    ref = batches([picture], Options(), "", False)[0].pages[0]
    sheet = read_page(ref, Options())
    if keep is not None:
        keep.write_bytes(dump_sheet(sheet))
    return sheet


def report(name: str, found: Recall, missed: bool) -> None:
    def share(count: int) -> str:
        return f"{count:>6} {100 * count / max(1, found.total):6.2f} %"

    print(f"{name}: {found.total} characters, found{share(found.found)}, right{share(found.right)}")
    for cause, count in sorted(found.causes.items(), key=lambda c: -c[1]):
        print(f"    {cause:<34}{share(count)}")
    if not missed:
        return
    print("  text: characters, found, right")
    for text, (total, there, right) in found.by_text.items():
        print(f"    {text:<12}{total:>6}{there:>6}{right:>6}")
    print("  not found:")
    for text, line in found.missed:
        print(f"    {text:<12}{line}")
    pairs = found.confused.most_common(60)
    print("  misread: " + " ".join(f"{a}>{b}x{n}" for (a, b), n in pairs))


def _lines(page: Page) -> list[Line]:
    return [line for name in page.reading_order for line in page.region(name).lines]


def _text_line(line: Line) -> TextLine:
    size = min(line.box.width, line.box.height)
    return TextLine(line.box, line.chars, size, confidence=line.confidence)


def _succession(truth: Truth, found: Recall) -> None:
    ends: list[tuple[int, int] | None] = []
    right = total = row = 0
    for text in truth.texts:
        ends = []
        for _ in text.lines:
            spots = [p for p in found.places[row] if p is not None]
            row += 1
            ends.append((spots[0][0], spots[-1][0]) if spots else None)
        for a, b in pairwise(ends):
            if a is not None and b is not None:
                total += 1
                right += b[0] - a[1] in (0, 1)
    print(f"succession of lines: {right} of {total} ({100 * right / max(1, total):.1f} %)")


def _articles(truth: Truth, found: Recall, issue: Issue, line_ids: Sequence[str]) -> None:
    home = {
        f"{part.page}/{region}": article.id
        for article in issue.articles
        for part in article.parts
        for region in part.regions
    }
    region_of = {
        line.id: f"{page.id}/{region.id}"
        for page in issue.pages
        for region in page.regions
        for line in region.lines
    }
    owner = [home.get(region_of[name], "") for name in line_ids]
    kind = {article.id: article.kind for article in issue.articles}
    shares: dict[str, Counter[str]] = {}
    held: Counter[str] = Counter()
    row = 0
    for text in truth.texts:
        shares[text.id] = Counter()
        for _ in text.lines:
            for place in found.places[row]:
                if place is not None:
                    shares[text.id][owner[place[0]]] += 1
                    held[owner[place[0]]] += 1
            row += 1
    whole = 0
    count = 0
    print("articles: characters, in one of ours, share, purity")
    for text in truth.texts:
        if text.kind == "margin" or not shares[text.id]:
            continue
        count += 1
        best, n = shares[text.id].most_common(1)[0]
        total = sum(len(line) for line in text.lines)
        purity = n / max(1, held[best])
        whole += n >= 0.8 * total and purity >= 0.8
        pieces = len(shares[text.id])
        print(
            f"    {text.id:<12}{text.kind:<8}{text.lines[0][:10]:　<10}{total:>6}{n:>6}"
            f"{100 * n / total:>7.0f} %{100 * purity:>5.0f} % of {kind.get(best, '?')} {best},"
            f" in {pieces} pieces"
        )
    print(f"articles whole (80 % of each other): {whole} of {count}; ours: {len(issue.articles)}")


def _regions(truth: Truth, issue: Issue) -> None:
    """Advertisements are one polygon each in the truth, and so is the head of an article, kicker,
    headline and deck together: ours are joined to one. So are columns of an article and the small
    heads between them, which have no polygon of their own where they are as high as the columns."""
    theirs = [shape([region.polygon]) for region in truth.regions]
    adverts = {
        (part.page, name)
        for article in issue.articles
        if article.kind == "advertisement"
        for part in article.parts
        for name in part.regions
    }
    kept = {
        (page.id, region.id): region
        for page in issue.pages
        for region in page.regions
        if (page.id, region.id) not in adverts and region.kind != "rule"
    }
    heads: list[list[Region]] = []
    for article in issue.articles:
        for part in article.parts:
            head = [
                kept.pop((part.page, name))
                for name in part.regions
                if (part.page, name) in kept and kept[part.page, name].kind in HEAD
            ]
            if head:
                heads.append(head)
    bodies: list[list[Region]] = []
    for article in issue.articles:
        for part in article.parts:
            own = [(part.page, name) for name in part.regions]
            texts = [kept.pop(k) for k in own if k in kept and kept[k].kind in ("body", "subhead")]
            bodies += joined(texts)
    ours = [shape([region.polygon]) for region in kept.values()]
    ours += [shape([region.polygon for region in body], hull=len(body) > 1) for body in bodies]
    ours += [shape([region.polygon for region in head], hull=True) for head in heads]
    for article in issue.articles:
        if article.kind == "advertisement":
            polygons = [
                page.region(name).polygon
                for part in article.parts
                for page in issue.pages
                if page.id == part.page
                for name in part.regions
            ]
            if polygons:
                ours.append(shape(polygons, hull=True))
    precision, hit, f1 = region_f1(ours, theirs)
    print(
        f"regions: {len(ours)} against {len(theirs)}, precision {precision:.3f},"
        f" recall {hit:.3f}, F1 {f1:.3f} (IoU >= 0.5)"
    )


if __name__ == "__main__":
    sys.exit(main())
