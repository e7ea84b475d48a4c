"""Sheet -> PageLayout: the whole of a page's layout on one screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..model import Sheet, TextLine
from .baretables import mark_bare_tables, mark_figures, part_tables
from .barriers import Barriers, beside_pictures, outside_headlines
from .begun import Begun
from .blocks import build_blocks, leading_of
from .captionrows import part_captions
from .columnrules import without_column_rules
from .compose import compose
from .deckrows import part_decks
from .display import display_adverts
from .downlines import with_whole_lines
from .flow import chain_bodies
from .framedpictures import with_whole_pictures
from .ground import read_ground
from .gutters import cut_at_gutters
from .headparts import with_head_parts
from .heads import find_heads
from .heed import EVERYTHING, Heed
from .hints import (
    hint_headers,
    hint_tables,
    hinted_advertisements,
    with_hinted_pictures,
)
from .lastlines import with_last_lines
from .leadins import with_lead_ins
from .leftward import with_leftward_lines
from .lesser import bare_labels, without_labels
from .marginlines import with_margin_rows
from .matter import find_matter
from .ownmarkers import with_own_markers
from .pageheader import mark_header
from .parts import merged, order_of_parts
from .picturemarks import mark_picture_marks
from .result import PageLayout
from .scene import Scene
from .sift import sift_bodies
from .signatures import give_signatures, mark_signatures
from .signed import parted_signatures
from .titlebox import mark_title_box
from .torn import with_torn_lines
from .twinheads import part_twins
from .uprights import header_over, turned, turned_back, vertical_areas
from .vertical import (
    lay_grids,
    stack_singles,
    turn_grids,
    vertical_blocks,
    with_feet,
    with_marks,
)
from .zones import mark_captions, mark_labels, mark_masthead, mark_tables


def body_size(lines: tuple[TextLine, ...]) -> float:
    """The em in pixels that most of a page's characters are set in."""
    bins: dict[int, list[float]] = {}
    for line in lines:
        if len(line.chars) >= 4:
            bins.setdefault(round(line.size / 2), []).extend([line.size] * len(line.chars))
    if not bins:
        return max((line.size for line in lines), default=40.0)
    best = max(
        bins,
        key=lambda k: (
            len(bins[k]) + 0.5 * (len(bins.get(k - 1, ())) + len(bins.get(k + 1, ()))),
            -k,
        ),
    )
    sizes = sorted(bins[best])
    usual = sizes[len(sizes) // 2]
    # Measured by their pitch, justified lines look larger than they are, and none smaller.
    near = sorted(
        line.size
        for line in lines
        if not line.font and len(line.chars) >= 8 and 0.94 < line.size / usual < 1.12
    )
    return near[len(near) // 5] if len(near) >= 20 else usual


def main_font(lines: tuple[TextLine, ...], em: float) -> str:
    """The font most of the body is set in; empty when fonts are not known."""
    count: dict[str, int] = {}
    for line in lines:
        if line.font and abs(line.size / em - 1) < 0.08:
            count[line.font] = count.get(line.font, 0) + len(line.chars)
    return max(count, key=lambda f: (count[f], f)) if count else ""


def analyse(sheet: Sheet, heed: Heed = EVERYTHING, begun: Sequence[Begun] = ()) -> PageLayout:
    """Regions, roles, reading order and pieces of articles of one page, by the evidence that
    `heed` names. `begun`: stories of other pages, as far as they are known, that go on on it, of
    use to what is set across."""
    sheet = heed.seen(sheet)
    em = body_size(sheet.lines)
    sheet = with_hinted_pictures(with_whole_pictures(sheet, em))
    lines = with_feet(stack_singles(turn_grids(sheet.lines, em), em), em)
    lines = lay_grids(lines, em)
    sheet = with_leftward_lines(replace(sheet, lines=tuple(with_marks(lines, em))))
    areas = vertical_areas(sheet, em)
    if not areas:
        return _analyse(sheet, em, heed, begun=begun)
    whole = len(areas) == 1 and areas[0][0].x0 == 0 and areas[0][0].x1 == sheet.width
    parts = [
        turned_back(_analyse(turned(sheet, box, x), em, heed, turned=True, downward=whole), box)
        for box, x in areas
    ]
    if len(areas) == 1 and len(areas[0][1]) == len(sheet.lines):
        return parts[0]
    boxes = [box for box, _ in areas]
    rest = replace(
        sheet,
        lines=header_over(sheet, em)
        if whole
        else tuple(
            x for x in sheet.lines if not any(b.overlap(x.box) > 0.6 * x.box.area for b in boxes)
        ),
        pictures=tuple(
            p for p in sheet.pictures if not any(b.overlap(p.box) > 0.5 * p.box.area for b in boxes)
        ),
    )
    main = _analyse(rest, em, heed, header=whole, begun=() if whole else begun)
    if whole:
        count = len(main.pieces) + len(parts[0].pieces)
        return merged(main, parts, range(count))
    ground = read_ground(sheet, em)
    return merged(main, parts, order_of_parts(main, parts, sheet, ground, em))


def _analyse(
    sheet: Sheet,
    em: float,
    heed: Heed,
    *,
    turned: bool = False,
    downward: bool = False,
    header: bool = False,
    begun: Sequence[Begun] = (),
) -> PageLayout:
    """The same for a sheet whose text runs across, or has been `turned` so that it does,
    `downward` if that was a whole page; `header`: all that has no kind yet is the header of the
    page."""
    lead = leading_of(sheet.lines, em)
    if downward:
        sheet = replace(sheet, rules=without_column_rules(sheet.rules, sheet.lines, em))
    ground = read_ground(sheet, em)
    rules = outside_headlines(beside_pictures(sheet.rules, sheet.pictures, em), sheet.lines, em)
    barriers = Barriers(rules).apart_from([b.box for b in ground.bars], em)
    lines = cut_at_gutters(sheet.lines, em, lead, marks_aside=turned)
    lines = with_torn_lines(lines, em, lead, barriers)
    flat = [line for line in lines if line.mode != "vertical-rl"]
    flat = flat if turned else with_last_lines(flat)
    flat, tables = part_tables(with_lead_ins(flat, em), em, barriers, ground)
    blocks = part_captions(build_blocks(flat, em, barriers, ground), sheet.pictures, lead)
    blocks = parted_signatures(part_twins(part_decks(blocks, em, downward), em))
    blocks = tables + with_own_markers(blocks, em, lead)
    down = [x for x in lines if x.mode == "vertical-rl"]
    down = down if turned else with_whole_lines(down, em)
    blocks += vertical_blocks(down, ground, em, turned=turned)
    if downward:
        blocks = with_margin_rows(blocks, sheet.rules, em)
    scene = Scene(
        sheet, em, lead, blocks, ground, barriers, list(sheet.pictures),
        main_font(sheet.lines, em), downward, heed, begun,
    )  # fmt: skip
    mark_masthead(scene)
    mark_title_box(scene)
    mark_header(scene)
    if header:
        scene.kind.update({i: "page-header" for i in range(len(blocks)) if i not in scene.kind})
    hint_headers(scene)
    mark_bare_tables(scene, range(len(tables)))
    mark_tables(scene)
    hint_tables(scene)
    mark_figures(scene)
    mark_picture_marks(scene)
    mark_labels(scene)
    mark_captions(scene)
    matter = find_matter(scene) + hinted_advertisements(scene)
    heads = without_labels(scene, find_heads(scene))
    signatures = mark_signatures(scene)
    bodies, spare = sift_bodies(scene)
    chains = with_head_parts(scene, chain_bodies(scene, heads, bodies))
    chains = bare_labels(scene, chains)
    chains, shown, spare = display_adverts(scene, chains, spare)
    matter += shown
    signed, unclaimed = give_signatures(scene, chains, signatures)
    return compose(scene, chains, matter, signed, [*spare, *unclaimed])
