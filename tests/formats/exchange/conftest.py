"""An old page: vertical lines, slanted outlines, a headline from right to left."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from digitise.model import Article, Char, Issue, Line, Masthead, Page, Part, Rect, Region

TEXT = "民國十二年春月有客自遠方來訪問城中故老得聞舊事甚多因記其大略如左"


def _column(name: str, text: str, x: float, lean: float = 0.0) -> Line:
    chars = tuple(
        Char(c, Rect(x, 300 + 40 * i, x + 40, 340 + 40 * i), 1 - (i % 7) / 10)
        for i, c in enumerate(text)
    )
    end = 300 + 40 * len(text)
    outline = ((x, 300), (x + 40, 300), (x + 40 - lean, end), (x - lean, end))
    return Line(name, outline, text, chars, 0.912)


@pytest.fixture
def old() -> Issue:
    box = Rect(300, 100, 900, 200)
    chars = tuple(
        Char(c, Rect(800 - 100 * i, 100, 900 - 100 * i, 200)) for i, c in enumerate("城北古寺記事")
    )
    title = Line("p0001-r001-l001", box.polygon, "城北古寺記事", chars)
    columns = tuple(
        _column(f"p0001-r002-l{i + 1:03d}", TEXT[8 * i : 8 * i + 8], 860 - 60 * i, 6.0 * (i % 2))
        for i in range(4)
    )
    area = Rect(674, 300, 900, 620).polygon
    regions = (
        Region("p0001-r001", "headline", box.polygon, "horizontal-rtl", (title,)),
        Region("p0001-r002", "body", area, "vertical-rl", columns, 0.9),
        Region("p0001-r003", "picture", Rect(100, 300, 600, 620).polygon),
        Region("p0001-r004", "rule", Rect(100, 640, 900, 644).polygon),
    )
    order = tuple(region.id for region in regions[:3])
    page = Page("p0001", 1, "第一版", "", 1000, 700, 200, regions, order, source="p1.png")
    articles = (
        Article(
            "a001",
            headline="城北古寺記事",
            byline="□本报记者 顾砚秋 通讯员 邵一禾",
            paragraphs=(TEXT,),
            parts=(Part("p0001", ("p0001-r001", "p0001-r002", "p0001-r003")),),
        ),
        Article("a002", "furniture", parts=(Part("p0001", ("p0001-r004",)),)),
    )
    return Issue("old", "城報", Masthead("城報", "1923-04-01"), (page,), articles)


@pytest.fixture(scope="session")
def schema() -> Callable[[str], etree.XMLSchema]:
    """An XSD by its file name, from the folder that DIGITISE_SCHEMAS names."""
    folder = os.environ.get("DIGITISE_SCHEMAS", "")
    if not folder:
        pytest.skip("DIGITISE_SCHEMAS names no folder with the XSDs of ALTO, METS, MODS and PAGE")
    known: dict[str, etree.XMLSchema] = {}

    def load(name: str) -> etree.XMLSchema:
        if name not in known:
            known[name] = etree.XMLSchema(etree.parse(str(Path(folder) / name)))
        return known[name]

    return load
