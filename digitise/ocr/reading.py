"""The whole way from a page's pixels to a Sheet: prepare, marks, detect, lines, recognise."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np

from ..errors import PageBlank
from ..imaging.bands import parted
from ..imaging.besides import with_marks
from ..imaging.blocks import cuts_of
from ..imaging.bodysize import em_of_pieces
from ..imaging.columnheads import is_set_down, with_colons, with_heads
from ..imaging.course import course_of
from ..imaging.crossrules import cut_at_rules
from ..imaging.doubled import doubled
from ..imaging.drawn import clear_of, sides_of, told_apart
from ..imaging.grids import fill, window
from ..imaging.ground import ink_mask, paper_level
from ..imaging.halves import with_whole_characters
from ..imaging.inkwork import filled, inks_of, runs
from ..imaging.leftover import missed
from ..imaging.linecut import rows_to_lines, transposed, turned
from ..imaging.marks import Marks, find_marks
from ..imaging.pieces import Piece, made_of_ends
from ..imaging.prepare import Prepared, prepare
from ..imaging.rules import without_openings, without_strokes
from ..imaging.showthrough import without_show_through
from ..imaging.size import resolution_by_type
from ..imaging.slivers import without_slivers
from ..imaging.specks import without_specks
from ..imaging.stackedstrokes import without_stacked_strokes
from ..imaging.tangles import untangled
from ..imaging.uprights import sort_directions
from ..model import Affine, Gray, Mapping2D, Rect, Scan, Sheet, Step, TextLine
from ..options import Options
from .backside import printed_here
from .cells import in_cells
from .engine import Engine, LineImage, hints_from
from .fitting import fitted
from .lonemarks import with_lone_marks
from .oneprint import read_in_one_script
from .orientation import quarter_turns
from .recut import without_blocks
from .signs import as_printed
from .sizing import is_hanzi, sized_as_beside
from .strokes import without_strokes_read
from .textline import assemble
from .unprinted import without_unprinted
from .voices import RIVALS, heard_again

FALLBACK_EM = 38.0
"""Body em in px when none could be measured: 9 pt at 300 dpi."""

MARGIN = 0.1
"""White left round a line image, as a share of its thickness."""

LONG = 12.0
"""Rules of so many ems are wiped out before detection; shorter ones could be strokes."""

SMALLER, LARGER = 0.5, 2.0
"""Sizes, against the body, of the type that a second look is meant for."""

SURE = 0.9
"""Mean confidence from which a line found on a second look is believed."""

SMALL, GUESSED = 0.75, 0.35
"""Letters and figures so small against the body's em, and read with so little confidence at a mean, are the
pattern of a rule or a frame."""

DOUBTFUL, STRETCHED = 0.7, 30.0
"""Such a confidence, and so many times the size of the type from one character of a line to the next."""

MOST_LOOKS = 60
"""Areas looked at again on one page, the largest."""


def read_scan(scan: Scan, engine: Engine, options: Options, page_id: str, number: int) -> Sheet:
    """Read one scanned page.

    All coordinates of the sheet are pixels of its own upright frame, which is the scan
    turned and, where its type is very small, enlarged; `to_original` maps them back.
    The same scan and engine give the same sheet. Raises PageBlank when nothing is printed
    that could be read, EngineFailed from the engine.
    """
    found = _read_as_it_lies(scan, engine, options, page_id, number, options.prepare)
    if isinstance(found, Sheet):
        return found
    # What was made of the page as it lay is gone by now: one page in memory at a time.
    height, width = scan.pixels.shape
    upright = replace(scan, pixels=np.ascontiguousarray(np.rot90(scan.pixels, found)))
    sheet = _read_as_it_lies(upright, engine, options, page_id, number, False)
    assert isinstance(sheet, Sheet)
    turn = {
        1: Affine(0.0, -1.0, width, 1.0, 0.0, 0.0),
        2: Affine(-1.0, 0.0, width, 0.0, -1.0, height),
        3: Affine(0.0, 1.0, 0.0, -1.0, 0.0, height),
    }[found]
    said = Step("turn", f"the page lay {90 * found} degrees turned")
    return replace(
        sheet, to_original=sheet.to_original.then(turn), original_size=(width, height),
        steps=(said, *sheet.steps),
    )  # fmt: skip


def _read_as_it_lies(
    scan: Scan, engine: Engine, options: Options, page_id: str, number: int, ask: bool
) -> Sheet | int:
    """The sheet of a page or, where it was to `ask` and the page lies turned, by how many quarter
    turns to the left it has to be turned to stand upright."""
    prepared = prepare(scan.pixels, options.prepare)
    if prepared is None:
        raise blank(scan.source, number)
    em = prepared.em or FALLBACK_EM
    marks = find_marks(prepared.gray, prepared.ink, em)
    page, ink = _plain_page(prepared, marks, em)
    cleared = None
    if options.prepare:
        cleared = without_show_through(page, ink, em, [p.box for p in marks.pictures])
    # Lines are looked for without the back; read they are as they are printed.
    found = engine.detect(page if cleared is None else cleared, em)
    pieces = [Piece(_bounds(d.polygon), d.score) for d in found]
    lines, em = _whole_lines(pieces, ink, em, marks)
    texts = _recognise(page, ink, lines, engine, marks, em)
    if not texts and not marks.pictures and not marks.frames and len(marks.rules) < 3:
        raise blank(scan.source, number)
    if ask and (turns := quarter_turns(page, texts, engine)):
        return turns
    texts, looked = _with_missed(page, ink, texts, engine, marks, em)
    texts = with_lone_marks(without_strokes_read(texts, em), ink, em)
    texts = without_unprinted(texts, ink)
    texts, through = printed_here(texts, page, ink, paper_level(page), engine)
    if cleared is not None:
        through = (Step("show-through", "taken out before lines are looked for"), *through)
    height, width = page.shape
    dpi, remark = resolution_by_type(
        scan.dpi, em * _times(prepared.back, width, height), scan.guessed
    )
    words = [line.box for line in texts]
    rules = without_stacked_strokes(without_strokes(marks.rules, words), words, ink)
    pictures, frames = told_apart(marks, texts, ink, em)
    texts = tuple(clear_of(line, pictures) for line in texts)
    return Sheet(
        page_id, number, scan.source, width, height, dpi,
        lines=texts, rules=rules, frames=frames, pictures=pictures,
        hints=hints_from(engine, prepared.gray),
        origin="ocr", to_original=prepared.back,
        original_size=(scan.pixels.shape[1], scan.pixels.shape[0]),
        steps=scan.steps + ((remark,) if remark else ()) + prepared.steps
        + (Step("read", f"{engine.name} {engine.version}"), *looked, *through),
    )  # fmt: skip


def _times(back: Mapping2D, width: int, height: int) -> float:
    """How many pixels of the original one pixel of the upright frame is, in its middle."""
    x, y = width / 2, height / 2
    return math.dist(back(x, y), back(x + 100, y)) / 100


def blank(source: str, number: int) -> PageBlank:
    """The error for a page on which there is nothing to read."""
    return PageBlank(
        (
            f"Nothing printed that could be read was found on page {number} of {source}.",
            f"{source} 第 {number} 页上没有找到可以识别的印刷内容。",
        ),
        (
            "Check that the scan is not empty, too dark or too small, and scan it again.",
            "请检查扫描图是否空白、过暗或过小，并重新扫描。",
        ),
    )


def _bounds(polygon: tuple[tuple[float, float], ...]) -> Rect:
    xs, ys = [p[0] for p in polygon], [p[1] for p in polygon]
    return Rect(min(xs), min(ys), max(xs), max(ys))


def _plain_page(prepared: Prepared, marks: Marks, em: float) -> tuple[Gray, Gray]:
    """(grey, ink) with reversed bars turned to dark on light and long rules wiped out."""
    gray, ink = prepared.gray.copy(), prepared.ink.copy()
    for rule in marks.rules:
        if max(rule.box.width, rule.box.height) >= LONG * em:
            for run in course_of(rule.box, prepared.ink, em):
                box = run.grow(max(2.0, 0.06 * em))
                _whiten(gray, box)
                fill(ink, box, 0)
    for frame in marks.frames:
        if frame.kind == "reversed":
            part = window(gray, frame.box)
            part[...] = 255 - part
            low, high = np.percentile(part, (2, 80)).tolist()
            scale = 250.0 / max(40.0, high - low)
            part[...] = np.clip((part.astype(np.float32) - low) * scale, 0, 255).astype(np.uint8)
            # Found anew: deep in a dark bar the page's own mask takes type and ground for one.
            inner = window(ink, frame.box)
            inner[...] = without_specks(ink_mask(part.copy(), em), em)
            # A bar is a little longer than its type, often hardly higher.
            edge, end = max(1, round(0.05 * em)), max(1, round(0.35 * em))
            box = frame.box
            for side in (
                Rect(box.x0, box.y0, box.x1, box.y0 + edge),
                Rect(box.x0, box.y1 - edge, box.x1, box.y1),
                Rect(box.x0, box.y0, box.x0 + end, box.y1),
                Rect(box.x1 - end, box.y0, box.x1, box.y1),
            ):
                fill(ink, side, 0)
                fill(gray, side, 255)
    return gray, ink


def _whiten(gray: Gray, box: Rect) -> None:
    """Fill a box with the ground round it, so that a rule on a tint leaves no white scar."""
    part = window(gray, box)
    if part.size:
        part[...] = int(np.percentile(window(gray, box.grow(4.0)), 85))


def _whole_lines(
    pieces: list[Piece], ink: Gray, em: float, marks: Marks
) -> tuple[list[tuple[Piece, bool]], float]:
    """((line, vertical) in page coordinates, body em as the lines themselves show it)."""
    wiped = LONG * em
    inks = inks_of(ink, em)
    pieces = without_slivers(pieces, ink, em)
    em = em_of_pieces(pieces, inks) or em
    if not is_set_down(pieces, em):
        pieces = with_heads(pieces, inks, em)
    pieces = with_colons(pieces, inks, em)
    pieces = with_whole_characters(pieces, inks, em)
    pieces = untangled(pieces, inks, em)
    words = [p.box for p in pieces]
    rules = without_stacked_strokes(without_strokes(marks.rules, words), words, ink)
    rules = without_openings(rules, words, em)
    pieces = cut_at_rules(pieces, rules)
    for rule in rules:
        # Short rules were left in the picture for fear of strokes; now the lines are known.
        if max(rule.box.width, rule.box.height) < wiped:
            fill(ink, rule.box.grow(max(2.0, 0.06 * em)), 0)
    shelves = [r.box for r in rules if r.horizontal]
    flat, tall = sort_directions(pieces, inks, em, shelves)
    # Nothing runs on through the side of a box that is drawn or on dark ground.
    boxes = [f.box for f in marks.frames if f.kind != "tint"]
    down = [r.box for r in rules if not r.horizontal]
    down += [Rect(x, b.y0, x, b.y1) for b in boxes for x in (b.x0, b.x1)]
    across = [turned(r.box) for r in rules if r.horizontal]
    across += [Rect(y, b.x0, y, b.x1) for b in boxes for y in (b.y0, b.y1)]
    pictures = [p.box for p in marks.pictures]
    crossing = [p.box for p in tall]
    out = [(p, False) for p in rows_to_lines(flat, inks, em, down, crossing, pictures)]
    if tall:
        sideways = inks_of(transposed(ink), em)
        columns = [replace(p, box=turned(p.box)) for p in tall]
        others = [turned(p.box) for p in flat]
        pictures = [turned(box) for box in pictures]
        level = [p.box for p, _ in out]
        whole = rows_to_lines(columns, sideways, em, across, others, pictures)
        upright = [replace(piece, box=turned(piece.box)) for piece in whole]
        upright = [piece for piece in upright if not made_of_ends(piece.box, level)]
        out += [(piece, True) for piece in with_marks(parted(upright, ink, em), ink, em)]
    out.sort(key=lambda item: (item[0].box.y0, item[0].box.x0, item[1]))
    return out, em


def _with_missed(
    page: Gray, ink: Gray, texts: tuple[TextLine, ...], engine: Engine, marks: Marks, em: float
) -> tuple[tuple[TextLine, ...], tuple[Step, ...]]:
    """`texts` with what is read on a second look, at another scale, at ink none of them accounts
    for: type much smaller or larger than the body, faint or crowded. And what there is to say."""
    known = [line.box for line in texts]
    # Shorter ones may be strokes of what is looked for.
    known += [r.box for r in marks.rules if max(r.box.width, r.box.height) >= LONG * em]
    known += [p.box for p in marks.pictures]
    # The ground of a reversed bar is white by now.
    known += [s for f in marks.frames for s in sides_of(replace(f, kind="frame"), 0.5 * em)]
    areas = missed(ink, em, known)
    bounds = Rect(0.0, 0.0, float(page.shape[1]), float(page.shape[0]))
    found: list[TextLine] = []
    for area in sorted(areas, key=lambda a: -a.area)[:MOST_LOOKS]:
        box = _outward(area.grow(em).clip(bounds))
        part = window(page, box).copy()
        inked = ink_mask(part, em)  # `ink` has lost such strokes
        for other in known:
            # What is known already is neither found again nor joined to.
            local = other.shift(-box.x0, -box.y0)
            fill(inked, local.grow(0.1 * em), 0)
            fill(part, local.grow(0.1 * em), 255)
        looks = [_look_again(part, inked, engine, k * em, em) for k in (SMALLER, LARGER)]
        lines = max(looks, key=lambda look: sum(len(x.text) * x.confidence for x in look))
        found += [line.shift(box.x0, box.y0) for line in lines]
    if not areas:
        return texts, ()
    said = Step("second look", f"{len(areas)} areas of ink left over, {len(found)} lines found")
    return tuple(sorted((*texts, *found), key=lambda x: (x.box.y0, x.box.x0, x.mode))), (said,)


def _look_again(page: Gray, ink: Gray, engine: Engine, size: float, em: float) -> list[TextLine]:
    """Lines of an area that are type beyond doubt, in its pixels, looked for as type of `size`."""
    pieces = [Piece(_bounds(d.polygon), d.score) for d in engine.detect(page, size)]
    lines, own = _whole_lines(pieces, ink, size, Marks())
    read = _recognise(page, ink, lines, engine, Marks(), min(own, em))
    return [x for x in read if x.confidence >= SURE and len(x.text.replace(" ", "")) >= 2]


def _outward(box: Rect) -> Rect:
    return Rect(math.floor(box.x0), math.floor(box.y0), math.ceil(box.x1), math.ceil(box.y1))


def _recognise(
    page: Gray,
    ink: Gray,
    lines: list[tuple[Piece, bool]],
    engine: Engine,
    marks: Marks,
    em: float,
) -> tuple[TextLine, ...]:
    def cuts(box: Rect) -> list[list[tuple[Rect, bool]]]:
        columns, rows = cuts_of(box, ink, em)
        parts = doubled(box, ink, em)
        ways = [
            [(c, True) for c in columns],
            [(r, False) for r in rows],
            [(p, True) for p in parts],
        ]
        return [way for way in ways if way]

    def cut_out(box: Rect, vertical: bool) -> LineImage:
        return _cut_out(page, box, vertical, em)[0]

    held = without_blocks([(p.box, down) for p, down in lines], cuts, engine, cut_out)
    images, boxes = [], []
    for own, vertical in held:
        image, box = _cut_out(page, own, vertical, em)
        images.append(replace(image, rivals=RIVALS) if image.vertical else image)
        boxes.append(box)
    read = heard_again(engine, images, read_in_one_script(engine, images))
    out = []
    for (own, vertical), box, recognition in zip(held, boxes, read, strict=True):
        stretches = _stretches(ink, own, vertical)
        gaps = [(a[1], b[0]) for a, b in pairwise(stretches)]
        line = assemble(recognition, own, box, gaps, vertical)
        line = None if line is None else as_printed(line, window(ink, own), em)
        if line is None or not _plausible(line, marks, em):
            continue
        if any(
            f.kind == "reversed" and f.box.overlap(line.box) >= 0.6 * line.box.area
            for f in marks.frames
        ):
            line = replace(line, tone="reversed")
        out.append(fitted(in_cells(line, window(ink, line.box)), stretches))
    return sized_as_beside(out)


def _cut_out(page: Gray, own: Rect, vertical: bool, em: float) -> tuple[LineImage, Rect]:
    """(a line as the recogniser gets it, the box of the page it shows)."""
    bounds = Rect(0.0, 0.0, float(page.shape[1]), float(page.shape[0]))
    thick = own.width if vertical else own.height
    box = own
    alone = vertical and box.height < 1.2 * em and box.width < 1.7 * em
    if alone:  # one character, upright; its stop is told from the ink
        box = replace(box, x1=min(box.x1, box.x0 + em))
    box = box.grow(max(2.0, MARGIN * thick)).clip(bounds)
    pixels = np.ascontiguousarray(window(page, box))
    return LineImage(pixels, vertical and not alone), box


def _stretches(ink: Gray, box: Rect, vertical: bool) -> list[tuple[float, float]]:
    """Where there is ink along a line, in page coordinates."""
    start = int(box.y0 if vertical else box.x0)
    found = runs(filled(window(ink, box), 1 if vertical else 0))
    return [(float(start + a), float(start + b)) for a, b in found]


def _plausible(line: TextLine, marks: Marks, em: float) -> bool:
    """Whether a line is type and not the texture of a picture or a speck."""
    in_picture = any(p.box.overlap(line.box) >= 0.7 * line.box.area for p in marks.pictures)
    if in_picture and (line.confidence < 0.8 or len(line.text) < 2):
        return False
    if line.confidence < 0.45 and len(line.text) < 3:
        return False
    if len(line.text) == 1 and line.text.isascii() and line.size < 0.65 * em:
        return False  # the corner of a frame, a broken rule
    length = max(line.box.width, line.box.height)
    if line.confidence < DOUBTFUL and length > STRETCHED * line.size * len(line.text):
        return False  # the side of a frame, an ornament: type would fill its line
    small = line.size < SMALL * em and not any(map(is_hanzi, line.text))
    if small and line.confidence < GUESSED:
        return False
    if not any(c.isalnum() for c in line.text) and line.size > 2.2 * em and line.confidence < 0.7:
        return False  # a stroke of a drawing
    return line.size >= 0.35 * em
