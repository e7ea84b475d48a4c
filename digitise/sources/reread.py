# mypy: disable-error-code="no-untyped-call"
"""Lines set in a font that is not trusted, read again from the page's pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pymupdf

from ..model import Char, Gray, Rect, TextLine
from ..ocr.engine import Engine, LineImage, Recognition
from .pdf import Frame, render_page

_EM = 48


def reread(
    page: pymupdf.Page, frame: Frame, lines: Sequence[TextLine], engine: Engine
) -> list[TextLine]:
    """The lines with text, characters and confidences as recognised; their place, size and
    direction stay. Lines in which nothing is recognised are left out. Raises EngineFailed."""
    images = [_cut(page, frame, line) for line in lines]
    readings = engine.recognise(images)
    return [
        _with_reading(line, reading)
        for line, reading in zip(lines, readings, strict=True)
        if reading.text.strip()
    ]


def _cut(page: pymupdf.Page, frame: Frame, line: TextLine) -> LineImage:
    zoom = min(2.0, _EM / max(1.0, line.size))
    clip = line.box.grow(0.15 * line.size).scale(zoom)
    pixels: Gray = render_page(page, frame.dpi * zoom, clip)
    if line.tone == "reversed":
        pixels = np.asarray(255 - pixels, dtype=np.uint8)
    return LineImage(pixels, vertical=line.mode == "vertical-rl")


def _with_reading(line: TextLine, reading: Recognition) -> TextLine:
    grown = line.box.grow(0.15 * line.size)
    chars = []
    for text, (start, end), sure in zip(
        reading.text, reading.spans, reading.confidences, strict=True
    ):
        if line.mode == "vertical-rl":
            y0, y1 = (grown.y0 + f * grown.height for f in (start, end))
            box = Rect(line.box.x0, y0, line.box.x1, y1)
        else:
            x0, x1 = (grown.x0 + f * grown.width for f in (start, end))
            box = Rect(x0, line.box.y0, x1, line.box.y1)
        chars.append(Char(text, box, sure))
    return replace(line, chars=tuple(chars), confidence=reading.confidence)
