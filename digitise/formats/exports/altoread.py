"""ALTO of any version and any producer -> a page.

Our own tags tell kinds, writing modes and articles; without them a TextBlock is body text, and
text that runs down the page is told by its direction or its shape.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from lxml import etree

from ...model import (
    Line,
    Page,
    PageFile,
    Polygon,
    Rect,
    Region,
    RegionKind,
    Step,
    WritingMode,
    bounding,
)
from .alto import OWN
from .altolines import read_line
from .altomarks import Tag, read_file, read_steps, read_tags
from .xmlread import below, child, children, local, number, parse, polygon_of, raw, text_of, wrong

_BLOCKS = ("TextBlock", "Illustration", "GraphicalElement", "ComposedBlock")
_KINDS: Mapping[str, RegionKind] = {"Illustration": "picture", "GraphicalElement": "rule"}
_DPI = re.compile(r"\b(?:x?dpi|x_?resolution)\s*[:=]\s*(\d{1,4})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """Regions of one article as they stand together in the document."""

    article: str
    kind: str
    headline: str
    regions: tuple[str, ...]


Span = tuple[int, int]
"""Where an element stands in document order: its own place, and that of the last inside it."""


@dataclass(frozen=True, slots=True)
class AltoPage:
    """`own`: written by this program. `spans` by element id, `places` the same by (region id,
    line number) with -1 for the region itself: METS points at elements of any size."""

    page: Page
    own: bool
    issue_id: str = ""
    language: str = ""
    languages: Mapping[str, str] = field(default_factory=dict)
    pieces: tuple[Piece, ...] = ()
    spans: Mapping[str, Span] = field(default_factory=dict)
    places: Mapping[tuple[str, int], Span] = field(default_factory=dict)


def read_alto(data: bytes, name: str) -> AltoPage:
    """The first page of the document. Raises DataInvalid when it is no ALTO."""
    top = parse(data, name)
    shown = next(below(top, "Page"), None) if local(top) == "alto" else None
    if shown is None:
        raise wrong(name, "it is not an ALTO document", "它不是 ALTO 文件")
    return _Reader(top, shown).read()


class _Reader:
    """Holds what the elements of one document share."""

    def __init__(self, top: etree._Element, shown: etree._Element) -> None:
        self.top, self.shown = top, shown
        named = below(top, "documentIdentifier")
        self.own = any(e.get("documentIdentifierLocation") == OWN for e in named)
        settings = [text_of(e) for e in below(top, "processingStepSettings")]
        # Of our own notes the last one tells; another's may stand anywhere.
        said = settings[-1:] if self.own else settings
        found = _DPI.search(" ".join(said))
        self.dpi = int(found.group(1)) if found else 300
        unit = text_of(child(top, "Description", "MeasurementUnit"))
        self.scale = {"mm10": self.dpi / 254, "inch1200": self.dpi / 1200}.get(unit, 1.0)
        self.tags = read_tags(top)
        self.spaced = self.own or next(below(shown, "SP"), None) is not None
        self.spans: dict[str, Span] = {}
        self.order: dict[etree._Element, Span] = {}

    def read(self) -> AltoPage:
        self.measure(self.top, 0)
        regions: list[Region] = []
        pieces: list[Piece] = []
        places: dict[tuple[str, int], Span] = {}
        languages: dict[str, str] = {}
        for element in below(self.shown, "TextBlock", "Illustration", "GraphicalElement"):
            region = self.region(element, len(regions), {r.id for r in regions})
            regions.append(region)
            places[region.id, -1] = self.order[element]
            for i, line in enumerate(children(element, "TextLine")):
                places[region.id, i] = self.order[line]
            tag = self.tag_of(element, "StructureTag")
            self.enter(pieces, tag, region)
            if language := element.get("LANG") or element.get("language"):
                languages[region.id] = language
        page = self.page(regions)
        return AltoPage(
            page,
            self.own,
            raw(next(below(self.top, "documentIdentifier"), None)),
            self.shown.get("LANG", "") or self.common(languages, regions),
            languages,
            tuple(pieces),
            self.spans,
            places,
        )

    def measure(self, element: etree._Element, start: int) -> int:
        """Notes where the element stands; returns the place after it."""
        after = start + 1
        for inner in element:
            after = self.measure(inner, after)
        self.order[element] = (start, after - 1)
        if (key := element.get("ID")) is not None:
            self.spans.setdefault(key, (start, after - 1))
        return after

    def common(self, languages: Mapping[str, str], regions: list[Region]) -> str:
        """Versions before 4.4 have no language of the page: that of all its text."""
        text = [r.id for r in regions if r.lines]
        found = {languages.get(region_id, "") for region_id in text}
        return found.pop() if len(found) == 1 else ""

    def enter(self, pieces: list[Piece], tag: Tag | None, region: Region) -> None:
        """Adds the region to its article: to the piece before, where that is the same one."""
        if tag is None:
            return
        article, kind, headline = tag.label, tag.type, tag.description
        if pieces and pieces[-1].article == article:
            pieces[-1] = replace(pieces[-1], regions=(*pieces[-1].regions, region.id))
            return
        pieces.append(Piece(article, kind, headline, (region.id,)))

    def tag_of(self, element: etree._Element, name: str) -> Tag | None:
        for key in element.get("TAGREFS", "").split():
            tag = self.tags.get(key)
            if tag is not None and tag.element == name:
                return tag
        return None

    def page(self, regions: list[Region]) -> Page:
        get = self.shown.get
        width, height = self.size(regions)
        return Page(
            id=get("ID", ""),
            number=max(1, int(number(get("PHYSICAL_IMG_NR"), 1))),
            label=get("PRINTED_IMG_NR", ""),
            name=get("PAGECLASS", "") if self.own else "",
            width=width,
            height=height,
            dpi=self.dpi,
            regions=tuple(regions),
            reading_order=self.reading_order(regions),
            steps=self.steps(),
            source=raw(next(below(self.top, "fileName"), None)),
            file=self.file(),
        )

    def size(self, regions: list[Region]) -> tuple[int, int]:
        width = max(0, round(number(self.shown.get("WIDTH")) * self.scale))
        height = max(0, round(number(self.shown.get("HEIGHT")) * self.scale))
        boxes = [region.box for region in regions if region.polygon]
        if (width and height) or not boxes or self.own:
            return width, height
        outer = bounding(boxes)
        return width or round(outer.x1), height or round(outer.y1)

    def file(self) -> PageFile | None:
        return read_file(self.top) if self.own else None

    def steps(self) -> tuple[Step, ...]:
        return read_steps(self.top, self.own)

    def reading_order(self, regions: list[Region]) -> tuple[str, ...]:
        """As ReadingOrder says, else by IDNEXT, else as the document goes."""
        known = [region.id for region in regions]
        listed = [
            ref
            for element in below(self.top, "ElementRef")
            for ref in element.get("REF", "").split()
            if ref in known
        ]
        listed = list(dict.fromkeys(listed))
        if self.own and self.top.get("SCHEMAVERSION") == "4.4":
            return tuple(listed)
        if not listed:
            listed = self.chain(known)
        rest = [] if self.own else [key for key in known if key not in listed]
        return (*listed, *rest)

    def chain(self, known: list[str]) -> list[str]:
        after = {
            element.get("ID", ""): element.get("IDNEXT", "")
            for element in below(self.shown, *_BLOCKS)
            if element.get("IDNEXT")
        }
        if not after:
            return known
        led = set(after.values())
        out: list[str] = []
        for key in (k for k in known if k in after and k not in led):
            at = key
            while at and at in known and at not in out:
                out.append(at)
                at = after.get(at, "")
        return out

    def region(self, element: etree._Element, count: int, taken: set[str]) -> Region:
        key = element.get("ID", "")
        region_id = key if key and key not in taken else f"region-{count + 1:04d}"
        role = self.tag_of(element, "RoleTag")
        kind = role.label if role is not None and self.own else ""
        kind = kind or _KINDS.get(local(element), "body")
        mode = self.mode(element)
        lines = tuple(
            self.line(line, region_id, mode, i)
            for i, line in enumerate(children(element, "TextLine"))
        )
        polygon = self.polygon(element)
        if not polygon and not self.own:
            boxes = [line.box for line in lines if line.polygon]
            polygon = bounding(boxes).polygon if boxes else ()
        return Region(region_id, cast(RegionKind, kind), polygon, mode, lines)

    def line(self, element: etree._Element, region_id: str, mode: WritingMode, i: int) -> Line:
        read = read_line(element, mode, self.scale, self.spaced)
        polygon = self.polygon(element)
        if not polygon and not self.own and read.boxes:
            polygon = bounding(read.boxes).polygon
        line_id = element.get("ID") or f"{region_id}-l{i + 1:03d}"
        return Line(line_id, polygon, read.text, read.chars, read.confidence)

    def mode(self, element: etree._Element) -> WritingMode:
        tag = self.tag_of(element, "LayoutTag")
        if tag is not None and self.own:
            return cast(WritingMode, tag.label)
        directions = {
            element.get("BASEDIRECTION", ""),
            *(line.get("BASEDIRECTION", "") for line in children(element, "TextLine")),
        }
        if "ttb" in directions:
            return "vertical-rl"
        if "rtl" in directions:
            return "horizontal-rtl"
        return "vertical-rl" if self.upright(element) else "horizontal-tb"

    def upright(self, element: etree._Element) -> bool:
        """Whether the lines that tell are higher than wide: text that runs down the page."""
        votes = 0
        for line in children(element, "TextLine"):
            text = "".join(s.get("CONTENT", "") for s in children(line, "String"))
            width, height = number(line.get("WIDTH")), number(line.get("HEIGHT"))
            if sum(c >= "\u2e80" for c in text) >= 2 and width and height:
                votes += 1 if height > 1.5 * width else -1
        return votes > 0

    def polygon(self, element: etree._Element) -> Polygon:
        shape = child(element, "Shape", "Polygon")
        if shape is not None and (found := polygon_of(shape.get("POINTS"), self.scale)):
            return found
        if element.get("HPOS") is None or element.get("VPOS") is None:
            return ()
        x, y, w, h = (number(element.get(k)) for k in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
        return Rect(x, y, x + w, y + h).scale(self.scale).polygon
