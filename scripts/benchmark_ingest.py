"""How fast ingest is, and whether its memory stays flat.

python scripts/benchmark_ingest.py --issues 100 [--jobs 1,2] [--seed 5000] [--rounds 1] [--ideal]
    [--pinned] [--scheduler]

Makes random one-page issues (born-digital), takes them in once for each number of jobs into a
fresh archive, then again (nothing is to be done), then once more with one file changed. With
`--pinned` each run may use as many cores as it has workers, the main process among them; else all
there are. With `--scheduler` the pages go to a Dask cluster of that many worker processes instead.
With `--ideal` as many runs with one worker each, on a core each and knowing nothing of each other,
go at once: no more than their speed can be had of this machine. What other programs took of the
processors meanwhile is told with each figure; where it is more than a little, measure again.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from digitise.archive import count_issues, open_archive
from scripts.typesetter import pages, pdf

ROOT = Path(__file__).resolve().parents[1]


def make(inbox: Path, count: int, seed: int) -> None:
    """`count` issues as r<seed>-<n>/issue.pdf."""
    for number in range(1, count + 1):
        issue, drafts = pages.random_issue(seed, number, 1)
        folder = inbox / issue.id
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "issue.pdf").write_bytes(pdf.write(drafts, issue.title))
        if number % 50 == 0:
            print(f"  {number} made", flush=True)


class Memory:
    """The resident memory of a process and of its children, looked at every half second, in MB."""

    def __init__(self, pid: int) -> None:
        self._pid, self._stop = pid, threading.Event()
        self.main: list[float] = []
        self.workers: list[float] = []
        self.processor = 0.0
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._stop.wait(0.5):
            with contextlib.suppress(OSError, ValueError, IndexError):
                main = _resident(self._pid)
                self.processor = _processor(self._pid)
                children = [
                    int(child)
                    for task in Path(f"/proc/{self._pid}/task").iterdir()
                    for child in (task / "children").read_text("ascii").split()
                ]
                self.workers.append(sum(map(_resident, children)))
                self.main.append(main)

    def told(self) -> str:
        """The highest in each quarter of the run."""
        self._stop.set()
        self._thread.join()
        quarter = len(self.main) // 4
        if quarter < 2:
            return "too short to tell"
        told = [
            " / ".join(f"{max(seen[n * quarter : (n + 1) * quarter]):.0f}" for n in range(4))
            for seen in (self.main, self.workers)
        ]
        return f"MB in each quarter: main process {told[0]}, workers together {told[1]}"


def _processor(pid: int) -> float:
    """Seconds of processor time a process has taken, without its children's."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident(pid: int) -> float:
    pages_ = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    return pages_ * os.sysconf("SC_PAGE_SIZE") / 1e6


class Load:
    """What this script's children, and what all other programs, have taken of the processors
    since it was made, and for how long the cores it may use had nothing to do, in seconds."""

    def __init__(self, cores: Sequence[int] = ()) -> None:
        self._cores = {f"cpu{core}" for core in cores or _cores()}
        self._all, self._ours, self._idle = self._now()

    def _now(self) -> tuple[float, float, float]:
        lines = [line.split() for line in Path("/proc/stat").read_text("ascii").splitlines()]
        ticks = os.sysconf("SC_CLK_TCK")
        busy = [int(n) for place, n in enumerate(lines[0][1:9]) if place not in (3, 4)]
        idle = [int(n) for line in lines if line[0] in self._cores for n in line[4:6]]
        ours = [resource.getrusage(who) for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)]
        return sum(busy) / ticks, sum(r.ru_utime + r.ru_stime for r in ours), sum(idle) / ticks

    def told(self) -> str:
        everything, ours, idle = self._now()
        others = max(0.0, everything - self._all - (ours - self._ours))
        return (
            f"processor {ours - self._ours:.1f} s, other programs {others:.1f} s, its cores idle "
            f"{idle - self._idle:.1f} s"
        )


def begin(
    inbox: Path, archive: Path, *more: str, cores: Sequence[int] = ()
) -> subprocess.Popen[bytes]:
    """A run in a process of its own. `cores`: those it may use, none: all."""
    command = [sys.executable, "-m", "digitise", "ingest", str(inbox), "-a", str(archive)]
    command += ["--settle", "0", *more]
    if cores:
        command = ["taskset", "-c", ",".join(map(str, cores)), *command]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )


def end(process: subprocess.Popen[bytes]) -> None:
    """Waits for a run. Raises when it failed."""
    _, said = process.communicate()
    if process.returncode not in (0, 20):
        raise SystemExit(said.decode("utf-8", "replace"))


@dataclass(frozen=True, slots=True)
class Run:
    """`steady`: issues a minute from when the first tenth of them was done until nine tenths
    were; `rest`: what else is to be said of it."""

    seconds: float
    issues: int
    steady: float
    rest: str

    def told(self) -> str:
        return (
            f"{self.seconds:.1f} s, {60 * self.issues / self.seconds:.1f} pages a minute, "
            f"{self.steady:.1f} once it runs; {self.rest}"
        )


def ingest(inbox: Path, archive: Path, *more: str, cores: int = 0) -> Run:
    """One run to its end. `cores`: how many it may use, 0: all. Raises when it fails."""
    used = _cores()[:cores]
    load, start = Load(used), time.perf_counter()
    process = begin(inbox, archive, *more, cores=used)
    memory = Memory(process.pid)
    end(process)
    seconds = time.perf_counter() - start
    told = memory.told()
    rest = f"{load.told()}, main process {memory.processor:.1f} s; {told}"
    return Run(seconds, *steady(archive), rest)


def steady(archive: Path) -> tuple[int, float]:
    """How many deliveries the last run in an archive has ended, and how many a minute of them
    between a tenth and nine tenths."""
    lines = [json.loads(line) for line in _log(archive)]
    times = [
        datetime.fromisoformat(line["time"]).timestamp() for line in lines
        if line["event"] == "ended" and line["run"] == lines[-1]["run"]
    ]  # fmt: skip
    low, high = len(times) // 10, len(times) - 1 - len(times) // 10
    if high <= low:
        return len(times), 0.0
    return len(times), 60 * (high - low) / (times[high] - times[low])


def _log(archive: Path) -> list[str]:
    files = sorted((archive / "logs").glob("*.jsonl"))
    return [line for path in files for line in path.read_text("utf-8").splitlines()]


def ideal(inbox: Path, folder: Path, count: int) -> Run:
    """`count` runs at once, each with one worker, one core and all the inbox: until the last has
    ended, and their speeds together."""
    load, start = Load(), time.perf_counter()
    archives = [folder / str(n) for n in range(count)]
    runs = [
        begin(inbox, archive, cores=[core])
        for archive, core in zip(archives, _cores(), strict=False)
    ]
    for process in runs:
        end(process)
    seconds = time.perf_counter() - start
    done = [steady(archive) for archive in archives]
    return Run(seconds, sum(n for n, _ in done), sum(rate for _, rate in done), load.told())


def _cores() -> list[int]:
    return sorted(os.sched_getaffinity(0))


def read(archive: Path) -> int:
    """How many pages all runs have read."""
    lines = [json.loads(line) for line in _log(archive)]
    return sum(line["event"] == "page" and not line.get("kept") for line in lines)


@contextlib.contextmanager
def cluster(workers: int) -> Iterator[str]:
    """A Dask scheduler and its workers on this machine; gives the address."""
    import distributed

    place = distributed.LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None
    )
    try:
        yield place.scheduler_address
    finally:
        place.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--issues", type=int, default=100)
    parser.add_argument("--seed", type=int, default=5000)
    parser.add_argument("--jobs", default="1,2")
    parser.add_argument("--scheduler", action="store_true")
    parser.add_argument("--pinned", action="store_true", help="as many cores as workers")
    parser.add_argument("--ideal", action="store_true", help="the machine's own ratio beside it")
    parser.add_argument("--rounds", type=int, default=1, help="the fastest of so many counts")
    parser.add_argument("--inbox", type=Path, default=None, help="made here, and kept")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        inbox = given.inbox or folder / "inbox"
        if not inbox.is_dir():
            make(inbox, given.issues, given.seed)
        count = sum(1 for _ in inbox.rglob("*.pdf"))
        archive = folder / "archive"
        counts = [int(n) for n in given.jobs.split(",")]
        best: dict[int, Run] = {}
        for turn in range(given.rounds):
            for jobs in counts:
                archive = folder / f"archive-{turn}-{jobs}"
                if given.scheduler:
                    with cluster(jobs) as address:
                        run = ingest(inbox, archive, "--scheduler", str(address))
                else:
                    cores = jobs if given.pinned else 0
                    run = ingest(inbox, archive, "--jobs", str(jobs), cores=cores)
                there = count_issues(open_archive(archive))
                print(f"jobs {jobs}: {count} deliveries, {there} issues, {run.told()}", flush=True)
                best[jobs] = min(best.get(jobs, run), run, key=lambda run: run.seconds)
            if given.ideal and len(_cores()) >= counts[-1]:
                run = ideal(inbox, folder / f"ideal-{turn}", counts[-1])
                print(f"{counts[-1]} runs at once: {run.told()}", flush=True)
                best[0] = min(best.get(0, run), run, key=lambda run: run.seconds)
        one = best[counts[0]]
        for jobs, run in best.items():
            what = f"jobs {jobs}" if jobs else f"{counts[-1]} runs at once"
            share = count if jobs else count * counts[-1]
            print(
                f"{what}: {share / run.seconds / (count / one.seconds):.2f} x in all, "
                f"{run.steady / one.steady:.2f} x once it runs",
                flush=True,
            )
        before = read(archive)
        seconds = ingest(inbox, archive).seconds
        print(f"again: {seconds:.1f} s, {read(archive) - before} pages read", flush=True)
        first = sorted(inbox.rglob("*.pdf"))[0]
        kept = first.read_bytes()
        issue, drafts = pages.random_issue(given.seed + 1, 1, 1)
        first.write_bytes(pdf.write(drafts, issue.title))
        seconds = ingest(inbox, archive).seconds
        there = count_issues(open_archive(archive))
        print(
            f"one file changed: {seconds:.1f} s, {read(archive) - before} pages read, "
            f"{there} issues",
            flush=True,
        )
        first.write_bytes(kept)
        shutil.rmtree(archive)
    return 0


if __name__ == "__main__":
    sys.exit(main())
