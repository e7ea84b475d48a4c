"""Starting a workbench: which archive, at what address, who gets in."""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from ..archive import Archive, open_archive
from ..archive.corrections import people
from ..errors import UsageError
from ..messages import Language
from . import demo as samples
from .app import make_app
from .server import bound, make_server
from .settings import Settings, is_loopback


@dataclass(frozen=True, slots=True)
class Ready:
    """A workbench that listens but does not answer yet. `address`: what to open."""

    address: str
    archive: Archive
    server: uvicorn.Server
    listener: socket.socket

    def serve(self) -> None:
        """Answers until it is told to stop (Ctrl-C, SIGTERM)."""
        # Many short answers beside an odd long one: threads take turns more often.
        sys.setswitchinterval(0.001)
        with contextlib.closing(self.listener):
            self.server.run([self.listener])


def prepare(
    archive: str,
    *,
    demo: bool = False,
    scans: bool = True,
    host: str = "127.0.0.1",
    port: int = 8765,
    catalogue: str = "",
    certificate: Path | None = None,
    key: Path | None = None,
    proxy: bool = False,
    language: Language = "zh",
    tell: Callable[[str], None] = lambda _what: None,
) -> Ready:
    """Opens the archive and the port. `demo`: the sample archive, made in `archive` if that is
    given; `scans`: a scanned sample is read in the background and added. `proxy`: another server
    on this machine does the encryption.

    Raises UsageError for what does not fit together, and what open_archive raises.
    """
    local = is_loopback(host)
    if bool(certificate) != bool(key):
        raise UsageError(
            ("--certificate and --key belong together.", "--certificate 与 --key 须同时给出。")
        )
    if not local and certificate is None and not proxy:
        raise UsageError(
            (
                "Passwords would travel unencrypted to other machines.",
                "其他机器访问时密码将以明文传输。",
            ),
            (
                "Give --certificate and --key, or --proxy behind a server that encrypts.",
                "请给出 --certificate 和 --key；如由前置服务器加密，请用 --proxy。",
            ),
        )
    if demo:
        folder = Path(archive) if archive else samples.cache_folder() / "demo-archive"
        place = samples.demo_archive(folder, tell)
    elif archive:
        place = open_archive(archive, catalogue)
    else:
        raise UsageError(
            ("No archive is named.", "没有指定档案库。"),
            ("Name its folder, or try --demo.", "请指定其文件夹，或用 --demo 试用。"),
        )
    if not local:
        _somebody_can_sign_in(place)
    listener = bound(host, port)
    port = int(listener.getsockname()[1])
    token = secrets.token_urlsafe(24) if local and not proxy else ""
    name = hashlib.sha256(place.store.address.encode()).hexdigest()[:16]
    settings = Settings(
        cache=samples.cache_folder() / "workbench" / name,
        host=host,
        port=port,
        language=language,
        demo=demo,
        token=token,
        secure=certificate is not None or proxy,
        proxied=proxy,
    )
    server = make_server(
        make_app(place, settings), settings, certificate=certificate, key=key, proxy=proxy
    )
    if demo and scans:
        # The pages that come with it are there at once; a scan takes a minute to read.
        threading.Thread(target=samples.add_scan, args=(place,), daemon=True).start()
    scheme = "https" if certificate is not None else "http"
    shown = f"[{host}]" if ":" in host and not host.startswith("[") else host
    address = f"{scheme}://{shown}:{port}/" + (f"open?token={token}" if token else "")
    return Ready(address, place, server, listener)


def _somebody_can_sign_in(archive: Archive) -> None:
    if not any(user.password and user.active for user in people.list_users(archive)):
        raise UsageError(
            ("Nobody could sign in: there are no users.", "尚无可登录的用户。"),
            (
                "Add one: digitise users add ARCHIVE NAME --role administrator",
                "请添加：digitise users add 档案库 用户名 --role administrator",
            ),
        )
