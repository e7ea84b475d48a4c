"""Where an archive's files lie: a folder, or any address fsspec knows.

A key is a relative path with slashes. Everything is written whole or not at all, and nothing
here knows what the files mean (places.py does).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from ..errors import InputMissing, UsageError
from ..formats.write import part_of, unwritable, write_bytes

_BLOCK = 1 << 20


class Store(Protocol):
    """An archive's files by key. Reading what is not there raises InputMissing, writing
    OutputUnwritable."""

    @property
    def address(self) -> str:
        """What the user calls it."""
        ...

    @property
    def root(self) -> Path | None:
        """The folder, when there is one on this machine."""
        ...

    def read(self, key: str) -> bytes: ...
    def local(self, key: str) -> Path:
        """A file on this machine with that content, to be read only."""
        ...

    def exists(self, key: str) -> bool: ...
    def size(self, key: str) -> int: ...
    def sha256(self, key: str) -> str: ...
    def changed_at(self, key: str) -> float:
        """When the file was written, in seconds since 1970."""
        ...

    def put(self, key: str, data: bytes) -> None: ...
    def place(self, source: Path, key: str) -> None:
        """Takes the file `source` into the store; it is gone from where it was. When the key is
        there already and `source` is not, that is fine: it was placed before. What must outlast a
        power cut is to be flushed afterwards."""
        ...

    def flush(self, keys: Iterable[str]) -> None:
        """Has the names of files that were placed reach the disk."""
        ...

    def remove(self, key: str) -> None: ...
    def keys(self, prefix: str = "") -> Iterator[str]:
        """All keys below a folder, in order."""
        ...

    def names(self, prefix: str = "") -> tuple[str, ...]:
        """The files and folders directly in a folder, in order; empty when there is none."""
        ...

    def sweep(self, prefix: str) -> None:
        """Removes from a folder, and those in it, what killed processes left half written."""
        ...


@dataclass(frozen=True, slots=True)
class LocalStore:
    folder: Path

    @property
    def address(self) -> str:
        return str(self.folder)

    @property
    def root(self) -> Path | None:
        return self.folder

    def path(self, key: str) -> Path:
        """The file of a key. ValueError for a key that leaves the archive."""
        return self.folder / checked(key)

    def read(self, key: str) -> bytes:
        try:
            return self.path(key).read_bytes()
        except OSError as error:
            raise gone(f"{self.folder}/{key}") from error

    def local(self, key: str) -> Path:
        path = self.path(key)
        if not path.is_file():
            raise gone(str(path))
        return path

    def exists(self, key: str) -> bool:
        return self.path(key).is_file()

    def size(self, key: str) -> int:
        return self._stat(key).st_size

    def changed_at(self, key: str) -> float:
        return self._stat(key).st_mtime

    def _stat(self, key: str) -> os.stat_result:
        try:
            return self.path(key).stat()
        except OSError as error:
            raise gone(f"{self.folder}/{key}") from error

    def sha256(self, key: str) -> str:
        return sha256_of(self.local(key))

    def put(self, key: str, data: bytes) -> None:
        write_bytes(self.path(key), data)

    def place(self, source: Path, key: str) -> None:
        target = self.path(key)
        if not source.exists() and target.is_file():
            return
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                source.replace(target)
            except OSError:
                if not source.exists():
                    raise
                copy_whole(source, target)  # from another disk
                source.unlink()
        except OSError as error:
            raise unwritable(target, error) from error

    def flush(self, keys: Iterable[str]) -> None:
        for folder in dict.fromkeys(self.path(key).parent for key in keys):
            sync_folder(folder)

    def remove(self, key: str) -> None:
        with contextlib.suppress(FileNotFoundError):
            self.path(key).unlink()

    def keys(self, prefix: str = "") -> Iterator[str]:
        base = self.path(prefix) if prefix else self.folder
        for folder, folders, names in os.walk(base):
            folders.sort()
            for name in sorted(names):
                yield (Path(folder) / name).relative_to(self.folder).as_posix()

    def names(self, prefix: str = "") -> tuple[str, ...]:
        base = self.path(prefix) if prefix else self.folder
        try:
            return tuple(sorted(entry.name for entry in base.iterdir()))
        except (FileNotFoundError, NotADirectoryError):
            return ()

    def sweep(self, prefix: str) -> None:
        base = self.path(prefix)
        for part in base.rglob(".*.part") if base.is_dir() else ():
            # Names of parts: formats.write.part_of.
            if f".{os.getpid()}-" not in part.name:
                with contextlib.suppress(OSError):
                    part.unlink()


def open_store(address: str | Path) -> Store:
    """The store at a folder or at an fsspec address ("s3://bucket/archive", "memory://a").

    Raises UsageError for an address whose kind is not installed.
    """
    text = str(address)
    if is_remote(text):
        from .remote import open_remote

        return open_remote(text)
    if text.startswith("file://"):
        text = text.removeprefix("file://")
    if not text:
        raise UsageError(
            ("No archive is named.", "没有指定档案库。"),
            ("Name its folder with --archive.", "请用 --archive 指定其文件夹。"),
        )
    return LocalStore(Path(os.path.abspath(text)))  # noqa: PTH100 - links keep their names


def is_remote(address: str) -> bool:
    """Whether it is an address of another machine rather than a path."""
    kind, marks, _ = address.partition("://")
    return bool(marks) and kind != "file" and len(kind) > 1


def checked(key: str) -> str:
    """The key itself; ValueError when it is absolute or climbs out of the archive."""
    pure = PurePosixPath(key)
    if pure.is_absolute() or ".." in pure.parts or "\0" in key:
        raise ValueError(f"not a key: {key!r}")
    return key


def gone(name: str) -> InputMissing:
    """The sentence for a file that should be there."""
    return InputMissing(
        (f"{name} is not there or cannot be read.", f"{name} 不存在或无法读取。"),
        ("Run `digitise archive check`.", "请运行 digitise archive check。"),
    )


def sha256_of(path: Path) -> str:
    """A file's checksum in hexadecimal. OSError when it cannot be read."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def copy_whole(source: Path, target: Path) -> str:
    """Copies a file whole or not at all, flushed to the disk; gives the sha256 of what was
    written. OSError when it cannot be."""
    part = part_of(target)
    digest = hashlib.sha256()
    try:
        with source.open("rb") as given, part.open("wb") as taken:
            while block := given.read(_BLOCK):
                digest.update(block)
                taken.write(block)
            taken.flush()
            os.fsync(taken.fileno())
        part.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
    return digest.hexdigest()


def sync_folder(folder: Path) -> None:
    """Has the names in a folder reach the disk, where the system can do that."""
    with contextlib.suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def remove_tree(folder: Path) -> None:
    """Removes a folder of our own with all in it; nothing happens when it is not there."""
    shutil.rmtree(folder, ignore_errors=True)
