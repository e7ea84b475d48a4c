"""Tasks in processes of their own, so that a crash, a hang or a lack of memory costs one task.

Plain child processes and pickles over pipes rather than `multiprocessing`: a pool there does not
survive the death of a worker, and its spawned workers run the caller's own main module again.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from .errors import DigitiseError, EngineFailed

_START = "import sys; sys.path.append(sys.argv[1]); from digitise.jobs import serve; serve()"
Worker = subprocess.Popen[bytes]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one task: `value`, or the `error` that stopped it. `trace` is the traceback
    of an error nobody foresaw. `seconds`: for how long a process was at it."""

    value: Any = None
    error: DigitiseError | None = None
    trace: str = ""
    seconds: float = field(default=0.0, compare=False)


def run_jobs(
    target: str, tasks: Sequence[Any], workers: int, seconds: float, debug: bool = False
) -> Iterator[tuple[int, Outcome]]:
    """Calls `target` ("package.module:function") on each task in up to `workers` processes.

    Yields (index of the task, outcome) as they finish, in no fixed order. A task whose process
    dies, or that takes longer than `seconds`, gets an EngineFailed; the others go on in a fresh
    process. Leaving the iterator early, by Ctrl-C too, ends every process at once. `debug` lets
    through what the processes print.
    """
    todo: queue.SimpleQueue[int] = queue.SimpleQueue()
    for index in range(len(tasks)):
        todo.put(index)
    done: queue.SimpleQueue[tuple[int, Outcome]] = queue.SimpleQueue()
    running: set[Worker] = set()
    lock = threading.Lock()
    stopping = threading.Event()

    def drive() -> None:
        worker: Worker | None = None
        while not stopping.is_set():
            try:
                index = todo.get_nowait()
            except queue.Empty:
                break
            with lock:
                if stopping.is_set():
                    return
                if worker is None:
                    worker = start_worker(target, debug)
                    running.add(worker)
            outcome = ask(worker, tasks[index], seconds)
            if worker.poll() is not None:
                worker = None
            done.put((index, outcome))
        if worker is not None:
            dismiss(worker)

    threads = [threading.Thread(target=drive, daemon=True) for _ in range(min(workers, len(tasks)))]
    for thread in threads:
        thread.start()
    try:
        for _ in tasks:
            yield _next(done)
    finally:
        with lock:
            stopping.set()
            for worker in running:
                worker.kill()
        for thread in threads:
            thread.join()
        for worker in running:
            worker.wait()


def leave_out() -> None:
    """Has a process of ours start without what it will not ask for; to be called first of all.

    PyMuPDF 2 brings in its own layout model's package where that is installed, 57 MB and 0.4 s
    a process, and one that writes Markdown and loads ONNX Runtime.
    """
    modules: dict[str, object] = sys.modules  # type: ignore[assignment]
    modules.setdefault("pymupdf.layout", None)
    modules.setdefault("pymupdf4llm", None)


def serve() -> None:
    """The worker's side: reads tasks from standard input until it ends."""
    leave_out()
    # The parent decides what Ctrl-C means; the terminal sends it to this process as well.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Whatever a library prints must not get between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    module, _, name = sys.argv[2].partition(":")
    function = getattr(importlib.import_module(module), name)
    while True:
        try:
            task = pickle.load(sys.stdin.buffer)  # noqa: S301 - from our own parent process
        except EOFError:
            return
        pickle.dump(attempt(function, task), answers)
        answers.flush()


def attempt(function: Callable[[Any], Any], task: Any) -> Outcome:
    """`function(task)`, with every exception turned into an Outcome."""
    try:
        return Outcome(function(task))
    except DigitiseError as error:
        return Outcome(error=error, trace=traceback.format_exc())
    except MemoryError:
        return Outcome(error=_no_memory(), trace=traceback.format_exc())
    except Exception as error:
        return Outcome(error=unforeseen(error), trace=traceback.format_exc())


def unforeseen(error: BaseException) -> DigitiseError:
    """One sentence for an exception that should not have happened."""
    kind = type(error).__name__
    what = " ".join(str(error).split())[:200]
    shown = f"{kind}: {what}" if what else kind
    return DigitiseError(
        (f"Something went wrong inside digitise ({shown}).", f"程序内部出错（{shown}）。"),
        (
            "Run again with --debug for the details, and please report it.",
            "请加 --debug 重新运行以查看详情，并反馈给我们。",
        ),
    )


def start_worker(target: str, debug: bool = False) -> Worker:
    """A process that calls `target` ("package.module:function") on each task it is given."""
    root = str(Path(__file__).resolve().parent.parent)
    # -P keeps the current folder off the module path: it may hold a file named like a module.
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _START, root, target],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=None if debug else subprocess.DEVNULL,
    )


def ask(
    worker: Worker, task: Any, seconds: float, sent: Callable[[], None] = lambda: None
) -> Outcome:
    """One task's outcome; the process may have ended afterwards (`worker.poll()`). `sent` is
    called when the process has the task."""
    assert worker.stdin is not None and worker.stdout is not None
    late = threading.Event()
    start = time.monotonic()

    def give_up() -> None:
        late.set()
        worker.kill()

    timer = threading.Timer(seconds, give_up)
    timer.daemon = True
    timer.start()
    try:
        pickle.dump(task, worker.stdin)
        worker.stdin.flush()
        sent()
        answer = cast(Outcome, pickle.load(worker.stdout))  # noqa: S301 - from our own child
    except Exception:
        # Whatever it is, also a task or an answer that will not be pickled: a thread that ended
        # with it would leave the run waiting for this task for ever.
        worker.kill()
        code = worker.wait()
        broken = _too_slow(seconds) if late.is_set() else _died(code)
        return Outcome(error=broken, seconds=time.monotonic() - start)
    finally:
        timer.cancel()
    outcome = replace(answer, seconds=time.monotonic() - start)
    if isinstance(outcome.error, EngineFailed) or "MemoryError" in outcome.trace:
        # What broke once may have left the process in a bad state.
        dismiss(worker)
    return outcome


def dismiss(worker: Worker) -> None:
    """Lets a process that waits for a task end."""
    assert worker.stdin is not None
    with contextlib.suppress(OSError):
        worker.stdin.close()
    try:
        worker.wait(timeout=5)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()


def _next(done: queue.SimpleQueue[tuple[int, Outcome]]) -> tuple[int, Outcome]:
    while True:
        # In short waits: on Windows a waiting thread does not see Ctrl-C.
        with contextlib.suppress(queue.Empty):
            return done.get(timeout=0.5)


def _no_memory() -> DigitiseError:
    return EngineFailed(
        ("This page needs more memory than there is.", "内存不足，无法处理此页。"),
        (
            "Close other programs, use fewer --jobs or a lower --max-pixels.",
            "请关闭其他程序，或减小 --jobs、--max-pixels。",
        ),
    )


def _too_slow(seconds: float) -> DigitiseError:
    return EngineFailed(
        (
            f"This page was given up after {seconds:g} seconds.",
            f"此页处理超过 {seconds:g} 秒，已放弃。",
        ),
        ("Allow more time with --page-seconds.", "可用 --page-seconds 放宽时限。"),
    )


def _died(code: int) -> DigitiseError:
    how_en, how_zh = f"exit status {code}", f"退出码 {code}"
    if code < 0:
        with contextlib.suppress(ValueError):
            name = signal.Signals(-code).name
            how_en, how_zh = f"signal {name}", f"信号 {name}"
    return EngineFailed(
        (
            f"The process that read this page broke off ({how_en}).",
            f"处理此页的进程意外中止（{how_zh}）。",
        ),
        (
            "It may have run out of memory: try fewer --jobs, or another --engine.",
            "可能是内存不足：请减小 --jobs，或更换 --engine。",
        ),
    )
