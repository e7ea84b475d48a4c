"""Stopping, going on, and doing it again."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import digitise

from ..conftest import digitise_command, environment, make_pdf

PAGES = 24


def _kept(out: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in out.rglob(".work/*.json.gz")}


def _interrupted(given: Path, out: Path, number: int) -> subprocess.CompletedProcess[str]:
    """A run that gets the signal once its second page is done, as from a terminal: the workers
    get it as well."""
    process = subprocess.Popen(
        digitise_command("run", given, "-o", out),
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        # A background job of a script has the signal switched off, and hands that down.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stderr is not None
    seen = [process.stderr.readline(), process.stderr.readline()]
    os.killpg(process.pid, number)
    stdout, stderr = process.communicate(timeout=120)
    deadline = time.monotonic() + 60
    with pytest.raises(ProcessLookupError):
        while time.monotonic() < deadline:
            os.killpg(process.pid, 0)  # no worker is left, once the system has buried them
            time.sleep(0.05)
    return subprocess.CompletedProcess([], process.returncode, stdout, "".join(seen) + stderr)


def test_ctrl_c_then_again(tmp_path: Path, files_below: Callable[..., dict[str, bytes]]) -> None:
    given = make_pdf(tmp_path / "paper.pdf", PAGES)
    out = tmp_path / "out"
    stopped = _interrupted(given, out, signal.SIGINT)
    assert stopped.returncode == 130, stopped.stderr
    assert "Interrupted" in stopped.stderr
    assert "Traceback" not in stopped.stderr
    kept = _kept(out)
    assert 2 <= len(kept) < PAGES
    assert not (out / "paper" / "issue.json").exists()
    assert not list(out.rglob("*.part"))

    again = digitise.run([given], out)
    assert again.exit_code == 0
    now = _kept(out)
    assert len(now) == PAGES
    assert {name: now[name] for name in kept} == kept, "finished pages were read again"

    fresh = tmp_path / "fresh"
    assert digitise.run([given], fresh).exit_code == 0
    assert files_below(out, hidden=True) == files_below(fresh, hidden=True)


def test_terminated(tmp_path: Path) -> None:
    given = make_pdf(tmp_path / "paper.pdf", PAGES)
    process = subprocess.Popen(
        digitise_command("run", given, "-o", tmp_path / "out"),
        env=environment(),
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        encoding="utf-8",
    )
    assert process.stderr is not None
    process.stderr.readline()
    process.terminate()
    _, stderr = process.communicate(timeout=120)
    assert process.returncode == 143
    assert "Traceback" not in stderr


def test_the_second_run_reads_nothing_and_gives_the_same_bytes(
    tmp_path: Path, files_below: Callable[..., dict[str, bytes]]
) -> None:
    given = make_pdf(tmp_path / "paper.pdf", 3)
    out = tmp_path / "out"
    digitise.run([given], out)
    before = files_below(out, hidden=True)
    seen: list[digitise.Progress] = []
    digitise.run([given], out, progress=seen.append)
    assert [progress.cached for progress in seen] == [True, True, True]
    assert files_below(out, hidden=True) == before


def test_two_workers_give_the_same_bytes_as_one(
    tmp_path: Path, files_below: Callable[..., dict[str, bytes]]
) -> None:
    given = make_pdf(tmp_path / "paper.pdf", 4)
    digitise.run([given], tmp_path / "one")
    digitise.run([given], tmp_path / "two", digitise.Options(jobs=2))
    assert files_below(tmp_path / "one", hidden=True) == files_below(tmp_path / "two", hidden=True)


def test_where_the_input_lies_does_not_show(
    tmp_path: Path, files_below: Callable[..., dict[str, bytes]]
) -> None:
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
    given = make_pdf(tmp_path / "here" / "paper.pdf", 2)
    moved = tmp_path / "there" / "paper.pdf"
    moved.write_bytes(given.read_bytes())
    digitise.run([given], tmp_path / "one")
    digitise.run([moved], tmp_path / "two")
    assert files_below(tmp_path / "one") == files_below(tmp_path / "two")


def test_a_damaged_or_changed_page_is_read_again(tmp_path: Path) -> None:
    given = make_pdf(tmp_path / "paper.pdf", 2)
    out = tmp_path / "out"
    digitise.run([given], out)
    first, second = sorted(out.rglob(".work/*.json.gz"))
    first.write_bytes(first.read_bytes()[:100])
    seen: list[digitise.Progress] = []
    assert digitise.run([given], out, progress=seen.append).exit_code == 0
    assert {p.page_id: p.cached for p in seen} == {"p0001": False, "p0002": True}

    make_pdf(given, 2, garbage=4, deflate=True)
    seen.clear()
    digitise.run([given], out, progress=seen.append)
    assert [p.cached for p in seen] == [False, False]
    assert len(list(out.rglob(".work/*.json.gz"))) == 2
    assert not second.exists()
