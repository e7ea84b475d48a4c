"""What the blocks of another library's METS are: by the names of its divs, and by titles."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from ...model import Article, Issue, Page, RegionKind

# Names of docWorks, of Europeana's profile and of other libraries.
ROLES: Mapping[str, RegionKind] = {
    "HEADING": "headline",
    "HEADLINE": "headline",
    "TITLE": "headline",
    "OVERLINE": "kicker",
    "KICKER": "kicker",
    "SUBTITLE": "subheadline",
    "SUBHEADING": "subheadline",
    "SUBHEADLINE": "subhead",
    "CROSSHEADING": "subhead",
    "CROSSHEAD": "subhead",
    "AUTHOR": "byline",
    "BYLINE": "byline",
    "CAPTION": "caption",
    "ILLUSTRATION": "picture",
    "IMAGE": "picture",
    "PICTURE": "picture",
    "TABLE": "table",
    "ADVERTISEMENT": "advertisement",
    "SEPARATOR": "rule",
    "RUNNING_TITLE": "page-header",
    "PAGE_HEADER": "page-header",
    "PAGE_NUMBER": "page-header",
    "COLUMN_LABEL": "column-label",
}


def with_roles(issue: Issue, roles: Mapping[tuple[str, str], RegionKind]) -> Issue:
    """The issue with regions called what `roles`, by (page id, region id), says. A region that
    is nothing but its article's title is its headline."""
    told = dict(roles)
    pages = {page.id: page for page in issue.pages}
    for article in issue.articles:
        for place in _title_regions(article, pages):
            told.setdefault(place, "headline")
    return replace(issue, pages=tuple(_named(page, told) for page in issue.pages))


def _named(page: Page, roles: Mapping[tuple[str, str], RegionKind]) -> Page:
    regions = tuple(
        replace(region, kind=roles[page.id, region.id])
        if region.kind == "body" and (page.id, region.id) in roles
        else region
        for region in page.regions
    )
    return replace(page, regions=regions)


def _title_regions(article: Article, pages: Mapping[str, Page]) -> list[tuple[str, str]]:
    """The first regions whose text is a piece of the title, as long as they are."""
    title = _bare(article.headline)
    out: list[tuple[str, str]] = []
    for part in article.parts[:1]:
        for region_id in part.regions:
            text = _bare(pages[part.page].region(region_id).text)
            if not text or not title.startswith(text):
                break
            title = title.removeprefix(text)
            out.append((part.page, region_id))
    return [] if title and out else out


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
