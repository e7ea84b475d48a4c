"""`digitise ingest`: look at the inbox, take each delivery to its end, once or for ever."""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ...errors import DigitiseError
from ...formats.write import check_writable
from ...jobs import unforeseen
from .. import places
from ..library import Archive
from ..settings import Settings, load_settings
from ..store import remove_tree
from ..titles import load_profiles
from . import ledger, states
from .context import Context, Listener, PlaceFault
from .crew import open_crew
from .inbox import open_inbox
from .owner import this_process
from .process import process
from .scan import Limits, Look, look


@dataclass(frozen=True, slots=True)
class Plan:
    """How a run is to go. `jobs`: pages read at once; `settle`: seconds a file must have rested;
    `every`: seconds between looks at the inbox; `work`: where work under way is kept, None: in
    the archive; `scheduler`: of Dask, waited for for `patience` seconds; `remove`: clear the inbox
    of what is safe."""

    inboxes: tuple[str, ...]
    jobs: int = 1
    settle: float = 10.0
    every: float = 15.0
    work: Path | None = None
    scheduler: str = ""
    patience: float = 30.0
    remove: bool = False
    debug: bool = False


@dataclass(slots=True)
class Tally:
    """What a run has done so far."""

    started: float = 0.0
    ended: list[str] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)


def ingest(
    archive: Archive,
    plan: Plan,
    *,
    settings: Settings | None = None,
    watch: bool = False,
    tell: Listener = lambda _name, _facts: None,
    nightly: Callable[[], None] = lambda: None,
) -> Tally:
    """Takes in what lies in the inboxes. Without `watch` it ends when nothing is left that could
    be done now or soon; with it, it goes on until interrupted, and calls `nightly` between looks.

    Raises OutputUnwritable or CatalogueUnavailable when nothing can be written (with `watch`, it
    waits instead); everything is then as it was and the next run goes on from there.
    """
    settings = settings or load_settings(archive.store)
    tally = Tally(started=archive.catalogue.now())
    while True:
        try:
            _session(archive, plan, settings, watch, tell, nightly, tally)
            return tally
        except PlaceFault as fault:
            if not watch:
                raise fault.error from fault
            tell("fault", {"error": fault.error})
            time.sleep(min(30.0, plan.every))


def work_folder(archive: Archive, given: Path | None) -> Path:
    """Where work under way is kept: in the archive where that is a folder, so that any machine
    can go on with it; else on this machine."""
    if given is not None:
        return given
    if archive.store.root is not None:
        return archive.store.root / places.WORK
    name = hashlib.sha256(archive.store.address.encode()).hexdigest()[:12]
    user = getattr(os, "getuid", lambda: 0)()
    return Path(tempfile.gettempdir()) / f"digitise-ingest-{user}-{name}"


def _session(
    archive: Archive,
    plan: Plan,
    settings: Settings,
    watch: bool,
    tell: Listener,
    nightly: Callable[[], None],
    tally: Tally,
) -> None:
    work = work_folder(archive, plan.work)
    try:
        check_writable(work)
        boxes = [open_inbox(address) for address in plan.inboxes]
    except DigitiseError as error:
        raise PlaceFault(error) from error
    crew = open_crew(plan.jobs, plan.scheduler, plan.debug, plan.patience)
    run = Context(
        archive, settings, load_profiles(archive.store), crew, work, this_process(),
        plan.remove, tell,
    )  # fmt: skip
    _sweep(run)
    hands = Hands(run, tally)
    limits = Limits(plan.settle, settings.issue_seconds, settings.page_memory)
    try:
        # Twice as many as workers: while the files of one unit are put in place, another's page
        # is read.
        hands.start(2 * crew.size + 2)
        while not run.stop.is_set():
            waiting = False
            for box in boxes:
                found = look(archive.catalogue, box, crew, limits, work)
                tell("look", {"inbox": box.address, "look": found})
                tally.looks.append(found)
                del tally.looks[:-20]
                waiting = waiting or bool(found.waiting)
            hands.wake.set()
            if watch:
                nightly()
                run.stop.wait(plan.every)
                continue
            # What is still being copied is waited for, if the rest takes so long.
            if hands.rest(plan.settle if waiting else 0.0) and not waiting:
                break
            if waiting and hands.idle() and time.monotonic() - hands.last_work > 6 * plan.settle:
                break
    except DigitiseError as error:
        raise PlaceFault(error) from error
    finally:
        hands.end()
    if hands.fault is not None:
        raise PlaceFault(hands.fault)


def _sweep(run: Context) -> None:
    """Removes work of units that have ended: their process was killed before it could."""
    folders = {path.name: path for path in (run.work / "units").glob("u*")}
    if not folders:
        return
    known = {unit.id: unit.state for unit in ledger.list_units(run.archive.catalogue)}
    for name, path in folders.items():
        # What the ledger does not know may be about to be entered, unless it is old.
        old = name not in known and _age(path) > 86400
        if known.get(name) in states.ENDED or old:
            remove_tree(path)


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0  # another process has just removed it


class Hands:
    """Threads that each take up a unit after another. They only wait for workers, files and the
    database, so there may be more of them than processors."""

    def __init__(self, run: Context, tally: Tally) -> None:
        self._run, self._tally = run, tally
        self._threads: list[threading.Thread] = []
        self._busy = 0
        self._held: set[str] = set()
        self._lock, self._claiming = threading.Lock(), threading.Lock()
        self.wake = threading.Event()
        self.fault: DigitiseError | None = None
        self.last_work = time.monotonic()

    def start(self, count: int) -> None:
        for target in [self._hold, *[self._work] * count]:
            thread = threading.Thread(target=target, daemon=True)
            thread.start()
            self._threads.append(thread)

    def idle(self) -> bool:
        with self._lock:
            return self._busy == 0

    def rest(self, limit: float = 0.0) -> bool:
        """Waits until nothing is left that can be done now or soon, or for `limit` seconds; True
        when nothing is left."""
        start = time.monotonic()
        while not self._run.stop.wait(0.2):
            if self.idle() and not self._something_left():
                return True
            if limit and time.monotonic() - start > limit:
                return False
        return True

    def _something_left(self) -> bool:
        """Whether a unit waits for us: one free now, or put off for a while only."""
        run = self._run
        soon = run.archive.catalogue.now() + 4 * run.settings.back_off
        return ledger.anything_left(run.archive.catalogue, run.owner, soon)

    def _work(self) -> None:
        run = self._run
        while not run.stop.is_set():
            with self._lock:
                self._busy += 1
            unit = None
            try:
                unit = self._claim()
                if unit is not None:
                    process(run, unit)
                    self.last_work = time.monotonic()
                    self._tally.ended.append(unit.id)
            except PlaceFault as fault:
                self._stop(fault.error)
                return
            except DigitiseError as error:
                self._stop(error)
                return
            except Exception as error:
                # No thread may die unseen: the run would wait for ever.
                self._stop(unforeseen(error))
                run.tell("bug", {"error": repr(error)})
                return
            finally:
                with self._lock:
                    self._busy -= 1
                    self._held.discard(unit.id if unit else "")
            if unit is None:
                self.wake.clear()
                self.wake.wait(0.5)

    def _claim(self) -> ledger.Unit | None:
        # One at a time: what is claimed and what is held must not differ in between.
        with self._claiming:
            with self._lock:
                held = frozenset(self._held)
            unit = ledger.claim(self._run.archive.catalogue, self._run.owner, held)
            if unit is not None:
                with self._lock:
                    self._held.add(unit.id)
            return unit

    def _hold(self) -> None:
        """Keeps our leases while we live."""
        run = self._run
        while not run.stop.wait(ledger.LEASE / 4):
            try:
                ledger.renew(run.archive.catalogue, run.owner)
            except DigitiseError as error:
                self._stop(error)

    def _stop(self, error: DigitiseError) -> None:
        with self._lock:
            self.fault = self.fault or error
        self._run.stop.set()
        self._run.crew.close()

    def end(self) -> None:
        """Stops all work where it is and gives up what we hold."""
        self._run.stop.set()
        self.wake.set()
        self._run.crew.close()
        for thread in self._threads:
            thread.join(timeout=30)
        try:
            ledger.release_all(self._run.archive.catalogue, self._run.owner)
        except DigitiseError:
            return  # the next run finds that we are dead


def pick(archive: Archive, names: Sequence[str], wanted: Sequence[str]) -> tuple[ledger.Unit, ...]:
    """Units by id, name or issue, of the states wanted; all of these when no name is given."""
    units = ledger.list_units(archive.catalogue, wanted)
    if not names:
        return units
    return tuple(u for u in units if u.id in names or u.name in names or u.issue_id in names)
