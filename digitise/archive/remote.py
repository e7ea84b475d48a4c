"""A store at an fsspec address: S3, SFTP, memory, and what else is installed.

Objects of such a store appear whole when their upload ends, which is all that is asked of them.
"""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import OutputUnwritable, UsageError
from .store import Store, checked, gone


@dataclass(frozen=True, slots=True)
class RemoteStore:
    """`system` is an fsspec file system, `base` the path in it, `cache` a folder on this machine
    where files are fetched to."""

    address: str
    system: Any
    base: str
    cache: Path

    @property
    def root(self) -> Path | None:
        return None

    def _at(self, key: str) -> str:
        return f"{self.base}/{checked(key)}" if key else self.base

    def read(self, key: str) -> bytes:
        try:
            data: bytes = self.system.cat_file(self._at(key))
        except (OSError, KeyError) as error:
            raise gone(f"{self.address}/{key}") from error
        return data

    def local(self, key: str) -> Path:
        from ..formats.write import write_bytes

        name = hashlib.sha256(f"{self.address}/{key}".encode()).hexdigest()[:16]
        target = self.cache / name / Path(key).name
        if not target.is_file() or target.stat().st_size != self.size(key):
            write_bytes(target, self.read(key))
        return target

    def exists(self, key: str) -> bool:
        self.system.invalidate_cache()
        return bool(self.system.isfile(self._at(key)))

    def size(self, key: str) -> int:
        return int(self._info(key)["size"])

    def changed_at(self, key: str) -> float:
        self._info(key)
        try:
            return float(self.system.modified(self._at(key)).timestamp())
        except (NotImplementedError, AttributeError):
            return 0.0

    def _info(self, key: str) -> dict[str, Any]:
        try:
            found: dict[str, Any] = self.system.info(self._at(key))
        except (OSError, KeyError) as error:
            raise gone(f"{self.address}/{key}") from error
        return found

    def sha256(self, key: str) -> str:
        try:
            with self.system.open(self._at(key), "rb") as stream:
                digest = hashlib.sha256()
                while block := stream.read(1 << 20):
                    digest.update(block)
        except (OSError, KeyError) as error:
            raise gone(f"{self.address}/{key}") from error
        return digest.hexdigest()

    def put(self, key: str, data: bytes) -> None:
        try:
            self._folders(key)
            self.system.pipe_file(self._at(key), data)
        except Exception as error:  # each kind of address has errors of its own
            raise self._refused(key, error) from error

    def place(self, source: Path, key: str) -> None:
        if not source.exists() and self.exists(key):
            return
        try:
            self._folders(key)
            self.system.put_file(str(source), self._at(key))
            self.system.invalidate_cache()
        except Exception as error:  # as above
            raise self._refused(key, error) from error
        source.unlink()

    def flush(self, keys: Iterable[str]) -> None:
        """An upload that has ended is there: nothing is to be done."""

    def _folders(self, key: str) -> None:
        self.system.makedirs(self._at(key).rpartition("/")[0], exist_ok=True)

    def _refused(self, key: str, error: Exception) -> OutputUnwritable:
        what = " ".join(str(error).split())[:200] or type(error).__name__
        where = f"{self.address}/{key}"
        return OutputUnwritable(
            (f"Cannot write {where}: {what}.", f"无法写入 {where}：{what}。"),
            (
                "Check the address, the credentials and the network.",
                "请检查地址、访问凭据和网络。",
            ),
        )

    def remove(self, key: str) -> None:
        with contextlib.suppress(FileNotFoundError, KeyError):
            self.system.rm_file(self._at(key))

    def keys(self, prefix: str = "") -> Iterator[str]:
        self.system.invalidate_cache()
        try:
            found = self.system.find(self._at(prefix.rstrip("/")))
        except FileNotFoundError:
            return
        for path in sorted(found):
            yield path.split(f"{self.base}/", 1)[-1]

    def names(self, prefix: str = "") -> tuple[str, ...]:
        self.system.invalidate_cache()
        try:
            found = self.system.ls(self._at(prefix.rstrip("/")), detail=False)
        except (FileNotFoundError, NotADirectoryError):
            return ()
        return tuple(sorted(path.rstrip("/").rpartition("/")[2] for path in found))

    def sweep(self, prefix: str) -> None:
        """An object appears when its upload has ended: there is nothing to remove."""


def file_system(address: str) -> tuple[Any, str]:
    """The fsspec file system of an address, and the path in it. Raises UsageError when fsspec,
    or what it needs for this kind of address, is missing."""
    kind = address.partition("://")[0]
    try:
        import fsspec

        system, base = fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise UsageError(
            (
                f"Addresses like {kind}:// need a package that is not installed ({error}).",
                f"使用 {kind}:// 地址需要尚未安装的软件包（{error}）。",
            ),
            (
                "Run: pip install 'digitise[cluster]' (for S3 also s3fs).",
                "请运行：pip install 'digitise[cluster]'（S3 另需 s3fs）。",
            ),
        ) from error
    return system, str(base).rstrip("/")


def open_remote(address: str) -> Store:
    """Raises UsageError as file_system does."""
    system, base = file_system(address)
    name = hashlib.sha256(address.encode()).hexdigest()[:12]
    cache = Path(tempfile.gettempdir()) / f"digitise-{name}"
    return RemoteStore(address.rstrip("/"), system, base, cache)
