"""What is written comes back, and is written again to the byte."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digitise.formats.exports import Bundle, Settings, alto, hocr, mets, pagexml
from digitise.formats.exports.altoissue import read_alto_pages
from digitise.formats.exports.hocrread import read_hocr_pages
from digitise.formats.exports.metsread import read_mets
from digitise.formats.exports.pageread import read_page_files
from digitise.formats.issue_json import dump_issue, load_issue
from digitise.model import Issue

SLOW = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
Files = Mapping[str, bytes]


def bare(text: str) -> str:
    return "".join(text.split())


def by_mets(files: Files) -> Issue:
    return read_mets(files["mets.xml"], "mets.xml", files.get)


def by_alto(files: Files) -> Issue:
    return read_alto_pages(list(files.items()), "none")


def by_page(files: Files) -> Issue:
    return read_page_files(list(files.items()), "none")


WAYS = [
    pytest.param(mets.export, by_mets, id="mets"),
    pytest.param(alto.export, by_alto, id="alto"),
    pytest.param(alto.export_4_2, by_alto, id="alto-4.2"),
    pytest.param(alto.export_3_1, by_alto, id="alto-3.1"),
    pytest.param(pagexml.export, by_page, id="page"),
]


def owned(issue: Issue) -> Issue:
    """With every region in exactly one entry, as the output contract has it."""
    seen: set[tuple[str, str]] = set()
    articles = []
    for article in issue.articles:
        parts = []
        for part in article.parts:
            regions = tuple(r for r in part.regions if (part.page, r) not in seen)
            seen.update((part.page, r) for r in regions)
            if regions:
                parts.append(replace(part, regions=regions))
        if parts:
            articles.append(replace(article, parts=tuple(parts)))
    pages = tuple(
        replace(
            page,
            error="",
            regions=tuple(r for r in page.regions if (page.id, r.id) in seen),
            reading_order=tuple(r for r in page.reading_order if (page.id, r) in seen),
        )
        for page in issue.pages
    )
    # An id is a folder's name where it is read again: other signs are not kept.
    return replace(issue, id="issue", pages=pages, articles=tuple(articles))


@pytest.mark.parametrize("glyphs", [False, True])
@pytest.mark.parametrize(("write", "read"), WAYS)
def test_the_same_bytes_again(
    write: Callable[..., Any],
    read: Callable[[Files], Issue],
    glyphs: bool,
    issue: Issue,
    old: Issue,
) -> None:
    for one in (replace(issue, pages=issue.pages[:2]), old):
        bundle = Bundle(one, version="1", settings=Settings(glyphs=glyphs))
        first = dict(write(bundle))
        second = dict(write(replace(bundle, issue=read(first))))
        assert list(first) == list(second)
        for name, data in first.items():
            assert second[name].decode() == data.decode(), name


@pytest.mark.parametrize(("write", "read"), WAYS)
@SLOW
@given(data=st.data())
def test_any_issue_twice(
    write: Callable[..., Any], read: Callable[[Files], Issue], strategies: Any, data: Any
) -> None:
    bundle = Bundle(owned(data.draw(strategies.exact())), version="1")
    if not bundle.pages:
        return
    first = dict(write(bundle))
    second = dict(write(replace(bundle, issue=read(first))))
    for name, content in first.items():
        assert second[name].decode() == content.decode(), name


def test_mets_keeps_all_but_single_characters(issue: Issue) -> None:
    issue = load_issue(dump_issue(issue))
    files = dict(mets.export(Bundle(issue, settings=Settings(glyphs=True))))
    again = by_mets(files)
    assert again.masthead == issue.masthead
    assert [replace(a, language="") for a in again.articles] == list(issue.articles)
    assert again.warnings == issue.warnings
    assert not again.complete
    assert again.pages[2].error == issue.pages[2].error
    for page, old_page in zip(again.pages[:2], issue.pages[:2], strict=True):
        assert page.reading_order == old_page.reading_order
        for region, old_region in zip(page.regions, old_page.regions, strict=True):
            assert replace(region, lines=(), confidence=0) == replace(
                old_region, lines=(), confidence=0
            )
            assert [x.text for x in region.lines] == [x.text for x in old_region.lines]
            assert [x.polygon for x in region.lines] == [x.polygon for x in old_region.lines]


def test_paragraphs_are_told_anew_where_lines_were_corrected(issue: Issue) -> None:
    files = dict(mets.export(Bundle(issue)))
    name = "alto/p0001.xml"
    files[name] = files[name].replace("鞋底换了又换".encode(), "鞋底磨了又换".encode())
    again = by_mets(files)
    article = next(a for a in again.articles if a.id == "a002")
    assert "鞋底磨了又换" in "".join(article.paragraphs)
    assert "下转" not in "".join(article.paragraphs)
    assert article.headline == "山雨来前"
    others = [a for a in again.articles if a.id != "a002"]
    assert others == [a for a in issue.articles if a.id != "a002"]


def test_the_old_page_keeps_its_directions(old: Issue) -> None:
    for write, read in ((alto.export, by_alto), (pagexml.export, by_page)):
        page = read(dict(write(Bundle(old)))).pages[0]
        assert [r.writing_mode for r in page.regions] == [
            "horizontal-rtl", "vertical-rl", "horizontal-tb", "horizontal-tb",
        ]  # fmt: skip
        assert [r.kind for r in page.regions] == ["headline", "body", "picture", "rule"]
        assert page.regions[1].lines[1].polygon == old.pages[0].regions[1].lines[1].polygon


def test_hocr_comes_back(issue: Issue, old: Issue) -> None:
    issue = load_issue(dump_issue(issue))
    for one in (replace(issue, pages=issue.pages[:2]), old):
        again = read_hocr_pages([("issue.hocr.html", hocr.hocr(Bundle(one)))], "x")
        assert again.id == one.id
        assert again.masthead.date == one.masthead.date
        for page, before in zip(again.pages, one.pages, strict=True):
            assert [r.id for r in page.regions[:3]] == [r.id for r in before.regions[:3]]
            for region in page.regions:
                own = before.region(region.id)
                assert region.kind == own.kind
                assert region.writing_mode == own.writing_mode
                assert [x.text for x in region.lines] == [x.text for x in own.lines]
                assert [x.polygon for x in region.lines] == [x.polygon for x in own.lines]
        told = {a.id: a for a in again.articles}
        for article in one.articles:
            assert told[article.id].kind == article.kind
            assert told[article.id].parts == article.parts
            if article.kind == "article":
                assert [bare(p) for p in told[article.id].paragraphs] == [
                    bare(p) for p in article.paragraphs
                ]
