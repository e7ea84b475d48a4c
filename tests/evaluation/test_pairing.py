from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from digitise.errors import DataInvalid, DigitiseError, InputMissing, InputUnreadable
from digitise.evaluation import evaluate_files, pair_up
from digitise.evaluation.pairing import read_issue
from digitise.formats.issue_json import dump_issue
from digitise.formats.write import write_issue
from digitise.model import Issue


@pytest.fixture
def out(truth: Issue, tmp_path: Path) -> Path:
    for issue_id in ("t-1", "t-2"):
        write_issue(replace(truth, id=issue_id), tmp_path / "out")
    return tmp_path / "out"


def _truths(folder: Path, truth: Issue, *ids: str) -> Path:
    folder.mkdir()
    for issue_id in ids:
        path = folder / f"{issue_id}.truth.json"
        path.write_bytes(dump_issue(replace(truth, id=issue_id)))
    return folder


def test_folder_against_folder(out: Path, truth: Issue, tmp_path: Path) -> None:
    truths = _truths(tmp_path / "truth", truth, "t-2", "t-1")
    assert [p.issue_id for p in pair_up(out, truths)] == ["t-1", "t-2"]
    evaluations = evaluate_files(out, truths)
    assert [e.issue_id for e in evaluations] == ["t-1", "t-2"]
    assert all(e.figures.article_f1 == 1.0 for e in evaluations)


def test_one_truth_file_finds_its_issue_among_many(out: Path, truth: Issue, tmp_path: Path) -> None:
    file = _truths(tmp_path / "truth", truth, "t-2") / "t-2.truth.json"
    renamed = file.rename(file.with_name("anything.json"))
    assert [p.predicted for p in pair_up(out, renamed)] == [out / "t-2" / "issue.json"]


@pytest.mark.parametrize("given", ["one/t-9", "one/t-9/issue.json", "one"])
def test_one_issue_against_one_truth_whatever_their_names(
    truth: Issue, tmp_path: Path, given: str
) -> None:
    write_issue(replace(truth, id="t-9"), tmp_path / "one")
    file = _truths(tmp_path / "truth", truth, "t-2") / "t-2.truth.json"
    (pair,) = pair_up(tmp_path / given, file)
    assert pair.predicted == tmp_path / "one" / "t-9" / "issue.json"


def _fails(out: Path, truths: Path, error: type[DigitiseError], *words: str) -> None:
    with pytest.raises(error) as caught:
        evaluate_files(out, truths)
    for language in ("en", "zh"):
        for word in words:
            assert word in caught.value.text(language)


def test_an_issue_without_counterpart_is_named(out: Path, truth: Issue, tmp_path: Path) -> None:
    more = _truths(tmp_path / "more", truth, "t-1", "t-2", "t-3")
    _fails(out, more, InputMissing, "t-3", str(out))
    less = _truths(tmp_path / "less", truth, "t-1")
    _fails(out, less, InputMissing, "t-2", str(less))
    other = _truths(tmp_path / "other", truth, "t-7") / "t-7.truth.json"
    _fails(out, other, InputMissing, "t-7")


def test_partial_takes_what_is_on_both_sides(out: Path, truth: Issue, tmp_path: Path) -> None:
    truths = _truths(tmp_path / "some", truth, "t-2", "t-3")
    assert [p.issue_id for p in pair_up(out, truths, partial=True)] == ["t-2"]
    with pytest.raises(InputMissing, match="t-3"):
        pair_up(out, _truths(tmp_path / "none", truth, "t-3"), partial=True)


def test_nothing_there(out: Path, truth: Issue, tmp_path: Path) -> None:
    truths = _truths(tmp_path / "truth", truth, "t-1")
    _fails(tmp_path / "nowhere", truths, InputMissing, "issue.json", "nowhere")
    _fails(out, tmp_path / "nowhere", InputMissing, "nowhere")
    (tmp_path / "empty").mkdir()
    _fails(out, tmp_path / "empty", InputMissing, "empty")


def test_a_damaged_truth_is_named(out: Path, truth: Issue, tmp_path: Path) -> None:
    truths = _truths(tmp_path / "truth", truth, "t-1", "t-2")
    (truths / "t-2.truth.json").write_bytes(b"{")
    _fails(out, truths, DataInvalid, "t-2.truth.json")


def test_reading_what_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(InputMissing):
        read_issue(tmp_path / "no.json")
    with pytest.raises(InputUnreadable):
        read_issue(tmp_path)
