"""JSON set so that people can read it and line-based tools can compare it.

Objects and lists are indented as usual, except those marked `Flat`, which stand on one line
whatever their length: a printed line of the newspaper is then one line of the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Flat:
    """Marks a JSON value that is written on one line."""

    value: Any


def clean(text: str) -> str:
    """`text` as it can be written in UTF-8: a lone surrogate, which is half a character and
    which only a broken text layer yields, becomes U+FFFD. Nothing else changes."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def dumps(value: Any) -> bytes:
    """UTF-8 bytes ending with a line feed; keys in the order given. ValueError on NaN."""
    return (clean("".join(_emit(value, 0))) + "\n").encode("utf-8")


_atom = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(", ", ": ")).encode


def _emit(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, Flat):
        yield _atom(value.value)
    elif isinstance(value, dict | list | tuple) and value:
        inner = "\n" + "  " * (depth + 1)
        is_object = isinstance(value, dict)
        yield "{" if is_object else "["
        for i, item in enumerate(value):
            yield ("," if i else "") + inner
            if isinstance(value, dict):
                yield f"{_atom(item)}: "
                item = value[item]
            yield from _emit(item, depth + 1)
        yield "\n" + "  " * depth + ("}" if is_object else "]")
    else:
        yield _atom(value)
