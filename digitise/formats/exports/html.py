"""A reading edition: one HTML file an issue, the pages to click on beside the articles.

Nothing is fetched: pictures, style and script are inside, and the content security policy lets
nothing else in. What was read off the pages only ever becomes text nodes and attribute values, made
by a serialiser: it cannot become markup.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files

from lxml import etree
from lxml.builder import E

from ...model import Article, Issue, Page, Region
from ..plain import ordered_regions, page_title
from .bundle import Bundle
from .language import issue_language
from .passages import Passage, RegionIndex, article_regions, passages, region_index
from .plaintext import article_title
from .viewing import screen_picture
from .xmlkit import Key, flat, legal, xml_ids

_KINDS = {
    "article": ("文章", "article"),
    "advertisement": ("广告", "advertisement"),
    "notice": ("公告", "notice"),
    "index": ("导读", "index"),
    "table": ("表格", "table"),
    "picture": ("图片", "picture"),
    "masthead": ("报头", "masthead"),
}
_MINOR = frozenset({"advertisement", "notice", "index", "masthead"})


def export(bundle: Bundle) -> Iterator[tuple[str, bytes]]:
    """issue.html"""
    yield "issue.html", reading_edition(bundle)


def reading_edition(bundle: Bundle) -> bytes:
    """The issue as one HTML document, UTF-8."""
    issue = bundle.issue
    ids = xml_ids(issue)
    regions = region_index(issue)
    shown = [a for a in issue.articles if a.kind != "furniture"]
    body = E.body(
        _radio("zh", True),
        _radio("en", False),
        _header(issue),
        E.main(
            _pages(bundle, shown, ids),
            E.div({"id": "text"}, _contents(issue, shown, ids)),
        ),
    )
    text = body.find(".//div[@id='text']")
    for article in shown:
        text.append(_article(issue, article, regions, ids))
    script = _asset("reading.js")
    body.append(E.script(script))
    root = E.html({"lang": issue_language(issue) or "zh"}, _head(issue, script), body)
    data: bytes = etree.tostring(root, method="html", encoding="utf-8", doctype="<!DOCTYPE html>")
    return data + b"\n"


def _asset(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")


def _head(issue: Issue, script: str) -> etree._Element:
    style = _asset("reading.css")
    policy = (
        "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
        f"style-src '{_digest(style)}'; script-src '{_digest(script)}'"
    )
    return E.head(
        E.meta({"charset": "utf-8"}),
        E.meta({"http-equiv": "Content-Security-Policy", "content": policy}),
        E.meta({"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        E.meta({"name": "referrer", "content": "no-referrer"}),
        E.title(flat(f"{_name(issue)} {issue.masthead.date}".strip())),
        E.style(style),
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode()


def _name(issue: Issue) -> str:
    return issue.title or issue.masthead.title or issue.id


def _both(zh: str, en: str) -> tuple[etree._Element, etree._Element]:
    """A phrase of the interface in both languages; the style shows one."""
    return _said(zh, "zh"), _said(en, "en")


def _said(text: str, language: str) -> etree._Element:
    said = etree.Element("span", {"class": language, "lang": language})
    said.text = flat(text)
    return said


def _radio(language: str, on: bool) -> etree._Element:
    radio = E.input({"type": "radio", "name": "lang", "class": "lang", "id": f"lang-{language}"})
    radio.set("aria-label", {"zh": "中文", "en": "English"}[language])
    if on:
        radio.set("checked", "checked")
    return radio


def _page_name(page: Page) -> Sequence[etree._Element | str]:
    """Label and name as printed, else the number in words."""
    if page.label or page.name:
        return [flat(page_title(page))]
    return _both(f"第{page.number}版", f"Page {page.number}")


def _header(issue: Issue) -> etree._Element:
    head = issue.masthead
    facts = [head.date, head.weekday, head.lunar_date]
    line = E.p(flat(" ".join(filter(None, facts))))
    if head.issue_number:
        for said in _both(f" 总第{head.issue_number}期", f" no. {head.issue_number}"):
            line.append(said)
    labels = E.div(
        {"class": "switch"},
        E.label({"for": "lang-zh", "class": "to-zh"}, "中文"),
        E.label({"for": "lang-en", "class": "to-en"}, "English"),
    )
    return E.header(E.h1(flat(_name(issue))), line, labels)


def _pages(bundle: Bundle, shown: Sequence[Article], ids: Mapping[Key, str]) -> etree._Element:
    owners = {
        (part.page, region): article
        for article in shown
        for part in article.parts
        for region in part.regions
    }
    zoom = E.div({"class": "zoom"})
    for name, zh, en in (
        ("z1", "整版", "Page"),
        ("z2", "放大", "Larger"),
        ("z3", "最大", "Largest"),
    ):
        zoom.append(E.button({"type": "button", "data-zoom": name}, *_both(zh, en)))
    pane = E.section({"id": "pages", "class": "z1", "aria-label": "版面 Pages"}, zoom)
    for page in bundle.issue.pages:
        pane.append(_page(bundle, page, owners, ids))
    return pane


def _page(
    bundle: Bundle,
    page: Page,
    owners: Mapping[tuple[str, str], Article],
    ids: Mapping[Key, str],
) -> etree._Element:
    figure = E.figure({"id": f"page-{ids[page.id,]}"})
    caption = E.figcaption(*_page_name(page))
    figure.append(caption)
    if page.error:
        for said in _both("（本版未能识别）", " (this page could not be read)"):
            caption.append(said)
    width, height = page.width or 1, page.height or 1
    drawing = etree.SubElement(figure, "svg", {"viewBox": f"0 0 {width} {height}", "role": "group"})
    picture = bundle.image(page)
    if picture is not None:
        try:
            inside = base64.b64encode(screen_picture(picture)).decode("ascii")
            address = f"data:image/jpeg;base64,{inside}"
        except (OSError, ValueError, SyntaxError):
            address = ""
        if address:
            size = {"width": str(width), "height": str(height)}
            etree.SubElement(drawing, "image", {"href": address, **size})
    for region in ordered_regions(page):
        article = owners.get((page.id, region.id))
        if article is not None and len(region.polygon) >= 3:
            drawing.append(_outline(page, region, article, ids))
    return figure


def _outline(
    page: Page, region: Region, article: Article, ids: Mapping[Key, str]
) -> etree._Element:
    name = ids["", article.id]
    link = etree.Element("a", {"href": f"#{name}"})
    points = " ".join(f"{round(x)},{round(y)}" for x, y in region.polygon)
    outline = etree.SubElement(
        link,
        "polygon",
        {"points": points, "data-article": name, "data-region": ids[page.id, region.id]},
    )
    etree.SubElement(outline, "title").text = flat(article_title(article))
    return link


def _contents(issue: Issue, shown: Sequence[Article], ids: Mapping[Key, str]) -> etree._Element:
    nav = E.nav({"aria-label": "目录 Contents"})
    for page in issue.pages:
        own = [a for a in shown if a.parts and a.parts[0].page == page.id]
        if not own:
            continue
        nav.append(E.h2(E.a({"href": f"#page-{ids[page.id,]}"}, *_page_name(page))))
        entries = E.ul()
        for article in own:
            title = flat(article_title(article) or article.id)
            entry = E.li(E.a({"href": f"#{ids['', article.id]}"}, title))
            if article.kind in _MINOR:
                entry.set("class", "minor")
            entries.append(entry)
        nav.append(entries)
    return nav


def _article(
    issue: Issue, article: Article, regions: RegionIndex, ids: Mapping[Key, str]
) -> etree._Element:
    out = E.article({"id": ids["", article.id]})
    if article.kind in _MINOR:
        out.set("class", "minor")
    if article.language:
        out.set("lang", article.language)
    found = passages(article, regions)
    tags = {"kicker": ("p", "kicker"), "headline": ("h2", ""), "subheadline": ("p", "deck")}
    for passage in found:
        if passage.role in tags:
            out.append(_passage(issue, passage, *tags[passage.role], ids))
    out.append(_where(issue, article, ids))
    rest = {
        "byline": ("p", "byline"),
        "subhead": ("h3", ""),
        "paragraph": ("p", "para"),
        "caption": ("p", "caption"),
    }
    for passage in found:
        if passage.role in rest and passage.text.strip():
            out.append(_passage(issue, passage, *rest[passage.role], ids))
    pictures = [r for _, r in article_regions(article, regions) if r.kind == "picture"]
    if pictures and not any(p.text for p in found):
        out.append(E.p({"class": "caption"}, *_both("图片", "Picture")))
    return out


def _where(issue: Issue, article: Article, ids: Mapping[Key, str]) -> etree._Element:
    """On which pages, and what it is."""
    line = E.p({"class": "where"})
    pages = {page.id: page for page in issue.pages}
    for part in {part.page: part for part in article.parts}.values():
        link = E.a({"href": f"#page-{ids[part.page,]}"}, *_page_name(pages[part.page]))
        link.tail = " · "
        line.append(link)
    for said in _both(*_KINDS.get(article.kind, (article.kind, article.kind))):
        line.append(said)
    return line


def _passage(
    issue: Issue, passage: Passage, tag: str, name: str, ids: Mapping[Key, str]
) -> etree._Element:
    """Its text, with a mark where it goes on on another page."""
    out = etree.Element(tag, {"class": name} if name else {})
    own = (p for p in passage.pieces if p.line and not p.extra)
    places = dict.fromkeys(ids[p.page, p.region] for p in own)
    if places:
        out.set("data-r", " ".join(places))
    page = ""
    last: etree._Element | None = None
    for piece in passage.pieces:
        if piece.extra:
            continue
        if piece.page and page and piece.page != page:
            label = next(page_title(p) for p in issue.pages if p.id == piece.page)
            link = {"class": "pb", "href": f"#page-{ids[piece.page,]}"}
            last = etree.SubElement(out, "a", link)
            last.text = flat(f"▸{label}")
        page = piece.page or page
        text = legal(piece.text)
        if last is None:
            out.text = (out.text or "") + text
        else:
            last.tail = (last.tail or "") + text
    return out
