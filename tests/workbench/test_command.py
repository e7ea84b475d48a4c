"""`digitise workbench` and `digitise users` at the command line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from digitise.archive import add_issue, open_archive
from digitise.archive.corrections import people
from digitise.errors import UsageError
from digitise.workbench import passwords
from digitise.workbench.running import prepare

from ..conftest import ROOT, environment, make_pdf
from ..corrections.papers import paper


def command(*arguments: object, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "digitise", *map(str, arguments)],
        input=given, capture_output=True, text=True, encoding="utf-8", env=environment(), cwd=ROOT,
    )  # fmt: skip


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    place = open_archive(tmp_path / "archive", create=True)
    add_issue(place, paper(), [make_pdf(tmp_path / "haizhou.pdf", 2)])
    return tmp_path / "archive"


def test_users_are_added_listed_and_changed(archive: Path) -> None:
    added = command("users", "add", archive, "林舟", "--role", "editor", given="long enough word\n")
    assert added.returncode == 0, added.stderr
    again = command("users", "add", archive, "林舟", given="long enough word\n")
    assert again.returncode == 13
    assert "already" in again.stderr
    assert "Traceback" not in again.stderr
    short = command("users", "add", archive, "周渡", given="short\n")
    assert short.returncode == 13
    assert "林舟  editor" in command("users", "list", archive).stdout
    changed = command("users", "change", archive, "林舟", "--role", "reader", "--off")
    assert changed.returncode == 0
    user = people.find_user(open_archive(archive), "林舟")
    assert user is not None
    assert (user.role, user.active) == ("reader", False)
    assert user.password.startswith("$argon2id$")
    assert passwords.fits("long enough word", user.password)
    assert command("users", "change", archive, "niemand", "--off").returncode == 13


def test_what_does_not_fit_together(archive: Path, tmp_path: Path) -> None:
    nowhere = command("workbench", tmp_path / "nothing")
    assert nowhere.returncode == 3
    assert "Traceback" not in nowhere.stderr
    assert command("workbench").returncode == 2
    with pytest.raises(UsageError, match="unencrypted"):
        prepare(str(archive), host="0.0.0.0", port=0)
    with pytest.raises(UsageError, match="Nobody could sign in"):
        prepare(str(archive), host="0.0.0.0", port=0, proxy=True)
    with pytest.raises(UsageError, match="belong together"):
        prepare(str(archive), port=0, key=Path("key.pem"))
    ready = prepare(str(archive), port=0)
    assert "/open?token=" in ready.address
    with pytest.raises(UsageError, match="Cannot listen"):
        prepare(str(archive), port=int(ready.listener.getsockname()[1]))
    ready.listener.close()


def test_others_sign_in_and_cookies_stay_on_the_wire(archive: Path) -> None:
    given = "long enough word\n"
    assert command("users", "add", archive, "guanli", "--role", "administrator",
                   given=given).returncode == 0  # fmt: skip
    ready = prepare(str(archive), host="0.0.0.0", port=0, proxy=True)
    ready.listener.close()
    assert "token" not in ready.address
    settings = ready.server.config.app.state.desk.settings  # type: ignore[union-attr]
    assert (settings.secure, settings.public, settings.token) == (True, True, "")
