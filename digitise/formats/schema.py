"""The published JSON Schema of issue.json, and the check against it."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from ..errors import DataInvalid
from .schema_check import faults

ISSUE_SCHEMA = "digitise/issue/1"


def schema_text() -> str:
    """issue.schema.json as shipped with the package."""
    return (files(__package__) / "issue.schema.json").read_text(encoding="utf-8")


@cache
def schema() -> dict[str, Any]:
    """The parsed schema; do not change the value."""
    parsed: dict[str, Any] = json.loads(schema_text())
    return parsed


def validate(data: bytes) -> tuple[str, ...]:
    """Everything in which `data` departs from the schema, as "place: what is wrong".

    Empty when it follows the schema. Stricter than `load_issue`, which lets fields be absent.
    """
    try:
        return tuple(english for english, _ in faults(parse_json(data), schema()))
    except DataInvalid as error:
        return (error.message[0],)


def parse_json(data: bytes, name: str = "issue.json") -> Any:
    """Bytes of UTF-8 JSON, with or without a byte order mark; DataInvalid with the place."""
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        where = f"byte {error.start}"
        raise invalid(name, f"{where}: not UTF-8", f"第 {error.start} 字节不是 UTF-8") from None
    except json.JSONDecodeError as error:
        raise invalid(
            name,
            f"line {error.lineno}, column {error.colno}: not JSON ({error.msg})",
            f"第 {error.lineno} 行第 {error.colno} 列不是合法的 JSON（{error.msg}）",
        ) from None
    except (RecursionError, ValueError) as error:
        raise invalid(name, f"not usable JSON ({error})", f"JSON 无法读取（{error}）") from None


def invalid(name: str, english: str, chinese: str) -> DataInvalid:
    """The error for a file `name` that does not follow its schema."""
    return DataInvalid(
        (f"{name} is not a valid data file: {english}.", f"{name} 不是有效的数据文件：{chinese}。"),
        (
            "Write the file again with digitise, or mend it at the place named.",
            "请用 digitise 重新生成该文件，或在所指位置改正。",
        ),
    )
