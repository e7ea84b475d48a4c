"""MODS of issue and articles, PREMIS and MIX of files: what METS wraps.

Each function appends one record to the `xmlData` it is given. What MODS has no element for
stands in its `extension`, in a namespace of our own, so that reading back loses nothing.
"""

from __future__ import annotations

import hashlib

from lxml import etree

from ...model import Article, Issue, Page
from .bundle import Bundle, PageImage, SourceFile
from .language import tongue
from .people import authors
from .xmlkit import legal
from .xmlwrite import XSI, add, merged_parts, root, share

MODS = "http://www.loc.gov/mods/v3"
PREMIS = "http://www.loc.gov/premis/v3"
MIX = "http://www.loc.gov/mix/v20"
OWN = "urn:digitise:issue:1"
GENRES = {
    "article": "article",
    "advertisement": "advertisement",
    "notice": "notice",
    "index": "index",
    "table": "table",
    "picture": "picture",
    "masthead": "masthead",
    "furniture": "page furniture",
}


def add_issue_mods(parent: etree._Element, issue: Issue, language: str) -> None:
    """The issue as a librarian catalogues it."""
    mods = add(parent, f"{{{MODS}}}mods")
    head = issue.masthead
    if issue.title:
        add(add(mods, "titleInfo"), "title", issue.title)
    add(mods, "typeOfResource", "text")
    add(mods, "genre", "newspaper", authority="marcgt")
    origin = add(mods, "originInfo")
    if issue.place:
        add(add(origin, "place"), "placeTerm", issue.place, type="text")
    if head.publisher:
        add(origin, "publisher", head.publisher)
    if head.date:
        add(origin, "dateIssued", head.date, encoding="w3cdtf", keyDate="yes")
    if head.weekday:
        add(origin, "dateOther", head.weekday, type="weekday")
    if head.lunar_date:
        add(origin, "dateOther", head.lunar_date, type="lunar")
    if issue.edition:
        add(origin, "edition", issue.edition)
    add(origin, "issuance", "serial")
    _add_language(mods, language)
    host = add(mods, "relatedItem", type="host", displayLabel="newspaper")
    if head.title:
        add(add(host, "titleInfo"), "title", head.title)
    for kind, value in (("cn", head.cn), ("issn", head.issn), ("postal-code", head.postal_code)):
        if value:
            add(host, "identifier", value, type=kind)
    add(mods, "identifier", issue.id, type="local")
    if head.issue_number:
        detail = add(add(mods, "part"), "detail", type="issue")
        add(detail, "number", head.issue_number)
    own = add(add(mods, "extension"), f"{{{OWN}}}issue", complete=str(issue.complete).lower())
    for warning in issue.warnings:
        add(own, "warning", warning)


def add_article_mods(
    parent: etree._Element, article: Article, issue: Issue, language: str, digest: str
) -> None:
    """The article; `digest` is that of its printed lines, by which a reader knows whether the
    paragraphs noted here are still theirs."""
    mods = add(parent, f"{{{MODS}}}mods")
    if article.headline or article.subheadline:
        title = add(mods, "titleInfo")
        add(title, "title", article.headline)
        if article.subheadline:
            add(title, "subTitle", article.subheadline)
    if article.kicker:
        kicker = add(mods, "titleInfo", type="alternative", displayLabel="kicker")
        add(kicker, "title", article.kicker)
    for person in authors(article.byline):
        name = add(mods, "name", type="personal")
        add(name, "namePart", person)
        add(add(name, "role"), "roleTerm", "author", type="text")
    add(mods, "typeOfResource", "text")
    add(mods, "genre", GENRES[article.kind])
    _add_language(mods, article.language or language)
    if article.byline:
        add(mods, "note", article.byline, type="statement of responsibility")
    pages = {page.id: page for page in issue.pages}
    on = [pages[part.page] for part in merged_parts(article.parts) if part.page in pages]
    if on:
        extent = add(add(mods, "part"), "extent", unit="pages")
        names = [page.label or str(page.number) for page in on]
        add(extent, "start", names[0])
        add(extent, "end", names[-1])
        add(extent, "list", ", ".join(names))
    own = add(
        add(mods, "extension"),
        f"{{{OWN}}}article",
        kind=article.kind,
        confidence=share(article.confidence),
        language=article.language or None,
        digest=digest,
    )
    for paragraph in article.paragraphs:
        add(own, "paragraph", paragraph)
    for caption in article.captions:
        add(own, "caption", caption)
    for jump in article.continuations:
        item = add(own, "continuation", status=jump.status, marker=jump.marker)
        item.set("from", legal(jump.from_page))
        for key, value in (
            ("to", jump.to_page),
            ("back-marker", jump.back_marker),
            ("note", jump.note),
        ):
            if value:
                item.set(key, legal(value))


def _add_language(mods: etree._Element, tag: str) -> None:
    if not tag:
        return
    said = tongue(tag)
    language = add(mods, "language")
    add(language, "languageTerm", tag, type="code", authority="rfc5646")
    if said.code:
        add(language, "languageTerm", said.code, type="code", authority="iso639-2b")
    if said.script:
        add(language, "scriptTerm", said.script, type="code", authority="iso15924")


def lines_digest(article: Article, issue: Issue) -> str:
    """sha256 of the article's printed lines, as ALTO and PAGE hold them."""
    regions = {(p.id, r.id): r for p in issue.pages for r in p.regions}
    own = [
        line.text
        for part in article.parts
        for region_id in part.regions
        if (part.page, region_id) in regions
        for line in regions[part.page, region_id].lines
    ]
    return hashlib.sha256("\n".join(own).encode("utf-8", "replace")).hexdigest()


def premis_document() -> etree._Element:
    """The first element of a PREMIS 3 document, to which `add_object` adds.

    Objects do not stand in METS itself: PREMIS wants an `xsi:type` on them, and a METS that
    holds it validates only where the PREMIS schema is at hand (libxml2 asks for the type even
    where METS says that metadata is checked only if it can be).
    """
    top = root(PREMIS, "premis", {"premis": PREMIS, "xsi": XSI})
    top.set("version", "3.0")
    return top


def add_object(
    parent: etree._Element, file: PageImage | SourceFile, key: str, name: str, original: str
) -> None:
    """PREMIS 3 object: fixity, size, format, original name."""
    shown = add(parent, f"{{{PREMIS}}}object", xmlID=key)
    shown.set(f"{{{XSI}}}type", "premis:file")
    identifier = add(shown, "objectIdentifier")
    add(identifier, "objectIdentifierType", "path")
    add(identifier, "objectIdentifierValue", name)
    facts = add(shown, "objectCharacteristics")
    fixity = add(facts, "fixity")
    add(fixity, "messageDigestAlgorithm", "SHA-256")
    add(fixity, "messageDigest", file.sha256)
    add(facts, "size", str(file.size))
    add(add(add(facts, "format"), "formatDesignation"), "formatName", file.mime)
    if original:
        add(shown, "originalName", original)


def add_event(parent: etree._Element, bundle: Bundle, page: Page, identifier: str) -> None:
    """PREMIS 3 event: the page was read, or could not be. The date is that of
    SOURCE_DATE_EPOCH; without it EDTF's sign for an unknown date: the element is required."""
    event = add(parent, f"{{{PREMIS}}}event")
    own = add(event, "eventIdentifier")
    add(own, "eventIdentifierType", "local")
    add(own, "eventIdentifierValue", identifier)
    add(event, "eventType", "text recognition and layout analysis")
    add(event, "eventDateTime", bundle.date or "XXXX")
    for step in page.steps:
        detail = f"{step.name}: {step.detail}" if step.detail else step.name
        add(add(event, "eventDetailInformation"), "eventDetail", detail)
    outcome = add(event, "eventOutcomeInformation")
    add(outcome, "eventOutcome", "failure" if page.error else "success")
    if page.error or bundle.corrected:
        note = page.error or "text corrected by hand"
        add(add(outcome, "eventOutcomeDetail"), "eventOutcomeDetailNote", note)
    agent = add(event, "linkingAgentIdentifier")
    add(agent, "linkingAgentIdentifierType", "local")
    add(agent, "linkingAgentIdentifierValue", f"{bundle.software} {bundle.version}".strip())


def add_agent(parent: etree._Element, bundle: Bundle) -> None:
    agent = add(parent, f"{{{PREMIS}}}agent")
    own = add(agent, "agentIdentifier")
    add(own, "agentIdentifierType", "local")
    add(own, "agentIdentifierValue", f"{bundle.software} {bundle.version}".strip())
    add(agent, "agentName", bundle.software)
    add(agent, "agentType", "software")
    if bundle.version:
        add(agent, "agentVersion", bundle.version)


def add_mix(parent: etree._Element, image: PageImage) -> None:
    """MIX 2.0 (NISO Z39.87): size in pixels, resolution, format."""
    mix = add(parent, f"{{{MIX}}}mix")
    basic = add(mix, "BasicDigitalObjectInformation")
    add(basic, "fileSize", str(image.size))
    add(add(basic, "FormatDesignation"), "formatName", image.mime)
    fixity = add(basic, "Fixity")
    add(fixity, "messageDigestAlgorithm", "SHA-256")
    add(fixity, "messageDigest", image.sha256)
    size = add(add(mix, "BasicImageInformation"), "BasicImageCharacteristics")
    add(size, "imageWidth", str(image.width))
    add(size, "imageHeight", str(image.height))
    metrics = add(add(mix, "ImageAssessmentMetadata"), "SpatialMetrics")
    add(metrics, "samplingFrequencyUnit", "in.")
    for axis in ("xSamplingFrequency", "ySamplingFrequency"):
        frequency = add(metrics, axis)
        add(frequency, "numerator", str(image.dpi))
        add(frequency, "denominator", "1")
