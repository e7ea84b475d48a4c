"""What other systems made of an issue -> issue.json, to be corrected and exported again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .errors import DigitiseError, InputMissing, InputUnreadable
from .formats.exports.altoissue import read_alto_pages
from .formats.exports.hocrread import read_hocr_pages
from .formats.exports.metsread import read_mets
from .formats.exports.pageread import read_page_files
from .formats.exports.sniffing import Kind, kind_of
from .formats.write import check_writable, write_issue
from .model import Issue, Page, PageFile
from .origins import keep_origins
from .sources import natural_key

_SUFFIXES = frozenset({".xml", ".alto", ".mets", ".page", ".hocr", ".html", ".htm", ".xhtml"})
_IMAGES = (".tif", ".tiff", ".jpg", ".jpeg", ".png", ".jp2", ".webp", ".bmp", ".pdf")
_HEAD = 65_536
_LARGEST = 500_000_000


@dataclass(frozen=True, slots=True)
class Imported:
    """One issue as it was imported to `folder`, or why it was not. `unread` are files in its
    place that are none of the formats."""

    place: Path
    kind: Kind | None = None
    issue: Issue | None = None
    folder: Path | None = None
    unread: int = 0
    error: DigitiseError | None = None


def import_issues(
    places: Sequence[Path],
    out: Path,
    *,
    issue_id: str = "",
    progress: Callable[[Imported], None] | None = None,
) -> list[Imported]:
    """Reads METS with ALTO, ALTO, PAGE and hOCR and writes each issue to OUT/<issue-id>/.

    Each METS file is an issue; so are the other files of one format in one folder, and a file
    named by itself. An issue that fails costs that issue alone. Raises OutputUnwritable.
    """
    check_writable(out)
    results: list[Imported] = []
    for place in places:
        for result in _import(place, out, issue_id):
            results.append(result)
            if progress is not None:
                progress(result)
    return results


def _import(place: Path, out: Path, issue_id: str) -> Iterator[Imported]:
    try:
        groups, unread = _groups(place)
    except DigitiseError as error:
        yield Imported(place, error=error)
        return
    for kind, files in groups:
        at = files[0] if len(files) == 1 else files[0].parent
        try:
            issue = read_files(kind, files)
            if issue_id:
                issue = replace(issue, id=issue_id)
            issue, known = _with_files(issue, files[0].parent)
            folder = write_issue(issue, out)
            keep_origins(folder, known)
            yield Imported(at, kind, issue, folder, unread)
        except DigitiseError as error:
            yield Imported(at, kind, unread=unread, error=error)


def read_files(kind: Kind, files: Sequence[Path]) -> Issue:
    """The issue in files of one format: one METS file, or one file a page. Raises DataInvalid,
    InputMissing, InputUnreadable."""
    if kind == "mets":
        folder = files[0].parent
        return read_mets(_bytes(files[0]), files[0].name, lambda path: _beside(folder, path))
    named = [(path.name, _bytes(path)) for path in files]
    name = files[0].stem if len(files) == 1 else files[0].absolute().parent.name
    if kind == "alto":
        return read_alto_pages(named, name)
    return read_page_files(named, name) if kind == "page" else read_hocr_pages(named, name)


def _groups(place: Path) -> tuple[list[tuple[Kind, list[Path]]], int]:
    """What is to be imported at `place`, and how many files there are nothing of the kind."""
    if place.is_file():
        kind = kind_of(_bytes(place, _HEAD))
        if kind is None:
            raise InputUnreadable(
                (
                    f"{place}: this is no METS, ALTO, PAGE or hOCR file.",
                    f"{place}：这不是 METS、ALTO、PAGE 或 hOCR 文件。",
                ),
                ("Give a file that one of these begins.", "请给出其中一种格式的文件。"),
            )
        return [(kind, [place])], 0
    if not place.is_dir():
        raise InputMissing(
            (f"{place}: no such file or folder.", f"{place}：没有这个文件或文件夹。"),
            ("Check the path and its spelling.", "请检查路径和文件名。"),
        )
    found: dict[tuple[Path, Kind], list[Path]] = {}
    unread = 0
    for path in sorted(place.rglob("*"), key=lambda p: natural_key(str(p))):
        if path.suffix.lower() in _SUFFIXES and path.is_file():
            kind = kind_of(_bytes(path, _HEAD))
            if kind is None:
                unread += 1
            else:
                found.setdefault((path.parent, kind), []).append(path)
    mets: list[tuple[Kind, list[Path]]] = [
        (kind, [path]) for (_, kind), paths in found.items() if kind == "mets" for path in paths
    ]
    if mets:  # the rest is what they refer to
        return mets, 0
    if not found:
        raise InputMissing(
            (
                f"{place}: holds no METS, ALTO, PAGE or hOCR file.",
                f"{place}：其中没有 METS、ALTO、PAGE 或 hOCR 文件。",
            ),
            ("Give the folder that holds them.", "请给出存放这些文件的文件夹。"),
        )
    return [(kind, paths) for (_, kind), paths in found.items()], unread


def _bytes(path: Path, most: int = -1) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise OSError("too large")
        with path.open("rb") as stream:
            return stream.read(most)
    except OSError as error:
        raise InputUnreadable(
            (f"{path}: the file cannot be opened for reading.", f"{path}：文件无法打开读取。"),
            ("Check the permissions of the file.", "请检查文件权限。"),
        ) from error


def _beside(folder: Path, name: str) -> bytes | None:
    """A file that a METS document refers to, in its folder and nowhere else."""
    path = _within(folder, name)
    return None if path is None else _bytes(path)


def _within(folder: Path, name: str) -> Path | None:
    base = folder.resolve()
    try:
        path = (base / name).resolve()
        if name and path.is_relative_to(base) and path.is_file():
            return path
    except (OSError, ValueError):
        return None
    return None


def _with_files(issue: Issue, folder: Path) -> tuple[Issue, list[tuple[PageFile | None, Path]]]:
    """The issue with the digest of each page's picture where it lies beside, and those paths."""
    digests = {
        _digest(path): path
        for name in ("images", "original", ".")
        for path in sorted((folder / name).glob("*"))
        if path.suffix.lower() in _IMAGES and path.is_file()
    }
    pages: list[Page] = []
    known: list[tuple[PageFile | None, Path]] = []
    for page in issue.pages:
        file = page.file
        if file is None and page.source:
            near = _within(folder, page.source)
            if near is not None and near.suffix.lower() in _IMAGES:
                file = PageFile(near.name, sha256=_digest(near))
                digests.setdefault(file.sha256, near)
        if file is not None and file.sha256 in digests:
            known.append((file, digests[file.sha256]))
        pages.append(replace(page, file=file))
    return replace(issue, pages=tuple(pages)), known


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def exit_code(results: Sequence[Imported]) -> int:
    """0: all is well; 20: some issues failed; the failure's own code when every one did."""
    errors = [result.error for result in results if result.error is not None]
    if not errors:
        return 0
    return errors[0].exit_code if len(errors) == len(results) else 20
