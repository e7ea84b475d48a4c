"""Which files of the inbox are one delivery.

A ZIP and a file of several pages are deliveries of their own. Files of one page belong together
by their names ("2023-12-08_A01.jpg", "2023-12-08_A02.jpg") or, in a folder whose files' names
carry no date, by their folder. What a name that says nothing holds, the mastheads tell later.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from ..titles import date_in
from .inbox import PAGE_SUFFIXES
from .ledger import Source

# A page's number at the end of a name: "_A01", "-12", "第3版", "版4", " p7".
_PAGE = re.compile(r"(?:[\s_\-.]*第?\s*[A-Za-z]{0,4}\s*\d{1,3}\s*版?|[\s_\-.]+[A-Da-d])$")
_LATIN = re.compile(r"[0-9A-Fa-f]{12,}")


@dataclass(frozen=True, slots=True)
class Delivery:
    """`loose`: pages put together by their folder alone, so that mastheads may part them."""

    name: str
    files: tuple[Source, ...]
    loose: bool = False


def deliveries(files: Sequence[Source], pages: Mapping[str, int]) -> tuple[Delivery, ...]:
    """The deliveries the files make up; `pages`: how many each has, 0 for no page at all, -1
    for a ZIP."""
    alone: list[Delivery] = []
    groups: dict[tuple[str, str], list[Source]] = {}
    folders: dict[str, list[Source]] = {}
    for file in files:
        pure = PurePosixPath(file.name)
        if pages[file.name] == 1 or (pages[file.name] == 0 and _named_page(pure)):
            folders.setdefault(str(pure.parent), []).append(file)
        else:
            alone.append(Delivery(_alone(pure), (file,)))
    for folder, inside in folders.items():
        dated = any(date_in(PurePosixPath(file.name).stem) for file in inside)
        for file in inside:
            if folder != "." and not dated:
                key = folder, ""
            else:
                key = folder, issue_part(PurePosixPath(file.name).stem)
            groups.setdefault(key, []).append(file)
    for (folder, part), inside in groups.items():
        # A page that cannot be read is a page of its issue, where that is sure to be one.
        sure = (folder != "." and not part) or date_in(part)
        if not sure or all(pages[file.name] == 0 for file in inside):
            bad = [file for file in inside if pages[file.name] == 0]
            alone += [Delivery(_alone(PurePosixPath(file.name)), (file,)) for file in bad]
            inside[:] = [file for file in inside if pages[file.name] == 1]
    groups = {key: inside for key, inside in groups.items() if inside}
    together = [
        Delivery(_name(folder, part), tuple(inside), loose=not part and len(inside) > 1)
        for (folder, part), inside in groups.items()
    ]
    return tuple(sorted([*alone, *together], key=lambda d: d.files[0].name))


def issue_part(stem: str) -> str:
    """A page file's name without the page: what the pages of one issue share."""
    date = date_in(stem)
    match = _PAGE.search(stem)
    if match is None or _LATIN.fullmatch(stem.rpartition("-")[2]):
        return stem
    rest = stem[: match.start()]
    # "2023-12-08" ends in a day, not in a page.
    if (date and date_in(rest) != date) or not rest.strip(" _-."):
        return stem if date else ""
    return rest


def _named_page(pure: PurePosixPath) -> bool:
    return pure.suffix.lower().lstrip(".") in PAGE_SUFFIXES


def _alone(pure: PurePosixPath) -> str:
    """A file's own name; with its folder where its own name says too little."""
    if str(pure.parent) != "." and not date_in(pure.stem):
        return str(pure.with_suffix("") if pure.suffix else pure)
    return pure.stem or pure.name


def _name(folder: str, part: str) -> str:
    if not part:
        return folder if folder != "." else "pages"
    return part if folder == "." or date_in(part) else f"{folder}/{part}"
