"""Elements, numbers and points as the XML formats of libraries write them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, cast

from lxml import etree

from ...model import Issue, Line, Page, Part, Polygon, Rect, Region, bounding
from .xmlkit import legal

XSI = "http://www.w3.org/2001/XMLSchema-instance"
XLINK = "http://www.w3.org/1999/xlink"


def root(namespace: str, tag: str, prefixes: Mapping[Any, str]) -> etree._Element:
    """A document's first element."""
    return etree.Element(f"{{{namespace}}}{tag}", nsmap=dict(prefixes))


def add(
    parent: etree._Element, tag: str, text: str | None = None, /, **attributes: str | None
) -> etree._Element:
    """A child in the parent's namespace, or in that of `tag` ("{…}tag"). Attributes that are
    None are left out; characters that XML cannot hold become U+FFFD."""
    name = tag if tag.startswith("{") else f"{{{etree.QName(parent).namespace}}}{tag}"
    child = etree.SubElement(parent, name)
    for key, value in attributes.items():
        if value is not None:
            child.set(key, legal(value))
    if text is not None:
        child.text = legal(text)
    return child


def document(top: etree._Element) -> bytes:
    """The bytes of a document: UTF-8, indented, ending with a line feed."""
    data: bytes = etree.tostring(top, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return data


def pixel(value: float) -> int:
    """Whole pixels, halves up, as issue.json has them."""
    return math.floor(value + 0.5)


def whole(polygon: Polygon) -> tuple[tuple[int, int], ...]:
    return tuple((pixel(x), pixel(y)) for x, y in polygon)


def points(polygon: Polygon) -> str:
    """ "x1,y1 x2,y2 …" in whole pixels."""
    return " ".join(f"{x},{y}" for x, y in whole(polygon))


def is_upright(polygon: Polygon) -> bool:
    """Whether the polygon is its bounding rectangle, clockwise from the top left."""
    corners = whole(polygon)
    if len(corners) != 4:
        return False
    (x0, y0), (x1, y1) = corners[0], corners[2]
    return corners == ((x0, y0), (x1, y0), (x1, y1), (x0, y1)) and x0 <= x1 and y0 <= y1


def share(value: float) -> str:
    """A confidence with three decimals, as issue.json has them."""
    kept = min(1.0, max(0.0, value)) if math.isfinite(value) else 0.0
    return f"{round(kept, 3):g}"


def legal_issue(issue: Issue) -> Issue:
    """The issue with each character that XML cannot hold replaced by U+FFFD, so that what is
    written beside XML says the same; the issue itself where there is none, as a rule."""
    changed: Any = _legal(issue)
    return issue if changed is issue else cast(Issue, changed)


def _legal(value: Any) -> Any:
    if isinstance(value, str):
        clean = legal(value)
        return value if clean == value else clean
    if isinstance(value, Line):  # most of an issue: its characters are looked at together
        said = "".join((value.id, value.text, *(char.text for char in value.chars)))
        if legal(said) == said:
            return value
    if isinstance(value, tuple):
        if value and isinstance(value[0], float | int):
            return value
        items = tuple(_legal(item) for item in value)
        return value if all(a is b for a, b in zip(items, value, strict=True)) else items
    if is_dataclass(value) and not isinstance(value, type | Rect):
        new = {f.name: _legal(getattr(value, f.name)) for f in fields(value)}
        if all(new[name] is getattr(value, name) for name in new):
            return value
        return replace(value, **new)
    return value


def shown_order(page: Page) -> tuple[Region, ...]:
    """The page's regions in reading order, then those that have no place in it."""
    by_id = {region.id: region for region in page.regions}
    first = [by_id[i] for i in dict.fromkeys(page.reading_order) if i in by_id]
    listed = {region.id for region in first}
    return (*first, *(region for region in page.regions if region.id not in listed))


def merged_parts(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Parts that follow each other on one page made one."""
    out: list[Part] = []
    for part in parts:
        if out and out[-1].page == part.page:
            out[-1] = Part(part.page, out[-1].regions + part.regions)
        else:
            out.append(part)
    return tuple(out)


def owners(issue: Issue) -> dict[tuple[str, str], str]:
    """The article each region belongs to, by (page id, region id); the first that has it."""
    found: dict[tuple[str, str], str] = {}
    for article in issue.articles:
        for part in article.parts:
            for region_id in part.regions:
                found.setdefault((part.page, region_id), article.id)
    return found


def outline(regions: Iterable[Region]) -> Rect | None:
    """What surrounds all regions that have a place."""
    boxes = [region.box for region in regions if region.polygon]
    return bounding(boxes) if boxes else None


def mean_confidence(page: Page) -> float | None:
    """Of the page's lines, by their length; None where nothing is printed."""
    lines = [line for region in page.regions for line in region.lines if line.text]
    total = sum(len(line.text) for line in lines)
    if not total:
        return None
    return sum(len(line.text) * round(line.confidence, 3) for line in lines) / total
