"""Whatever an issue holds, each format is well formed and gives its text back."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import lxml.html
import pikepdf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from digitise.formats.exports import Bundle
from digitise.formats.exports.hocr import hocr
from digitise.formats.exports.html import reading_edition
from digitise.formats.exports.iiif import manifest
from digitise.formats.exports.pdf import searchable_pdf
from digitise.formats.exports.tables import export_csv, export_jsonl, rows
from digitise.formats.exports.tei import tei
from digitise.formats.exports.xmlkit import flat, legal
from digitise.formats.json_layout import clean
from digitise.formats.plain import ordered_regions
from digitise.model import Issue

TEI = "{http://www.tei-c.org/ns/1.0}"
XHTML = "{http://www.w3.org/1999/xhtml}"
SLOW = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SLOW
@given(data=st.data())
def test_any_issue(strategies: Any, data: Any) -> None:
    issue: Issue = data.draw(strategies.exact())
    for check in (hocr_keeps, tei_keeps, html_keeps, tables_keeps, pdf_and_manifest_keeps):
        check(issue)


def hocr_keeps(issue: Issue) -> None:
    written = hocr(Bundle(issue))
    root = etree.fromstring(written)
    lines = [e for e in root.iter(f"{XHTML}span") if e.get("class") == "ocr_line"]
    want = [
        line.text
        for page in issue.pages
        for region in ordered_regions(page)
        for line in region.lines
    ]
    assert ["".join(e.itertext()) for e in lines] == [flat(text) for text in want]
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    assert hocr(Bundle(issue)) == written


def tei_keeps(issue: Issue) -> None:
    root = etree.fromstring(tei(Bundle(issue)))
    ids = [e.get("{http://www.w3.org/XML/1998/namespace}id") for e in root.iter()]
    known = {i for i in ids if i}
    assert len(known) == len([i for i in ids if i])
    for element in root.iter():
        for ref in (element.get("facs") or "").split():
            assert ref[1:] in known
    shown = [text for div in root.iter(f"{TEI}div") if div.get("type") != "section"
             for text in _texts(div)]  # fmt: skip
    want = []
    for a in issue.articles:
        fields = [a.kicker, a.headline, a.subheadline, a.byline, *a.paragraphs, *a.captions]
        want += [legal(text).replace("\r", "\n") for text in fields if text.strip()]
    assert sorted(_bare(t) for t in shown) == sorted(_bare(t) for t in want)


def _texts(div: Any) -> list[str]:
    texts = []
    for element in div.iter(f"{TEI}head", f"{TEI}p", f"{TEI}byline"):
        for fw in element.findall(f"{TEI}fw"):
            fw.text = ""
        text = "".join(element.itertext())
        if text:
            texts.append(text)
    return texts


def _bare(text: str) -> str:
    return "".join(text.split())


def html_keeps(issue: Issue) -> None:
    root = lxml.html.document_fromstring(reading_edition(Bundle(issue)).decode("utf-8"))
    assert len(root.findall(".//script")) == 1
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    for link in root.iter("a"):
        assert link.get("href")[1:] in ids


def tables_keeps(issue: Issue) -> None:
    ((_, written),) = export_csv(Bundle(issue))
    table = list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    assert len(table) == 1 + len(issue.articles)
    assert all(len(row) == len(table[0]) for row in table)
    texts = [cell for row in table for cell in row[:-4]]
    assert not any(text.startswith(("=", "+", "-", "@", "\t", "\r")) for text in texts)
    ((_, written),) = export_jsonl(Bundle(issue))
    values = [json.loads(line) for line in written.decode("utf-8").split("\n")[:-1]]
    assert [v["paragraphs"] for v in values] == [
        [clean(p) for p in a.paragraphs] for a in issue.articles
    ]
    assert [v["article"] for v in values] == [row["article"] for row in rows(issue)]


def pdf_and_manifest_keeps(issue: Issue) -> None:
    written = searchable_pdf(Bundle(issue), archival=True)
    with pikepdf.open(io.BytesIO(written)) as pdf:
        assert len(pdf.pages) == sum(p.width > 0 and p.height > 0 for p in issue.pages)
        assert not pdf.check_pdf_syntax() if hasattr(pdf, "check_pdf_syntax") else not pdf.check()
    assert searchable_pdf(Bundle(issue), archival=True) == written
    json.dumps(manifest(Bundle(issue)), allow_nan=False)
