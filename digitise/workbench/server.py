"""Serving: uvicorn, with a limit on how long a client may take to ask."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from ..errors import UsageError
from .settings import Settings

HEAD_SECONDS = 10.0
"""How long a client may take from connecting to the end of its request's head."""


class ImpatientProtocol(H11Protocol):
    """Hangs up on a client that opens a connection and does not ask anything in time."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._late = self.loop.call_later(HEAD_SECONDS, transport.close)

    def handle_events(self) -> None:
        super().handle_events()
        if self.cycle is not None and self._late is not None:
            self._late.cancel()
            self._late = None

    def connection_lost(self, exc: Exception | None) -> None:
        if self._late is not None:
            self._late.cancel()
        super().connection_lost(exc)


def make_server(
    app: Starlette,
    settings: Settings,
    *,
    certificate: Path | None = None,
    key: Path | None = None,
    proxy: bool = False,
) -> uvicorn.Server:
    """A server for the app; `run` or `serve` starts it."""
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http=ImpatientProtocol,
        ws="none",
        lifespan="on",
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=True,
        proxy_headers=proxy,
        forwarded_allow_ips="127.0.0.1,::1" if proxy else "",
        timeout_keep_alive=30,
        timeout_graceful_shutdown=5,
        limit_concurrency=400,
        h11_max_incomplete_event_size=32 * 1024,
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )
    return uvicorn.Server(config)


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens there; with `port` 0 on any free port. Raises UsageError."""
    name = host.strip("[]")
    family = socket.AF_INET6 if ":" in name else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((name, port))
    except (OSError, OverflowError) as error:
        listener.close()
        raise UsageError(
            (
                f"Cannot listen at {host}:{port}: {error}.",
                f"无法在 {host}:{port} 上提供服务：{error}。",
            ),
            ("Choose another with --port.", "请用 --port 另选端口。"),
        ) from error
    listener.listen(128)
    return listener
