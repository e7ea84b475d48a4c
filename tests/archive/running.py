"""Running ingest in processes of its own, and looking at what it left."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from digitise.archive import open_archive
from digitise.archive.ingest import ledger

from ..conftest import digitise_command, environment, tree

DRIVER = Path(__file__).with_name("driver.py")
# What differs between runs though the archive is the same.
_OWN = ("catalogue.sqlite3", "logs/", "reports/", ".ingest/")


def ingest(
    inbox: Path | str, archive: Path, *more: object, point: str = "none", wait: float = 900
) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable, "-P", str(DRIVER), point, "ingest", str(inbox), "-a", str(archive),
        "--settle", "0.5", *map(str, more),
    ]  # fmt: skip
    return subprocess.run(
        command, env=environment(), stdin=subprocess.DEVNULL, capture_output=True,
        encoding="utf-8", timeout=wait, check=False,
    )  # fmt: skip


def start(
    inbox: Path | str, archive: Path, *more: object, alone: bool = False
) -> subprocess.Popen[bytes]:
    """What it says goes to a file beside the archive: see `said`. `alone`: in a session of its
    own, so that whatever it leaves behind is found by that."""
    command = digitise_command("ingest", inbox, "-a", archive, "--settle", "0.5", *more)
    with _said(archive).open("ab") as out:
        return subprocess.Popen(
            command, env=environment(), stdin=subprocess.DEVNULL, stdout=out, stderr=out,
            start_new_session=alone,
        )  # fmt: skip


def said(archive: Path) -> str:
    """What the runs begun by `start` have said."""
    return _said(archive).read_text("utf-8", "replace")


def _said(archive: Path) -> Path:
    return archive.with_name(f"{archive.name}.said")


def kept(archive: Path) -> dict[str, bytes]:
    """The archive's files that are the same for the same deliveries."""
    return {
        name: data for name, data in tree(archive, hidden=True).items() if not name.startswith(_OWN)
    }


def units(archive: Path | str, catalogue: str = "") -> tuple[ledger.Unit, ...]:
    return ledger.list_units(open_archive(archive, catalogue).catalogue)


def states(archive: Path | str, catalogue: str = "") -> dict[str, str]:
    return {unit.name: unit.state for unit in units(archive, catalogue)}


def nothing_under_way(archive: Path) -> bool:
    folder = archive / ".ingest" / "units"
    return not folder.is_dir() or not any(folder.iterdir())


def log(archive: Path) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = []
    for path in sorted((archive / "logs").glob("*.jsonl")):
        lines += [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return lines


def children_of(group: int) -> list[int]:
    """Processes whose session or parent was the given one and that still run."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text("ascii", "replace").rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] not in "ZX" and int(fields[3]) == group:
            found.append(int(path.parent.name))
    return found
