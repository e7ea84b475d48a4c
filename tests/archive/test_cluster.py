"""Pages on a Dask cluster, archives at addresses: the same bytes as on one machine."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from digitise.archive import list_issues, open_archive, page_picture
from digitise.archive.checking import check
from digitise.archive.ingest.night import Night, night
from digitise.archive.ingest.run import Plan
from digitise.archive.store import open_store

from .conftest import fill, make_issue
from .running import ingest, kept, start, units


def test_a_dask_worker_killed_midway(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    inbox = tmp_path / "inbox"
    fill(inbox, 6)
    plain = tmp_path / "plain"
    assert ingest(inbox, plain).returncode == 0
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        archive = tmp_path / "archive"
        process = start(inbox, archive, "--scheduler", cluster.scheduler_address)
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and not list(archive.rglob("*.json.gz")):
            time.sleep(0.1)
        os.kill(cluster.workers[0].pid, signal.SIGKILL)
        assert process.wait(timeout=900) == 0
        assert kept(archive) == kept(plain)


@pytest.mark.parametrize("address", ["nonsense", "tcp://127.0.0.1:9"])
def test_no_scheduler_there(address: str, tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    (tmp_path / "inbox").mkdir()
    more = "--scheduler", address, "--patience", 0.5
    run = ingest(tmp_path / "inbox", tmp_path / "archive", *more)
    assert run.returncode == 2
    assert f"No Dask scheduler answers at {address}" in run.stderr
    assert "Traceback" not in run.stderr


def test_inbox_and_archive_at_addresses(tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    fill(tmp_path / "inbox", 2)
    assert ingest(tmp_path / "inbox", tmp_path / "plain").returncode == 0
    system = fsspec.filesystem("memory")
    name = tmp_path.name
    for path in (tmp_path / "inbox").iterdir():
        system.pipe_file(f"/{name}/in/day/{path.name}", path.read_bytes())
    address, url = f"memory://{name}/archive", f"sqlite:///{tmp_path}/catalogue.sqlite3"
    wanted = Night(
        archive=address, catalogue=url,
        plan=Plan((f"memory://{name}/in",), settle=0, work=tmp_path / "work"),
    )  # fmt: skip
    assert night(wanted, lambda _name, _facts: None) == 0
    store = open_store(address)
    mine = {key: store.read(key) for key in store.keys("") if not key.startswith("reports/")}
    assert mine == kept(tmp_path / "plain")
    opened = open_archive(address, url)
    assert len(list_issues(opened)) == 2
    assert page_picture(opened, "海州日报-2031-03-01", "p0001", max_side=60)[:2] == b"\xff\xd8"
    assert not check(opened).faults
    assert night(wanted, lambda _name, _facts: None) == 0
    assert len(list_issues(opened)) == 2

    # Put there once more as it is; another text; another name; one name in two folders.
    one, two = (f"/{name}/in/day/haizhou-2031-03-0{n}.pdf" for n in (1, 2))
    data = system.cat_file(one)
    system.pipe_file(one, data)
    system.pipe_file(f"/{name}/in/day/other.pdf", data)
    system.pipe_file(two, make_issue(tmp_path / "b.pdf", 52, 2, date="2031-03-02").read_bytes())
    for n, pages in ((5, 2), (6, 1)):
        path = make_issue(tmp_path / "c.pdf", n, pages, date=f"2031-03-0{n}")
        system.pipe_file(f"/{name}/in/2031-03-0{n}/p.pdf", path.read_bytes())
    said: list[str] = []
    assert night(wanted, lambda event, facts: said.append(f"{event} {facts}")) == 0
    assert [line for line in said if "again=('day/haizhou-2031-03-01.pdf',)" in line]
    assert {e.date[-2:]: (e.version, e.pages) for e in list_issues(opened)} == {
        "01": (1, 1), "02": (2, 2), "05": (1, 2), "06": (1, 1),
    }  # fmt: skip
    assert sorted(u.state for u in units(address, url)) == ["done"] * 5 + ["duplicate"]
    assert not check(opened).faults
