"""All that the handlers share: the archive, its journal, pictures, who tries to get in."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from ..archive import Archive, list_issues, load_version, page_ref
from ..archive.corrections import people, queueing, searchable
from ..archive.corrections.compose import page_of
from ..archive.corrections.journal import Journal
from ..archive.corrections.lessons import risk_of
from ..errors import DigitiseError
from ..model import Rect
from ..sources import digest
from . import signing
from .offering import Readings
from .pictures import Pictures, prune
from .recognising import Recogniser
from .settings import Settings
from .signing import Attempts, Tokens

log = logging.getLogger("digitise.workbench")
_AT_ONCE = 40

SEARCH_WAITS = 1.0
"""Seconds that a search waits for what was corrected just before it to be findable."""


class Desk:
    def __init__(self, archive: Archive, settings: Settings) -> None:
        self.archive = archive
        self.settings = settings
        self.journal = Journal(archive)
        self.pictures = Pictures(archive, settings.cache, self._outlines, self._measured)
        self.recogniser = Recogniser()
        self.readings = Readings()
        self.tokens = Tokens(settings.token)
        self.attempts = Attempts()
        self.sessions = signing.Sessions(archive)
        self._digests: dict[tuple[str, int, str], str] = {}
        self._prolonged: dict[tuple[str, str], float] = {}
        self._stop = threading.Event()
        self._leave: Callable[[], None] = lambda: None
        self._tidy: threading.Thread | None = None

    def start(self) -> None:
        """Begins to keep queue and search up to date in the background."""
        self._leave = self.journal.stay()
        if self.settings.tidy:
            self._tidy = threading.Thread(target=self._tidying, name="tidy", daemon=True)
            self._tidy.start()

    def stop(self) -> None:
        self._stop.set()
        if self._tidy is not None:
            self._tidy.join(timeout=10)
        self.recogniser.close()
        self._leave()

    def image(self, issue: str, version: int, page: str) -> str:
        """The digest of a page's picture; empty when it cannot be read."""
        key = issue, version, page
        if key not in self._digests:
            try:
                self._digests[key] = digest(page_ref(self.archive, issue, page, version))
            except DigitiseError:
                return ""
        return self._digests[key]

    def prolong(self, issue: str, by: str) -> None:
        """Prolongs what somebody has claimed of an issue, at most once a minute."""
        now = time.monotonic()
        if now - self._prolonged.get((issue, by), -60.0) >= 60.0:
            self._prolonged[issue, by] = now
            people.prolong(self.archive, issue, by, self.settings.claim_seconds)

    def images(self, issue: str) -> Mapping[str, str]:
        held = self.journal.kept(issue) or self.journal.held(issue)
        return {
            page.id: self.image(issue, held.version, page.id)
            for page in held.document.machine.pages
        }

    def refresh_queue(self, limit: int = _AT_ONCE, quiet: float = 0.0) -> None:
        """Works out the rows of issues that have changed; of a large archive the first time only
        some, the rest in the background."""
        stale = queueing.outdated(self.archive, limit, quiet)
        risk = risk_of(self.archive) if stale else {}
        for issue in stale:
            try:
                queueing.refresh(self.journal, issue, risk)
            except DigitiseError as error:
                log.warning("%s: %s", issue, error)

    def refresh_search(self, after: float = 0.0, seconds: float = 20.0) -> None:
        """Lets the search know what people have changed, `after` so many seconds of rest; goes on
        for about `seconds` at most, but never without the issue that was last worked on."""
        end = time.monotonic() + seconds
        for n, issue in enumerate(searchable.behind(self.journal, after)):
            if n and time.monotonic() > end:
                return
            try:
                searchable.bring_up(self.journal, issue)
            except DigitiseError as error:
                log.warning("%s: %s", issue, error)

    def titles(self) -> list[dict[str, object]]:
        counts: dict[str, tuple[str, int]] = {}
        for entry in list_issues(self.archive):
            name, n = counts.get(entry.title_id, (entry.title, 0))
            counts[entry.title_id] = (name, n + 1)
        return [{"id": k, "name": v[0], "issues": v[1]} for k, v in sorted(counts.items())]

    def look_again(self, issue: str, version: int, pages: Iterable[str]) -> None:
        """Regions of these pages were changed: what ink is left over is to be measured anew."""
        queueing.forget_stray_ink(self.archive, issue, version, pages)

    def _outlines(self, issue: str, version: int, page: str) -> list[Rect]:
        held = self.journal.held(issue)
        if held.version == version:
            found = page_of(held.document, page)
        else:
            pages = load_version(self.archive, issue, version).pages
            found = next(one for one in pages if one.id == page)
        return [region.box for region in found.regions if region.polygon]

    def _measured(self, issue: str, version: int, page: str, share: float) -> None:
        queueing.keep_stray_ink(self.archive, issue, version, page, share)

    def _tidying(self) -> None:
        prune(self.settings.cache)
        started = time.monotonic()
        while not self._stop.wait(2.0):
            try:
                # Not while somebody types: it would cost him the time his saves take.
                self.refresh_queue(quiet=10.0)
                # The machine is whoever's has just opened the program, first of all.
                waiting = queueing.unmeasured(self.archive, quiet=20.0)
                if waiting is not None and time.monotonic() > started + 30.0:
                    self.pictures.measure(*waiting)
                self.refresh_search(after=5.0)
            except Exception:
                # A thread that dies would leave the queue stale without a word.
                log.exception("tidying")
                self._stop.wait(30.0)


@lru_cache(maxsize=1)
def engines() -> tuple[tuple[str, bool], ...]:
    """(name, whether it is usable) of the engines a region can be read with anew."""
    from ..ocr.registry import available

    return tuple((info.name, info.usable) for info in available() if info.name != "layoutparser")
