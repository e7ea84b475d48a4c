"""Which lines of which page belong to which article, and blocks parted accordingly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from ...model import Page, Region, RegionKind, bounding
from .altoread import AltoPage
from .metslinks import Area


class Claims:
    """Gathers what articles, known by their number, lay claim to. The first claim counts."""

    def __init__(self, altos: Mapping[str, AltoPage]) -> None:
        self._altos = altos
        self._claimed: dict[tuple[str, str, int], int] = {}
        self._order: dict[int, dict[tuple[str, str, int], None]] = {}
        self.roles: dict[tuple[str, str], RegionKind] = {}

    def claim(self, article: int, page_id: str, area: Area) -> None:
        """Everything on the page that stands between the area's two elements."""
        alto = self._altos[page_id]
        if area.begin:
            if area.begin not in alto.spans or area.end not in alto.spans:
                return
            start, end = alto.spans[area.begin][0], alto.spans[area.end][1]
        else:
            start, end = 0, max((s[1] for s in alto.places.values()), default=0)
        for (region_id, line), (first, last) in alto.places.items():
            bare = line == -1 and (region_id, 0) not in alto.places
            if (line >= 0 or bare) and first <= end and last >= start:
                key = (page_id, region_id, line)
                if self._claimed.setdefault(key, article) == article:
                    self._order.setdefault(article, {}).setdefault(key)

    def name(self, page_id: str, area: Area, role: RegionKind) -> None:
        """What the blocks that the area begins with or holds are called; the innermost counts."""
        alto = self._altos[page_id]
        if area.begin not in alto.spans or area.end not in alto.spans:
            return
        start, end = alto.spans[area.begin][0], alto.spans[area.end][1]
        for (region_id, line), (first, last) in alto.places.items():
            if line == -1 and start <= first and last <= end:
                self.roles[page_id, region_id] = role

    def owner(self, page_id: str, region_id: str, line: int) -> int:
        """The article, or -1."""
        return self._claimed.get((page_id, region_id, line), -1)

    def groups(self, page_id: str, region: Region) -> list[tuple[int, list[int]]]:
        """Runs of lines of one article in a region, as (article, line numbers)."""
        keyed = ((self.owner(page_id, region.id, i), i) for i in range(len(region.lines)))
        return [
            (article, [i for _, i in run]) for article, run in groupby(keyed, key=lambda x: x[0])
        ]

    def parts(self, article: int) -> Iterator[tuple[str, str]]:
        """(page id, region id) of the article's regions, after parting, in claimed order."""
        for page_id, region_id, line in self._order.get(article, ()):
            region = self._altos[page_id].page.region(region_id)
            runs = self.groups(page_id, region)
            if line < 0 or len(runs) < 2:
                yield page_id, region_id
                continue
            number = next(n for n, (_, lines) in enumerate(runs, 1) if line in lines)
            yield page_id, f"{region_id}-{number}"


def cut(page: Page, claims: Claims) -> Page:
    """The page with each region that several articles share parted between them."""
    regions: list[Region] = []
    renamed: dict[str, list[str]] = {}
    for region in page.regions:
        pieces = list(_pieces(page, region, claims))
        renamed[region.id] = [piece.id for piece in pieces]
        regions += pieces
    order = tuple(new for old in page.reading_order for new in renamed.get(old, [old]))
    return replace(page, regions=tuple(regions), reading_order=order)


def _pieces(page: Page, region: Region, claims: Claims) -> Iterator[Region]:
    runs = claims.groups(page.id, region)
    if len(runs) < 2:
        yield region
        return
    for number, (_, places) in enumerate(runs, 1):
        lines = tuple(region.lines[i] for i in places)
        boxes = [line.box for line in lines if line.polygon]
        polygon = bounding(boxes).polygon if boxes else region.polygon
        yield replace(region, id=f"{region.id}-{number}", lines=lines, polygon=polygon)
