"""What stands in the documents, and that they follow their schemas."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from digitise.formats.exports import Bundle, PageImage, Settings, alto, mets, pagexml
from digitise.formats.exports.language import told
from digitise.formats.exports.people import authors
from digitise.model import Issue

A = "{http://www.loc.gov/standards/alto/ns-v4#}"
M = "{http://www.loc.gov/METS/}"
D = "{http://www.loc.gov/mods/v3}"
P = "{http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15}"
X = "{http://www.w3.org/1999/xlink}"
Schema = Callable[[str], etree.XMLSchema]


def pictured(issue: Issue, folder: Path, **chosen: object) -> Bundle:
    """With a small picture for each page that was read."""
    images = {}
    for page in issue.pages:
        if page.error:
            continue
        out = io.BytesIO()
        Image.new("L", (page.width, page.height), 255).save(out, "PNG")
        path = folder / f"{page.id}.png"
        path.write_bytes(out.getvalue())
        images[page.id] = PageImage(
            page.id, path, f"images/{page.id}.png", "image/png", page.width, page.height, page.dpi,
            len(out.getvalue()), hashlib.sha256(out.getvalue()).hexdigest(),
        )  # fmt: skip
    return Bundle(issue, MappingProxyType(images), version="1", settings=Settings(**chosen))  # type: ignore[arg-type]


@pytest.mark.parametrize("glyphs", [False, True])
def test_schemas(schema: Schema, issue: Issue, old: Issue, tmp_path: Path, glyphs: bool) -> None:
    ways = [
        (alto.export, "alto-4-4.xsd"),
        (alto.export_4_2, "alto-4-2.xsd"),
        (alto.export_3_1, "alto-3-1.xsd"),
        (pagexml.export, "pagecontent-2019-07-15.xsd"),
    ]
    for one in (issue, old):
        for write, name in ways:
            for path, data in write(pictured(one, tmp_path, glyphs=glyphs)):
                assert path.endswith(".xml")
                schema(name).assertValid(etree.fromstring(data))


@pytest.mark.parametrize("profile", ["digitise", "enmap", "ndnp"])
def test_schemas_of_mets(
    schema: Schema, issue: Issue, old: Issue, tmp_path: Path, profile: str
) -> None:
    for one in (issue, old):
        files = dict(mets.export(pictured(one, tmp_path, profile=profile)))
        top = etree.fromstring(files["mets.xml"])
        schema("mets-1.12.1.xsd").assertValid(top)
        for record in top.iter(f"{D}mods"):
            schema("mods-3-6.xsd").assertValid(etree.fromstring(etree.tostring(record)))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_issue_follows_the_schemas(
    schema: Schema, strategies: object, data: st.DataObject
) -> None:
    bundle = Bundle(data.draw(strategies.exact()), settings=Settings(glyphs=True))  # type: ignore[attr-defined]
    for write, name in (
        (alto.export, "alto-4-4.xsd"),
        (alto.export_3_1, "alto-3-1.xsd"),
        (pagexml.export, "pagecontent-2019-07-15.xsd"),
    ):
        for _, content in write(bundle):
            schema(name).assertValid(etree.fromstring(content))
    files = dict(mets.export(bundle))
    schema("mets-1.12.1.xsd").assertValid(etree.fromstring(files["mets.xml"]))


def test_a_line_of_chinese_is_one_string(issue: Issue) -> None:
    files = dict(alto.export(Bundle(issue)))
    top = etree.fromstring(files["alto/p0001.xml"])
    strings = [e.get("CONTENT") for e in top.iter(f"{A}String")]
    assert "青 川 晚 报" in strings
    assert "“带上水，带上干粮。”他把话分成两句说，" in "".join(strings)
    assert next(top.iter(f"{A}SP"), None) is None
    block = next(e for e in top.iter(f"{A}TextBlock") if e.get("ID") == "p0001-r006")
    line = block[0]
    assert len(line) == 1
    assert line[0].get("CC") == "0" * len(line[0].get("CONTENT"))
    assert line[0].get("WC") == "0.975"


def test_latin_words_are_strings_of_their_own(old: Issue) -> None:
    page = old.pages[0]
    region = replace(
        page.regions[0],
        writing_mode="horizontal-tb",
        lines=(replace(page.regions[0].lines[0], text="THE CITY NEWS 城報", chars=()),),
    )
    one = replace(old, pages=(replace(page, regions=(region, *page.regions[1:])),))
    top = etree.fromstring(dict(alto.export(Bundle(one)))["alto/p0001.xml"])
    line = next(top.iter(f"{A}TextLine"))
    assert [e.get("CONTENT", " ") for e in line] == ["THE", " ", "CITY", " ", "NEWS 城報"]


def test_directions_and_shapes(old: Issue) -> None:
    top = etree.fromstring(dict(alto.export(Bundle(old)))["alto/p0001.xml"])
    blocks = {e.get("ID"): e for e in top.iter() if e.get("ID")}
    assert blocks["p0001-r001"].get("BASEDIRECTION") == "rtl"
    assert blocks["p0001-r002"].get("BASEDIRECTION") == "ttb"
    assert blocks["p0001-r002"].get("ROTATION") == "0"
    assert [e.tag for e in blocks["p0001-r002-l002"]] == [f"{A}Shape", f"{A}String"]
    assert [e.tag for e in blocks["p0001-r002-l001"]] == [f"{A}String"]
    assert blocks["p0001-r003"].tag == f"{A}Illustration"
    assert blocks["p0001-r004"].tag == f"{A}GraphicalElement"
    assert [e.get("REF") for e in top.iter(f"{A}ElementRef")] == list(old.pages[0].reading_order)
    assert next(top.iter(f"{A}Page")).get("LANG") == "zh-Hant"


def test_the_reading_order_without_an_element_for_it(old: Issue) -> None:
    data = dict(alto.export_3_1(Bundle(old)))["alto-3.1/p0001.xml"]
    top = etree.fromstring(data)
    follows = {e.get("ID"): e.get("IDNEXT") for e in top.iter() if e.get("IDNEXT")}
    assert follows == {"p0001-r001": "p0001-r002", "p0001-r002": "p0001-r003"}


def test_a_stitched_article_in_mets(issue: Issue, tmp_path: Path) -> None:
    top = etree.fromstring(dict(mets.export(pictured(issue, tmp_path)))["mets.xml"])
    divs = {e.get("ID"): e for e in top.iter(f"{M}div") if e.get("ID")}
    article = divs["log-a002"]
    assert (article.get("TYPE"), article.get("LABEL")) == ("ARTICLE", "山雨来前")
    assert article.getparent().get("LABEL") == "要闻"
    assert [e.get("TYPE") for e in article] == [
        "KICKER", "HEADING", "SUBHEADING", "AUTHOR", "BODY", "CROSSHEADING", "BODY",
        "ILLUSTRATION", "CAPTION", "BODY",
    ]  # fmt: skip
    areas = [(e.get("FILEID"), e.get("BEGIN")) for e in article.iter(f"{M}area")]
    assert areas[-1] == ("alto-p0002", "p0002-r002")
    assert areas[:2] == [("alto-p0001", "p0001-r002"), ("alto-p0001", "p0001-r003")]
    links = [(e.get(f"{X}from"), e.get(f"{X}to")) for e in top.iter(f"{M}smLink")]
    assert ("log-a002", "phys-p0001") in links
    assert ("log-a002", "phys-p0002") in links
    pages = list(divs["phys-issue"])
    assert [e.get("ORDERLABEL") for e in pages] == ["A1", "A2", "3"]
    assert len(pages[2]) == 0
    assert "a3.tif is cut short" in etree.tostring(top, encoding="unicode")


def test_mods_of_issue_and_article(issue: Issue) -> None:
    top = etree.fromstring(dict(mets.export(Bundle(issue)))["mets.xml"])
    records = {e.get("ID"): e for e in top.iter(f"{M}dmdSec")}
    head = records["mods-issue"]
    assert head.findtext(f".//{D}dateIssued") == "2031-04-05"
    assert head.findtext(f".//{D}number") == "2041"
    assert [e.text for e in head.iter(f"{D}identifier")] == ["CN00-0042", "qingchuan-2031-04-05"]
    assert [e.text for e in head.iter(f"{D}languageTerm")] == ["zh-Hans", "chi"]
    assert head.findtext(f".//{D}scriptTerm") == "Hans"
    own = records["mods-a002"]
    assert [e.text for e in own.iter(f"{D}title")] == ["山雨来前", "清明时节话护林"]
    assert [e.text for e in own.iter(f"{D}namePart")] == ["林晓"]
    assert own.findtext(f".//{D}list") == "A1, A2"


def test_page_groups_articles(issue: Issue) -> None:
    files = dict(pagexml.export(Bundle(issue)))
    top = etree.fromstring(files["page/p0001.xml"])
    order = next(top.iter(f"{P}OrderedGroup"))
    groups = list(order)
    assert [e.get("caption") for e in groups] == ["青川晚报", "山雨来前", None]
    assert [e.get("regionRef") for e in groups[1]] == [f"p0001-r{n:03d}" for n in range(2, 11)]
    region = next(e for e in top.iter(f"{P}TextRegion") if e.get("id") == "p0001-r003")
    assert region.get("type") == "heading"
    assert region.get("readingDirection") == "top-to-bottom"
    assert region.get("custom") == (
        "readingOrder {index:2;} structure {type:headline;} "
        "article {id:a002; kind:article; place:2;}"
    )
    second = etree.fromstring(files["page/p0002.xml"])
    again = next(e for e in second.iter(f"{P}OrderedGroupIndexed") if "a002" in e.get("id"))
    assert again.get("continuation") == "true"


def test_the_same_bytes_each_time(issue: Issue, monkeypatch: pytest.MonkeyPatch) -> None:
    for write in (alto.export, mets.export, pagexml.export):
        assert dict(write(Bundle(issue))) == dict(write(Bundle(issue)))
        dated = dict(write(Bundle(issue, date="2031-04-06T00:00:00Z")))
        assert any(b"2031-04-06T00:00:00Z" in data for data in dated.values())


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("国家发展报告，这个时候来了。", "zh-Hans"),
        ("國家發展報告，這個時候來了。", "zh-Hant"),
        ("天地人和", "zh"),
        ("これは日本語の文章です", ""),
        ("COAL DUTIES.", ""),
        ("", ""),
    ],
)
def test_the_script_is_told(text: str, tag: str) -> None:
    assert told(text) == tag


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("□本报记者 顾砚秋 通讯员 邵一禾", ("顾砚秋", "邵一禾")),
        ("（石小川）", ("石小川",)),
        ("本报记者 尤牧 整理", ("尤牧",)),
        ("新华社记者 王林/文 李江/摄", ("王林", "李江")),
        ("", ()),
    ],
)
def test_authors(byline: str, names: tuple[str, ...]) -> None:
    assert authors(byline) == names
