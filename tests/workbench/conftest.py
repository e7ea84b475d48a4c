"""A real server over a real archive, in a thread or in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from digitise.archive import Archive, add_issue, open_archive
from digitise.archive.corrections import people
from digitise.archive.corrections.people import User
from digitise.workbench.app import make_app
from digitise.workbench.passwords import hashed
from digitise.workbench.server import bound, make_server
from digitise.workbench.settings import Settings

from ..conftest import ROOT, make_pdf
from ..corrections.papers import paper

PASSWORD = "long enough a word"
ISSUE = "海州日报-2031-03-05"
PLACE = f"/api/issues/{quote(ISSUE)}"
LINE = "p0001-r004-l001"
TOKEN = "the-token-printed-once"


@dataclass
class Desk:
    """One who is signed in."""

    http: httpx.Client
    csrf: str = ""
    count: int = field(default=0)

    def get(self, path: str, **more: Any) -> Any:
        answer = self.http.get(path, **more)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, value: Any, status: int = 200) -> Any:
        answer = self.http.post(path, json=value, headers={"X-CSRF-Token": self.csrf})
        assert answer.status_code == status, answer.text
        return answer.json()

    def operations(self, *given: dict[str, Any]) -> Any:
        made = []
        for operation in given:
            self.count += 1
            made.append({"id": f"{id(self)}-{self.count:06d}", "bases": {}, **operation})
        return self.post(f"{PLACE}/operations", {"operations": made})

    def types(self, line: str, text: str) -> Any:
        base = self.line(line)["version"]
        return self.operations(
            {"type": "set_text", "line": line, "text": text, "bases": {line: base}}
        )["results"][0]

    def line(self, key: str) -> Any:
        return self.get(f"{PLACE}/pages/{key[:5]}")["lines"][key]


@dataclass
class Served:
    base: str
    archive: Archive

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.base, timeout=30, trust_env=False)

    def desk(self, name: str) -> Desk:
        http = self.client()
        answer = http.post("/api/sign-in", json={"name": name, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        return Desk(http, answer.json()["csrf"])


NAMES = {
    "leser": "reader", "linzhou": "corrector", "zhoudu": "corrector", "bianji": "editor",
    "guanli": "administrator",
}  # fmt: skip


def fill(folder: Path, original: Path, catalogue: str = "") -> Archive:
    """An archive with the small issue, and somebody of every role."""
    archive = open_archive(folder, catalogue, create=True)
    add_issue(archive, paper(0.7), [original])
    password = hashed(PASSWORD)
    for name, role in NAMES.items():
        people.add_user(archive, User(name, name.title(), role, True, password))
    return archive


def settings(folder: Path, **more: Any) -> Settings:
    given: dict[str, Any] = {"cache": folder, "port": 0, "token": TOKEN, "tidy": False, **more}
    return Settings(**given)


def serving(archive: Archive, chosen: Settings) -> Iterator[Served]:
    listener = bound(chosen.host, chosen.port)
    server = make_server(make_app(archive, chosen), chosen)
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield Served(f"http://127.0.0.1:{listener.getsockname()[1]}", archive)
    server.should_exit = True
    thread.join(timeout=20)
    listener.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for the tests of a file."""
    folder = tmp_path_factory.mktemp("served")
    archive = fill(folder / "archive", make_pdf(folder / "haizhou.pdf", 2))
    yield from serving(archive, settings(folder / "cache"))


@dataclass
class Process:
    """A server in a process of its own, which can be killed."""

    folder: Path
    process: subprocess.Popen[str] | None = None
    base: str = ""

    def start(self) -> None:
        command = [sys.executable, "-P", "-m", "digitise", "workbench", str(self.folder)]
        with (self.folder.parent / "errors.txt").open("w") as errors:
            self.process = subprocess.Popen(
                [*command, "--port", "0", "--language", "en", "--debug"],
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                env={
                    **os.environ,
                    "PYTHONPATH": str(ROOT),
                    "PYTHONUNBUFFERED": "1",
                    "XDG_CACHE_HOME": str(self.folder.parent / "cache"),
                },
            )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, (self.folder.parent / "errors.txt").read_text()
        self.base = line.split()[-1].partition("/open")[0]
        while True:
            try:
                httpx.get(f"{self.base}/sign-in", trust_env=False)
                return
            except httpx.HTTPError:
                time.sleep(0.02)

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Process]:
    fill(tmp_path / "archive", make_pdf(tmp_path / "haizhou.pdf", 2))
    found = Process(tmp_path / "archive")
    yield found
    if found.process is not None and found.process.poll() is None:
        found.kill()
