"""Two runs side by side."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from digitise.errors import InputMissing
from digitise.evaluation import (
    agreement_json,
    changes,
    compare_outputs,
    compare_with_truth,
    comparison_json,
    evaluate,
)
from digitise.formats.issue_json import dump_issue
from digitise.model import Issue


def _spoilt(issue: Issue) -> Issue:
    """The second article in two pieces, the third without its headline."""
    first, second, third, *rest = issue.articles
    text = second.paragraphs[0]
    half = len(text) // 2
    pieces = (
        replace(second, paragraphs=(text[:half],)),
        replace(second, id="a009", headline="", paragraphs=(text[half:],)),
    )
    return replace(issue, articles=(first, *pieces, replace(third, headline=""), *rest))


def _write(folder: Path, issue: Issue) -> Path:
    (folder / issue.id).mkdir(parents=True)
    (folder / issue.id / "issue.json").write_bytes(dump_issue(issue))
    return folder


def test_what_came_out_otherwise(truth: Issue) -> None:
    (split, differs) = changes([evaluate(_spoilt(truth), truth)], [evaluate(truth, truth)])
    assert (split.true, split.before.verdict, split.after.verdict) == ("a002", "split", "right")
    assert (differs.true, differs.before.verdict) == ("a003", "differs")
    assert changes([evaluate(truth, truth)], [evaluate(truth, truth)]) == []


@pytest.mark.parametrize(
    ("language", "names", "word"),
    [("en", ("headlines", "articles_split"), "right"), ("zh", ("标题", "被拆分文章"), "正确")],
)
def test_two_outputs_against_a_truth(
    truth: Issue, tmp_path: Path, language: str, names: tuple[str, str], word: str
) -> None:
    a, b = _write(tmp_path / "a", _spoilt(truth)), _write(tmp_path / "b", truth)
    expected = tmp_path / "t-1.truth.json"
    expected.write_bytes(dump_issue(truth))
    text = compare_with_truth(a, b, expected, language)
    (row,) = [line for line in text.splitlines() if line.split()[:1] == [names[0]]]
    assert row.split() == [names[0], "0.3333", "1.0000", "+0.6667", "B"]
    (row,) = [line for line in text.splitlines() if line.split()[:1] == [names[1]]]
    assert row.split()[1:] == ["1", "0", "-1", "B"]
    assert any("a002" in line and line.endswith(word) for line in text.splitlines())


def test_two_outputs_against_each_other(truth: Issue, tmp_path: Path) -> None:
    a, b = _write(tmp_path / "a", truth), _write(tmp_path / "b", _spoilt(truth))
    text = compare_outputs(a, b)
    assert "split  a002 ~ a002+a009" in text
    other = _write(tmp_path / "c", replace(truth, id="t-2"))
    _write(other, truth)
    with pytest.raises(InputMissing, match="t-2"):
        compare_outputs(other, a)


def test_as_json(truth: Issue, tmp_path: Path) -> None:
    a, b = _write(tmp_path / "a", _spoilt(truth)), _write(tmp_path / "b", truth)
    expected = tmp_path / "t-1.truth.json"
    expected.write_bytes(dump_issue(truth))
    told = json.loads(comparison_json(a, b, expected))
    assert told["schema"] == "digitise/comparison/1"
    assert told["figures"]["headlines"] == {"a": 0.333333, "b": 1.0, "better": "B"}
    assert told["figures"]["articles_split"] == {"a": 1, "b": 0, "better": "B"}
    assert told["figures"]["masthead"]["better"] == ""
    assert [(x["true"], x["a"]["verdict"]) for x in told["articles"]] == [
        ("a002", "split"),
        ("a003", "differs"),
    ]
    assert {x["b"]["verdict"] for x in told["articles"]} == {"right"}
    agreement = json.loads(agreement_json(b, a))
    assert agreement["total"]["counts"]["articles_split"] == 1
