"""Whatever is done to an issue, in whatever order."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from digitise.archive.corrections import operations as ops
from digitise.archive.corrections.apply import Conflict, added, apply, replayed
from digitise.archive.corrections.compose import issue_of
from digitise.archive.corrections.document import (
    Document,
    LineEntry,
    Logged,
    PageEntry,
    RegionEntry,
    document_of,
)
from digitise.archive.corrections.draft import Refused
from digitise.archive.corrections.wire import dump_operation, parse_operation
from digitise.formats.issue_json import dump_issue, load_issue

from .moves import operations
from .papers import paper


def worked(data: Any, steps: int) -> tuple[Document, list[Logged]]:
    document = document_of(paper())
    entries: list[Logged] = []
    for number in range(1, steps + 1):
        operation = data.draw(operations(document, number))
        entry = Logged(document.seq + 1, f"op-{number}", operation, "林舟", "2031-03-05T08:00:00Z")
        try:
            document = added(document, entry)
        except (Refused, Conflict):
            continue
        entries.append(entry)
    return document, entries


@given(st.data(), st.integers(1, 14))
@hypothesis_settings(max_examples=30)
def test_nothing_falls_out_of_the_issue(data: Any, steps: int) -> None:
    document, _ = worked(data, steps)
    regions = {k: e for k, e in document.entities.items() if isinstance(e, RegionEntry)}
    lines = {k for k, e in document.entities.items() if isinstance(e, LineEntry)}
    in_articles = [r for a in document.articles() for p in a.article.parts for r in p.regions]
    assert sorted(in_articles) == sorted(regions), "each region is in one article"
    assert all(a.article.parts for a in document.articles()), "no article is empty"
    in_regions = [key for entry in regions.values() for key in entry.lines]
    assert sorted(in_regions) == sorted(lines), "each line is in one region"
    for key in lines:
        entry = document.line(key)
        assert entry is not None
        assert key in regions[entry.region].lines
        assert (
            entry.line.chars == () or "".join(c.text for c in entry.line.chars) == entry.line.text
        )
    on_pages: list[str] = []
    for entity in document.entities.values():
        if isinstance(entity, PageEntry):
            assert sorted(entity.order) == sorted(entity.regions)
            on_pages += entity.regions
            assert all(regions[r].page == entity.id for r in entity.regions)
    assert sorted(on_pages) == sorted(regions), "each region is on one page"
    # What comes of it is an issue like any other: it can be written and read.
    data_written = dump_issue(issue_of(document))
    assert dump_issue(load_issue(data_written)) == data_written


@given(st.data(), st.integers(1, 12))
@hypothesis_settings(max_examples=30)
def test_a_replayed_journal_gives_the_same(data: Any, steps: int) -> None:
    document, entries = worked(data, steps)
    again = replayed(paper(), entries)
    assert again.entities == document.entities
    assert again.versions == document.versions
    assert issue_of(again) == issue_of(document)
    assert apply(paper(), [e.operation for e in entries]) == issue_of(document)


@given(st.data(), st.integers(1, 12))
@hypothesis_settings(max_examples=30)
def test_undoing_everything_from_the_last_gives_the_machines_result(data: Any, steps: int) -> None:
    document, entries = worked(data, steps)
    undone = {e.operation.seq for e in entries if isinstance(e.operation, ops.Revert)}
    for entry in reversed(entries):
        if entry.seq in undone or isinstance(entry.operation, ops.Revert):
            continue
        revert = Logged(document.seq + 1, f"undo-{entry.seq}", ops.Revert(entry.seq))
        try:
            document = added(document, revert)
        except Conflict:
            # Only what a revert in between has turned round can be in the way.
            assert undone
            return
    if not undone:
        assert dump_issue(issue_of(document)) == dump_issue(paper())


@given(st.data(), st.integers(1, 10))
@hypothesis_settings(max_examples=30)
def test_operations_travel_as_json(data: Any, steps: int) -> None:
    _, entries = worked(data, steps)
    for entry in entries:
        assert parse_operation(dump_operation(entry.operation)) == entry.operation


@given(st.text(alphabet="河桥鱼船AB12，。 ", max_size=30), st.sampled_from(["p0001-r004-l002",
                                                                   "p0002-r003-l001"]))  # fmt: skip
@hypothesis_settings(max_examples=30)
def test_a_typed_line_is_what_was_typed(text: str, key: str) -> None:
    issue = apply(paper(), [ops.SetText(key, text)])
    line = next(x for p in issue.pages for r in p.regions for x in r.lines if x.id == key)
    assert line.text == text
    assert "".join(c.text for c in line.chars) in (text, "")
    assert all(c.box.width > 0 and c.box.height > 0 for c in line.chars)


@given(st.integers(0, 13), st.sampled_from(["船", "AB", ""]))
def test_a_change_in_a_line_is_the_same_change_in_its_paragraph(at: int, put: str) -> None:
    before = "市民早早来到桥头，等着第一班车"
    after = before[:at] + put + before[at + 1 :]
    issue = apply(paper(), [ops.SetText("p0001-r004-l002", after)])
    article = next(a for a in issue.articles if a.id == "a002")
    whole = f"昨天上午，河上新桥正式通车。{after}开过。桥长八百米，双向四车道。"
    assert article.paragraphs == (whole,)
    assert article.headline == "河上新桥昨日通车"
