"""Typed values out of query strings and JSON bodies. Everything raises Problem 422."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from ..archive.corrections.wire import clean_text
from ..errors import DataInvalid
from .problems import invalid


class Fields:
    """The fields of one request; `take` methods check kind and range."""

    def __init__(self, values: Mapping[str, Any], lists: Mapping[str, Sequence[str]] | None = None):
        self._values = values
        self._lists = lists or {}

    def has(self, name: str) -> bool:
        return self._values.get(name) is not None

    def raw(self, name: str) -> Any:
        if not self.has(name):
            raise invalid(name, "is missing", "缺少")
        return self._values[name]

    def text(self, name: str, default: str | None = None, longest: int = 200) -> str:
        if not self.has(name):
            if default is None:
                raise invalid(name, "is missing", "缺少")
            return default
        try:
            return clean_text(self._values[name], name, longest, lines=True)
        except DataInvalid as error:
            raise invalid(
                name, "is not a plain text of that length", "不是合适长度的文本"
            ) from error

    def choice(self, name: str, choices: Sequence[str], default: str | None = None) -> str:
        value = self.text(name, default)
        if value not in choices and not (default is not None and value == default):
            known = ", ".join(choices)
            raise invalid(name, f"must be one of {known}", f"应为以下之一：{known}")
        return value

    def choices(self, name: str, choices: Sequence[str]) -> tuple[str, ...]:
        given = [v for value in self._lists.get(name, ()) for v in value.split(",") if v]
        for value in given:
            if value not in choices:
                raise invalid(name, "has an unknown value", "取值未知")
        return tuple(given)

    def whole(self, name: str, default: int | None, low: int, high: int) -> int:
        value = self._values.get(name)
        if value is None or value == "":
            if default is None:
                raise invalid(name, "is missing", "缺少")
            return default
        if isinstance(value, str) and value.lstrip("-").isascii():
            try:
                value = int(value)
            except ValueError:
                value = None
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise invalid(
                name, f"must be a whole number from {low} to {high}", f"应为 {low} 至 {high} 的整数"
            )
        return value

    def number(self, name: str, default: float | None, low: float, high: float) -> float:
        value = self._values.get(name)
        if value is None or value == "":
            if default is None:
                raise invalid(name, "is missing", "缺少")
            return default
        if isinstance(value, str):
            try:
                value = float(value)
            except ValueError:
                value = math.nan
        if isinstance(value, bool) or not isinstance(value, int | float):
            value = math.nan
        if not low <= value <= high:
            raise invalid(
                name, f"must be a number from {low} to {high}", f"应为 {low} 至 {high} 的数"
            )
        return float(value)

    def flag(self, name: str, default: bool = False) -> bool:
        value = self._values.get(name)
        if value is None:
            return default
        if value in (True, "1", "true"):
            return True
        if value in (False, "0", "false", ""):
            return False
        raise invalid(name, "must be true or false", "应为 true 或 false")

    def date(self, name: str) -> str:
        value = self.text(name, "", 10)
        if value and not (
            len(value) == 10 and value[4] == value[7] == "-" and value.replace("-", "").isdigit()
        ):
            raise invalid(name, "must be a date, YYYY-MM-DD", "应为日期 YYYY-MM-DD")
        return value

    def texts(self, name: str, longest: int = 80, most: int = 10_000) -> tuple[str, ...]:
        value = self.raw(name)
        if not isinstance(value, list) or len(value) > most:
            raise invalid(name, "must be a list", "应为列表")
        return tuple(Fields({name: item}).text(name, None, longest) for item in value)

    def object(self, name: str) -> Fields:
        value = self.raw(name)
        if not isinstance(value, dict):
            raise invalid(name, "must be an object", "应为对象")
        return Fields(value)
