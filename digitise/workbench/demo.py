"""The sample archive: the project's sample issues, read on first use and kept."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from ..archive import Archive, add_issue, add_run, count_issues, open_archive
from ..errors import DigitiseError, InputMissing
from ..options import Options
from ..pipeline import run

log = logging.getLogger("digitise.workbench")

SAMPLES = ("lanjiang-2026-03-13", "lanjiang-2026-03-17")


def cache_folder() -> Path:
    """Where this user's programs keep what can be made again (XDG base directories)."""
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(home) if home else Path.home() / ".cache") / "digitise"


def samples_folder() -> Path:
    """The sample newspaper: beside the package when it runs from its repository.

    Raises InputMissing.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "_data" / "samples", package.parent / "samples"):
        if all((folder / name / "issue.pdf").is_file() for name in SAMPLES):
            return folder
    raise InputMissing(
        ("The sample newspaper is not installed.", "未安装样报。"),
        (
            "Run this from the project's folder, or name an archive of your own.",
            "请在项目文件夹中运行，或指定自己的档案库。",
        ),
    )


def demo_archive(folder: Path, tell: Callable[[str], None] = lambda _what: None) -> Archive:
    """The sample archive in `folder`, made when it is not there. `tell` hears the name of each
    sample that is read. Raises InputMissing, OutputUnwritable."""
    archive = open_archive(folder, create=True)
    if count_issues(archive) >= len(SAMPLES):
        return archive

    samples = samples_folder()
    with tempfile.TemporaryDirectory() as temporary:
        for name in SAMPLES:
            tell(name)
            source = samples / name / "issue.pdf"
            out = Path(temporary) / "out"
            result = run([source], out, Options(engine="null"), issue_id=name)
            read = next((i for i in result.issues if i.issue is not None), None)
            if read is None:
                raise result.failures[0].error
            add_run(archive, read.folder, [source])
            shutil.rmtree(out, ignore_errors=True)
    return archive


SCAN = "lanjiang-2026-03-13-scan"


def add_scan(archive: Archive) -> None:
    """Reads a scanned sample and takes it in, when it is not there: it has doubtful characters.
    What fails here only costs the demonstration its scan."""
    try:
        if count_issues(archive) > len(SAMPLES):
            return
        source = samples_folder() / SCAN
        with tempfile.TemporaryDirectory() as temporary:
            out = Path(temporary) / "out"
            result = run([source], out, Options(threads=1), issue_id=SCAN)
            for read in result.issues:
                if read.issue is not None:
                    add_issue(archive, read.issue, [source], name=SCAN, edition="scan")
    except DigitiseError as error:
        log.warning("%s", error)
