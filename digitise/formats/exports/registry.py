"""The formats there are, by name. A format's module is only loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType

from .bundle import Bundle

Export = Callable[[Bundle], Iterator[tuple[str, bytes]]]
"""Relative path with slashes and content of each file, a page at a time: a file that was
yielded need not be kept. The same bundle gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Format:
    """`home` is "module:function" in this package, the function an `Export`. `images`: the
    format needs the page images (else they are not looked for). `summary` in English and
    Chinese."""

    name: str
    home: str
    summary: tuple[str, str]
    images: bool = False

    @property
    def export(self) -> Export:
        module, _, function = self.home.partition(":")
        export: Export = getattr(import_module(f".{module}", __package__), function)
        return export


_ALL: tuple[Format, ...] = (
    # Text with its place on the page.
    # Whole issues.
    # To read, to search, to count.
)

FORMATS: Mapping[str, Format] = MappingProxyType({f.name: f for f in _ALL})


def needs_images(names: Sequence[str]) -> bool:
    """Whether any of these formats needs the page images. KeyError for an unknown name."""
    return any(FORMATS[name].images for name in names)


def produce(bundle: Bundle, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The files of several formats, one after the other; a file that two of them write (ALTO
    beside METS) comes once. KeyError for an unknown name."""
    seen: set[str] = set()
    for name in names:
        for path, data in FORMATS[name].export(bundle):
            if path not in seen:
                seen.add(path)
                yield path, data
