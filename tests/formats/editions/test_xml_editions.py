"""hOCR and TEI: what stands where."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from digitise.formats.exports import Bundle
from digitise.formats.exports.hocr import hocr
from digitise.formats.exports.tei import tei
from digitise.model import Issue

X = {"x": "http://www.w3.org/1999/xhtml", "t": "http://www.tei-c.org/ns/1.0"}
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def _properties(element: etree._Element) -> dict[str, list[str]]:
    parts = [part.split() for part in element.get("title", "").split(";")]
    return {part[0]: part[1:] for part in parts if part}


def test_hocr_says_where_each_character_is(modern: Issue, bundled: Callable[..., Bundle]) -> None:
    root = etree.fromstring(hocr(bundled(modern)))
    pages = root.findall(".//x:div[@class='ocr_page']", X)
    assert _properties(pages[0])["bbox"] == ["0", "0", "1400", "1800"]
    assert _properties(pages[0])["image"] == ['"images/p0001.jpg"']
    for page, shown in zip(modern.pages, pages, strict=True):
        lines = shown.findall(".//x:span[@class='ocr_line']", X)
        printed = [line for region in page.regions for line in region.lines]
        for line, element in zip(printed, lines, strict=True):
            numbers = list(map(int, _properties(element)["x_bboxes"]))
            boxes = [numbers[i : i + 4] for i in range(0, len(numbers), 4)]
            for box, char in zip(boxes, line.chars, strict=True):
                want = (char.box.x0, char.box.y0, char.box.x1, char.box.y1)
                assert box == pytest.approx(want, abs=0.5001)
            words = element.findall("x:span[@class='ocrx_word']", X)
            assert [w.text for w in words] == line.text.split()


def test_hocr_keeps_paragraphs_kinds_and_writing_modes(
    modern: Issue, old: Issue, bundled: Callable[..., Bundle]
) -> None:
    root = etree.fromstring(hocr(bundled(modern)))
    numbers = {p.get("id"): _properties(p).get("x_par") for p in root.iterfind(".//x:p", X)}
    assert numbers["p0001-r002-par1"] == ["1"]
    # The second paragraph goes on on the next page.
    assert numbers["p0001-r003-par1"] == ["2"] and numbers["p0002-r002-par1"] == ["2"]
    areas = {a.get("id"): _properties(a) for a in root.iterfind(".//x:div[@class='ocr_carea']", X)}
    assert areas["p0001-r001"]["x_kind"] == ["headline"]
    assert areas["p0001-r001"]["x_article"] == ["a001"]
    root = etree.fromstring(hocr(bundled(old)))
    (area,) = root.iterfind(".//x:div[@id='p0001-r002']", X)
    assert _properties(area)["x_writing_mode"] == ["vertical-rl"]
    assert "vertical-rl" in area.get("style")


def test_tei_breaks_pages_columns_and_lines(modern: Issue, bundled: Callable[..., Bundle]) -> None:
    root = etree.fromstring(tei(bundled(modern)))
    div = root.find(".//t:div[@type='article']", X)
    assert div is not None and div.get(XML_ID) == "a001"
    second = div.findall("t:p", X)[1]
    marks = [(etree.QName(e).localname, e.get("facs", ""), e.text or "") for e in second]
    assert marks == [
        ("cb", "#p0001-r003", ""),
        ("lb", "#p0001-r003-l001", ""),
        ("fw", "", "（下转A2版）"),
        ("pb", "#p0002", ""),
        ("cb", "#p0002-r001", ""),
        ("lb", "#p0002-r001-l001", ""),
        ("fw", "", "河边的早晨"),
        ("cb", "#p0002-r002", ""),
        ("lb", "#p0002-r002-l001", ""),
        ("fw", "", "（上接A1版）"),
        ("lb", "#p0002-r002-l002", ""),
    ]
    assert [e.get("type") for e in second.findall("t:fw", X)] == ["catch", "head", "catch"]
    assert second.findall("t:lb", X)[-1].get("break") == "no"


def test_tei_describes_the_newspaper_and_its_pages(
    old: Issue, bundled: Callable[..., Bundle]
) -> None:
    root = etree.fromstring(tei(bundled(old)))
    monogr = root.find(".//t:monogr", X)
    assert monogr is not None
    assert monogr.findtext("t:title", namespaces=X) == "城報"
    assert monogr.find("t:imprint/t:date", X).get("when") == "1923-04-01"  # type: ignore[union-attr]
    (surface,) = root.iterfind(".//t:surface", X)
    assert (surface.get("lrx"), surface.get("lry")) == ("1400", "1800")
    assert surface.find("t:graphic", X).get("url") == "images/p0001.jpg"  # type: ignore[union-attr]
    zones = {z.get(XML_ID): z for z in surface.iterfind("t:zone", X)}
    assert zones["p0001-r001"].get("rend") == "horizontal-rtl"
    assert len(zones["p0001-r002"].findall("t:zone", X)) == 4


def test_subheads_open_sections_and_bylines_stand_where_printed(issue: Issue) -> None:
    root = etree.fromstring(tei(Bundle(issue)))
    (div,) = [d for d in root.iterfind(".//t:div", X) if d.get(XML_ID) == "a002"]
    names = [etree.QName(e).localname + (f" {e.get('type')}" if e.get("type") else "") for e in div]
    assert names == [
        "head kicker", "head main", "head sub", "byline", "p", "p", "div section", "figure",
    ]  # fmt: skip
    section = div.find("t:div", X)
    assert section is not None
    assert "".join(section.find("t:head", X).itertext()) == "三十里山路走了四十年"  # type: ignore[union-attr]
    figure = div.find("t:figure", X)
    assert figure is not None and figure.get("facs") == "#p0001-r009"
    furniture = [f for f in root.iterfind(".//t:fw", X) if f.get(XML_ID) == "a004"]
    assert [f.get("type") for f in furniture] == ["header"]


@pytest.mark.skipif("TEI_RNG" not in os.environ, reason="TEI_RNG names no tei_all.rng")
def test_tei_is_valid(
    modern: Issue, old: Issue, issue: Issue, bundled: Callable[..., Bundle]
) -> None:
    schema = etree.RelaxNG(etree.parse(Path(os.environ["TEI_RNG"])))
    for bundle in (bundled(modern), bundled(old), Bundle(issue)):
        schema.assertValid(etree.fromstring(tei(bundle)))
