"""Workers that stay for a whole run and take tasks from many units."""

from __future__ import annotations

import contextlib
import queue
import threading
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Protocol

from ...errors import EngineFailed
from ...jobs import Outcome, Worker, ask, dismiss, start_worker

TARGET = "digitise.archive.ingest.work:serve_task"
STARTING = 300.0
"""Seconds a worker may take to load what it needs."""
_TASKS = 400
"""After so many tasks a process is replaced, so that what libraries leave behind goes with it."""


@dataclass(frozen=True, slots=True)
class Task:
    """`name` of a function in work.py, its argument, and what it may take: `seconds`, and bytes
    of `memory` (0: any)."""

    name: str
    given: Any
    seconds: float
    memory: int = 0


class Crew(Protocol):
    size: int

    def submit(self, task: Task) -> Future[Outcome]:
        """The outcome to come; never an exception. Cancelled when the crew is closed."""
        ...

    def close(self) -> None:
        """Ends every worker at once."""
        ...


class LocalCrew:
    """`size` processes of this machine."""

    def __init__(self, size: int, debug: bool = False) -> None:
        self.size = size
        self._debug = debug
        self._todo: queue.SimpleQueue[tuple[Task, Future[Outcome]] | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._closed = False
        self._running: set[Worker] = set()
        # These threads live as long as their processes: the system ends those with them.
        self._threads = [
            threading.Thread(target=self._drive, name=f"worker-{n}", daemon=True)
            for n in range(size)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, task: Task) -> Future[Outcome]:
        future: Future[Outcome] = Future()
        with self._lock:
            if self._closed:
                future.cancel()
                return future
            self._todo.put((task, future))
        return future

    def close(self) -> None:
        with self._lock:
            self._closed = True
            for worker in self._running:
                worker.kill()
        with contextlib.suppress(queue.Empty):
            while True:
                item = self._todo.get_nowait()
                if item is not None:
                    item[1].cancel()
        for _ in self._threads:
            self._todo.put(None)
        for thread in self._threads:
            thread.join()

    def _drive(self) -> None:
        worker: Worker | None = None
        served = 0
        while True:
            item = self._todo.get()
            if item is None:
                break
            task, future = item
            if not future.set_running_or_notify_cancel():
                continue
            with self._lock:
                if self._closed:
                    future.set_result(Outcome(error=_ended()))
                    break
                if worker is None:
                    worker, served = start_worker(TARGET, self._debug), 0
                    self._running.add(worker)
            if not served:
                # What it loads at first is not to count against the limit of a page.
                ask(worker, Task("ready", None, STARTING), STARTING)
            outcome = ask(worker, task, task.seconds)
            served += 1
            if worker.poll() is None and served >= _TASKS:
                dismiss(worker)
            if worker.poll() is not None:
                self._let_go(worker)
                worker = None
            future.set_result(outcome)
        if worker is not None:
            dismiss(worker)
            self._let_go(worker)

    def _let_go(self, worker: Worker) -> None:
        with self._lock:
            self._running.discard(worker)
        for pipe in (worker.stdin, worker.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


def _ended() -> EngineFailed:
    return EngineFailed(("The run was ended.", "运行已结束。"))


def open_crew(size: int, scheduler: str = "", debug: bool = False, patience: float = 30.0) -> Crew:
    """Processes of this machine, or the workers of a Dask scheduler, which is waited for for
    `patience` seconds. Raises UsageError."""
    if not scheduler:
        return LocalCrew(size, debug)
    from .cluster import DaskCrew

    return DaskCrew(scheduler, size, patience)
