"""Task 1 in an archive with two titles: what is wrong with mastheads and pages, filters by title and
date, claims that run out. In both languages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import update

from digitise.archive import add_issue, open_archive
from digitise.archive.corrections import tables
from digitise.model import Issue

from .conftest import SAMPLE, Paper, Tab, expect

LANGUAGES = {"tab": "en", "chinese": "zh"}
OTHER = "临澜晚报副刊与地方文艺周末增刊合订本"


def _half(issue: Issue) -> Issue:
    """The issue as an engine leaves it that found only half of the second page."""
    page = issue.pages[1]
    kept = page.regions[: len(page.regions) // 2]
    names = {r.id for r in page.regions} - {r.id for r in kept}
    articles = []
    for article in issue.articles:
        parts = [
            replace(p, regions=tuple(r for r in p.regions if r not in names)) for p in article.parts
        ]
        left = tuple(p for p in parts if p.regions)
        if left:
            pages = {p.page for p in left}
            jumps = tuple(c for c in article.continuations if {c.from_page, c.to_page} <= pages)
            articles.append(replace(article, parts=left, continuations=jumps))
    order = tuple(r for r in page.reading_order if r not in names)
    pages = (issue.pages[0], replace(page, regions=kept, reading_order=order), *issue.pages[2:])
    return replace(issue, pages=pages, articles=tuple(articles))


@pytest.fixture(scope="module")
def paper(sample: Issue, tmp_path_factory: pytest.TempPathFactory) -> Paper:
    folder: Path = tmp_path_factory.mktemp("two")
    archive = open_archive(folder, create=True)
    wrong = replace(sample.masthead, weekday="星期日", issn="1000-0001")
    place = add_issue(archive, replace(_half(sample), masthead=wrong), [SAMPLE], name="first")
    later = replace(
        sample.masthead, title=OTHER, date="2026-04-02", weekday="星期四", lunar_date=""
    )
    add_issue(archive, replace(sample, title=OTHER, masthead=later), [SAMPLE], name="second")
    return Paper(folder, place.issue, (), sample)


@pytest.fixture(params=list(LANGUAGES))
def desk(request: pytest.FixtureRequest) -> Tab:
    tab: Tab = request.getfixturevalue(request.param)
    return tab


def _language(tab: Tab) -> str:
    return "zh" if tab.page.get_attribute("html", "lang") == "zh-Hans" else "en"


def test_a_masthead_that_contradicts_itself(desk: Tab) -> None:
    desk.go("/?kind=masthead")
    row = desk.page.locator(f'[data-item="{desk.issue}:masthead:masthead"]')
    row.wait_for()
    language = _language(desk)
    told = desk.get("/api/queue?kind=masthead")["items"]
    mine = next(one for one in told if one["issue"] == desk.issue)
    assert {reason["code"] for reason in mine["reasons"]} == {"weekday-wrong", "issn-wrong"}
    for reason in mine["reasons"]:
        expect(row).to_contain_text(reason[language])
    # It leads to the form, where the check stands beside its field and offers what would agree.
    row.locator("button").first.click()
    field = desk.page.locator("[data-field=weekday]")
    field.wait_for()
    wrong = desk.page.locator(".two .chip.red")
    expect(wrong).to_have_count(2)
    # Mended, the row has one reason less; taken back, it is as before.
    before = field.input_value()
    checks = desk.get(f"/api/issues/{quote(desk.issue)}")["masthead"]["checks"]
    field.fill(next(one["suggestion"] for one in checks if one["code"] == "weekday-wrong"))
    field.press("Enter")
    desk.until_at(
        f"/api/issues/{quote(desk.issue)}",
        "i => !i.masthead.checks.some(c => c.code === 'weekday-wrong')",
    )
    expect(wrong).to_have_count(1)
    desk.until_at("/api/queue?kind=masthead",
        "(q, id) => !q.items.find(i => i.issue === id).reasons.some(r => r.code === 'weekday-wrong')", desk.issue)  # fmt: skip
    field.fill(before)
    field.press("Enter")
    desk.until_at(
        f"/api/issues/{quote(desk.issue)}",
        "i => i.masthead.checks.some(c => c.code === 'weekday-wrong')",
    )


def test_ink_that_is_not_accounted_for(desk: Tab) -> None:
    """Found as soon as somebody opens the page; accounted for by drawing a region round it."""
    desk.open("p0002", mode="layout")
    desk.page.wait_for_selector(".facsimile .openseadragon-canvas canvas")
    ink = "(q, id) => q.items.some(i => i.issue === id && i.kind === 'ink' && i.target === 'p0002')"
    desk.until_at("/api/queue?kind=ink", ink, desk.issue)
    desk.go("/?kind=ink")
    row = desk.page.locator(f'[data-item="{desk.issue}:ink:p0002"]')
    row.wait_for()
    expect(row).to_contain_text("%")
    expect(row).to_contain_text("墨迹" if _language(desk) == "zh" else "ink")
    row.locator("button").first.click()
    desk.page.wait_for_url("**/p0002*")
    desk.page.wait_for_selector('[data-suggested="p0002"]')


def test_filters_by_title_and_date(desk: Tab) -> None:
    desk.go("/")
    desk.page.wait_for_selector("[data-row]")
    chooser = desk.page.locator("[role=search] select").nth(2)
    names = chooser.evaluate("field => [...field.options].map(one => one.value)")
    assert OTHER in names
    everywhere = """wanted => {
        const rows = [...document.querySelectorAll('[data-item]')];
        return rows.length > 0 && rows.every(row => row.dataset.item.startsWith(wanted));
    }"""
    second = next(one["issue"] for one in desk.get(f"/api/queue?title={quote(OTHER)}")["items"])
    chooser.select_option(OTHER)
    desk.page.wait_for_function(everywhere, arg=second + ":")
    assert quote(OTHER) in desk.page.url
    chooser.select_option("")
    desk.page.wait_for_function(
        "ids => ids.every(id => document.querySelector(`[data-item^='${id}:']`))",
        arg=[second, desk.issue],
    )
    first, last = (desk.page.locator("[role=search] input[type=date]").nth(n) for n in (0, 1))
    first.fill("2026-04-01")
    desk.page.wait_for_function(everywhere, arg=second + ":")
    last.fill("2026-04-01")
    desk.page.wait_for_selector(".empty")
    first.fill("")
    desk.page.wait_for_function(everywhere, arg=desk.issue + ":")
    # The address holds what was chosen: reloaded, sent to somebody, it shows the same.
    desk.page.reload()
    desk.page.wait_for_function(everywhere, arg=desk.issue + ":")
    expect(last).to_have_value("2026-04-01")
    # By words of its label as well.
    last.fill("")
    desk.page.wait_for_function("() => !location.search.includes('date_to')")
    desk.page.locator("[role=search] input[type=search]").fill("没有这样的标题")
    desk.page.wait_for_selector(".empty")


def test_open_in_progress_done(desk: Tab) -> None:
    """What is begun says so by itself; what is done is said with a key; history takes it back."""
    second = quote(OTHER)
    desk.go(f"/?kind=article&title={second}")
    desk.page.wait_for_selector("[data-row]")
    (issue,) = {one["issue"] for one in desk.get(f"/api/queue?title={second}")["items"]}
    article = next(
        one for one in desk.get(f"/api/queue?kind=article&title={second}")["items"]
        if one["status"] == "open"
    )  # fmt: skip
    row = desk.page.locator(f'[data-item="{article["id"]}"]')
    paper = desk.get(f"/api/issues/{quote(issue)}/pages/{article['page']}")
    line = next(
        line for one in paper["page"]["order"] if paper["regions"][one]["article"] == article["target"]
        for line in paper["regions"][one]["lines"]
    )  # fmt: skip
    desk.go(f"/app/page/{quote(issue)}/{article['page']}?line={line}")
    desk.at_line(line)
    desk.press("End")
    desk.type("甲")
    desk.saved()
    desk.go(f"/?kind=article&status=in-progress&title={second}")
    row.wait_for()
    place = row.get_attribute("data-row")
    desk.press(*["j"] * int(place or 0), "d")
    expect(row).to_have_count(0)
    desk.go(f"/?kind=article&status=done&title={second}")
    row.locator("[data-do=done][aria-pressed=true]").click()
    expect(row).to_have_count(0)
    # In the history of the issue each step can be put back, with its words before and after.
    desk.go(f"/app/issue/{quote(issue)}?tab=history")
    typed = desk.page.locator("[data-seq]", has=desk.page.locator("ins", has_text="甲")).first
    typed.locator("[data-do=revert]").click()
    desk.until_at(
        f"/api/issues/{quote(issue)}/pages/{article['page']}",
        "(p, [id, text]) => p.lines[id].text === text",
        [line, paper["lines"][line]["text"]],
    )


def test_a_claim_runs_out(
    desk: Tab, browser: Any, paper: Paper, somebody: Callable[..., Tab]
) -> None:
    other = somebody("qiu", locale="zh-CN" if _opened(desk) == "zh" else "en-GB")
    other.go("/?kind=article")
    other.page.wait_for_selector("[data-row='1']")
    item = str(other.page.get_attribute("[data-row='1']", "data-item"))
    mine = other.page.locator(f'[data-item="{item}"] [data-do=claim][aria-pressed]')
    mine.click()
    expect(mine).to_have_attribute("aria-pressed", "true")
    desk.go("/?kind=article&claimed=others")
    row = desk.page.locator(f'[data-item="{item}"]')
    expect(row).to_contain_text("qiu")
    expect(row.locator("[data-do=claim][aria-pressed]")).to_have_count(0)
    # A quarter of an hour later.
    archive = open_archive(paper.folder)
    claims = tables.claims
    archive.catalogue.transact(
        lambda c: c.execute(update(claims).values(until=claims.c.until - 900.0)) and None
    )
    assert desk.get("/api/claims")["claims"] == [] or all(
        one["by"] != "qiu" for one in desk.get("/api/claims")["claims"]
    )
    desk.page.reload()
    desk.page.wait_for_selector(".empty")
    desk.go("/?kind=article")
    row.locator("[data-do=claim][aria-pressed=false]").click()
    expect(row.locator("[data-do=claim][aria-pressed]")).to_have_attribute("aria-pressed", "true")
    # Whoever let it run out sees who has it now.
    other.page.reload()
    expect(other.page.locator(f'[data-item="{item}"] [data-do=claim][aria-pressed]')).to_have_count(
        0
    )
    row.locator("[data-do=claim][aria-pressed=true]").click()
    expect(row.locator("[data-do=claim][aria-pressed]")).to_have_attribute("aria-pressed", "false")


def _opened(tab: Tab) -> str:
    tab.go("/")
    tab.page.wait_for_selector("[data-row]")
    return _language(tab)
