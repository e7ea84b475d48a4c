"""Lines and characters out of Tesseract's hOCR (hOCR 1.2, with character boxes)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from ..model import Rect

_BOX = re.compile(r"\b(?:bbox|x_bboxes) (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_CONFIDENCE = re.compile(r"\bx_(?:w)?conf (-?[\d.]+)")
_LINES = {"ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"}


@dataclass(frozen=True, slots=True)
class Glyph:
    text: str
    box: Rect
    confidence: float


@dataclass(slots=True)
class HocrLine:
    box: Rect
    glyphs: list[Glyph] = field(default_factory=list)


@dataclass(slots=True)
class HocrPage:
    box: Rect
    lines: list[HocrLine] = field(default_factory=list)


def parse(text: str) -> tuple[HocrPage, ...]:
    """The pages of an hOCR file, in its own order; boxes in pixels of each page's image."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return tuple(reader.pages)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pages: list[HocrPage] = []
        self._glyph: tuple[Rect, float] | None = None
        self._letters = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        values = {name: value or "" for name, value in attrs}
        kind, title = values.get("class", ""), values.get("title", "")
        if kind == "ocr_page":
            self.pages.append(HocrPage(_box(title)))
        elif kind in _LINES and self.pages:
            self.pages[-1].lines.append(HocrLine(_box(title)))
        elif kind == "ocrx_cinfo":
            self._glyph = (_box(title), _confidence(title))
            self._letters = ""

    def handle_data(self, data: str) -> None:
        if self._glyph is not None:
            self._letters += data

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        if self._glyph is None:
            return
        box, confidence = self._glyph
        self._glyph = None
        letters = self._letters.strip()
        if letters and self.pages and self.pages[-1].lines:
            self.pages[-1].lines[-1].glyphs.append(Glyph(letters, box, confidence))


def _box(title: str) -> Rect:
    found = _BOX.search(title)
    if found is None:
        return Rect(0, 0, 0, 0)
    x0, y0, x1, y1 = (float(v) for v in found.groups())
    return Rect(x0, y0, x1, y1)


def _confidence(title: str) -> float:
    found = _CONFIDENCE.search(title)
    return min(1.0, max(0.0, float(found.group(1)) / 100)) if found else 0.0
