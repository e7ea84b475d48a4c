"""What was done to an issue or to one thing in it, with before and after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .document import (
    ArticleEntry,
    ArticlesEntry,
    Document,
    Entity,
    LineEntry,
    MastheadEntry,
    Note,
    PageEntry,
    RegionEntry,
)
from .journal import Journal
from .operations import MASTHEAD_FIELDS, Revert
from .wire import dump_operation


def history(
    journal: Journal, issue_id: str, target: str = "", limit: int = 100, before: int = 0
) -> list[dict[str, Any]]:
    """Entries as JSON values, newest first; of one entity when `target` is its id, older than
    entry `before` when that is not 0. Raises InputMissing."""
    out: list[dict[str, Any]] = []
    # What a later machine result took over from an earlier one goes by the number it had there.
    origins: set[int] = set()
    for document, seq in _all(journal, issue_id):
        entry = document.log[seq]
        keys = [key.removeprefix("note:") for key in entry.delta]
        if target and target not in keys and seq not in origins:
            continue
        origins.add(entry.origin)
        if before and seq >= before:
            continue
        out.append(
            {
                "seq": seq,
                "id": entry.id,
                "type": entry.operation.name,
                "by": entry.by,
                "at": entry.at,
                "origin": entry.origin,
                "targets": list(dict.fromkeys(keys)),
                "before": {k: value_of(b) for k, (b, _) in entry.delta.items()},
                "after": {k: value_of(a) for k, (_, a) in entry.delta.items()},
                "reverted_by": document.reverted.get(seq, 0),
                "reverts": entry.operation.seq if isinstance(entry.operation, Revert) else 0,
                "operation": dump_operation(entry.operation),
            }
        )
        if len(out) >= limit:
            break
    return out


def _all(journal: Journal, issue_id: str) -> Iterator[tuple[Document, int]]:
    """Every operation, newest first, with the document it belongs to."""
    held = journal.held(issue_id)
    for seq in sorted(held.document.log, reverse=True):
        yield held.document, seq
    for version in journal.earlier(issue_id, held.version):
        document = journal.over(issue_id, version)
        for seq in sorted(document.log, reverse=True):
            yield document, seq


def value_of(entity: Entity | None) -> dict[str, Any] | None:
    """What is worth showing of an entity."""
    match entity:
        case LineEntry():
            box = entity.line.polygon
            return {
                "text": entity.line.text,
                "polygon": [[round(x), round(y)] for x, y in box],
                "region": entity.region,
            }
        case RegionEntry():
            return {
                "kind": entity.region.kind,
                "writing_mode": entity.region.writing_mode,
                "polygon": [[round(x), round(y)] for x, y in entity.region.polygon],
                "lines": list(entity.lines),
            }
        case PageEntry():
            return {"order": list(entity.order)}
        case ArticleEntry():
            article = entity.article
            return {
                "kind": article.kind,
                "parts": [{"page": p.page, "regions": list(p.regions)} for p in article.parts],
                **{name: getattr(article, name) for name in sorted(entity.own)},
                "continuations": [
                    {"from_page": c.from_page, "to_page": c.to_page, "status": c.status}
                    for c in article.continuations
                ],
            }
        case MastheadEntry():
            return {name: getattr(entity.masthead, name) for name in MASTHEAD_FIELDS}
        case ArticlesEntry():
            return {"articles": list(entity.ids)}
        case Note():
            return {
                "flag": entity.flag,
                "status": entity.status,
                "comments": [r.text for r in entity.remarks],
            }
        case None:
            return None
