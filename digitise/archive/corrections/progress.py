"""How far the work has come: over each title and each day."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from .. import tables as catalogue_tables
from ..library import Archive
from . import tables
from .operations import ISSUE

DAYS = 60


def progress(archive: Archive, title: str = "") -> dict[str, Any]:
    """Figures of all issues, or of those of one title (its id or name), as JSON values: totals,
    the last sixty days on which somebody worked, titles."""
    issues, titles = catalogue_tables.issues, catalogue_tables.titles
    queue, journal = tables.queue, tables.journal
    wanted = [(titles.c.id == title) | (titles.c.name == title)] if title else []
    named = issues.join(titles, titles.c.id == issues.c.title_id)

    def work(connection: Connection) -> dict[str, Any]:
        by_title: dict[str, dict[str, Any]] = {}
        for row in connection.execute(
            select(titles.c.id, titles.c.name, func.count())
            .select_from(named)
            .where(issues.c.current_version > 0, *wanted)
            .group_by(titles.c.id, titles.c.name)
            .order_by(titles.c.id)
        ):
            by_title[str(row[0])] = {
                "id": str(row[0]), "name": str(row[1]), "issues": int(row[2]), "done": 0,
                "passed": 0, "lines": 0,
            }  # fmt: skip
        for row in connection.execute(
            select(queue.c.title_id, queue.c.status, func.count(), func.sum(queue.c.lines))
            .where(queue.c.kind == ISSUE)
            .group_by(queue.c.title_id, queue.c.status)
        ):
            found = by_title.get(str(row[0]))
            if found is not None:
                found["lines"] += int(row[3] or 0)
                if row[1] in ("done", "passed"):
                    found[str(row[1])] += int(row[2])
        ours = select(issues.c.id).select_from(named).where(*wanted)
        days: dict[str, Counter[str]] = {}
        corrected: set[tuple[str, str]] = set()
        latest = connection.execute(select(func.max(journal.c.at))).scalar() or 0.0
        since = float(latest) - DAYS * 86400.0
        for row in connection.execute(
            select(journal.c.at, journal.c.by, journal.c.issue_id, journal.c.operation).where(
                journal.c.issue_id.in_(ours), journal.c.origin == 0, journal.c.at >= since
            )
        ):
            day = datetime.fromtimestamp(float(row[0]), UTC).date().isoformat()
            days.setdefault(day, Counter())[str(row[1])] += 1
            if row[3].get("type") == "set_text":
                corrected.add((str(row[2]), str(row[3].get("line"))))
        return {
            "total": {
                "issues": sum(t["issues"] for t in by_title.values()),
                "lines": sum(t["lines"] for t in by_title.values()),
                "corrected": len(corrected),
                "done": sum(t["done"] for t in by_title.values()),
                "passed": sum(t["passed"] for t in by_title.values()),
            },
            "days": [
                {
                    "date": day,
                    "operations": sum(counts.values()),
                    "users": [
                        {"name": name, "operations": n} for name, n in sorted(counts.items())
                    ],
                }
                for day, counts in sorted(days.items(), reverse=True)
            ],
            "titles": list(by_title.values()),
        }

    return archive.catalogue.query(work)
