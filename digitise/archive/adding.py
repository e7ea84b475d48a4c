"""Taking one issue into an archive by hand: from a finished `digitise run`, or from an Issue."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from .. import __version__
from ..errors import InputMissing
from ..formats.issue_json import dump_issue, load_issue
from ..formats.write import unwritable, write_issue
from ..model import Issue
from ..options import Options
from ..sources import PageRef, expand
from . import places
from .delivery import common_folder, content_digest
from .filing import Contents, Parcel, Place, put_in_place, reserve, settle
from .indexing import rows_of
from .library import Archive
from .records import PageSource, sha256
from .sketch import sketch, text_of
from .store import sha256_of
from .titles import load_profiles, slug_and_name


def add_run(archive: Archive, folder: Path, originals: Sequence[Path]) -> Place:
    """Takes in OUT/<issue-id>/ as `digitise run` wrote it, with the files it was made from.

    Raises InputMissing when there is no issue.json or no original, DataInvalid.
    """
    path = folder / "issue.json"
    try:
        issue = load_issue(path.read_bytes(), str(path))
    except OSError as error:
        raise InputMissing(
            (f"There is no issue.json in {folder}.", f"{folder} 中没有 issue.json。"),
            (
                "Name a folder that `digitise run` has written.",
                "请指定 digitise run 的输出文件夹。",
            ),
        ) from error
    return add_issue(archive, issue, originals, name=folder.name)


def add_issue(
    archive: Archive,
    issue: Issue,
    originals: Sequence[Path],
    *,
    name: str = "",
    edition: str = "",
    options: Options | None = None,
) -> Place:
    """Takes in an issue with the files it was read from, which are copied.

    Title and date are those of its masthead; `name` stands for a date that is not known. An
    issue that is there already gets a new version. Raises what sources.expand raises, and
    OutputUnwritable.
    """
    given = [Path(os.path.abspath(path)) for path in originals]  # noqa: PTH100
    refs = expand(given, options or Options())
    base = common_folder(refs)
    name = name or issue.id
    slug, title = slug_and_name(load_profiles(archive.store), issue)
    parcel = Parcel(
        slug=slug,
        title=title,
        date=issue.masthead.date,
        name=name,
        digest=content_digest(refs),
        sketch=tuple(sketch(text_of(issue))),
        edition=edition,
        cn=issue.masthead.cn,
        issn=issue.masthead.issn,
    )
    place = reserve(archive, parcel)
    issue = replace(issue, id=place.issue)
    with tempfile.TemporaryDirectory(dir=_staging(archive)) as temporary:
        staged = Path(temporary)
        files = _copies(refs, base, staged / "originals")
        contents = Contents(
            originals=files,
            checksums={name: sha256_of(path) for name, path in files.items()},
            made=write_made(issue, staged / "made"),
            pages=pages_read(issue, page_sources(refs, base)),
            complete=issue.complete,
            software=f"digitise {__version__}",
            options=made_with(options or Options()),
        )
        put_in_place(archive, parcel, place, contents)
    rows = rows_of(place.issue, issue)
    settle(archive, place, rows, sha256(dump_issue(issue)), contents.software)
    return place


def _staging(archive: Archive) -> Path | None:
    root = archive.store.root
    if root is None:
        return None
    folder = root / places.WORK / "tmp"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from error
    return folder


def write_made(issue: Issue, folder: Path) -> dict[str, Path]:
    """issue.json and what `digitise run` writes besides, as files below `folder` by the names
    that version.json gives them. Raises OutputUnwritable."""
    written = write_issue(issue, folder / "run")
    made: dict[str, Path] = {}
    for path in sorted(written.rglob("*")):
        if path.is_file():
            inside = path.relative_to(written).as_posix()
            made[inside if inside == "issue.json" else f"derived/{inside}"] = path
    return made


def page_sources(refs: Sequence[PageRef], base: Path) -> tuple[PageSource, ...]:
    return tuple(
        PageSource(ref.id, stored_name(ref.path, base), ref.kind, ref.index, ref.member)
        for ref in refs
    )


def pages_read(issue: Issue, sources: Sequence[PageSource]) -> tuple[PageSource, ...]:
    """Where each page of the issue was read: an opening is two pages of one picture, and those
    behind it have other ids than the pictures."""
    if {page.id for page in issue.pages} <= {source.id for source in sources}:
        return tuple(sources)
    out: list[PageSource] = []
    at = 0
    for page in issue.pages:
        file = page.file
        wanted = (file.name, file.member, file.index) if file else None
        for k in range(at, len(sources)):
            source = sources[k]
            if (PurePosixPath(source.file).name, source.member, source.index) == wanted:
                out.append(replace(source, id=page.id))
                at = k
                break
    return tuple(out) or tuple(sources)


def stored_name(path: Path, base: Path) -> str:
    """A file's name below originals/<d>/, in characters that a JSON file can hold."""
    name = path.relative_to(base).as_posix()
    return str(PurePosixPath(name.encode("utf-8", "replace").decode("utf-8")))


def made_with(options: Options) -> dict[str, str]:
    return {
        "engine": options.engine,
        "lang": options.lang,
        "text_layer": options.text_layer,
        "dpi": str(options.dpi),
        "max_pixels": str(options.max_pixels),
    }


def _copies(refs: Sequence[PageRef], base: Path, folder: Path) -> dict[str, Path]:
    out: dict[str, Path] = {}
    for ref in refs:
        name = stored_name(ref.path, base)
        if name in out:
            continue
        target = folder / name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ref.path, target)
        except OSError as error:
            raise unwritable(target, error) from error
        out[name] = target
    return out
