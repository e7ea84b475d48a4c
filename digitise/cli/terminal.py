"""Progress while it runs, and the summary when it is done."""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING

import click

from ..messages import Language, say

if TYPE_CHECKING:
    from ..model import Issue
    from ..pipeline import IssueResult, Progress, RunResult

_BAR = 24


class Watcher:
    """Called with each page that is done: a bar on a terminal, else a line a page."""

    def __init__(self, language: Language) -> None:
        self._language: Language = language
        self._bar = sys.stderr.isatty()
        self._read = 0

    def __enter__(self) -> Watcher:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._clear()

    def __call__(self, progress: Progress) -> None:
        self._read += not progress.cached
        if not self._bar:
            click.echo(page_line(progress, self._language), err=True)
            return
        self._clear()
        if progress.error is not None:
            click.echo(page_line(progress, self._language), err=True)
        line = bar(progress, self._read, self._language)
        sys.stderr.write(cut(line, shutil.get_terminal_size().columns - 1))
        sys.stderr.flush()

    def _clear(self) -> None:
        if self._bar:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def page_line(progress: Progress, language: Language) -> str:
    """One page in one plain line."""
    key = "page.failed" if progress.error else "page.cached" if progress.cached else "page.done"
    return say(
        key,
        language,
        issue=progress.issue_id,
        page=progress.page_id,
        done=progress.done,
        total=progress.total,
        error=progress.error.text(language) if progress.error else "",
    )


def bar(progress: Progress, read: int, language: Language) -> str:
    """How far the run is, how fast, and how long it will still take. `read`: pages that were
    really read, not found done."""
    filled = round(_BAR * progress.done / max(1, progress.total))
    each = progress.seconds / read if read else 0.0
    left = each * (progress.total - progress.done)
    text = say(
        "progress",
        language,
        done=progress.done,
        total=progress.total,
        speed=say("speed", language, seconds=each),
        left=clock(left),
    )
    return f"[{'#' * filled}{'-' * (_BAR - filled)}] {text}"


def clock(seconds: float) -> str:
    """h:mm:ss or m:ss."""
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, second = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{second:02d}" if hours else f"{minutes}:{second:02d}"


def summary(result: RunResult, language: Language) -> str:
    """What came out, issue by issue: counts, open jumps, failed pages, where it lies."""
    lines: list[str] = []
    for issue in result.issues:
        lines += _issue(issue, language)
    done = [issue.issue for issue in result.issues if issue.issue is not None]
    if len(done) > 1:
        lines.append(
            say(
                "summary.total",
                language,
                issues=len(done),
                pages=sum(_pages(issue) for issue in done),
                articles=sum(_articles(issue) for issue in done),
                characters=f"{sum(_characters(issue) for issue in done):,}",
            )
        )
    return "\n".join(lines)


def _issue(result: IssueResult, language: Language) -> list[str]:
    issue = result.issue
    if issue is None:
        error = result.failures[0].error.text(language)
        return [say("summary.nothing", language, id=result.id, error=error)]
    lines = [
        say(
            "summary.issue",
            language,
            id=issue.id,
            title="".join(f"{part} " for part in (issue.title, issue.masthead.date) if part),
            pages=_pages(issue),
            articles=_articles(issue),
            characters=f"{_characters(issue):,}",
            confidence=f"{_confidence(issue):.3f}",
        )
    ]
    lines += _jumps(issue, language)
    lines += [say("summary.warning", language, warning=warning) for warning in issue.warnings]
    if result.failures:
        lines.append(say("summary.incomplete", language, count=len(result.failures)))
    for failure in result.failures:
        error = failure.error.text(language)
        lines.append(
            say(
                "summary.failed", language, page=failure.page_id, source=failure.source, error=error
            )
        )
    lines.append(say("summary.out", language, folder=result.folder))
    return lines


def _jumps(issue: Issue, language: Language) -> list[str]:
    jumps = [(article, jump) for article in issue.articles for jump in article.continuations]
    if not jumps:
        return []
    count = {"verified": 0, "one-sided": 0, "unresolved": 0}
    for _, jump in jumps:
        count[jump.status] += 1
    lines = [
        say(
            "summary.jumps",
            language,
            count=len(jumps),
            verified=count["verified"],
            onesided=count["one-sided"],
            unresolved=count["unresolved"],
        )
    ]
    lines += [
        say(
            "summary.unresolved",
            language,
            page=jump.from_page,
            marker=jump.marker or jump.back_marker,
            headline=article.headline or article.id,
        )
        for article, jump in jumps
        if jump.status == "unresolved"
    ]
    return lines


def _pages(issue: Issue) -> int:
    return sum(not page.error for page in issue.pages)


def _articles(issue: Issue) -> int:
    return sum(article.kind == "article" for article in issue.articles)


def _lines(issue: Issue) -> Sequence[tuple[int, float]]:
    return [
        (len(line.text), line.confidence)
        for page in issue.pages
        for region in page.regions
        for line in region.lines
    ]


def _characters(issue: Issue) -> int:
    return sum(length for length, _ in _lines(issue))


def _confidence(issue: Issue) -> float:
    total = _characters(issue)
    return sum(n * confidence for n, confidence in _lines(issue)) / total if total else 0.0


def cut(text: str, columns: int) -> str:
    """As much of `text` as fits; Chinese characters are two columns wide."""
    width = 0
    for index, character in enumerate(text):
        width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if width > columns:
            return text[:index]
    return text
