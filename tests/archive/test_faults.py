"""Bad input, broken engines, full disks: each costs what it must and nothing else."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import time
import uuid
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest
from PIL import Image

from digitise.archive import find_issue, list_issues, load_version, open_archive, reindex
from digitise.archive.checking import check
from digitise.archive.ingest import ledger
from digitise.archive.ingest.crew import LocalCrew, Task
from digitise.archive.ingest.entering import enter
from digitise.archive.search import Query, search
from digitise.errors import CatalogueUnavailable

from .conftest import Cluster, fill, make_issue, settle
from .running import (
    children_of,
    ingest,
    kept,
    log,
    nothing_under_way,
    said,
    start,
    states,
    units,
)

QUICK = "[ingest]\nattempts = 2\nback_off_seconds = 0.2\npage_seconds = 20\n"


def _archive(folder: Path, settings: str = QUICK) -> Path:
    folder.mkdir()
    (folder / "archive.toml").write_text(settings, "utf-8")
    return folder


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An inbox with three issues, and beside it the archive they make undisturbed."""
    folder = tmp_path_factory.mktemp("three")
    fill(folder / "inbox", 3)
    assert ingest(folder / "inbox", folder / "archive").returncode == 0
    return folder


def _mixed(inbox: Path) -> None:
    """An issue of three pages, the second of which has to be recognised."""
    folder = inbox / "haizhou-2031-03-21"
    make_issue(folder / "a1.pdf", 21, date="2031-03-21")
    scan = make_issue(folder / "scan.pdf", 22)
    with pymupdf.open(scan) as document:
        document[0].get_pixmap(dpi=100).save(folder / "a2.png")
    scan.unlink()
    make_issue(folder / "a3.pdf", 23)
    settle(inbox)


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    """The catalogue's: empty for the archive's own SQLite, else a new database in PostgreSQL."""
    if request.param == "sqlite":
        return ""
    cluster: Cluster = request.getfixturevalue("cluster")
    return cluster.database(f"f{uuid.uuid4().hex[:12]}")


@pytest.mark.parametrize(
    ("engine", "more", "attempts", "says"),
    [
        ("faulty:crash", (), 2, "broke off"),
        # Tried once: each try of it takes all its time. So long, since the good pages of a busy
        # machine have to be through by then, the one after the hang with a new worker.
        ("faulty:hang", ("--page-seconds", 15), 1, "given up after"),
        ("faulty:memory", ("--page-memory", 900), 2, "more memory"),
    ],
)
def test_a_page_that_breaks_its_worker(
    engine: str, more: tuple[object, ...], attempts: int, says: str, url: str, tmp_path: Path
) -> None:
    _mixed(tmp_path / "inbox")
    settings = QUICK.replace("attempts = 2", f"attempts = {attempts}")
    archive = _archive(tmp_path / "archive", settings)
    run = ingest(
        tmp_path / "inbox", archive, "--catalogue", url, "--engine", engine,
        "--text-layer", "always", *more,
    )  # fmt: skip
    assert run.returncode == 20, run.stderr
    opened = open_archive(archive, url)
    (entry,) = list_issues(opened)
    assert (entry.id, entry.pages, entry.complete) == ("海州日报-2031-03-21", 2, False)
    issue = load_version(opened, entry.id)
    assert [bool(page.error) for page in issue.pages] == [False, True, False]
    assert says in issue.pages[1].error
    tries = [line for line in log(archive) if line["event"] == "page" and line.get("error")]
    assert [line["final"] for line in tries] == [n == attempts for n in range(1, attempts + 1)]
    assert says in (archive / "reports" / "latest.en.html").read_text("utf-8")
    assert nothing_under_way(archive)


def test_a_finished_issue_is_read_again(tmp_path: Path) -> None:
    _mixed(tmp_path / "inbox")
    archive = _archive(tmp_path / "archive")
    engine = ("--engine", "faulty:detect", "--text-layer", "always")
    assert ingest(tmp_path / "inbox", archive, *engine).returncode == 20
    from digitise.archive.ingest.again import retry

    assert retry(open_archive(archive), ["海州日报-2031-03-21"]) == (1, ())
    assert retry(open_archive(archive), ["nobody"]) == (0, ("nobody",))
    ingest(tmp_path / "inbox", archive, *engine)
    entry = find_issue(open_archive(archive), "海州日报-2031-03-21")
    assert entry.version == 2
    # The originals are kept once.
    assert sorted(p.name for p in (archive / entry.folder / "originals").iterdir()) == [
        "1",
        "1.sha256",
    ]


def _hostile(inbox: Path) -> None:
    """Files that want to break whoever opens them."""
    (inbox / "empty.pdf").write_bytes(b"")
    (inbox / "text.pdf").write_text("not a PDF at all")
    (inbox / "noise.tif").write_bytes(bytes(range(256)) * 40)
    (inbox / "truncated.jpg").write_bytes(b"\xff\xd8\xff\xe0" + b"\0" * 200)
    (inbox / "unknown.blp").write_bytes(b"BLP2" + b"\0" * 500)
    (inbox / "noname").write_bytes(b"\x7fELF" + b"\0" * 100)
    bomb = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(bomb, "PNG")
    (inbox / "bomb.png").write_bytes(bomb.getvalue())
    make_issue(inbox / "plain.pdf", 31)
    with pymupdf.open(inbox / "plain.pdf") as document:
        document.save(inbox / "locked.pdf", encryption=5, user_pw="u", owner_pw="o")
    data = (inbox / "plain.pdf").read_bytes()
    (inbox / "plain.pdf").unlink()
    (inbox / "half.pdf").write_bytes(data[: len(data) // 2])
    with zipfile.ZipFile(inbox / "climbing.zip", "w") as file:
        file.writestr("../../outside.pdf", b"%PDF-1.4")
    (inbox / "torn.zip").write_bytes(b"PK\x03\x04" + b"\0" * 60)
    loop = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 9>>endobj\ntrailer<</Root 1 0 R>>"
    (inbox / "loop.pdf").write_bytes(loop)


def test_hostile_files_beside_good_ones(tmp_path: Path) -> None:
    """With DIGITISE_HOSTILE=FOLDER all files of that folder as well."""
    inbox = tmp_path / "inbox"
    outside = os.environ.get("DIGITISE_HOSTILE", "")
    goods = 10 if outside else 4
    fill(inbox, goods)
    _hostile(inbox)
    for path in sorted(Path(outside).rglob("*")) if outside else ():
        if path.is_file():
            shutil.copyfile(path, inbox / path.name)
    settle(inbox)
    archive = _archive(tmp_path / "archive")
    process = start(
        inbox, archive, "--jobs", 2, "--max-pixels", 100_000_000, "--page-seconds", 60,
        "--page-memory", 2048, alone=True,
    )  # fmt: skip
    assert process.wait(timeout=1800) == 20, said(archive)
    assert not children_of(process.pid)
    assert "Traceback" not in said(archive)
    good = [unit for unit in units(archive) if unit.name.startswith("haizhou")]
    assert [unit.state for unit in good] == ["done"] * goods
    bad = [unit for unit in units(archive) if not unit.name.startswith("haizhou")]
    # Every file is in some delivery.
    named = {source.name for unit in (*good, *bad) for source in unit.sources}
    assert named == {path.name for path in inbox.iterdir()}
    pages = [line for line in log(archive) if line["event"] == "page"]
    # None went on for long after it was to be given up.
    assert max(line["seconds"] for line in pages) < 2 * 60
    if outside:
        counts = Counter((unit.state, unit.reason_code) for unit in bad)
        failed = sum(bool(line.get("error")) for line in pages)
        print(f"{len(named)} files, {len(pages)} pages, of which {failed} failed: {counts}")
        print(f"the longest page: {max(line['seconds'] for line in pages)} s")
    for unit in bad:
        # Some of these can be read after all: then the issue says which pages could not.
        assert unit.state in ("quarantined", "done", "duplicate"), unit
        if unit.state == "quarantined":
            assert all(unit.reason)
            text = (archive / "quarantine" / unit.id / "reason.txt").read_text("utf-8")
            assert unit.reason[0] in text and unit.reason[1] in text
            assert ".ingest" not in text
    if not outside:
        # Of half a PDF something may be saved.
        kept_out = {unit.name for unit in bad if unit.state == "quarantined"}
        assert {unit.name for unit in bad} - kept_out <= {"half"}
    assert not (tmp_path / "outside.pdf").exists()
    assert nothing_under_way(archive)


def test_released_it_is_tried_anew_with_what_was_kept(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    make_issue(inbox / "large-2031-03-05.pdf", 5, date="2031-03-05")
    with pymupdf.open(inbox / "large-2031-03-05.pdf") as document:
        document[0].get_pixmap(dpi=150).save(inbox / "large-2031-03-05.png")
    (inbox / "large-2031-03-05.pdf").unlink()
    settle(inbox)
    archive = _archive(tmp_path / "archive")
    assert ingest(inbox, archive, "--max-pixels", 1000, "--engine", "tesseract").returncode == 20
    assert states(archive) == {"large-2031-03-05": "quarantined"}
    (inbox / "large-2031-03-05.png").unlink()
    from digitise.archive.ingest.again import release

    (unit,) = units(archive)
    assert release(open_archive(archive), [unit.id]) == ((unit.id,), ())
    assert not (archive / "quarantine" / unit.id).exists()
    assert ingest(inbox, archive, "--max-pixels", 1000).returncode == 20
    assert states(archive) == {"large-2031-03-05": "quarantined"}
    assert (archive / "quarantine" / unit.id / "files" / "large-2031-03-05.png").is_file()


def test_a_file_that_vanishes_and_comes_back(tmp_path: Path) -> None:
    inbox, archive = tmp_path / "inbox", tmp_path / "archive"
    fill(inbox, 1)
    path = inbox / "haizhou-2031-03-01.pdf"
    opened = open_archive(archive, create=True)
    source = ledger.Source(path.name, path.stat().st_size, path.stat().st_mtime_ns)
    enter(opened.catalogue, path.stem, str(inbox), [source])
    path.rename(tmp_path / "aside")
    assert ingest(inbox, archive).returncode == 20
    assert states(archive) == {"haizhou-2031-03-01": "vanished"}
    (tmp_path / "aside").rename(path)
    assert ingest(inbox, archive).returncode == 0
    assert states(archive) == {"haizhou-2031-03-01": "done"}


def test_an_archive_that_cannot_be_made(tmp_path: Path) -> None:
    fill(tmp_path / "inbox", 1)
    archive = tmp_path / "archive"
    archive.write_text("in the way")
    run = ingest(tmp_path / "inbox", archive)
    assert run.returncode in (8, 14)
    assert "Traceback" not in run.stderr


def test_a_read_only_archive(three: Path, tmp_path: Path) -> None:
    """It takes nothing in and says so, and is searched and checked as ever."""
    disk = tmp_path / "disk"
    with _small_disk(disk, "32m"):
        archive = Path(shutil.copytree(three / "archive", disk / "archive"))
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        run = ingest(three / "inbox", archive, "--patience", 1)
        assert run.returncode == 8, run.stderr
        assert "read-only" in run.stderr
        assert kept(archive) == kept(three / "archive")
        opened = open_archive(archive)
        assert search(opened, Query("乡村来信")).count >= 3
        assert not check(opened).faults
        with pytest.raises(CatalogueUnavailable):
            reindex(opened, list_issues(opened)[0].id)


def test_the_database_is_away(tmp_path: Path) -> None:
    fill(tmp_path / "inbox", 1)
    url = f"postgresql://nobody@/none?host={tmp_path}&port=1"
    run = ingest(tmp_path / "inbox", tmp_path / "archive", "--catalogue", url, "--patience", 1)
    assert run.returncode == 14, run.stderr
    assert "cannot be used" in run.stderr


@contextlib.contextmanager
def _small_disk(folder: Path, size: str) -> Iterator[None]:
    folder.mkdir()
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("a small disk can only be made by root")
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=False,
        capture_output=True,
    )  # fmt: skip
    if made.returncode:
        pytest.skip("this machine does not let a small disk be made")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False, capture_output=True)


def test_a_full_disk(three: Path, url: str, tmp_path: Path) -> None:
    inbox, plain = three / "inbox", three / "archive"
    # SQLite's own file, with its log, lies there too.
    with _small_disk(tmp_path / "disk", "120k" if url else "480k"):
        archive = tmp_path / "disk" / "archive"
        more = "--catalogue", url, "--patience", 1
        run = ingest(inbox, archive, *more)
        assert run.returncode in (8, 14), run.stderr
        assert "full" in run.stderr
        subprocess.run(
            ["mount", "-o", "remount,size=64m", str(tmp_path / "disk")], check=True
        )  # fmt: skip
        assert ingest(inbox, archive, *more).returncode in (0, 20)
        assert kept(archive) == kept(plain)
        assert set(states(archive, url).values()) == {"done"}


def test_what_cannot_be_asked_holds_up_nothing(tmp_path: Path) -> None:
    """A worker's thread that ended unseen would have the run wait for ever."""
    crew = LocalCrew(1)
    try:
        asked = [crew.submit(Task("count", given, 60.0)) for given in (lambda: 0, tmp_path / "x")]
        assert asked[0].result(timeout=60).error is not None
        assert asked[1].result(timeout=60).value == 0
    finally:
        crew.close()


def test_no_process_is_left_behind(tmp_path: Path) -> None:
    _mixed(tmp_path / "inbox")
    process = start(
        tmp_path / "inbox", _archive(tmp_path / "archive"), "--engine", "faulty:hang",
        "--text-layer", "always",
    )  # fmt: skip
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline and not _busy(tmp_path / "archive"):
        time.sleep(0.2)
    # A page is read, the next one hangs; where its worker was just replaced there is soon another.
    while time.monotonic() < deadline and not (workers := _children(process.pid)):
        time.sleep(0.1)
    assert workers
    process.kill()
    process.wait()
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and any(_runs(pid) for pid in workers):
        time.sleep(0.1)
    assert not [pid for pid in workers if _runs(pid)]


def _busy(archive: Path) -> bool:
    return any(line["event"] == "page" for line in log(archive))


def _children(pid: int) -> list[int]:
    return [
        int(path.parent.name)
        for path in Path("/proc").glob("[0-9]*/stat")
        if (fields := _fields(path)) and int(fields[1]) == pid
    ]


def _runs(pid: int) -> bool:
    fields = _fields(Path(f"/proc/{pid}/stat"))
    return bool(fields) and fields[0] not in "ZX"


def _fields(path: Path) -> list[str]:
    try:
        return path.read_text("ascii", "replace").rpartition(")")[2].split()
    except OSError:
        return []
