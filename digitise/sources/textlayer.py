# mypy: disable-error-code="no-untyped-call"
"""A born-digital page -> Sheet, from its text layer and its drawings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pymupdf

from ..model import (
    IDENTITY,
    Affine,
    Char,
    Gray,
    Hint,
    Rect,
    Sheet,
    Step,
    TextLine,
    WritingMode,
    bounding,
)
from ..model import Frame as Box
from ..ocr.engine import Engine, hints_from
from ..options import Options
from .drawings import read_drawings
from .fonttrust import judge_fonts
from .glyphs import Glyph, read_glyphs, read_spans, text_turn
from .inputs import PageRef
from .pdf import Frame, frame, opened_page, placed_images, raster_share, render_page
from .reread import reread
from .textlines import build_lines, spell
from .units import Unit, ink_end, ink_start
from .visibility import visible

SHEET_DPI = 300
LOOK_DPI = 100  # at which is seen what is printed at all; layout models shrink a page further
_FEWEST = 12  # characters: fewer are a stamp or a page number on a scan
_SCAN_SHARE = 0.6


def read_text_layer(ref: PageRef, options: Options, engine: Engine | None) -> Sheet | None:
    """The page read from its text layer, at 300 dpi; None when it has to go through OCR.

    None stands for: policy "never", no text, only invisible text laid over a scan (an old OCR
    layer; kept with policy "always"), or fonts whose mapping is not to be trusted for most of
    the text. Fonts are tried with `engine`; without one, by what their code points say.
    Raises InputMissing, InputUnreadable or InputEncrypted.
    """
    if ref.kind != "pdf" or options.text_layer == "never":
        return None
    with opened_page(ref) as page:
        return _read(page, ref, options, engine)


def _read(
    page: pymupdf.Page, ref: PageRef, options: Options, engine: Engine | None
) -> Sheet | None:
    lay = frame(page, SHEET_DPI)
    spans = read_spans(page)
    turn = text_turn(spans, lay)
    to_original, original_size = _back(turn, lay)
    if turn:
        # Turned in memory only: from here on everything is seen with the text upright.
        page.set_rotation((page.rotation - turn) % 360)
        lay = frame(page, SHEET_DPI)
    if lay.width * lay.height > options.max_pixels:
        return None
    glyphs, slanted = read_glyphs(spans, lay)
    if sum(not g.blank for g in glyphs) < (1 if options.text_layer == "always" else _FEWEST):
        return None
    images = placed_images(page)
    share = raster_share(page, images)
    drawings = read_drawings(page, lay, images)
    look = render_page(page, LOOK_DPI)
    shown, dropped = visible(glyphs, drawings, look, LOOK_DPI / SHEET_DPI)
    steps = [Step("text-layer", f"{len(glyphs)} characters, {dropped} not visible")]
    if turn:
        steps.append(Step("turn", f"text lies {turn} degrees turned"))
    if slanted:
        steps.append(Step("slanted text", f"{slanted} characters left out"))
    if options.text_layer == "always":
        shown = shown if _inked(shown) else glyphs
    elif _inked(shown) < _FEWEST or (share > _SCAN_SHARE and dropped > 0.5 * _inked(glyphs)):
        return None
    trust = None
    if options.text_layer == "auto":
        trust = judge_fonts(page, lay, shown, engine)
        steps += trust.steps
        if trust.share_rejected > 0.5 or (trust.rejected and engine is None):
            return None
    runs = build_lines(shown, drawings.walls)
    blanks = {g.order for g in shown if g.blank}
    lines = [_text_line(run, vertical, blanks) for run, vertical in runs]
    if trust is not None and trust.rejected and engine is not None:
        doubted = [_is_doubted(run, trust.rejected) for run, _ in runs]
        again = [line for line, bad in zip(lines, doubted, strict=True) if bad]
        lines = [line for line, bad in zip(lines, doubted, strict=True) if not bad]
        lines += reread(page, lay, again, engine)
        steps.append(Step("reread", f"{len(again)} lines recognised from their pixels"))
    return Sheet(
        page_id=ref.id,
        number=ref.number,
        source=ref.source,
        width=lay.width,
        height=lay.height,
        dpi=SHEET_DPI,
        lines=tuple(lines),
        rules=drawings.rules,
        frames=_told_apart(drawings.frames, lines),
        pictures=drawings.pictures,
        hints=_hints(look, engine),
        origin="text-layer",
        to_original=to_original,
        original_size=original_size,
        steps=tuple(steps),
    )


def _hints(look: Gray, engine: Engine | None) -> tuple[Hint, ...]:
    """What a layout model says of the page as it looks, in pixels of the sheet."""
    found = hints_from(engine, look)
    return tuple(replace(h, box=h.box.scale(SHEET_DPI / LOOK_DPI)) for h in found)


def _back(turn: int, shown: Frame) -> tuple[Affine, tuple[int, int]]:
    """From the sheet, turned back by `turn` degrees, to the page as it is shown, and the size
    of that."""
    w, h = shown.width, shown.height
    maps = {
        0: IDENTITY,
        90: Affine(0, -1, w, 1, 0, 0),
        180: Affine(-1, 0, w, 0, -1, h),
        270: Affine(0, 1, 0, -1, 0, h),
    }
    return maps[turn], (w, h)


def _inked(glyphs: Sequence[Glyph]) -> int:
    return sum(not g.blank for g in glyphs)


def _is_doubted(run: Sequence[Unit], rejected: frozenset[str]) -> bool:
    return any(g.face in rejected for item in run for g in item.glyphs)


def _text_line(run: Sequence[Unit], vertical: bool, blanks: set[int]) -> TextLine:
    spelled = spell(list(run), blanks)
    glyphs = [g for item in run for g in item.glyphs]
    fonts = Counter(g.font for g in glyphs)
    font = max(fonts, key=lambda name: (fonts[name], name))
    sizes = Counter(round(g.size, 2) for g in glyphs)
    size = max(sizes, key=lambda value: (sizes[value], value))
    light = sum(g.ink > 0.8 for g in glyphs) * 2 > len(glyphs)
    mode: WritingMode = "vertical-rl" if vertical else "horizontal-tb"
    box = bounding(g.cell for g in glyphs)
    if vertical:
        box = Rect(box.x0, ink_start(run[0]), box.x1, ink_end(run[-1]))
    else:
        box = Rect(ink_start(run[0]), box.y0, ink_end(run[-1]), box.y1)
    return TextLine(
        box=box,
        chars=tuple(Char(text, cell.clip(box)) for text, cell, _ in spelled),
        size=size,
        mode=mode,
        font=font,
        bold=sum(g.bold for g in glyphs) * 2 > len(glyphs),
        tone="reversed" if light else "normal",
    )


def _told_apart(frames: Sequence[Box], lines: Sequence[TextLine]) -> tuple[Box, ...]:
    """Dark grounds are "reversed" only with light type on them; others are tints."""
    out: list[Box] = []
    for box in frames:
        if box.kind != "frame":
            inside = [line for line in lines if box.box.holds(line.box.cx, line.box.cy)]
            light = any(line.tone == "reversed" for line in inside)
            if box.kind == "reversed" and not light:
                box = Box(box.box, "tint")
            elif box.kind == "tint" and light and _is_least(box.box, inside):
                box = Box(box.box, "reversed")
        out.append(box)
    return tuple(out)


def _is_least(box: Rect, inside: Sequence[TextLine]) -> bool:
    return all(line.tone == "reversed" for line in inside) and box.area > 0
