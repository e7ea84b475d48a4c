"""How a workbench is set up; chosen once, passed on whole."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class Settings:
    """`token`: opens the workbench once on this machine without sign-in; empty: nobody gets in
    without. `cache`: where tiles are kept. `body`: the longest request in bytes; `patience`:
    seconds a client may take to send one. `public`: reached from other machines;
    `proxied`: through a server in front; `secure`: by HTTPS."""

    cache: Path
    host: str = "127.0.0.1"
    port: int = 8765
    language: Literal["en", "zh"] = "zh"
    demo: bool = False
    token: str = ""
    body: int = 1 << 20
    patience: float = 20.0
    claim_seconds: float = 900.0
    secure: bool = False
    proxied: bool = False
    tidy: bool = True

    @property
    def public(self) -> bool:
        return self.proxied or not is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """Whether an address is this machine's own and nobody else's."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
