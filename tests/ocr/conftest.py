"""Small printed things to read: made on the spot with a font that PyMuPDF carries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pymupdf
import pytest

from digitise.model import Gray

Setter = Callable[..., Gray]


def typeset(
    items: list[tuple[float, float, float, str]], width: float, height: float, dpi: int = 300
) -> Gray:
    """(x, y of the top, size, text) in points on a page of `width` x `height` points; a text
    beginning with "|" is set downwards."""
    document: Any = pymupdf.open()  # type: ignore[no-untyped-call]
    page = document.new_page(width=width, height=height)
    for x, y, size, text in items:
        if text.startswith("|"):
            for i, char in enumerate(text[1:]):
                page.insert_text(
                    (x, y + (i + 0.88) * size), char, fontsize=size, fontname="china-s"
                )
        else:
            page.insert_text((x, y + 0.88 * size), text, fontsize=size, fontname="china-s")
    pixmap = page.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY)
    rows = np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.height, pixmap.stride)
    return rows[:, : pixmap.width].copy()


def strip(text: str, size: float = 10.0) -> Gray:
    """One horizontal line of text with a tenth of an em of white round it."""
    margin = 0.1 * size
    return typeset([(margin, margin, size, text)], len(text) * size + 2 * margin, 1.2 * size)


def column(text: str, size: float = 10.0) -> Gray:
    """One vertical line of text, likewise."""
    margin = 0.1 * size
    return typeset([(margin, margin, size, "|" + text)], 1.2 * size, len(text) * size + 2 * margin)


@pytest.fixture(scope="session")
def set_type() -> Setter:
    return typeset


@pytest.fixture(scope="session")
def set_strip() -> Setter:
    return strip


@pytest.fixture(scope="session")
def set_column() -> Setter:
    return column
