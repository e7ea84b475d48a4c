"""Both languages, both themes, small screens, and who uses no mouse or sees no screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from digitise.archive import add_issue, open_archive
from digitise.model import Issue
from scripts import planting

from .conftest import SAMPLE, Paper, Server, Tab, expect

VIEWS = (
    "/", "/app/page/{issue}/p0001", "/app/page/{issue}/p0001?mode=layout",
    "/app/page/{issue}/p0001?mode=articles", "/app/issue/{issue}?tab=pages",
    "/app/issue/{issue}?tab=masthead", "/app/issue/{issue}?tab=history", "/app/read/{issue}",
    "/app/search", "/app/glossary", "/app/keying", "/app/acceptance", "/app/progress", "/app/people",
)  # fmt: skip

# Contrast after WCAG 2.1, 1.4.3; what lies over the picture of the page is not text on a ground.
LOOK = """() => {
  const faults = [];
  const parse = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= 0.03928 ? v / 12.92
      : ((v + 0.055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = element => {
    for (let at = element; at; at = at.parentElement) {
      const [r, g, b, a = 1] = parse(getComputedStyle(at).backgroundColor);
      if (a > 0.99) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.data.trim();
    if (!text || !element.checkVisibility() || element.closest('script, noscript, option, [aria-hidden=true]')) continue;
    if (element.matches(':disabled, :disabled *')) continue;
    const style = getComputedStyle(element);
    const [a, b] = [light(parse(style.color)), light(ground(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const big = parseFloat(style.fontSize) >= 24;
    if (ratio < (big ? 3 : 4.5)) faults.push(`${ratio.toFixed(2)}: ${text.slice(0, 20)}`);
    if (/\\{\\w+[|}]|undefined|\\[object|NaN/.test(text)) faults.push(`not filled in: ${text}`);
  }
  for (const one of document.querySelectorAll('button, a[href], input, select, textarea')) {
    const label = one.getAttribute('aria-label') || one.innerText || one.title
        || (one.labels && one.labels.length && one.labels[0].innerText);
    if (!label || !label.trim()) faults.push(`no name: ${one.outerHTML.slice(0, 90)}`);
  }
  if (document.querySelectorAll('h1').length > 1) faults.push('more than one main heading');
  if (document.documentElement.scrollWidth > innerWidth + 1) faults.push('wider than the screen');
  return [...new Set(faults)];
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["tab", "chinese"])
def test_every_view_can_be_read(theme: str, language: str, request: pytest.FixtureRequest) -> None:
    tab: Tab = request.getfixturevalue(language)
    tab.page.emulate_media(color_scheme=theme)
    faults: dict[str, Any] = {}
    for view in VIEWS:
        tab.go(view.format(issue=quote(tab.issue)))
        tab.page.wait_for_selector(".shell h1, .pane-scroll, .editor, .empty")
        # Whatever it has asked the server for is there.
        expect(tab.page.locator(".empty[role=status]")).to_have_count(0)
        found = tab.page.evaluate(LOOK)
        if found:
            faults[view] = found
    assert not faults
    language_set = tab.page.get_attribute("html", "lang")
    assert language_set == ("en" if language == "tab" else "zh-Hans")


def test_language_and_theme_are_switched_and_kept(tab: Tab) -> None:
    tab.go("/")
    tab.page.wait_for_selector("nav")
    expect(tab.page.locator("nav")).to_contain_text("Queue")
    tab.press("Alt+l", "Alt+t")
    tab.page.wait_for_selector('html[lang="zh-Hans"][data-theme="dark"]')
    expect(tab.page.locator("nav")).to_contain_text("待办")
    tab.page.reload()
    tab.page.wait_for_selector('html[lang="zh-Hans"][data-theme="dark"] nav')


@pytest.mark.parametrize("size", [(1280, 720), (1024, 768), (768, 1024)])
def test_on_a_tablet_nothing_is_cut_off(tab: Tab, size: tuple[int, int]) -> None:
    tab.page.set_viewport_size({"width": size[0], "height": size[1]})
    tab.open()
    expect(tab.page.locator(".editor textarea")).to_be_visible()
    tab.page.wait_for_function(
        """([width, height]) => {
            const frame = document.querySelector('.facsimile').getBoundingClientRect();
            const pane = document.querySelector('.pane').getBoundingClientRect();
            return Math.min(frame.width, frame.height, pane.width, pane.height) > 250
                && pane.right <= width + 1 && pane.bottom <= height + 1
                && document.documentElement.scrollWidth <= innerWidth;
        }""",
        arg=list(size),
    )


def test_every_command_has_a_key_and_is_in_the_help(tab: Tab) -> None:
    tab.open()
    tab.press("F1")
    tab.page.wait_for_selector("dialog[open] .keys")
    rows = tab.page.eval_on_selector_all(
        ".keys dl > div", "all => all.map(row => [row.querySelector('dt').innerText, row.querySelectorAll('kbd').length])"
    )  # fmt: skip
    assert len(rows) > 30
    assert all(name and keys for name, keys in rows)
    tab.press("Escape")
    tab.page.wait_for_selector("dialog[open]", state="detached")
    expect(tab.page.locator(".editor textarea")).to_be_focused()


def test_without_a_mouse_one_gets_everywhere(tab: Tab) -> None:
    tab.go("/")
    tab.page.wait_for_selector("[data-row]")
    tab.press("Tab")
    expect(tab.page.locator(".skip")).to_be_focused()
    tab.open()
    line = tab.line
    tab.press("Tab")  # in a line Tab walks to doubts ...
    expect(tab.page.locator(".editor textarea")).to_be_focused()
    tab.press("Escape", "Escape")  # ... and Escape leaves it.
    seen = set()
    for _ in range(60):
        tab.press("Tab")
        seen.add(
            tab.page.evaluate(
                "document.activeElement.innerText || document.activeElement.getAttribute('aria-label') || ''"
            )
        )
    assert {"Layout", "Articles", "Find and replace"} <= seen
    assert line


def test_of_three_thousand_lines_only_those_in_sight_are_there(
    browser: Any, sample: Issue, tmp_path_factory: pytest.TempPathFactory,
    make_paper: Callable[..., Paper],
) -> None:  # fmt: skip
    folder = tmp_path_factory.mktemp("long")
    place = add_issue(
        open_archive(folder, create=True), planting.lengthened(sample, 3000), [SAMPLE], name="long"
    )
    server = Server(folder)
    server.start()
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
    try:
        tab = Tab(context, server, place.issue)
        tab.go(server.opening.removeprefix(server.address))
        tab.page.wait_for_selector(".shell")
        tab.open()
        assert tab.page.locator(".lines-row").count() < 80
        tab.press("Control+End")
        tab.page.wait_for_function(
            "() => document.querySelector('.pane-foot .num').innerText.startsWith('3')"
        )
        assert tab.page.locator(".lines-row").count() < 80
        place_of = tab.page.evaluate("document.querySelector('.lines').scrollTop")
        assert place_of > 50_000
        tab.press("End")
        tab.type("末尾")
        tab.saved()
        assert tab.text.endswith("末尾")
        # A whole way up by the wheel: rows come and go, the line worked on stays.
        for _ in range(30):
            tab.page.mouse.move(900, 400)
            tab.page.mouse.wheel(0, -4000)
        tab.page.wait_for_function("() => document.querySelector('.lines').scrollTop < 60000")
        assert tab.page.locator(".lines-row").count() < 80
    finally:
        context.close()
        server.stop()
