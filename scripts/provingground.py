"""Issues with their truth, read once and laid out as often as is asked for."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from digitise import cache
from digitise.articles import assemble
from digitise.formats.issue_json import load_issue
from digitise.layout import Heed, PageLayout, analyse, pages_of
from digitise.model import Issue, Sheet
from digitise.options import Options
from digitise.pipeline import run


@dataclass(frozen=True, slots=True)
class Case:
    """One issue: its folder, its pages as they were read, and what it should become."""

    folder: Path
    sheets: tuple[Sheet, ...]
    truth: Issue


def cases(folder: Path, work: Path, scans: bool = False) -> Iterator[Case]:
    """The issues in `folder` that have a truth, born-digital or scanned, in order of their names;
    what was read is kept in `work`. Raises DigitiseError where an issue cannot be read."""
    for path in sorted(folder.glob("*.truth.json")):
        name = path.name.removesuffix(".truth.json")
        if name.endswith("-scan") != scans:
            continue
        result = run([folder / name], work, Options()).issues[0]
        if result.failures:
            raise result.failures[0].error
        kept = sorted((result.folder / cache.FOLDER).glob("*.json.gz"))
        sheets = [sheet for one in kept if (sheet := cache.load(one)) is not None]
        truth = load_issue(path.read_bytes(), str(path))
        yield Case(folder / name, tuple(sheets), truth)


def parser_of_issues(description: str | None) -> argparse.ArgumentParser:
    """The arguments of a command that lays the issues of folders out: DIR..., --work, --scans."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("issues", type=Path, nargs="+", metavar="DIR")
    parser.add_argument("--work", type=Path, required=True, metavar="OUT")
    parser.add_argument("--scans", action="store_true", help="the scans of the issues")
    return parser


def laid_out(case: Case, heed: Heed | None = None) -> Issue:
    """The issue that becomes of the pages, grouped by the evidence that `heed` names."""
    layouts: list[PageLayout] = []
    for sheet in case.sheets:
        for page in pages_of(sheet):
            number = len(layouts) + 1
            page = replace(page, page_id=f"p{number:04d}", number=number)
            layouts.append(analyse(page, heed or Heed()))
    return assemble(case.truth.id, layouts)
