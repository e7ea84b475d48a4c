"""How many keystrokes and clicks it takes to mend planted errors in the workbench.

Plants 50 look-alike errors on the first page of the sample newspaper, of which the recogniser is
sure of some, opens the workbench in Chromium and mends them as a corrector would: from doubt to
doubt, then by a click on what is not marked and was seen in reading; a candidate by its number
where the right one is offered, else by typing. A character typed with a Chinese input method is
counted as `--input-method` keystrokes. Every key and click goes through the browser.

Beside it stands what the same takes in eScriptorium and Transkribus, counted from what their
documentation says is to be done, not measured.

    python scripts/measure_effort.py [--errors 50] [--sure 15] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).parents[1]))

from digitise.archive import add_issue, open_archive
from scripts.browsing import SAMPLE, chromium, sample, served, signed_in
from scripts.planting import Planted, plant

PAGE = "p0001"


@dataclass
class Effort:
    errors: int = 0
    mended: int = 0
    keys: int = 0
    clicks: int = 0
    by_candidate: int = 0
    typed: int = 0
    input_method: int = 0
    seconds: float = 0.0

    @property
    def per_error(self) -> float:
        return (self.keys + self.clicks + self.input_method) / max(1, self.errors)


def prepare(folder: Path, errors: int, sure: int) -> tuple[str, tuple[Planted, ...]]:
    """An archive with the planted page; the issue's id and what was planted."""
    issue = sample(folder / "read", "lanjiang")
    issue, planted = plant(issue, errors, page=PAGE, sure=sure)
    archive = open_archive(folder / "archive", create=True)
    return add_issue(archive, issue, [SAMPLE], name="lanjiang").issue, planted


def mend(page: Any, planted: tuple[Planted, ...], input_method: int) -> Effort:
    """From doubt to doubt over the page; then what is not marked, which a person has found by
    reading, is clicked on the page."""
    effort = Effort(errors=len(planted))
    wrong = {one.line: one for one in planted if not one.sure}
    start = time.monotonic()
    page.keyboard.press("Control+Home")
    page.keyboard.press("Tab")
    effort.keys += 2
    for _ in range(3 * len(planted)):
        if not wrong:
            break
        here = page.locator(".editor").get_attribute("data-line")
        if not page.locator(".editor .offer").count():
            break
        one = wrong.pop(here, None)
        if one is None:  # doubtful but right
            page.keyboard.press("Space")
            effort.keys += 1
        else:
            correct(page, one, effort, input_method)
        page.wait_for_timeout(120)
    page.keyboard.press("Control+Home")
    for one in planted:
        if one.sure:
            page.mouse.click(*place(page, one))
            page.wait_for_selector(f'.editor[data-line="{one.line}"] .offer')
            effort.clicks += 1
            correct(page, one, effort, input_method)
    page.wait_for_selector('.save[data-state="saved"]')
    effort.seconds = round(time.monotonic() - start, 1)
    return effort


def correct(page: Any, one: Planted, effort: Effort, input_method: int) -> None:
    """The right character in place of the one that is picked."""
    if number := candidate(page, one.right):
        page.keyboard.press(number)
        effort.keys += 1
        effort.by_candidate += 1
        return
    page.keyboard.insert_text(one.right)
    effort.input_method += input_method
    effort.typed += 1
    if not one.sure:
        page.keyboard.press("Tab")
        effort.keys += 1


def place(page: Any, one: Planted) -> tuple[float, float]:
    """Where the character is on the screen. The line is brought into sight first, as it is for
    one who reads along; that is not counted."""
    box = page.evaluate(
        """async ([path, line, at]) => {
            const told = await (await fetch(path)).json();
            return told.lines[line].chars[at];
        }""",
        [f"/api/issues/{issue_of(page)}/pages/{PAGE}", one.line, one.at],
    )
    for _ in range(400):
        if page.locator(".editor").get_attribute("data-line") == one.line:
            break
        page.keyboard.press("ArrowLeft" if vertical(page) else "ArrowDown")
    middle = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]
    last = None
    for _ in range(200):
        at = page.evaluate("at => window.digitiseScreen(at)", middle)
        if at and last and abs(at[0] - last[0]) + abs(at[1] - last[1]) < 0.5:
            return at[0], at[1]
        last = at
        page.wait_for_timeout(80)
    raise SystemExit("The facsimile does not come to rest.")


def vertical(page: Any) -> bool:
    return "vertical" in (page.get_attribute(".editor", "class") or "")


def issue_of(page: Any) -> str:
    return str(page.url.split("/app/page/")[1].split("/")[0])


def candidate(page: Any, right: str) -> str:
    """The number of the right candidate; empty when it is not offered in time."""
    offer = page.locator(".editor .offer", has=page.locator(".han", has_text=right)).first
    try:
        offer.wait_for(timeout=15_000)
    except Exception:
        return ""
    return str(offer.locator("kbd").inner_text())


def count_right(page: Any, issue: str, planted: tuple[Planted, ...]) -> int:
    path = f"/api/issues/{quote(issue)}/pages/{PAGE}"
    told = page.evaluate("path => fetch(path).then(answer => answer.json())", path)
    lines = told["lines"]
    return sum(lines[one.line]["text"][one.at] == one.right for one in planted)


def documented(errors: int, input_method: int) -> dict[str, dict[str, float]]:
    """What the same takes elsewhere, counted from the documentation: errors in different lines,
    nothing else to be mended in them.

    eScriptorium (escriptorium.readthedocs.io, "Manual transcription"): the line is clicked, an
    input window opens; a click puts the cursor there, one key deletes, the input method types,
    Enter records it. Transkribus ("How to transcribe documents with Transkribus"): a click into
    the text editor, one key to delete, the input method; saved with one command for the page.
    """
    told = {}
    for name, clicks, keys in (
        ("eScriptorium", 2 * errors, 2 * errors),
        ("Transkribus", errors, errors + 1),
    ):
        typed = errors * input_method
        told[name] = {"keys": keys, "clicks": clicks, "input_method": typed,
                      "per_error": (keys + clicks + typed) / errors}  # fmt: skip
    return told


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--errors", type=int, default=50)
    parser.add_argument("--sure", type=int, default=15, metavar="N",
                        help="so many of them are not marked as doubtful (default: 15)")  # fmt: skip
    parser.add_argument("--input-method", type=int, default=4, metavar="N",
                        help="keystrokes for one character typed (default: 4)")  # fmt: skip
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        issue, planted = prepare(Path(temporary), chosen.errors, chosen.sure)
        with served(Path(temporary) / "archive") as opening, chromium() as browser:
            page = signed_in(browser, opening)
            page.goto(opening.split("/open")[0] + f"/app/page/{quote(issue)}/{PAGE}")
            page.wait_for_selector(".editor textarea")
            effort = mend(page, planted, chosen.input_method)
            effort.mended = count_right(page, issue, planted)
    others = documented(effort.errors, chosen.input_method)
    print(f"errors planted {effort.errors}, mended {effort.mended}")
    print(f"by candidate {effort.by_candidate}, typed {effort.typed}")
    rows = {"workbench": {**asdict(effort), "per_error": effort.per_error}, **others}
    print(f"{'':14} {'keys':>6} {'clicks':>6} {'in IME':>6} {'each':>6}")
    for name, row in rows.items():
        print(f"{name:14} {row['keys']:6.0f} {row['clicks']:6.0f} {row['input_method']:6.0f} "
              f"{row['per_error']:6.2f}")  # fmt: skip
    if chosen.json:
        chosen.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return 0 if effort.mended == effort.errors else 1


if __name__ == "__main__":
    sys.exit(main())
