"""A small issue made by hand, and hypothesis strategies for issues and sheets."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from digitise.model import (
    Affine,
    Article,
    Char,
    Continuation,
    Frame,
    Hint,
    Issue,
    Line,
    Masthead,
    Page,
    Part,
    Picture,
    Rect,
    Region,
    Rule,
    Sheet,
    Step,
    TextLine,
)

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def regenerate() -> bool:
    """DIGITISE_REGENERATE=1 writes the golden files anew instead of comparing with them."""
    return os.environ.get("DIGITISE_REGENERATE", "") not in ("", "0")


@pytest.fixture
def golden(regenerate: bool) -> Any:
    def compare(name: str, data: bytes) -> None:
        path = GOLDEN / name
        if regenerate:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        assert data.decode("utf-8") == path.read_bytes().decode("utf-8")

    return compare


def _region(page: int, number: int, kind: Any, box: tuple[int, int, int, int], *texts: str,
            mode: Any = "horizontal-tb", with_chars: bool = False) -> Region:  # fmt: skip
    region_id = f"p{page:04d}-r{number:03d}"
    x0, y0, x1, y1 = box
    step = (y1 - y0) / max(1, len(texts))
    lines = []
    for i, text in enumerate(texts):
        top = y0 + i * step
        pitch = (x1 - x0) / max(1, len(text))
        chars = tuple(
            Char(c, Rect(x0 + k * pitch, top, x0 + (k + 1) * pitch, top + step), 0.9876)
            for k, c in enumerate(text)
        )
        box_of_line = Rect(x0, top, x1, top + step)
        lines.append(
            Line(f"{region_id}-l{i + 1:03d}", box_of_line.polygon, text,
                 chars if with_chars else (), 0.9751)
        )  # fmt: skip
    return Region(region_id, kind, Rect(x0, y0, x1, y1).polygon, mode, tuple(lines), 0.9)


@pytest.fixture
def issue() -> Issue:
    front = (
        _region(1, 1, "masthead", (100, 60, 900, 200), "青 川 晚 报", "2031年4月5日 星期六"),
        _region(1, 2, "kicker", (100, 240, 500, 270), "清明时节话护林"),
        _region(1, 3, "headline", (100, 280, 180, 700), "山 雨 来 前", mode="vertical-rl"),
        _region(1, 4, "subheadline", (200, 280, 560, 320), "——记南岭*防火队的", "一个春天"),
        _region(1, 5, "byline", (200, 330, 560, 360), "□本报记者 林 晓"),
        _region(1, 6, "body", (200, 370, 560, 900),
                "　　四更天，南岭防火队的灯先亮了。队长说：",
                "“雨没来，火就可能先来。”",
                "　　“带上水，带上干粮。”他把话分成两句说，",
                "后一句说给年轻人听。",
                with_chars=True),
        _region(1, 7, "subhead", (200, 910, 560, 960), "三十里山路", "走了四十年"),
        _region(1, 8, "body", (580, 370, 900, 700),
                "　　这条路他走过", "一万多遍，", "鞋底换了又换。", "（下转A2版）"),
        _region(1, 9, "picture", (580, 720, 900, 900)),
        _region(1, 10, "caption", (580, 905, 900, 930), "清晨的瞭望台。 周 河 摄"),
        _region(1, 11, "advertisement", (100, 1000, 900, 1200), "青川豆腐干", "三十年老味道 电话：00-1234"),
    )  # fmt: skip
    second = (
        _region(2, 1, "page-header", (100, 40, 900, 70), "A2 综合 2031年4月5日"),
        _region(2, 2, "body", (100, 100, 480, 400),
                "（上接A1版）", "可山还在那里，", "人也还在那里。", "　　雨终于落了下来。"),
        _region(2, 3, "headline", (500, 100, 900, 160), "3. 月食 & 茶会 #"),
        _region(2, 4, "body", (500, 170, 900, 400), "　　1. 自带茶杯。", "　　2. 月亮由天文馆提供。"),
    )  # fmt: skip
    pages = (
        Page("p0001", 1, "A1", "要闻", 1000, 1400, 300, front,
             tuple(r.id for r in front), (Step("deskew", "0.12°"),), "a1.pdf"),
        Page("p0002", 2, "A2", "综合", 1000, 1400, 300, second,
             tuple(r.id for r in second), (), "a2.pdf"),
        Page("p0003", 3, source="a3.tif", error="a3.tif is cut short at byte 4096."),
    )  # fmt: skip
    articles = (
        Article("a001", "masthead", headline="青川晚报", paragraphs=("2031年4月5日 星期六",),
                parts=(Part("p0001", ("p0001-r001",)),)),
        Article(
            "a002",
            kicker="清明时节话护林",
            headline="山雨来前",
            subheadline="——记南岭*防火队的 一个春天",
            byline="□本报记者 林晓",
            paragraphs=(
                "四更天，南岭防火队的灯先亮了。队长说：“雨没来，火就可能先来。”",
                "“带上水，带上干粮。”他把话分成两句说，后一句说给年轻人听。",
                "三十里山路走了四十年",
                "这条路他走过一万多遍，鞋底换了又换。可山还在那里，人也还在那里。",
                "雨终于落了下来。",
            ),
            captions=("清晨的瞭望台。 周河摄",),
            parts=(
                Part("p0001", tuple(f"p0001-r{n:03d}" for n in range(2, 11))),
                Part("p0002", ("p0002-r002",)),
            ),
            continuations=(
                Continuation("p0001", "p0002", "（下转A2版）", "（上接A1版）", "verified"),
            ),
            confidence=0.9712,
        ),
        Article("a003", "advertisement", paragraphs=("青川豆腐干", "三十年老味道 电话：00-1234"),
                parts=(Part("p0001", ("p0001-r011",)),)),
        Article("a004", "furniture", paragraphs=("A2 综合 2031年4月5日",),
                parts=(Part("p0002", ("p0002-r001",)),)),
        Article("a005", headline="3. 月食 & 茶会 #",
                paragraphs=("1. 自带茶杯。", "2. 月亮由天文馆提供。"),
                parts=(Part("p0002", ("p0002-r003", "p0002-r004")),)),
    )  # fmt: skip
    masthead = Masthead("青川晚报", "2031-04-05", "星期六", issue_number="2041", cn="CN00-0042")
    return Issue("qingchuan-2031-04-05", "青川晚报", masthead, pages, articles, False,
                 ("p0003: a3.tif is cut short at byte 4096.",))  # fmt: skip


_SHARE = st.integers(0, 1000).map(lambda n: n / 1000)
_WHOLE = st.integers(-5, 20000).map(float)
_TEXT = st.text(max_size=12)


def _boxes(numbers: st.SearchStrategy[float]) -> st.SearchStrategy[Rect]:
    return st.builds(Rect, numbers, numbers, numbers, numbers)


def issues(numbers: st.SearchStrategy[float] = _WHOLE,
           shares: st.SearchStrategy[float] = _SHARE) -> st.SearchStrategy[Issue]:  # fmt: skip
    """Issues whose references hold; by default with numbers that issue.json keeps exactly."""
    polygons = st.lists(st.tuples(numbers, numbers), max_size=5).map(tuple)
    chars = st.builds(Char, st.text(max_size=2), _boxes(numbers), shares)

    @st.composite
    def lines(draw: Any, region_id: str, number: int) -> Line:
        text = draw(_TEXT)
        own = draw(st.none() | st.lists(chars, max_size=4))
        if own is None:
            own = [Char(c, draw(_boxes(numbers)), draw(shares)) for c in text]
        return Line(f"{region_id}-l{number}", draw(polygons), text, tuple(own), draw(shares))

    @st.composite
    def pages(draw: Any, number: int) -> Page:
        page_id = f"p{number:04d}"
        regions = []
        for n in range(draw(st.integers(0, 3))):
            region_id = f"{page_id}-r{n + 1:03d}"
            count = draw(st.integers(0, 3))
            regions.append(
                Region(region_id, draw(st.sampled_from(["body", "headline", "other"])),
                       draw(polygons), draw(st.sampled_from(["horizontal-tb", "vertical-rl"])),
                       tuple(draw(lines(region_id, k)) for k in range(count)), draw(shares))
            )  # fmt: skip
        order = draw(st.permutations([r.id for r in regions]))
        steps = draw(st.lists(st.builds(Step, _TEXT, _TEXT), max_size=2).map(tuple))
        return Page(page_id, number, draw(_TEXT), draw(_TEXT), draw(st.integers(0, 40000)),
                    draw(st.integers(0, 40000)), draw(st.integers(0, 1200)), tuple(regions),
                    tuple(order), steps, draw(_TEXT), draw(_TEXT))  # fmt: skip

    @st.composite
    def whole(draw: Any) -> Issue:
        own = tuple(draw(pages(n + 1)) for n in range(draw(st.integers(0, 3))))
        articles = []
        for n in range(draw(st.integers(0, 3))):
            parts = tuple(
                Part(page.id, tuple(r.id for r in page.regions if draw(st.booleans())))
                for page in own if draw(st.booleans())
            )  # fmt: skip
            jumps = st.builds(Continuation, st.just("p0001"), st.sampled_from(["", "p0002"]), _TEXT,
                              _TEXT, st.sampled_from(["verified", "unresolved"]), _TEXT)  # fmt: skip
            articles.append(
                Article(f"a{n + 1:03d}", draw(st.sampled_from(["article", "notice"])), draw(_TEXT),
                        draw(_TEXT), draw(_TEXT), draw(_TEXT),
                        draw(st.lists(_TEXT, max_size=3).map(tuple)),
                        draw(st.lists(_TEXT, max_size=2).map(tuple)), parts,
                        draw(st.lists(jumps, max_size=2).map(tuple)), draw(shares))
            )  # fmt: skip
        masthead = Masthead(draw(_TEXT), draw(st.sampled_from(["", "2031-04-05"])), draw(_TEXT))
        return Issue("x" + draw(_TEXT), draw(_TEXT), masthead, own, tuple(articles),
                     draw(st.booleans()), draw(st.lists(_TEXT, max_size=2).map(tuple)))  # fmt: skip

    return whole()


def sheets() -> st.SearchStrategy[Sheet]:
    """Sheets with any finite floats and any text, half characters included."""
    floats = st.floats(allow_nan=False, allow_infinity=False)
    boxes = _boxes(floats)
    text = st.text(st.characters(exclude_categories=()), max_size=4)
    chars = st.lists(st.builds(Char, text, boxes, floats), max_size=4).map(tuple)
    lines = st.builds(
        TextLine, boxes, chars, floats, st.sampled_from(["horizontal-tb", "vertical-rl"]), text,
        st.sampled_from([None, True, False]), st.sampled_from(["normal", "reversed"]), floats,
    )  # fmt: skip
    return st.builds(
        Sheet, st.just("p0001"), st.integers(1, 99), text, st.integers(0, 40000),
        st.integers(0, 40000), st.integers(1, 1200), st.lists(lines, max_size=3).map(tuple),
        st.lists(st.builds(Rule, boxes), max_size=2).map(tuple),
        st.lists(
            st.builds(Frame, boxes, st.sampled_from(["frame", "tint", "reversed"])), max_size=2
        ).map(tuple),
        st.lists(st.builds(Picture, boxes), max_size=2).map(tuple),
        st.sampled_from(["text-layer", "ocr"]),
        st.builds(Affine, floats, floats, floats, floats, floats, floats),
        st.tuples(st.integers(0, 9), st.integers(0, 9)),
        st.lists(st.builds(Step, text, text), max_size=2).map(tuple),
        st.lists(
            st.builds(Hint, st.sampled_from(["headline", "picture"]), boxes, floats), max_size=2
        ).map(tuple),
    )  # fmt: skip


@pytest.fixture
def strategies() -> Any:
    """The strategies above, for tests that draw with `st.data()`."""

    class Strategies:
        exact = staticmethod(issues)
        sheets = staticmethod(sheets)

    return Strategies
