"""hOCR 1.2, ours or an OCR engine's -> an issue (https://kba.github.io/hocr-spec/1.2/)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html.entities import html5
from typing import Literal, cast, get_args

from lxml import etree, html

from ...model import (
    Article,
    ArticleKind,
    Char,
    Issue,
    Line,
    Masthead,
    Page,
    Part,
    Polygon,
    Rect,
    Region,
    RegionKind,
    WritingMode,
    bounding,
)
from ...text.jumps import strip_jumps
from ...text.paragraphs import BodyLine, join
from .assembling import filled, furniture
from .xmlread import entities, local, number, polygon_of, refuse_entities, wrong

_PROPERTY = re.compile(r'\s*([A-Za-z_]\w*)((?:\s+"[^"]*"|[^;"])*)(?:;|$)')
_AREAS: Mapping[str, RegionKind] = {
    "ocr_carea": "body",
    "ocr_header": "page-header",
    "ocr_footer": "page-header",
    "ocr_pageno": "page-header",
    "ocr_caption": "caption",
    "ocr_photo": "picture",
    "ocr_image": "picture",
    "ocr_linedrawing": "picture",
    "ocr_separator": "rule",
    "ocr_table": "table",
    "ocr_textfloat": "body",
    "ocr_float": "body",
}
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?([A-Za-z0-9_.:-]+)""")
# Entities that HTML has by itself, as in &nbsp;.
_NAMED = frozenset(name.rstrip(";") for name in html5)
_LINES = frozenset({"ocr_line", "ocr_header_line", "ocr_textfloat_line", "ocrx_line"})
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_hocr_pages(files: Sequence[tuple[str, bytes]], name: str) -> Issue:
    """Pages of all files in order. `name` is the issue's id where the documents tell none.

    Raises DataInvalid when one is no hOCR."""
    pages: list[Page] = []
    owners: dict[str, list[tuple[str, str]]] = {}
    numbers: dict[tuple[str, str], list[int]] = {}
    kinds: dict[str, str] = {}
    metas: dict[str, str] = {}
    for file, data in files:
        top = _parse(data, file)
        found = [e for e in top.iter() if "ocr_page" in _classes(e)]
        if not found:
            raise wrong(file, "it has no ocr_page", "其中没有 ocr_page")
        for meta in (e for e in top.iter() if _tag(e) == "meta"):
            if meta.get("name") == "x-article":
                key, _, kind = meta.get("content", "").rpartition(" ")
                kinds[key] = kind
            elif meta.get("name"):
                metas.setdefault(meta.get("name", ""), meta.get("content", ""))
        for element in found:
            page = _page(element, len(pages) + 1)
            pages.append(page)
            for area in element.iter():
                said = properties(area)
                key, region_id = said.get("x_article", ""), area.get("id", "")
                if key and any(r.id == region_id for r in page.regions):
                    owners.setdefault(key, []).append((page.id, region_id))
                    numbers[page.id, region_id] = _numbers(area)
    date = metas.get("DC.date", "")
    title = metas.get("DC.title", "")
    head = Masthead(
        title=title,
        date=date if _DATE.fullmatch(date) else "",
        publisher=metas.get("DC.publisher", ""),
    )
    issue = Issue(metas.get("DC.identifier") or name, title, head, tuple(pages))
    keys = [*(k for k in kinds if k in owners), *(k for k in owners if k not in kinds)]
    articles = tuple(_article(key, kinds.get(key, ""), owners[key], issue, numbers) for key in keys)
    issue = replace(issue, articles=articles, complete=not any(p.error for p in pages))
    return furniture(issue)


def _numbers(area: etree._Element) -> list[int]:
    """For each line the number of its article's paragraph, 0 for none."""
    out: list[int] = []
    for line in _lines(area):
        above = next((e for e in line.iterancestors() if "ocr_par" in _classes(e)), None)
        out.append(int(number(properties(above).get("x_par"), 0)) if above is not None else 0)
    return out


def _paragraphs(
    places: Sequence[tuple[str, str]], issue: Issue, numbers: Mapping[tuple[str, str], list[int]]
) -> tuple[str, ...]:
    """The paragraphs that our own numbers tell; () where there are none."""
    regions = {(p.id, r.id): r for p in issue.pages for r in p.regions}
    found: dict[int, list[BodyLine]] = {}
    for place in places:
        region = regions[place]
        for line, own in zip(region.lines, numbers.get(place, []), strict=False):
            if own:
                lines = found.setdefault(own, [])
                text = strip_jumps(line.text)
                kind: Literal["body", "subhead"] = "subhead" if region.kind == "subhead" else "body"
                lines.append(
                    BodyLine(text, 0.0, 0.0, opens=not lines and kind == "body", kind=kind)
                )
    return tuple("".join(join(found[own])) for own in sorted(found))


def _article(
    key: str,
    kind: str,
    places: Sequence[tuple[str, str]],
    issue: Issue,
    numbers: Mapping[tuple[str, str], list[int]],
) -> Article:
    parts: list[Part] = []
    for page_id, region_id in places:
        if parts and parts[-1].page == page_id:
            parts[-1] = Part(page_id, (*parts[-1].regions, region_id))
        else:
            parts.append(Part(page_id, (region_id,)))
    known = cast(ArticleKind, kind if kind in get_args(ArticleKind) else "article")
    told = _paragraphs(places, issue, numbers)
    return filled(Article(key, known, paragraphs=told, parts=tuple(parts)), issue)


def _parse(data: bytes, file: str) -> etree._Element:
    """The document without what is no text of the page."""
    top = _document(data, file)
    etree.strip_elements(top, "{*}script", "{*}style", with_tail=False)
    return top


def _document(data: bytes, file: str) -> etree._Element:
    """As XHTML, else as the HTML that engines write."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        top = etree.fromstring(data, parser)
        refuse_entities(top, file, _NAMED)
        if not entities(top):  # else &nbsp; and the like, which HTML knows
            return top
    except (etree.XMLSyntaxError, ValueError):
        pass
    text = _decoded(data, file)
    if "<!ENTITY" in text:
        raise wrong(
            file, "it declares entities, which are not followed", "它自定义了实体，程序不会展开"
        )
    try:
        return html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError) as error:
        raise wrong(file, f"not HTML ({error})", f"不是 HTML（{error}）") from None


def _decoded(data: bytes, file: str) -> str:
    """By its byte order mark, the encoding it names, else as UTF-8. Raises DataInvalid."""
    marks = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
    named = _CHARSET.search(data[:4096])
    coding = next((c for mark, c in marks if data.startswith(mark)), "")
    coding = coding or (named.group(1).decode("ascii") if named else "utf-8")
    if coding.lower() in ("gb2312", "gbk"):
        coding = "gb18030"  # which has all of theirs
    try:
        return data.decode(coding)
    except (UnicodeDecodeError, LookupError):
        raise wrong(file, f"it is not in the encoding {coding}", f"它的编码不是 {coding}") from None


def _tag(element: etree._Element) -> str:
    return local(element)


def _classes(element: etree._Element) -> list[str]:
    return element.get("class", "").split() if isinstance(element.tag, str) else []


def properties(element: etree._Element) -> dict[str, str]:
    """The properties in `title`, quotes taken off."""
    if not isinstance(element.tag, str):
        return {}
    found = _PROPERTY.findall(element.get("title", ""))
    return {key: value.strip().strip('"') for key, value in found}


def _box(said: Mapping[str, str]) -> Rect | None:
    values = [number(v) for v in said.get("bbox", "").split()]
    return Rect(*values) if len(values) == 4 else None


def _polygon(said: Mapping[str, str]) -> Polygon:
    if poly := polygon_of(said.get("poly")):
        return poly
    box = _box(said)
    return box.polygon if box is not None else ()


def _page(element: etree._Element, count: int) -> Page:
    said = properties(element)
    box = _box(said) or Rect(0, 0, 0, 0)
    resolution = said.get("scan_res", "300").split()
    areas = [e for e in element.iter() if any(c in _AREAS for c in _classes(e))]
    outer = [e for e in areas if not any(a in areas for a in e.iterancestors())]
    held = {line for area in outer for line in _lines(area)}
    regions: list[Region] = []
    for area in outer:
        regions.append(_region(area, _lines(area), len(regions) + 1))
    loose = [line for line in _lines(element) if line not in held]
    if loose:
        regions.append(_region(None, loose, len(regions) + 1))
    label = said.get("lpageno", "")
    own = any("x_kind" in properties(e) for e in outer) or "x_error" in said
    page_id = element.get("id", "") if own else f"p{count:04d}"
    physical = number(said.get("ppageno"), count - 1)
    return Page(
        page_id or f"p{count:04d}",
        max(1, int(physical) + 1) if own else count,
        "" if label == str(count) else label,
        said.get("x_name", ""),
        max(0, round(box.x1)),
        max(0, round(box.y1)),
        round(number(resolution[0] if resolution else "300", 300)) or 300,
        tuple(regions),
        tuple(region.id for region in regions),
        source=said.get("image", ""),
        error=said.get("x_error", ""),
    )


def _lines(element: etree._Element) -> list[etree._Element]:
    """Lines; an engine's floats and captions are lines as well, but only where none is inside."""
    return [e for e in element.iter() if any(c in _LINES for c in _classes(e))]


def _region(area: etree._Element | None, lines: Sequence[etree._Element], count: int) -> Region:
    said = properties(area) if area is not None else {}
    classes = _classes(area) if area is not None else []
    kind: RegionKind = next((_AREAS[c] for c in classes if c in _AREAS), "body")
    if said.get("x_kind") in get_args(RegionKind):
        kind = cast(RegionKind, said["x_kind"])
    mode = cast(WritingMode, said.get("x_writing_mode", "horizontal-tb"))
    if mode not in get_args(WritingMode):
        mode = "horizontal-tb"
    key = (area.get("id", "") if area is not None else "") or f"region-{count:04d}"
    read = tuple(_line(e, f"{key}-l{i:03d}") for i, e in enumerate(lines, 1))
    polygon = _polygon(said)
    if not polygon and (boxes := [line.box for line in read if line.polygon]):
        polygon = bounding(boxes).polygon
    confidence = _percent(said.get("x_wconf"))
    return Region(key, kind, polygon, mode, read, 1.0 if confidence is None else confidence)


def _percent(text: str | None) -> float | None:
    return None if text is None else min(1.0, max(0.0, round(number(text) / 100, 3)))


def _line(element: etree._Element, line_id: str) -> Line:
    said = properties(element)
    text = "".join(element.itertext())
    if "\n" in text:  # pretty-printed by an engine: words stand on lines of their own
        text = " ".join(text.split())
    words = [properties(e) for e in element.iter() if "ocrx_word" in _classes(e)]
    confidence = _percent(said.get("x_wconf"))
    if confidence is None:
        each = [c for w in words if (c := _percent(w.get("x_wconf"))) is not None]
        confidence = round(sum(each) / len(each), 3) if each else 1.0
    key = element.get("id") or line_id
    return Line(key, _polygon(said), text, _chars(said, text), confidence)


def _chars(said: Mapping[str, str], text: str) -> tuple[Char, ...]:
    values = [number(v) for v in said.get("x_bboxes", "").split()]
    confidences = said.get("x_confs", "").split()
    if not text or len(values) != 4 * len(text):
        return ()
    known = len(confidences) == len(text)
    return tuple(
        Char(
            c, Rect(*values[4 * i : 4 * i + 4]), (_percent(confidences[i]) or 0.0) if known else 1.0
        )
        for i, c in enumerate(text)
    )
