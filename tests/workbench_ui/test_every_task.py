"""A librarian's nine tasks, one test each, in both languages, on horizontal and on vertical type.

Nothing here is found by its words, so that both languages take the same way.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

import pytest

from .conftest import Tab, expect

Somebody = Callable[..., Tab]
MODES = ("horizontal-tb", "vertical-rl")
LANGUAGES = {"tab": ("en", "en-GB"), "chinese": ("zh-Hans", "zh-CN")}


@pytest.fixture(params=list(LANGUAGES))
def desk(request: pytest.FixtureRequest) -> Tab:
    tab: Tab = request.getfixturevalue(request.param)
    tab.go("/")
    tab.page.wait_for_selector("[data-row]")
    assert tab.page.get_attribute("html", "lang") == LANGUAGES[request.param][0]
    return tab


@dataclass(frozen=True)
class Spot:
    """A line of the first page that runs as is wanted."""

    line: str
    text: str
    region: str
    article: str
    chars: list[list[float]]


def _spot(tab: Tab, mode: str, nth: int = 0) -> Spot:
    told = tab.paper("p0001")
    lines = [
        (region, told["lines"][line])
        for region in (told["regions"][one] for one in told["page"]["order"])
        if region["writing_mode"] == mode and region["kind"] in ("body", "headline", "deck", "subheadline")
        for line in region["lines"]
        if len(told["lines"][line]["text"]) > 5 and told["lines"][line]["chars"]
    ]  # fmt: skip
    # Horizontally some way down the page, so that other tests are not in the way.
    region, line = lines[nth + 30] if len(lines) > 60 else lines[nth % len(lines)]
    return Spot(line["id"], line["text"], region["id"], region["article"], line["chars"])


# Whether there is the blue of the line one is in at that place of the screen, or next to it.
FRAMED = """([x, y, wanted]) => {
    const canvas = document.querySelector('.facsimile canvas.overlay');
    const frame = canvas.getBoundingClientRect();
    const by = canvas.width / frame.width;
    const {data} = canvas.getContext('2d').getImageData((x - frame.left) * by - 4, (y - frame.top) * by - 4, 9, 9);
    let blue = 0;
    for (let i = 0; i < data.length; i += 4) {
        if (Math.abs(data[i] - 29) + Math.abs(data[i + 1] - 90) + Math.abs(data[i + 2] - 140) < 30 && data[i + 3] > 200) blue++;
    }
    return (blue >= 6) === wanted;
}"""
# How much is drawn over the page.
DRAWN = """(() => {
    const canvas = document.querySelector('.facsimile canvas.overlay');
    const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let sum = 0;
    for (let i = 3; i < data.length; i += 4) sum += data[i];
    return sum;
})()"""


def _drawn(tab: Tab) -> int:
    tab.screen(0, 0)
    return int(tab.page.evaluate(DRAWN))


def _edge(tab: Tab, spot: Spot) -> tuple[float, float]:
    """Where the middle of a line's first long edge is on the screen: the upper or the right one."""
    polygon = tab.paper("p0001")["lines"][spot.line]["polygon"]
    xs, ys = [x for x, _ in polygon], [y for _, y in polygon]
    if max(ys) - min(ys) > max(xs) - min(xs):
        return tab.screen(max(xs), (min(ys) + max(ys)) / 2)
    return tab.screen((min(xs) + max(xs)) / 2, min(ys))


def test_1_the_queue_is_the_days_work(desk: Tab) -> None:
    # How far title and day are.
    expect(desk.page.locator("[data-stand]")).to_have_text(re.compile(r"\S"))
    # Every row says why it stands where it stands.
    rows = desk.page.eval_on_selector_all(
        "[data-row]", "all => all.map(row => [row.dataset.item, row.cells[2].innerText.trim()])"
    )
    assert {item.split(":")[1] for item, _ in rows} >= {"issue", "article", "jump"}
    assert all(why for _, why in rows)
    desk.press("j", "k", "c")
    desk.page.wait_for_selector('[data-row="0"] [data-do=claim][aria-pressed=true]')
    item = desk.page.get_attribute('[data-row="0"]', "data-item")
    queue = desk.get("/api/queue?claimed=me")["items"]
    assert item in [one["id"] for one in queue]
    desk.press("c")
    desk.page.wait_for_selector('[data-row="0"] [data-do=claim][aria-pressed=false]')
    desk.go("/?kind=article&status=open")
    desk.page.wait_for_selector("[data-row]")
    items = desk.page.eval_on_selector_all("[data-item]", "all => all.map(r => r.dataset.item)")
    assert items and all(":article:" in one for one in items)
    desk.press("Enter")
    desk.page.wait_for_selector(".editor textarea")
    # A page is done, and the next one is there; it can be taken back.
    desk.open("p0001")
    desk.press("Control+Enter")
    desk.page.wait_for_url("**/p0002*")
    desk.until("p => p.page.status === 'done'")
    desk.open("p0001")
    desk.press("Control+Enter")
    desk.until("p => p.page.status === 'open'")
    # A jump leads to where it can be mended.
    desk.go("/?kind=jump")
    desk.page.wait_for_selector('[data-item*=":jump:"]')
    desk.press("Enter")
    desk.page.wait_for_selector("[data-do=look]")


@pytest.mark.parametrize("mode", MODES)
def test_2_page_and_text_light_each_other(desk: Tab, mode: str) -> None:
    spot = _spot(desk, mode)
    desk.open(line=spot.line)
    # The line's picture stands as it is printed.
    desk.page.wait_for_function(
        """tall => { const {width, height} = document.querySelector('.editor .strip').getBoundingClientRect();
            return width && (height > width) === tall }""",
        arg=mode == "vertical-rl",
    )  # fmt: skip
    # The line is framed on the page, the next one once the cursor is there.
    edge = _edge(desk, spot)
    desk.page.wait_for_function(FRAMED, arg=[*edge, True])
    forward, back = ("ArrowLeft", "ArrowRight") if mode == "vertical-rl" else ("ArrowDown", "ArrowUp")  # fmt: skip
    desk.press(forward)
    desk.page.wait_for_selector(f'.editor:not([data-line="{spot.line}"])')
    below = "vertical" in (desk.page.get_attribute(".editor", "class") or "")
    desk.page.wait_for_function(FRAMED, arg=[*_edge(desk, spot), False])
    desk.press("ArrowRight" if below else back)
    desk.at_line(spot.line)
    # Regions, lines and order are drawn over the page when asked for.
    shown = desk.page.locator(".facsimile-tools button[aria-pressed]")
    for nth in range(3):
        before = _drawn(desk)
        was = shown.nth(nth).get_attribute("aria-pressed")
        shown.nth(nth).click()
        desk.page.wait_for_function(f"before => {DRAWN} {'<' if was == 'true' else '>'} before", arg=before)  # fmt: skip
        shown.nth(nth).click()
        desk.page.wait_for_function(f"before => {DRAWN} === before", arg=before)
    desk.press("F6", "F6")
    # A character clicked on the page is picked in the text, and framed in the line's picture.
    x0, y0, x1, y1, _ = spot.chars[3]
    desk.page.mouse.click(*desk.screen((x0 + x1) / 2, (y0 + y1) / 2))
    desk.page.wait_for_selector(".editor .offer")
    desk.caret_at(3)
    desk.page.wait_for_function(
        """([length, at, low, high]) => {
            const picture = document.querySelector('.editor .strip').getBoundingClientRect();
            const frame = document.querySelector('.editor .strip i').getBoundingClientRect();
            const place = (frame[at] + frame[length] / 2 - picture[at]) / picture[length];
            return low < place && place < high;
        }""",
        arg=[
            *(("height", "y") if mode == "vertical-rl" else ("width", "x")),
            3 / (len(spot.text) + 1), 4.5 / len(spot.text),
        ],
    )  # fmt: skip
    # What else it could be is a key away.
    desk.page.wait_for_selector(".editor .offer .han")
    # The line under the mouse is lit in the text.
    other = _spot(desk, mode, 1)
    box = other.chars[1]
    px, py = desk.screen((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    desk.page.mouse.move(px - 2, py)
    desk.page.mouse.move(px, py)
    if other.line != desk.line:
        desk.page.wait_for_selector(f'.line-row.lit[data-line="{other.line}"]')


@pytest.mark.parametrize("mode", MODES)
def test_3_all_by_typing(desk: Tab, mode: str) -> None:
    spot = _spot(desk, mode)
    desk.open(line=spot.line)
    desk.press("End")
    desk.type("甲")
    desk.saved()
    assert desk.line_text(spot.line) == spot.text + "甲"
    desk.press("Control+z")
    desk.saved()
    assert desk.line_text(spot.line) == spot.text
    desk.press("Control+Shift+z")
    desk.saved()
    assert desk.line_text(spot.line) == spot.text + "甲"
    desk.press("Control+z")
    desk.saved()
    # Any character can be asked about; a number takes a candidate, though pressed too early.
    desk.press("Home", "F9", "1")
    desk.page.wait_for_function(
        "text => document.querySelector('.editor textarea').value !== text", arg=spot.text
    )
    desk.saved()
    now = desk.line_text(spot.line)
    assert now[1:] == spot.text[1:] and now[0] != spot.text[0]
    desk.press("Control+z")
    desk.saved()
    assert desk.line_text(spot.line) == spot.text
    forward, back = ("ArrowLeft", "ArrowRight") if mode == "vertical-rl" else ("ArrowDown", "ArrowUp")  # fmt: skip
    desk.press(forward)
    desk.page.wait_for_selector(f'.editor:not([data-line="{spot.line}"])')
    below = "vertical" in (desk.page.get_attribute(".editor", "class") or "")
    desk.press("ArrowRight" if below else "ArrowUp")
    desk.at_line(spot.line)
    desk.press("F1")
    desk.page.wait_for_selector("dialog[open] .keys kbd")
    desk.press("Escape")
    # Walked on by doubtful places, by regions and by articles.
    told = desk.paper("p0001")
    desk.press("Alt+Shift+ArrowDown")
    desk.page.wait_for_selector(f'.editor:not([data-line="{spot.line}"])')
    region = told["regions"][told["lines"][desk.line]["region"]]
    assert region["article"] != spot.article
    assert desk.line == region["lines"][0]
    here = desk.line
    desk.press("Alt+ArrowDown")
    desk.page.wait_for_selector(f'.editor:not([data-line="{here}"])')
    assert told["lines"][desk.line]["region"] != region["id"]
    desk.press("F8")
    desk.page.wait_for_selector(".editor .offer")
    # A line is split where the cursor is, and put together again.
    desk.open(line=spot.line)
    desk.page.locator(".editor textarea").evaluate("field => field.setSelectionRange(3, 3)")
    desk.press("Alt+Enter")
    desk.reads(spot.text[3:])
    desk.saved()
    assert desk.line_text(spot.line) == spot.text[:3]
    desk.press("Control+z")
    desk.until("(p, [id, t]) => p.lines[id].text === t", [spot.line, spot.text])
    assert back


@pytest.mark.parametrize("mode", MODES)
def test_4_the_layout_is_mended(desk: Tab, mode: str) -> None:
    spot = _spot(desk, mode)
    desk.open(line=spot.line, mode="layout")
    before = desk.paper("p0001")
    region = before["regions"][spot.region]
    desk.page.wait_for_selector(f'[data-region="{spot.region}"][aria-current="true"]')
    # Moved and reshaped by keys, put elsewhere in the order, its direction changed.
    left = region["polygon"][0][0]
    desk.press("Shift+ArrowRight")
    desk.until("(p, [id, x]) => p.regions[id].polygon[0][0] === x", [spot.region, left + 4])
    right = max(x for x, _ in region["polygon"]) + 4
    desk.press("Control+ArrowRight")
    desk.until("(p, [id, x]) => Math.max(...p.regions[id].polygon.map(q => q[0])) === x",
           [spot.region, right + 4])  # fmt: skip
    desk.press("2")
    desk.until("(p, id) => p.page.order[1] === id", spot.region)
    other = next(one for one in MODES if one != mode)
    desk.page.select_option("[data-field=direction]", other)
    desk.until("(p, [id, m]) => p.regions[id].writing_mode === m", [spot.region, other])
    desk.page.locator(".pane h2").first.click()
    for _ in range(4):
        desk.press("Control+z")
    desk.until("(p, [id, m, at]) => p.regions[id].writing_mode === m && p.page.order[at] === id",
           [spot.region, mode, before["page"]["order"].index(spot.region)])  # fmt: skip
    desk.until("(p, [id, x]) => p.regions[id].polygon[0][0] === x", [spot.region, left])
    # Put together with the next one, and given back; deleted, and given back.
    desk.press("J", "x", "m")
    desk.until(
        "(p, [id, n]) => p.regions[id].lines.length > n", [spot.region, len(region["lines"])]
    )
    desk.press("Control+z")
    desk.until(
        "(p, [id, n]) => p.regions[id].lines.length === n", [spot.region, len(region["lines"])]
    )
    desk.press("Escape")
    desk.page.locator(f'[data-region="{spot.region}"]').click()
    desk.page.wait_for_selector(f'[data-region="{spot.region}"][aria-current="true"]')
    desk.press("Delete")
    desk.until("(p, id) => !(id in p.regions)", spot.region)
    desk.press("Control+z")
    desk.until("(p, id) => id in p.regions", spot.region)
    desk.page.locator(f'[data-region="{spot.region}"]').click()
    desk.page.wait_for_selector(f'[data-region="{spot.region}"][aria-current="true"]')
    # Read anew by the engine and in the direction that are wanted, and a line of it taken.
    desk.press("g")
    engine, direction = (desk.page.locator("dialog select").nth(n) for n in (0, 1))
    engines = engine.evaluate("field => [...field.options].map(one => one.value)")
    for name, way in ((engines[-1], other), (engines[0], mode)):
        engine.select_option(name)
        direction.select_option(way)
        with desk.page.expect_response("**/recognise") as answer:
            desk.page.click("[data-do=read]:enabled")
        asked = answer.value.request.post_data_json
        assert (asked["engine"], asked["writing_mode"]) == (name, way)
        desk.page.wait_for_selector("[data-do=read]:enabled")
    desk.page.wait_for_selector("dialog [data-do=take]")
    read = "".join(desk.page.locator("dialog li .han").all_inner_texts())
    printed = "".join(before["lines"][line]["text"] for line in region["lines"])
    assert len(set(read) & set(printed)) > 0.6 * len(set(printed))
    desk.page.locator("dialog footer .main").click()
    # A region drawn by keys alone, and taken back.
    desk.screen(left, 0)
    desk.press("Escape", "r", "Enter", "Shift+ArrowDown", "Control+ArrowLeft", "Enter")
    desk.page.wait_for_selector("dialog [data-do=read]")
    known = set(before["regions"])
    assert len(set(desk.paper("p0001")["regions"]) - known) == 1
    desk.page.locator("dialog footer .main").click()
    desk.press("Control+z")
    desk.until("(p, n) => Object.keys(p.regions).length === n", len(known))


@pytest.mark.parametrize("mode", MODES)
def test_5_articles_are_mended(desk: Tab, mode: str) -> None:
    spot = _spot(desk, mode)
    desk.open(line=spot.line, mode="articles")
    # Picked by keys and split off; then its article is named; all of it is taken back.
    desk.press("x")
    desk.page.wait_for_selector(f'[data-article="{spot.article}"][aria-current="true"]')
    desk.press("s")
    desk.until("(p, [id, a]) => p.regions[id].article !== a", [spot.region, spot.article])
    split = desk.paper("p0001")["regions"][spot.region]["article"]
    desk.page.wait_for_selector(f'[data-article="{split}"][aria-current="true"]')
    field = desk.page.locator("[data-field=headline]")
    field.fill("另立一题")
    field.press("Enter")
    desk.until("(p, id) => p.articles[p.regions[id].article].headline === '另立一题'", spot.region)
    for name, text in (("subheadline", "副题"), ("byline", "本报记者 甲乙")):
        desk.page.locator(f"[data-field={name}]").fill(text)
        desk.press("Tab")
        desk.until("(p, [id, name, text]) => p.articles[p.regions[id].article][name] === text",
                   [spot.region, name, text])  # fmt: skip
    desk.page.locator(".pane h2").first.click()
    desk.press(*["Control+z"] * 4)
    desk.until("(p, [id, a]) => p.regions[id].article === a", [spot.region, spot.article])
    # Of what is picked an article is made.
    desk.press("Escape", "x")
    desk.page.wait_for_selector(f'[data-article="{spot.article}"][aria-current="true"]')
    desk.press("n")
    desk.until("(p, [id, a]) => p.regions[id].article !== a && p.articles[p.regions[id].article].parts[0].regions.join() === id",
               [spot.region, spot.article])  # fmt: skip
    desk.press("Control+z")
    desk.until("(p, [id, a]) => p.regions[id].article === a", [spot.region, spot.article])
    # A jump with both its pages side by side.
    articles = desk.get(f"/api/issues/{quote(desk.issue)}")["articles"]
    jumping = next(one for one in articles if one["continuations"])
    desk.page.locator(f'[data-article="{jumping["id"]}"]').click()
    desk.page.locator("[data-do=look]").first.click()
    desk.page.wait_for_selector(".pair .openseadragon-canvas >> nth=1")
    desk.press("Escape")
    # The masthead's checks stand beside its fields.
    desk.go(f"/app/issue/{quote(desk.issue)}?tab=masthead")
    desk.page.wait_for_selector("[data-field=weekday]")
    expect(desk.page.locator(".two .chip.green").nth(2)).to_be_visible()
    desk.page.wait_for_selector("img.hit-picture")


@pytest.mark.parametrize("mode", MODES)
def test_6_found_looked_at_and_replaced(desk: Tab, mode: str) -> None:
    spot = _spot(desk, mode)
    desk.open(line=spot.line)
    desk.press("Control+f")
    desk.page.wait_for_selector("dialog[open]")
    # The cursor is in the field already.
    desk.type(spot.text[:4])
    desk.press("Tab")
    desk.type("甲乙丙丁")
    desk.press("Enter")
    hit = desk.page.locator(f'[data-hit="{spot.line}"]')
    hit.wait_for()
    desk.page.wait_for_function(
        "line => document.querySelector(`[data-hit='${line}'] img`).naturalWidth > 0", arg=spot.line
    )
    width, height = hit.locator("img").evaluate("img => [img.naturalWidth, img.naturalHeight]")
    assert (height > width) == (mode == "vertical-rl"), "the hit's own picture"
    assert desk.line_text(spot.line) == spot.text, "nothing is changed before it was chosen"
    hit.locator("input").check()
    desk.page.click("[data-do=replace]")
    desk.until("(p, [id, t]) => p.lines[id].text === t", [spot.line, "甲乙丙丁" + spot.text[4:]])
    desk.page.locator("dialog header button").click()
    desk.press("Control+z")
    desk.until("(p, [id, t]) => p.lines[id].text === t", [spot.line, spot.text])
    # In this article alone, and in all issues of the title.
    lines = {line for r in desk.paper("p0001")["regions"].values() if r["article"] == spot.article
             for line in r["lines"]}  # fmt: skip
    desk.press("Control+f")
    desk.page.fill("[data-field=find]", spot.text[4])
    for scope in ("article", "title"):
        desk.page.locator("dialog form select").select_option(scope)
        with desk.page.expect_response("**/api/find") as answer:
            desk.page.click("dialog form button[type=submit]")
        hits = answer.value.json()["hits"]
        assert spot.line in [one["line"] for one in hits]
        assert scope == "title" or {one["line"] for one in hits if one["page"] == "p0001"} <= lines
        expect(desk.page.locator("[data-hit]")).to_have_count(len(hits))
    desk.press("Escape")


@pytest.mark.parametrize("mode", MODES)
def test_7_searched_read_and_exported(desk: Tab, mode: str) -> None:
    spot = _spot(desk, mode)
    word = spot.text[:4]
    # Other tests have typed over it and taken that back a moment ago: it is found all the same.
    desk.go(f"/app/search?q={quote(word)}")
    hit = desk.page.locator(f'[data-hit="{spot.article}"]')
    expect(hit.locator("mark").first).to_have_text(re.compile(r"\S"))
    hit.locator("a").first.click()
    desk.page.wait_for_selector(".reading h1")
    desk.page.wait_for_selector(".reading mark")
    desk.page.wait_for_selector(".facsimile .openseadragon-canvas canvas")
    lit = desk.page.url.partition("hits=")[2]
    assert lit, "the hit is lit on the page"
    expect(desk.page.locator('a[href^="/export/"]').nth(8)).to_be_attached()
    stable = desk.page.locator(f'a[href^="/read/{quote(desk.issue)}/"]').first.get_attribute("href")
    answer = desk.page.request.get(desk.server.address + str(stable))
    assert answer.status == 200 and "<script" not in answer.text()
    text = desk.page.request.get(f"{desk.server.address}/export/{quote(desk.issue)}/text")
    with zipfile.ZipFile(io.BytesIO(text.body())) as archive:
        assert spot.text[:4] in archive.read("text/issue.txt").decode()


@pytest.mark.parametrize("mode", MODES)
def test_8_two_people_at_one_line(desk: Tab, somebody: Somebody, mode: str) -> None:
    spot = _spot(desk, mode)
    chinese = desk.page.get_attribute("html", "lang") == "zh-Hans"
    zhao = somebody("zhao", locale="zh-CN" if chinese else "en-GB")
    zhao.open(line=spot.line)
    desk.open(line=spot.line)
    desk.deaf()
    zhao.press("End")
    zhao.type("乙")
    zhao.saved()
    desk.press("Home")
    desk.type("甲")
    desk.page.wait_for_selector("dialog [data-take=merged]")
    expect(desk.page.locator("dialog input")).to_have_value("甲" + spot.text + "乙")
    desk.page.click("[data-take=merged]")
    desk.saved()
    assert desk.line_text(spot.line) == "甲" + spot.text + "乙"
    # Who, when, before and after; and put back as it was.
    desk.press("Alt+h")
    desk.page.wait_for_selector("dialog [data-seq]")
    expect(desk.page.locator("dialog")).to_contain_text("zhao")
    expect(desk.page.locator("dialog [data-seq] ins").nth(1)).to_be_visible()
    for text in (spot.text + "乙", spot.text):
        entry = desk.page.locator("dialog [data-seq]:not(:has(.chip))").first
        name = entry.get_attribute("data-seq")
        entry.locator("[data-do=revert]").click()
        # The list tells of it before the next is chosen from it.
        desk.page.wait_for_selector(f'dialog [data-seq="{name}"] .chip')
        desk.until("(p, [id, t]) => p.lines[id].text === t", [spot.line, text])
    desk.press("Escape")
    desk.press("Alt+c")
    desk.page.fill("[data-field=comment]", "请查原件")
    desk.page.click("dialog form button[type=submit]")
    desk.page.wait_for_selector("dialog li p:has-text('请查原件')")
    # Typed twice without seeing each other's, and compared.
    desk.go("/app/keying")
    desk.page.wait_for_selector('select option:has-text("zhao")', state="attached")
    expect(desk.page.locator("form select")).to_have_count(3)


def test_9_a_sample_decides(desk: Tab) -> None:
    desk.go(f"/app/acceptance?issue={quote(desk.issue)}")
    desk.page.fill("[data-field=characters]", "60")
    desk.page.wait_for_function("() => document.querySelector('[data-field=issue]').value !== ''")
    desk.page.click("form button[type=submit]")
    rows = desk.page.locator("li[data-line]")
    rows.first.wait_for()
    number = desk.page.url.rsplit("/", 1)[1]
    for _ in range(rows.count()):
        desk.press("Enter")
    desk.until_at(
        f"/api/acceptance/{number}",
        "({sample}, count) => sample.looked_at === count && sample.errors === 0",
        rows.count(),
    )
    sample = desk.get(f"/api/acceptance/{number}")["sample"]
    assert sample["verdict"] == "undecided" and sample["needed"] > 36_000
    desk.page.click("[data-do=pass]")
    desk.page.wait_for_selector(".note.green")
    language = "zh" if desk.page.get_attribute("html", "lang") == "zh-Hans" else "en"
    record = desk.page.request.get(
        f"{desk.server.address}/acceptance/{number}/record?lang={language}"
    ).text()
    assert ("差错率" in record) == (language == "zh")
    assert str(sample["seed"]) in record
    assert desk.get(f"/api/issues/{quote(desk.issue)}")["status"] == "passed"
