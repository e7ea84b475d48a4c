"""Two runs side by side."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from digitise.errors import InputMissing
from digitise.evaluation import changes, compare_outputs, compare_with_truth, evaluate
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


@pytest.mark.parametrize(("language", "word"), [("en", "right"), ("zh", "正确")])
def test_two_outputs_against_a_truth(
    truth: Issue, tmp_path: Path, language: str, word: str
) -> None:
    a, b = _write(tmp_path / "a", _spoilt(truth)), _write(tmp_path / "b", truth)
    expected = tmp_path / "t-1.truth.json"
    expected.write_bytes(dump_issue(truth))
    text = compare_with_truth(a, b, expected, language)
    (row,) = [line for line in text.splitlines() if line.startswith("headlines ")]
    assert row.split() == ["headlines", "0.3333", "1.0000", "+0.6667", "B"]
    (row,) = [line for line in text.splitlines() if line.startswith("articles_split")]
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
