"""A born-digital sheet worn down to what a scan of it would have left."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from digitise.model import Rect, Sheet, TextLine


def worn(sheet: Sheet, rng: np.random.Generator, misread: float = 0.015) -> Sheet:
    """Without fonts and weights, with boxes and sizes a little off, a share `misread` of the
    characters misread and some rules and frames lost."""
    every = [c.text for line in sheet.lines for c in line.chars if c.text.strip()]
    return replace(
        sheet,
        origin="ocr",
        lines=tuple(_line(line, every, rng, misread) for line in sheet.lines),
        rules=tuple(r for r in sheet.rules if rng.random() > 0.12),
        frames=tuple(f for f in sheet.frames if rng.random() > 0.05),
    )


def _line(line: TextLine, every: list[str], rng: np.random.Generator, misread: float) -> TextLine:
    slack = 0.06 * line.size
    dx0, dy0, dx1, dy1 = (float(v) for v in rng.normal(0.0, slack, 4))
    chars = tuple(
        replace(c, text=every[int(rng.integers(len(every)))])
        if c.text.strip() and rng.random() < misread
        else c
        for c in line.chars
    )
    b = line.box
    return replace(
        line,
        chars=chars,
        box=Rect(
            b.x0 + dx0, b.y0 + dy0, max(b.x0 + dx0 + 1, b.x1 + dx1), max(b.y0 + dy0 + 1, b.y1 + dy1)
        ),
        size=line.size * float(1 + rng.normal(0.0, 0.02)),
        font="",
        bold=None,
    )
