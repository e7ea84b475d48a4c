"""What stands before every request: headers of safety, limits of size and time, whose page asks."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .problems import Problem
from .settings import Settings, is_loopback

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Shield:
    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                out = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    out.setdefault(name, value)
                out.setdefault("cache-control", "no-store")
                if self.settings.secure:
                    out.setdefault("strict-transport-security", "max-age=31536000")
            await send(message)

        problem = self._refused(scope, headers)
        if problem is not None:
            await _answer(problem, guarded)
            return
        try:
            body = await self._body(headers, receive)
        except Problem as late:
            await _answer(late, guarded)
            return

        sent = False

        async def replay() -> Message:
            nonlocal sent
            if not sent:
                sent = True
                return {"type": "http.request", "body": body, "more_body": False}
            return await receive()

        await self.app(scope, replay, guarded)

    def _refused(self, scope: Scope, headers: Headers) -> Problem | None:
        host = headers.get("host", "")
        if not self.settings.public and not is_loopback(_name(host)):
            # A foreign name that leads here is a trick to get at this machine.
            return Problem(403, "csrf", ("This is not my name.", "主机名不符。"))
        if scope["method"] in _SAFE:
            return None
        origin = headers.get("origin")
        site = headers.get("sec-fetch-site", "same-origin")
        own = {f"http://{host}", f"https://{host}"}
        if (origin is not None and origin not in own) or site not in ("same-origin", "none"):
            return Problem(
                403, "csrf", ("The request comes from another site.", "请求来自其他网站。")
            )
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self.settings.body:
            return self._too_large()
        return None

    def _too_large(self) -> Problem:
        return Problem(
            413,
            "too-large",
            (f"More than {self.settings.body} bytes.", f"超过 {self.settings.body} 字节。"),
            headers={"Connection": "close"},
        )

    async def _body(self, headers: Headers, receive: Receive) -> bytes:
        if headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers:
            return b""
        chunks: list[bytes] = []
        size = 0
        try:
            async with asyncio.timeout(self.settings.patience):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise Problem(400, "invalid", ("The request broke off.", "请求中断。"))
                    chunk = message.get("body", b"")
                    size += len(chunk)
                    if size > self.settings.body:
                        raise self._too_large()
                    chunks.append(chunk)
                    if not message.get("more_body", False):
                        return b"".join(chunks)
        except TimeoutError:
            raise Problem(
                408,
                "too-slow",
                ("The request took too long to arrive.", "请求发送过慢。"),
                headers={"Connection": "close"},
            ) from None


async def _answer(problem: Problem, send: Any) -> None:
    body = json.dumps(problem.value(), ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json; charset=utf-8")]
    headers += [(k.lower().encode(), v.encode()) for k, v in problem.headers.items()]
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": problem.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _name(host: str) -> str:
    """The name in a Host header, without the port."""
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]
