"""PAGE of any version and any producer -> an issue."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast, get_args

from lxml import etree

from ...model import (
    Article,
    ArticleKind,
    Char,
    Issue,
    Line,
    Masthead,
    Page,
    PageFile,
    Part,
    Polygon,
    Rect,
    Region,
    RegionKind,
    Step,
    WritingMode,
    polygon_bounds,
)
from .altolines import slot
from .assembling import filled, furniture
from .pagenames import KINDS, MODES, REGIONS
from .xmlread import below, child, children, local, number, parse, polygon_of, share_of, wrong

_CUSTOM = re.compile(r"([\w-]+)\s*\{([^}]*)\}")
_KINDS = frozenset(get_args(RegionKind))
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class _Claim:
    """A region's place in its article."""

    page: str
    region: str
    place: int


@dataclass(frozen=True, slots=True)
class _Read:
    """`said`: our own notes. `claims` and `heads`, (kind, headline), are by article id."""

    page: Page
    said: Mapping[str, str]
    claims: Mapping[str, Sequence[_Claim]]
    heads: Mapping[str, tuple[str, str]]


def read_page_files(files: Sequence[tuple[str, bytes]], name: str) -> Issue:
    """One page a file, in order. `name` is the issue's id where the documents tell none.

    Raises DataInvalid when one is no PAGE."""
    read = [_read(data, file, number) for number, (file, data) in enumerate(files, 1)]
    said = read[0].said if read else {}
    title, date = said.get("title", ""), said.get("date", "")
    issue = Issue(
        said.get("issue", name),
        title,
        Masthead(title=title, date=date if _DATE.fullmatch(date) else ""),
        tuple(r.page for r in read),
        language=said.get("language", ""),
    )
    claims: dict[str, list[_Claim]] = {}
    heads: dict[str, tuple[str, str]] = {}
    for page in read:
        for key, found in page.claims.items():
            claims.setdefault(key, []).extend(found)
        for key, head in page.heads.items():
            heads.setdefault(key, head)
    articles = tuple(_article(key, claims[key], heads.get(key), issue) for key in claims)
    return furniture(replace(issue, articles=articles))


def _article(
    key: str, claims: Sequence[_Claim], head: tuple[str, str] | None, issue: Issue
) -> Article:
    parts: list[Part] = []
    for claim in sorted(claims, key=lambda c: c.place):
        if parts and parts[-1].page == claim.page:
            parts[-1] = Part(claim.page, (*parts[-1].regions, claim.region))
        else:
            parts.append(Part(claim.page, (claim.region,)))
    kind, headline = head or ("article", "")
    known = cast(ArticleKind, kind if kind in get_args(ArticleKind) else "article")
    article = filled(Article(key, known, headline=headline, parts=tuple(parts)), issue)
    # What our own group has for a caption is the headline; without one it has none.
    return article if head is None else replace(article, headline=headline)


def custom_of(element: etree._Element) -> dict[str, dict[str, str]]:
    """`custom` as Transkribus writes it: name {key:value; …}."""
    out: dict[str, dict[str, str]] = {}
    for name, inside in _CUSTOM.findall(element.get("custom", "")):
        pairs = (part.partition(":") for part in inside.split(";") if ":" in part)
        values = {key.strip(): _unquoted(value.strip()) for key, _, value in pairs}
        out.setdefault(name, values)
    return out


def _unquoted(text: str) -> str:
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m.group(1), 16)), text)


def _read(data: bytes, file: str, count: int) -> _Read:
    top = parse(data, file)
    shown = child(top, "Page") if local(top) == "PcGts" else None
    if shown is None:
        raise wrong(file, "it is not a PAGE document", "它不是 PAGE 文件")
    said = {
        e.get("name", ""): e.get("value", "")
        for holder in below(top, "UserDefined")
        for e in children(holder, "UserAttribute")
    }
    own = "page" in said and "number" in said
    page_id = said["page"] if own else f"p{count:04d}"
    elements = list(below(shown, *REGIONS))
    regions = tuple(_region(e, i) for i, e in enumerate(elements, 1))
    resolution = number(shown.get("imageXResolution"), 300)
    if shown.get("imageResolutionUnit") == "PPCM":
        resolution *= 2.54
    page = Page(
        page_id,
        max(1, int(number(said.get("number"), count))) if own else count,
        said.get("label", ""),
        said.get("name", "") if own else "",
        max(0, int(number(shown.get("imageWidth")))),
        max(0, int(number(shown.get("imageHeight")))),
        round(resolution),
        regions,
        _order(shown, regions, elements, own),
        tuple(
            Step(e.get("name", ""), e.get("value", ""))
            for e in below(top, "MetadataItem")
            if e.get("type") == "processingStep"
        ),
        said.get("source", "") if own else shown.get("imageFilename", ""),
        file=_file(said),
    )
    claims, heads = _claims(shown, page, elements, own)
    return _Read(page, said if own else {}, claims, heads)


def _file(said: Mapping[str, str]) -> PageFile | None:
    if not said.get("file"):
        return None
    index = max(0, int(number(said.get("index"))))
    return PageFile(said["file"], said.get("member", ""), index, said.get("sha256", ""))


def _order(
    shown: etree._Element, regions: Sequence[Region], elements: Sequence[etree._Element], own: bool
) -> tuple[str, ...]:
    """As ReadingOrder says, else as `custom` says, else as the document goes."""
    known = [region.id for region in regions]
    holder = child(shown, "ReadingOrder")
    listed: list[str] = []
    if holder is not None:
        listed = [r for group in children(holder) for r in _refs(group) if r in known]
    elif not own:
        places = [custom_of(e).get("readingOrder", {}).get("index", "") for e in elements]
        if places and all(p.isdigit() for p in places):
            listed = [key for _, key in sorted(zip(map(int, places), known, strict=True))]
    listed = list(dict.fromkeys(listed))
    return tuple(listed if own else [*listed, *(k for k in known if k not in listed)])


def _refs(group: etree._Element) -> list[str]:
    if group.get("regionRef") and not len(group):
        return [group.get("regionRef", "")]
    inner = list(children(group))
    if local(group).startswith("Ordered"):
        inner.sort(key=lambda e: number(e.get("index")))
    return [ref for element in inner for ref in _refs(element)]


def _claims(
    shown: etree._Element, page: Page, elements: Sequence[etree._Element], own: bool
) -> tuple[dict[str, list[_Claim]], dict[str, tuple[str, str]]]:
    """Articles by `custom` of the regions, else by the groups of the reading order."""
    claims: dict[str, list[_Claim]] = {}
    heads: dict[str, tuple[str, str]] = {}
    by_id = {e.get("id", ""): e for e in elements}
    for count, region_id in enumerate((*page.reading_order, *by_id), 1):
        element = by_id.pop(region_id, None) if region_id in by_id else None
        said = custom_of(element).get("article", {}) if element is not None else {}
        if said.get("id"):
            place = said.get("place", "")
            at = int(place) if place.isdigit() else count
            key = said["id"]
            claims.setdefault(key, []).append(_Claim(page.id, region_id, at))
            if own:
                heads.setdefault(key, (said.get("kind", "article"), ""))
    for group in below(shown, "OrderedGroupIndexed", "OrderedGroup"):
        said = custom_of(group).get("article", {})
        if said.get("id"):
            heads[said["id"]] = (said.get("kind", "article"), group.get("caption", ""))
        elif not own and not claims and local(group.getparent()) == "OrderedGroup":
            key = f"{page.id}-{group.get('id', '')}"
            found = [_Claim(page.id, ref, i) for i, ref in enumerate(_refs(group))]
            claims[key] = found
    return claims, heads


def _region(element: etree._Element, count: int) -> Region:
    said = custom_of(element).get("structure", {}).get("type", "")
    named = KINDS.get(element.get("type", ""), REGIONS[local(element)])
    kind = cast(RegionKind, said) if said in _KINDS else named
    region_id = element.get("id") or f"region-{count:04d}"
    shown = list(children(element, "TextLine"))
    mode = MODES.get(element.get("readingDirection", ""))
    if mode is None:
        mode = _mode(shown)
    coords = child(element, "Coords")
    confidence = share_of(coords.get("conf")) if coords is not None else None
    return Region(
        region_id,
        kind,
        _polygon(coords),
        mode,
        tuple(_line(e, mode, f"{region_id}-l{i:03d}") for i, e in enumerate(shown, 1)),
        1.0 if confidence is None else confidence,
    )


def _mode(lines: Sequence[etree._Element]) -> WritingMode:
    """By the shape of lines of Chinese, where nothing is said."""
    votes = 0
    for element in lines:
        polygon = _polygon(child(element, "Coords"))
        text = _text(element)
        if polygon and sum(c >= "\u2e80" for c in text) >= 2:
            box = polygon_bounds(polygon)
            votes += 1 if box.height > 1.5 * box.width else -1
    return "vertical-rl" if votes > 0 else "horizontal-tb"


def _polygon(coords: etree._Element | None) -> Polygon:
    found = polygon_of(coords.get("points")) if coords is not None else ()
    if not found and coords is not None:  # before 2013: Point elements
        found = tuple((number(p.get("x")), number(p.get("y"))) for p in children(coords, "Point"))
    return () if all(point == (0, 0) for point in found) else found


def _line(element: etree._Element, mode: WritingMode, line_id: str) -> Line:
    text = _text(element)
    equiv = _equiv(element)
    confidence = share_of(equiv.get("conf")) if equiv is not None else None
    return Line(
        element.get("id") or line_id,
        _polygon(child(element, "Coords")),
        text,
        _chars(element, text, mode),
        1.0 if confidence is None else confidence,
    )


def _equiv(element: etree._Element) -> etree._Element | None:
    """The first TextEquiv, by index where there are several readings."""
    found = sorted(children(element, "TextEquiv"), key=lambda e: number(e.get("index")))
    return found[0] if found else None


def _text(element: etree._Element) -> str:
    equiv = _equiv(element)
    if equiv is not None:
        unicode = child(equiv, "Unicode")
        return "" if unicode is None else "".join(unicode.itertext())
    words = [_text(word) for word in children(element, "Word")]
    return " ".join(filter(None, words))


def _chars(element: etree._Element, text: str, mode: WritingMode) -> tuple[Char, ...]:
    """Characters of Glyph elements, if they are the line's text but for spaces."""
    glyphs: list[Char] = []
    for glyph in below(element, "Glyph"):
        polygon = _polygon(child(glyph, "Coords"))
        equiv = _equiv(glyph)
        confidence = share_of(equiv.get("conf")) if equiv is not None else None
        box = polygon_bounds(polygon) if polygon else Rect(0, 0, 0, 0)
        glyphs.append(Char(_text(glyph), box, 1.0 if confidence is None else confidence))
    if not glyphs:
        return ()
    out: list[Char] = []
    rest = iter(glyphs)
    waiting = next(rest, None)
    for c in text:
        if waiting is not None and waiting.text == c:
            out.append(waiting)
            waiting = next(rest, None)
        elif c.isspace() and out:
            end = out[-1].box
            out.append(Char(c, slot(Rect(end.x1, end.y0, end.x1, end.y1), mode, 0, 1)))
        else:
            return ()
    return tuple(out) if waiting is None else ()
