"""What is printed on the back and shows through, told from what is printed on this side.

Its ink is far paler than the page's own, and it stands mirrored: a recogniser makes little of it,
and more of its mirror image.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ..model import Gray, Rect, Step, TextLine, bounding
from .engine import Engine, LineImage
from .sizing import is_hanzi

PALE = 0.5
"""Ink from the back keeps less than this share of the contrast of the page's own ink."""

DOUBTFUL = 0.85
"""Mean confidence below which a pale line is asked about, and a pale character given up."""

PROVEN = 2
"""So many pale lines read better mirrored: the back shows through, and the rest are from it too."""


def printed_here(
    lines: Sequence[TextLine], page: Gray, ink: Gray, paper: int, engine: Engine
) -> tuple[tuple[TextLine, ...], tuple[Step, ...]]:
    """`lines` without those that show through from the back, and without its characters at the
    ends of others; and what there is to say. `page` is the upright page, `ink` its 0/255 mask,
    `paper` the grey level of the paper. Raises EngineFailed."""
    tones = [_tone(page, ink, line.box) for line in lines]
    known = sorted((t, len(x.chars)) for t, x in zip(tones, lines, strict=True) if t is not None)
    if not known:
        return tuple(lines), ()
    usual = float(np.median(np.repeat([t for t, _ in known], [n for _, n in known])))
    limit = usual + PALE * (paper - usual)
    pale = [
        i for i, (tone, line) in enumerate(zip(tones, lines, strict=True))
        if tone is not None and tone > limit and line.confidence < DOUBTFUL
        and line.tone == "normal"
    ]  # fmt: skip
    if len(pale) < PROVEN:
        return tuple(lines), ()
    turned = [
        LineImage(np.ascontiguousarray(np.fliplr(_under(page, lines[i].box.grow(2.0)))),
                  lines[i].mode == "vertical-rl")
        for i in pale
    ]  # fmt: skip
    seen = engine.recognise(turned)
    better = [
        i for i, read in zip(pale, seen, strict=True)
        if read.confidences and float(np.mean(read.confidences)) > lines[i].confidence
    ]  # fmt: skip
    if len(better) < PROVEN:
        return tuple(lines), ()
    gone = set(pale)
    kept = [line for i, line in enumerate(lines) if i not in gone]
    said = Step("show-through", f"{len(gone)} lines of the back left out")
    return tuple(_ends_cut(line, page, ink, limit) for line in kept), (said,)


def _under(array: Gray, box: Rect) -> Gray:
    """What of an array of pixels lies in a box."""
    x0, y0 = max(0, int(box.x0)), max(0, int(box.y0))
    return array[y0 : max(y0, math.ceil(box.y1)), x0 : max(x0, math.ceil(box.x1))]


def _tone(page: Gray, ink: Gray, box: Rect) -> float | None:
    """How dark the ink in a box is, as a grey level: of its darkest tenth the lightest."""
    tones = _under(page, box)[_under(ink, box) > 0]
    return float(np.percentile(tones, 10)) if tones.size else None


def _ends_cut(line: TextLine, page: Gray, ink: Gray, limit: float) -> TextLine:
    """A line that runs into what shows through beside it, cut to what is printed."""
    tones = [_tone(page, ink, c.box) if is_hanzi(c.text) else None for c in line.chars]
    dark = [i for i, tone in enumerate(tones) if tone is not None and tone <= limit]
    pale = [i for i, tone in enumerate(tones) if tone is not None and tone > limit]
    if not dark or not pale:
        return line
    # Marks behind the last dark character are its own.
    stop = min([i for i in pale if i > dark[-1]], default=len(tones))
    start = max([i for i in pale if i < dark[0]], default=-1) + 1
    kept = line.chars[start:stop]
    if len(kept) == len(line.chars):
        return line
    box = bounding(c.box for c in kept)
    if line.mode == "vertical-rl":
        box = replace(line.box, y0=box.y0, y1=box.y1)
    else:
        box = replace(line.box, x0=box.x0, x1=box.x1)
    return replace(line, chars=kept, box=box)
