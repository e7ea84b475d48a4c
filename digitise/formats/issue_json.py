"""Issue to issue.json and back: the output contract, schema "digitise/issue/1".

Coordinates are rounded to whole pixels and confidences to three decimals; everything else
comes back as it was. Text is written as printed, never normalised.
"""

from __future__ import annotations

import math
from typing import Any

from ..model import (
    Article,
    Char,
    Continuation,
    Issue,
    Line,
    Masthead,
    Page,
    PageFile,
    Part,
    Polygon,
    Rect,
    Region,
    Step,
)
from .json_layout import Flat, dumps
from .schema import ISSUE_SCHEMA, invalid, parse_json, schema
from .schema_check import faults, missing

MASTHEAD_FIELDS = (
    "title", "date", "weekday", "lunar_date", "issue_number", "cn", "issn", "postal_code",
    "publisher",
)  # fmt: skip


def dump_issue(issue: Issue, *, chars: bool = True) -> bytes:
    """The bytes of issue.json, the same for the same issue.

    `chars` keeps each character's box and confidence, about four fifths of the size.
    """
    return dumps(
        {
            "schema": ISSUE_SCHEMA,
            "id": issue.id,
            "title": issue.title,
            **_given(language=issue.language, place=issue.place, edition=issue.edition),
            "complete": issue.complete,
            "warnings": list(issue.warnings),
            "masthead": {name: getattr(issue.masthead, name) for name in MASTHEAD_FIELDS},
            "pages": [_page(page, chars) for page in issue.pages],
            "articles": [_article(article) for article in issue.articles],
        }
    )


def _page(page: Page, chars: bool) -> dict[str, Any]:
    return {
        "id": page.id,
        "number": page.number,
        "label": page.label,
        "name": page.name,
        "width": page.width,
        "height": page.height,
        "dpi": page.dpi,
        "source": page.source,
        "error": page.error,
        **_file(page.file),
        "steps": [Flat({"name": s.name, "detail": s.detail}) for s in page.steps],
        "regions": [
            {
                "id": region.id,
                "kind": region.kind,
                "writing_mode": region.writing_mode,
                "polygon": Flat(_points(region.polygon)),
                "confidence": _share(region.confidence),
                "lines": [Flat(_line(line, chars)) for line in region.lines],
            }
            for region in page.regions
        ],
        "reading_order": Flat(list(page.reading_order)),
    }


def _given(**fields: str) -> dict[str, str]:
    """The fields that say something: those added to the contract later are left out if empty."""
    return {name: value for name, value in fields.items() if value}


def _file(file: PageFile | None) -> dict[str, Any]:
    if file is None:
        return {}
    value: dict[str, Any] = {"name": file.name, "member": file.member}
    return {"file": Flat({**value, "index": file.index, "sha256": file.sha256})}


def _line(line: Line, chars: bool) -> dict[str, Any]:
    out: dict[str, Any] = {
        "id": line.id,
        "text": line.text,
        "polygon": _points(line.polygon),
        "confidence": _share(line.confidence),
    }
    if chars and line.chars:
        named = [c.text for c in line.chars] != list(line.text)
        out["chars"] = [_char(c, named) for c in line.chars]
    return out


def _char(char: Char, named: bool) -> list[Any]:
    box = char.box
    out: list[Any] = [_pixel(v) for v in (box.x0, box.y0, box.x1, box.y1)]
    return [*out, _share(char.confidence), char.text] if named else [*out, _share(char.confidence)]


def _article(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "kind": article.kind,
        "kicker": article.kicker,
        "headline": article.headline,
        "subheadline": article.subheadline,
        "byline": article.byline,
        "paragraphs": list(article.paragraphs),
        "captions": list(article.captions),
        "parts": [Flat({"page": p.page, "regions": list(p.regions)}) for p in article.parts],
        "continuations": [
            Flat(
                {
                    "from_page": c.from_page,
                    "to_page": c.to_page,
                    "marker": c.marker,
                    "back_marker": c.back_marker,
                    "status": c.status,
                    "note": c.note,
                }
            )
            for c in article.continuations
        ],
        "confidence": _share(article.confidence),
        **_given(language=article.language),
    }


def _points(polygon: Polygon) -> list[list[int]]:
    return [[_pixel(x), _pixel(y)] for x, y in polygon]


def _pixel(value: float) -> int:
    return math.floor(value + 0.5)


def _share(value: float) -> float:
    return round(min(1.0, max(0.0, float(value))), 3) if math.isfinite(value) else 0.0


def load_issue(data: bytes, name: str = "issue.json", *, ours: bool = False) -> Issue:
    """The issue in `data`; `name` is what an error message calls the file. `ours`: this program
    has just written it, so that it need not be held against the schema, which takes longer than
    all the rest.

    Fields of the contract may be absent (they are then empty), so that a truth file need not
    state confidences or lines. Raises DataInvalid, naming the place, when the bytes are not
    JSON, a value is of the wrong kind, an id is given twice or refers to nothing.
    """
    value = parse_json(data, name)
    for fault in () if ours else faults(value, schema(), lenient=True):
        raise invalid(name, *fault)
    reader = _Reader(name)
    if reader.need(value, "schema", "") != ISSUE_SCHEMA:  # pragma: no cover
        raise AssertionError("the schema check lets no other tag through")
    issue = Issue(
        id=reader.need(value, "id", ""),
        title=value.get("title", ""),
        masthead=Masthead(
            **{k: v for k, v in value.get("masthead", {}).items() if k in MASTHEAD_FIELDS}
        ),
        pages=tuple(
            reader.page(page, f"pages[{i}]")
            for i, page in enumerate(reader.need(value, "pages", ""))
        ),
        articles=tuple(
            reader.article(article, f"articles[{i}]")
            for i, article in enumerate(reader.need(value, "articles", ""))
        ),
        complete=value.get("complete", True),
        warnings=tuple(value.get("warnings", ())),
        language=value.get("language", ""),
        place=value.get("place", ""),
        edition=value.get("edition", ""),
    )
    _check_references(issue, name)
    return issue


class _Reader:
    """Builds model values from objects that follow the schema, but may lack fields."""

    def __init__(self, name: str) -> None:
        self.name = name

    def need(self, value: dict[str, Any], key: str, place: str) -> Any:
        if key not in value:
            raise invalid(self.name, *missing(place, key))
        return value[key]

    def page(self, value: dict[str, Any], place: str) -> Page:
        return Page(
            id=self.need(value, "id", place),
            number=int(self.need(value, "number", place)),
            label=value.get("label", ""),
            name=value.get("name", ""),
            width=int(value.get("width", 0)),
            height=int(value.get("height", 0)),
            dpi=int(value.get("dpi", 300)),
            regions=tuple(
                self.region(region, f"{place}.regions[{i}]")
                for i, region in enumerate(value.get("regions", ()))
            ),
            reading_order=tuple(value.get("reading_order", ())),
            steps=tuple(
                Step(s.get("name", ""), s.get("detail", "")) for s in value.get("steps", ())
            ),
            source=value.get("source", ""),
            error=value.get("error", ""),
            file=self.file(value["file"], f"{place}.file") if "file" in value else None,
        )

    def file(self, value: dict[str, Any], place: str) -> PageFile:
        return PageFile(
            name=self.need(value, "name", place),
            member=value.get("member", ""),
            index=int(value.get("index", 0)),
            sha256=value.get("sha256", ""),
        )

    def region(self, value: dict[str, Any], place: str) -> Region:
        region_id = self.need(value, "id", place)
        return Region(
            id=region_id,
            kind=self.need(value, "kind", place),
            polygon=_polygon(value.get("polygon", ())),
            writing_mode=value.get("writing_mode", "horizontal-tb"),
            lines=tuple(
                self.line(line, f"{place}.lines[{i}]", f"{region_id}-l{i + 1:03d}")
                for i, line in enumerate(value.get("lines", ()))
            ),
            confidence=float(value.get("confidence", 1.0)),
        )

    def line(self, value: dict[str, Any], place: str, default_id: str) -> Line:
        text: str = value.get("text", "")
        entries: list[list[Any]] = value.get("chars", [])
        if any(len(e) == 5 for e in entries) and len(entries) != len(text):
            english = f"{place}.chars: {len(entries)} entries for {len(text)} characters of text"
            chinese = f"{place}.chars：text 有 {len(text)} 个字符，chars 却有 {len(entries)} 项"
            raise invalid(self.name, english, chinese)
        return Line(
            id=value.get("id", default_id),
            polygon=_polygon(value.get("polygon", ())),
            text=text,
            chars=tuple(
                Char(
                    e[5] if len(e) == 6 else text[i],
                    Rect(float(e[0]), float(e[1]), float(e[2]), float(e[3])),
                    float(e[4]),
                )
                for i, e in enumerate(entries)
            ),
            confidence=float(value.get("confidence", 1.0)),
        )

    def article(self, value: dict[str, Any], place: str) -> Article:
        return Article(
            id=self.need(value, "id", place),
            kind=value.get("kind", "article"),
            kicker=value.get("kicker", ""),
            headline=value.get("headline", ""),
            subheadline=value.get("subheadline", ""),
            byline=value.get("byline", ""),
            paragraphs=tuple(value.get("paragraphs", ())),
            captions=tuple(value.get("captions", ())),
            parts=tuple(
                Part(self.need(part, "page", f"{place}.parts[{i}]"), tuple(part.get("regions", ())))
                for i, part in enumerate(value.get("parts", ()))
            ),
            continuations=tuple(
                Continuation(
                    from_page=self.need(c, "from_page", f"{place}.continuations[{i}]"),
                    to_page=c.get("to_page", ""),
                    marker=c.get("marker", ""),
                    back_marker=c.get("back_marker", ""),
                    status=c.get("status", "unresolved"),
                    note=c.get("note", ""),
                )
                for i, c in enumerate(value.get("continuations", ()))
            ),
            confidence=float(value.get("confidence", 1.0)),
            language=value.get("language", ""),
        )


def _polygon(points: list[list[float]]) -> Polygon:
    return tuple((float(x), float(y)) for x, y in points)


def _check_references(issue: Issue, name: str) -> None:
    _unique([(p.id, f"pages[{i}].id") for i, p in enumerate(issue.pages)], name)
    _unique([(a.id, f"articles[{i}].id") for i, a in enumerate(issue.articles)], name)
    regions: dict[str, set[str]] = {}
    for i, page in enumerate(issue.pages):
        _unique([(r.id, f"pages[{i}].regions[{j}].id") for j, r in enumerate(page.regions)], name)
        regions[page.id] = {r.id for r in page.regions}
        for j, region_id in enumerate(page.reading_order):
            _known(region_id, regions[page.id], f"pages[{i}].reading_order[{j}]", name)
    for i, article in enumerate(issue.articles):
        for j, part in enumerate(article.parts):
            _known(part.page, regions, f"articles[{i}].parts[{j}].page", name)
            for k, region_id in enumerate(part.regions):
                place = f"articles[{i}].parts[{j}].regions[{k}]"
                _known(region_id, regions[part.page], place, name)


def _unique(ids: list[tuple[str, str]], name: str) -> None:
    seen: set[str] = set()
    for value, place in ids:
        if value in seen:
            english = f'{place}: the id "{value}" is given twice'
            raise invalid(name, english, f"{place}：编号 “{value}” 重复")
        seen.add(value)


def _known(value: str, known: set[str] | dict[str, set[str]], place: str, name: str) -> None:
    if value not in known:
        english = f'{place}: "{value}" refers to nothing in this issue'
        raise invalid(name, english, f"{place}：“{value}” 在本期中不存在")
