"""`--pages 1,3-5,A2`: which pages are meant.

Numbers count the pages of the issue from 1. Anything else is a page's printed label, which is
only known once the pages have been read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from .errors import PageUnknown
from .model import Page
from .sources import PageRef

_NUMBERS = re.compile(r"(\d+)(?:-(\d+))?")


def by_number(pages: Sequence[PageRef], wanted: Sequence[str]) -> tuple[PageRef, ...]:
    """The pages whose numbers are asked for; all of them when a label is asked for too, or
    nothing is. Raises PageUnknown."""
    numbers, labels = _parse(wanted, len(pages))
    if labels or not numbers:
        return tuple(pages)
    return tuple(page for page in pages if page.number in numbers)


def by_label(pages: Sequence[Page], wanted: Sequence[str]) -> frozenset[str]:
    """The ids of the pages asked for by number or printed label. Raises PageUnknown."""
    numbers, labels = _parse(wanted, max((page.number for page in pages), default=0))
    if not labels:
        return frozenset(p.id for p in pages if not numbers or p.number in numbers)
    known = {_plain(page.label) for page in pages if page.label}
    for label in labels:
        if _plain(label) not in known:
            there = [f"{p.number} ({p.label})" if p.label else str(p.number) for p in pages]
            raise _unknown(label, there)
    asked = {_plain(label) for label in labels}
    return frozenset(
        page.id for page in pages if page.number in numbers or _plain(page.label) in asked
    )


def _parse(wanted: Sequence[str], count: int) -> tuple[frozenset[int], tuple[str, ...]]:
    numbers: set[int] = set()
    labels: list[str] = []
    for part in (piece.strip() for item in wanted for piece in re.split("[,，、]", item)):
        if not part:
            continue
        if match := _NUMBERS.fullmatch(part):
            first = int(match[1])
            last = int(match[2] or match[1])
            if not 1 <= first <= last <= count:
                raise _unknown(part, [f"1-{count}"] if count > 1 else ["1"])
            numbers.update(range(first, last + 1))
        else:
            labels.append(part)
    return frozenset(numbers), tuple(labels)


def _plain(label: str) -> str:
    """A01 and a1 are one label, as are 第一版 and 第一版 in other widths."""
    folded = unicodedata.normalize("NFKC", label).casefold().replace(" ", "")
    return re.sub(r"(?<!\d)0+(?=\d)", "", folded)


def _unknown(label: str, known: Sequence[str]) -> PageUnknown:
    there = ", ".join(known)
    return PageUnknown(
        (f"The issue has no page {label}.", f"这期报纸没有 {label} 版。"),
        (f"It has: {there}.", f"现有：{there}。"),
    )
