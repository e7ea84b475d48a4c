"""How smoothly a page of thousands of lines scrolls and takes keystrokes in Chromium.

The sample's first page is repeated until it has --lines lines; the same is done with a page of
ordinary length, so that both figures come from one machine in one state. Scrolling: the time from
one frame to the next while the wheel turns. Typing: from a key pressed to the frame that shows it.

    python scripts/measure_smoothness.py [--lines 3000]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

sys.path[:0] = [str(Path(__file__).parents[1])]

from digitise.archive import add_issue, open_archive  # noqa: E402
from digitise.model import Issue  # noqa: E402
from scripts.browsing import SAMPLE, chromium, sample, served, signed_in  # noqa: E402
from scripts.planting import lengthened  # noqa: E402

# Frames are counted from inside the page; keys from the event to the first paint after it.
WATCH = """() => {
  const told = window.told = {frames: [], keys: [], long: 0};
  let last = performance.now();
  const frame = now => { told.frames.push(now - last); last = now; requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
  addEventListener('keydown', event => {
    const pressed = event.timeStamp;
    requestAnimationFrame(() => setTimeout(() => told.keys.push(performance.now() - pressed)));
  }, true);
  new PerformanceObserver(list => told.long += list.getEntries().length).observe({type: 'longtask'});
}"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--lines", type=int, default=3000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        issue = sample(folder / "read", "smooth")
        archive = open_archive(folder / "archive", create=True)
        made: list[tuple[int, str]] = []
        for wanted in (1, chosen.lines):
            long: Issue = lengthened(issue, wanted)
            count = sum(len(region.lines) for region in long.pages[0].regions)
            made.append((count, add_issue(archive, long, [SAMPLE], name=f"of-{count}").issue))
        with served(folder / "archive") as opening, chromium() as browser:
            page = signed_in(browser, opening)
            for count, name in made:
                page.goto(f"{opening.split('/open')[0]}/app/page/{quote(name)}/p0001")
                measure(page, count)
    return 0


def measure(page: Any, count: int) -> None:
    page.wait_for_selector(".editor textarea")
    page.wait_for_timeout(3000)
    page.evaluate(WATCH)
    box = page.locator(".lines").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.evaluate("told.frames.length = 0")
    for turn in range(240):
        page.mouse.wheel(0, 120 if turn < 120 else -120)
        page.wait_for_timeout(8)
    frames = page.evaluate("told.frames")
    page.evaluate("told.keys.length = 0")
    page.keyboard.press("Control+End")
    page.keyboard.press("End")
    for _ in range(60):
        page.keyboard.type("a")
        page.wait_for_timeout(60)
    for _ in range(30):
        page.keyboard.press("ArrowUp")
        page.wait_for_timeout(60)
    keys = page.evaluate("told.keys")
    page.wait_for_selector('.save[data-state="saved"]')
    print(f"{count} lines: frames while scrolling {figures(frames)}")
    print(f"{'':{len(str(count))}}        key to picture {figures(keys)}, "
          f"tasks over 50 ms: {page.evaluate('told.long')}", flush=True)  # fmt: skip


def figures(times: list[float]) -> str:
    ordered = sorted(times)

    def at(share: float) -> float:
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    return (f"{len(ordered)}: median {at(0.5):.1f} ms, 95th percentile {at(0.95):.1f} ms, "
            f"longest {at(1.0):.1f} ms")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
