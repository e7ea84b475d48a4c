"""The sample newspaper, a workbench in a process of its own and Chromium to look at it, for the
scripts that measure the workbench and take its pictures."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from digitise import Options, run
from digitise.model import Issue

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "samples" / "lanjiang-2026-03-13" / "issue.pdf"


def sample(folder: Path, name: str) -> Issue:
    """The sample newspaper as it is read."""
    issue = run([SAMPLE], folder, Options(engine="null"), issue_id=name).issues[0].issue
    if issue is None:
        raise SystemExit("The sample could not be read.")
    return issue


@contextmanager
def served(archive: Path) -> Iterator[str]:
    """The address that opens the workbench of an archive, as long as it runs."""
    command = [sys.executable, "-m", "digitise", "workbench", str(archive), "--port", "0"]
    process = subprocess.Popen(
        [*command, "--language", "en"], cwd=ROOT, env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
    )  # fmt: skip
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if found := re.search(r"http://\S+/open\?token=\S+", line):
                yield found[0]
                return
        raise SystemExit("The workbench did not start.")
    finally:
        process.kill()
        process.wait()


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser without a window."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        raise SystemExit("Chromium is needed (Debian: apt install chromium).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


def signed_in(browser: Any, opening: str) -> Any:
    """A page of the usual size, let in by the one-time address."""
    page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="en-GB")
    page.goto(opening)
    page.wait_for_selector(".shell")
    return page
