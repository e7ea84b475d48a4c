"""The drop folder: what lies in it, and what is still being written."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from ...errors import InputMissing, InputUnreadable
from ...formats.write import unwritable
from ...sources.inputs import sniff
from ..store import copy_whole, is_remote, sha256_of
from .ledger import Source

_JUNK = frozenset({"thumbs.db", "desktop.ini", "__macosx", "@eadir", "lost+found"})


class Inbox(Protocol):
    @property
    def address(self) -> str:
        """Its name in the ledger."""
        ...

    def files(self) -> Iterator[Source]:
        """Every file in it that is not the system's own, by name."""
        ...

    def head(self, name: str) -> bytes:
        """Its first kilobyte. InputMissing, InputUnreadable."""
        ...

    def fetch(self, source: Source, target: Path) -> str:
        """Copies a file to this machine and gives its sha256. InputMissing when it has gone,
        InputUnreadable when it cannot be read, OutputUnwritable when `target` cannot be
        written."""
        ...

    def sha256(self, source: Source) -> str:
        """Of a file's content; empty when it cannot be read or has changed meanwhile."""
        ...

    def look(self, name: str) -> Source | None:
        """The file as it is now; None when it has gone."""
        ...

    def written(self) -> frozenset[str]:
        """Names of files that some process of this machine has open for writing."""
        ...

    def remove(self, source: Source) -> None:
        """Takes a file away that is safe in the archive, if it is still the same."""
        ...


def open_inbox(address: str | Path) -> Inbox:
    """Raises InputMissing when it is not there, UsageError for an address not understood."""
    text = str(address)
    if is_remote(text):
        from .remotebox import open_remote_inbox

        return open_remote_inbox(text)
    folder = Path(os.path.abspath(text.removeprefix("file://")))  # noqa: PTH100
    if not folder.is_dir():
        raise InputMissing(
            (f"There is no inbox {folder}.", f"收件文件夹 {folder} 不存在。"),
            ("Make the folder, or name another.", "请建立该文件夹，或另行指定。"),
        )
    return LocalInbox(str(folder), folder)


def junk(parts: tuple[str, ...]) -> bool:
    return any(
        part.startswith((".", "~$")) or part.casefold() in _JUNK
        # What browsers and copying programs call files that are not whole yet.
        or part.lower().endswith((".part", ".partial", ".crdownload", ".filepart", ".tmp"))
        for part in parts
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class LocalInbox:
    address: str
    folder: Path

    def files(self) -> Iterator[Source]:
        for base, folders, names in os.walk(self.folder):
            folders[:] = sorted(f for f in folders if not junk((f,)))
            for name in sorted(names):
                path = Path(base) / name
                if not junk((name,)) and (found := self._source(path)) is not None:
                    yield found

    def _source(self, path: Path) -> Source | None:
        try:
            status = path.stat()
        except OSError:
            return None  # it went while we looked, or is a link to nothing
        if not path.is_file():
            return None  # a pipe or a device is nothing to read
        name = path.relative_to(self.folder).as_posix()
        try:
            name.encode("utf-8")
        except UnicodeEncodeError:
            # The ledger holds text: bytes that are none are written as a URL does.
            name = "%bytes/" + os.fsencode(name).hex()
        return Source(name, status.st_size, status.st_mtime_ns)

    def path(self, name: str) -> Path:
        if name.startswith("%bytes/"):
            return self.folder / os.fsdecode(bytes.fromhex(name.removeprefix("%bytes/")))
        return self.folder / name

    def look(self, name: str) -> Source | None:
        return self._source(self.path(name))

    def head(self, name: str) -> bytes:
        try:
            with self.path(name).open("rb") as stream:
                return stream.read(1024)
        except FileNotFoundError as error:
            raise gone(name) from error
        except OSError as error:
            raise unreadable(name, error) from error

    def fetch(self, source: Source, target: Path) -> str:
        path = self.path(source.name)
        try:
            with path.open("rb"):
                pass
        except FileNotFoundError as error:
            raise gone(source.name) from error
        except OSError as error:
            raise unreadable(source.name, error) from error
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            return copy_whole(path, target)
        except OSError as error:
            if not path.exists():
                raise gone(source.name) from error
            raise unwritable(target, error) from error

    def sha256(self, source: Source) -> str:
        try:
            found = sha256_of(self.path(source.name))
        except OSError:
            return ""
        return found if self.look(source.name) == source else ""

    def written(self) -> frozenset[str]:
        if not sys.platform.startswith("linux"):
            return frozenset()
        found: set[str] = set()
        root = os.path.realpath(self.folder) + "/"
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                for handle in (process / "fd").iterdir():
                    with contextlib.suppress(OSError, ValueError):
                        target = os.readlink(handle)  # noqa: PTH115 - a Path would be tidied
                        if target.startswith(root) and _for_writing(process, handle.name):
                            found.add(target.removeprefix(root))
        return frozenset(found)

    def remove(self, source: Source) -> None:
        if self.look(source.name) != source:
            return
        path = self.path(source.name)
        with contextlib.suppress(OSError):
            path.unlink()
            folder = path.parent
            while folder != self.folder:
                folder.rmdir()  # fails, as it should, where something is left
                folder = folder.parent


def _for_writing(process: Path, handle: str) -> bool:
    for line in (process / "fdinfo" / handle).read_text("ascii").splitlines():
        if line.startswith("flags:"):
            return int(line.split()[1], 8) & os.O_ACCMODE != os.O_RDONLY
    return False


def kind(head: bytes, name: str) -> str:
    """ "page" for a PDF or an image, "zip", "" for anything else. A file whose name says that it
    is a page is taken for one, to be complained of when it is opened."""
    suffix = name.lower().rpartition(".")[2] if "." in name else ""
    if head.startswith(b"PK\x03\x04") or suffix == "zip":
        return "zip"
    return "page" if sniff(head) is not None or suffix in PAGE_SUFFIXES else ""


PAGE_SUFFIXES = frozenset(
    {"pdf", "tif", "tiff", "jpg", "jpeg", "jpe", "jfif", "png", "webp", "bmp"}
    | {"jp2", "j2k", "j2c", "jpc", "jpf", "jpx"}
)


def gone(name: str) -> InputMissing:
    return InputMissing(
        (f"{name} has gone from the inbox.", f"{name} 已从收件文件夹中消失。"),
        ("Deliver it again if it is needed.", "如有需要请重新送达。"),
    )


def unreadable(name: str, error: Any) -> InputUnreadable:
    why = getattr(error, "strerror", None) or " ".join(str(error).split())[:200]
    return InputUnreadable(
        (f"{name} cannot be read: {why}.", f"无法读取 {name}：{why}。"),
        ("See to its permissions and its disk.", "请检查其权限和所在磁盘。"),
    )
