"""Which output belongs to which truth, on disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..errors import InputMissing, InputUnreadable
from ..formats.issue_json import load_issue
from ..model import Issue
from .report import Evaluation, evaluate

TRUTH_SUFFIX = ".truth.json"


@dataclass(frozen=True, slots=True)
class Pair:
    issue_id: str
    predicted: Path
    true: Path


def pair_up(out: Path, truth: Path, *, partial: bool = False) -> tuple[Pair, ...]:
    """The pairs to evaluate, by issue id.

    `out`: an output folder (OUT/<issue-id>/issue.json), the folder of one issue, or an issue.json.
    `truth`: a truth file, or a folder of <issue-id>.truth.json. One issue against one truth file
    is a pair whatever their names. Raises InputMissing when either side has nothing or an issue
    has no counterpart, naming it; with `partial`, only when there is no pair at all.
    """
    ours = _outputs(out)
    if truth.is_file():
        if len(ours) == 1:
            ((issue_id, path),) = ours.items()
            return (Pair(issue_id, path, truth),)
        issue_id = read_issue(truth).id
        if issue_id not in ours:
            raise _no_counterpart(out, [issue_id], "result", "结果")
        return (Pair(issue_id, ours[issue_id], truth),)
    theirs = _truths(truth)
    missing = [issue_id for issue_id in theirs if issue_id not in ours]
    beyond = [issue_id for issue_id in ours if issue_id not in theirs]
    if missing and (not partial or len(missing) == len(theirs)):
        raise _no_counterpart(out, missing, "result", "结果")
    if beyond and not partial:
        raise _no_counterpart(truth, beyond, "truth", "标准答案")
    return tuple(
        Pair(issue_id, ours[issue_id], path)
        for issue_id, path in theirs.items()
        if issue_id in ours
    )


def evaluate_files(out: Path, truth: Path, *, partial: bool = False) -> tuple[Evaluation, ...]:
    """`pair_up`, then each pair read and evaluated."""
    return tuple(
        evaluate(read_issue(pair.predicted), read_issue(pair.true))
        for pair in pair_up(out, truth, partial=partial)
    )


def pair_outputs(first: Path, second: Path) -> tuple[Pair, ...]:
    """The issues of two outputs, by id: those of `first` stand as `true`, those of `second` as
    `predicted`. One issue against one is a pair whatever their names. Raises InputMissing when
    an issue is in one of the two only."""
    ours, theirs = _outputs(second), _outputs(first)
    if len(ours) == len(theirs) == 1:
        ((issue_id, true),) = theirs.items()
        return (Pair(issue_id, next(iter(ours.values())), true),)
    missing = [issue_id for issue_id in theirs if issue_id not in ours]
    beyond = [issue_id for issue_id in ours if issue_id not in theirs]
    if missing or beyond:
        raise _no_counterpart(second if missing else first, missing or beyond, "result", "结果")
    return tuple(Pair(issue_id, ours[issue_id], path) for issue_id, path in theirs.items())


def read_issue(path: Path) -> Issue:
    """The issue in a file. InputMissing, InputUnreadable or DataInvalid, naming the file."""
    try:
        return load_issue(path.read_bytes(), str(path))
    except FileNotFoundError:
        raise InputMissing(
            (f"There is no file {path}.", f"文件 {path} 不存在。"),
            ("Check the path.", "请检查路径。"),
        ) from None
    except OSError as error:
        raise InputUnreadable(
            (
                f"Cannot read {path}: {error.strerror}.",
                f"无法读取 {path}：{error.strerror}。",
            ),
            ("Check that it is a file you may read.", "请确认它是您有权读取的文件。"),
        ) from None


def _outputs(out: Path) -> dict[str, Path]:
    if out.is_file():
        return {out.parent.name: out}
    if (out / "issue.json").is_file():
        return {out.resolve().name: out / "issue.json"}
    found = {path.parent.name: path for path in sorted(out.glob("*/issue.json"))}
    if not found:
        raise InputMissing(
            (f"There is no issue.json in {out}.", f"{out} 中没有 issue.json。"),
            (
                "Give the folder that `digitise run ... -o` wrote.",
                "请指定 digitise run ... -o 写出的文件夹。",
            ),
        )
    return found


def _truths(truth: Path) -> dict[str, Path]:
    paths = sorted(truth.glob(f"*{TRUTH_SUFFIX}"))
    if not paths:
        raise InputMissing(
            (
                f"There is no truth at {truth}.",
                f"{truth} 中没有标准答案。",
            ),
            (
                f"Give a truth file or a folder with files <issue-id>{TRUTH_SUFFIX}.",
                f"请指定标准答案文件，或含有 <期号>{TRUTH_SUFFIX} 的文件夹。",
            ),
        )
    return {path.name.removesuffix(TRUTH_SUFFIX): path for path in paths}


def _no_counterpart(where: Path, issue_ids: list[str], english: str, chinese: str) -> InputMissing:
    names = ", ".join(issue_ids)
    return InputMissing(
        (
            f"There is no {english} in {where} for: {names}.",
            f"{where} 中没有下列各期的{chinese}：{names}。",
        ),
        (
            "Results and truths must be of the same issues, or give --partial.",
            "结果与标准答案必须是相同的各期，否则请加 --partial。",
        ),
    )
