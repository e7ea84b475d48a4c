"""hOCR 1.2: one document an issue, an `ocr_page` a page, the areas in reading order.

https://kba.github.io/hocr-spec/1.2/ . The text content of an `ocr_line` is the line's text to the
character; `x_bboxes` and `x_confs` are those of its code points, spaces included. Properties of our
own begin with `x_`: `x_kind` and `x_writing_mode` of a region, `x_article` for its article,
`x_par` for the number of the article's paragraph (a paragraph that runs on in the next column is
two `ocr_par` of one number).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from lxml import etree
from lxml.builder import ElementMaker

from ...model import Article, Issue, Line, Page, Polygon, Rect, Region, polygon_bounds
from ..plain import ordered_regions
from .bundle import Bundle
from .language import issue_language
from .passages import passages, region_index
from .words import matched_chars, words
from .xmlkit import Key, flat, legal, xml_ids

XHTML = "http://www.w3.org/1999/xhtml"
_E = ElementMaker(namespace=XHTML, nsmap={None: XHTML})
_CLASSES = {
    "page-header": "ocr_header",
    "caption": "ocr_caption",
    "picture": "ocr_photo",
    "rule": "ocr_separator",
    "table": "ocr_table",
    "advertisement": "ocr_textfloat",
    "notice": "ocr_textfloat",
    "index": "ocr_textfloat",
}
_CAPABILITIES = (
    "ocr_page ocr_carea ocr_par ocr_line ocrx_word ocr_header ocr_caption ocr_photo ocr_separator "
    "ocr_table ocr_textfloat ocrp_poly"
)
_STYLE = (
    "body{font-family:serif;margin:1em auto;max-width:60em}"
    ".ocr_page{border-top:3px double;margin-bottom:2em}"
    ".ocr_page div{margin:.8em 0}.ocr_page p{margin:0}"
    ".ocr_line{display:block}"
)


def export(bundle: Bundle) -> Iterator[tuple[str, bytes]]:
    """issue.hocr.html"""
    yield "issue.hocr.html", hocr(bundle)


def hocr(bundle: Bundle) -> bytes:
    """The whole issue as XHTML that HTML readers read as well, UTF-8."""
    issue = bundle.issue
    ids = xml_ids(issue)
    owners = {
        (part.page, region_id): article
        for article in issue.articles
        for part in article.parts
        for region_id in part.regions
    }
    numbers = _paragraph_numbers(issue)
    body = _E.body()
    for count, page in enumerate(issue.pages):
        title = _page_title(bundle, page, count)
        shown = _E.div({"class": "ocr_page", "id": ids[page.id,], "title": title})
        shown.text = "\n"
        for region in ordered_regions(page):
            area = _area(page, region, owners.get((page.id, region.id)), numbers, ids)
            area.tail = "\n"
            shown.append(area)
        shown.tail = "\n"
        body.append(shown)
    root = _E.html({"lang": issue_language(issue) or "zh"}, _head(bundle, ids), body)
    data: bytes = etree.tostring(root, encoding="utf-8", doctype="<!DOCTYPE html>")
    return data + b"\n"


def _head(bundle: Bundle, ids: Mapping[Key, str]) -> etree._Element:
    issue = bundle.issue
    head = issue.masthead
    metas = [
        ("ocr-system", f"{bundle.software} {bundle.version}".strip()),
        ("ocr-capabilities", _CAPABILITIES),
        ("ocr-langs", issue_language(issue) or "zh"),
        ("ocr-number-of-pages", str(len(issue.pages))),
        ("DC.title", head.title or issue.title),
        ("DC.date", head.date),
        ("DC.publisher", head.publisher),
        ("DC.identifier", issue.id),
        *(("x-article", f"{ids['', a.id]} {a.kind}") for a in issue.articles),
    ]
    shown = _E.head(_E.meta({"charset": "utf-8"}))
    shown.append(_E.title(flat(" ".join(filter(None, (issue.title or issue.id, head.date))))))
    for name, content in metas:
        if content:
            shown.append(_E.meta({"name": name, "content": flat(content)}))
    shown.append(_E.style(_STYLE))
    return shown


def _page_title(bundle: Bundle, page: Page, count: int) -> str:
    image = bundle.image(page)
    name = image.name if image else page.source
    properties = [f'image "{_quotable(name)}"'] if name else []
    properties.append(f"bbox 0 0 {page.width} {page.height}")
    properties.append(f"ppageno {count}")
    properties.append(f'lpageno "{_quotable(page.label or str(page.number))}"')
    properties.append(f"scan_res {page.dpi} {page.dpi}")
    if page.name:
        properties.append(f'x_name "{_quotable(page.name)}"')
    if page.error:
        properties.append(f'x_error "{_quotable(page.error)}"')
    return "; ".join(properties)


def _quotable(text: str) -> str:
    """Within a property's double quotes: neither those nor the semicolon that ends it."""
    return flat(text).replace('"', "'").replace(";", ",")


def _area(
    page: Page,
    region: Region,
    owner: Article | None,
    numbers: Mapping[Key, int],
    ids: Mapping[Key, str],
) -> etree._Element:
    properties = [*_place(region.polygon), f"x_kind {region.kind}"]
    if owner is not None:
        properties.append(f"x_article {ids['', owner.id]}")
    properties.append(f"x_wconf {_percent(region.confidence)}")
    attributes = {
        "class": _CLASSES.get(region.kind, "ocr_carea"),
        "id": ids[page.id, region.id],
        "title": "; ".join(properties),
    }
    if region.writing_mode != "horizontal-tb":
        attributes["title"] += f"; x_writing_mode {region.writing_mode}"
        if region.writing_mode == "vertical-rl":
            attributes["style"] = "writing-mode: vertical-rl"
    area = _E.div(attributes)
    area.text = ""  # an empty element would be left open by HTML readers
    paragraphs = groupby(region.lines, lambda line: numbers.get((page.id, region.id, line.id), 0))
    for place, (number, lines) in enumerate(paragraphs, 1):
        area.append(_paragraph(page, region, tuple(lines), (number, place), ids))
    return area


def _paragraph(
    page: Page,
    region: Region,
    lines: Sequence[Line],
    number_place: tuple[int, int],
    ids: Mapping[Key, str],
) -> etree._Element:
    number, place = number_place
    points = tuple(p for line in lines for p in line.polygon)
    properties = [_bbox(polygon_bounds(points))] if points else []
    if number:
        properties.append(f"x_par {number}")
    shown = _E.p({"class": "ocr_par", "id": f"{ids[page.id, region.id]}-par{place}"})
    if properties:
        shown.set("title", "; ".join(properties))
    shown.text = "\n"
    for line in lines:
        item = _line(line, region, ids[page.id, region.id, line.id])
        item.tail = "\n"
        shown.append(item)
    return shown


def _line(line: Line, region: Region, line_id: str) -> etree._Element:
    properties = [*_place(line.polygon), f"x_wconf {_percent(line.confidence)}"]
    chars = matched_chars(line)
    if chars:
        properties.append("x_bboxes " + " ".join(_numbers(c.box) for c in chars))
        properties.append("x_confs " + " ".join(_percent(c.confidence) for c in chars))
    shown = _E.span({"class": "ocr_line", "id": line_id, "title": "; ".join(properties)})
    shown.text = ""
    done = 0
    last: etree._Element | None = None
    for count, word in enumerate(words(line, region.writing_mode), 1):
        _append(shown, last, line.text[done : word.start])
        title = f"{_bbox(word.box)}; x_wconf {_percent(word.confidence)}"
        last = _E.span({"class": "ocrx_word", "id": f"{line_id}-w{count}", "title": title})
        last.text = legal(word.text)
        shown.append(last)
        done = word.end
    _append(shown, last, line.text[done:])
    return shown


def _append(parent: etree._Element, last: etree._Element | None, text: str) -> None:
    if last is None:
        parent.text = (parent.text or "") + flat(text)
    else:
        last.tail = (last.tail or "") + flat(text)


def _place(polygon: Polygon) -> list[str]:
    """`bbox`, and `poly` where the outline is no upright rectangle."""
    if not polygon:
        return []
    box = polygon_bounds(polygon)
    out = [_bbox(box)]
    if tuple(polygon) != box.polygon:
        out.append("poly " + " ".join(f"{_pixel(x)} {_pixel(y)}" for x, y in polygon))
    return out


def _bbox(box: Rect) -> str:
    return f"bbox {_numbers(box)}"


def _numbers(box: Rect) -> str:
    return " ".join(str(_pixel(v)) for v in (box.x0, box.y0, box.x1, box.y1))


def _pixel(value: float) -> int:
    return int(value + 0.5) if value >= 0 else -int(0.5 - value)


def _percent(share: float) -> str:
    return f"{round(share * 100, 1):g}"


def _paragraph_numbers(issue: Issue) -> dict[Key, int]:
    """For each line the number, from 1, of its article's paragraph that it begins with."""
    regions = region_index(issue)
    numbers: dict[Key, int] = {}
    for article in issue.articles:
        number = 0
        for passage in passages(article, regions):
            if passage.role not in ("paragraph", "subhead"):
                continue
            number += 1
            for piece in passage.pieces:
                if piece.line and (not piece.extra or piece.key not in numbers):
                    numbers.setdefault(piece.key, number)
    return numbers
