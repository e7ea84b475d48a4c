"""An issue as files: the output contract of `digitise run ... -o OUT`.

Every file appears whole or not at all: it is written beside its place, flushed to the disk and
renamed. issue.json comes last, so that where it is, the rest is. Files that belong together are
flushed together: the disk is waited for once, and not for each of them.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from pathlib import Path

from ..errors import DataInvalid, OutputUnwritable
from ..model import Issue
from .issue_json import dump_issue
from .markdown import article_markdown
from .plain import issue_text, page_text

_OWN_FILES = {
    "pages": re.compile(r"p\d{4,}\.txt"),
    "articles": re.compile(r"\d{3,}\.md"),
    "overlays": re.compile(r"p\d{4,}\.png"),
}


def write_issue(issue: Issue, out: Path, overlays: Mapping[str, bytes] | None = None) -> Path:
    """Writes OUT/<issue-id>/: issue.json, issue.txt, pages/<page-id>.txt, articles/<nnn>.md,
    and overlays/<page-id>.png from `overlays`, PNG bytes by page id. Returns that folder.

    Pages, articles and overlays of an earlier run that this issue has no more are removed; other
    files are left alone. Raises OutputUnwritable; DataInvalid when an id cannot be a file name.
    """
    folder = issue_folder(out, issue.id)
    files: dict[str, bytes] = {}
    for page in issue.pages:
        text = page_text(page, issue.articles)
        files[f"pages/{_file_name(page.id)}.txt"] = text.encode("utf-8")
    for name, article in zip(article_names(issue), issue.articles, strict=True):
        files[f"articles/{name}.md"] = article_markdown(article, issue).encode("utf-8")
    for page_id, png in (overlays or {}).items():
        files[f"overlays/{_file_name(page_id)}.png"] = png
    files["issue.txt"] = issue_text(issue).encode("utf-8")
    files["issue.json"] = dump_issue(issue)
    write_files({folder / name: data for name, data in files.items()})
    _remove_stale(folder, files)
    return folder


def issue_folder(out: Path, issue_id: str) -> Path:
    """OUT/<issue-id>. DataInvalid when the id cannot be the name of a folder."""
    return out / _file_name(issue_id)


def article_names(issue: Issue) -> tuple[str, ...]:
    """For each article the <nnn> of its file: the digits of its id ("a001": "001"), or its place
    in the issue where ids have another form."""
    digits = [m.group(1) if (m := re.fullmatch(r"a(\d{3,})", a.id)) else "" for a in issue.articles]
    if all(digits) and len(set(digits)) == len(digits):
        return tuple(digits)
    return tuple(f"{number:03d}" for number in range(1, len(digits) + 1))


def write_bytes(path: Path, data: bytes) -> None:
    """Puts `data` at `path`, making its folders. Whole or not at all; raises OutputUnwritable."""
    write_files({path: data})


def write_files(files: Mapping[Path, bytes]) -> None:
    """Puts each of `files` at its path, making the folders, each whole or not at all. All have
    reached the disk before the first has its name, and they get their names in the order given.
    Raises OutputUnwritable; of files that had no name yet nothing is left then. Inside
    `flushing_later` they need not have reached the disk.
    """
    parts = {path: part_of(path) for path in files}
    named = set[Path]()
    try:
        for path in files:
            with _saying(path):
                path.parent.mkdir(parents=True, exist_ok=True)
        for path, data in files.items():
            with _saying(path):
                parts[path].write_bytes(data)
        if not _later.get():
            _flush([(parts[path], path) for path in files])
        for path, part in parts.items():
            with _saying(path):
                part.replace(path)
            named.add(path)
    except BaseException:
        # Ctrl-C between two writes must not leave half a file behind.
        for path in parts.keys() - named:
            with contextlib.suppress(OSError):
                parts[path].unlink()
        raise


def part_of(path: Path) -> Path:
    """What a file is called while this thread writes it."""
    return path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.part")


_AT_ONCE = 8
_later: ContextVar[bool] = ContextVar("_later", default=False)


@contextlib.contextmanager
def flushing_later() -> Iterator[None]:
    """What is written inside is still whole or not at all to every other process, but not yet
    safe from a power cut: whoever is told of it sees to that with `flush`, before anything relies
    on it. So a process that could go on does not wait for the disk."""
    token = _later.set(True)
    try:
        yield
    finally:
        _later.reset(token)


def flush(paths: Iterable[Path]) -> None:
    """Waits until files have reached the disk. Raises OutputUnwritable, also for one that is not
    there."""
    _flush([(path, path) for path in paths])


def _flush(files: list[tuple[Path, Path]]) -> None:
    """`files`: where each lies, and what it is called in a complaint."""
    if len(files) < 2:
        for given in files:
            _flush_one(given)
        return
    # Side by side, because each only waits: a disk flushes many files in the time of one.
    with ThreadPoolExecutor(min(_AT_ONCE, len(files))) as pool:
        for _ in pool.map(_flush_one, files):
            pass


def _flush_one(given: tuple[Path, Path]) -> None:
    path, called = given
    # Opened for writing: Windows flushes no other.
    with _saying(called), path.open("r+b") as file:
        os.fsync(file.fileno())


@contextlib.contextmanager
def _saying(path: Path) -> Iterator[None]:
    """What the system says when `path` is written becomes a sentence about it."""
    try:
        yield
    except OSError as error:
        raise unwritable(path, error) from error


def check_writable(out: Path) -> None:
    """Makes the folder `out` and tries a small file in it, before hours of work are spent.

    Raises OutputUnwritable.
    """
    probe = out / ".digitise-probe"
    try:
        write_bytes(probe, b"digitise\n")
    except OutputUnwritable as error:
        if isinstance(error.__cause__, OSError):
            # The user gave the folder and knows nothing of the small file.
            raise unwritable(out, error.__cause__) from error.__cause__
        raise
    with contextlib.suppress(OSError):
        probe.unlink()


def unwritable(path: Path, error: OSError) -> OutputUnwritable:
    """The sentence for what the system said when `path` was written."""
    english, chinese, remedy_en, remedy_zh = _REASONS.get(
        error.errno or 0,
        (
            f"the system says: {error.strerror or error}",
            f"系统提示：{error.strerror or error}",
            "Choose another output folder with -o.",
            "请用 -o 另选输出文件夹。",
        ),
    )
    return OutputUnwritable(
        (f"Cannot write {path}: {english}.", f"无法写入 {path}：{chinese}。"),
        (remedy_en, remedy_zh),
    )


_DENIED = (
    "permission is denied",
    "没有写入权限",
    "Choose a folder you may write to with -o, or change its permissions.",
    "请用 -o 另选可写的文件夹，或修改其权限。",
)
_READ_ONLY = (
    "the file system is read-only",
    "文件系统为只读",
    "Choose a folder on another disk with -o.",
    "请用 -o 另选其他磁盘上的文件夹。",
)
_FULL = (
    "the disk is full",
    "磁盘已满",
    "Free some space and run the same command again: finished pages are kept.",
    "请腾出空间后重新运行同一命令，已完成的页不会重做。",
)
_LIMIT = (
    "the file would be larger than the system allows",
    "文件超过系统允许的大小",
    "Raise the limit (ulimit -f) or choose another disk with -o.",
    "请提高限制（ulimit -f），或用 -o 另选其他磁盘。",
)
_IN_THE_WAY = (
    "a file stands where a folder is needed, or a folder where a file is",
    "应为文件夹处有同名文件，或应为文件处有同名文件夹",
    "Move it away or choose another output folder with -o.",
    "请移走它，或用 -o 另选输出文件夹。",
)
_TOO_LONG = (
    "the name is too long for the file system",
    "名称过长，文件系统不支持",
    "Choose a shorter output folder with -o.",
    "请用 -o 另选路径较短的文件夹。",
)
_REASONS = {
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EROFS: _READ_ONLY,
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _LIMIT,
    errno.ENOTDIR: _IN_THE_WAY,
    errno.EEXIST: _IN_THE_WAY,
    errno.EISDIR: _IN_THE_WAY,
    errno.ENAMETOOLONG: _TOO_LONG,
}


def _file_name(identifier: str) -> str:
    if identifier in ("", ".", "..") or re.search(r"[\x00-\x1f/\\]", identifier):
        raise DataInvalid(
            (
                f"The id {identifier!r} cannot be the name of a file.",
                f"编号 {identifier!r} 不能用作文件名。",
            ),
            ("Give an id without slashes.", "请使用不含斜杠的编号。"),
        )
    return identifier


def _remove_stale(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, pattern in _OWN_FILES.items():
        place = folder / name
        if not place.is_dir():
            continue
        for path in sorted(place.iterdir()):
            if pattern.fullmatch(path.name) and f"{name}/{path.name}" not in files:
                try:
                    path.unlink()
                except OSError as error:
                    raise unwritable(path, error) from error
