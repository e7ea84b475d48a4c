"""Issues that were read -> the formats that libraries ask for.

Here is the IO round `formats.exports`: issue.json read, each page's picture found or made, the
files written, one issue after the other, so that memory does not grow with their number.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from . import __version__
from .errors import DigitiseError, InputMissing, UsageError
from .formats.exports import FORMATS, SCREEN, Bundle, PageImage, Settings, SourceFile, produce
from .formats.exports.registry import (
    PDFS,
    bagged,
    beside,
    in_order,
    needs_images,
    needs_screens,
)
from .formats.exports.xmlkit import xml_ids
from .formats.issue_json import load_issue
from .formats.write import check_writable, issue_folder, unwritable, write_bytes
from .model import Issue, Page
from .options import Options
from .origins import origins
from .sources import PageRef, content_digest, expand, natural_key, page_picture, read_bytes
from .sources.inputs import sniff
from .sources.pictures import SUFFIXES

Find = Callable[[Page], PageRef | None]
"""Where the file of a page is; None where it is nowhere to be found."""


@dataclass(frozen=True, slots=True)
class Exported:
    """One issue as it was exported to `folder`, with the number of files; `missing` are pages
    whose picture was wanted and not found. With an `error` nothing of it is to be relied on."""

    place: Path
    id: str = ""
    folder: Path | None = None
    files: int = 0
    missing: tuple[str, ...] = ()
    error: DigitiseError | None = None


def export(
    places: Sequence[Path],
    names: Sequence[str],
    out: Path,
    settings: Settings | None = None,
    *,
    images: Sequence[Path] = (),
    options: Options | None = None,
    progress: Callable[[Exported], None] | None = None,
) -> list[Exported]:
    """Writes each issue's formats to OUT/<issue-id>/.

    `places` are output folders of `digitise run`, folders of such folders, or issue.json files;
    `images` are files and folders to look for page images in, beside those noted when the issue
    was read. An issue that fails costs that issue alone. Raises UsageError for an unknown
    format, InputMissing when there is no issue at all, OutputUnwritable.
    """
    check_names(names)
    found = [issue for place in places for issue in issue_files(place)]
    check_writable(out)
    results: list[Exported] = []
    for path in found:
        try:
            issue = load_issue(path.read_bytes(), str(path))
            folder = issue_folder(out, issue.id)
            result = export_issue(
                issue, names, folder, finder(issue, path.parent, images), settings, options
            )
        except DigitiseError as error:
            result = Exported(path, error=error)
        except OSError as error:
            missing = _missing(path)
            missing.__cause__ = error
            result = Exported(path, error=missing)
        results.append(result)
        if progress is not None:
            progress(result)
    return results


def export_issue(
    issue: Issue,
    names: Sequence[str],
    folder: Path,
    find: Find,
    settings: Settings | None = None,
    options: Options | None = None,
    *,
    corrected: bool | None = None,
) -> Exported:
    """Writes one issue's formats below `folder`. `corrected`: people corrected the text; where
    it is None the pages' steps tell. Raises what the formats and the sources raise."""
    settings = settings or Settings()
    with tempfile.TemporaryDirectory(prefix="digitise-") as scratch:
        every = [*names, *(bagged(settings) if "bagit" in names else ())]
        wanted = needs_images(every, settings.images)
        bundle = bundle_of(
            issue, find, Path(scratch), settings, options, images=wanted,
            screens=needs_screens(every), corrected=corrected,
        )  # fmt: skip
        written: dict[str, tuple[str, ...]] = {}
        done: set[str] = set()
        bundle = replace(bundle, written=written, folder=folder)
        for form in in_order(names):
            own = []
            for name, data in produce(bundle, [form]):
                if name not in done:
                    write_bytes(folder / name, data)
                    done.add(name)
                own.append(name)
                if form in PDFS:
                    bundle = replace(bundle, beside=(*bundle.beside, beside(form, name, data)))
            written[form] = tuple(own)
        if "bagit" in names:
            _remove_stale(folder, "bag", done)
        missing = tuple(p.id for p in bundle.pages if wanted and bundle.image(p) is None)
    return Exported(folder, issue.id, folder, len(done), missing)


def _remove_stale(folder: Path, part: str, written: Set[str]) -> None:
    """Files of an earlier export below `part`: a bag with more than it lists is not valid.
    Raises OutputUnwritable."""
    for path in sorted((folder / part).rglob("*")):
        if path.is_file() and path.relative_to(folder).as_posix() not in written:
            try:
                path.unlink()
            except OSError as error:
                raise unwritable(path, error) from error


def bundle_of(
    issue: Issue,
    find: Find,
    scratch: Path,
    settings: Settings | None = None,
    options: Options | None = None,
    *,
    images: bool = True,
    screens: bool = True,
    corrected: bool | None = None,
) -> Bundle:
    """Everything about the issue that a format may want; pictures that have to be made are put
    in the folder `scratch`, with `screens` also small ones of them. `images` False leaves the
    pictures alone."""
    options = options or Options()
    refs = {page.id: find(page) for page in issue.pages if not page.error}
    pictures: dict[str, PageImage] = {}
    names = xml_ids(issue)
    for page in issue.pages if images else ():
        ref = refs.get(page.id)
        if ref is not None and page.width and page.height:
            pictures[page.id] = _picture(page, ref, scratch, options, screens, names[page.id,])
    if corrected is None:
        corrected = any(step.name == "correction" for p in issue.pages for step in p.steps)
    return Bundle(
        issue,
        MappingProxyType(pictures),
        _sources(issue, refs, scratch) if images else (),
        corrected,
        version=__version__,
        date=epoch_date(os.environ),
        settings=settings or Settings(),
    )


def exit_code(results: Sequence[Exported]) -> int:
    """0: all is well; 20: some issues failed; the failure's own code when every one did."""
    errors = [result.error for result in results if result.error is not None]
    if not errors:
        return 0
    return errors[0].exit_code if len(errors) == len(results) else 20


def check_names(names: Sequence[str]) -> None:
    """Raises UsageError for a format there is not."""
    for name in names:
        if name not in FORMATS:
            known = ", ".join(FORMATS)
            raise UsageError(
                (f"There is no format {name}.", f"没有 {name} 这种格式。"),
                (f"Choose among {known}.", f"可选：{known}。"),
            )


def issue_files(place: Path) -> list[Path]:
    """The issue.json files at `place`: itself, in it, or in its folders. Raises InputMissing."""
    if place.is_file():
        return [place]
    if (place / "issue.json").is_file():
        return [place / "issue.json"]
    found = sorted(place.glob("*/issue.json"), key=lambda path: natural_key(str(path)))
    if not found:
        raise _missing(place)
    return found


def epoch_date(environment: Mapping[str, str]) -> str:
    """ISO 8601 of SOURCE_DATE_EPOCH (seconds since 1970, reproducible-builds.org), or empty."""
    value = environment.get("SOURCE_DATE_EPOCH", "")
    if not re.fullmatch(r"\d{1,11}", value):
        return ""
    return datetime.fromtimestamp(int(value), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def finder(issue: Issue, folder: Path, images: Sequence[Path] = ()) -> Find:
    """Looks for a page's file among `images` and where the files lay when the issue in `folder`
    was read. A file is known by its content; where the issue does not say that, by its name, or
    as the only one in its place when there are as many pages given as the issue has.

    Raises InputMissing when nothing is at a path given.
    """
    given = expand(images, Options()) if images else ()
    noted = origins(folder)
    digests: dict[tuple[Path, str], str] = {}

    def digest(ref: PageRef) -> str:
        key = (ref.path, ref.member)
        if key not in digests:
            try:
                digests[key] = content_digest(ref)
            except DigitiseError:
                digests[key] = ""
        return digests[key]

    def find(page: Page) -> PageRef | None:
        file = page.file
        if file is None or not file.sha256:
            return _by_name(page, issue, given)
        for ref in given:
            if ref.index == file.index and digest(ref) == file.sha256:
                return ref
        path = noted.get(file.sha256)
        for candidate in (path, folder / file.name) if path else (folder / file.name,):
            there = _ref(page, candidate, file.member, file.index)
            if there is not None and digest(there) == file.sha256:
                return there
        return _by_name(page, issue, given)

    return find


def _by_name(page: Page, issue: Issue, given: Sequence[PageRef]) -> PageRef | None:
    names = [ref for ref in given if ref.source == page.source]
    stems = [ref for ref in given if Path(ref.member or ref.path.name).stem == page.id]
    if len(names) == 1:
        return names[0]
    if len(stems) == 1:
        return stems[0]
    return given[issue.pages.index(page)] if len(given) == len(issue.pages) else None


def _ref(page: Page, path: Path, member: str, index: int) -> PageRef | None:
    try:
        ref = PageRef(page.id, page.number, path, "image", index, member, str(path))
        with path.open("rb") as stream:
            head = stream.read(1024) if not member else read_bytes(ref)[:1024]
    except (OSError, DigitiseError):
        return None
    kind = sniff(head)
    return None if kind is None else PageRef(
        page.id, page.number, path, kind, index, member, str(path)
    )  # fmt: skip


def _picture(
    page: Page, ref: PageRef, scratch: Path, options: Options, screens: bool, name: str
) -> PageImage:
    picture = page_picture(ref, page.width, page.height, options, SCREEN if screens else None)
    path = ref.path
    made = scratch / f"{page.number:04d}-{hashlib.sha256(page.id.encode()).hexdigest()[:12]}"
    screen = None
    if picture.data is not None:
        path = made
        path.write_bytes(picture.data)
    if picture.small is not None:
        screen = made.with_suffix(".small")
        screen.write_bytes(picture.small)
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return PageImage(
        page.id, path, f"images/{name}{SUFFIXES[picture.mime]}", picture.mime, page.width,
        page.height, page.dpi, path.stat().st_size, digest, picture.rendered, screen,
    )  # fmt: skip


def _sources(
    issue: Issue, refs: Mapping[str, PageRef | None], scratch: Path
) -> tuple[SourceFile, ...]:
    """The files pages came from, each once, in the order of their first page."""
    pages: dict[tuple[Path, str], list[tuple[str, int]]] = {}
    kinds: dict[tuple[Path, str], PageRef] = {}
    for page in issue.pages:
        ref = refs.get(page.id)
        if ref is not None:
            pages.setdefault((ref.path, ref.member), []).append((page.id, ref.index))
            kinds.setdefault((ref.path, ref.member), ref)
    return tuple(
        _source(kinds[key], tuple(places), scratch / f"source-{number}")
        for number, (key, places) in enumerate(pages.items())
    )


def _source(ref: PageRef, pages: tuple[tuple[str, int], ...], unpacked: Path) -> SourceFile:
    path = ref.path
    if ref.member:
        path = unpacked
        path.write_bytes(read_bytes(ref))
    size = path.stat().st_size
    mime = "application/pdf" if ref.kind == "pdf" else _image_mime(ref)
    name = (ref.member or ref.path.name).encode("utf-8", "replace").decode("utf-8")
    return SourceFile(
        path, name.replace("\\", "/").rsplit("/", 1)[-1], ref.member, mime, size,
        content_digest(ref), pages,
    )  # fmt: skip


def _image_mime(ref: PageRef) -> str:
    suffix = Path(ref.member or ref.path.name).suffix.lower()
    other = {".jpeg": ".jpg", ".jpe": ".jpg", ".jfif": ".jpg", ".tiff": ".tif"}
    known = {suffix: mime for mime, suffix in SUFFIXES.items()}
    return known.get(other.get(suffix, suffix), "application/octet-stream")


def _missing(place: Path) -> InputMissing:
    return InputMissing(
        (f"{place}: no issue.json is there.", f"{place}：其中没有 issue.json。"),
        (
            "Give an output folder of digitise run, or an issue.json.",
            "请给出 digitise run 的输出文件夹，或一个 issue.json。",
        ),
    )
