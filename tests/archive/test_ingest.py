"""What ingest does with deliveries that are well."""

from __future__ import annotations

import os
import subprocess
import time
import zipfile
from pathlib import Path

import pytest

from digitise.archive import find_issue, list_issues, load_version, open_archive
from digitise.archive.checking import check
from digitise.archive.ingest.inbox import LocalInbox
from digitise.archive.ingest.scan import unsettled

from ..conftest import digitise_command, environment
from .conftest import fill, make_issue, settle
from .running import ingest, kept, log, states


def test_once_twice_and_a_changed_one(tmp_path: Path) -> None:
    inbox, archive = tmp_path / "inbox", tmp_path / "archive"
    fill(inbox, 3)
    (inbox / "readme.txt").write_text("companion")
    first = ingest(inbox, archive, "--jobs", 2)
    assert first.returncode == 0, first.stderr
    before = kept(archive)
    opened = open_archive(archive)
    assert [e.id for e in list_issues(opened)] == [f"海州日报-2031-03-0{n}" for n in (1, 2, 3)]

    events = len(log(archive))
    second = ingest(inbox, archive)
    assert second.returncode == 0
    assert kept(archive) == before
    assert not [line for line in log(archive)[events:] if line["event"] in ("page", "step")]

    # Touched, or copied there once more: known by their content.
    settle(inbox)
    third = ingest(inbox, archive)
    assert third.returncode == 0
    assert "put there once more as they were: 3" in third.stderr
    assert "left alone: 3 (haizhou-2031-03-01.pdf, " in (
        (archive / "reports" / "latest.en.html").read_text("utf-8")
    )
    assert not [line for line in log(archive)[events:] if line["event"] in ("page", "step")]
    assert set(states(archive).values()) == {"done"}

    # One is delivered anew with another text, one again under another name.
    make_issue(inbox / "haizhou-2031-03-02.pdf", 52, pages=2, date="2031-03-02")
    os.link(inbox / "haizhou-2031-03-03.pdf", inbox / "copy.pdf")
    settle(inbox)
    assert ingest(inbox, archive).returncode == 0
    entry = find_issue(opened, "海州日报-2031-03-02")
    assert (entry.version, entry.pages) == (2, 2)
    assert len(load_version(opened, entry.id, 1).pages) == 1
    assert states(archive)["copy"] == "duplicate"
    now = kept(archive)
    assert {name: now[name] for name in before} == before
    verdict = check(opened)
    assert not verdict.faults, verdict.faults


def test_folders_zips_loose_pages_and_their_mastheads(tmp_path: Path) -> None:
    inbox, archive = tmp_path / "inbox", tmp_path / "archive"
    make_issue(inbox / "folder" / "a1.pdf", 1, date="2031-03-01")
    make_issue(inbox / "folder" / "a2.pdf", 2)
    make_issue(tmp_path / "z1.pdf", 3, date="2031-03-03")
    with zipfile.ZipFile(inbox / "pack.zip", "w") as file:
        file.write(tmp_path / "z1.pdf", "inside/z1.pdf")
    # Names that tell nothing: only the mastheads say that these are two issues.
    make_issue(inbox / "scan1.pdf", 5, date="2031-03-05")
    make_issue(inbox / "scan2.pdf", 6)
    make_issue(inbox / "scan3.pdf", 7, date="2031-03-07")
    settle(inbox)
    run = ingest(inbox, archive)
    assert run.returncode == 0, run.stderr
    found = {e.id: e.pages for e in list_issues(open_archive(archive))}
    assert found == {
        "海州日报-2031-03-01": 2, "海州日报-2031-03-03": 1,
        "海州日报-2031-03-05": 2, "海州日报-2031-03-07": 1,
    }  # fmt: skip
    # The next one of that name is not mixed up with those before, though these have been touched.
    make_issue(inbox / "scan4.pdf", 8, date="2031-03-09")
    settle(inbox)
    events = len(log(archive))
    assert ingest(inbox, archive).returncode == 0
    assert sum(line["event"] == "page" for line in log(archive)[events:]) == 1
    assert len(list_issues(open_archive(archive))) == 5


def test_a_file_that_is_still_written_is_waited_for(tmp_path: Path) -> None:
    inbox, archive = tmp_path / "inbox", tmp_path / "archive"
    fill(inbox, 1)
    data = (inbox / "haizhou-2031-03-01.pdf").read_bytes()
    (inbox / "haizhou-2031-03-01.pdf").unlink()
    slow = inbox / "slow-2031-03-02.pdf"
    with slow.open("wb") as file:
        file.write(data[: len(data) // 2])
        file.flush()
        settle(inbox)  # its time says that it rests, but somebody has it open
        assert LocalInbox(str(inbox), inbox).written() == {"slow-2031-03-02.pdf"}
        command = digitise_command("ingest", inbox, "-a", archive, "--settle", "1")
        process = subprocess.Popen(command, env=environment(), stderr=subprocess.DEVNULL)
        time.sleep(5)
        file.write(data[len(data) // 2 :])
    assert process.wait(timeout=120) == 0
    assert states(archive) == {"slow-2031-03-02": "done"}


class _ClosedMeanwhile(LocalInbox):
    """An inbox in which the last of a file is written, and the file closed, after it was listed
    and before it is asked which files are open."""

    def written(self) -> frozenset[str]:
        path = self.path("slow-2031-03-02.pdf")
        path.write_bytes(path.read_bytes() * 2)
        settle(self.folder)
        return super().written()


def test_a_file_closed_since_it_was_listed_is_waited_for(tmp_path: Path) -> None:
    fill(tmp_path, 1)
    (tmp_path / "haizhou-2031-03-01.pdf").rename(tmp_path / "slow-2031-03-02.pdf")
    settle(tmp_path)
    inbox = _ClosedMeanwhile(str(tmp_path), tmp_path)
    files = [file for file in inbox.files() if file.name.startswith("slow")]
    assert unsettled(inbox, files, 1.0) == {"slow-2031-03-02.pdf"}
    resting = LocalInbox(str(tmp_path), tmp_path)
    files = [file for file in resting.files() if file.name.startswith("slow")]
    assert unsettled(resting, files, 1.0) == frozenset()


def test_watching_until_told_to_stop(tmp_path: Path) -> None:
    inbox, archive = tmp_path / "inbox", tmp_path / "archive"
    inbox.mkdir()
    command = digitise_command(
        "ingest", inbox, "-a", archive, "--watch", "--settle", "0.2", "--every", "0.5",
        "--metrics", tmp_path / "digitise.prom",
    )  # fmt: skip
    process = subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE)
    try:
        time.sleep(2)
        fill(inbox, 1)
        deadline = time.monotonic() + 180
        while time.monotonic() < deadline and "done" not in _states(archive):
            time.sleep(0.3)
        assert "done" in _states(archive)
    finally:
        process.terminate()
        _, said = process.communicate(timeout=180)
    assert process.returncode == 143, said
    assert b"Traceback" not in said
    assert "digitise_ingest_units" in (tmp_path / "digitise.prom").read_text()


def _states(archive: Path) -> list[str]:
    return list(states(archive).values()) if (archive / "catalogue.sqlite3").exists() else []


def test_the_inbox_is_cleared_of_what_is_safe(tmp_path: Path) -> None:
    inbox, archive = tmp_path / "inbox", tmp_path / "archive"
    fill(inbox / "day", 1)
    (inbox / "bad.pdf").write_text("bad")
    settle(inbox)
    assert ingest(inbox, archive, "--remove").returncode == 20
    assert [p.name for p in inbox.rglob("*")] == ["bad.pdf"]
    # Touched, it is the same fault still, of which somebody was told.
    settle(inbox)
    assert ingest(inbox, archive).returncode == 0
    assert sorted(states(archive).values()) == ["done", "quarantined"]
    original = archive / "海州日报" / "2031" / "03" / "01" / "originals"
    assert (original / "1" / "haizhou-2031-03-01.pdf").is_file()


def test_exports_and_a_profile(tmp_path: Path) -> None:
    inbox, archive = tmp_path / "inbox", tmp_path / "archive"
    fill(inbox, 1)
    (archive / "titles").mkdir(parents=True)
    (archive / "titles" / "haizhou.toml").write_text(
        'name = "海州晨报"\ncn = "CN33-0999"\n', encoding="utf-8"
    )
    run = ingest(inbox, archive, "--format", "alto", "--format", "csv")
    assert run.returncode == 0, run.stderr
    (entry,) = list_issues(open_archive(archive))
    assert (entry.id, entry.title) == ("haizhou-2031-03-01", "海州晨报")
    exports = archive / entry.folder / "derived" / "1" / "exports"
    assert {p.name for p in exports.iterdir()} == {"alto", "csv"}
    assert any(exports.rglob("*.xml"))


def test_an_archive_without_its_catalogue_takes_nothing_twice(tmp_path: Path) -> None:
    inbox, archive = tmp_path / "inbox", tmp_path / "archive"
    fill(inbox, 1)
    assert ingest(inbox, archive).returncode == 0
    (archive / "catalogue.sqlite3").unlink()
    run = ingest(inbox, archive)
    assert run.returncode == 2
    assert "digitise archive rebuild" in run.stderr


def test_a_report_that_reaches_nobody_is_told_by_the_exit_code(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    settings = 'schema = "digitise/archive/1"\n[report]\nwebhook = "http://127.0.0.1:1/x"\n'
    (archive / "archive.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "inbox").mkdir()
    done = ingest(tmp_path / "inbox", archive)
    assert done.returncode == 20
    assert "could not be sent" in done.stderr


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_timer(language: str) -> None:
    command = digitise_command(
        "--language", language, "ingest", "install-timer", "/srv/in 100%", "-a", "/srv/a", "--print"
    )
    said = subprocess.run(
        command, env=environment(), capture_output=True, check=True
    ).stdout.decode()
    assert '"/srv/in 100%%"' in said
    assert "'/srv/in 100\\%'" in said
    assert "OnCalendar=" in said
