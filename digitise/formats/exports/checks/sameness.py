"""What was exported against the issue it is of: articles, their text, dates, pages."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from lxml import etree

from ....model import Article, Issue
from ..xmlkit import legal, xml_ids
from ..xmlread import below, children, local
from .findings import Finding, found


def bare(text: str) -> str:
    """Text as it is compared: NFKC, without white space and what no XML can hold, for which
    U+FFFD stands."""
    shown = legal(text).replace("\ufffd", "")
    return "".join(unicodedata.normalize("NFKC", shown).split())


def printed(article: Article, issue: Issue) -> str:
    """The article's printed lines, one after the other."""
    regions = {(p.id, r.id): r for p in issue.pages for r in p.regions}
    return bare(
        "".join(
            line.text
            for part in article.parts
            for region_id in part.regions
            if (part.page, region_id) in regions
            for line in regions[part.page, region_id].lines
        )
    )


def check_issue(read: Issue, issue: Issue, file: str, *, dated: bool = True) -> Iterator[Finding]:
    """`read`, as it comes back from `file`, against the issue itself."""
    ids = xml_ids(issue)
    theirs = {article.id: article for article in read.articles}
    for article in issue.articles:
        key = ids["", article.id]
        other = theirs.get(key) or theirs.get(article.id)
        if other is None:
            if printed(article, issue):
                yield _missing(file, article)
            continue
        yield from compare(printed(other, read), printed(article, issue), file, article)
    if dated and read.masthead.date != issue.masthead.date:
        yield _dates(file, read.masthead.date, issue.masthead.date)
    pages = [page for page in issue.pages if not page.error]
    shown = [page for page in read.pages if not page.error]
    if len(shown) != len(pages):
        yield found(
            "page-count",
            file,
            "",
            f"{len(shown)} pages instead of {len(pages)}",
            f"有 {len(shown)} 版，应为 {len(pages)} 版",
        )
    for a, b in zip(shown, pages, strict=False):
        if (a.width, a.height) != (b.width, b.height):
            yield found(
                "page-size",
                file,
                a.id,
                f"the page has {a.width} x {a.height} pixels instead of {b.width} x {b.height}",
                f"版面为 {a.width} x {a.height} 像素，应为 {b.width} x {b.height}",
            )


def compare(theirs: str, ours: str, file: str, article: Article) -> Iterator[Finding]:
    """What is wrong with an article's text as it is in `file`; both as `bare` makes them."""
    if theirs == ours:
        return
    at = next((i for i, (a, b) in enumerate(zip(theirs, ours, strict=False)) if a != b), None)
    at = min(len(theirs), len(ours)) if at is None else at
    there, here = theirs[at : at + 12] or "∅", ours[at : at + 12] or "∅"
    yield found(
        "text",
        file,
        article.id,
        f"the article's text differs from character {at + 1} on: “{there}”, not “{here}”",
        f"文章文字自第 {at + 1} 字起不一致：“{there}”，应为 “{here}”",
    )


def _missing(file: str, article: Article) -> Finding:
    title = f" “{article.headline}”" if article.headline else ""
    return found(
        "article-missing",
        file,
        article.id,
        f"the article{title} is not there",
        f"缺少文章{title}",
    )


def _dates(file: str, there: str, here: str) -> Finding:
    return found(
        "date",
        file,
        "",
        f"the date is {there or 'empty'}, that of the issue {here or 'empty'}",
        f"日期为 {there or '空'}，本期日期为 {here or '空'}",
    )


def check_tei(top: etree._Element, issue: Issue | None, file: str) -> Iterator[Finding]:
    """TEI: facs lead to zones, and the running text of each article is that of the issue."""
    key = "{http://www.w3.org/XML/1998/namespace}id"
    ids: set[str] = set()
    for element in top.iter():
        name = element.get(key)
        if name is None:
            continue
        if name in ids:
            yield found("id-twice", file, name, "the id is given twice", "编号重复")
        ids.add(name)
    for element in top.iter():
        for attribute in ("facs", "corresp", "next", "prev", "target"):
            for ref in element.get(attribute, "").split():
                if ref.startswith("#") and ref[1:] not in ids:
                    yield found(
                        "reference",
                        file,
                        element.get(key, local(element)),
                        f'{attribute} refers to "{ref}", which is not there',
                        f"{attribute} 引用了不存在的 “{ref}”",
                    )
    if issue is None:
        return
    named = xml_ids(issue)
    divs = {e.get(key, ""): e for e in below(top, "div")}
    for article in issue.articles:
        if article.kind == "furniture":
            continue
        div = divs.get(named["", article.id])
        if div is None:
            yield _missing(file, article)
            continue
        wanted = bare("".join(article.paragraphs))
        there = bare("".join(_running(div)))
        yield from compare(there, wanted, file, article)
    dates = {e.get("when", "") for e in below(top, "date")} - {""}
    if issue.masthead.date and dates and issue.masthead.date not in dates:
        yield _dates(file, ", ".join(sorted(dates)), issue.masthead.date)


def _running(div: etree._Element) -> Iterator[str]:
    """Text of paragraphs and subheads, without what is no part of it."""
    for child in children(div):
        name = local(child)
        if name == "p" or (name == "head" and child.get("type") == "subhead"):
            yield from _text(child)
        elif name == "div":
            yield from _running(child)


def _text(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if local(child) not in ("fw", "note", "figure"):
            yield from _text(child)
        yield child.tail or ""


def check_pdf(pages: Sequence[str], issue: Issue, file: str) -> Iterator[Finding]:
    """`pages`: the text of each page of a searchable PDF. Every printed line is in it."""
    shown = [page for page in issue.pages if not page.error]
    if len(pages) != len(shown):
        yield found(
            "page-count",
            file,
            "",
            f"{len(pages)} pages instead of {len(shown)}",
            f"有 {len(pages)} 版，应为 {len(shown)} 版",
        )
    owner = {
        (part.page, region_id): article.id
        for article in issue.articles
        for part in article.parts
        for region_id in part.regions
    }
    for page, text in zip(shown, pages, strict=False):
        there = bare(text)
        for region in page.regions:
            for line in region.lines:
                if bare(line.text) not in there:
                    article = owner.get((page.id, region.id), page.id)
                    yield found(
                        "text",
                        file,
                        article,
                        f"the line {line.id} “{line.text[:20]}” is not in the PDF's text",
                        f"PDF 文字中没有行 {line.id} “{line.text[:20]}”",
                    )
