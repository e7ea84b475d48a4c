"""Killed at any point, ingest goes on where it was: every issue once, the same bytes, nothing lost."""

from __future__ import annotations

import random
import signal
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from digitise.archive import list_issues, open_archive, tables
from digitise.archive.ingest import ledger
from digitise.archive.ingest.states import WORKING

from .conftest import Cluster, fill, make_issue, settle
from .running import ingest, kept, nothing_under_way, said, start, states

_COUNT = 3

# Each state, each side of a transaction, between files: the points a kill can fall on.
STATES = tuple(f"step:{state}:1" for state in WORKING)
BETWEEN = ("before:3", "commit:9", "place:2", "place:9", "put:3")


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inbox")
    fill(folder, _COUNT)
    # Two pages, one of which has to be recognised by pixels and cannot be.
    make_issue(folder / "haizhou-2031-03-09" / "a1.pdf", 9, date="2031-03-09")
    make_issue(folder / "haizhou-2031-03-09" / "a2.pdf", 10)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 but nothing after it")
    settle(folder)
    return folder


@pytest.fixture(scope="module")
def undisturbed(inbox: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    archive = tmp_path_factory.mktemp("undisturbed") / "archive"
    done = ingest(inbox, archive)
    assert done.returncode == 20, done.stderr
    return kept(archive)


def _whole(archive: Path, url: str, undisturbed: dict[str, bytes]) -> None:
    """Everything is there exactly once and byte for byte."""
    assert kept(archive) == undisturbed
    assert nothing_under_way(archive)
    opened = open_archive(archive, url)
    assert len(list_issues(opened)) == _COUNT + 1
    v = tables.versions.c
    rows = opened.catalogue.query(lambda c: c.execute(select(v.number, v.state)).all())
    assert sorted(rows) == [(1, "whole")] * (_COUNT + 1)
    assert states(archive, url)["broken"] == "quarantined"


def _killed(inbox: Path, archive: Path, url: str, points: tuple[str, ...]) -> None:
    more = ("--catalogue", url) if url else ()
    hit = 0
    for point in points:
        run = ingest(inbox, archive, *more, point=point)
        assert run.returncode in (-signal.SIGKILL, 0, 20), run.stderr
        killed = run.returncode == -signal.SIGKILL
        # A point may fall behind the end of what is left to do; those of the states must not.
        assert killed or point not in STATES, point
        hit += killed
    assert hit >= len(points) - 2
    last = ingest(inbox, archive, *more)
    assert last.returncode in (0, 20), last.stderr


def test_sqlite(inbox: Path, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    _killed(inbox, tmp_path / "archive", "", (*STATES, *BETWEEN))
    _whole(tmp_path / "archive", "", undisturbed)


def test_postgres(
    inbox: Path, undisturbed: dict[str, bytes], tmp_path: Path, cluster: Cluster
) -> None:
    url = cluster.database("killed")
    _killed(inbox, tmp_path / "archive", url, (*STATES, *BETWEEN[::2]))
    _whole(tmp_path / "archive", url, undisturbed)


def test_at_random_moments(inbox: Path, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    rng = random.Random(6)
    archive = tmp_path / "archive"
    for _ in range(4):
        process = start(inbox, archive, "--jobs", 2)
        time.sleep(rng.uniform(0.3, 4.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
    last = ingest(inbox, archive)
    assert last.returncode in (0, 20), last.stderr
    _whole(archive, "", undisturbed)


def test_two_at_once(
    inbox: Path, undisturbed: dict[str, bytes], tmp_path: Path, cluster: Cluster
) -> None:
    """Two started together share the work, one of them is killed, the other does the rest."""
    url = cluster.database("shared")
    archive = tmp_path / "archive"
    first = start(inbox, archive, "--catalogue", url)
    second = start(inbox, archive, "--catalogue", url)
    time.sleep(4)
    first.kill()
    first.wait()
    assert second.wait(timeout=900) in (0, 20)
    assert ingest(inbox, archive, "--catalogue", url).returncode in (0, 20)
    _whole(archive, url, undisturbed)


def test_a_database_that_restarts(
    inbox: Path, undisturbed: dict[str, bytes], tmp_path: Path, cluster: Cluster
) -> None:
    url = cluster.database("restarted")
    archive = tmp_path / "archive"
    process = start(inbox, archive, "--catalogue", url)
    for _ in range(2):
        time.sleep(2.5)
        cluster.stop()
        time.sleep(0.5)
        cluster.start()
    assert process.wait(timeout=900) in (0, 20), said(archive)
    assert ingest(inbox, archive, "--catalogue", url).returncode in (0, 20)
    _whole(archive, url, undisturbed)


def test_a_lease_of_the_dead_is_taken_at_once(tmp_path: Path) -> None:
    fill(tmp_path / "inbox", 1)
    run = ingest(tmp_path / "inbox", tmp_path / "archive", point="step:recognised:1")
    assert run.returncode == -signal.SIGKILL
    catalogue = open_archive(tmp_path / "archive").catalogue
    (unit,) = ledger.list_units(catalogue)
    assert unit.owner
    taken = ledger.claim(catalogue, "another/1/2")
    assert taken is not None
    assert taken.state == "recognised"
    # Held by somebody of another machine, it is not to be had again.
    assert ledger.claim(catalogue, "third/1/2") is None
