"""`digitise workbench` and `digitise users` at the command line."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from digitise.archive import add_issue, open_archive
from digitise.archive.corrections import people
from digitise.cli import call
from digitise.errors import UsageError
from digitise.workbench import passwords
from digitise.workbench.running import prepare

from ..conftest import make_pdf
from ..corrections.papers import paper

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs the command line with something on standard input: (exit code, output, errors)."""

    def run(*arguments: object, given: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(given))
        code = call([*map(str, arguments), "--language", "en"])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    place = open_archive(tmp_path / "archive", create=True)
    add_issue(place, paper(), [make_pdf(tmp_path / "haizhou.pdf", 2)])
    return tmp_path / "archive"


def test_users_are_added_listed_and_changed(archive: Path, command: Command) -> None:
    word = "long enough word\n"
    assert command("users", "add", archive, "林舟", "--role", "editor", given=word)[0] == 0
    code, _, said = command("users", "add", archive, "林舟", given=word)
    assert code == 13
    assert "already" in said
    assert command("users", "add", archive, "周渡", given="short\n")[0] == 13
    assert "林舟  editor" in command("users", "list", archive)[1]
    assert command("users", "change", archive, "林舟", "--role", "reader", "--off")[0] == 0
    user = people.find_user(open_archive(archive), "林舟")
    assert user is not None
    assert (user.role, user.active) == ("reader", False)
    assert user.password.startswith("$argon2id$")
    assert passwords.fits("long enough word", user.password)
    assert command("users", "change", archive, "niemand", "--off")[0] == 13


def test_what_does_not_fit_together(archive: Path, tmp_path: Path, command: Command) -> None:
    code, _, said = command("workbench", tmp_path / "nothing")
    assert code == 3
    assert "Traceback" not in said
    assert command("workbench")[0] == 2
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


def test_others_sign_in_and_cookies_stay_on_the_wire(archive: Path, command: Command) -> None:
    word = "long enough word\n"
    added = command("users", "add", archive, "guanli", "--role", "administrator", given=word)
    assert added[0] == 0
    ready = prepare(str(archive), host="0.0.0.0", port=0, proxy=True)
    ready.listener.close()
    assert "token" not in ready.address
    settings = ready.server.config.app.state.desk.settings  # type: ignore[union-attr]
    assert (settings.secure, settings.public, settings.token) == (True, True, "")
