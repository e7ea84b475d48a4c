"""The search index of articles (filled by indexing.write_issue)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection


def index_articles(connection: Connection, issue_id: str) -> None:
    """Enters the articles of an issue in the index."""
    del connection, issue_id


def forget(connection: Connection, keys: Sequence[int]) -> None:
    """Takes articles out of the index."""
    del connection, keys
