"""How fast ingest is, and whether its memory stays flat.

python scripts/benchmark_ingest.py --issues 100 [--jobs 1,2] [--seed 5000] [--scheduler]

Makes random one-page issues (born-digital), takes them in once for each number of jobs into a
fresh archive, then again (nothing is to be done), then once more with one file changed. With
`--pinned` each run may use as many cores as it has workers, the main process among them; else all
there are. With `--scheduler` the pages go to a Dask cluster of that many worker processes instead.
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
from collections.abc import Iterator
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


def ingest(inbox: Path, archive: Path, *more: str, cores: int = 0) -> tuple[float, str]:
    """Seconds of a run, and what is to be said of its processor time (workers and all) and its
    memory. `cores`: how many it may use, 0: all. Raises when it fails."""
    command = [sys.executable, "-m", "digitise", "ingest", str(inbox), "-a", str(archive)]
    command += ["--settle", "0", *more]
    if cores:
        some = sorted(os.sched_getaffinity(0))[:cores]
        command = ["taskset", "-c", ",".join(map(str, some)), *command]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    memory = Memory(process.pid)
    _, said = process.communicate()
    seconds = time.perf_counter() - start
    if process.returncode not in (0, 20):
        raise SystemExit(said.decode("utf-8", "replace"))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    told = memory.told()
    return seconds, (
        f"processor {processor:.1f} s, of which the main process {memory.processor:.1f} s; {told}"
    )


def read(archive: Path) -> int:
    """How many pages all runs have read."""
    lines = [
        json.loads(line)
        for path in sorted((archive / "logs").glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
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
    parser.add_argument("--inbox", type=Path, default=None, help="made here, and kept")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        inbox = given.inbox or folder / "inbox"
        if not inbox.is_dir():
            make(inbox, given.issues, given.seed)
        count = sum(1 for _ in inbox.rglob("*.pdf"))
        base = 0.0
        archive = folder / "archive"
        for jobs in (int(n) for n in given.jobs.split(",")):
            archive = folder / f"archive-{jobs}"
            if given.scheduler:
                with cluster(jobs) as address:
                    seconds, memory = ingest(inbox, archive, "--scheduler", str(address))
            else:
                cores = jobs if given.pinned else 0
                seconds, memory = ingest(inbox, archive, "--jobs", str(jobs), cores=cores)
            there = count_issues(open_archive(archive))
            base = base or seconds
            print(
                f"jobs {jobs}: {count} deliveries, {there} issues in {seconds:.1f} s, "
                f"{60 * count / seconds:.1f} pages a minute, {base / seconds:.2f} x; "
                f"{memory}",
                flush=True,
            )
        before = read(archive)
        seconds, _ = ingest(inbox, archive)
        print(f"again: {seconds:.1f} s, {read(archive) - before} pages read", flush=True)
        first = sorted(inbox.rglob("*.pdf"))[0]
        kept = first.read_bytes()
        issue, drafts = pages.random_issue(given.seed + 1, 1, 1)
        first.write_bytes(pdf.write(drafts, issue.title))
        seconds, _ = ingest(inbox, archive)
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
