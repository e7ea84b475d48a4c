"""Paths -> the pages of one issue, in order."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Literal

from ..errors import DigitiseError
from ..options import Options
from . import archives, complaints
from .naturalsort import natural_path_key

Kind = Literal["pdf", "image"]

MAX_PAGES = 2_000
_PDF_SUFFIXES = frozenset({".pdf"})
_IMAGE_SUFFIXES = frozenset(
    {".tif", ".tiff", ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".bmp"}
    | {".jp2", ".j2k", ".j2c", ".jpc", ".jpf", ".jpx"}
)
_SUFFIXES = _PDF_SUFFIXES | _IMAGE_SUFFIXES
_JUNK_NAMES = frozenset({"thumbs.db", "desktop.ini", "__macosx", "@eadir"})


@dataclass(frozen=True, slots=True)
class PageRef:
    """Where one page is. `number` counts the pages of the issue from 1, `index` the pages or
    frames of the file from 0; `member` is the name inside a ZIP or empty; `label` is for
    messages. Cheap, picklable, and says nothing about whether the page can be read."""

    id: str
    number: int
    path: Path
    kind: Kind
    index: int = 0
    member: str = ""
    label: str = ""

    @property
    def source(self) -> str:
        """The label without the folders above the file, which differ between machines."""
        name = f"{self.path.name}/{self.member}" if self.member else self.path.name
        page = f"#{self.index + 1}"
        return name + page if self.label.endswith(page) else name


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    member: str
    shown: str

    @property
    def label(self) -> str:
        return f"{self.path}/{self.shown}" if self.member else str(self.path)


def expand(paths: Sequence[Path], options: Options) -> tuple[PageRef, ...]:
    """The pages of one issue, in natural order, from files, folders and ZIP files.

    A file that cannot be read still gets its place, as one page that fails when it is loaded,
    so that one bad file never loses the others. When nothing at all can be read the first
    failure is raised: InputMissing, InputUnreadable, InputEncrypted or InputTooLarge.
    `options` is taken for symmetry; nothing in it changes which pages there are.
    """
    del options
    if not paths:
        raise complaints.nothing_inside("—")
    # One folder or file named twice (or a folder and a file in it) is one set of pages.
    seen: set[tuple[str, str]] = set()
    files: list[_File] = []
    problems: list[DigitiseError] = []
    for path in paths:
        found, problem = _files(path)
        if problem is not None:
            problems.append(problem)
        for file in found:
            key = (os.path.realpath(file.path), file.member)
            if key not in seen:
                seen.add(key)
                files.append(file)
    files.sort(key=lambda f: natural_path_key(f.label))
    refs: list[PageRef] = []
    good = 0
    for file in files:
        try:
            kind, count = _count(file)
            good += 1
        except DigitiseError as error:
            problems.append(error)
            kind, count = _kind_by_name(file.shown), 1
        if len(refs) + count > MAX_PAGES:
            raise complaints.too_many_pages(file.label, MAX_PAGES)
        refs += [
            PageRef("", 0, file.path, kind, index, file.member, _page_label(file, index, count))
            for index in range(count)
        ]
    if not good:
        raise problems[0] if problems else complaints.nothing_inside(str(paths[0]))
    return tuple(
        replace(ref, id=f"p{number:04d}", number=number) for number, ref in enumerate(refs, 1)
    )


def read_bytes(ref: PageRef) -> bytes:
    """The whole content of the page's file or ZIP member.

    Raises InputMissing, InputUnreadable, InputEncrypted or InputTooLarge.
    """
    return _read(ref.path, ref.member, ref.label)


def digest(ref: PageRef) -> str:
    """sha256, in hexadecimal, of the page's file content and its place in it.

    The same content gives the same digest wherever the file lies, so a second run knows which
    pages it has done. Raises what read_bytes raises.
    """
    content = content_digest(ref)
    return hashlib.sha256(f"{content}:{ref.kind}:{ref.index}".encode()).hexdigest()


def content_digest(ref: PageRef) -> str:
    """sha256, in hexadecimal, of the whole file or ZIP member. Raises what read_bytes raises."""
    return _content_digest(*_stamp(ref), str(ref.path), ref.member, ref.label)


def _stamp(ref: PageRef) -> tuple[int, int]:
    try:
        status = ref.path.stat()
    except OSError as error:
        raise complaints.missing(ref.label) from error
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=64)
def _content_digest(_time: int, _size: int, path: str, member: str, label: str) -> str:
    if member:
        return hashlib.sha256(archives.read_member(Path(path), member, label)).hexdigest()
    try:
        with Path(path).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise complaints.unreadable(label) from error


def _page_label(file: _File, index: int, count: int) -> str:
    return file.label if count == 1 else f"{file.label}#{index + 1}"


def _files(path: Path) -> tuple[list[_File], DigitiseError | None]:
    """The page files under one path given by the user, and why there are none, if so."""
    try:
        if path.is_dir():
            found = [_File(p, "", p.name) for p in _walk(path)]
            zips = [f for f in found if f.path.suffix.lower() == ".zip"]
            pages = [f for f in found if f.path.suffix.lower() != ".zip"]
            for file in zips:
                pages += _zip_files(file.path)
            return pages, None if pages else complaints.nothing_inside(str(path))
        if not path.exists():
            return [_File(path, "", path.name)], complaints.missing(str(path))
        if _is_zip(path):
            pages = _zip_files(path)
            return pages, None if pages else complaints.nothing_inside(str(path))
    except DigitiseError as error:
        return [], error
    except OSError as error:
        problem = complaints.unreadable(str(path))
        problem.__cause__ = error
        return [], problem
    return [_File(path, "", path.name)], None


def _is_zip(path: Path) -> bool:
    if path.suffix.lower() == ".zip" and path.stat().st_size:
        return True
    return _head(path, "", str(path))[:4] == b"PK\x03\x04"


def _zip_files(path: Path) -> list[_File]:
    pages: list[_File] = []
    for info in archives.members(path):
        shown = archives.shown_name(info)
        if _is_page_name(PurePosixPath(shown.replace("\\", "/")).parts):
            pages.append(_File(path, info.filename, shown))
    return pages


def _walk(folder: Path) -> Iterable[Path]:
    # os.walk does not follow links to folders, so a loop of links cannot catch it.
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not _is_junk(f))
        for name in sorted(names):
            if _is_page_name((name,)) or (name.lower().endswith(".zip") and not _is_junk(name)):
                yield Path(base) / name


def _is_junk(name: str) -> bool:
    return name.startswith((".", "~$", "._")) or name.casefold() in _JUNK_NAMES


def _is_page_name(parts: tuple[str, ...]) -> bool:
    if not parts or any(_is_junk(part) for part in parts):
        return False
    return PurePosixPath(parts[-1]).suffix.lower() in _SUFFIXES


def _kind_by_name(name: str) -> Kind:
    return "pdf" if PurePosixPath(name).suffix.lower() in _PDF_SUFFIXES else "image"


def sniff(head: bytes) -> Kind | None:
    """What a file is by its first kilobyte; None when it is nothing we read."""
    # A PDF may have junk before its header (ISO 32000-1, implementation note 13: first 1024).
    if b"%PDF-" in head[:1024]:
        return "pdf"
    signatures = (
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        b"II*\0",
        b"MM\0*",
        b"II+\0",
        b"MM\0+",
        b"\0\0\0\x0cjP  \r\n\x87\n",
        b"\xff\x4f\xff\x51",
        b"BM",
    )
    if head.startswith(signatures) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return "image"
    return None


def _head(path: Path, member: str, label: str) -> bytes:
    if member:
        return _read(path, member, label)[:1024]
    try:
        with Path(path).open("rb") as stream:
            return stream.read(1024)
    except FileNotFoundError as error:
        raise complaints.missing(label) from error
    except (OSError, ValueError) as error:
        raise complaints.unreadable(label) from error


def _read(path: Path, member: str, label: str) -> bytes:
    if member:
        data = archives.read_member(path, member, label)
    else:
        try:
            data = path.read_bytes()
        except FileNotFoundError as error:
            raise complaints.missing(label) from error
        except (OSError, ValueError) as error:
            raise complaints.unreadable(label) from error
    if not data:
        raise complaints.empty(label)
    return data


def _count(file: _File) -> tuple[Kind, int]:
    """What the file is and how many pages it has. Raises as expand does."""
    # Imported here: these modules import PageRef from this one.
    from .images import frame_count
    from .pdf import page_count

    if not file.member and file.path.is_file() and not file.path.stat().st_size:
        raise complaints.empty(file.label)
    head = _head(file.path, file.member, file.label)
    if not head:
        raise complaints.empty(file.label)
    kind = sniff(head)
    if kind is None:
        suffix = PurePosixPath(file.shown).suffix.lower()
        # A PDF whose header line is damaged can often still be repaired: let the reader decide.
        if suffix in _PDF_SUFFIXES and _looks_like_pdf(head):
            kind = "pdf"
        else:
            named = suffix.lstrip(".").upper() if suffix in _SUFFIXES else "PDF or image"
            raise complaints.wrong_kind(file.label, named)
    ref = PageRef("", 0, file.path, kind, 0, file.member, file.label)
    count = page_count(ref) if kind == "pdf" else frame_count(ref)
    return kind, count


def _looks_like_pdf(head: bytes) -> bool:
    return b"PDF" in head[:16] or b" obj" in head or b"\nxref" in head
