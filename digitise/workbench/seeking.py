"""Search over the archive, each hit with the lines it stands on."""

from __future__ import annotations

from typing import Any

from ..archive.corrections.finding import Sought, find_in
from ..errors import DigitiseError
from .desk import Desk
from .views import points


def search(
    desk: Desk, words: str, *, since: str, until: str, title: str, kind: str, page: str,
    limit: int, offset: int,
) -> dict[str, Any]:  # fmt: skip
    """Hits as JSON values, from the archive's index."""
    from . import index

    total, found = index.articles(
        desk.archive, words, since=since, until=until, title=title, kind=kind, page=page,
        limit=limit, offset=offset,
    )  # fmt: skip
    hits = []
    for row in found:
        hits.append({**row, "lines": lines_of(desk, row["issue"], row["article"], words)})
    return {"total": total, "hits": hits}


def lines_of(desk: Desk, issue: str, article: str, words: str) -> list[dict[str, Any]]:
    """Where on the pages the words stand: of a word over a line's end the longest part."""
    try:
        document = desk.journal.document(issue)
    except DigitiseError:
        return []
    out: list[dict[str, Any]] = []
    for word in words.split()[:5]:
        found = list(find_in(document, issue, Sought(word, True, True), article))
        for hit in found[:20]:
            line = document.line(hit.line)
            if line is not None:
                out.append(
                    {
                        "line": hit.line,
                        "page": hit.page,
                        "start": hit.start,
                        "end": hit.end,
                        "polygon": points(line.line.polygon),
                    }
                )
    return out
