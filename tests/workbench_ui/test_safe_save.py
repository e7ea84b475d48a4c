"""Nothing typed is lost: server, network and browser are taken away in turn while somebody types.

What was acknowledged is there afterwards, what was not is offered again.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from .conftest import CHROMIUM, FLAGS, PATIENCE, Paper, Server, Tab


@pytest.fixture
def own_server(make_paper: Callable[..., Paper]) -> Iterator[tuple[Server, Paper]]:
    """A server that may be killed without others noticing."""
    paper = make_paper(8)
    server = Server(paper.folder)
    server.start()
    yield server, paper
    server.stop()


def _browser(browser: Any, folder: Path) -> Any:
    """A browser with a profile on the disk, which outlives it."""
    return browser.browser_type.launch_persistent_context(
        folder, executable_path=CHROMIUM, args=FLAGS, viewport={"width": 1280, "height": 800},
        locale="en-GB",
    )  # fmt: skip


def _kill_browser(profile: Path) -> None:
    """At once, all of its processes: those that were started with this profile."""
    mine = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if str(profile) in (folder / "cmdline").read_bytes().decode(errors="replace"):
                mine.append(int(folder.name))
    assert mine, "the browser's process was not found"
    for process in mine:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    # Until the last of them has let go of its files.
    deadline = time.monotonic() + PATIENCE
    while any(map(_runs, mine)):
        assert time.monotonic() < deadline, "the browser outlives its being killed"
        time.sleep(0.05)
    # It left its lock behind; the next one would take it for a browser that runs.
    for name in ("SingletonLock", "SingletonSocket", "SingletonCookie"):
        (profile / name).unlink(missing_ok=True)


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text("ascii", "replace").rpartition(")")[2]
    except OSError:
        return False
    return state.split()[0] not in "ZX"


def _all_texts(tab: Tab) -> dict[str, str]:
    return {name: line["text"] for name, line in tab.paper()["lines"].items()}


def test_server_network_and_browser_are_killed_in_turn(
    browser: Any, own_server: tuple[Server, Paper], tmp_path: Path
) -> None:
    server, paper = own_server
    context = _browser(browser, tmp_path / "profile")
    tab = Tab(context, server, paper.issue)
    tab.go(server.opening.removeprefix(server.address))
    tab.page.wait_for_selector(".shell")
    tab.open("p0001")
    before = _all_texts(tab)
    lines = [
        line.id for region in paper.machine.pages[0].regions for line in region.lines
        if len(line.text) > 6 and region.kind == "body"
    ][:4]  # fmt: skip
    wanted: dict[str, str] = {}

    def write(line: str, sign: str) -> None:
        """Types at the end of the line, one key after the other."""
        text = wanted.get(line, before[line])
        for char in sign:
            tab.page.keyboard.insert_text(char)
        wanted[line] = text + sign

    def at(line: str) -> None:
        for _ in range(40):
            if tab.line == line:
                break
            tab.press("ArrowDown")
        assert tab.line == line
        tab.press("End")

    tab.open("p0001", lines[0])
    at(lines[0])
    write(lines[0], "一")
    tab.saved()

    # The server is killed between two keystrokes; typing goes on without it.
    write(lines[0], "二")
    server.kill()
    write(lines[0], "三")
    tab.page.wait_for_selector('.save[data-state="offline"]')
    at(lines[1])
    write(lines[1], "四五")
    assert tab.text == wanted[lines[1]]
    server.start()
    tab.saved()
    assert {line: tab.line_text(line) for line in wanted} == wanted

    # The network goes.
    context.set_offline(True)
    at(lines[2])
    write(lines[2], "六七")
    tab.page.wait_for_selector('.save[data-state="offline"]')
    context.set_offline(False)
    tab.saved()
    assert tab.line_text(lines[2]) == wanted[lines[2]]

    # The server goes and then the browser, with unsent work in it.
    server.kill()
    at(lines[3])
    write(lines[3], "八九")
    tab.page.wait_for_selector('.save[data-state="offline"]')
    _kill_browser(tmp_path / "profile")
    server.start()
    context = _browser(browser, tmp_path / "profile")
    tab = Tab(context, server, paper.issue)
    # What is told at the edge goes by itself after a moment.
    tab.page.add_init_script(
        "new MutationObserver(() => { window.told ||= !!document.querySelector('.toast'); })"
        ".observe(document, {childList: true, subtree: true});"
    )
    # A browser writes its cookies down now and then: the session may be forgotten. Whoever comes
    # in again under the same name has what was typed offered again all the same.
    tab.go(server.opening.removeprefix(server.address))
    tab.page.wait_for_function("() => window.told === true")
    tab.saved()
    after = _all_texts(tab)
    assert {line: after[line] for line in wanted} == wanted
    assert {k: v for k, v in after.items() if k not in wanted} == {
        k: v for k, v in before.items() if k not in wanted
    }
    # Taken once, however often it was sent: the signs came together or, from slow fingers, singly.
    history = tab.get(f"/api/issues/{paper.issue}/history?target={lines[3]}")["entries"]
    texts = [one["operation"]["text"] for one in history]
    assert texts in (
        [before[lines[3]] + "八九"],
        [before[lines[3]] + "八九", before[lines[3]] + "八"],
    )
    context.close()


def test_an_answer_that_got_lost_is_asked_for_again(tab: Tab, paper: Paper) -> None:
    """The server has it but the browser never hears: the same operation is sent again."""
    line = paper.planted[12].line
    tab.open(line=line)
    before = tab.text
    lost: list[str] = []

    def typed() -> int:
        told = tab.get(f"/api/issues/{paper.issue}/history?target={line}")["entries"]
        return sum(1 for one in told if one["type"] == "set_text")

    already = typed()

    def lose(route: Any) -> None:
        if len(lost) < 2:
            lost.append(route.request.post_data)
            route.fetch()
            route.abort()
        else:
            route.continue_()

    tab.page.route("**/operations", lose)
    tab.press("End")
    tab.type("甲")
    tab.page.wait_for_selector('.save[data-state="offline"]')
    tab.saved()
    assert len(lost) == 2
    assert tab.line_text(line) == before + "甲"
    assert typed() == already + 1, "sent three times, applied once"
    tab.press("Control+z")
    tab.saved()


def test_an_answer_that_was_overtaken_changes_nothing(tab: Tab, paper: Paper) -> None:
    """What others did is asked for now and then; the answer comes after that of a later save."""
    line = paper.planted[5].line
    tab.page.clock.install()
    tab.open(line=line)
    before = tab.text
    held: list[Any] = []
    tab.page.route("**/changes?*", lambda route: held.append((route, route.fetch())))
    tab.press("End")
    tab.type("子")
    tab.saved()
    tab.page.clock.fast_forward(13_000)
    deadline = time.monotonic() + PATIENCE
    while not held:
        assert time.monotonic() < deadline, "nobody asks what others did"
        tab.page.wait_for_timeout(50)
    tab.type("甲")
    tab.saved()
    route, answer = held[0]
    assert "甲" not in answer.text()
    with tab.page.expect_response("**/changes?*"):
        route.fulfill(response=answer)
    assert tab.line_text(line) == before + "子甲"
    assert tab.text == before + "子甲"
    tab.type("乙")
    tab.saved()
    assert tab.line_text(line) == before + "子甲乙"
