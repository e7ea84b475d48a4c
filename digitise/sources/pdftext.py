# mypy: disable-error-code="no-untyped-call"
"""The text of a PDF as a reader copies it, to check a searchable PDF by."""

from __future__ import annotations

from pathlib import Path

from .inputs import PageRef
from .pdf import opened


def page_texts(path: Path) -> tuple[str, ...]:
    """The text of each page in the order of the file's content, invisible text included.

    Raises InputMissing, InputUnreadable or InputEncrypted.
    """
    with opened(PageRef("", 0, path, "pdf", label=str(path))) as document:
        pages = (document.load_page(number) for number in range(document.page_count))
        return tuple(str(page.get_text("text")) for page in pages)
