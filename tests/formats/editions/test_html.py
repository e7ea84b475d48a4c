"""The reading edition: OCR text is data, the page can be clicked on, nothing is fetched."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from digitise.formats.exports import Bundle
from digitise.formats.exports.hocr import hocr
from digitise.formats.exports.html import reading_edition
from digitise.model import Issue, Line, Masthead, Region

EVIL = "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">&lt;'\"]]>"


def _planted(issue: Issue) -> Issue:
    """The same with markup for text everywhere that text can be."""

    def line(given: Line) -> Line:
        return replace(given, text=EVIL, chars=())

    def region(given: Region) -> Region:
        return replace(given, lines=tuple(line(one) for one in given.lines))

    return replace(
        issue,
        title=EVIL,
        masthead=Masthead(EVIL, EVIL, EVIL, EVIL, EVIL, EVIL, EVIL, EVIL, EVIL),
        pages=tuple(
            replace(p, label=EVIL, name=EVIL, source=EVIL, regions=tuple(map(region, p.regions)))
            for p in issue.pages
        ),
        articles=tuple(
            replace(a, kicker=EVIL, headline=EVIL, subheadline=EVIL, byline=EVIL,
                    paragraphs=(EVIL, EVIL), captions=(EVIL,))
            for a in issue.articles
        ),
    )  # fmt: skip


@pytest.fixture(scope="module")
def browser(playwright_driver: Any) -> Iterator[Any]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("Chromium is not installed")
    flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    browser = playwright_driver.chromium.launch(executable_path=chromium, args=flags)
    yield browser
    browser.close()


@pytest.fixture
def view(browser: Any, tmp_path: Path) -> Iterator[Callable[[bytes, str], Any]]:
    """Opens bytes as a file; the page's `asked` are the addresses it asked for."""
    page = browser.new_page(viewport={"width": 1200, "height": 800})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.asked = asked

    def show(data: bytes, name: str) -> Any:
        path = tmp_path / name
        path.write_bytes(data)
        page.goto(path.as_uri())
        return page

    yield show
    page.close()


def test_planted_markup_stays_text(
    modern: Issue, bundled: Callable[..., Bundle], view: Callable[[bytes, str], Any]
) -> None:
    bundle = replace(bundled(modern), issue=_planted(modern))
    for name, data in (("i.html", reading_edition(bundle)), ("h.html", hocr(bundle))):
        page = view(data, name)
        assert "owned" not in page.title().split("'")[0] and page.title() != "owned"
        assert page.locator("body img").count() == 0
        assert EVIL in page.locator("body").text_content()
        assert all(address.startswith(("file:", "data:")) for address in page.asked)


def test_the_policy_lets_in_only_its_own(modern: Issue, bundled: Callable[..., Bundle]) -> None:
    root = lxml.html.document_fromstring(reading_edition(bundled(modern)).decode("utf-8"))
    (policy,) = [
        m.get("content") for m in root.iter("meta") if "Policy" in (m.get("http-equiv") or "")
    ]
    for tag in ("style", "script"):
        (element,) = root.iter(tag)
        digest = hashlib.sha256(element.text.encode("utf-8")).digest()
        assert f"{tag}-src 'sha256-{base64.b64encode(digest).decode()}'" in policy
    assert "default-src 'none'" in policy
    for element in root.iter():
        assert not any(name.startswith("on") or name == "style" for name in element.attrib)
        for name in ("src", "href", "action"):
            assert (element.get(name) or "#").startswith(("#", "data:image/jpeg;base64,"))


def test_the_text_is_the_articles_and_leads_to_its_place(
    modern: Issue, bundled: Callable[..., Bundle]
) -> None:
    root = lxml.html.document_fromstring(reading_edition(bundled(modern)).decode("utf-8"))
    article = root.get_element_by_id("a001")
    paragraphs = article.findall("p[@class='para']")
    for link in article.findall(".//a[@class='pb']"):
        assert link.text == "▸A2"
        link.text = ""
    assert tuple(p.text_content() for p in paragraphs) == modern.articles[0].paragraphs
    assert paragraphs[1].get("data-r") == "p0001-r003 p0002-r002"
    outlines = {p.get("data-region"): p for p in root.iter("polygon")}
    assert set(outlines) == {r.id for page in modern.pages for r in page.regions}
    points = [tuple(map(int, p.split(","))) for p in outlines["p0001-r002"].get("points").split()]
    assert points == [(x, y) for x, y in modern.pages[0].regions[1].polygon]


def test_clicking_and_the_languages(
    modern: Issue, bundled: Callable[..., Bundle], view: Callable[[bytes, str], Any]
) -> None:
    page = view(reading_edition(bundled(modern)), "issue.html")
    page.click("#a001 p.para >> nth=1")
    marked = page.eval_on_selector_all("polygon.here", "e => e.map(p => p.dataset.region)")
    assert marked == ["p0001-r003", "p0002-r002"]
    assert page.locator("polygon.on").count() == 5
    page.locator("polygon[data-article=a002]").first.click()
    assert page.url.endswith("#a002")
    assert page.locator("#a002 .where .zh").is_visible()
    page.click("label.to-en")
    assert page.locator("#a002 .where .en").is_visible()
    assert not page.locator("#a002 .where .zh").is_visible()
    before = page.locator("svg").first.bounding_box()["width"]
    page.click("button[data-zoom=z2]")
    assert page.locator("svg").first.bounding_box()["width"] == pytest.approx(2 * before, rel=0.02)


def test_the_picture_of_the_page_is_inside(modern: Issue, bundled: Callable[..., Bundle]) -> None:
    text = reading_edition(bundled(modern)).decode("utf-8")
    pictures = re.findall(r'href="data:image/jpeg;base64,([^"]+)"', text)
    assert [base64.b64decode(p)[:3] for p in pictures] == [b"\xff\xd8\xff"] * 2
    without = reading_edition(Bundle(modern)).decode("utf-8")
    assert "data:image" not in without and without.count("<polygon") == text.count("<polygon")
