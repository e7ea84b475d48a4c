from __future__ import annotations

import copy
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digitise.errors import DataInvalid
from digitise.formats.issue_json import dump_issue, load_issue
from digitise.formats.schema import schema, schema_text, validate
from digitise.model import Char, Issue, Line, Rect

SLOW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@SLOW
@given(data=st.data())
def test_an_issue_comes_back_as_it_was(data: Any, strategies: Any) -> None:
    issue = data.draw(strategies.exact())
    written = dump_issue(issue)
    assert load_issue(written) == issue
    assert validate(written) == ()
    jsonschema.validate(json.loads(written), schema())


@SLOW
@given(data=st.data())
def test_any_number_is_rounded_once(data: Any, strategies: Any) -> None:
    floats = st.floats(-1e6, 1e6)
    shares = st.floats(allow_nan=True, allow_infinity=True)
    issue = data.draw(strategies.exact(floats, shares))
    written = dump_issue(issue)
    assert validate(written) == ()
    assert dump_issue(load_issue(written)) == written


def test_golden_json(issue: Issue, golden: Any) -> None:
    golden("issue.json", dump_issue(issue))


def test_ours_is_the_same_issue(issue: Issue) -> None:
    data = dump_issue(issue)
    assert load_issue(data, ours=True) == load_issue(data)


def test_without_characters(issue: Issue) -> None:
    small = load_issue(dump_issue(issue, chars=False))
    assert all(not line.chars for p in small.pages for r in p.regions for line in r.lines)
    assert small.articles == load_issue(dump_issue(issue)).articles


def test_text_is_written_as_printed_not_normalised(issue: Issue) -> None:
    # Full-width forms, a compatibility ideograph and a decomposed letter would all change.
    text = "ＡＢＣ１２３ 豈 e\u0301 ㍿"
    changed = replace(issue, articles=(replace(issue.articles[0], paragraphs=(text,)),))
    written = dump_issue(changed)
    assert text.encode() in written
    assert load_issue(written).articles[0].paragraphs == (text,)


def test_half_a_character_does_not_stop_the_writing(issue: Issue) -> None:
    changed = replace(issue, title="甲\ud840乙\udc00丙\U00020000")
    assert load_issue(dump_issue(changed)).title == "甲\ufffd乙\ufffd丙\U00020000"


def test_characters_that_do_not_match_the_text_keep_their_own(issue: Issue) -> None:
    box = Rect(0, 0, 1, 1)
    page = issue.pages[0]
    line = Line("l", box.polygon, "一 二", (Char("一", box, 0.5), Char("二", box, 0.25)))
    region = replace(page.regions[0], lines=(line,))
    changed = replace(issue, pages=(replace(page, regions=(region, *page.regions[1:])),),
                      articles=())  # fmt: skip
    assert load_issue(dump_issue(changed)).pages[0].regions[0].lines[0].chars == line.chars


def _document(issue: Issue) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(dump_issue(issue))
    return value


def _set(value: Any, path: tuple[Any, ...], new: Any) -> None:
    for key in path[:-1]:
        value = value[key]
    value[path[-1]] = new


@pytest.mark.parametrize(
    ("path", "new", "place"),
    [
        (("schema",), "digitise/issue/2", "schema"),
        (("id",), "", "id"),
        (("masthead", "date"), "5.4.2031", "masthead.date"),
        (("pages", 0, "number"), "1", "pages[0].number"),
        (("pages", 0, "number"), 0, "pages[0].number"),
        (("pages", 1, "id"), "p0001", "pages[1].id"),
        (("pages", 0, "regions", 2, "kind"), "title", "pages[0].regions[2].kind"),
        (("pages", 0, "regions", 1, "id"), "p0001-r001", "pages[0].regions[1].id"),
        (("pages", 0, "regions", 0, "polygon", 1), [1], "pages[0].regions[0].polygon[1]"),
        (("pages", 0, "regions", 0, "lines", 0, "confidence"), 1.5, "lines[0].confidence"),
        (("pages", 0, "regions", 5, "lines", 0, "text"), "短", "pages[0].regions[5].lines[0].chars"),
        (("pages", 0, "reading_order", 0), "p0009-r001", "pages[0].reading_order[0]"),
        (("articles", 1, "parts", 1, "page"), "p0009", "articles[1].parts[1].page"),
        (("articles", 1, "parts", 0, "regions", 3), "?", "articles[1].parts[0].regions[3]"),
        (("articles", 1, "paragraphs", 2), None, "articles[1].paragraphs[2]"),
        (("articles", 4, "id"), "a001", "articles[4].id"),
        (("complete",), 1, "complete"),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_its_place(
    issue: Issue, path: tuple[Any, ...], new: Any, place: str
) -> None:
    value = _document(issue)
    _set(value, path, new)
    with pytest.raises(DataInvalid) as caught:
        load_issue(json.dumps(value).encode(), "result/issue.json")
    for language in ("en", "zh"):
        assert place in caught.value.text(language)
        assert "result/issue.json" in caught.value.text(language)


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe", b"{", b"[]", b"null", b'{"schema": "digitise/issue/1"}', b"[" * 100_000,
     b'{"schema": "digitise/issue/1", "id": "x", "pages": [{}], "articles": []}',
     b'{"schema": "digitise/issue/1", "id": "x", "pages": [], "articles": [{"id": NaN}]}'],
)  # fmt: skip
def test_bytes_that_are_no_issue(data: bytes) -> None:
    with pytest.raises(DataInvalid):
        load_issue(data)


def test_a_truth_may_leave_out_what_it_does_not_know() -> None:
    truth = {
        "schema": "digitise/issue/1",
        "id": "x",
        "pages": [{"id": "p0001", "number": 1, "regions": [{"id": "r", "kind": "body"}]}],
        "articles": [{"id": "a001", "paragraphs": ["文。"]}],
    }
    issue = load_issue(json.dumps(truth).encode())
    assert issue.articles[0].kind == "article"
    assert issue.articles[0].paragraphs == ("文。",)
    assert "title" in " ".join(validate(json.dumps(truth).encode()))


def test_fields_of_others_are_ignored(issue: Issue) -> None:
    value = _document(issue)
    value["x-note"] = {"any": ["thing"]}
    value["articles"][0]["topic"] = "山"
    assert load_issue(json.dumps(value).encode()) == load_issue(dump_issue(issue))


def test_a_byte_order_mark_is_no_fault(issue: Issue) -> None:
    written = dump_issue(issue)
    assert load_issue(b"\xef\xbb\xbf" + written) == load_issue(written)


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    out = []
    for key, item in items:
        out.append((*path, key))
        if isinstance(item, dict | list):
            out += _paths(item, (*path, key))
    return out


JUNK = (
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats(-2, 2) | st.text(max_size=3)
    | st.lists(st.integers(0, 3), max_size=7)
    | st.dictionaries(st.sampled_from(["id", "text", "name"]), st.text(max_size=2), max_size=3)
)  # fmt: skip


@settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_the_own_check_agrees_with_jsonschema(data: Any, issue: Issue) -> None:
    value = copy.deepcopy(_document(issue))
    path = data.draw(st.sampled_from(_paths(value)))
    if isinstance(path[-1], str) and data.draw(st.booleans()):
        parent = value
        for key in path[:-1]:
            parent = parent[key]
        del parent[path[-1]]
    else:
        _set(value, path, data.draw(JUNK))
    theirs = jsonschema.Draft202012Validator(schema()).is_valid(value)
    assert (validate(json.dumps(value).encode()) == ()) == theirs


def test_the_schema_is_itself_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


def test_the_published_schema_is_the_one_shipped() -> None:
    published = Path(__file__).parents[2] / "docs" / "issue.schema.json"
    assert published.read_text(encoding="utf-8") == schema_text()
