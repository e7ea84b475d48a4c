"""ALTO 4.4, 4.2 and 3.1: one document a page, as the Library of Congress keeps the standard
(https://www.loc.gov/standards/alto/).

What ALTO has no word for is said by tags: a RoleTag for a region's kind, a LayoutTag for its
writing mode, a StructureTag for its article. docs/formats.md has the whole table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from lxml import etree

from ...model import Article, Line, Page, Rect, Region, Step
from .altostrings import add_strings, place
from .bundle import Bundle
from .language import issue_language
from .xmlkit import Key, xml_ids
from .xmlwrite import (
    XLINK,
    XSI,
    add,
    document,
    is_upright,
    mean_confidence,
    merged_parts,
    outline,
    owners,
    points,
    root,
    share,
    shown_order,
)

Version = Literal["4.4", "4.2", "3.1"]
NAMESPACES: Mapping[str, str] = {
    "4.4": "http://www.loc.gov/standards/alto/ns-v4#",
    "4.2": "http://www.loc.gov/standards/alto/ns-v4#",
    "3.1": "http://www.loc.gov/standards/alto/ns-v3#",
}
_XSD = "http://www.loc.gov/standards/alto/v{major}/alto-{minor}.xsd"
# Where documentIdentifier says this, tags and notes are read back as they are described here.
OWN = "urn:digitise:issue:1"
_DIRECTIONS = {"horizontal-tb": "ltr", "horizontal-rtl": "rtl", "vertical-rl": "ttb"}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What the parts of one document need to know."""

    bundle: Bundle
    page: Page
    version: Version
    ids: Mapping[Key, str]
    owner: Mapping[tuple[str, str], str]
    articles: Mapping[str, Article]
    language: str

    def region_id(self, region: Region) -> str:
        return self.ids[self.page.id, region.id]


def export(bundle: Bundle) -> Iterator[tuple[str, bytes]]:
    """alto/<page-id>.xml, version 4.4"""
    return documents(bundle, "4.4", "alto")


def export_4_2(bundle: Bundle) -> Iterator[tuple[str, bytes]]:
    """alto-4.2/<page-id>.xml"""
    return documents(bundle, "4.2", "alto-4.2")


def export_3_1(bundle: Bundle) -> Iterator[tuple[str, bytes]]:
    """alto-3.1/<page-id>.xml"""
    return documents(bundle, "3.1", "alto-3.1")


def documents(bundle: Bundle, version: Version, folder: str) -> Iterator[tuple[str, bytes]]:
    """A document for each page that was read."""
    ids = xml_ids(bundle.issue)
    owner = owners(bundle.issue)
    articles = {article.id: article for article in bundle.issue.articles}
    language = issue_language(bundle.issue)
    for page in bundle.pages:
        sheet = _Sheet(bundle, page, version, ids, owner, articles, language)
        yield f"{folder}/{ids[page.id,]}.xml", _document(sheet)


def _document(sheet: _Sheet) -> bytes:
    namespace = NAMESPACES[sheet.version]
    top = root(namespace, "alto", {None: namespace, "xlink": XLINK, "xsi": XSI})
    minor = sheet.version.replace(".", "-")
    where = _XSD.format(major=sheet.version[0], minor=minor)
    top.set(f"{{{XSI}}}schemaLocation", f"{namespace} {where}")
    top.set("SCHEMAVERSION", sheet.version)
    _describe(add(top, "Description"), sheet)
    order = shown_order(sheet.page)
    _add_tags(top, sheet, order)
    if sheet.version == "4.4":
        _add_order(top, sheet)
    _add_page(add(top, "Layout"), sheet, order)
    return document(top)


def _describe(parent: etree._Element, sheet: _Sheet) -> None:
    page = sheet.page
    add(parent, "MeasurementUnit", "pixel")
    source = add(parent, "sourceImageInformation")
    add(source, "fileName", page.source)
    if page.file is not None:
        file = page.file
        said = {"file": file.name, "member": file.member, "index": str(file.index)}
        for name, value in {**said, "sha256": file.sha256}.items():
            add(source, "fileIdentifier", value, fileIdentifierLocation=name)
    add(source, "documentIdentifier", sheet.bundle.issue.id, documentIdentifierLocation=OWN)
    steps = list(page.steps)
    if sheet.bundle.corrected and all(step.name != "correction" for step in steps):
        steps.append(Step("correction"))
    page_id = sheet.ids[page.id,]
    if sheet.version == "3.1":
        process = add(parent, "OCRProcessing", ID=f"{page_id}-processing")
        for step in steps:
            _add_step(add(process, "preProcessingStep"), step)
        _add_own_step(add(process, "ocrProcessingStep"), sheet)
        return
    for number, step in enumerate(steps, 1):
        process = add(parent, "Processing", ID=f"{page_id}-step{number}")
        corrected = step.name == "correction"
        add(process, "processingCategory", "contentModification" if corrected else "preOperation")
        _add_step(process, step)
    process = add(parent, "Processing", ID=f"{page_id}-processing")
    add(process, "processingCategory", "contentGeneration")
    _add_own_step(process, sheet)


def _add_step(parent: etree._Element, step: Step) -> None:
    add(parent, "processingStepDescription", step.name)
    if step.detail:
        add(parent, "processingStepSettings", step.detail)


def _add_own_step(parent: etree._Element, sheet: _Sheet) -> None:
    bundle = sheet.bundle
    if bundle.date:
        add(parent, "processingDateTime", bundle.date)
    add(parent, "processingStepDescription", "text and layout")
    add(parent, "processingStepSettings", f"dpi: {sheet.page.dpi}")
    software = add(parent, "processingSoftware")
    add(software, "softwareName", bundle.software)
    add(software, "softwareVersion", bundle.version)


def _add_tags(top: etree._Element, sheet: _Sheet, order: Sequence[Region]) -> None:
    if not order:
        return
    tags = add(top, "Tags")
    for mode in sorted({region.writing_mode for region in order}):
        add(tags, "LayoutTag", ID=f"tag-mode-{mode}", TYPE="writing-mode", LABEL=mode)
    there = [sheet.owner.get((sheet.page.id, region.id), "") for region in order]
    for article_id in dict.fromkeys(filter(None, there)):
        article = sheet.articles[article_id]
        add(
            tags,
            "StructureTag",
            ID=f"tag-article-{sheet.ids['', article_id]}",
            TYPE=article.kind,
            LABEL=article_id,
            DESCRIPTION=article.headline or None,
        )
    for kind in sorted({region.kind for region in order}):
        add(tags, "RoleTag", ID=f"tag-role-{kind}", TYPE="role", LABEL=kind)


def _tag_refs(sheet: _Sheet, region: Region) -> str:
    refs = [f"tag-role-{region.kind}", f"tag-mode-{region.writing_mode}"]
    article_id = sheet.owner.get((sheet.page.id, region.id))
    if article_id is not None:
        refs.append(f"tag-article-{sheet.ids['', article_id]}")
    return " ".join(refs)


def _in_order(sheet: _Sheet) -> list[Region]:
    """The regions that have a place in the reading order."""
    listed = set(sheet.page.reading_order)
    return [region for region in shown_order(sheet.page) if region.id in listed]


def _add_order(top: etree._Element, sheet: _Sheet) -> None:
    regions = _in_order(sheet)
    if not regions:
        return
    page_id = sheet.ids[sheet.page.id,]
    group = add(add(top, "ReadingOrder"), "OrderedGroup", ID=f"{page_id}-order")
    for number, region in enumerate(regions, 1):
        add(group, "ElementRef", ID=f"{page_id}-order{number}", REF=sheet.region_id(region))


def _add_page(layout: etree._Element, sheet: _Sheet, order: Sequence[Region]) -> None:
    page = sheet.page
    page_id = sheet.ids[page.id,]
    confidence = mean_confidence(page)
    new = sheet.version == "4.4"
    shown = add(
        layout,
        "Page",
        ID=page_id,
        PAGECLASS=page.name or None,
        HEIGHT=str(page.height),
        WIDTH=str(page.width),
        PHYSICAL_IMG_NR=str(page.number),
        PRINTED_IMG_NR=page.label or None,
        PC=None if confidence is None else share(confidence),
        LANG=(sheet.language or None) if new else None,
    )
    inner = outline(region for region in order if region.kind != "page-header")
    area = Rect(0, 0, page.width, page.height)
    inner = area if inner is None else inner.clip(area)
    margins = {
        "TopMargin": Rect(0, 0, page.width, inner.y0),
        "LeftMargin": Rect(0, inner.y0, inner.x0, inner.y1),
        "RightMargin": Rect(inner.x1, inner.y0, page.width, inner.y1),
        "BottomMargin": Rect(0, inner.y1, page.width, page.height),
    }
    left = list(order)
    following = _following(sheet)
    for name, box in margins.items():
        space = add(shown, name, ID=f"{page_id}-{name}", **place(box))
        held = _in_margin(sheet, left, box)
        left = [region for region in left if region not in held]
        _add_blocks(space, sheet, held, following)
    space = add(shown, "PrintSpace", ID=f"{page_id}-PrintSpace", **place(inner))
    _add_blocks(space, sheet, left, following)


def _in_margin(sheet: _Sheet, regions: Sequence[Region], box: Rect) -> list[Region]:
    """Headers that stand wholly in the margin `box`, with all that belongs to their entry: an
    entry stays together."""

    def entry(region: Region) -> str:
        return sheet.owner.get((sheet.page.id, region.id), "")

    inside = [r for r in regions if r.kind == "page-header" and r.polygon and box.contains(r.box)]
    apart = {entry(region) for region in regions if region not in inside} - {""}
    return [region for region in inside if entry(region) not in apart]


def _following(sheet: _Sheet) -> dict[str, str]:
    """IDNEXT of each region: how versions before 4.3 tell the reading order."""
    if sheet.version == "4.4":
        return {}
    regions = _in_order(sheet)
    pairs = pairwise(regions)
    return {region.id: sheet.region_id(after) for region, after in pairs}


def _add_blocks(
    space: etree._Element, sheet: _Sheet, regions: Sequence[Region], following: Mapping[str, str]
) -> None:
    """A ComposedBlock for each article, where its first region comes in the reading order."""
    page = sheet.page
    by_id = {region.id: region for region in regions}
    done: set[str] = set()
    for region in regions:
        article_id = sheet.owner.get((page.id, region.id))
        if article_id is None:
            _add_region(space, sheet, region, following)
            continue
        if article_id in done:
            continue
        done.add(article_id)
        article = sheet.articles[article_id]
        parts = [part for part in merged_parts(article.parts) if part.page == page.id]
        for count, part in enumerate(parts, 1):
            held = [
                by_id[i]
                for i in dict.fromkeys(part.regions)
                if i in by_id and sheet.owner.get((page.id, i)) == article_id
            ]
            if held:
                _add_article(space, sheet, article, count, held, following)
                by_id = {i: r for i, r in by_id.items() if r not in held}


def _add_article(
    space: etree._Element,
    sheet: _Sheet,
    article: Article,
    count: int,
    held: Sequence[Region],
    following: Mapping[str, str],
) -> None:
    article_id = sheet.ids["", article.id]
    own = f"{sheet.ids[sheet.page.id,]}-{article_id}" + (f"-{count}" if count > 1 else "")
    box = outline(held)
    block = add(
        space, "ComposedBlock", ID=f"{own}-block", **place(box), TYPE=article.kind,
        TAGREFS=f"tag-article-{article_id}",
    )  # fmt: skip
    for region in held:
        _add_region(block, sheet, region, following, article.language)


def _add_region(
    parent: etree._Element,
    sheet: _Sheet,
    region: Region,
    following: Mapping[str, str],
    language: str = "",
) -> None:
    tag = "TextBlock"
    if not region.lines and region.kind in ("picture", "rule"):
        tag = "Illustration" if region.kind == "picture" else "GraphicalElement"
    new = sheet.version == "4.4"
    block = add(
        parent,
        tag,
        ID=sheet.region_id(region),
        TAGREFS=_tag_refs(sheet, region),
        **place(region.box if region.polygon else None),
        IDNEXT=following.get(region.id),
    )
    _add_shape(block, region)
    if tag != "TextBlock":
        return
    if region.writing_mode == "vertical-rl":
        # The line runs down, but each character stands upright: nothing is turned.
        block.set("ROTATION", "0")
    tag_of_text = language or ("" if new else sheet.language)
    if tag_of_text and tag_of_text != (sheet.language if new else ""):
        block.set("LANG", tag_of_text)
    if new and region.writing_mode != "horizontal-tb":
        block.set("BASEDIRECTION", _DIRECTIONS[region.writing_mode])
    seen: Counter[str] = Counter()
    for line in region.lines:
        line_id = sheet.ids[sheet.page.id, region.id, line.id]
        seen[line_id] += 1
        again = f"-{seen[line_id]}" if seen[line_id] > 1 else ""
        _add_line(block, sheet, region, line, line_id + again)


def _add_line(
    block: etree._Element, sheet: _Sheet, region: Region, line: Line, line_id: str
) -> None:
    shown = add(block, "TextLine", ID=line_id, **place(line.box if line.polygon else None))
    _add_shape(shown, line)
    add_strings(
        shown, line, line_id, region.writing_mode, glyphs=sheet.bundle.settings.glyphs
        and sheet.version != "3.1",
    )  # fmt: skip


def _add_shape(parent: etree._Element, of: Region | Line) -> None:
    """A polygon where the outline is no upright rectangle."""
    if of.polygon and not is_upright(of.polygon):
        add(add(parent, "Shape"), "Polygon", POINTS=points(of.polygon))
