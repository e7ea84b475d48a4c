"""A page of which a part is set downwards, put together again."""

from __future__ import annotations

from digitise.layout import PageLayout
from digitise.layout.ground import Ground
from digitise.layout.parts import merged, order_of_parts
from digitise.layout.result import Piece
from digitise.model import ArticleKind, Page, Rect, Region, RegionKind, Sheet

from .setting import EM

_LABEL = Rect(0, 100, 200, 140)
_UNDER = Rect(0, 160, 500, 800)
_BRIEF = Rect(600, 100, 1100, 130)
_SECOND = Rect(600, 160, 1100, 800)
_DOWN = Rect(0, 900, 1100, 1500)


def _layout(*pieces: tuple[ArticleKind, RegionKind, Rect, int]) -> PageLayout:
    regions = tuple(
        Region(f"p0001-r{n:03d}", kind, box.polygon, "horizontal-tb")
        for n, (_, kind, box, _) in enumerate(pieces, 1)
    )
    page = Page(
        id="p0001",
        number=1,
        width=1200,
        height=1600,
        dpi=300,
        regions=regions,
        reading_order=tuple(r.id for r in regions),
    )
    return PageLayout(
        page,
        tuple(
            Piece(what, (region.id,), box, tie=tie)
            for region, (what, _, box, tie) in zip(regions, pieces, strict=True)
        ),
    )


def test_a_label_stays_with_its_article_on_a_page_with_a_part_set_downwards() -> None:
    """A label over one article is level with a brief beside it: the article comes after its
    label, the header of the page comes first, and what is set downwards where it stands."""
    main = _layout(
        ("article", "body", _BRIEF, -1),
        ("furniture", "column-label", _LABEL, 0),
        ("article", "body", _SECOND, -1),
        ("article", "body", _UNDER, 0),
        ("furniture", "page-header", Rect(0, 110, 1100, 150), -1),
    )
    part = _layout(("article", "body", _DOWN, -1))
    order = order_of_parts(
        main, [part], Sheet("p0001", 1, "a.pdf", 1200, 1600, 300), Ground((), ()), EM
    )
    layout = merged(main, [part], order)
    assert [p.box for p in layout.pieces[1:]] == [_LABEL, _UNDER, _BRIEF, _SECOND, _DOWN]
    assert layout.page.regions[0].kind == "page-header"
    assert [r.id for r in layout.page.regions] == list(layout.page.reading_order)
