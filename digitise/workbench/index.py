"""The archive's search as the workbench asks it."""

from __future__ import annotations

from typing import Any

from ..archive import Archive, find_issue, list_issues, load_version


def articles(
    archive: Archive, words: str, *, since: str, until: str, title: str, kind: str, page: str,
    limit: int, offset: int,
) -> tuple[int, list[dict[str, Any]]]:  # fmt: skip
    """(how many, some of them)."""
    del archive, words, since, until, title, kind, page, limit, offset
    return 0, []


__all__ = ["articles", "find_issue", "list_issues", "load_version"]
