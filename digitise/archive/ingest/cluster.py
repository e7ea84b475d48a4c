"""Page work handed to a Dask scheduler.

Each Dask worker keeps a child process and has it do the work, as on one machine, so that a page
that crashes or hangs costs neither the worker nor the other pages on it. A worker that is lost
has its pages done again elsewhere; the answers are the same bytes.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from concurrent.futures import CancelledError, Future
from dataclasses import replace
from typing import Any

from ...errors import EngineFailed, UsageError
from ...jobs import Outcome, Worker, ask, start_worker
from .crew import STARTING, TARGET, Task

_mine = threading.local()


def serve(task: Task) -> Outcome:
    """What runs on a Dask worker: the task in a child process that stays for the next one."""
    worker: Worker | None = getattr(_mine, "worker", None)
    if worker is None or worker.poll() is not None:
        worker = _mine.worker = start_worker(TARGET)
        ask(worker, Task("ready", None, STARTING), STARTING)
    return ask(worker, task, task.seconds)


class DaskCrew:
    """The workers of the scheduler at `address`, which is waited for for `patience` seconds;
    `size` is how many threads they have in all."""

    def __init__(self, address: str, size: int, patience: float = 30.0) -> None:
        try:
            import distributed
        except ImportError as error:
            raise UsageError(
                (
                    "Dask is not installed, which --scheduler needs.",
                    "--scheduler 需要 Dask，尚未安装。",
                ),
                ("Run: pip install 'digitise[cluster]'", "请运行：pip install 'digitise[cluster]'"),
            ) from error
        try:
            # A client that found nobody would take its time, and complain, when it is let go.
            asyncio.run(_knock(address, patience))
            client: Any = distributed.Client
            self._client: Any = client(address, timeout=30, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            raise UsageError(
                (f"No Dask scheduler answers at {address}.", f"{address} 处没有 Dask 调度器应答。"),
                (
                    "Start one with `dask scheduler` and name its address.",
                    "请用 dask scheduler 启动，并给出其地址。",
                ),
            ) from error
        threads = self._client.nthreads()
        self.size = max(size, sum(threads.values()))
        self._lock = threading.Lock()
        self._open: set[Future[Outcome]] = set()

    def submit(self, task: Task) -> Future[Outcome]:
        future: Future[Outcome] = Future()
        future.set_running_or_notify_cancel()
        with self._lock:
            self._open.add(future)
        # Only the machine that wrote a file can have it reach the disk.
        task = replace(task, flushed=True)
        # pure=False: the same page asked for again is to be read again.
        remote = self._client.submit(serve, task, pure=False, retries=2)
        remote.add_done_callback(lambda done: self._arrived(done, future))
        return future

    def _arrived(self, remote: Any, future: Future[Outcome]) -> None:
        with self._lock:
            if future not in self._open:
                return
            self._open.discard(future)
        try:
            outcome: Outcome = remote.result(timeout=60)
        except CancelledError:
            outcome = Outcome(error=_lost("cancelled", "已取消"))
        except Exception as error:
            # KilledWorker and whatever else befell the cluster: another try may do.
            what = type(error).__name__
            outcome = Outcome(error=_lost(what, what))
        future.set_result(outcome)

    def close(self) -> None:
        with self._lock:
            waiting, self._open = self._open, set()
        for future in waiting:
            future.set_result(Outcome(error=_lost("the run was ended", "运行已结束")))
        with contextlib.suppress(Exception):
            self._client.close(timeout=5)


async def _knock(address: str, seconds: float) -> None:
    """Raises OSError or ValueError when no scheduler answers there."""
    from distributed.comm.core import connect
    from distributed.security import Security

    how: Any = Security().get_connection_args("client")  # type: ignore[no-untyped-call]
    comm: Any = await connect(address, timeout=seconds, **how)  # type: ignore[no-untyped-call]
    await comm.close()


def _lost(why_en: str, why_zh: str) -> EngineFailed:
    return EngineFailed(
        (
            f"The cluster did not finish this page ({why_en}).",
            f"集群未能完成此页（{why_zh}）。",
        ),
        ("It will be tried again.", "将会重试。"),
    )
