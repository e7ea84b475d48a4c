"""Planted mistakes: each kind is found, in the right file, and nothing else is."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from digitise.formats.exports import Bundle, alto, hocr, iiif, mets, pagexml, tei
from digitise.formats.exports.bag import export as bag
from digitise.formats.exports.checks import Finding, Package, check_package
from digitise.formats.exports.checks.issuechecks import check_source
from digitise.formats.exports.checks.sameness import check_pdf
from digitise.formats.exports.checks.schemas import Schemas
from digitise.formats.issue_json import dump_issue, load_issue
from digitise.model import Issue, Part

Files = dict[str, bytes]


def exported(issue: Issue) -> Files:
    bundle = Bundle(issue, version="1")
    files: Files = {}
    for write in (
        mets.export, pagexml.export, tei.export, hocr.export, alto.export_3_1, iiif.export, bag,
    ):  # fmt: skip
        files.update(write(bundle))
    return files


def checked(files: Files, issue: Issue | None, schemas: Path | None = None) -> list[Finding]:
    names = tuple(sorted(files))
    package = Package(names, lambda name: files[name], issue)
    return list(check_package(package, Schemas(schemas)).findings)


@pytest.fixture
def good(issue: Issue) -> Issue:
    return load_issue(dump_issue(replace(issue, pages=issue.pages[:2])))


def test_what_is_right_is_left_alone(good: Issue, old: Issue) -> None:
    for issue in (good, old):
        assert checked(exported(issue), issue) == []
        assert list(check_source(issue, "issue.json")) == []


@dataclass(frozen=True)
class Mistake:
    """In `file`, the first `old` becomes `new`; a finding of `code` names `at`."""

    code: str
    file: str
    old: str
    new: str
    at: str = ""
    place: str = ""


MISTAKES = [
    Mistake("unreadable", "alto/p0001.xml", "</alto>", ""),
    Mistake("id-twice", "alto/p0001.xml", 'ID="p0001-r007"', 'ID="p0001-r006"', "p0001-r006"),
    Mistake("reference", "alto/p0001.xml", 'TAGREFS="tag-role-kicker', 'TAGREFS="tag-role-no',
            "p0001-r002"),
    Mistake("cc-length", "alto/p0001.xml", 'CC="0', 'CC="00', "p0001-r006-l001-s1"),
    Mistake("outside-page", "alto/p0001.xml", 'HPOS="580" VPOS="720" WIDTH="320"',
            'HPOS="580" VPOS="720" WIDTH="3200"', "p0001-r009"),
    Mistake("line-outside", "alto/p0002.xml", 'ID="p0002-r004-l002" HPOS="500"',
            'ID="p0002-r004-l002" HPOS="100"', "p0002-r004-l002"),
    Mistake("order-twice", "alto/p0001.xml", 'ID="p0001-order3" REF="p0001-r003"',
            'ID="p0001-order3" REF="p0001-r002"', "p0001-r002"),
    Mistake("order-lacks", "alto/p0001.xml", 'ID="p0001-order3" REF="p0001-r003"',
            'ID="p0001-order3" REF="p0001-r009"', "p0001-r003"),
    Mistake("order-unknown", "alto/p0001.xml", 'ID="p0001-order3" REF="p0001-r003"',
            'ID="p0001-order3" REF="p0001-r099"', "p0001-r099"),
    Mistake("text", "alto/p0001.xml", "雨没来", "雨未来", "a002", "mets.xml"),
    Mistake("text", "alto-3.1/p0001.xml", "雨没来", "雨未来", "a002", "alto-3.1"),
    Mistake("checksum", "alto/p0001.xml", "雨没来", "雨未来", "alto-p0001", "mets.xml"),
    Mistake("file-size", "text/p0002.txt", "雨", "雨雨", "text-p0002", "mets.xml"),
    Mistake("reference", "mets.xml", 'BEGIN="p0001-r006"', 'BEGIN="p0001-r066"', "alto-p0001"),
    Mistake("reference", "mets.xml", 'FILEID="alto-p0002"', 'FILEID="alto-p0009"'),
    Mistake("reference", "mets.xml", 'DMDID="mods-a002"', 'DMDID="mods-a902"', "log-a002"),
    Mistake("reference", "mets.xml", 'xlink:to="phys-p0002"', 'xlink:to="phys-p0009"', "smLink"),
    Mistake("file-missing", "mets.xml", 'xlink:href="text/p0001.txt"',
            'xlink:href="text/p0009.txt"', "text-p0001"),
    Mistake("block-alone", "mets.xml", 'BEGIN="p0001-r011"', 'BEGIN="p0001-r009"', "p0001-r011",
            "alto/p0001.xml"),
    Mistake("block-shared", "mets.xml", 'BEGIN="p0001-r011"', 'BEGIN="p0001-r010"', "p0001-r010",
            "alto/p0001.xml"),
    Mistake("date", "mets.xml", ">2031-04-05<", ">2031-04-06<"),
    Mistake("id-twice", "mets.xml", 'ID="log-a003"', 'ID="log-a002"', "log-a002"),
    Mistake("article-missing", "mets.xml", 'ID="log-a005"', 'ID="log-a009"', "a005"),
    Mistake("reference", "page/p0001.xml", 'regionRef="p0001-r004"', 'regionRef="p0001-r404"'),
    Mistake("text", "page/p0001.xml", "雨没来", "雨未来", "a002", "page"),
    Mistake("region-text", "page/p0001.xml", "雨没来", "雨未来", "p0001-r006"),
    Mistake("outside-page", "page/p0002.xml", 'points="500,100 900,100',
            'points="500,100 9000,100', "p0002-r003"),
    Mistake("date", "page/p0001.xml", 'value="2031-04-05"', 'value="2031-04-06"', "", "page"),
    Mistake("page-size", "page/p0001.xml", 'imageWidth="1000"', 'imageWidth="1001"', "p0001",
            "page"),
    Mistake("text", "issue.tei.xml", "雨没来", "雨未来", "a002"),
    Mistake("reference", "issue.tei.xml", 'facs="#p0001-r003"', 'facs="#p0001-r303"'),
    Mistake("text", "issue.hocr.html", "雨没来", "雨未来", "a002"),
    Mistake("outside-page", "issue.hocr.html", "bbox 580 720 900 900", "bbox 580 720 900 9000",
            "p0001-r009"),
    Mistake("date", "issue.hocr.html", 'content="2031-04-05"', 'content="2031-04-06"'),
    Mistake("page-count", "issue.hocr.html", 'class="ocr_page"', 'class="ocr_sheet"'),
    Mistake("id-twice", "page/p0001.xml", 'id="p0001-r007"', 'id="p0001-r006"', "p0001-r006"),
    Mistake("id-twice", "issue.hocr.html", 'id="p0001-r007"', 'id="p0001-r006"', "p0001-r006"),
    Mistake("unreadable", "issue.tei.xml", 'xml:id="p0001-r007"', 'xml:id="p0001-r006"'),
    Mistake("id-twice", "iiif/manifest.json", 'iiif/canvas/p0002",', 'iiif/canvas/p0001",'),
    Mistake("unreadable", "iiif/manifest.json", "{", "["),
    Mistake("article-missing", "issue.tei.xml", 'xml:id="a002"', 'xml:id="a902"', "a002"),
    Mistake("text", "issue.hocr.html", "x_article a005", "x_article a905", "a005"),
    Mistake("date", "issue.tei.xml", 'when="2031-04-05"', 'when="2031-04-06"'),
    Mistake("checksum", "bag/data/issue.json", "雨没来", "雨未来", "data/issue.json",
            "bag/manifest-sha512.txt"),
]  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: f"{m.code}-{m.file}-{m.at}")
def test_a_mistake_is_found(mistake: Mistake, good: Issue) -> None:
    files = exported(good)
    before = files[mistake.file].decode()
    assert mistake.old in before, "nothing to plant it in"
    files[mistake.file] = before.replace(mistake.old, mistake.new, 1).encode()
    found = checked(files, good)
    place = mistake.place or mistake.file
    assert any(
        f.code == mistake.code and f.file == place and (not mistake.at or f.id == mistake.at)
        for f in found
    ), found
    for finding in found:
        assert finding.what[0].isascii() or "“" in finding.what[0]
        assert re.search("[\u4e00-\u9fff]", finding.what[1])


def test_there_are_more_than_twenty_kinds() -> None:
    """Beside those of schemas, fixity and files in no manifest below, and those of PDFs."""
    assert len({m.code for m in MISTAKES}) >= 20
    assert len({(m.code, m.file.partition("/")[0]) for m in MISTAKES}) >= 30


def test_the_same_text_in_every_format_but_not_that_of_the_issue(good: Issue) -> None:
    """All exports agree, the issue was corrected since."""
    files = exported(good)
    region = good.pages[0].regions[5]
    lines = (replace(region.lines[0], text=region.lines[0].text.replace("灯", "鐙")),)
    page = replace(
        good.pages[0],
        regions=tuple(
            replace(r, lines=lines + r.lines[1:]) if r.id == region.id else r
            for r in good.pages[0].regions
        ),
    )
    article = next(a for a in good.articles if a.id == "a002")
    corrected = replace(
        good,
        pages=(page, good.pages[1]),
        articles=tuple(
            replace(a, paragraphs=tuple(p.replace("灯", "鐙") for p in a.paragraphs))
            if a.id == article.id
            else a
            for a in good.articles
        ),
    )
    found = [f for f in checked(files, corrected) if not f.file.startswith("bag/")]
    assert {(f.code, f.id) for f in found} == {("text", "a002")}
    assert {f.file for f in found} == {
        "mets.xml", "alto", "alto-3.1", "page", "issue.tei.xml", "issue.hocr.html",
    }  # fmt: skip


def test_the_issue_itself(good: Issue) -> None:
    article = good.articles[2]
    twice = replace(article, parts=(Part("p0001", ("p0001-r011", "p0001-r010")),))
    lost = replace(article, parts=())
    for changed, code, at in (
        (twice, "block-shared", "p0001-r010"),
        (lost, "block-alone", "p0001-r011"),
    ):
        articles = tuple(changed if a.id == changed.id else a for a in good.articles)
        found = list(check_source(replace(good, articles=articles), "issue.json"))
        assert [(f.code, f.id) for f in found] == [(code, at)]


def test_a_pdf_without_a_line(good: Issue) -> None:
    pages = ["".join(x.text for r in p.regions for x in r.lines) for p in good.pages]
    assert list(check_pdf(pages, good, "issue.pdf")) == []
    found = list(check_pdf([pages[0].replace("雨没来", ""), pages[1]], good, "issue.pdf"))
    assert [(f.code, f.id) for f in found] == [("text", "a002")]
    assert [f.code for f in check_pdf(pages[:1], good, "issue.pdf")] == ["page-count"]


def test_a_schema_that_is_not_there_is_told(good: Issue, tmp_path: Path) -> None:
    schemas = Schemas(tmp_path)
    files = exported(good)
    check_package(Package(tuple(files), lambda name: files[name], good), schemas)
    assert schemas.lacking == {
        "alto-4-4.xsd", "alto-3-1.xsd", "mets-1.12.1.xsd", "mods-3-6.xsd",
        "pagecontent-2019-07-15.xsd",
    }  # fmt: skip


def test_a_mistake_of_schema(schema: Callable[[str], object], good: Issue) -> None:
    import os

    folder = Path(os.environ["DIGITISE_SCHEMAS"])
    assert schema("alto-4-4.xsd")
    for name, old, new in (
        ("alto/p0001.xml", "<Layout>", "<Layout><Extra/>"),
        ("mets.xml", "<mods:title>", "<mods:titel/><mods:title>"),
        ("page/p0001.xml", 'imageWidth="1000"', ""),
    ):
        files = exported(good)
        files[name] = files[name].decode().replace(old, new, 1).encode()
        found = checked(files, None, folder)
        assert any(f.code == "schema" and f.file == name and "line" in f.id for f in found)
    assert not [f for f in checked(exported(good), good, folder) if f.code == "schema"]


def test_a_file_that_no_manifest_has(good: Issue) -> None:
    files = {**exported(good), "bag/data/more.txt": b"more"}
    assert [(f.code, f.id) for f in checked(files, good)] == [("file-unlisted", "data/more.txt")]


def with_premis(files: dict[str, bytes], premis: bytes) -> dict[str, bytes]:
    """The files with a PREMIS object that the METS names by its digest."""
    reference = (
        '<mets:amdSec ID="amd-x"><mets:techMD ID="x"><mets:mdRef LOCTYPE="URL" MDTYPE="PREMIS" '
        f'CHECKSUM="{hashlib.sha256(premis).hexdigest()}" CHECKSUMTYPE="SHA-256" '
        'xlink:href="premis.xml"/></mets:techMD></mets:amdSec><mets:fileSec>'
    )
    text = files["mets.xml"].decode().replace("<mets:fileSec>", reference, 1)
    return {**files, "premis.xml": premis, "mets.xml": text.encode()}


def test_a_digest_of_no_file(good: Issue) -> None:
    premis = f"<premis><messageDigest>{'0' * 64}</messageDigest></premis>".encode()
    found = checked(with_premis(exported(good), premis), good)
    assert [(f.code, f.file) for f in found] == [("fixity", "premis.xml")]


def test_fixity_of_an_object(good: Issue) -> None:
    files = with_premis(exported(good), b"<premis/>")
    assert checked(files, None) == []
    digest = hashlib.sha256(b"<premis/>").hexdigest().encode()
    files["mets.xml"] = files["mets.xml"].replace(digest, b"0" * 64)
    assert [(f.code, f.id) for f in checked(files, None)] == [("checksum", "x")]
