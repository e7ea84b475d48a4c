"""PAGE 2019-07-15 (https://github.com/PRImA-Research-Lab/PAGE-XML): one document a page.

`custom` holds what Transkribus and eScriptorium read there, `readingOrder {index:…;}` and
`structure {type:…;}`, and `article {id:…; place:…;}` for the region's place in its article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import PurePosixPath

from lxml import etree

from ...model import Article, Line, Page, Polygon, Region, WritingMode, polygon_bounds
from .altostrings import runs
from .bundle import Bundle
from .language import issue_language, tongue
from .pagenames import BARE, DIRECTIONS, LANGUAGES, NAMESPACE, SCRIPTS, TYPES
from .words import matched_chars
from .xmlkit import Key, xml_ids
from .xmlwrite import XSI, add, document, mean_confidence, owners, root, share, shown_order, whole

_XSD = f"{NAMESPACE} {NAMESPACE}/pagecontent.xsd"
# Created and LastChange are required: without SOURCE_DATE_EPOCH the same bytes each time.
_NO_DATE = "1970-01-01T00:00:00Z"


class _Sheet:
    """What the parts of one document need to know."""

    def __init__(self, bundle: Bundle, page: Page, ids: Mapping[Key, str]) -> None:
        self.bundle, self.page, self.ids = bundle, page, ids
        self.owner = owners(bundle.issue)
        self.articles = {article.id: article for article in bundle.issue.articles}
        self.places = _places(bundle)

    def region_id(self, region: Region) -> str:
        return self.ids[self.page.id, region.id]

    def article(self, region: Region) -> Article | None:
        return self.articles.get(self.owner.get((self.page.id, region.id), ""))


def export(bundle: Bundle) -> Iterator[tuple[str, bytes]]:
    """page/<page-id>.xml"""
    ids = xml_ids(bundle.issue)
    language = issue_language(bundle.issue)
    for page in bundle.pages:
        yield f"page/{ids[page.id,]}.xml", _document(_Sheet(bundle, page, ids), language)


def _places(bundle: Bundle) -> Mapping[tuple[str, str], int]:
    """For each region its place in its article, from 1."""
    out: dict[tuple[str, str], int] = {}
    for article in bundle.issue.articles:
        count = 0
        for part in article.parts:
            for region_id in part.regions:
                count += 1
                out.setdefault((part.page, region_id), count)
    return out


def _document(sheet: _Sheet, language: str) -> bytes:
    top = root(NAMESPACE, "PcGts", {None: NAMESPACE, "xsi": XSI})
    top.set(f"{{{XSI}}}schemaLocation", _XSD)
    top.set("pcGtsId", sheet.ids[sheet.page.id,])
    _add_metadata(top, sheet, language)
    _add_page(top, sheet, language)
    return document(top)


def _add_metadata(top: etree._Element, sheet: _Sheet, language: str) -> None:
    bundle, page = sheet.bundle, sheet.page
    issue = bundle.issue
    metadata = add(top, "Metadata")
    add(metadata, "Creator", f"{bundle.software} {bundle.version}".strip())
    for name in ("Created", "LastChange"):
        add(metadata, name, bundle.date or _NO_DATE)
    said = {
        "issue": issue.id,
        "title": issue.title,
        "date": issue.masthead.date,
        "language": language,
        "page": page.id,
        "number": str(page.number),
        "label": page.label,
        "name": page.name,
        "source": page.source,
    }
    if page.file is not None:
        file = page.file
        said |= {"file": file.name, "member": file.member, "index": str(file.index)}
        said["sha256"] = file.sha256
    holder = add(metadata, "UserDefined")
    for name, value in said.items():
        if value:
            add(holder, "UserAttribute", name=name, type="xsd:string", value=value)
    steps = [(step.name, step.detail) for step in page.steps]
    if bundle.corrected and all(name != "correction" for name, _ in steps):
        steps.append(("correction", ""))
    for name, detail in steps:
        add(metadata, "MetadataItem", type="processingStep", name=name, value=detail)


def _add_page(top: etree._Element, sheet: _Sheet, language: str) -> None:
    page = sheet.page
    said = tongue(language)
    confidence = mean_confidence(page)
    shown = add(
        top,
        "Page",
        imageFilename=_image_name(page),
        imageWidth=str(page.width),
        imageHeight=str(page.height),
        imageXResolution=str(page.dpi),
        imageYResolution=str(page.dpi),
        imageResolutionUnit="PPI",
        primaryLanguage=LANGUAGES.get(language.split("-")[0]),
        primaryScript=SCRIPTS.get(said.script),
        conf=None if confidence is None else share(confidence),
    )
    order = shown_order(page)
    places = {region_id: i for i, region_id in enumerate(dict.fromkeys(page.reading_order))}
    _add_order(shown, sheet, [region for region in order if region.id in places])
    for region in order:
        _add_region(shown, sheet, region, places.get(region.id))


def _image_name(page: Page) -> str:
    name = PurePosixPath(page.source).name
    if page.file is not None:
        name = PurePosixPath(page.file.member or page.file.name).name
    born_digital = name.lower().partition("#")[0].endswith(".pdf")
    return f"{page.id}.jpg" if born_digital or not name else name


def _add_order(shown: etree._Element, sheet: _Sheet, order: list[Region]) -> None:
    """A group for the page; in it one for each article, in the order in which they are read.
    An article that another interrupts comes again, as a continuation."""
    if not order:
        return
    page_id = sheet.ids[sheet.page.id,]
    top = add(add(shown, "ReadingOrder"), "OrderedGroup", id=f"{page_id}-order")
    seen: Counter[str] = Counter()
    index = 0
    for article, group in groupby(order, key=sheet.article):
        regions = list(group)
        if article is None:
            for region in regions:
                add(top, "RegionRefIndexed", index=str(index), regionRef=sheet.region_id(region))
                index += 1
            continue
        own = sheet.ids["", article.id]
        seen[own] += 1
        again = seen[own] > 1 or article.parts[0].page != sheet.page.id
        group_id = f"{page_id}-order-{own}" + (f"-{seen[own]}" if seen[own] > 1 else "")
        inner = add(
            top,
            "OrderedGroupIndexed",
            id=group_id,
            index=str(index),
            caption=article.headline or None,
            type="article",
            continuation="true" if again else None,
            custom=f"article {{id:{_quoted(article.id)}; kind:{article.kind};}}",
        )
        for place, region in enumerate(regions):
            add(inner, "RegionRefIndexed", index=str(place), regionRef=sheet.region_id(region))
        index += 1


def _quoted(text: str) -> str:
    """A value in `custom`: its own signs as Transkribus escapes them, \\u and four digits."""
    return "".join(f"\\u{ord(c):04x}" if c in ":;{}\\ " else c for c in text)


def _add_region(shown: etree._Element, sheet: _Sheet, region: Region, place: int | None) -> None:
    tag = "TextRegion" if region.lines else BARE.get(region.kind, "TextRegion")
    article = sheet.article(region)
    custom = [] if place is None else [f"readingOrder {{index:{place};}}"]
    custom.append(f"structure {{type:{region.kind};}}")
    if article is not None:
        at = sheet.places[sheet.page.id, region.id]
        custom.append(f"article {{id:{_quoted(article.id)}; kind:{article.kind}; place:{at};}}")
    block = add(shown, tag, id=sheet.region_id(region), custom=" ".join(custom))
    if tag == "TextRegion":
        block.set("type", TYPES.get(region.kind, "other"))
        direction, order = DIRECTIONS[region.writing_mode]
        block.set("readingDirection", direction)
        block.set("textLineOrder", order)
    add(block, "Coords", points=_points(region.polygon), conf=share(region.confidence))
    if tag != "TextRegion":
        return
    seen: Counter[str] = Counter()
    for number, line in enumerate(region.lines):
        line_id = sheet.ids[sheet.page.id, region.id, line.id]
        seen[line_id] += 1
        again = f"-{seen[line_id]}" if seen[line_id] > 1 else ""
        _add_line(block, sheet, region, line, line_id + again, number)
    if region.lines:
        _add_text(block, "\n".join(line.text for line in region.lines), None)


def _add_line(
    block: etree._Element, sheet: _Sheet, region: Region, line: Line, line_id: str, number: int
) -> None:
    shown = add(block, "TextLine", id=line_id, custom=f"readingOrder {{index:{number};}}")
    add(shown, "Coords", points=_points(line.polygon))
    if line.polygon:
        add(shown, "Baseline", points=_points(_baseline(line.polygon, region.writing_mode)))
    chars = matched_chars(line)
    if sheet.bundle.settings.glyphs and chars:
        _add_words(shown, region.writing_mode, line, line_id)
    _add_text(shown, line.text, line.confidence)


def _baseline(polygon: Polygon, mode: WritingMode) -> Polygon:
    """Where the characters stand: an eighth above the lower edge; along the middle of a line
    that runs down. It runs as the line is read."""
    box = polygon_bounds(_corners(polygon))
    if mode == "vertical-rl":
        return ((box.cx, box.y0), (box.cx, box.y1))
    y = box.y1 - box.height / 8
    ends = ((box.x0, y), (box.x1, y))
    return ends if mode == "horizontal-tb" else ends[::-1]


def _add_words(shown: etree._Element, mode: WritingMode, line: Line, line_id: str) -> None:
    chars = matched_chars(line)
    for count, run in enumerate(runs(line, mode), 1):
        if run.box is None or run.start == run.end:
            continue
        word = add(shown, "Word", id=f"{line_id}-w{count}")
        add(word, "Coords", points=_points(run.box.polygon))
        for number, char in enumerate(chars[run.start : run.end], 1):
            glyph = add(word, "Glyph", id=f"{line_id}-w{count}-g{number}")
            add(glyph, "Coords", points=_points(char.box.polygon))
            _add_text(glyph, char.text, char.confidence)
        _add_text(word, line.text[run.start : run.end], None)


def _add_text(parent: etree._Element, text: str, confidence: float | None) -> None:
    conf = None if confidence is None else share(confidence)
    add(add(parent, "TextEquiv", conf=conf), "Unicode", text)


def _points(polygon: Polygon) -> str:
    """Whole pixels from 0 on, two points at least: the schema knows no others."""
    corners = _corners(polygon) or ((0, 0),)
    corners = corners * 2 if len(corners) == 1 else corners
    return " ".join(f"{x},{y}" for x, y in corners)


def _corners(polygon: Polygon) -> tuple[tuple[int, int], ...]:
    return tuple((max(0, x), max(0, y)) for x, y in whole(polygon))
