"""A small issue to correct, made up: two pages, horizontal and vertical type, a jump, a masthead."""

from __future__ import annotations

from digitise.model import (
    Article,
    Char,
    Continuation,
    Issue,
    Line,
    Masthead,
    Page,
    Part,
    Rect,
    Region,
    RegionKind,
    WritingMode,
)

EM = 40.0


def line(key: str, x: float, y: float, text: str, down: bool = False, sure: float = 0.99) -> Line:
    chars = tuple(
        Char(
            c,
            Rect(x, y + i * EM, x + EM, y + (i + 1) * EM)
            if down
            else Rect(x + i * EM, y, x + (i + 1) * EM, y + EM),
            sure,
        )
        for i, c in enumerate(text)
    )
    long = EM * len(text)
    box = Rect(x, y, x + EM, y + long) if down else Rect(x, y, x + long, y + EM)
    return Line(key, box.polygon, text, chars, sure)


def region(
    key: str,
    kind: RegionKind,
    x: float,
    y: float,
    texts: list[str],
    mode: WritingMode = "horizontal-tb",
    sure: float = 0.99,
) -> Region:
    down = mode == "vertical-rl"
    lines = tuple(
        line(
            f"{key}-l{i + 1:03d}",
            x - i * 1.5 * EM if down else x,
            y if down else y + i * 1.5 * EM,
            text,
            down,
            sure,
        )
        for i, text in enumerate(texts)
    )
    boxes = [one.box for one in lines]
    box = Rect(
        min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes),
        max(b.y1 for b in boxes),
    )  # fmt: skip
    return Region(key, kind, box.polygon, mode, lines, sure)


def paper(sure: float = 0.99) -> Issue:
    """Two pages of 2000 x 3000 px; `sure`: the confidence of its body type."""
    first = (
        region("p0001-r001", "masthead", 100, 40, ["海州日报", "2031年3月5日 星期三"]),
        region("p0001-r002", "headline", 100, 300, ["河上新桥昨日通车"]),
        region("p0001-r003", "byline", 100, 400, ["本报记者 林舟"]),
        region(
            "p0001-r004", "body", 100, 500,
            ["　　昨天上午，河上新桥正式通车。", "市民早早来到桥头，等着第一班车", "开过。（下转2版）"],
            sure=sure,
        ),
        region("p0001-r005", "headline", 1100, 300, ["渔村来信"]),
        region(
            "p0001-r006", "body", 1100, 500,
            ["　　今年的鱼汛来得早，码头上", "堆满了箱子。", "　　老人们说，多年没有见过。"],
            sure=sure,
        ),
    )  # fmt: skip
    second = (
        region("p0002-r001", "body", 100, 300, ["（上接1版）桥长八百米，", "双向四车道。"]),
        region("p0002-r002", "headline", 1800, 300, ["春日随笔"], "vertical-rl"),
        region(
            "p0002-r003", "body", 1600, 300, ["柳条垂到水面，", "孩子们放风筝。"], "vertical-rl"
        ),
        region("p0002-r004", "advertisement", 100, 2000, ["出租渔船", "电话：0000-1234"]),
    )
    pages = (
        Page("p0001", 1, "A1", "要闻", 2000, 3000, 300, first, tuple(r.id for r in first)),
        Page("p0002", 2, "A2", "副刊", 2000, 3000, 300, second, tuple(r.id for r in second)),
    )
    articles = (
        Article("a001", "masthead", headline="海州日报", parts=(Part("p0001", ("p0001-r001",)),)),
        Article(
            "a002", headline="河上新桥昨日通车", byline="本报记者 林舟",
            paragraphs=(
                "昨天上午，河上新桥正式通车。市民早早来到桥头，等着第一班车开过。桥长八百米，双向四车道。",
            ),
            parts=(
                Part("p0001", ("p0001-r002", "p0001-r003", "p0001-r004")),
                Part("p0002", ("p0002-r001",)),
            ),
            continuations=(
                Continuation("p0001", "p0002", "（下转2版）", "（上接1版）", "one-sided"),
            ),
            confidence=0.9,
        ),
        Article(
            "a003", headline="渔村来信",
            paragraphs=("今年的鱼汛来得早，码头上堆满了箱子。", "老人们说，多年没有见过。"),
            parts=(Part("p0001", ("p0001-r005", "p0001-r006")),),
        ),
        Article(
            "a004", headline="春日随笔", paragraphs=("柳条垂到水面，孩子们放风筝。",),
            parts=(Part("p0002", ("p0002-r002", "p0002-r003")),),
        ),
        Article(
            "a005", "advertisement", paragraphs=("出租渔船", "电话：0000-1234"),
            parts=(Part("p0002", ("p0002-r004",)),),
        ),
    )  # fmt: skip
    return Issue(
        "haizhou-2031-03-05", "海州日报",
        Masthead("海州日报", "2031-03-05", "星期三", "", "1005"), pages, articles,
    )  # fmt: skip
