"""One mistake, and the files it is looked for in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from ....errors import DataInvalid
from ....model import Issue
from ..xmlread import parse


@dataclass(frozen=True, slots=True)
class Finding:
    """A mistake of kind `code` in `file` at the element `id` (empty: the whole file), in English
    and Chinese."""

    code: str
    file: str
    id: str
    what: tuple[str, str]


@dataclass(slots=True)
class Package:
    """One issue's exported files by their place, and the issue they should be of, if known.
    `only`: the one file that is to be checked, empty for all.

    `read` raises OSError where a file cannot be read."""

    names: tuple[str, ...]
    read: Callable[[str], bytes]
    issue: Issue | None = None
    only: str = ""
    _parsed: dict[str, etree._Element | None] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        return name in self.names

    def tree(self, name: str) -> etree._Element | None:
        """The file's first element; None when it is not there or no XML. The last few only are
        kept."""
        if name not in self._parsed:
            while len(self._parsed) > 3:
                del self._parsed[next(iter(self._parsed))]
            try:
                self._parsed[name] = parse(self.read(name), name)
            except (DataInvalid, OSError):
                self._parsed[name] = None
        return self._parsed[name]


def found(code: str, file: str, key: str, english: str, chinese: str) -> Finding:
    return Finding(code, file, key, (english, chinese))
