"""One layout of a page's several: what is set across, and each part that is set downwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..model import Region, Sheet
from .barriers import Barriers
from .ground import Ground
from .places import in_reading_order
from .result import PageLayout, Piece


def order_of_parts(
    main: PageLayout, parts: Sequence[PageLayout], sheet: Sheet, ground: Ground, em: float
) -> list[int]:
    """The pieces of all layouts (main's first, then each part's) in reading order: the masthead
    and the header of the page, then as they stand. What `main` reads together stays together."""
    every = [p for layout in (main, *parts) for p in layout.pieces]
    top = [k for k, p in enumerate(main.pieces) if p.kind == "masthead"]
    header = [k for k, p in enumerate(main.pieces) if _is_header(main, p)]
    laid = [k for k in range(len(every)) if k not in header]
    ties = [
        cell
        if (cell := ground.cell_of(every[k].box)) >= 0 or k >= len(main.pieces)
        else len(ground.cells) + every[k].tie
        if every[k].tie >= 0
        else -1
        for k in laid
    ]
    order = in_reading_order(
        sheet,
        ground,
        Barriers(sheet.rules),
        em,
        [every[k].box for k in laid],
        [every[k].laid or (every[k].box,) for k in laid],
        ties,
        next((n for n, k in enumerate(laid) if k in top), -1),
    )
    return top + header + [laid[k] for k in order if laid[k] not in top]


def _is_header(layout: PageLayout, piece: Piece) -> bool:
    return bool(piece.regions) and all(
        layout.page.region(r).kind == "page-header" for r in piece.regions
    )


def merged(main: PageLayout, parts: Sequence[PageLayout], order: Sequence[int]) -> PageLayout:
    """One layout of several; `order` gives the pieces (main's first, then each part's) in
    reading order. Regions and lines are numbered anew."""
    pieces: list[tuple[Piece, PageLayout]] = [
        (p, layout) for layout in (main, *parts) for p in layout.pieces
    ]
    regions: list[Region] = []
    renamed: list[Piece] = []
    for k in order:
        piece, layout = pieces[k]
        ids = []
        for rid in piece.regions:
            region = layout.page.region(rid)
            new = f"{main.page.id}-r{len(regions) + 1:03d}"
            regions.append(
                replace(
                    region,
                    id=new,
                    lines=tuple(
                        replace(line, id=f"{new}-l{n:03d}")
                        for n, line in enumerate(region.lines, 1)
                    ),
                )
            )
            ids.append(new)
        renamed.append(replace(piece, regions=tuple(ids)))
    page = replace(main.page, regions=tuple(regions), reading_order=tuple(r.id for r in regions))
    return PageLayout(
        page,
        tuple(renamed),
        masthead=main.masthead + tuple(x for p in parts for x in p.masthead),
        header=main.header + tuple(x for p in parts for x in p.header),
    )
