"""Text on a born-digital page that its text layer does not have: an advertisement or an article
placed as a picture, a headline turned into outlines. It is read from the pixels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from .errors import PageBlank
from .imaging.astray import may_be_type, stray_areas
from .model import Frame, Gray, Picture, Rect, Rule, Scan, Sheet, Step, TextLine
from .ocr.engine import Engine
from .ocr.reading import read_scan
from .options import Options

Draw = Callable[[float, Rect | None], Gray]
"""(dpi, the part in pixels at that resolution or None for all) -> the page as it is shown, the way
the sheet lies."""

LOOK_DPI = 100

SURE = 0.85
"""Mean confidence from which a line is type beyond doubt."""

LEAST_CHARACTERS = 2

OWN_TYPE = 0.5
"""Share of an area's ink that its lines hold where it is all type; less needs `ENOUGH`."""

ENOUGH = (3, 20)
"""Lines and characters that are read even where most of the ink is a picture's."""

TITLE = 1.25
"""Size of a title in a picture of text against most of its lines."""


def with_inlays(sheet: Sheet, draw: Draw, engine: Engine) -> Sheet:
    """The sheet of a text layer with the lines, rules, frames and pictures of what is printed
    beside it. Raises EngineFailed."""
    if not sheet.lines:
        return sheet
    scale = LOOK_DPI / sheet.dpi
    em = _body(sheet.lines)
    known = [box.scale(scale) for box in _known(sheet, em)]
    pictures = [p.box.scale(scale) for p in sheet.pictures]
    areas = stray_areas(draw(LOOK_DPI, None), em * scale, known, pictures)
    done = 0
    for area in areas:
        box = area.scale(1 / scale).grow(0.3 * em)
        box = box.clip(Rect(0.0, 0.0, float(sheet.width), float(sheet.height)))
        found = _read(draw, box, sheet, engine)
        if found is not None:
            sheet = _put(sheet, found, box)
            done += 1
    if not done:
        return sheet
    step = Step("inlays", f"{done} areas without a text layer read from their pixels")
    return replace(sheet, steps=(*sheet.steps, step))


def _body(lines: Sequence[TextLine]) -> float:
    sizes = sorted(size for line in lines for size in [line.size] * len(line.chars))
    return sizes[len(sizes) // 2] if sizes else 38.0


def _known(sheet: Sheet, em: float) -> list[Rect]:
    """What is accounted for: lines, rules, the sides of frames, grounds with light type on them."""
    known = [line.box.grow(0.15 * line.size) for line in sheet.lines]
    known += [r.box.grow(0.15 * em) for r in sheet.rules if max(r.box.width, r.box.height) > 4 * em]
    for frame in sheet.frames:
        b, deep = frame.box, 0.2 * em
        if min(b.width, b.height) < 1.5 * em:
            continue  # an outline's counter
        if frame.kind == "reversed":
            known.append(b.grow(deep))
            continue
        known += [
            Rect(b.x0 - deep, b.y0 - deep, b.x1 + deep, b.y0 + deep),
            Rect(b.x0 - deep, b.y1 - deep, b.x1 + deep, b.y1 + deep),
            Rect(b.x0 - deep, b.y0 - deep, b.x0 + deep, b.y1 + deep),
            Rect(b.x1 - deep, b.y0 - deep, b.x1 + deep, b.y1 + deep),
        ]
    return known


def _read(draw: Draw, box: Rect, sheet: Sheet, engine: Engine) -> Sheet | None:
    """What stands in `box`, in its own pixels from its corner; None where it is no text."""
    gray = draw(sheet.dpi, box)
    if not may_be_type(gray):
        return None
    try:
        scan = Scan(gray, sheet.dpi, sheet.source)
        found = read_scan(scan, engine, Options(prepare=False), sheet.page_id, sheet.number)
    except PageBlank:
        return None
    there = [line.box.shift(-box.x0, -box.y0) for line in sheet.lines]
    lines = [
        line
        for line in found.lines
        if line.confidence >= SURE
        and not any(o.overlap(line.box) > 0.3 * line.box.area for o in there)
    ]
    characters = sum(len(line.text.replace(" ", "")) for line in lines)
    if characters < LEAST_CHARACTERS:
        return None
    much = len(lines) >= ENOUGH[0] and characters >= ENOUGH[1]
    if not much and _share(lines, gray) < OWN_TYPE:
        return None
    return replace(found, lines=tuple(lines))


def _share(lines: Sequence[TextLine], gray: Gray) -> float:
    """Share of the dark of an area that lies in its lines."""
    dark = 255.0 - gray
    dark[dark < 100] = 0
    whole = float(dark.sum())
    held = 0.0
    for line in lines:
        b = line.box
        held += float(dark[int(b.y0) : int(b.y1) + 1, int(b.x0) : int(b.x1) + 1].sum())
    return held / whole if whole else 0.0


def _stands_alone(lines: Sequence[TextLine]) -> bool:
    """Whether a picture of text has a title of its own, as an advertisement or an article has,
    unlike a headline or a column that goes with what is round it."""
    sizes = sorted(line.size for line in lines)
    return len(lines) >= ENOUGH[0] and sizes[-1] > TITLE * sizes[len(sizes) // 2]


def _put(sheet: Sheet, found: Sheet, box: Rect) -> Sheet:
    """`found` at its place; what the drawings of outlines were taken for goes."""
    lines = tuple(line.shift(box.x0, box.y0) for line in found.lines)

    def stays(own: Rect) -> bool:
        return own.overlap(box) < 0.7 * max(1.0, own.area)

    rules = [r for r in sheet.rules if stays(r.box)]
    rules += [Rule(r.box.shift(box.x0, box.y0)) for r in found.rules]
    frames = [f for f in sheet.frames if stays(f.box)]
    frames += [
        Frame(f.box.shift(box.x0, box.y0), f.kind)
        for f in found.frames
        if not any(x.box.grow(0.1 * x.size).contains(f.box) for x in found.lines)
    ]
    gone = [p.box for p in sheet.pictures if not stays(p.box)]
    placed = next((own for own in gone if own.area > 0.6 * box.area), None)
    if placed is not None and _stands_alone(lines):
        frames.append(Frame(placed))
    pictures = [p for p in sheet.pictures if stays(p.box)]
    pictures += [Picture(p.box.shift(box.x0, box.y0)) for p in found.pictures]
    return replace(
        sheet,
        lines=sheet.lines + lines,
        rules=tuple(sorted(rules, key=lambda r: (r.box.y0, r.box.x0, r.box.x1, r.box.y1))),
        frames=tuple(sorted(frames, key=lambda f: (f.box.y0, f.box.x0, -f.box.area, f.kind))),
        pictures=tuple(sorted(pictures, key=lambda p: (p.box.y0, p.box.x0))),
    )
