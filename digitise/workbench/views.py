"""Documents as the JSON that docs/workbench-api.md describes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from ..archive.corrections.compose import article_of, region_of
from ..archive.corrections.document import (
    ArticleEntry,
    Document,
    LineEntry,
    MastheadEntry,
    PageEntry,
    RegionEntry,
)
from ..archive.corrections.mastheads import masthead_checks
from ..archive.corrections.operations import ISSUE, MASTHEAD, MASTHEAD_FIELDS
from ..archive.corrections.standing import status_of
from ..model import Issue, Page, Polygon
from .pictures import TILE, max_level

JsonValue = dict[str, Any]


def page_view(document: Document, issue: str, page: Page, image: str) -> JsonValue:
    entry = document.page(page.id)
    assert entry is not None
    return {
        "id": page.id,
        "number": page.number,
        "label": page.label,
        "name": page.name,
        "width": page.width,
        "height": page.height,
        "dpi": page.dpi,
        "error": page.error,
        "image": image,
        "order": list(entry.order),
        "version": document.version(page.id),
        "tiles": {
            "width": page.width,
            "height": page.height,
            "tileSize": TILE,
            "overlap": 0,
            "minLevel": min(8, max_level(page.width, page.height)),
            "maxLevel": max_level(page.width, page.height),
            "url": f"/tiles/{quoted(issue)}/{quoted(page.id)}/{{level}}/{{x}}_{{y}}.jpg",
        },
        **_said(document, page.id),
    }


def region_view(document: Document, entry: RegionEntry, article: str) -> JsonValue:
    region = entry.region
    return {
        "id": region.id,
        "page": entry.page,
        "kind": region.kind,
        "writing_mode": region.writing_mode,
        "polygon": points(region_of(document, region.id).polygon),
        "lines": list(entry.lines),
        "article": article,
        "confidence": share(region.confidence),
        "version": document.version(region.id),
        **_said(document, region.id),
    }


def line_view(document: Document, entry: LineEntry) -> JsonValue:
    line = entry.line
    region = document.region(entry.region)
    version = document.version(line.id)
    last = document.log.get(version)
    known = len(line.chars) == len(line.text)
    return {
        "id": line.id,
        "region": entry.region,
        "page": region.page if region else "",
        "text": line.text,
        "machine": entry.machine,
        "polygon": points(line.polygon),
        "confidence": share(line.confidence),
        "chars": [
            [round(v) for v in (c.box.x0, c.box.y0, c.box.x1, c.box.y1)] + [share(c.confidence)]
            for c in line.chars
        ]
        if known
        else [],
        "version": version,
        "edited": entry.human,
        "by": last.by if last else "",
        "at": last.at if last else "",
        **_said(document, line.id),
    }


def article_view(document: Document, entry: ArticleEntry) -> JsonValue:
    article = article_of(document, entry.article.id)
    return {
        "id": article.id,
        "kind": article.kind,
        "kicker": article.kicker,
        "headline": article.headline,
        "subheadline": article.subheadline,
        "byline": article.byline,
        "paragraphs": list(article.paragraphs),
        "captions": list(article.captions),
        "parts": [{"page": p.page, "regions": list(p.regions)} for p in article.parts],
        "own": sorted(entry.own),
        "continuations": [
            {
                "from_page": c.from_page,
                "to_page": c.to_page,
                "marker": c.marker,
                "back_marker": c.back_marker,
                "status": c.status,
                "note": c.note,
            }
            for c in article.continuations
        ],
        "confidence": share(article.confidence),
        "version": document.version(article.id),
        **_said(document, article.id),
    }


def masthead_view(document: Document) -> JsonValue:
    masthead = document.masthead
    checks = masthead_checks(Issue(document.machine.id, masthead.title, masthead))
    return {
        "fields": {name: getattr(masthead, name) for name in MASTHEAD_FIELDS},
        "version": document.version(MASTHEAD),
        "checks": [
            {
                "field": check.field,
                "level": check.level,
                "code": check.code,
                "en": check.texts[0],
                "zh": check.texts[1],
                "suggestion": check.suggestion,
            }
            for check in checks
        ],
    }


def changed_view(
    document: Document, issue: str, keys: Iterable[str], images: dict[str, str]
) -> JsonValue:
    """The entities of these keys as they are now, None for those that are gone, with the articles
    whose text hangs on them."""
    out: JsonValue = {"pages": {}, "regions": {}, "lines": {}, "articles": {}}
    homes = document.article_of()
    pages = {page.id: page for page in document.machine.pages}
    articles: set[str] = set()
    for key in dict.fromkeys(keys):
        name = key.removeprefix("note:")
        entity = document.entities.get(name)
        if name == ISSUE:
            out["status"] = status_of(document, ISSUE)
            out["issue"] = _said(document, ISSUE)
        elif isinstance(entity, MastheadEntry):
            out["masthead"] = masthead_view(document)
        elif isinstance(entity, PageEntry):
            out["pages"][name] = page_view(document, issue, pages[name], images.get(name, ""))
        elif isinstance(entity, RegionEntry):
            out["regions"][name] = region_view(document, entity, homes.get(name, ""))
            articles.add(homes.get(name, ""))
        elif isinstance(entity, LineEntry):
            out["lines"][name] = line_view(document, entity)
            home = document.region(entity.region)
            # Its outline holds its lines: a line moved beyond makes it grow.
            if (
                home is not None
                and region_of(document, home.region.id).polygon != home.region.polygon
            ):
                article = homes.get(entity.region, "")
                out["regions"][entity.region] = region_view(document, home, article)
            articles.add(homes.get(entity.region, ""))
        elif isinstance(entity, ArticleEntry):
            articles.add(name)
            # Regions say which article they are in.
            for part in entity.article.parts:
                for region_id in part.regions:
                    region = document.region(region_id)
                    if region is not None:
                        out["regions"][region_id] = region_view(document, region, name)
        elif entity is None:
            out[_table_of(document, name)][name] = None
    for name in sorted(articles - {""}):
        entry = document.article(name)
        if entry is not None:
            out["articles"][name] = article_view(document, entry)
    return out


def _table_of(document: Document, key: str) -> str:
    """The table a thing that is gone was in."""
    for logged in reversed(list(document.log.values())):
        for entity in logged.delta.get(key, ()):
            if isinstance(entity, LineEntry):
                return "lines"
            if isinstance(entity, RegionEntry):
                return "regions"
            if isinstance(entity, ArticleEntry):
                return "articles"
    return "lines"


def _said(document: Document, key: str) -> JsonValue:
    note = document.note(key)
    return {"flag": note.flag, "status": note.status, "comments": len(note.remarks)}


def share(value: float) -> float:
    return round(min(1.0, max(0.0, value)), 3)


def points(polygon: Polygon) -> list[list[int]]:
    return [[round(x), round(y)] for x, y in polygon]


def quoted(text: str) -> str:
    """A text as one piece of an address."""
    return quote(text, safe="")
