"""The pictures of the workbench in docs/workbench, made anew from the sample archive.

Some corrections are made first, in a copy of the archive, so that history and acceptance have
something to show.

    python scripts/screenshots_workbench.py [--archive FOLDER] [--out docs/workbench]
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

sys.path[:0] = [str(Path(__file__).parents[1])]

from digitise.workbench import demo  # noqa: E402
from scripts.browsing import chromium, served  # noqa: E402

OUT = Path(__file__).resolve().parent.parent / "docs" / "workbench"
ISSUE = "澜江时报-2026-03-13"
SCAN = f"{ISSUE}-scan"
LOOKS = {
    "light": ("light", "en-GB"), "dark": ("dark", "en-GB"), "zh-light": ("light", "zh-CN"),
    "zh-dark": ("dark", "zh-CN"),
}  # fmt: skip


class Camera:
    def __init__(self, page: Any, base: str) -> None:
        self.page, self.base = page, base

    def go(self, path: str, ready: str) -> None:
        self.page.goto(self.base + path)
        self.page.wait_for_selector(ready)

    def desk(self, issue: str, line: str = "", mode: str = "") -> None:
        query = "&".join(f"{k}={quote(v)}" for k, v in (("line", line), ("mode", mode)) if v)
        ready = ".editor textarea" if not mode else ".pane"
        self.go(f"/app/page/{quote(issue)}/p0001?{query}", ready)

    def line(self, issue: str, mode: str, nth: int) -> str:
        if not self.page.url.startswith(self.base):
            self.go("/", ".shell")
        told = self.page.evaluate(
            "path => fetch(path).then(answer => answer.json())",
            f"/api/issues/{quote(issue)}/pages/p0001",
        )
        lines = [
            line for region in told["page"]["order"]
            if told["regions"][region]["writing_mode"] == mode
            for line in told["regions"][region]["lines"]
        ]  # fmt: skip
        return str(lines[nth % len(lines)])


def queue(camera: Camera) -> None:
    camera.go("/", "[data-row]")


def desk(camera: Camera) -> None:
    camera.desk(SCAN, camera.line(SCAN, "horizontal-tb", 40))
    camera.page.keyboard.press("Home")
    camera.page.keyboard.press("Tab")
    camera.page.wait_for_selector(".offer .han", timeout=60_000)


def vertical(camera: Camera) -> None:
    camera.desk(SCAN, camera.line(SCAN, "vertical-rl", 1))
    camera.page.wait_for_timeout(800)
    camera.page.keyboard.press("F9")
    camera.page.wait_for_selector(".offer .han", timeout=60_000)


def layout(camera: Camera) -> None:
    camera.desk(SCAN, camera.line(SCAN, "horizontal-tb", 40), "layout")


def articles(camera: Camera) -> None:
    camera.desk(ISSUE, camera.line(ISSUE, "horizontal-tb", 30), "articles")
    camera.page.locator("[data-article]").nth(1).click()


def jump(camera: Camera) -> None:
    articles(camera)
    camera.page.locator("[data-do=look]").first.click()
    camera.page.wait_for_selector(".pair .openseadragon-canvas >> nth=1")
    camera.page.wait_for_timeout(1000)


def find(camera: Camera) -> None:
    camera.desk(SCAN)
    camera.page.keyboard.press("Control+f")
    camera.page.fill("[data-field=find]", "三桥")
    camera.page.fill("[data-field=replace]", "三號橋")
    camera.page.keyboard.press("Enter")
    camera.page.wait_for_selector("[data-hit]")
    camera.page.locator("[data-hit] input").nth(1).check()


def masthead(camera: Camera) -> None:
    camera.go(f"/app/issue/{quote(ISSUE)}?tab=masthead", "[data-field=weekday]")


def reading(camera: Camera) -> None:
    camera.go(f"/app/search?q={quote('渡船')}", "[data-hit]")
    camera.page.locator("[data-hit] a").first.click()
    camera.page.wait_for_selector(".reading mark")


def history(camera: Camera) -> None:
    camera.go(f"/app/issue/{quote(SCAN)}?tab=history", "[data-seq]")


def acceptance(camera: Camera) -> None:
    camera.go("/app/acceptance", "tbody a")
    camera.page.locator("tbody a").first.click()
    camera.page.wait_for_selector("li[data-line]")


def keys(camera: Camera) -> None:
    camera.desk(SCAN)
    camera.page.keyboard.press("F1")
    camera.page.wait_for_selector("dialog[open]")


def tablet(camera: Camera) -> None:
    camera.page.set_viewport_size({"width": 1024, "height": 768})
    desk(camera)


def upright_tablet(camera: Camera) -> None:
    camera.page.set_viewport_size({"width": 768, "height": 1024})
    desk(camera)


def sign_in(camera: Camera) -> None:
    camera.page.context.clear_cookies()
    camera.go("/sign-in", "form")


VIEWS: list[tuple[str, Callable[[Camera], None], tuple[str, ...]]] = [
    ("queue", queue, ("light", "dark", "zh-light")),
    ("desk", desk, ("light", "dark", "zh-light")),
    ("vertical", vertical, ("light", "dark", "zh-light")),
    ("layout", layout, ("light", "dark", "zh-light")),
    ("articles", articles, ("light", "dark", "zh-light")),
    ("jump", jump, ("light", "dark")),
    ("find", find, ("light", "dark", "zh-light")),
    ("masthead", masthead, ("light", "dark", "zh-light")),
    ("reading", reading, ("light", "dark", "zh-light")),
    ("history", history, ("light", "zh-dark")),
    ("acceptance", acceptance, ("light", "dark", "zh-light")),
    ("help", keys, ("light", "zh-dark")),
    ("tablet", tablet, ("light",)),
    ("tablet-upright", upright_tablet, ("zh-light",)),
    ("sign-in", sign_in, ("light", "zh-dark")),
]


def work(page: Any) -> None:
    """A few corrections and a sample, as the first user makes them."""
    page.evaluate(
        """async ([issue, rest]) => {
            const {csrf} = await (await fetch('/api/session')).json();
            const send = async (path, body) => (await fetch(path, {method: 'POST', headers:
                {'Content-Type': 'application/json', 'X-CSRF-Token': csrf},
                body: JSON.stringify(body)})).json();
            const place = '/api/issues/' + encodeURIComponent(issue);
            const {lines} = await (await fetch(place + '/pages/p0001')).json();
            const operations = Object.values(lines).filter(line => line.text.length > 12).slice(20, 26)
                .map((line, i) => ({id: `picture-${i}-0001`, type: 'set_text', line: line.id,
                    text: line.text.slice(0, 4) + '新' + line.text.slice(5), bases: {[line.id]: 0}}));
            await send(place + '/operations', {operations});
            const {sample} = await send('/api/acceptance', {issue: rest, characters: 120,
                wanted: 0.0001, level: 0.95, seed: 7});
            const told = await (await fetch('/api/acceptance/' + sample.id)).json();
            for (const [i, line] of told.lines.slice(0, 4).entries())
                await send(`/api/acceptance/${sample.id}/mark`,
                    {line: line.line, errors: i === 1 ? 1 : 0, marks: i === 1 ? [3] : []});
        }""",
        [SCAN, ISSUE],
    )


def take(browser: Any, opening: str, wanted: set[str], out: Path) -> None:
    """All pictures, or those of the views that are `wanted`."""
    first = browser.new_context()
    page = first.new_page()
    page.goto(opening)
    page.wait_for_selector(".shell")
    work(page)
    cookies = first.cookies()
    for name, view, looks in VIEWS:
        for look in looks if not wanted or name in wanted else ():
            theme, locale = LOOKS[look]
            context = browser.new_context(
                viewport={"width": 1280, "height": 800}, color_scheme=theme, locale=locale
            )
            context.add_cookies(cookies)
            shot = context.new_page()
            view(Camera(shot, opening.split("/open")[0]))
            shot.wait_for_timeout(900)
            shot.screenshot(path=out / f"{name}-{look}.jpg", type="jpeg", quality=72)
            context.close()
            print(f"{name}-{look}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument(
        "--archive", type=Path, help="the sample archive with its scan, if it is made"
    )
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--only", default="", help="names of views, separated by commas")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    wanted = set(filter(None, given.only.split(",")))
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "archive"
        if given.archive:
            shutil.copytree(given.archive, folder)
        else:
            demo.add_scan(demo.demo_archive(folder))
        with served(folder) as opening, chromium() as browser:
            take(browser, opening, wanted, given.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
