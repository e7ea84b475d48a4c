"""Page labels that are not printed, or could not be read, from those of the pages beside them.

A front page seldom says that it is A1; the page behind it says A2.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_LABEL = re.compile(r"(?P<section>\D*)(?P<number>\d+)")


def with_neighbours(labels: Sequence[str]) -> tuple[str, ...]:
    """The labels of an issue's pages in their order, empty ones filled in where it is plain what
    they are: before a second page, between two pages that count on, or behind the last one."""
    out = list(labels)
    for i, label in enumerate(labels):
        if not label:
            before = _parts(labels[i - 1]) if i > 0 else None
            behind = _parts(labels[i + 1]) if i + 1 < len(labels) else None
            out[i] = _between(before, behind, last=i + 1 == len(labels))
    return tuple(out)


def _parts(label: str) -> tuple[str, int, int] | None:
    """Section, number and how many digits it is written with."""
    match = _LABEL.fullmatch(label)
    if match is None:
        return None
    return match["section"], int(match["number"]), len(match["number"])


def _between(
    before: tuple[str, int, int] | None, behind: tuple[str, int, int] | None, last: bool
) -> str:
    if behind is not None and behind[1] == 2 and (before is None or before[0] != behind[0]):
        return _written(behind[0], 1, behind[2])
    if before is None or not (last or behind is not None):
        return ""
    section, number, digits = before
    if behind is not None and (section, number + 2) != behind[:2]:
        return ""
    return _written(section, number + 1, digits)


def _written(section: str, number: int, digits: int) -> str:
    return f"{section}{number:0{digits}d}"
