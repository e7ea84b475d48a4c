"""Search over the archive, each hit with the lines it stands on."""

from __future__ import annotations

from typing import Any

from ..archive.corrections.document import Document, LineEntry
from ..archive.search import Hit, Query, search
from ..errors import DigitiseError, UsageError
from .desk import SEARCH_WAITS, Desk
from .problems import invalid
from .views import points


def hits(desk: Desk, query: Query) -> dict[str, Any]:
    """What the archive's index has, as JSON values, and it has what was corrected a moment ago.
    Raises Problem 422 for an empty query."""
    desk.refresh_search(seconds=SEARCH_WAITS)
    try:
        found = search(desk.archive, query)
    except UsageError as error:
        raise invalid("q", error.message[0].rstrip("."), error.message[1].rstrip("。")) from error
    return {
        "total": found.count,
        "more": found.more,
        "hits": [_hit(desk, hit) for hit in found.hits],
    }


def _hit(desk: Desk, hit: Hit) -> dict[str, Any]:
    try:
        document = desk.journal.document(hit.issue)
    except DigitiseError:
        document = None
    lines = []
    for place in hit.places:
        outline = tuple((float(x), float(y)) for x, y in place.polygon)
        lines.append(
            {
                "line": _line_at(document, place.page, outline) if document else "",
                "page": place.page,
                "polygon": points(outline),
            }
        )
    return {
        "issue": hit.issue,
        "article": hit.article,
        "title": hit.title,
        "date": hit.date,
        "headline": hit.headline,
        "kind": hit.kind,
        "page": lines[0]["page"] if lines else "",
        "labels": list(hit.labels),
        "snippet": pieces(hit.snippet, hit.marks),
        "lines": lines,
        "score": hit.score,
    }


def pieces(text: str, marks: tuple[tuple[int, int], ...]) -> list[dict[str, Any]]:
    """A text cut at its marks: [{text, hit}]. Marks that overlap are one."""
    out: list[dict[str, Any]] = []
    at = 0
    for start, end in sorted(marks):
        start = max(start, at)
        if start >= end:
            continue
        if start > at:
            out.append({"text": text[at:start], "hit": False})
        out.append({"text": text[start:end], "hit": True})
        at = end
    if at < len(text):
        out.append({"text": text[at:], "hit": False})
    return out


def _line_at(document: Document, page: str, outline: tuple[tuple[float, float], ...]) -> str:
    wanted = points(outline)
    entry = document.page(page)
    for region_id in entry.regions if entry else ():
        region = document.region(region_id)
        for line_id in region.lines if region else ():
            line = document.entities.get(line_id)
            if isinstance(line, LineEntry) and points(line.line.polygon) == wanted:
                return line_id
    return ""
