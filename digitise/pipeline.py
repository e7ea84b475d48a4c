"""The whole story: paths -> issues -> pages -> sheets -> layouts -> articles -> files.

A page is read in a process of its own and its sheet kept under OUT/<issue-id>/.work; the rest is
quick and done anew each time, so a run that was interrupted or repeated gives the same bytes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic

from . import cache
from .errors import DigitiseError, EngineMissing, OutputUnwritable
from .grouping import Batch, batches
from .jobs import Outcome, attempt, run_jobs
from .model import Issue, Page, Sheet
from .options import Options
from .origins import keep_origins, page_file
from .selection import by_label, by_number
from .sources import PageRef

PAGE_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Progress:
    """One page is done: `done` of the `total` pages of the whole run. `cached`: it was read in
    an earlier run. `seconds`: since the reading began."""

    issue_id: str
    page_id: str
    done: int
    total: int
    seconds: float
    cached: bool = False
    error: DigitiseError | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """What could not be done: a page, or with an empty `page_id` the whole issue. `trace`: the
    traceback, where there is one."""

    issue_id: str
    page_id: str
    source: str
    error: DigitiseError
    trace: str = ""


@dataclass(frozen=True, slots=True)
class IssueResult:
    """One issue as it was written to `folder`; `issue` is None when nothing of it was."""

    id: str
    folder: Path
    issue: Issue | None = None
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class RunResult:
    issues: tuple[IssueResult, ...]

    @property
    def failures(self) -> tuple[Failure, ...]:
        return tuple(failure for issue in self.issues for failure in issue.failures)

    @property
    def exit_code(self) -> int:
        """0: all is well; 20: some pages failed; when no page at all could be read, the first
        failure's own code."""
        if not self.failures:
            return 0
        read = any(not page.error for i in self.issues if i.issue for page in i.issue.pages)
        return 20 if read else self.failures[0].error.exit_code


@dataclass(frozen=True, slots=True)
class PageTask:
    """All that a worker needs to know to read one page."""

    ref: PageRef
    options: Options
    keep: Path


def run(
    paths: Sequence[Path | str],
    out: Path | str,
    options: Options | None = None,
    *,
    issue_id: str = "",
    one_issue: bool = False,
    page_seconds: float = PAGE_SECONDS,
    debug: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> RunResult:
    """Turns newspaper pages into text, article by article, in OUT/<issue-id>/.

    Each folder, ZIP and file of several pages in `paths` is an issue; loose page files are one
    issue together; `one_issue` joins everything. `issue_id` names a single issue, which is
    otherwise named after its file or folder. A page that fails costs that page alone and is
    entered in the result; a page that takes longer than `page_seconds` fails.

    Raises UsageError for options that do not fit together and OutputUnwritable when the output
    cannot be written; anything wrong with the input is in the result.
    """
    from .formats.write import check_writable, issue_folder

    options = options or Options()
    found = batches([Path(path) for path in paths], options, issue_id, one_issue)
    check_writable(Path(out))
    chosen = [_select(batch, options) for batch in found]
    folders = [issue_folder(Path(out), batch.id) for batch in chosen]
    read = read_pages(chosen, folders, options, page_seconds, debug, progress)
    return RunResult(
        tuple(
            _finish(batch, folder, outcomes, options)
            for batch, folder, outcomes in zip(chosen, folders, read, strict=True)
        )
    )


def read_page(ref: PageRef, options: Options) -> Sheet:
    """The text of one page: from its text layer where that is to be trusted, else from pixels.

    Raises what applies of InputMissing, InputUnreadable, InputEncrypted, InputTooLarge,
    PageBlank, EngineMissing and EngineFailed.
    """
    from .inlays import with_inlays
    from .ocr.engine import Engine
    from .ocr.reading import blank, read_scan
    from .ocr.registry import get_engine
    from .sources import drawn_page, load_scan, read_text_layer

    engine: Engine | None = None
    missing: EngineMissing | None = None
    try:
        engine = get_engine(options.engine, options.lang, options.threads)
    except EngineMissing as error:
        missing = error  # a text layer can do without
    sheet = read_text_layer(ref, options, engine)
    if sheet is None:
        if engine is None:
            assert missing is not None
            raise missing
        sheet = read_scan(load_scan(ref, options), engine, options, ref.id, ref.number)
    elif engine is not None and options.text_layer == "auto":
        with drawn_page(ref, sheet) as draw:
            sheet = with_inlays(sheet, draw, engine)
    if not sheet.lines:
        raise blank(_source(ref), ref.number)
    return sheet


def keep_page(task: PageTask) -> None:
    """What a worker does: reads one page and keeps its sheet."""
    cache.store(task.keep, read_page(task.ref, task.options))


def read_pages(
    found: Sequence[Batch],
    folders: Sequence[Path],
    options: Options,
    page_seconds: float = PAGE_SECONDS,
    debug: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> list[list[tuple[PageRef, Outcome]]]:
    """For each issue its pages, each with its sheet or its error. Raises OutputUnwritable."""
    from .sources import digest

    start = monotonic()
    total = sum(len(batch.pages) for batch in found)
    options = replace(options, threads=options.threads or _threads(options.jobs))
    results: list[list[tuple[PageRef, Outcome]]] = [[] for _ in found]
    tasks: list[PageTask] = []
    places: list[tuple[int, int]] = []
    done = 0

    def report(issue: int, place: int, outcome: Outcome, cached: bool) -> None:
        nonlocal done
        done += 1
        ref = results[issue][place][0]
        results[issue][place] = (ref, outcome)
        if progress is not None:
            seconds = monotonic() - start
            what = found[issue].id, ref.id, done, total, seconds, cached, outcome.error
            progress(Progress(*what))

    for issue, (batch, folder) in enumerate(zip(found, folders, strict=True)):
        for place, ref in enumerate(batch.pages):
            results[issue].append((ref, Outcome()))
            content = attempt(digest, ref)
            if content.error is not None:
                report(issue, place, content, False)
                continue
            keep = cache.entry(folder, ref.id, content.value, options)
            if (sheet := cache.load(keep)) is not None:
                report(issue, place, Outcome(sheet), True)
            else:
                tasks.append(PageTask(ref, options, keep))
                places.append((issue, place))
    target = f"{keep_page.__module__}:{keep_page.__name__}"
    for index, outcome in run_jobs(target, tasks, max(1, options.jobs), page_seconds, debug):
        if isinstance(outcome.error, OutputUnwritable):
            raise outcome.error
        if outcome.error is None:
            # From the disk, as a second run would have it.
            cache.prune(tasks[index].keep)
            outcome = Outcome(cache.load(tasks[index].keep))
        report(*places[index], outcome, False)
    return results


def _select(batch: Batch, options: Options) -> Batch:
    """Only the pages asked for, as far as that can be told before they are read."""
    try:
        return replace(batch, pages=by_number(batch.pages, options.pages))
    except DigitiseError as error:
        return replace(batch, pages=(), error=batch.error or error)


def _finish(
    batch: Batch,
    folder: Path,
    outcomes: Sequence[tuple[PageRef, Outcome]],
    options: Options,
) -> IssueResult:
    """Layout, articles and files of one issue. Raises OutputUnwritable."""
    if batch.error is not None:
        failure = Failure(batch.id, "", "", batch.error)
        return IssueResult(batch.id, folder, failures=(failure,))
    built = attempt(lambda given: build_issue(*given), (batch, outcomes, options))
    if built.error is not None:
        failure = Failure(batch.id, "", "", built.error, built.trace)
        return IssueResult(batch.id, folder, failures=(failure,))
    issue, failures, overlays = built.value
    from .formats.write import write_issue

    keep_origins(folder, ((page_file(ref), ref.path) for ref in batch.pages))
    return IssueResult(
        batch.id, write_issue(issue, folder.parent, overlays), issue, tuple(failures)
    )


def build_issue(
    batch: Batch, outcomes: Sequence[tuple[PageRef, Outcome]], options: Options
) -> tuple[Issue, list[Failure], dict[str, bytes]]:
    """The issue made of pages whose outcomes are sheets or errors, what failed in it, and PNG
    overlays by page id where `options` asks for them. Raises PageUnknown."""
    from .articles import assemble, retold
    from .layout import Begun, Heed, PageLayout, analyse, pages_of

    layouts: list[PageLayout] = []
    failures: list[Failure] = []
    failed: list[Page] = []
    refs: dict[str, PageRef] = {}
    laid: dict[str, Sheet] = {}
    more = 0  # an opening is two pages: those behind it move up by one
    for ref, outcome in outcomes:
        given = replace(outcome.value, source=_source(ref)) if outcome.error is None else None
        sheets = (None,) if given is None else pages_of(given)
        for place, sheet in enumerate(sheets):
            more += place
            number = ref.number + more
            name = f"p{number:04d}" if more else ref.id
            refs[name] = ref
            if sheet is not None:
                laid[name] = replace(sheet, page_id=name, number=number)
                outcome = attempt(analyse, laid[name])
            if outcome.error is None:
                layouts.append(outcome.value)
                continue
            failure = Failure(batch.id, name, _source(ref), outcome.error, outcome.trace)
            failures.append(failure)
            failed.append(Page(name, number, source=failure.source, error=_reason(failure, ref)))

    def again(name: str, begun: Sequence[Begun]) -> PageLayout | None:
        """A page for which this fails is there already."""
        anew = attempt(lambda sheet: analyse(sheet, Heed(), begun), laid[name])
        return None if anew.error is not None else anew.value

    layouts = retold(layouts, again, failed)
    issue = assemble(batch.id, layouts, failed)
    # Numbers ask for what was given, labels for what is printed on it.
    wanted = by_label(issue.pages, () if more else options.pages)
    if len(wanted) < len(issue.pages):
        layouts = [layout for layout in layouts if layout.page.id in wanted]
        failures = [failure for failure in failures if failure.page_id in wanted]
        issue = assemble(batch.id, layouts, [page for page in failed if page.id in wanted])
    files = {name: page_file(ref) for name, ref in refs.items()}
    issue = replace(
        issue,
        pages=tuple(replace(page, file=files.get(page.id)) for page in issue.pages),
        complete=not failures,
    )
    overlays: dict[str, bytes] = {}
    for name, ref in refs.items() if options.overlay else ():
        page = next((p for p in issue.pages if p.id == name and not p.error), None)
        if page is not None:
            drawn = attempt(lambda given: _overlay(*given), (page, issue, ref, options))
            if drawn.error is None:
                overlays[page.id] = drawn.value
            else:
                failures.append(Failure(batch.id, page.id, page.source, drawn.error, drawn.trace))
    return issue, failures, overlays


def _overlay(page: Page, issue: Issue, ref: PageRef, options: Options) -> bytes:
    from .formats.overlay import draw_overlay
    from .sources import load_scan

    return draw_overlay(page, issue.articles, load_scan(ref, options).pixels)


def _reason(failure: Failure, ref: PageRef) -> str:
    """The failure's sentence, without the folders above the page."""
    text = failure.error.message[0].replace(ref.label, failure.source)
    return text.encode("utf-8", "replace").decode("utf-8")


def _source(ref: PageRef) -> str:
    """Where the page was, in characters that every file can hold: names of files may not be."""
    return ref.source.encode("utf-8", "replace").decode("utf-8")


def _threads(jobs: int) -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity else os.cpu_count() or 1
    return max(1, cores // max(1, jobs))
