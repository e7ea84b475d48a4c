"""Drafts to the truth: the same form as the `issue.json` of `digitise run`.

Conventions
- Text is as printed; vertical lines have their marks in vertical presentation forms (NFKC folds
  them). A headline set with letter-spacing is closed up.
- `headline` is that of an article's first part. What a continuation prints above itself is in a
  region of kind headline of that part and in no other field.
- A byline before or after the body is in `byline`, with its mark or parentheses. 本报讯 and
  （记者 某某） inside the opening sentence are a dateline, and stay in the paragraph.
- Jump markers stand in the lines, not in `paragraphs`.
- A column label is an entry of kind furniture, so are page headers.
- A picture without a caption or an article is an entry of kind picture without text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from digitise.model import Rect

from .canvas import PageDraft, RegionDraft
from .story import IssueDraft

DPI = 300
Place = Callable[[int, float, float], tuple[float, float]]  # page index, x, y in pixels


def page_id(number: int) -> str:
    return f"p{number:04d}"


def upright(_: int, x: float, y: float) -> tuple[float, float]:
    return (x, y)


def _polygon(rect: Rect, page: int, place: Place) -> list[list[float]]:
    scaled = rect.scale(DPI / 72)
    out = []
    for x, y in scaled.polygon:
        px, py = place(page, x, y)
        out.append([round(px, 1), round(py, 1)])
    return out


def _region_rect(region: RegionDraft) -> Rect:
    if region.rect is not None:
        return region.rect
    made = region.lines[0].rect
    for line in region.lines[1:]:
        made = made.union(line.rect)
    return made


def truth(
    issue: IssueDraft,
    pages: Sequence[PageDraft],
    place: Place = upright,
    sizes: Sequence[tuple[int, int]] | None = None,
    suffix: str = "",
) -> dict[str, Any]:
    """The truth of an issue; `place` maps upright 300 dpi pixels to those of the page image."""
    names: dict[int, str] = {}
    page_rows: list[dict[str, Any]] = []
    for n, page in enumerate(pages):
        rows: list[dict[str, Any]] = []
        for k, region in enumerate(page.regions, 1):
            rid = f"{page_id(page.number)}-r{k:03d}"
            names[id(region)] = rid
            rows.append(
                {
                    "id": rid,
                    "kind": region.kind,
                    "writing_mode": region.mode,
                    "polygon": _polygon(_region_rect(region), n, place),
                    "confidence": 1.0,
                    "lines": [
                        {
                            "id": f"{rid}-l{m:03d}",
                            "text": line.text,
                            "polygon": _polygon(line.rect, n, place),
                            "confidence": 1.0,
                        }
                        for m, line in enumerate(region.lines, 1)
                    ],
                }
            )
        scale = DPI / 72
        width, height = (
            sizes[n]
            if sizes is not None
            else (round(page.width * scale), round(page.height * scale))
        )
        page_rows.append(
            {
                "id": page_id(page.number),
                "number": page.number,
                "label": page.label,
                "name": page.name,
                "width": width,
                "height": height,
                "dpi": DPI,
                "regions": rows,
                "reading_order": [row["id"] for row in rows],
            }
        )
    articles: list[dict[str, Any]] = []
    owned: set[str] = set()
    for entry in issue.entries:
        parts: dict[int, list[str]] = {}
        for number, region in entry.parts:
            parts.setdefault(number, []).append(names[id(region)])
        for ids in parts.values():
            for rid in ids:
                if rid in owned:
                    raise ValueError(f"{rid} belongs to two entries")
                owned.add(rid)
        articles.append(
            {
                "id": f"a{len(articles) + 1:03d}",
                "kind": entry.kind,
                "kicker": entry.kicker,
                "headline": entry.headline,
                "subheadline": entry.subheadline,
                "byline": entry.byline,
                "paragraphs": list(entry.paragraphs),
                "captions": list(entry.captions),
                "parts": [{"page": page_id(p), "regions": ids} for p, ids in parts.items()],
                "continuations": [dict(c) for c in entry.continuations],
                "confidence": 1.0,
            }
        )
    lost = [r["id"] for p in page_rows for r in p["regions"] if r["id"] not in owned]
    if lost:
        raise ValueError(f"regions of no entry: {lost}")
    return {
        "schema": "digitise/issue/1",
        "id": issue.id + suffix,
        "title": issue.title,
        "masthead": asdict(issue.masthead),
        "pages": page_rows,
        "articles": articles,
    }
