"""What tells whether an entry is right, as numbers for the logistic that gives its confidence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ..layout import Piece, doubt_of
from ..layout.margins import CEILING
from ..model import Page, Region
from ..text.marks import ends_sentence, is_han
from ..text.topic import pairs_of
from .continuation import Link

DOUBTFUL = 0.98
"""Characters less sure than this are doubtful."""

KINDS = ("advertisement", "furniture", "index", "masthead", "notice", "picture", "table")
"""The kinds of entries that are no articles."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What one entry is made of: its pieces with the pages they stand on, and the jumps that begin
    or end in them."""

    pieces: tuple[tuple[Page, Piece], ...]
    links: tuple[Link, ...] = ()

    @property
    def regions(self) -> tuple[Region, ...]:
        """In reading order, page by page."""
        found: list[Region] = []
        for page, piece in self.pieces:
            wanted = set(piece.regions)
            found += [region for region in page.regions if region.id in wanted]
        return tuple(found)


def evidence_of(parts: Parts) -> dict[str, float]:
    """Every number, by name: always the same names in the same order."""
    pieces = [piece for _, piece in parts.pieces]
    open_ends = any(link.end is None for link in parts.links)
    open_starts = any(link.start is None for link in parts.links)
    return {
        **{f"is_{kind}": float(pieces[0].kind == kind) for kind in KINDS},
        **_of_the_assignment(pieces, open_starts, open_ends),
        **_of_the_place(pieces),
        **_of_the_regions(parts.regions),
        **_of_the_text(pieces),
    }


def mean_reading(parts: Parts) -> float:
    """The mean confidence of an entry's characters; 1.0 where it has none."""
    every = _chars(parts.regions)
    return math.fsum(every) / len(every) if every else 1.0


def _of_the_assignment(
    pieces: Sequence[Piece], open_starts: bool, open_ends: bool
) -> dict[str, float]:
    """Of the choices that made it, and of how it begins and ends: a jump that leads nowhere
    leaves an article broken off."""
    holds = [p.signs.hold for p in pieces]
    margins = sorted(m for h in holds for m in h.margins)
    links = [c for h in holds for c in h.costs[1:-1]]
    begins = 1.0 if open_starts else 1 - holds[0].fresh
    ends = 1.0 if open_ends else holds[-1].going
    return {
        "margin": min(margins, default=CEILING),
        "second_margin": margins[1] if len(margins) > 1 else CEILING,
        "log_doubt": math.log(0.02 + math.fsum(doubt_of(h) for h in holds)),
        "worst_link": max(links, default=-8.0),
        "worst_start": max((h.costs[0] for h in holds if h.costs), default=0.0),
        "clashes": math.fsum(c for h in holds for c in h.clashes),
        "begins_inside": begins,
        "breaks_off": ends,
    }


def _of_the_place(pieces: Sequence[Piece]) -> dict[str, float]:
    """Of the page round it, the worst where it stands on several."""
    signs = [p.signs for p in pieces]
    return {
        "no_head": float(not signs[0].head),
        "weak_head": float(signs[0].weak),
        "intruders": max(s.intruders for s in signs),
        "intruding": max(s.intruding for s in signs),
        "rivals": math.log1p(max(s.rivals for s in signs)),
        "loose": math.log1p(max(s.loose for s in signs)),
        "share": max(s.share for s in signs),
        "headless": math.log1p(max(s.headless for s in signs)),
        "scan": float(signs[0].scan),
    }


def _of_the_regions(regions: Sequence[Region]) -> dict[str, float]:
    every = _chars(regions)
    n = len(every)
    return {
        "misread": 1 - math.fsum(every) / n if n else 0.0,
        "doubtful": sum(c < DOUBTFUL for c in every) / n if n else 0.0,
        "characters": math.log1p(n),
        "subheads": math.log1p(sum(r.kind == "subhead" for r in regions)),
    }


def _chars(regions: Sequence[Region]) -> list[float]:
    return [c.confidence for r in regions for line in r.lines for c in line.chars if c.text.strip()]


def _of_the_text(pieces: Sequence[Piece]) -> dict[str, float]:
    """Of the wording: `named`, how many of the headline's pairs of characters come back in the
    body; `title_han`, how much of the titles is words."""
    first, last = pieces[0], pieces[-1]
    body = "".join(line.text for p in pieces for line in p.lines)
    title = first.kicker + first.headline + first.subheadline
    wanted, known = pairs_of(first.headline), pairs_of(body)
    return {
        "body": float(bool(body)),
        "stops": float(ends_sentence(last.lines[-1].text)) if last.lines else 0.5,
        "named": sum(p in known for p in wanted) / len(wanted) if wanted else 0.0,
        "title_han": sum(map(is_han, title)) / max(1, len(title)),
        "headline_length": math.log1p(len("".join(first.headline.split()))),
        "byline": float(bool(first.byline)),
    }
