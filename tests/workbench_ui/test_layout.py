"""Task 4: layout repair, by mouse and by keyboard."""

from __future__ import annotations

import re
from typing import Any

import pytest

from .conftest import Tab, expect


def _pick(tab: Tab, region: str, more: bool = False) -> None:
    tab.page.locator(f'[data-region="{region}"]').click(modifiers=["Shift"] if more else [])
    tab.page.wait_for_selector(f'[data-region="{region}"][aria-current="true"]')


def _until(tab: Tab, what: str, argument: Any = None) -> None:
    tab.until(what, argument, "p0002")


def _bodies(tab: Tab) -> list[Any]:
    told = tab.paper("p0002")
    return [
        told["regions"][one] for one in told["page"]["order"]
        if told["regions"][one]["kind"] == "body" and len(told["regions"][one]["lines"]) > 4
    ]  # fmt: skip


def test_kind_and_direction_and_back(tab: Tab) -> None:
    tab.open("p0002", mode="layout")
    region = _bodies(tab)[0]
    _pick(tab, region["id"])
    tab.page.select_option("[data-field=kind]", "caption")
    _until(tab, "(p, id) => p.regions[id].kind === 'caption'", region["id"])
    tab.page.select_option("[data-field=direction]", "vertical-rl")
    _until(tab, "(p, id) => p.regions[id].writing_mode === 'vertical-rl'", region["id"])
    tab.page.locator("h2").first.click()
    tab.press("Control+z")
    _until(tab, "(p, id) => p.regions[id].writing_mode === 'horizontal-tb'", region["id"])
    tab.press("Control+z")
    _until(tab, "(p, id) => p.regions[id].kind === 'body'", region["id"])


def test_number_keys_and_arrows_set_the_reading_order(tab: Tab) -> None:
    tab.open("p0002", mode="layout")
    before = tab.paper("p0002")["page"]["order"]
    moved = before[11]
    _pick(tab, moved)
    tab.press("3")
    _until(tab, "(p, id) => p.page.order[2] === id", moved)
    tab.page.locator(f'[data-region="{moved}"]').focus()
    tab.press("Alt+ArrowDown")
    _until(tab, "(p, id) => p.page.order[3] === id", moved)
    # Clicked one after another in the order in which they are read.
    tab.press("Escape", "o")
    chosen = [before[20], before[18], before[19]]
    for one in chosen:
        tab.page.locator(f'[data-region="{one}"]').click()
    tab.page.click("text=Read these 3")
    _until(
        tab,
        "(p, ids) => { const at = p.page.order.indexOf(ids[0]);"
        " return ids.every((id, i) => p.page.order[at + i] === id); }",
        chosen,
    )
    tab.page.locator("h2").first.click()
    for _ in range(3):
        tab.press("Control+z")
    _until(tab, "(p, order) => p.page.order.join() === order.join()", before)


@pytest.mark.parametrize("language", ["tab", "chinese"])
def test_the_list_is_dragged_into_the_reading_order(
    language: str, request: pytest.FixtureRequest
) -> None:
    tab: Tab = request.getfixturevalue(language)
    tab.open("p0002", mode="layout")
    before = tab.paper("p0002")["page"]["order"]
    tab.page.drag_and_drop(f'[data-region="{before[7]}"]', f'[data-region="{before[4]}"]')
    _until(tab, "(p, id) => p.page.order[4] === id", before[7])
    # The list says so, and the one dragged is still told by its text.
    shown = f'.pick li:nth-child(5) [data-region="{before[7]}"]'
    expect(tab.page.locator(shown)).to_contain_text(re.compile(r"[\u4e00-\u9fff]"))
    tab.page.locator("h2").first.click()
    tab.press("Control+z")
    _until(tab, "(p, order) => p.page.order.join() === order.join()", before)


def test_a_region_is_split_and_merged(tab: Tab) -> None:
    tab.open("p0002", mode="layout")
    region = _bodies(tab)[1]
    _pick(tab, region["id"])
    third = region["lines"][2]
    tab.page.locator(f'[data-region-line="{third}"] .pick-item').click()
    tab.page.click("[data-do=split]")
    _until(tab, "(p, id) => p.regions[id].lines.length === 2", region["id"])
    told = tab.paper("p0002")
    new = told["lines"][third]["region"]
    assert new != region["id"]
    assert told["regions"][new]["lines"] == region["lines"][2:]
    tab.page.wait_for_selector(f'[data-region="{new}"]')
    _pick(tab, region["id"])
    _pick(tab, new, more=True)
    tab.press("m")
    _until(tab, "(p, [id, n]) => p.regions[id].lines.length === n", [region["id"], len(region["lines"])])  # fmt: skip
    assert tab.paper("p0002")["regions"][region["id"]]["lines"] == region["lines"]


def test_a_region_is_deleted_drawn_again_and_read(tab: Tab) -> None:
    """What the engine finds is taken line by line; undo brings everything back."""
    tab.open("p0002", mode="layout")
    region = next(
        one
        for one in tab.paper("p0002")["regions"].values()
        if one["kind"] == "headline" and one["lines"]
    )
    (x0, y0), (x1, y1) = region["polygon"][0], region["polygon"][2]
    printed = tab.paper("p0002")["lines"][region["lines"][0]]["text"]
    _pick(tab, region["id"])
    tab.press("Delete")
    _until(tab, "(p, id) => !(id in p.regions)", region["id"])
    known = set(tab.paper("p0002")["regions"])
    tab.press("r")
    ax, ay = tab.screen(x0 - 20, y0 - 20)
    bx, by = tab.screen(x1 + 20, y1 + 20)
    tab.page.mouse.move(ax, ay)
    tab.page.mouse.down()
    tab.page.mouse.move((ax + bx) / 2, (ay + by) / 2, steps=4)
    tab.page.mouse.move(bx, by, steps=4)
    tab.page.mouse.up()
    tab.page.wait_for_selector("[data-do=read]")
    (drawn,) = set(tab.paper("p0002")["regions"]) - known
    tab.page.click("[data-do=read]")
    take = tab.page.locator("dialog [data-do=take]").first
    take.wait_for()
    take.click()
    _until(tab, "(p, id) => p.regions[id].lines.length > 0", drawn)
    told = tab.paper("p0002")
    text = told["lines"][told["regions"][drawn]["lines"][0]]["text"]
    assert set(text) & set(printed)
    tab.page.locator("dialog footer .main").click()
    # Moved with the keyboard, reshaped with the mouse.
    before = told["regions"][drawn]["polygon"]
    tab.page.locator("h2").first.click()
    tab.press("Shift+ArrowRight")
    _until(tab, "(p, [id, x]) => p.regions[id].polygon[0][0] === x", [drawn, before[0][0] + 4])
    xs, ys = [p[0] + 4 for p in before], [p[1] for p in before]
    gx, gy = tab.screen(max(xs), max(ys))
    tab.page.mouse.move(gx, gy)
    tab.page.mouse.down()
    tab.page.mouse.move(gx + 15, gy + 12, steps=4)
    tab.page.mouse.up()
    _until(tab, "(p, [id, y]) => Math.max(...p.regions[id].polygon.map(q => q[1])) > y", [drawn, max(ys) + 5])  # fmt: skip
    for _ in range(5):
        tab.press("Control+z")
    _until(
        tab, "(p, [id, drawn]) => id in p.regions && !(drawn in p.regions)", [region["id"], drawn]
    )


def test_a_line_is_drawn_moved_among_others_and_deleted(tab: Tab) -> None:
    tab.open("p0002", mode="layout")
    region = _bodies(tab)[2]
    _pick(tab, region["id"])
    (x0, y0), (x1, y1) = region["polygon"][0], region["polygon"][2]
    tab.press("l")
    middle = (y0 + y1) / 2
    ax, ay = tab.screen(x0 + 5, middle - 20)
    bx, by = tab.screen(x1 - 5, middle + 20)
    tab.page.mouse.move(ax, ay)
    tab.page.mouse.down()
    tab.page.mouse.move(bx, by, steps=5)
    tab.page.mouse.up()
    _until(tab, "(p, [id, n]) => p.regions[id].lines.length === n + 1", [region["id"], len(region["lines"])])  # fmt: skip
    lines = tab.paper("p0002")["regions"][region["id"]]["lines"]
    (new,) = set(lines) - set(region["lines"])
    assert 0 < lines.index(new) < len(lines) - 1, "it stands where it was drawn"
    row = tab.page.locator(f'[data-region-line="{new}"]')
    row.locator('[aria-label="Line up"]').click()
    _until(tab, "(p, [id, l, n]) => p.regions[id].lines.indexOf(l) === n", [region["id"], new, lines.index(new) - 1])  # fmt: skip
    row.locator(".danger").click()
    _until(tab, "(p, [id, n]) => p.regions[id].lines.length === n", [region["id"], len(region["lines"])])  # fmt: skip
