"""What a page is, told without reading all of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .model import Step
from .ocr.registry import get_engine
from .options import Options
from .sources import PageRef, load_scan, read_text_layer


@dataclass(frozen=True, slots=True)
class Look:
    """`width` and `height` in pixels at `dpi`; `characters` of a text layer that is trusted, 0
    when the page has to be recognised; `steps`: what was found on the way."""

    kind: Literal["pdf", "image"]
    width: int
    height: int
    dpi: int
    characters: int = 0
    steps: tuple[Step, ...] = ()


def look(ref: PageRef, options: Options) -> Look:
    """One page's size, resolution and text layer. Raises what reading the page would raise."""
    engine = get_engine(options.engine, options.lang, options.threads)
    sheet = read_text_layer(ref, options, engine)
    if sheet is not None:
        count = sum(len(line.chars) for line in sheet.lines)
        return Look(ref.kind, sheet.width, sheet.height, sheet.dpi, count, sheet.steps)
    scan = load_scan(ref, options)
    height, width = scan.pixels.shape
    return Look(ref.kind, width, height, scan.dpi, steps=scan.steps)
