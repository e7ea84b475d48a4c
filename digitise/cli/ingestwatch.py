"""What a run of ingest shows on a terminal, or writes to a pipe."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Any

import click

from ..archive.ingest import states
from ..archive.report.units import clock
from ..archive.texts import say
from ..errors import DigitiseError
from ..messages import Language
from .terminal import cut

_BAR = 24


class IngestWatcher:
    """Called with what happens, from several threads: a bar on a terminal and a line for each
    delivery that ends; without a terminal the lines alone."""

    def __init__(self, language: Language) -> None:
        self._language: Language = language
        self._terminal = sys.stderr.isatty()
        self._lock = threading.Lock()
        self._start = time.monotonic()
        self._pages = self._read = self._entered = self._ended = 0

    def __enter__(self) -> IngestWatcher:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._clear()

    def __call__(self, name: str, facts: Mapping[str, Any]) -> None:
        with self._lock:
            for line in self._lines(name, facts):
                self._clear()
                click.echo(line, err=True)
            self._bar()

    def _lines(self, name: str, facts: Mapping[str, Any]) -> list[str]:
        i = 1 if self._language == "zh" else 0
        if name == "look":
            found = facts["look"]
            self._entered += len(found.entered)
            lines = []
            if found.entered:
                lines.append(
                    self._say("p.look", inbox=facts["inbox"], files=found.files,
                              entered=len(found.entered))
                )  # fmt: skip
            if found.again:
                lines.append(self._say("p.again", count=len(found.again)))
            if found.waiting:
                names = ", ".join(found.waiting[:5]) + (" …" if len(found.waiting) > 5 else "")
                lines.append(self._say("p.waiting", names=names))
            return lines
        if name == "page":
            self._pages += 1
            self._read += not facts.get("kept")
            error = facts.get("error")
            if isinstance(error, DigitiseError):
                page = facts["page"]
                text = error.text(self._language)
                return [self._say("p.page", name=facts["name"], page=page, error=text)]
            return []
        if name == "ended":
            self._ended += 1
            return [self._ended_line(facts, facts["reason"][i])]
        if name == "open":
            self._entered += facts["count"]
            return []
        if name in ("waiting", "fault", "report", "end", "complaint"):
            return [facts["text"][i]]
        return []

    def _ended_line(self, facts: Mapping[str, Any], reason: str) -> str:
        name, state = facts["name"], self._say(facts["state"])
        if facts["state"] == states.DONE:
            return self._say("p.issue", name=name, issue=facts["issue"], version=facts["version"])
        if reason:
            return self._say("p.reason", name=name, state=state, reason=reason)
        return self._say("p.unit", name=name, state=state)

    def _bar(self) -> None:
        if not self._terminal:
            return
        seconds = max(1e-6, time.monotonic() - self._start)
        total = max(self._entered, self._ended)
        left = seconds / self._ended * (total - self._ended) if self._ended else 0.0
        filled = round(_BAR * self._ended / max(1, total))
        text = self._say(
            "p.bar", done=self._ended, total=total, pages=self._pages,
            speed=60 * self._read / seconds, left=clock(left) if self._ended else "–",
        )  # fmt: skip
        line = f"[{'#' * filled}{'-' * (_BAR - filled)}] {text}"
        sys.stderr.write("\r\x1b[K" + cut(line, shutil.get_terminal_size().columns - 1))
        sys.stderr.flush()

    def _clear(self) -> None:
        if self._terminal:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def _say(self, key: str, **values: object) -> str:
        return say(key, self._language, **values)
