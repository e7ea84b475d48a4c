"""What can be wrong with a request, each as an answer of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import (
    CatalogueUnavailable,
    DataInvalid,
    DigitiseError,
    EngineFailed,
    EngineMissing,
    InputMissing,
    PageUnknown,
)


class Problem(Exception):
    """An answer of 4xx or 5xx: `code` for programs, `texts` in English and Chinese for people."""

    def __init__(
        self,
        status: int,
        code: str,
        texts: tuple[str, str],
        detail: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(texts[0])
        self.status = status
        self.code = code
        self.texts = texts
        self.detail = detail
        self.headers = dict(headers or {})

    def value(self) -> dict[str, Any]:
        error: dict[str, Any] = {"code": self.code, "en": self.texts[0], "zh": self.texts[1]}
        if self.detail is not None:
            error["detail"] = self.detail
        return {"error": error}


def sign_in_needed() -> Problem:
    return Problem(401, "sign-in-needed", ("Please sign in.", "请先登录。"))


def not_allowed() -> Problem:
    return Problem(403, "not-allowed", ("Your role does not allow this.", "您的角色无此权限。"))


def unknown(what: str) -> Problem:
    return Problem(404, "unknown", (f"There is no {what}.", f"没有 {what}。"))


def invalid(place: str, english: str, chinese: str) -> Problem:
    return Problem(422, "invalid", (f"{place}: {english}.", f"{place}：{chinese}。"), detail=place)


def problem_of(error: DigitiseError) -> Problem:
    """The answer for an error of the rooms below."""
    texts = (error.text("en"), error.text("zh"))
    if isinstance(error, InputMissing | PageUnknown):
        return Problem(404, "unknown", texts)
    if isinstance(error, DataInvalid):
        place = error.message[0].partition(":")[0]
        return Problem(422, "invalid", texts, detail=getattr(error, "where", place))
    if isinstance(error, EngineMissing | EngineFailed):
        return Problem(502, "engine", texts)
    if isinstance(error, CatalogueUnavailable):
        return Problem(503, "busy", texts, headers={"Retry-After": "5"})
    return Problem(500, "internal", texts)


def internal() -> Problem:
    return Problem(
        500,
        "internal",
        (
            "Something went wrong in the server. What you typed is kept: try again.",
            "服务器内部出错。您输入的内容已保留，请重试。",
        ),
    )
