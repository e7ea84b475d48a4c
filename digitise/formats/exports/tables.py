"""An index of articles, one a row: CSV for spreadsheets, JSON Lines for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from ...model import Article, Issue, bounding
from ..json_layout import clean
from ..plain import one_line
from .bundle import Bundle
from .passages import RegionIndex, article_regions, region_index

COLUMNS = (
    "issue", "newspaper", "date", "issue_number", "article", "number", "kind", "pages", "kicker",
    "headline", "subheadline", "byline", "paragraphs", "characters", "captions", "continued",
    "confidence", "first_page", "x0", "y0", "x1", "y1",
)  # fmt: skip
# A spreadsheet takes a cell that begins so for a formula to be worked out.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export_csv(bundle: Bundle) -> Iterator[tuple[str, bytes]]:
    """articles.csv: RFC 4180, UTF-8 with the mark that spreadsheets know it by.

    A text that a spreadsheet would take for a formula has an apostrophe before it; the JSON Lines
    have it as it is.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows(bundle.issue):
        writer.writerow([_cell(row[name]) for name in COLUMNS])
    yield "articles.csv", b"\xef\xbb\xbf" + clean(out.getvalue()).encode("utf-8")


def export_jsonl(bundle: Bundle) -> Iterator[tuple[str, bytes]]:
    """articles.jsonl: the same, lists as lists, and the whole text of each article."""
    lines = []
    for row, article in zip(rows(bundle.issue), bundle.issue.articles, strict=True):
        value = {**row, "paragraphs": list(article.paragraphs), "captions": list(article.captions)}
        value["parts"] = [{"page": p.page, "regions": list(p.regions)} for p in article.parts]
        lines.append(clean(json.dumps(value, ensure_ascii=False)) + "\n")
    yield "articles.jsonl", "".join(lines).encode("utf-8")


def rows(issue: Issue) -> Iterator[Mapping[str, Any]]:
    """One row an article, by column name. `characters` counts all text without white space;
    `x0` to `y1` bound its regions on its first page, in pixels, empty where it has none."""
    regions = region_index(issue)
    labels = {page.id: page.label or str(page.number) for page in issue.pages}
    for number, article in enumerate(issue.articles, 1):
        pages = list(dict.fromkeys(labels.get(part.page, part.page) for part in article.parts))
        yield {
            "issue": issue.id,
            "newspaper": issue.title or issue.masthead.title,
            "date": issue.masthead.date,
            "issue_number": issue.masthead.issue_number,
            "article": article.id,
            "number": number,
            "kind": article.kind,
            "pages": pages,
            "kicker": article.kicker,
            "headline": article.headline,
            "subheadline": article.subheadline,
            "byline": article.byline,
            "paragraphs": len(article.paragraphs),
            "characters": _characters(article),
            "captions": len(article.captions),
            "continued": [c.status for c in article.continuations],
            "confidence": round(article.confidence, 3),
            "first_page": article.parts[0].page if article.parts else "",
            **_box(article, regions),
        }


def _box(article: Article, regions: RegionIndex) -> dict[str, int | str]:
    first = article.parts[0].page if article.parts else ""
    boxes = [r.box for page, r in article_regions(article, regions) if page == first and r.polygon]
    if not boxes:
        return dict.fromkeys(("x0", "y0", "x1", "y1"), "")
    box = bounding(boxes)
    return {"x0": round(box.x0), "y0": round(box.y0), "x1": round(box.x1), "y1": round(box.y1)}


def _characters(article: Article) -> int:
    texts = (
        article.kicker, article.headline, article.subheadline, article.byline,
        *article.paragraphs, *article.captions,
    )  # fmt: skip
    return sum(len("".join(text.split())) for text in texts)


def _cell(value: Any) -> str:
    if isinstance(value, int | float):
        return str(value)
    text = " ".join(value) if isinstance(value, list) else one_line(str(value))
    text = text.replace("\0", "\ufffd")
    return f"'{text}" if text.startswith(_FORMULA) else text
