"""What happens to pages and issues in a worker process: files others have sent are opened here
and nowhere else, so that a crash, a hang or a lack of memory costs one task."""

from __future__ import annotations

import contextlib
import ctypes
import os
import pickle
import re
import shutil
import signal
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ... import cache
from ...errors import DigitiseError, EngineFailed, InputMissing
from ...formats.issue_json import dump_issue, load_issue
from ...formats.write import flushing_later, write_bytes
from ...grouping import Batch
from ...jobs import Outcome
from ...model import Issue, Masthead
from ...options import Options
from ...pipeline import build_issue, read_page
from ...sources import PageRef, digest, expand
from ...text.calendar import find_dates
from ..adding import page_sources, write_made
from ..delivery import joint
from ..indexing import Rows, rows_of
from ..records import PageSource, sha256
from ..sketch import sketch, text_of
from ..titles import Profile, match_profile, sharpen, slug_and_name
from .crew import Task


def serve_task(task: Task) -> Any:
    """What a worker is asked: one of the functions below, by name."""
    _end_with_parent()
    _limit_memory(task.memory)
    with contextlib.nullcontext() if task.flushed else flushing_later():
        return _FUNCTIONS[task.name](task.given)


def ready(_given: None) -> None:
    """Loads what pages will need."""
    from ... import articles, layout  # noqa: F401
    from ...ocr import registry  # noqa: F401
    from ...sources import pdf  # noqa: F401


@dataclass(frozen=True, slots=True)
class Survey:
    """What a delivery holds: `digest` of its content; `digests` of its pages; `problems` in
    English, of files that are no pages though their names say so."""

    pages: tuple[PageSource, ...]
    digests: tuple[str, ...]
    digest: str


def survey(given: tuple[Path, tuple[Path, ...]]) -> Survey:
    """The pages of the files (all below the folder given first). Raises as sources.expand."""
    base, paths = given
    refs = expand(paths, Options())
    digests = [_digest(ref) for ref in refs]
    return Survey(page_sources(refs, base), tuple(digests), joint(digests))


def _digest(ref: PageRef) -> str:
    """Of the page; of its name where it cannot be read, which is enough to tell it by."""
    try:
        return digest(ref)
    except DigitiseError:
        return sha256(ref.source.encode("utf-8", "replace"))


def count(path: Path) -> int:
    """How many pages a file has; 0 when it is no page at all."""
    try:
        return len(expand((path,), Options()))
    except DigitiseError:
        return 0


@dataclass(frozen=True, slots=True)
class Reading:
    ref: PageRef
    options: Options
    keep: Path


def read(given: Reading) -> float:
    """Reads one page and keeps its sheet; gives the seconds it took."""
    start = time.monotonic()
    cache.store(given.keep, read_page(given.ref, given.options))
    _give_back()
    return time.monotonic() - start


@dataclass(frozen=True, slots=True)
class Making:
    """`failed`: reasons by page id; `sheets`: where the others lie; `name` of the delivery."""

    name: str
    refs: tuple[PageRef, ...]
    sheets: tuple[tuple[str, Path], ...]
    failed: tuple[tuple[str, DigitiseError], ...]
    options: Options
    profiles: tuple[Profile, ...]
    target: Path


@dataclass(frozen=True, slots=True)
class Made:
    """`failures`: page id, English and Chinese reason, of pages that broke in layout."""

    slug: str
    title: str
    masthead: Masthead
    sketch: tuple[int, ...]
    complete: bool
    failures: tuple[tuple[str, tuple[str, str]], ...]
    heads: tuple[tuple[str, str], ...] = ()


def make(given: Making) -> Made:
    """The issue of a unit, kept at `target` until its place is known."""
    failed, sheets = dict(given.failed), dict(given.sheets)
    outcomes: list[tuple[PageRef, Outcome]] = []
    for ref in given.refs:
        if ref.id in failed:
            outcomes.append((ref, Outcome(error=failed[ref.id])))
            continue
        sheet = cache.load(sheets[ref.id])
        if sheet is None:
            raise lost_sheet(ref)
        outcomes.append((ref, Outcome(sheet)))
    options = replace(given.options, overlay=False, pages=())
    issue, failures, _ = build_issue(Batch(given.name, given.refs), outcomes, options)
    issue = sharpen(issue, match_profile(given.profiles, issue), given.name)
    slug, title = slug_and_name(given.profiles, issue)
    write_bytes(given.target, dump_issue(issue))
    broken = tuple(
        (f.page_id, f.error.message) for f in failures if f.page_id and f.page_id not in failed
    )
    numbers = tuple(sketch(text_of(issue)))
    return Made(slug, title, issue.masthead, numbers, issue.complete, broken)


_IMPRINT = re.compile(
    r"总第|第\s*\d+\s*[期号]|CN\s*\d|ISSN|统一.{0,2}刊号|出版物号|邮发代号|主办|出版|零售价"
)


@dataclass(frozen=True, slots=True)
class Head:
    """`text` of a page's masthead, empty where it has none, and the date in it."""

    text: str = ""
    date: str = ""


def head(given: Reading) -> Head:
    """The masthead of one page."""
    from ...layout import analyse

    sheet = cache.load(given.keep)
    if sheet is None:
        raise lost_sheet(given.ref)
    # Only of a first page is a masthead expected.
    regions = analyse(replace(sheet, number=1)).page.regions
    text = "\n".join(region.text for region in regions if region.kind == "masthead")
    dates = [found.date.isoformat() for found in find_dates(text) if found.date is not None]
    if not dates or not _IMPRINT.search(text):
        return Head()  # the head of an inner page has a date as well
    return Head("".join(text.split()), dates[0])


def lay_out(given: Reading) -> None:
    """Only tries whether the layout of a page can be told: it broke or hung with the others."""
    from ...layout import analyse

    sheet = cache.load(given.keep)
    if sheet is None:
        raise lost_sheet(given.ref)
    analyse(sheet)


def lost_sheet(ref: PageRef) -> DigitiseError:
    return EngineFailed(
        (f"What was read of {ref.source} has gone.", f"{ref.source} 的识别结果已丢失。"),
        ("It will be read again.", "将重新识别。"),
    )


@dataclass(frozen=True, slots=True)
class Exporting:
    """`raw`: as `make` kept it; `folder`: where to; `formats` by name; `originals` by page id,
    for formats that want the pictures."""

    raw: Path
    issue: str
    folder: Path
    formats: tuple[str, ...]
    refs: tuple[PageRef, ...]
    options: Options


@dataclass(frozen=True, slots=True)
class Exported:
    """`files`: names as in version.json -> where they lie; `rows` for the catalogue."""

    files: tuple[tuple[str, Path], ...]
    issue_sha256: str
    rows: Rows


def export(given: Exporting) -> Exported:
    """All files of a version, made ready beside its place."""
    try:
        data = given.raw.read_bytes()
    except OSError as error:
        raise InputMissing(
            (f"{given.raw} has gone.", f"{given.raw} 已不存在。"), ("", "")
        ) from error
    issue: Issue = replace(load_issue(data, str(given.raw), ours=True), id=given.issue)
    shutil.rmtree(given.folder, ignore_errors=True)
    files = write_made(issue, given.folder)
    if given.formats:
        from .formats import write_formats

        files |= write_formats(issue, given.folder, given.formats, given.refs, given.options)
    out = Exported(
        tuple(sorted(files.items())),
        sha256(files["issue.json"].read_bytes()),
        rows_of(given.issue, issue),
    )
    # Last, so that where it is, the rest is.
    write_bytes(given.folder / "exported.pickle", pickle.dumps(out))
    return out


def load_exported(folder: Path) -> Exported | None:
    """What `export` made there, when it came to its end."""
    try:
        found: Exported = pickle.loads((folder / "exported.pickle").read_bytes())  # noqa: S301
    except (OSError, pickle.UnpicklingError, EOFError, AttributeError, TypeError):
        return None
    return found


def _limit_memory(limit: int) -> None:
    """Bounds what this process may take for data; asking for more is a MemoryError."""
    if not limit or sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(ValueError, OSError):
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        limit = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))


def _give_back() -> None:
    """Returns memory to the system: what models keep for the largest picture they have seen, and
    what lies free between what is in use (with pages of many sizes the heap grows by 1 MB a page
    otherwise). Takes 4 ms, 40 after a large picture."""
    from ...ocr.session import release_memory

    release_memory()
    if sys.platform.startswith("linux"):
        with contextlib.suppress(OSError, AttributeError):  # not every C library can
            ctypes.CDLL(None).malloc_trim(0)


_bound = False


def _end_with_parent() -> None:
    """Has the system end this process when its parent dies, even in the middle of a hang."""
    global _bound
    if _bound or not sys.platform.startswith("linux"):
        return
    _bound = True
    parent = os.getppid()
    pr_set_pdeathsig = 1
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).prctl(pr_set_pdeathsig, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


_FUNCTIONS: dict[str, Any] = {
    "ready": ready,
    "survey": survey,
    "count": count,
    "read": read,
    "make": make,
    "head": head,
    "lay_out": lay_out,
    "export": export,
}
