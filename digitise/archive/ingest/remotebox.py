"""An inbox at an fsspec address."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from ...formats.write import unwritable
from ..remote import file_system
from ..store import sha256_of
from .inbox import Inbox, gone, junk, unreadable
from .ledger import Source


@dataclass(frozen=True, slots=True)
class RemoteInbox:
    address: str
    system: Any
    base: str

    def _at(self, name: str) -> str:
        return f"{self.base}/{name}"

    def files(self) -> Iterator[Source]:
        self.system.invalidate_cache()
        found = self.system.find(self.base, detail=True)
        for path in sorted(found):
            name = path.split(f"{self.base}/", 1)[-1]
            if not junk(PurePosixPath(name).parts):
                yield _source(name, found[path])

    def look(self, name: str) -> Source | None:
        self.system.invalidate_cache()
        try:
            return _source(name, self.system.info(self._at(name)))
        except (OSError, KeyError):
            return None

    def head(self, name: str) -> bytes:
        try:
            data: bytes = self.system.cat_file(self._at(name), start=0, end=1024)
        except FileNotFoundError as error:
            raise gone(name) from error
        except Exception as error:  # each kind of address has errors of its own
            raise unreadable(name, error) from error
        return data

    def fetch(self, source: Source, target: Path) -> str:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unwritable(target, error) from error
        try:
            self.system.get_file(self._at(source.name), str(target))
        except FileNotFoundError as error:
            raise gone(source.name) from error
        except Exception as error:  # as above
            raise unreadable(source.name, error) from error
        return sha256_of(target)

    def sha256(self, source: Source) -> str:
        digest = hashlib.sha256()
        try:
            with self.system.open(self._at(source.name), "rb") as stream:
                while block := stream.read(1 << 20):
                    digest.update(block)
        except Exception:  # as above: the file is then fetched, which says what is the matter
            return ""
        return digest.hexdigest() if self.look(source.name) == source else ""

    def written(self) -> frozenset[str]:
        return frozenset()  # an object appears when its upload has ended

    def remove(self, source: Source) -> None:
        if self.look(source.name) == source:
            with contextlib.suppress(Exception):
                self.system.rm_file(self._at(source.name))


def _source(name: str, info: dict[str, Any]) -> Source:
    """What tells a new content of the same name: its time, or the store's own mark of it."""
    for key in ("LastModified", "mtime", "modified", "created"):
        value = info.get(key)
        if isinstance(value, datetime):
            return Source(name, int(info["size"]), int(value.timestamp() * 1e9))
        if isinstance(value, int | float):
            return Source(name, int(info["size"]), int(value * 1e9))
    mark = str(info.get("ETag") or info.get("etag") or info.get("md5Hash") or "")
    number = int(hashlib.sha256(mark.encode()).hexdigest()[:12], 16) if mark else 0
    return Source(name, int(info["size"]), number)


def open_remote_inbox(address: str) -> Inbox:
    """Raises UsageError when what it needs for this kind of address is not installed."""
    system, base = file_system(address)
    return RemoteInbox(address.rstrip("/"), system, base)
