"""The commands as a person meets them, in processes of their own."""

from __future__ import annotations

import json
import os
import pty
import select
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from ..conftest import ROOT, Run, digitise_command, environment, make_pdf


def test_run_writes_what_the_contract_says(digitise: Run, pdf: Callable[..., Path]) -> None:
    given = pdf("长河日报 2031-03-05.pdf", 2)
    done = digitise("run", given, "-o", "out", "--overlay")
    assert done.returncode == 0, done.stderr
    folder = given.parent / "out" / given.stem
    issue = json.loads((folder / "issue.json").read_text(encoding="utf-8"))
    assert issue["id"] == given.stem
    assert issue["complete"] is True
    for name in ("issue.txt", "pages/p0001.txt", "pages/p0002.txt", "articles/001.md"):
        assert (folder / name).is_file(), name
    for page in ("p0001", "p0002"):
        assert (folder / "overlays" / f"{page}.png").read_bytes().startswith(b"\x89PNG")
    assert "articles: 2" in done.stdout
    assert str(Path("out") / given.stem) in done.stdout
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == [
        f"{given.stem} p0001",
        f"{given.stem} p0002",
    ]


def test_evaluate_finds_an_issue_equal_to_itself(digitise: Run, pdf: Callable[..., Path]) -> None:
    given = pdf()
    assert digitise("run", given, "-o", "out").returncode == 0
    truth = given.parent / "out" / "issue" / "issue.json"
    table = digitise("evaluate", "out", truth)
    assert table.returncode == 0, table.stderr
    assert "issue" in table.stdout
    done = digitise("evaluate", "out", truth, "--json", "--json-file", "figures.json")
    figures = json.loads(done.stdout)
    assert figures == json.loads((given.parent / "figures.json").read_text(encoding="utf-8"))


def test_inspect(digitise: Run, pdf: Callable[..., Path]) -> None:
    done = digitise("inspect", pdf("a.pdf", 2))
    assert done.returncode == 0, done.stderr
    assert "p0002" in done.stdout
    assert "141 × 141 mm" in done.stdout
    assert ": trusted" in done.stdout
    fonts = [row for row in done.stdout.splitlines() if "font " in row]
    assert len(fonts) == 2  # one a page, told of once


def test_doctor(digitise: Run) -> None:
    done = digitise("doctor")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "PP-OCRv6" in done.stdout
    assert "links.npz" in done.stdout
    assert "Ready" in done.stdout
    assert "sha256 differs" not in done.stdout


def test_evaluating_some_of_the_issues(digitise: Run, tmp_path: Path) -> None:
    """One result and the truths of four: only asked for is that not a mistake."""
    samples = ROOT / "samples"
    result = tmp_path / "out" / "lanjiang-2026-03-13" / "issue.json"
    result.parent.mkdir(parents=True)
    result.write_bytes((samples / "lanjiang-2026-03-13.truth.json").read_bytes())
    refused = digitise("evaluate", "out", samples)
    assert refused.returncode == 3
    assert "lanjiang-2026-03-17" in refused.stderr
    assert "--partial" in refused.stderr
    done = digitise("evaluate", "out", samples, "--partial", "--brief")
    assert done.returncode == 0
    assert [row.split()[0] for row in done.stdout.splitlines()] == ["issue", "lanjiang-2026-03-13"]


def test_chinese_on_a_terminal_that_knows_none(digitise: Run, pdf: Callable[..., Path]) -> None:
    done = digitise("run", pdf("报纸.pdf"), "-o", "out", LC_ALL="POSIX")
    assert done.returncode == 0, done.stderr


def test_a_bar_on_a_terminal(tmp_path: Path) -> None:
    given = make_pdf(tmp_path / "a.pdf", 2)
    master, slave = pty.openpty()
    process = subprocess.Popen(
        digitise_command("run", given, "-o", tmp_path / "out"),
        env=environment(TERM="xterm", COLUMNS="80"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=slave,
    )
    os.close(slave)
    shown = b""
    while select.select([master], [], [], 120)[0]:
        try:
            piece = os.read(master, 4096)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        shown += piece
    os.close(master)
    process.communicate(timeout=60)
    assert process.returncode == 0
    text = shown.decode("utf-8")
    assert "1/2 pages" in text
    assert "s a page" in text
    assert "#" * 24 in text
    assert text.endswith("\r\x1b[K")


def test_a_reader_that_leaves_early(tmp_path: Path) -> None:
    """`digitise ... | head -1` ends quietly."""
    script = f"{shlex.quote(sys.executable)} -P -m digitise run --help | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode in (0, 141)
    assert "Traceback" not in done.stderr


def test_no_traceback_unless_asked_for(digitise: Run, pdf: Callable[..., Path]) -> None:
    given = pdf()
    plain = digitise(
        "run", given, "-o", "out", "--engine", "faulty:detect", "--text-layer", "never"
    )
    assert plain.returncode == 10
    assert "Traceback" not in plain.stdout + plain.stderr
    debug = digitise(
        "run", given, "-o", "out", "--engine", "faulty:detect", "--text-layer", "never", "--debug"
    )
    assert debug.returncode == 10
    assert "Traceback" in debug.stderr
