"""A checker for the part of JSON Schema 2020-12 that issue.schema.json uses.

It exists so that reading a file needs no further package; the tests hold it against the
`jsonschema` package. Understood: $ref into $defs, type, const, enum, properties, required,
items, prefixItems, minItems, maxItems, minLength, minimum, maximum, pattern. Anything else but a
note is an error in the schema and raises KeyError.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Fault = tuple[str, str]
"""One fault as (English, Chinese): "place: what is wrong"."""

_NOTES = frozenset({"$schema", "$id", "$defs", "title", "description", "$comment", "default"})
_TYPES = {
    "object": ("an object", "对象"),
    "array": ("a list", "数组"),
    "string": ("a string", "字符串"),
    "integer": ("a whole number", "整数"),
    "number": ("a number", "数"),
    "boolean": ("true or false", "true 或 false"),
}
_CLASSES: dict[str, type] = {"object": dict, "array": list, "string": str, "boolean": bool}


def faults(value: Any, schema: Mapping[str, Any], *, lenient: bool = False) -> Iterator[Fault]:
    """Each fault, in the order of the document.

    `lenient` accepts objects that lack fields (what is there must still be right).
    """
    yield from _check(value, schema, schema, "", lenient)


def _check(
    value: Any, schema: Mapping[str, Any], root: Mapping[str, Any], place: str, lenient: bool
) -> Iterator[Fault]:
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].removeprefix("#/$defs/")]
    for keyword, want in schema.items():
        if keyword in _NOTES:
            continue
        if keyword == "type":
            if not _is(value, want):
                en, zh = _TYPES[want]
                shown = short(value)
                yield _fault(place, f"{en} is wanted, not {shown}", f"应为{zh}，而不是 {shown}")
                return
        elif keyword == "required":
            for key in () if lenient else want:
                if isinstance(value, dict) and key not in value:
                    yield missing(place, key)
        elif keyword == "properties":
            if isinstance(value, dict):
                for key, sub in want.items():
                    if key in value:
                        inner = f"{place}.{key}" if place else key
                        yield from _check(value[key], sub, root, inner, lenient)
        elif keyword == "prefixItems":
            if isinstance(value, list):
                for i, (item, sub) in enumerate(zip(value, want, strict=False)):
                    yield from _check(item, sub, root, f"{place}[{i}]", lenient)
        elif keyword == "items":
            if isinstance(value, list):
                for i in range(len(schema.get("prefixItems", ())), len(value)):
                    yield from _check(value[i], want, root, f"{place}[{i}]", lenient)
        else:
            wrong = _SIMPLE[keyword](value, want)
            if wrong is not None:
                yield _fault(place, *wrong)


def missing(place: str, key: str) -> Fault:
    """The fault of an object at `place` without its field `key`."""
    return _fault(place, f'the field "{key}" is missing', f"缺少字段 “{key}”")


def short(value: Any) -> str:
    """A value as an error message shows it."""
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = f'"{value}"' if isinstance(value, str) else f"{value:.6g}"
    return text if len(text) <= 48 else text[:45] + '…"'


def _fault(place: str, english: str, chinese: str) -> Fault:
    return f"{place or 'document'}: {english}", f"{place or '文件'}：{chinese}"


def _is(value: Any, kind: str) -> bool:
    if kind in ("integer", "number"):
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        if isinstance(value, int):
            return True
        return math.isfinite(value) and (kind == "number" or value.is_integer())
    return isinstance(value, _CLASSES[kind])


def _one_of(value: Any, allowed: Sequence[Any]) -> Fault | None:
    if value in allowed:
        return None
    names = ", ".join(short(a) for a in allowed)
    return f"{short(value)} is not one of {names}", f"{short(value)} 不是下列之一：{names}"


def _length(value: Any, least: int, kind: str) -> Fault | None:
    if not _is(value, kind) or len(value) >= least:
        return None
    return (
        f"{len(value)} items, at least {least} wanted",
        f"只有 {len(value)} 项，至少应有 {least} 项",
    )


def _at_most(value: Any, most: int) -> Fault | None:
    if not isinstance(value, list) or len(value) <= most:
        return None
    return f"{len(value)} items, at most {most} wanted", f"有 {len(value)} 项，至多应有 {most} 项"


def _range(value: Any, low: float, high: float) -> Fault | None:
    if not _is(value, "number") or low <= value <= high:
        return None
    shown = short(value)
    if value < low:
        return f"{shown} is less than {low}", f"{shown} 小于 {low}"
    return f"{shown} is more than {high}", f"{shown} 大于 {high}"


def _pattern(value: Any, want: str) -> Fault | None:
    if not isinstance(value, str) or re.search(want, value):
        return None
    return f"{short(value)} does not have the form {want}", f"{short(value)} 不合格式 {want}"


_SIMPLE: dict[str, Callable[[Any, Any], Fault | None]] = {
    "const": lambda value, want: _one_of(value, [want]),
    "enum": _one_of,
    "minItems": lambda value, want: _length(value, want, "array"),
    "minLength": lambda value, want: _length(value, want, "string"),
    "maxItems": _at_most,
    "minimum": lambda value, want: _range(value, want, math.inf),
    "maximum": lambda value, want: _range(value, -math.inf, want),
    "pattern": _pattern,
}
