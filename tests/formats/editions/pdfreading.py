"""A searchable PDF as a reader finds it."""

from __future__ import annotations

from collections.abc import Callable

import pymupdf
import pypdfium2 as pdfium

from digitise.model import Char, Page, Rect

POINTS = 72 / 200


def opened(data: bytes) -> pymupdf.Document:
    return pymupdf.open(stream=data, filetype="pdf")


def printed_on(page: Page) -> list[Char]:
    """The characters of a page in reading order, without spaces."""
    return [
        char
        for region in page.regions
        for line in region.lines
        for char in line.chars
        if not char.text.isspace()
    ]


def found_on(page: pymupdf.Page) -> list[tuple[str, Rect]]:
    """The characters that a reader finds, in its order, without spaces, in pixels."""
    blocks = page.get_text("rawdict")["blocks"]
    return [
        (char["c"], Rect(*char["bbox"]).scale(1 / POINTS))
        for block in blocks
        for line in block.get("lines", ())
        for span in line["spans"]
        for char in span["chars"]
        if not char["c"].isspace()
    ]


def by_chromium(data: bytes) -> tuple[list[str], Callable[[str], int]]:
    """The lines that Chromium's PDF engine reads, and how often it finds a text."""
    document = pdfium.PdfDocument(data)
    pages = [page.get_textpage() for page in document]
    lines = [line for page in pages for line in page.get_text_range().split("\r\n") if line]

    def count(text: str) -> int:
        return sum(bool(page.search(text).get_next()) for page in pages)

    return lines, count
