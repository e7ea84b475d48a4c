"""The archive: issues kept for good, what is known of them, and what is done to them."""

from .adding import add_issue, add_run
from .catalogue import Catalogue, open_catalogue
from .indexing import reindex
from .library import (
    Archive,
    IssueEntry,
    count_issues,
    current_issue,
    find_issue,
    list_issues,
    load_version,
    open_archive,
    page_picture,
    page_pixels,
    page_ref,
    version_record,
)

__all__ = [
    "Archive",
    "Catalogue",
    "IssueEntry",
    "add_issue",
    "add_run",
    "count_issues",
    "current_issue",
    "find_issue",
    "list_issues",
    "load_version",
    "open_archive",
    "open_catalogue",
    "page_picture",
    "page_pixels",
    "page_ref",
    "reindex",
    "version_record",
]
