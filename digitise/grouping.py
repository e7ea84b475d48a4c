"""Which of the given paths make up which issue.

A folder, a ZIP and a file of several pages are an issue each. Loose files of one page that are
given together are the pages of one issue.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .errors import DigitiseError, UsageError
from .options import Options
from .sources import PageRef, expand

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Batch:
    """The pages of one issue, or the error that left it without any."""

    id: str
    pages: tuple[PageRef, ...] = ()
    error: DigitiseError | None = None


def batches(
    paths: Sequence[Path], options: Options, issue_id: str = "", one_issue: bool = False
) -> tuple[Batch, ...]:
    """The issues found in `paths`, in the order given; `one_issue` takes them all for one.

    Raises UsageError when there is no path, or `issue_id` is given to several issues.
    """
    if not paths:
        raise UsageError(
            ("There is nothing to read.", "没有可处理的输入。"),
            ("Name at least one file or folder.", "请至少指定一个文件或文件夹。"),
        )
    groups = [tuple(paths)] if one_issue else _groups(paths, options)
    if issue_id and len(groups) > 1:
        raise UsageError(
            (
                f"One issue id cannot name {len(groups)} issues.",
                f"一个期号名称不能用于 {len(groups)} 期报纸。",
            ),
            ("Leave out --issue-id, or join them with --one-issue.",
             "请去掉 --issue-id，或用 --one-issue 合为一期。"),
        )  # fmt: skip
    found: list[Batch] = []
    for group in groups:
        name = safe_name(issue_id or name_of(group))
        name = _distinct(name, {batch.id for batch in found})
        try:
            found.append(Batch(name, expand(group, options)))
        except DigitiseError as error:
            found.append(Batch(name, error=error))
    return tuple(found)


def name_of(group: Sequence[Path]) -> str:
    """A name for the issue made of these paths: the file's or folder's own; for several files
    what their names begin with, else their folder's."""
    # Not Path.resolve: a link is named after itself.
    absolute = [Path(os.path.abspath(path)) for path in group]  # noqa: PTH100
    if len(absolute) == 1:
        return absolute[0].name if absolute[0].is_dir() else absolute[0].stem
    # "2023-12-08_A01" and "2023-12-08_A02" share more than their issue: cut back to a whole part.
    common = os.path.commonprefix([path.stem for path in absolute])  # noqa: RUF071
    shared = re.sub(r"[\W_]*[A-Za-z第]{0,5}[\W_]*\d{0,2}$", "", common)
    if len(shared) >= 3:
        return shared
    folders = {path.parent for path in absolute}
    return folders.pop().name if len(folders) == 1 else absolute[0].stem


def safe_name(name: str) -> str:
    """`name` as every file system takes it, never hidden; "issue" when nothing is left."""
    name = name.encode("utf-8", "replace").decode("utf-8")
    name = _UNSAFE.sub("_", name).strip().strip(".").strip()
    while len(name.encode("utf-8")) > 120:
        name = name[:-1].rstrip(" .")
    return f"_{name}" if _RESERVED.fullmatch(name) else name or "issue"


def _groups(paths: Sequence[Path], options: Options) -> list[tuple[Path, ...]]:
    groups: list[tuple[Path, ...]] = []
    loose: list[Path] = []
    for path in dict.fromkeys(paths):
        if _stands_alone(path, options):
            groups.append((path,))
        else:
            if not loose:
                groups.append(())  # its place among the others
            loose.append(path)
    return [group or tuple(loose) for group in groups]


def _stands_alone(path: Path, options: Options) -> bool:
    if path.is_dir() or path.suffix.lower() == ".zip":
        return True
    try:
        return len(expand((path,), options)) > 1
    except DigitiseError:
        return False


def _distinct(name: str, taken: set[str]) -> str:
    number, distinct = 1, name
    while distinct.casefold() in {t.casefold() for t in taken}:
        number += 1
        distinct = f"{name}-{number}"
    return distinct
