"""IIIF Presentation 3: a manifest an issue, ranges for articles, annotation pages for lines.

https://iiif.io/api/presentation/3.0/ . Addresses begin with the setting `base_url`, where the
folder of the issue will be served; without one they are of example.org and only good for trying.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from ...model import Article, Issue, Page, Rect
from ..json_layout import dumps
from ..plain import ordered_regions, page_title
from .bundle import Bundle, PageImage
from .language import issue_language
from .passages import article_regions, region_index
from .pdf import reads_leftwards
from .plaintext import article_title
from .tiles import service, tile_files
from .viewing import for_browsers, thumbnail
from .xmlkit import Key, xml_ids

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
NOWHERE = "https://example.org"
_THUMB = 300
_FIELDS = (
    ("date", "日期", "Date"),
    ("weekday", "星期", "Weekday"),
    ("lunar_date", "农历", "Lunar date"),
    ("issue_number", "总期号", "Issue number"),
    ("cn", "国内统一刊号", "CN"),
    ("issn", "ISSN", "ISSN"),
    ("postal_code", "邮发代号", "Postal code"),
    ("publisher", "主办", "Publisher"),
)


def export(bundle: Bundle) -> Iterator[tuple[str, bytes]]:
    """iiif/manifest.json, iiif/annotations/<page>.json, iiif/images/ and thumbnails; with the
    setting `tiles` also iiif/tiles/<page>/ with a level 0 image service each."""
    ids = xml_ids(bundle.issue)
    base = base_of(bundle)
    language = issue_language(bundle.issue) or "zh"
    for page in bundle.issue.pages:
        notes = _annotations(page, base, ids, language)
        yield f"iiif/annotations/{ids[page.id,]}.json", dumps(notes)
        picture = bundle.image(page)
        if picture is not None and bundle.settings.images:
            yield from _pictures(picture, bundle, ids[page.id,], base)
    yield "iiif/manifest.json", dumps(manifest(bundle))


def base_of(bundle: Bundle) -> str:
    """Where iiif/ is served, without a slash at the end."""
    where = bundle.settings.base_url.rstrip("/") or f"{NOWHERE}/{quote(bundle.issue.id)}"
    return f"{where}/iiif"


def manifest(bundle: Bundle) -> dict[str, Any]:
    """The manifest as JSON values."""
    issue = bundle.issue
    ids = xml_ids(issue)
    base = base_of(bundle)
    language = issue_language(issue) or "zh"
    title = " ".join(
        filter(None, (issue.title or issue.masthead.title or issue.id, issue.masthead.date))
    )
    value: dict[str, Any] = {
        "@context": CONTEXT,
        "id": f"{base}/manifest.json",
        "type": "Manifest",
        "label": {language: [title]},
        "metadata": [
            {
                "label": {"zh": [zh], "en": [en]},
                "value": {"none": [getattr(issue.masthead, name)]},
            }
            for name, zh, en in _FIELDS
            if getattr(issue.masthead, name)
        ],
        "behavior": ["paged"],
        "viewingDirection": "right-to-left" if reads_leftwards(issue) else "left-to-right",
    }
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", issue.masthead.date):
        value["navDate"] = f"{issue.masthead.date}T00:00:00Z"
    shown = [page for page in issue.pages if page.width > 0 and page.height > 0]
    value["items"] = [_canvas(page, bundle, base, ids, language) for page in shown]
    ranges = _ranges(issue, {page.id for page in shown}, base, ids, language)
    if ranges:
        value["structures"] = [
            {
                "id": f"{base}/range/contents",
                "type": "Range",
                "label": {"zh": ["目录"], "en": ["Contents"]},
                "items": ranges,
            }
        ]
    return value


def _canvas(
    page: Page, bundle: Bundle, base: str, ids: Mapping[Key, str], language: str
) -> dict[str, Any]:
    name = ids[page.id,]
    canvas = f"{base}/canvas/{name}"
    value: dict[str, Any] = {
        "id": canvas,
        "type": "Canvas",
        "label": {language: [page_title(page)]},
        "width": page.width,
        "height": page.height,
    }
    picture = bundle.image(page)
    body: dict[str, Any] | None = None
    if picture is not None:
        address, mime = _address(picture)
        body = {"id": f"{base}/{address}", "type": "Image", "format": mime}
        body |= {"width": page.width, "height": page.height}
        if bundle.settings.tiles:
            body["service"] = [service(f"{base}/tiles/{name}", page.width, page.height)]
        value["thumbnail"] = [
            {"id": f"{base}/thumbs/{name}.jpg", "type": "Image", "format": "image/jpeg"}
        ]
    painting: dict[str, Any] = {"id": f"{canvas}/painting", "type": "AnnotationPage", "items": []}
    if body is not None:
        painting["items"].append(
            {
                "id": f"{canvas}/painting/image",
                "type": "Annotation",
                "motivation": "painting",
                "body": body,
                "target": canvas,
            }
        )
    value["items"] = [painting]
    value["annotations"] = [{"id": f"{base}/annotations/{name}.json", "type": "AnnotationPage"}]
    return value


def _address(picture: PageImage) -> tuple[str, str]:
    """Where the picture is in this export, and its media type, as `for_browsers` makes it."""
    if picture.mime in ("image/jpeg", "image/png"):
        return picture.name, picture.mime
    return picture.name.rpartition(".")[0] + ".jpg", "image/jpeg"


def _ranges(
    issue: Issue, shown: set[str], base: str, ids: Mapping[Key, str], language: str
) -> list[dict[str, Any]]:
    """A range a page, and in it one for each article that begins there."""
    regions = region_index(issue)
    pages: list[dict[str, Any]] = []
    for page in issue.pages:
        articles = [
            _range(article, regions, shown, base, ids, language)
            for article in issue.articles
            if article.kind != "furniture" and article.parts and article.parts[0].page == page.id
        ]
        articles = [article for article in articles if article["items"]]
        if articles:
            pages.append(
                {
                    "id": f"{base}/range/{ids[page.id,]}",
                    "type": "Range",
                    "label": {language: [page_title(page)]},
                    "items": articles,
                }
            )
    return pages


def _range(
    article: Article,
    regions: Mapping[tuple[str, str], Any],
    shown: set[str],
    base: str,
    ids: Mapping[Key, str],
    language: str,
) -> dict[str, Any]:
    name = ids["", article.id]
    return {
        "id": f"{base}/range/{name}",
        "type": "Range",
        "label": {article.language or language: [article_title(article) or article.id]},
        "items": [
            {
                "id": f"{base}/range/{name}/{ids[page, region.id]}",
                "type": "SpecificResource",
                "source": f"{base}/canvas/{ids[page,]}",
                "selector": {"type": "FragmentSelector", "value": _xywh(region.box)},
            }
            for page, region in article_regions(article, regions)
            if page in shown and region.polygon
        ],
    }


def _annotations(page: Page, base: str, ids: Mapping[Key, str], language: str) -> dict[str, Any]:
    """The text of each printed line, in reading order."""
    name = ids[page.id,]
    address = f"{base}/annotations/{name}.json"
    items = []
    for region in ordered_regions(page):
        for line in region.lines:
            if not line.polygon or not line.text.strip():
                continue
            items.append(
                {
                    "id": f"{address}#{ids[page.id, region.id, line.id]}",
                    "type": "Annotation",
                    "motivation": "supplementing",
                    "body": {
                        "type": "TextualBody",
                        "value": line.text,
                        "format": "text/plain",
                        "language": language,
                    },
                    "target": f"{base}/canvas/{name}#{_xywh(line.box)}",
                }
            )
    return {"@context": CONTEXT, "id": address, "type": "AnnotationPage", "items": items}


def _xywh(box: Rect) -> str:
    x, y = max(0, round(box.x0)), max(0, round(box.y0))
    return f"xywh={x},{y},{max(1, round(box.x1) - x)},{max(1, round(box.y1) - y)}"


def _pictures(
    picture: PageImage, bundle: Bundle, name: str, base: str
) -> Iterator[tuple[str, bytes]]:
    place, _, made = for_browsers(picture)
    whole = made if made is not None else picture.read()
    yield f"iiif/{place}", whole
    yield f"iiif/thumbs/{name}.jpg", thumbnail(picture, _THUMB)
    if bundle.settings.tiles:
        yield from tile_files(picture, f"iiif/tiles/{name}", f"{base}/tiles/{name}")
