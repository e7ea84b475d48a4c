"""The formats that are made of every issue (`formats` in archive.toml)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ...exporting import check_names, export_issue
from ...model import Issue
from ...options import Options
from ...sources import PageRef


def write_formats(
    issue: Issue,
    folder: Path,
    names: Sequence[str],
    refs: Sequence[PageRef],
    options: Options,
) -> dict[str, Path]:
    """Writes the formats below `folder`; gives the files by the names version.json has for them.

    Raises UsageError for a format there is not, and what the formats raise.
    """
    check_names(names)
    by_id = {ref.id: ref for ref in refs}
    made: dict[str, Path] = {}
    for name in names:
        target = folder / "exports" / name
        export_issue(issue, [name], target, lambda page: by_id.get(page.id), None, options)
        for path in sorted(target.rglob("*")):
            if path.is_file():
                made[f"derived/exports/{name}/{path.relative_to(target).as_posix()}"] = path
    return made
