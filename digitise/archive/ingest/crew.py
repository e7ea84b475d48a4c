"""Workers that stay for a whole run and take tasks from many units."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable
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
    of `memory` (0: any). `flushed`: what it writes is to have reached the disk when it answers;
    else whoever asked flushes it, while the worker goes on with the next task."""

    name: str
    given: Any
    seconds: float
    memory: int = 0
    flushed: bool = False


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
        hand = _Hand(self._debug)
        done: list[tuple[Future[Outcome], Outcome]] = []

        def tell() -> None:
            while done:
                future, outcome = done.pop()
                future.set_result(outcome)

        while True:
            try:
                item = self._todo.get_nowait()
            except queue.Empty:
                tell()
                item = self._todo.get()
            if item is None:
                break
            task, future = item
            if not future.set_running_or_notify_cancel():
                continue
            try:
                with self._lock:
                    if self._closed:
                        future.set_result(Outcome(error=_ended()))
                        break
                    if hand.worker is None:
                        self._running.add(hand.start())
                if not hand.served:
                    tell()
                # The process has its next task before this one takes up what it said of the last.
                outcome = hand.ask(task, tell)
            except Exception as error:
                # This thread must not end unseen: whoever waits for the answer would wait for ever.
                outcome = Outcome(error=_no_process(error))
                if hand.worker is not None:
                    hand.worker.kill()
                    hand.worker.wait()
            tell()
            if hand.worker is not None and hand.is_done():
                self._let_go(hand.worker)
                hand.worker = None
            done.append((future, outcome))
        tell()
        if hand.worker is not None:
            dismiss(hand.worker)
            self._let_go(hand.worker)

    def _let_go(self, worker: Worker) -> None:
        with self._lock:
            self._running.discard(worker)
        for pipe in (worker.stdin, worker.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


class _Hand:
    """One process after another: the one there is, and how many tasks it has served."""

    def __init__(self, debug: bool) -> None:
        self.worker: Worker | None = None
        self.served = 0
        self._debug = debug

    def start(self) -> Worker:
        """A new process. OSError when the system has none to give."""
        self.worker, self.served = start_worker(TARGET, self._debug), 0
        return self.worker

    def ask(self, task: Task, sent: Callable[[], None]) -> Outcome:
        assert self.worker is not None
        if not self.served:
            # What it loads at first is not to count against the limit of a page.
            ask(self.worker, Task("ready", None, STARTING), STARTING)
        self.served += 1
        return ask(self.worker, task, task.seconds, sent)

    def is_done(self) -> bool:
        """Whether the process has ended, or has done enough and is let end."""
        assert self.worker is not None
        if self.worker.poll() is None and self.served >= _TASKS:
            dismiss(self.worker)
        return self.worker.poll() is not None


def _no_process(error: Exception) -> EngineFailed:
    what = " ".join(str(error).split())[:200] or type(error).__name__
    return EngineFailed(
        (f"No process could be had for this ({what}).", f"无法为此启动进程（{what}）。"),
        (
            "See to memory and the number of processes that are allowed.",
            "请检查内存和允许的进程数。",
        ),
    )


def _ended() -> EngineFailed:
    return EngineFailed(("The run was ended.", "运行已结束。"))


def open_crew(size: int, scheduler: str = "", debug: bool = False, patience: float = 30.0) -> Crew:
    """Processes of this machine, or the workers of a Dask scheduler, which is waited for for
    `patience` seconds. Raises UsageError."""
    if not scheduler:
        return LocalCrew(size, debug)
    from .cluster import DaskCrew

    return DaskCrew(scheduler, size, patience)
