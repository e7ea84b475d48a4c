"""Tasks 1, 8 and 9: the queue; several people; double keying; acceptance."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from .conftest import Paper, Tab

Somebody = Callable[..., Tab]


def test_the_queue_is_worst_first_and_can_be_filtered(tab: Tab) -> None:
    tab.go("/")
    tab.page.wait_for_selector("[data-row]")
    told = tab.get("/api/queue")["items"]
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
    tab.page.wait_for_selector('[data-row="1"] [aria-pressed=true]')
    lin.go("/?kind=article")
    other = lin.page.locator(f'[data-item="{item}"]')
    other.wait_for()
    assert other.locator("button", has_text="Claim").count() == 0
    lin.go("/app/people")
    assert lin.page.locator("nav a", has_text="People").count() == 0, "for administrators only"


def test_two_people_on_one_line_see_both_texts(tab: Tab, somebody: Somebody, paper: Paper) -> None:
    line = paper.planted[13].line
    lin = somebody("mei")
    lin.open(line=line)
    tab.open(line=line)
    before = tab.text
    lin.press("End")
    lin.type("乙")
    lin.saved()
    tab.press("Home")
    tab.type("甲")
    tab.page.wait_for_selector("dialog [data-take=merged]")
    assert before + "乙" in tab.page.inner_text("dialog")
    assert tab.page.input_value("dialog input") == "甲" + before + "乙", "apart, so put together"
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
    assert tab.text == "甲" + before + "乙丙"

    # The history says who did what, and puts it back.
    tab.press("Alt+h")
    tab.page.wait_for_selector("[data-seq]")
    told = tab.page.inner_text("dialog")
    assert "mei" in told
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
    assert row.locator(".mark-state.red").count() == 1
    assert row.locator('[aria-label="1 comment"]').count() == 1


def test_what_is_planted_as_markup_stays_text(tab: Tab, paper: Paper) -> None:
    line = paper.planted[15].line
    tab.open(line=line)
    before = tab.text
    tab.press("End")
    tab.type("<img src=x onerror=alert(1)>")
    tab.saved()
    tab.press("ArrowDown")
    row = tab.page.locator(f'.line-row[data-line="{line}"]')
    assert row.locator("img").count() == 0
    assert "<img src=x" in row.inner_text()
    tab.press("ArrowUp", "Control+z")
    tab.saved()
    assert tab.line_text(line) == before


def test_a_reader_corrects_nothing(tab: Tab, somebody: Somebody, paper: Paper) -> None:
    wen = somebody("wen", "reader")
    line = paper.planted[16].line
    wen.open(line=line)
    before = wen.text
    assert not wen.page.is_editable(".editor textarea")
    assert wen.line_text(line) == before


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
        assert [field.input_value() for field in fields.all()] == ["", ""]
        for field in fields.all():
            field.fill(text)
        person.page.wait_for_function(
            "() => document.querySelectorAll('li .chip.green').length === 2"
        )
    tab.go(f"/app/keying/{task}?compare=1")
    tab.page.wait_for_selector("li.card")
    assert tab.page.locator("li.card").count() == 2
    assert tab.page.locator("li.card ins", has_text="宇").count() == 2


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
    tab.page.wait_for_function(
        """async ([number, count]) => {
            const {sample} = await (await fetch('/api/acceptance/' + number)).json();
            return sample.looked_at === count && sample.errors === 1;
        }""",
        arg=[number, count],
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
    assert sample["issue"] in record.inner_text("body")
