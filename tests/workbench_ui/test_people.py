"""Tasks 1, 8 and 9: the queue; several people; double keying; acceptance."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest

from .conftest import Paper, Tab, expect

Somebody = Callable[..., Tab]


def test_the_queue_is_worst_first_and_can_be_filtered(tab: Tab) -> None:
    # What the page itself was told: the queue is worked out anew behind the scenes.
    with tab.page.expect_response("**/api/queue?*") as answer:
        tab.go("/")
    told = answer.value.json()["items"]
    expect(tab.page.locator("[data-row]")).to_have_count(len(told))
    shown = tab.page.eval_on_selector_all("[data-item]", "all => all.map(row => row.dataset.item)")
    assert shown == [one["id"] for one in told]
    scores = [one["score"] for one in told]
    assert scores == sorted(scores, reverse=True)
    tab.page.get_by_label("Kind").select_option("article")
    tab.page.wait_for_url("**kind=article**")
    tab.page.wait_for_function(
        "() => [...document.querySelectorAll('[data-item]')].every(row => row.dataset.item.includes(':article:'))"
    )
    tab.page.locator("h1").click()
    tab.press("j", "k", "Enter")
    tab.page.wait_for_selector(".editor textarea")


def test_a_claim_is_seen_by_others(tab: Tab, somebody: Somebody) -> None:
    lin = somebody("lin")
    tab.go("/?kind=article")
    row = tab.page.locator("[data-row='1']")
    item = row.get_attribute("data-item")
    row.locator("button", has_text="Claim").click()
    tab.page.wait_for_selector('[data-row="1"] [data-do=claim][aria-pressed=true]')
    lin.go("/?kind=article")
    other = lin.page.locator(f'[data-item="{item}"]')
    other.wait_for()
    expect(other.locator("button", has_text="Claim")).to_have_count(0)
    lin.go("/app/people")
    lin.page.locator("nav a", has_text="Queue").wait_for()
    # For administrators only.
    expect(lin.page.locator("nav a", has_text="People")).to_have_count(0)


def test_two_people_on_one_line_see_both_texts(tab: Tab, somebody: Somebody, paper: Paper) -> None:
    line = paper.planted[13].line
    lin = somebody("mei")
    lin.open(line=line)
    tab.open(line=line)
    tab.deaf()
    before = tab.text
    lin.press("End")
    lin.type("乙")
    lin.saved()
    tab.press("Home")
    tab.type("甲")
    tab.page.wait_for_selector("dialog [data-take=merged]")
    expect(tab.page.locator("dialog")).to_contain_text(before + "乙")
    # Apart, so they are put together.
    expect(tab.page.locator("dialog input")).to_have_value("甲" + before + "乙")
    tab.page.click("[data-take=merged]")
    tab.saved()
    assert tab.line_text(line) == "甲" + before + "乙"
    # At the same place they cannot be put together: a person chooses.
    lin.open(line=line)
    tab.open(line=line)
    lin.press("End")
    lin.type("丙")
    lin.saved()
    tab.press("End")
    tab.type("丁")
    tab.page.wait_for_selector("dialog [data-take=theirs]")
    tab.page.click("[data-take=theirs]")
    tab.saved()
    assert tab.line_text(line) == "甲" + before + "乙丙"
    tab.reads("甲" + before + "乙丙")

    # The history says who did what, and puts it back.
    tab.press("Alt+h")
    tab.page.wait_for_selector("[data-seq]")
    expect(tab.page.locator("dialog")).to_contain_text("mei")
    tab.page.locator("[data-do=revert]").first.click()
    tab.page.wait_for_selector("dialog .chip:has-text('put back')")
    assert tab.line_text(line) == "甲" + before + "乙"


def test_comments_and_flags(tab: Tab, paper: Paper) -> None:
    line = paper.planted[14].line
    tab.open(line=line)
    tab.press("Alt+c")
    tab.page.fill("[data-field=comment]", "<b>请查原件</b>")
    tab.page.click("dialog form button[type=submit]")
    tab.page.wait_for_selector("dialog li p:has-text('<b>请查原件</b>')")
    tab.page.fill("[data-field=flag]", "看不清")
    tab.page.click("[data-do=flag]")
    tab.page.wait_for_selector("dialog button:has-text('Take it off'):enabled")
    tab.page.locator("dialog header button").click()
    tab.press("ArrowDown")
    row = tab.page.locator(f'.line-row[data-line="{line}"]')
    expect(row.locator(".mark-state.red")).to_have_count(1)
    expect(row.locator('[aria-label="1 comment"]')).to_have_count(1)


def test_no_key_is_lost_while_a_dialog_comes_and_goes(tab: Tab, paper: Paper) -> None:
    """Keys that come in one go, before the screen was drawn again even once."""
    line = paper.planted[17].line
    tab.open(line=line)
    before = tab.text
    # The browser is told of everything at once, so that no frame can come between.
    tab.page.evaluate(
        """() => {
            const press = (key, more = {}) => document.activeElement.dispatchEvent(
                new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true, ...more}));
            const rest = async () => { for (let i = 0; i < 20; i++) await Promise.resolve(); };
            window.seen = [];
            const note = () => window.seen.push([document.activeElement.tagName,
                document.activeElement.closest('dialog') !== null]);
            return (async () => {
                press('c', {altKey: true, code: 'KeyC'});
                await rest();
                note();
                document.querySelector('dialog header button').click();
                await rest();
                note();
                press('ArrowDown');
                await rest();
            })();
        }"""
    )
    assert tab.page.evaluate("window.seen") == [["TEXTAREA", True], ["TEXTAREA", False]] or (
        tab.page.evaluate("window.seen") == [["INPUT", True], ["TEXTAREA", False]]
    )
    tab.page.wait_for_selector(f'.editor:not([data-line="{line}"])')
    assert tab.line_text(line) == before


def test_what_is_planted_as_markup_stays_text(tab: Tab, paper: Paper) -> None:
    line = paper.planted[15].line
    tab.open(line=line)
    before = tab.text
    tab.press("End")
    tab.type("<img src=x onerror=alert(1)>")
    tab.saved()
    tab.press("ArrowDown")
    row = tab.page.locator(f'.line-row[data-line="{line}"]')
    expect(row).to_contain_text("<img src=x")
    expect(row.locator("img")).to_have_count(0)
    tab.press("ArrowUp", "Control+z")
    tab.saved()
    assert tab.line_text(line) == before


def test_a_reader_corrects_nothing(tab: Tab, somebody: Somebody, paper: Paper) -> None:
    wen = somebody("wen", "reader")
    line = paper.planted[16].line
    wen.open(line=line)
    before = wen.text
    expect(wen.page.locator(".editor textarea")).not_to_be_editable()
    assert wen.line_text(line) == before


@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_each_role_sees_what_it_may_do(tab: Tab, somebody: Somebody, locale: str) -> None:
    links = 'nav a[href="/app/acceptance"]', 'nav a[href="/app/people"]'
    for role, may in (("corrector", (0, 0)), ("editor", (1, 0)), ("administrator", (1, 1))):
        person = somebody(f"{role}-{locale[:2]}", role, locale)
        for where, count in zip(links, may, strict=True):
            expect(person.page.locator(where)).to_have_count(count)
    # Nor does the address lead there.
    lin = somebody(f"corrector-{locale[:2]}", "corrector", locale)
    lin.go("/app/people")
    lin.page.wait_for_selector("[role=alert]")
    expect(lin.page.locator("tbody tr")).to_have_count(0)


def test_double_keying_is_blind_and_compared(tab: Tab, somebody: Somebody, paper: Paper) -> None:
    hua, bao = somebody("hua"), somebody("bao")
    tab.go("/app/keying")
    tab.page.wait_for_selector('select option:has-text("bao")', state="attached")
    tab.page.select_option("[data-field=issue]", tab.issue)
    tab.page.fill("[data-field=lines]", "2")
    tab.page.get_by_label("First").select_option("hua")
    tab.page.get_by_label("Second").select_option("bao")
    tab.page.click("form button[type=submit]")
    tab.page.wait_for_selector("[data-task]")
    task = tab.page.locator("[data-task]").last.get_attribute("data-task")
    for person, text in ((hua, "同一行文字"), (bao, "同一行文宇")):
        person.go(f"/app/keying/{task}")
        fields = person.page.locator("li input")
        fields.first.wait_for()
        expect(fields).to_have_count(2)
        assert [field.input_value() for field in fields.all()] == ["", ""]
        for field in fields.all():
            field.fill(text)
        person.page.wait_for_function(
            "() => document.querySelectorAll('li .chip.green').length === 2"
        )
    tab.go(f"/app/keying/{task}?compare=1")
    expect(tab.page.locator("li.card")).to_have_count(2)
    expect(tab.page.locator("li.card ins", has_text="宇")).to_have_count(2)


def test_a_sample_is_drawn_marked_and_decided(tab: Tab) -> None:
    tab.go(f"/app/acceptance?issue={quote(tab.issue)}")
    tab.page.fill("[data-field=characters]", "120")
    tab.page.wait_for_function("() => document.querySelector('[data-field=issue]').value !== ''")
    tab.page.click("form button[type=submit]")
    rows = tab.page.locator("li[data-line]")
    rows.first.wait_for()
    number = tab.page.url.rsplit("/", 1)[1]
    count = rows.count()
    for _ in range(count - 1):
        tab.press("Enter")
    last = rows.nth(count - 1)
    last.locator("button[aria-pressed]").first.click()
    last.locator(".chip.red").wait_for()
    tab.until_at(
        f"/api/acceptance/{number}",
        "({sample}, count) => sample.looked_at === count && sample.errors === 1",
        count,
    )
    sample = tab.get(f"/api/acceptance/{number}")["sample"]
    low, high = sample["interval"]
    assert low < sample["rate"] < high
    assert abs(sample["rate"] - 1 / sample["characters"]) < 1e-9
    tab.page.click("[data-do=return]")
    tab.page.wait_for_selector(".note.green")
    with tab.page.expect_popup() as popup:
        tab.page.click("text=Printable record")
    record = popup.value
    record.wait_for_load_state()
    expect(record.locator("body")).to_contain_text(sample["issue"])
