"""Operations to JSON values and back, every field checked before anything is made of it."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from typing import Any

from ...errors import DataInvalid
from ...model import Polygon
from . import operations as ops

MAX_TEXT = 2000
MAX_POINTS = 400
MAX_IDS = 5000
FARTHEST = 1_000_000.0

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,79}")
_NEW_ID = re.compile(r"(?:[A-Za-z0-9._~]+-)?[rla][0-9a-z]{8}")
_OP_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


def parse_operation(value: object, place: str = "operation", *, own: bool = False) -> ops.Operation:
    """The operation of a JSON object. `own`: from our own journal, which may hold kinds that
    nobody can send. Raises DataInvalid, naming the place."""
    if not isinstance(value, Mapping):
        raise invalid(place, "an object", "应为对象")
    kind = ops.TYPES.get(_string(value.get("type"), f"{place}.type"))
    if kind is None or (kind in ops.OURS and not own):
        raise invalid(f"{place}.type", "a known type", "类型未知")
    given: dict[str, Any] = {}
    for field in fields(kind):
        there = field.name in value and value[field.name] is not None
        if not there:
            if field.default is MISSING:
                raise invalid(f"{place}.{field.name}", "given", "缺少")
            continue
        check = _CHECKS.get((kind.name, field.name)) or _CHECKS["", field.name]
        given[field.name] = check(value[field.name], f"{place}.{field.name}")
    return kind(**given)


def dump_operation(operation: ops.Operation) -> dict[str, Any]:
    """The JSON object of an operation; `parse_operation` takes it back."""
    out: dict[str, Any] = {"type": operation.name}
    for field in fields(operation):
        value = getattr(operation, field.name)
        if value is None:
            continue
        if isinstance(value, tuple):
            value = [list(x) if isinstance(x, tuple) else x for x in value]
        out[field.name] = value
    return out


def operation_id(value: object, place: str) -> str:
    text = _string(value, place)
    if not _OP_ID.fullmatch(text):
        raise invalid(
            place, "8 to 64 letters, digits and hyphens", "应为 8 至 64 个字母、数字或连字符"
        )
    return text


def bases(value: object, place: str) -> dict[str, int | str]:
    """{id: version seen, or the id of an earlier operation}."""
    if value is None:
        return {}
    if not isinstance(value, Mapping) or len(value) > MAX_IDS:
        raise invalid(place, "an object of versions", "应为版本号对象")
    out: dict[str, int | str] = {}
    for key, base in value.items():
        where = f"{place}.{key}"
        out[_id(key, place)] = (
            operation_id(base, where) if isinstance(base, str) else _count(base, where)
        )
    return out


def invalid(place: str, english: str, chinese: str) -> DataInvalid:
    return DataInvalid((f"{place}: must be {english}.", f"{place}：{chinese}。"))


def _string(value: object, place: str) -> str:
    if not isinstance(value, str):
        raise invalid(place, "a string", "应为字符串")
    return value


def clean_text(value: object, place: str, longest: int = MAX_TEXT, *, lines: bool = False) -> str:
    """A text without control characters (line feeds and tabs only where `lines`)."""
    text = _string(value, place)
    if len(text) > longest:
        raise invalid(place, f"at most {longest} characters", f"不得超过 {longest} 字")
    allowed = "\n\t" if lines else ""
    for char in text:
        if unicodedata.category(char) in ("Cc", "Cs") and char not in allowed:
            raise invalid(place, "free of control characters", "不得含控制字符")
    return text


def _id(value: object, place: str) -> str:
    text = _string(value, place)
    if not _ID.fullmatch(text):
        raise invalid(place, "an id", "应为编号")
    return text


def _new_id(value: object, place: str) -> str:
    text = _string(value, place)
    if not _NEW_ID.fullmatch(text):
        raise invalid(place, "a new id such as p0001-l7f3k2m9q", "应为新编号，如 p0001-l7f3k2m9q")
    return text


def _ids(value: object, place: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or len(value) > MAX_IDS:
        raise invalid(place, "a list of ids", "应为编号列表")
    out = tuple(_id(v, f"{place}[{i}]") for i, v in enumerate(value))
    if len(set(out)) != len(out):
        raise invalid(place, "without repetition", "不得重复")
    return out


def _several(value: object, place: str) -> tuple[str, ...]:
    out = _ids(value, place)
    if len(out) < 2:
        raise invalid(place, "two ids or more", "至少两个编号")
    return out


def _any_ids(value: object, place: str) -> tuple[str, ...]:
    return () if value == [] else _ids(value, place)


def polygon(value: object, place: str) -> Polygon:
    if not isinstance(value, list) or not 3 <= len(value) <= MAX_POINTS:
        raise invalid(place, "a list of 3 points or more", "应为至少三点的列表")
    out = []
    for i, point in enumerate(value):
        if not isinstance(point, list) or len(point) != 2:
            raise invalid(f"{place}[{i}]", "[x, y]", "应为 [x, y]")
        out.append((_coordinate(point[0], place), _coordinate(point[1], place)))
    xs, ys = {p[0] for p in out}, {p[1] for p in out}
    if max(xs) - min(xs) < 1 or max(ys) - min(ys) < 1:
        raise invalid(place, "an outline with some area", "轮廓面积不得为零")
    return tuple(out)


def _coordinate(value: object, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise invalid(place, "made of numbers", "坐标应为数字")
    if not -FARTHEST <= value <= FARTHEST:
        raise invalid(place, "on the page", "坐标超出范围")
    return float(math.floor(value + 0.5))


def _count(value: object, place: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**53:
        raise invalid(place, "a whole number", "应为整数")
    return value


def _share(value: object, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise invalid(place, "a share from 0 to 1", "应为 0 至 1 的数")
    return float(value)


def _flag(value: object, place: str) -> bool:
    if not isinstance(value, bool):
        raise invalid(place, "true or false", "应为 true 或 false")
    return value


def _one_of(choices: tuple[str, ...]) -> Callable[[object, str], str]:
    def check(value: object, place: str) -> str:
        if not isinstance(value, str) or value not in choices:
            known = ", ".join(choices)
            raise invalid(place, f"one of {known}", f"应为以下之一：{known}")
        return value

    return check


def _texts(longest: int, *, lines: bool = False) -> Callable[[object, str], str]:
    return lambda value, place: clean_text(value, place, longest, lines=lines)


_CHECKS: dict[tuple[str, str], Callable[[Any, str], Any]] = {
    **{("", name): _id for name in (
        "line", "region", "page", "article", "other", "before", "target", "from_page", "to_page",
    )},
    **{("", name): _new_id for name in ("new_id", "new_article")},
    **{("", name): _ids for name in ("lines", "regions", "order")},
    ("", "text"): _texts(MAX_TEXT),
    ("", "polygon"): polygon,
    ("", "at"): _count,
    ("", "content"): _string,
    ("", "index"): _count,
    ("", "seq"): _count,
    ("", "with_lines"): _flag,
    ("", "human"): _flag,
    ("", "read"): _string,
    ("", "confidence"): _share,
    ("", "kind"): _one_of(ops.REGION_KINDS),
    ("", "writing_mode"): _one_of(ops.WRITING_MODES),
    ("", "marker"): _texts(80),
    ("", "back_marker"): _texts(80),
    ("", "status"): _one_of(ops.STATUSES),
    ("", "flag"): _texts(40),
    ("merge_lines", "lines"): _several,
    ("merge_regions", "regions"): _several,
    ("set_order", "order"): _any_ids,
    ("order_lines", "lines"): _any_ids,
    ("article_assemble", "kind"): _one_of(ops.ARTICLE_KINDS),
    ("article_set", "field"): _one_of(ops.ARTICLE_FIELDS),
    ("article_set", "value"): _texts(MAX_TEXT),
    ("masthead_set", "field"): _one_of(ops.MASTHEAD_FIELDS),
    ("masthead_set", "value"): _texts(200),
    ("comment", "text"): _texts(MAX_TEXT, lines=True),
}  # fmt: skip
