"""How fast ingest is, and whether its memory stays flat.

python scripts/benchmark_ingest.py --issues 100 [--jobs 1,2] [--seed 5000] [--scheduler]

Makes random one-page issues (born-digital), takes them in once for each number of jobs into a
fresh archive, then again (nothing is to be done), then once more with one file changed. With
`--scheduler` the pages go to a Dask cluster of that many worker processes instead.
"""

from __future__ import annotations

import argparse
import contextlib
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
    """The resident memory of a process, looked at every half second, in MB."""

    def __init__(self, pid: int) -> None:
        self._pid, self._stop = pid, threading.Event()
        self.seen: list[float] = []
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._stop.wait(0.5):
            with contextlib.suppress(OSError, ValueError, IndexError):
                pages_ = int(Path(f"/proc/{self._pid}/statm").read_text().split()[1])
                self.seen.append(pages_ * os.sysconf("SC_PAGE_SIZE") / 1e6)

    def told(self) -> str:
        self._stop.set()
        self._thread.join()
        if len(self.seen) < 8:
            return "too short to tell"
        quarter = len(self.seen) // 4
        return (
            f"highest in the second quarter {max(self.seen[quarter : 2 * quarter]):.0f} MB, "
            f"in the last {max(self.seen[-quarter:]):.0f} MB"
        )


def ingest(inbox: Path, archive: Path, *more: str) -> tuple[float, str]:
    """Seconds of a run, and what is to be said of its processor time (workers and all) and its
    memory. Raises when it fails."""
    command = [sys.executable, "-m", "digitise", "ingest", str(inbox), "-a", str(archive)]
    command += ["--settle", "0", *more]
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
    return seconds, f"processor {processor:.1f} s; memory: {memory.told()}"


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
                seconds, memory = ingest(inbox, archive, "--jobs", str(jobs))
            there = count_issues(open_archive(archive))
            base = base or seconds
            print(
                f"jobs {jobs}: {count} deliveries, {there} issues in {seconds:.1f} s, "
                f"{60 * count / seconds:.1f} pages a minute, {base / seconds:.2f} x; "
                f"{memory}",
                flush=True,
            )
        seconds, _ = ingest(inbox, archive)
        print(f"again, nothing to do: {seconds:.1f} s", flush=True)
        first = sorted(inbox.rglob("*.pdf"))[0]
        kept = first.read_bytes()
        issue, drafts = pages.random_issue(given.seed + 1, 1, 1)
        first.write_bytes(pdf.write(drafts, issue.title))
        seconds, _ = ingest(inbox, archive)
        there = count_issues(open_archive(archive))
        print(f"one file changed: {seconds:.1f} s, {there} issues", flush=True)
        first.write_bytes(kept)
        shutil.rmtree(archive)
    return 0


if __name__ == "__main__":
    sys.exit(main())
