from __future__ import annotations

import errno
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from digitise.errors import DataInvalid, OutputUnwritable
from digitise.formats.issue_json import load_issue
from digitise.formats.write import (
    check_writable,
    flush,
    flushing_later,
    unwritable,
    write_bytes,
    write_files,
    write_issue,
)
from digitise.model import Issue


def _files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_the_contract(issue: Issue, tmp_path: Path) -> None:
    folder = write_issue(issue, tmp_path / "new" / "out", {"p0001": b"png"})
    assert folder == tmp_path / "new" / "out" / "qingchuan-2031-04-05"
    assert _files(folder) == [
        "articles/001.md", "articles/002.md", "articles/003.md", "articles/004.md",
        "articles/005.md", "issue.json", "issue.txt", "overlays/p0001.png", "pages/p0001.txt",
        "pages/p0002.txt", "pages/p0003.txt",
    ]  # fmt: skip
    assert load_issue((folder / "issue.json").read_bytes()).id == issue.id


def test_a_second_run_leaves_nothing_of_the_first(issue: Issue, tmp_path: Path) -> None:
    folder = write_issue(issue, tmp_path, {"p0001": b"", "p0002": b""})
    (folder / "articles" / "notes.md").write_text("mine")
    write_issue(replace(issue, pages=issue.pages[:1], articles=issue.articles[:2]), tmp_path)
    assert _files(folder) == [
        "articles/001.md", "articles/002.md", "articles/notes.md", "issue.json", "issue.txt",
        "pages/p0001.txt",
    ]  # fmt: skip


def test_twice_the_same_bytes(issue: Issue, tmp_path: Path) -> None:
    one, two = write_issue(issue, tmp_path / "1"), write_issue(issue, tmp_path / "2")
    assert _files(one) == _files(two)
    assert all((one / f).read_bytes() == (two / f).read_bytes() for f in _files(one))


def test_articles_are_named_by_their_ids_where_they_can_be(issue: Issue, tmp_path: Path) -> None:
    named = replace(issue, articles=(replace(issue.articles[0], id="a017"),))
    assert "articles/017.md" in _files(write_issue(named, tmp_path / "1"))
    other = replace(issue, articles=(replace(issue.articles[0], id="front"),))
    assert "articles/001.md" in _files(write_issue(other, tmp_path / "2"))


@pytest.mark.parametrize("issue_id", ["", ".", "..", "a/b", "../x", "a\\b", "a\0b"])
def test_an_id_never_leads_out_of_the_folder(issue: Issue, tmp_path: Path, issue_id: str) -> None:
    with pytest.raises(DataInvalid):
        write_issue(replace(issue, id=issue_id), tmp_path)
    assert _files(tmp_path) == []


@pytest.mark.parametrize(
    "at", ["out", "out/qingchuan-2031-04-05", "out/qingchuan-2031-04-05/pages"]
)
def test_a_file_where_a_folder_is_needed(issue: Issue, tmp_path: Path, at: str) -> None:
    (tmp_path / at).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / at).write_text("in the way")
    with pytest.raises(OutputUnwritable) as caught:
        write_issue(issue, tmp_path / "out")
    assert "a file stands where a folder is needed" in caught.value.text("en")
    assert (tmp_path / at).read_text() == "in the way"


def test_a_folder_where_a_file_is_needed(tmp_path: Path) -> None:
    (tmp_path / "issue.json").mkdir()
    with pytest.raises(OutputUnwritable):
        write_bytes(tmp_path / "issue.json", b"x")
    assert _files(tmp_path) == []


def _with_little_room(program: str, place: Path) -> subprocess.CompletedProcess[str]:
    """`program` in a process that may write no file of more than 1,000 bytes, with `place` as its
    argument."""
    before = (
        "import resource, sys; from pathlib import Path\n"
        "from digitise.errors import OutputUnwritable\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
    )
    root = Path(__file__).parents[2]
    return subprocess.run(
        [sys.executable, "-c", before + program, str(place)], capture_output=True,
        encoding="utf-8", cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, check=False,
    )  # fmt: skip


@pytest.mark.skipif(os.name != "posix", reason="limits of the file size are POSIX")
def test_no_room_leaves_the_old_file_and_no_rest(tmp_path: Path) -> None:
    program = (
        "from digitise.formats.write import write_bytes\n"
        "try: write_bytes(Path(sys.argv[1]), b'x' * 100_000)\n"
        "except OutputUnwritable as e: sys.exit(e.exit_code)\n"
    )
    target = tmp_path / "issue.json"
    target.write_bytes(b"old")
    done = _with_little_room(program, target)
    assert done.returncode == OutputUnwritable.exit_code
    assert target.read_bytes() == b"old"
    assert _files(tmp_path) == ["issue.json"]


@pytest.mark.skipif(os.name != "posix", reason="limits of the file size are POSIX")
def test_of_files_that_belong_together_none_is_there_when_one_has_no_room(tmp_path: Path) -> None:
    program = (
        "from digitise.formats.write import write_files\n"
        "files = {Path(sys.argv[1]) / f'{n}' / 'page.txt': b'x' * 100 for n in range(40)}\n"
        "files[Path(sys.argv[1]) / 'issue.json'] = b'x' * 100_000\n"
        "try: write_files(files)\n"
        "except OutputUnwritable as e: sys.exit(str(e))\n"
    )
    done = _with_little_room(program, tmp_path)
    assert "issue.json" in done.stderr
    assert _files(tmp_path) == []


def test_what_is_flushed_later_is_whole_already(tmp_path: Path) -> None:
    files = {tmp_path / f"{n}" / "page.txt": b"x" * n for n in range(20)}
    with flushing_later():
        write_files(files)
    assert {path: path.read_bytes() for path in files} == files
    assert len(_files(tmp_path)) == 20
    flush(files)
    with pytest.raises(OutputUnwritable, match="gone"):
        flush([tmp_path / "gone", *files])


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_one_may_not_write_to(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputUnwritable, match="permission"):
        check_writable(tmp_path / "out")


@pytest.mark.parametrize(
    ("number", "english", "chinese"),
    [
        (errno.EACCES, "permission", "权限"),
        (errno.EROFS, "read-only", "只读"),
        (errno.ENOSPC, "full", "磁盘已满"),
        (errno.ENAMETOOLONG, "too long", "过长"),
        (errno.EIO, "Input/output error", "Input/output error"),
    ],
)
def test_each_reason_is_told_in_two_languages(number: int, english: str, chinese: str) -> None:
    error = unwritable(Path("out/issue.json"), OSError(number, os.strerror(number)))
    for language, word in (("en", english), ("zh", chinese)):
        assert word in error.text(language)
        assert "out/issue.json" in error.text(language)
        assert (
            "-o" in error.text(language)
            or "run" in error.text(language)
            or "运行" in error.text(language)
        )


def test_a_very_long_name(issue: Issue, tmp_path: Path) -> None:
    with pytest.raises(OutputUnwritable, match="too long"):
        write_issue(replace(issue, id="x" * 400), tmp_path)


def test_checking_leaves_only_the_folder(tmp_path: Path) -> None:
    check_writable(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()
    assert _files(tmp_path) == []
