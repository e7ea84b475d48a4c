"""Issues with their truth, read once and laid out as often as is asked for."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from digitise import cache
from digitise.articles import Parts, assembled, retold
from digitise.formats.issue_json import load_issue
from digitise.layout import Heed, analyse, pages_of
from digitise.model import Issue, Sheet
from digitise.options import Options
from digitise.pipeline import run


@dataclass(frozen=True, slots=True)
class Case:
    """One issue: its folder, its pages as they were read, and what it should become."""

    folder: Path
    sheets: tuple[Sheet, ...]
    truth: Issue


def cases(folder: Path, work: Path, scans: bool = False, kept: bool = False) -> Iterator[Case]:
    """The issues in `folder` that have a truth, born-digital or scanned, in order of their names;
    what was read is kept in `work`. `kept`: what lies there is taken as it is, whatever version
    read it, and issues that were not read are left out. Raises DigitiseError where an issue
    cannot be read."""
    for path in sorted(folder.glob("*.truth.json")):
        name = path.name.removesuffix(".truth.json")
        if name.endswith("-scan") != scans:
            continue
        if not kept:
            result = run([folder / name], work, Options()).issues[0]
            if result.failures:
                raise result.failures[0].error
        read = sorted((work / name / cache.FOLDER).glob("*.json.gz"))
        sheets = [sheet for one in read if (sheet := cache.load(one)) is not None]
        if not sheets:
            continue
        truth = load_issue(path.read_bytes(), str(path))
        yield Case(folder / name, tuple(sheets), truth)


def parser_of_issues(description: str | None, helped: bool = True) -> argparse.ArgumentParser:
    """The arguments of a command that lays the issues of folders out: DIR..., --work, --scans,
    --kept. `helped`: with --help, as a parser has that is no other's parent."""
    parser = argparse.ArgumentParser(
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=helped,
    )
    parser.add_argument("issues", type=Path, nargs="+", metavar="DIR")
    parser.add_argument("--work", type=Path, required=True, metavar="OUT")
    parser.add_argument("--scans", action="store_true", help="the scans of the issues")
    parser.add_argument(
        "--kept", action="store_true", help="what lies in OUT as it is, whatever version read it"
    )
    return parser


def laid_out(case: Case, heed: Heed | None = None) -> Issue:
    """The issue that becomes of the pages, grouped by the evidence that `heed` names."""
    return laid_out_in_parts(case.truth.id, case.sheets, heed)[0]


def laid_out_in_parts(
    issue_id: str, sheets: Iterable[Sheet], heed: Heed | None = None
) -> tuple[Issue, tuple[Parts, ...]]:
    """The same of any sheets, and what each of its entries was made of."""
    pages: dict[str, Sheet] = {}
    for sheet in sheets:
        for page in pages_of(sheet):
            name = f"p{len(pages) + 1:04d}"
            pages[name] = replace(page, page_id=name, number=len(pages) + 1)
    layouts = [analyse(page, heed or Heed()) for page in pages.values()]
    layouts = retold(layouts, lambda name, begun: analyse(pages[name], heed or Heed(), begun))
    return assembled(issue_id, layouts)
