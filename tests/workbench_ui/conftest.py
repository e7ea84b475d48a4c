"""A real server on a real archive, and a real Chromium to look at it."""

from __future__ import annotations

import contextlib
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from digitise import Options, run
from digitise.archive import add_issue, open_archive
from digitise.model import Issue
from scripts import planting

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
expect = playwright.expect

# Every wait is for a state, and ends as soon as it is reached: so long only where something is
# wrong, or the machine has much else to do.
PATIENCE = 180.0
expect.set_options(timeout=PATIENCE * 1000)

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLE = ROOT / "samples" / "lanjiang-2026-03-13" / "issue.pdf"
DIST = ROOT / "digitise" / "workbench" / "static" / "dist"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")  # fmt: skip
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

# The password of the people the tests make up; they live in a folder that is thrown away.
PASSWORD = "ink-and-paper-2031"


def free_port() -> int:
    """A port below those that systems give to outgoing connections, so that none of them takes it
    while a test has its server down."""
    chance = random.SystemRandom()
    for _ in range(200):
        port = chance.randrange(10_000, 32_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


@dataclass
class Server:
    """`digitise workbench ARCHIVE` in a process of its own, always on the same port."""

    archive: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[str] | None = None
    opening: str = ""
    said: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-P", "-m", "digitise", "workbench", str(self.archive)]
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port), "--language", "en"],
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            encoding="utf-8",
        )  # fmt: skip
        assert self.process.stdout is not None
        watch = threading.Timer(2 * PATIENCE, self.process.kill)
        watch.daemon = True
        watch.start()
        for line in self.process.stdout:
            self.said.append(line)
            found = re.search(r"http://\S+/open\?token=\S+", line)
            if found:
                self.opening = found[0]
                break
        else:
            raise AssertionError("the workbench did not start:\n" + "".join(self.said))
        watch.cancel()
        threading.Thread(target=self.said.extend, args=(self.process.stdout,), daemon=True).start()
        self.wait()

    def wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError("the workbench does not answer")

    def kill(self) -> None:
        """At once, as a power cut would."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()


@dataclass(frozen=True)
class Paper:
    """What was put into the archive."""

    folder: Path
    issue: str
    planted: tuple[planting.Planted, ...]
    machine: Issue


def _one_sided(issue: Issue) -> Issue:
    """The first jump is only marked at one end: something for a person to accept."""
    articles = list(issue.articles)
    at = next(i for i, article in enumerate(articles) if article.continuations)
    jump = replace(articles[at].continuations[0], status="one-sided")
    articles[at] = replace(articles[at], continuations=(jump, *articles[at].continuations[1:]))
    return replace(issue, articles=tuple(articles))


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Issue:
    """The sample newspaper as it is read."""
    out = tmp_path_factory.mktemp("read")
    result = run([SAMPLE], out, Options(engine="null"), issue_id="lanjiang")
    issue = result.issues[0].issue
    assert issue is not None
    return issue


@pytest.fixture(scope="session")
def make_paper(sample: Issue, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Paper]:
    def make(errors: int = 24) -> Paper:
        issue, planted = planting.plant(_one_sided(sample), errors)
        folder = tmp_path_factory.mktemp("archive")
        archive = open_archive(folder, create=True)
        place = add_issue(archive, issue, [SAMPLE], name="lanjiang")
        return Paper(folder, place.issue, planted, issue)

    return make


@pytest.fixture(scope="module")
def paper(make_paper: Callable[..., Paper]) -> Paper:
    """One for each file of tests: what another has changed in it stays there."""
    return make_paper()


@pytest.fixture(scope="module")
def server(paper: Paper) -> Iterator[Server]:
    if not (DIST / "app.js").is_file():
        pytest.skip("the workbench's pages are not built (python hatch_build.py)")
    made = Server(paper.folder)
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="session")
def browser(playwright_driver: Any) -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (Debian: apt install chromium)")
    made = playwright_driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield made
    made.close()


@pytest.fixture(scope="module")
def cookies(server: Server, browser: Any) -> list[dict[str, Any]]:
    """Of the one session that the one-time address opens."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(server.opening)
    found: list[dict[str, Any]] = context.cookies()
    context.close()
    assert found, "the one-time address opened no session"
    return found


class Tab:
    """A browser window of somebody who works."""

    def __init__(self, context: Any, server: Server, issue: str) -> None:
        self.context, self.server, self.issue = context, server, issue
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE * 1000)
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._heard)

    def _heard(self, message: Any) -> None:
        text = message.text
        # A server that is down or says no is something the tests do on purpose.
        if message.type == "error" and "Failed to load resource" not in text:
            self.complaints.append(text)

    def go(self, path: str) -> None:
        self.page.goto(self.server.address + path)

    def open(self, page: str = "", line: str = "", mode: str = "") -> None:
        page = page or (line.split("-")[0] if line else "p0001")
        query = "&".join(f"{k}={quote(v)}" for k, v in (("line", line), ("mode", mode)) if v)
        self.go(f"/app/page/{quote(self.issue)}/{page}" + (f"?{query}" if query else ""))
        where = ".editor textarea" if mode in ("", "text") else ".pane"
        self.page.wait_for_selector(f'[data-suggested="{page}"] {where}')
        self.page.wait_for_function("() => window.digitiseScreen !== undefined")
        if line and mode in ("", "text"):
            self.page.wait_for_selector(f'.editor[data-line="{line}"]')

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.insert_text(text)

    @property
    def text(self) -> str:
        value: str = self.page.input_value(".editor textarea")
        return value

    @property
    def line(self) -> str:
        name = self.page.get_attribute(".editor", "data-line")
        return str(name)

    def at_line(self, line: str) -> None:
        """Waits until the cursor is in that line."""
        self.page.wait_for_selector(f'.editor[data-line="{line}"]')

    def reads(self, text: str) -> None:
        """Waits until the line worked on reads so."""
        expect(self.page.locator(".editor textarea")).to_have_value(text)

    def caret_at(self, place: int) -> None:
        """Waits until the cursor stands behind so many characters, or what is picked begins there."""
        self.page.wait_for_function(
            "place => document.activeElement.selectionStart === place", arg=place
        )

    def until(self, what: str, argument: Any = None, page: str = "p0001") -> None:
        """Waits until `what`, a function of the page as the server has it, is true."""
        self.until_at(f"/api/issues/{quote(self.issue)}/pages/{page}", what, argument)

    def until_at(self, path: str, what: str, argument: Any = None) -> None:
        """Waits until `what`, a function of the server's answer at that path, is true.

        Asked again from here: Playwright's `wait_for_function` takes the promise of an async
        function for true and does not wait.
        """
        ask = f"async ([path, more]) => ({what})(await (await fetch(path)).json(), more)"
        deadline = time.monotonic() + PATIENCE
        while not self.page.evaluate(ask, [path, argument]):
            assert time.monotonic() < deadline, f"{path} is never so: {what}"
            self.page.wait_for_timeout(100)
        # And the browser has been told so: what is done next builds on it.
        self.saved()

    def deaf(self) -> None:
        """From now on this window does not ask what others have changed, as it does now and then
        when it comes to it."""
        self.page.route("**/changes?*", lambda route: route.abort())

    def saved(self) -> None:
        """Waits until the server has everything on its disk."""
        self.page.wait_for_selector('.save[data-state="saved"]')

    def get(self, path: str) -> Any:
        return self.page.evaluate("path => fetch(path).then(answer => answer.json())", path)

    def paper(self, page: str = "p0001") -> Any:
        return self.get(f"/api/issues/{quote(self.issue)}/pages/{page}")

    def line_text(self, line: str) -> str:
        text: str = self.paper(line.split("-")[0])["lines"][line]["text"]
        return text

    def screen(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the page is on the screen, once the picture has come to rest."""
        seen: list[list[float]] = []
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            now = self.page.evaluate("at => window.digitiseScreen(at)", [x, y])
            seen = [*seen[-1:], now] if now else []
            if len(seen) > 1 and abs(seen[0][0] - now[0]) + abs(seen[0][1] - now[1]) < 0.5:
                return now[0], now[1]
            self.page.wait_for_timeout(100)
        raise AssertionError("the facsimile does not come to rest")


@pytest.fixture
def tab(browser: Any, server: Server, cookies: Any, paper: Paper) -> Iterator[Tab]:
    yield from _tab(browser, server, cookies, paper, locale="en-GB")


@pytest.fixture
def chinese(browser: Any, server: Server, cookies: Any, paper: Paper) -> Iterator[Tab]:
    yield from _tab(browser, server, cookies, paper, locale="zh-CN")


def _tab(browser: Any, server: Server, cookies: Any, paper: Paper, **options: Any) -> Iterator[Tab]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, **options)
    context.add_cookies(cookies)
    made = Tab(context, server, paper.issue)
    yield made
    complaints = made.complaints
    context.close()
    assert not complaints, f"the browser complained: {complaints}"


@pytest.fixture
def somebody(browser: Any, server: Server, tab: Tab, paper: Paper) -> Iterator[Callable[..., Tab]]:
    """somebody("lin", "corrector"): another person, signed in, in a browser of their own."""
    made: list[Tab] = []

    def sign_in(name: str, role: str = "corrector", locale: str = "en-GB") -> Tab:
        tab.go("/app/people")
        tab.page.wait_for_selector("table")
        told = tab.page.evaluate(
            """async ([name, role, password]) => {
                const {csrf} = await (await fetch('/api/session')).json();
                const answer = await fetch('/api/users', {method: 'POST', headers:
                    {'Content-Type': 'application/json', 'X-CSRF-Token': csrf},
                    body: JSON.stringify({name, display: name, role, password})});
                return answer.status;
            }""",
            [name, role, PASSWORD],
        )
        assert told in (200, 409, 422), told
        context = browser.new_context(viewport={"width": 1280, "height": 800}, locale=locale)
        other = Tab(context, server, paper.issue)
        other.go("/sign-in")
        other.page.fill("input[name=name]", name)
        other.page.fill("input[name=password]", PASSWORD)
        other.page.click("form button[type=submit]")
        other.page.wait_for_selector(".shell")
        made.append(other)
        return other

    yield sign_in
    for other in made:
        other.context.close()
