"""What a TEI document says of itself and of the newspaper, and where everything lies on the pages."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree
from lxml.builder import ElementMaker

from ...model import Issue, Page, Polygon, polygon_bounds
from ..plain import ordered_regions
from .bundle import Bundle
from .xmlkit import Key, flat

TEI = "http://www.tei-c.org/ns/1.0"
XML = "http://www.w3.org/XML/1998/namespace"
XML_ID, XML_LANG = f"{{{XML}}}id", f"{{{XML}}}lang"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
E = ElementMaker(namespace=TEI, nsmap={None: TEI})


def header(bundle: Bundle) -> etree._Element:
    """teiHeader: the newspaper as a `biblStruct`, the program as an `application`."""
    issue = bundle.issue
    title = flat(" ".join(filter(None, (_title(issue), issue.masthead.date))))
    application = E.application(
        {"ident": "digitise", "version": _version(bundle.version)},
        E.label(flat(f"{bundle.software} {bundle.version}".strip())),
    )
    if bundle.date:
        application.set("when", bundle.date)
    by = "corrected by hand" if bundle.corrected else "not corrected"
    return E.teiHeader(
        E.fileDesc(
            E.titleStmt(E.title(title or flat(issue.id))),
            E.publicationStmt(E.p(f"Text read from page images by a program; {by}.")),
            E.sourceDesc(_source(issue)),
        ),
        E.encodingDesc(
            E.appInfo(application),
            E.editorialDecl(
                E.p(
                    "Text as printed, nothing normalised. Paragraphs are whole; lb, cb and pb stand "
                    "where the printed line, column and page begin. Jump markers and headlines "
                    "repeated after a jump are in fw."
                )
            ),
        ),
    )


def _title(issue: Issue) -> str:
    return issue.masthead.title or issue.title or issue.id


def _version(version: str) -> str:
    parts = [part for part in version.split(".")[:4] if part.isalnum() and part[0].isdigit()]
    return ".".join(parts) or "0"


def _source(issue: Issue) -> etree._Element:
    head = issue.masthead
    monogr = E.monogr(E.title({"level": "j"}, flat(_title(issue))))
    for kind, value in (
        ("ISSN", head.issn),
        ("CN", head.cn),
        ("postal-code", head.postal_code),
        ("digitise", issue.id),
    ):
        if value:
            monogr.append(E.idno({"type": kind}, flat(value)))
    if issue.edition:
        monogr.append(E.edition(flat(issue.edition)))
    imprint = E.imprint()
    if issue.place:
        imprint.append(E.pubPlace(flat(issue.place)))
    if head.publisher:
        imprint.append(E.publisher(flat(head.publisher)))
    shown = flat(" ".join(filter(None, (head.date, head.weekday, head.lunar_date))))
    date = E.date(shown)
    if _DATE.fullmatch(head.date):
        date.set("when", head.date)
    imprint.append(date)
    if head.issue_number:
        imprint.append(E.biblScope({"unit": "issue"}, flat(head.issue_number)))
    monogr.append(imprint)
    return E.biblStruct(monogr)


def facsimile(bundle: Bundle, ids: Mapping[Key, str]) -> etree._Element:
    """A `surface` a page in its pixels, a `zone` a region and in it a `zone` a line."""
    out = E.facsimile()
    for page in bundle.issue.pages:
        out.append(_surface(bundle, page, ids))
    return out


def _surface(bundle: Bundle, page: Page, ids: Mapping[Key, str]) -> etree._Element:
    size = {"ulx": "0", "uly": "0", "lrx": str(page.width), "lry": str(page.height)}
    label = flat(page.label or str(page.number))
    surface = E.surface({XML_ID: ids[page.id,], "n": label, **size})
    if (image := bundle.image(page)) is not None:
        width, height = f"{page.width}px", f"{page.height}px"
        surface.append(E.graphic({"url": image.name, "width": width, "height": height}))
    for region in ordered_regions(page):
        zone = _zone(ids[page.id, region.id], region.kind, region.polygon)
        if region.writing_mode != "horizontal-tb":
            zone.set("rend", region.writing_mode)
        for line in region.lines:
            inner = _zone(ids[page.id, region.id, line.id], "line", line.polygon)
            inner.set("cert", f"{line.confidence:.3f}")
            zone.append(inner)
        surface.append(zone)
    return surface


def _zone(name: str, kind: str, polygon: Polygon) -> etree._Element:
    zone = E.zone({XML_ID: name, "type": kind})
    if len(polygon) >= 3:
        zone.set("points", " ".join(f"{round(x)},{round(y)}" for x, y in polygon))
    elif polygon:
        box = polygon_bounds(polygon)
        for key, value in zip(
            ("ulx", "uly", "lrx", "lry"), (box.x0, box.y0, box.x1, box.y1), strict=True
        ):
            zone.set(key, str(round(value)))
    return zone
