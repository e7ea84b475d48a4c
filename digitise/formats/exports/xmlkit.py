"""What every XML and HTML format needs: characters that may stand there, and ids that are unique."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from ...model import Issue

# XML 1.0, production [2] Char; lone surrogates and control characters are in no document.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_IN_NAME = re.compile(r"[^A-Za-z0-9_.\-]")

Key = tuple[str, ...]


def legal(text: str) -> str:
    """`text` with each character that XML cannot hold replaced by U+FFFD."""
    return _ILLEGAL.sub("\ufffd", text)


def flat(text: str) -> str:
    """`legal` text on one line: line breaks and tabs become spaces."""
    return legal(re.sub(r"[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]", " ", text))


def xml_ids(issue: Issue) -> Mapping[Key, str]:
    """An NCName for every page, region, line and article, unique in the issue.

    Keys are (page,), (page, region), (page, region, line) and ("", article). An id that is unique
    and a name already is kept as it is.
    """
    given: dict[Key, str] = {}
    used: set[str] = set()

    def give(key: Key, wanted: str, parent: str) -> None:
        name = _NOT_IN_NAME.sub("_", wanted)
        if not name or not (name[0].isalpha() or name[0] == "_"):
            name = f"x{name}"
        if name in used and parent:
            name = f"{parent}-{name}"
        unique, count = name, 1
        while unique in used:
            count += 1
            unique = f"{name}-{count}"
        used.add(unique)
        given[key] = unique

    for page in issue.pages:
        give((page.id,), page.id, "")
    for page in issue.pages:
        for region in page.regions:
            give((page.id, region.id), region.id, given[page.id,])
    for page in issue.pages:
        for region in page.regions:
            for line in region.lines:
                key = (page.id, region.id, line.id)
                if key not in given:
                    give(key, line.id, given[page.id, region.id])
    for article in issue.articles:
        give(("", article.id), article.id, "article")
    return MappingProxyType(given)
