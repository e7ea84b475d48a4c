"""Articles in three parts, matched with their headlines."""

from __future__ import annotations

from digitise.articles.continuation import PageName, resolve
from digitise.layout import PageLayout
from digitise.layout.result import Piece
from digitise.model import Page, Rect
from digitise.text.jumps import Jump, find_jumps
from digitise.text.paragraphs import BodyLine

BOX = Rect(0.0, 0.0, 100.0, 100.0)


def _jump(marker: str) -> Jump:
    (found,) = find_jumps(marker)
    return found


def _piece(headline: str, begins: str, ends: str, out: str = "", back: str = "") -> Piece:
    return Piece(
        "article",
        (),
        BOX,
        headline=headline,
        lines=(BodyLine(begins, 0.0, 0.0), BodyLine(ends, 0.0, 0.0)),
        jump_out=_jump(out) if out else None,
        jump_in=_jump(back) if back else None,
    )


def _page(number: int, *pieces: Piece) -> PageLayout:
    return PageLayout(Page(f"p{number:04d}", number), pieces)


def test_a_part_without_headline_is_known_by_that_of_its_beginning() -> None:
    """Two stories whose headlines share half of their words go on from page 2 to page 3, one of
    them from page 1."""
    pages = [
        _page(1, _piece("把根留住一家之变", "桥头的老屋修好了", "副局长算了一笔", "（下转02版）")),
        _page(
            2,
            _piece("把根留住粮满仓", "申请已经办好", "光靠合作社一", "（下转03版）"),
            _piece("", "账，收成翻了一番", "理清了当中的难", "（下转03版）", "（上接01版）"),
        ),
        _page(
            3,
            _piece("把根留住一家之变", "点，前后跑了七趟", "着呢。", back="（上接02版）"),
            _piece("巷子深处酒也香", "家是不行的", "相映成趣。", back="（上接02版）"),
        ),
    ]
    names = [PageName(f"p{n:04d}", n, f"{n:02d}", "") for n in (1, 2, 3)]
    links = resolve(pages, names)
    assert {(link.start, link.end) for link in links} == {
        ((0, 0), (1, 1)),
        ((1, 1), (2, 0)),
        ((1, 0), (2, 1)),
    }
    chain = next(link for link in links if link.start == (1, 1))
    assert "headline agreement 1.00" in chain.continuation.note


def test_an_issue_without_articles_has_no_links() -> None:
    assert resolve([_page(1)], [PageName("p0001", 1, "01", "")]) == []


def test_rests_alike_but_for_the_words_at_the_break_find_their_own() -> None:
    """Two rests without headlines, two stories that break off in the middle of a word, of which
    the halves stand whole in other reports."""
    water, wind = ("村里缺水多年", "老人说难"), ("渔港的船都不出去", "为了避寒")
    pages = [
        _page(
            1,
            _piece("一口井", *water, "（下转02版）"),
            _piece("一港船", *wind, "（下转02版）"),
            _piece("短讯", "难题一个接一个，", "寒潮一阵接一阵。"),
        ),
        _page(
            2,
            _piece("", "潮，一天都没有开张", "来年再去。", back="（上接01版）"),
            _piece("", "题，总算有了办法", "人人高兴。", back="（上接01版）"),
        ),
    ]
    names = [PageName(f"p{n:04d}", n, f"{n:02d}", "") for n in (1, 2)]
    assert {(x.start, x.end) for x in resolve(pages, names)} == {
        ((0, 0), (1, 1)),
        ((0, 1), (1, 0)),
    }
