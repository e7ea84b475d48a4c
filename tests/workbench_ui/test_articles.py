"""Tasks 5, 6 and 7: articles, jumps, masthead; find and replace; glossary; reading and search."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from .conftest import Tab, expect


def _article(tab: Tab, article: str) -> Any:
    return tab.get(f"/api/issues/{quote(tab.issue)}/articles/{article}")["article"]


def _jumping(tab: Tab) -> Any:
    """The article with the jump that is only marked at one end."""
    articles = tab.get(f"/api/issues/{quote(tab.issue)}")["articles"]
    return next(one for one in articles if one["continuations"])


def test_regions_are_split_off_and_merged_again(tab: Tab) -> None:
    tab.open("p0002", mode="articles")
    told = tab.paper("p0002")
    article = next(
        one for one in told["articles"].values()
        if one["kind"] == "article" and len(one["parts"]) == 1 and len(one["parts"][0]["regions"]) > 3
    )  # fmt: skip
    regions = article["parts"][0]["regions"]
    tab.page.locator(f'[data-article="{article["id"]}"]').click()
    tab.press("Escape")
    # By clicking on the page.
    polygon = told["regions"][regions[-1]]["polygon"]
    x = sum(point[0] for point in polygon) / len(polygon)
    y = sum(point[1] for point in polygon) / len(polygon)
    tab.page.mouse.click(*tab.screen(x, y))
    tab.page.wait_for_selector("text=1 region picked")
    tab.press("s")
    tab.until("(p, [region, id]) => p.regions[region].article !== id",
              [regions[-1], article["id"]], "p0002")  # fmt: skip
    now = tab.paper("p0002")
    assert now["articles"][article["id"]]["parts"][0]["regions"] == regions[:-1]
    tab.press("Escape")
    for picked, region in enumerate((regions[0], regions[-1]), 1):
        polygon = told["regions"][region]["polygon"]
        x = sum(point[0] for point in polygon) / len(polygon)
        y = sum(point[1] for point in polygon) / len(polygon)
        tab.page.mouse.click(*tab.screen(x, y))
        tab.page.wait_for_selector(f"text={picked} region{'s' * (picked > 1)} picked")
    tab.press("m")
    tab.until("(p, [id, ids]) => p.articles[id].parts[0].regions.join() === ids.join()",
              [article["id"], regions], "p0002")  # fmt: skip


def test_a_headline_is_written_and_given_back(tab: Tab) -> None:
    tab.open("p0002", mode="articles")
    one = next(one for one in tab.paper("p0002")["articles"].values() if one["kind"] == "article")
    tab.page.locator(f'[data-article="{one["id"]}"]').click()
    field = tab.page.locator("[data-field=headline]")
    field.fill("手写的标题")
    field.press("Enter")
    headline = "(p, [id, text]) => p.articles[id].headline === text"
    tab.until(headline, [one["id"], "手写的标题"], "p0002")
    tab.page.click("text=From the lines again")
    tab.until(headline, [one["id"], one["headline"]], "p0002")


def test_a_jump_is_accepted_broken_and_made(tab: Tab) -> None:
    jumping = _jumping_after(tab)
    tab.page.locator(f'[data-article="{jumping["id"]}"]').click()
    tab.page.click("[data-do=look]")
    tab.page.wait_for_selector(".pair .openseadragon-canvas >> nth=1")
    tab.page.click("[data-do=accept]")
    tab.until("(p, id) => p.articles[id].continuations[0].status === 'verified'", jumping["id"])
    tab.page.click("[data-do=look]")
    tab.page.click("[data-do=break]")
    tab.until("(p, id) => p.articles[id].parts.length === 1", jumping["id"])
    broken = _article(tab, jumping["id"])
    assert [part["page"] for part in broken["parts"]] == ["p0001"]
    tab.page.click("[data-do=continue]" if not broken["continuations"] else "[data-do=look]")
    tab.page.wait_for_selector("[data-field=other]")
    told = tab.paper("p0002")
    rest = next(
        one for one in told["articles"].values()
        if one["parts"][0]["page"] == "p0002" and one["id"] not in jumping["known"]
    )  # fmt: skip
    tab.page.select_option("[data-field=other]", rest["id"])
    tab.page.click("[data-do=make]")
    tab.until("(p, id) => p.articles[id].parts.map(part => part.page).join() === 'p0001,p0002'",
              jumping["id"])  # fmt: skip


def _jumping_after(tab: Tab) -> Any:
    tab.open("p0001", mode="articles")
    found = _jumping(tab)
    found["known"] = list(tab.paper("p0002")["articles"])
    return found


def test_the_masthead_has_its_checks_beside_it(tab: Tab) -> None:
    tab.go(f"/app/issue/{quote(tab.issue)}?tab=masthead")
    weekday = tab.page.locator("[data-field=weekday]")
    weekday.wait_for()
    right = weekday.input_value()
    weekday.fill("星期一" if right != "星期一" else "星期二")
    weekday.press("Enter")
    tab.page.wait_for_selector("[data-field=weekday][aria-invalid=true]")
    weekday.fill(right)
    weekday.press("Enter")
    tab.until_at(
        f"/api/issues/{quote(tab.issue)}",
        "(issue, right) => issue.masthead.fields.weekday === right",
        right,
    )


def test_find_and_replace_shows_each_hit_before(tab: Tab) -> None:
    tab.open("p0001")
    tab.press("Control+f")
    tab.page.fill("[data-field=find]", "三桥")
    tab.page.fill("[data-field=replace]", "叁桥")
    tab.press("Enter")
    hits = tab.page.locator("[data-hit]")
    expect(hits.nth(3)).to_be_attached()
    count = hits.count()
    assert hits.first.locator("img").get_attribute("src")
    line = hits.nth(1).get_attribute("data-hit")
    before = tab.line_text(line)
    hits.nth(1).locator("input").check()
    tab.page.click("[data-do=replace]")
    tab.page.wait_for_function("n => document.querySelectorAll('[data-hit]').length === n", arg=count - 1)  # fmt: skip
    assert tab.line_text(line) == before.replace("三桥", "叁桥", 1)
    tab.page.locator("dialog header button").click()
    tab.press("Control+z")
    tab.until("(p, [id, t]) => p.lines[id].text === t", [line, before])


def test_a_glossary_name_is_offered_for_a_near_miss(tab: Tab) -> None:
    tab.go("/app/glossary")
    tab.page.fill("[data-field=term]", "澜江二桥")
    tab.page.click("form button[type=submit]")
    tab.page.wait_for_selector('td:has-text("澜江二桥")')
    tab.open("p0001")
    told = tab.get(f"/api/issues/{quote(tab.issue)}/suggestions?page=p0001")["suggestions"]
    near = [one for one in told if one["suggestion"] in ("澜江二桥", "二")]
    assert near, "澜江三桥 stands on the page and differs by one character"
    tab.open("p0001", near[0]["line"])
    tab.page.wait_for_selector(".editor .c-hint")
    tab.go("/app/glossary")
    tab.page.click('[aria-label="Delete 澜江二桥"]')
    tab.page.wait_for_selector('td:has-text("澜江二桥")', state="detached")


@pytest.mark.parametrize("locale", ["tab", "chinese"])
def test_reading_and_search_with_the_hit_lit(locale: str, request: pytest.FixtureRequest) -> None:
    tab: Tab = request.getfixturevalue(locale)
    tab.go("/app/search")
    tab.page.fill("[data-field=q]", "屋顶菜园")
    tab.press("Enter")
    hit = tab.page.locator("[data-hit]").first
    hit.wait_for()
    hit.locator("mark").first.wait_for()
    hit.locator("a").first.click()
    tab.page.wait_for_selector(".reading h1")
    assert "hits=" in tab.page.url
    expect(tab.page.locator(".reading")).to_contain_text("屋顶菜园")
    with tab.page.expect_popup() as popup:
        tab.page.click('a[target="_blank"]')
    stable = popup.value
    stable.wait_for_load_state()
    assert f"/read/{quote(tab.issue)}/" in stable.url
    expect(stable.locator("body")).to_contain_text("屋顶菜园")


def test_exports_are_a_click_away(tab: Tab) -> None:
    tab.go(f"/app/issue/{quote(tab.issue)}?tab=export")
    tab.page.wait_for_selector("[data-export] >> nth=5")
    names = tab.page.eval_on_selector_all("[data-export]", "all => all.map(a => a.dataset.export)")
    assert len(names) > 5
    with tab.page.expect_download() as download:
        tab.page.locator("[data-export]").first.click()
    assert download.value.suggested_filename
    assert download.value.path().stat().st_size > 1000
