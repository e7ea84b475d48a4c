"""A checker for the part of JSON Schema 2020-12 that issue.schema.json uses.

It exists so that reading a file needs no further package; the tests hold it against the
`jsonschema` package. Understood: $ref into $defs, type, const, enum, properties, required,
items, prefixItems, minItems, maxItems, minLength, minimum, maximum, pattern. Anything else but a
note is an error in the schema and raises KeyError.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

_NOTES = frozenset({"$schema", "$id", "$defs", "title", "description", "$comment", "default"})
_TYPES = {
    "object": "an object",
    "array": "a list",
    "string": "a string",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
}


def faults(value: Any, schema: Mapping[str, Any], *, lenient: bool = False) -> Iterator[str]:
    """Each fault as "place: what is wrong", in the order of the document.

    `lenient` accepts objects that lack fields (what is there must still be right).
    """
    yield from _check(value, schema, schema, "", lenient)


def _check(
    value: Any, schema: Mapping[str, Any], root: Mapping[str, Any], place: str, lenient: bool
) -> Iterator[str]:
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].removeprefix("#/$defs/")]
    for keyword, want in schema.items():
        if keyword in _NOTES:
            continue
        if keyword == "type":
            if not _is(value, want):
                yield f"{place or 'document'}: {_TYPES[want]} is wanted, not {_short(value)}"
                return
        elif keyword in ("const", "enum"):
            allowed = [want] if keyword == "const" else want
            if value not in allowed:
                names = ", ".join(_short(a) for a in allowed)
                yield f"{place or 'document'}: {_short(value)} is not one of {names}"
        elif keyword == "required":
            for key in () if lenient else want:
                if isinstance(value, dict) and key not in value:
                    yield f"{place or 'document'}: the field {_short(key)} is missing"
        elif keyword == "properties":
            if isinstance(value, dict):
                for key, sub in want.items():
                    if key in value:
                        yield from _check(value[key], sub, root, _join(place, key), lenient)
        elif keyword == "prefixItems":
            if isinstance(value, list):
                for i, (item, sub) in enumerate(zip(value, want, strict=False)):
                    yield from _check(item, sub, root, f"{place}[{i}]", lenient)
        elif keyword == "items":
            if isinstance(value, list):
                for i in range(len(schema.get("prefixItems", ())), len(value)):
                    yield from _check(value[i], want, root, f"{place}[{i}]", lenient)
        else:
            message = _SIMPLE[keyword](value, want)
            if message:
                yield f"{place or 'document'}: {message}"


def _is(value: Any, kind: str) -> bool:
    if kind == "integer" or kind == "number":
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        if not math.isfinite(value):
            return False
        return kind == "number" or isinstance(value, int) or value.is_integer()
    classes: dict[str, type] = {"object": dict, "array": list, "string": str, "boolean": bool}
    return isinstance(value, classes[kind])


def _count(value: Any, want: int, enough: bool, what: str) -> str:
    return "" if enough else f"{len(value)} {what}, {want} wanted"


_SIMPLE: dict[str, Any] = {
    "minItems": lambda v, w: (
        _count(v, w, len(v) >= w, "items are too few") if isinstance(v, list) else ""
    ),
    "maxItems": lambda v, w: (
        _count(v, w, len(v) <= w, "items are too many") if isinstance(v, list) else ""
    ),
    "minLength": lambda v, w: (
        _count(v, w, len(v) >= w, "characters are too few") if isinstance(v, str) else ""
    ),
    "minimum": lambda v, w: f"{v} is less than {w}" if _is(v, "number") and v < w else "",
    "maximum": lambda v, w: f"{v} is more than {w}" if _is(v, "number") and v > w else "",
    "pattern": lambda v, w: (
        f"{_short(v)} does not have the form {w}"
        if isinstance(v, str) and not re.search(w, v)
        else ""
    ),
}


def _join(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key


def _short(value: Any) -> str:
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = f'"{value}"' if isinstance(value, str) else f"{value:.6g}"
    return text if len(text) <= 48 else text[:45] + '…"'
