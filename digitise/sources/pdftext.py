# mypy: disable-error-code="no-untyped-call"
"""The text of a PDF as a reader copies it, to check a searchable PDF by."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pymupdf

from .inputs import PageRef
from .pdf import opened


def page_texts(path: Path) -> tuple[str, ...]:
    """The text of each page in the order of the file's content, invisible text included.

    Raises InputMissing, InputUnreadable or InputEncrypted.
    """
    with opened(PageRef("", 0, path, "pdf", label=str(path))) as document:
        pages = (document.load_page(number) for number in range(document.page_count))
        return tuple(str(page.get_text("text")) for page in pages)


def page_characters(path: Path) -> tuple[tuple[tuple[str, float, float], ...], ...]:
    """For each page its characters, white space left out, with the middle of each in the page's
    own units (origin at the bottom left), in the order of the file's content.

    Raises InputMissing, InputUnreadable or InputEncrypted.
    """
    with opened(PageRef("", 0, path, "pdf", label=str(path))) as document:
        pages = (document.load_page(number) for number in range(document.page_count))
        return tuple(tuple(_characters(page)) for page in pages)


def _characters(page: pymupdf.Page) -> Iterator[tuple[str, float, float]]:
    back = ~page.transformation_matrix
    for block in page.get_text("rawdict")["blocks"]:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                for char in span["chars"]:
                    if not char["c"].isspace():
                        x0, y0, x1, y1 = char["bbox"]
                        middle = pymupdf.Point((x0 + x1) / 2, (y0 + y1) / 2) * back
                        yield char["c"], middle.x, middle.y
