"""The order in which the modules of a page are read.

How a page was cut cannot always be seen on it: four stories in a square may be two bands or two
columns. The truth therefore does not follow the hand that cut the page but what a reader sees, by
three rules: what stands over a white lane through the whole part is read before what stands under
it, if what stands under it begins level; else columns go from left to right; and neighbouring
columns that one level lane crosses are bands of one part. (docs/articles.md, "Reading order".)
"""

from __future__ import annotations

from collections.abc import Sequence

from .canvas import PageDraft
from .place import Module

LEVEL = 0.85  # ems of the body: stories that begin within this of each other begin level


def reading_order(modules: Sequence[Module], em: float) -> list[Module]:
    """The modules of one page, whose body is of `em` points, as they are read."""
    items = sorted(modules, key=lambda m: (m.y0, m.c0))
    if len(items) <= 1:
        return items
    bands = _bands(items, em)
    if len(bands) == 1:
        bands = _columns(items, em)
    if len(bands) == 1:
        return items
    return [m for band in bands for m in reading_order(band, em)]


def as_read(page: PageDraft, units: Sequence[tuple[Module, int]], em: float) -> None:
    """Put the regions of a page, set so far, in the order in which they are read: each of `units`
    is the place of some of them, up to those of the next, and the number of the first."""
    firsts = [first for _, first in units]
    bounds = [*firsts, len(page.regions)]
    places = [place for place, _ in units]
    order = [places.index(m) for m in reading_order(places, em)]
    page.regions[bounds[0] :] = [
        region for k in order for region in page.regions[bounds[k] : bounds[k + 1]]
    ]


def _bands(items: Sequence[Module], em: float) -> list[list[Module]]:
    """Parted at the lanes under which all begins level."""
    out: list[list[Module]] = []
    for y in sorted({m.y0 for m in items}):
        over = [m for m in items if m.y0 < y - LEVEL * em]
        under = [m for m in items if m.y0 >= y - LEVEL * em]
        if not over or max(m.y1 for m in over) > min(m.y0 for m in under):
            continue
        tops = [m.y0 for m in under if not any(_over(o, m) for o in under)]
        if max(tops) - min(tops) < LEVEL * em:
            out.append([m for m in over if not any(m in band for band in out)])
    out.append([m for m in items if not any(m in band for band in out)])
    return [band for band in out if band]


def _over(a: Module, b: Module) -> bool:
    return a is not b and a.c0 < b.c1 and b.c0 < a.c1 and a.y0 < b.y0


def _columns(items: Sequence[Module], em: float) -> list[list[Module]]:
    """Parted at the vertical lanes; neighbours that share a band stay together, the longest run
    of them first."""
    edges = sorted({m.c1 for m in items})
    columns: list[list[Module]] = []
    start = min(m.c0 for m in items)
    for x in edges:
        if any(m.c0 < x < m.c1 for m in items):
            continue
        columns.append([m for m in items if start <= m.c0 and m.c1 <= x])
        start = x
    return _kept_together(columns, em)


def _kept_together(
    columns: list[list[Module]], em: float, whole: bool = True
) -> list[list[Module]]:
    """`whole`: these are all columns of a part that no band goes through as a whole."""
    for n in range(len(columns) - whole, 1, -1):
        for k in range(len(columns) - n + 1):
            run = [m for column in columns[k : k + n] for m in column]
            if len(_bands(sorted(run, key=lambda m: (m.y0, m.c0)), em)) > 1:
                before = _kept_together(columns[:k], em, False)
                return [*before, run, *_kept_together(columns[k + n :], em, False)]
    return columns
