"""METS with ALTO, ours or another library's -> an issue.

Pages come from the physical structure, articles from the logical one. Where an article stands is
told by `area` elements that point at anything in ALTO from a word to a block, either inside the
article's own div or in divs of the page that links lead to. A block that two articles share is
parted between them, line by line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from urllib.parse import unquote

from lxml import etree

from ...model import Article, Issue, Page, PageFile, Part, RegionKind
from .altoread import AltoPage, read_alto
from .assembling import filled, furniture
from .metadata import OWN, lines_digest
from .metscut import Claims, cut
from .metslinks import areas_of, links_of
from .metsrecords import Record, issue_of, record_of
from .metsroles import ROLES, with_roles
from .xmlread import below, child, children, local, parse, text_of, wrong

Read = Callable[[str], bytes | None]
"""The content of a file by its place beside mets.xml; None where it is not there."""

_XLINK = "{http://www.w3.org/1999/xlink}href"
_ARTICLES = {
    "ARTICLE": "article",
    "ADVERTISEMENT": "advertisement",
    "ADVERT": "advertisement",
    "AD": "advertisement",
    "NOTICE": "notice",
    "INDEX": "index",
    "TABLE_OF_CONTENTS": "index",
    "TABLE": "table",
    "ILLUSTRATION": "picture",
    "PICTURE": "picture",
    "MASTHEAD": "masthead",
    "TITLE_SECTION": "masthead",
    "FURNITURE": "furniture",
}


@dataclass(frozen=True, slots=True)
class MetsFile:
    path: str
    mime: str
    sha256: str


def read_mets(data: bytes, name: str, read: Read) -> Issue:
    """The issue of a METS document whose files `read` gives. Raises DataInvalid when it is no
    METS, or none of its pages has ALTO."""
    top = parse(data, name)
    if local(top) != "mets":
        raise wrong(name, "it is not a METS document", "它不是 METS 文件")
    own = OWN in top.nsmap.values()
    files = _files(top)
    divs = {e.get("ID", ""): e for e in below(top, "div")}
    shown = [e for e in divs_of(top) if _type(e) == "PAGE"]
    pages: list[Page] = []
    altos: dict[str, AltoPage] = {}
    of_file: dict[str, str] = {}
    for order, element in enumerate(shown, 1):
        page, alto, file_id = _page(element, order, files, read, top, own)
        pages.append(page)
        if alto is not None:
            altos[page.id] = alto
            of_file[file_id] = page.id
    if not altos:
        gone = sorted(
            file.path for file in files.values()
            if "xml" in file.mime.lower() and file.path and read(file.path) is None
        )  # fmt: skip
        if gone:
            raise wrong(
                name,
                f"the files that it names are not in its folder ({gone[0]})",
                f"它提到的文件不在其文件夹中（{gone[0]}）",
            )
        raise wrong(name, "no page of it has ALTO", "其中没有任何一版带有 ALTO")
    logical = [
        e for s in below(top, "structMap") if s.get("TYPE", "").upper() == "LOGICAL"
        for e in children(s, "div")
    ]  # fmt: skip
    found = [div for outer in logical for div in _article_divs(outer)]
    links = links_of(top)
    records = {e.get("ID", ""): record_of(e) for e in below(top, "dmdSec")}
    claims = Claims(altos)
    for index, div in enumerate(found):
        places = areas_of(div) or [
            area
            for linked in links.get(div.get("ID", ""), ())
            if linked in divs and _type(divs[linked]) != "PAGE"
            for area in areas_of(divs[linked])
        ]
        for area in places:
            if area.file in of_file:
                claims.claim(index, of_file[area.file], area)
        for role, inner in _role_divs(div):
            for area in areas_of(inner):
                if area.file in of_file:
                    claims.name(of_file[area.file], area, role)
    pages = [cut(page, claims) if page.id in altos else page for page in pages]
    base = _issue(top, name, records, tuple(pages))
    articles = [
        _article(div, index, claims, _record(div, records), base, own)
        for index, div in enumerate(found)
    ]
    issue = replace(base, articles=_unique(articles))
    if not own:
        issue = with_roles(issue, claims.roles)
    told = zip(issue.articles, found, strict=True)
    issue = replace(
        issue, articles=tuple(_told(a, issue, _record(div, records)) for a, div in told)
    )
    if own and found:
        return issue
    return furniture(issue)


def divs_of(top: etree._Element) -> list[etree._Element]:
    """The divs of the physical structure, or of the only one there is."""
    maps = list(below(top, "structMap"))
    physical = [e for e in maps if e.get("TYPE", "").upper() == "PHYSICAL"] or maps
    return [div for e in physical for div in below(e, "div")]


def _type(div: etree._Element) -> str:
    return str(div.get("TYPE", "")).rpartition(":")[2].upper()


def _files(top: etree._Element) -> Mapping[str, MetsFile]:
    out: dict[str, MetsFile] = {}
    for element in below(top, "file"):
        place = child(element, "FLocat")
        path = unquote(place.get(_XLINK, "")) if place is not None else ""
        digest = element.get("CHECKSUM", "").lower()
        known = element.get("CHECKSUMTYPE") == "SHA-256" and re.fullmatch("[0-9a-f]{64}", digest)
        out[element.get("ID", "")] = MetsFile(
            re.sub(r"^file:(//)?(\./)?", "", path),
            element.get("MIMETYPE", ""),
            digest if known else "",
        )
    return out


def _page(
    element: etree._Element,
    order: int,
    files: Mapping[str, MetsFile],
    read: Read,
    top: etree._Element,
    own: bool,
) -> tuple[Page, AltoPage | None, str]:
    """The page, its ALTO and the id of that file."""
    pointers = [p.get("FILEID") or "" for p in children(element, "fptr")]
    pointers += [a.get("FILEID", "") for p in children(element, "fptr") for a in below(p, "area")]
    label = element.get("ORDERLABEL", "")
    for key in dict.fromkeys(pointers):
        file = files.get(key)
        if file is None or "xml" not in file.mime.lower():
            continue
        data = read(file.path)
        if data is None:
            continue
        alto = read_alto(data, file.path)
        page = alto.page
        if not alto.own:
            image = next(
                (files[k] for k in pointers if k in files and "image" in files[k].mime), None
            )
            page = replace(
                page,
                id=f"p{order:04d}",
                number=order,
                label="" if label == str(order) else label,
                file=PageFile(image.path, sha256=image.sha256) if image else None,
            )
        return page, replace(alto, page=page), key
    number = int(label) if re.fullmatch(r"[1-9]\d{0,5}", label) else order
    page_id = element.get("ID", "").removeprefix("phys-") if own else f"p{order:04d}"
    missing = _error(element, top) or "The page has no ALTO."
    return Page(page_id, number, error=missing), None, ""


def _error(element: etree._Element, top: etree._Element) -> str:
    wanted = element.get("ADMID", "").split()
    for section in below(top, "amdSec"):
        if section.get("ID") in wanted:
            for event in below(section, "eventOutcomeInformation"):
                if text_of(child(event, "eventOutcome")) == "failure":
                    return text_of(next(below(event, "eventOutcomeDetailNote"), None))
    return ""


def _article_divs(div: etree._Element) -> list[etree._Element]:
    """The outermost divs that are articles, advertisements and the like."""
    if _type(div) in _ARTICLES:
        return [div]
    return [found for inner in children(div, "div") for found in _article_divs(inner)]


def _issue(
    top: etree._Element, name: str, records: Mapping[str, Record], pages: tuple[Page, ...]
) -> Issue:
    """The issue's own record is that of the issue's div, or the first there is."""
    wanted = [
        key
        for div in below(top, "div")
        if _type(div) in ("ISSUE", "NEWSPAPER", "PHYSSEQUENCE")
        for key in div.get("DMDID", "").split()
    ]
    record = next((records[key] for key in wanted if key in records), None)
    record = record or next(iter(records.values()), Record())
    stem = re.sub(r"[._-]?mets$", "", PurePosixPath(name).stem, flags=re.IGNORECASE)
    identifier = record.identifier or top.get("OBJID", "") or stem or "issue"
    return replace(issue_of(record, re.sub(r"[\x00-\x1f/\\]+", "-", identifier)), pages=pages)


def _role_divs(div: etree._Element) -> list[tuple[RegionKind, etree._Element]]:
    """Divs inside an article that say what stands there."""
    return [(ROLES[_type(e)], e) for e in below(div, "div") if e is not div and _type(e) in ROLES]


def _article(
    div: etree._Element,
    index: int,
    claims: Claims,
    record: Record,
    issue: Issue,
    own: bool,
) -> Article:
    key = div.get("ID", "")
    kind = record.kind or _ARTICLES[_type(div)]
    language = record.own_language if own else record.language
    return Article(
        key.removeprefix("log-") if own else key or f"a{index + 1:03d}",
        kind,  # type: ignore[arg-type]
        record.kicker,
        record.title or (str(div.get("LABEL", "")) if not own else ""),
        record.subtitle,
        record.byline,
        parts=tuple(_parts(claims.parts(index))),
        continuations=record.continuations,
        confidence=record.confidence,
        language="" if language == issue.language else language,
    )


def _record(div: etree._Element, records: Mapping[str, Record]) -> Record:
    keys = div.get("DMDID", "").split()
    return next((records[key] for key in keys if key in records), Record())


def _parts(places: Iterable[tuple[str, str]]) -> list[Part]:
    out: list[Part] = []
    for page_id, region_id in dict.fromkeys(places):
        if out and out[-1].page == page_id:
            out[-1] = Part(page_id, (*out[-1].regions, region_id))
        else:
            out.append(Part(page_id, (region_id,)))
    return out


def _unique(articles: Sequence[Article]) -> tuple[Article, ...]:
    seen: set[str] = set()
    out: list[Article] = []
    for index, article in enumerate(articles, 1):
        key = article.id
        while not key or key in seen:
            key = f"a{index:03d}" if f"a{index:03d}" not in seen else f"{key or 'a'}-2"
        seen.add(key)
        out.append(replace(article, id=key))
    return tuple(out)


def _told(article: Article, issue: Issue, record: Record) -> Article:
    """The article with its paragraphs: those noted, where its lines are still the same."""
    if record.digest and record.digest == lines_digest(article, issue):
        return replace(article, paragraphs=record.paragraphs, captions=record.captions)
    return filled(article, issue)
